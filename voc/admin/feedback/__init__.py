"""The inbox of what customers said, and the page of each item."""

from voc.admin.feedback import inbox

__all__ = ["inbox"]
