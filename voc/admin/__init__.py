"""The triage desk in the admin: feedback, topics, emerging themes and classifiers."""

from voc.admin import classifiers, exports, feedback, themes, topics

__all__ = ["classifiers", "exports", "feedback", "themes", "topics"]
