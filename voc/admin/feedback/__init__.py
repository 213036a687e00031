"""The inbox of feedback, and the page of each item."""

from voc.admin.feedback import triage_actions  # first: so they stand in the menu

# isort: split
from voc.admin.feedback import export, inbox

__all__ = ["export", "inbox", "triage_actions"]
