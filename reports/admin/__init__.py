"""The admin of fixes, and of the notices to the customers who asked for them."""

from reports.admin import feedback_actions, fixes, notices

__all__ = ["feedback_actions", "fixes", "notices"]
