"""The desk of those who act and tell: fixes, and the notices to those who asked for them."""

from reports.admin import feedback_actions, fixes, notices

__all__ = ["feedback_actions", "fixes", "notices"]
