"""Date formats of each language; Django finds them by FORMAT_MODULE_PATH."""
