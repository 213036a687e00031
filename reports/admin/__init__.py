"""The desk of those who act and tell: fixes, and the notices to those who asked for them."""

from reports.admin import feedback, fixes, notices

__all__ = ["feedback", "fixes", "notices"]
