"""The inbox of feedback, and the page of each item."""

from voc.admin.feedback import abuse_actions, triage_actions  # first: so they stand in the menu

# isort: split
from voc.admin.feedback import export, inbox

__all__ = ["abuse_actions", "export", "inbox", "triage_actions"]
