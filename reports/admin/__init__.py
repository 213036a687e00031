"""The admin of fixes, and of the notices to the customers who asked for them."""

from reports.admin import case_panel, customer_timeline, feedback_actions, fixes, notices

__all__ = ["case_panel", "customer_timeline", "feedback_actions", "fixes", "notices"]
