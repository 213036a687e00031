"""How dates are written in each language; Django finds this by FORMAT_MODULE_PATH."""
