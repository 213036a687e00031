"""Importing tables at the desk: upload, preview, progress and report."""

from surveys.admin.imports import admin, upload

__all__ = ["admin", "upload"]
