"""The triage desk in the admin: feedback, topics, emerging themes and classifiers."""

from voc.admin import cases, classifiers, exports, feedback, themes, topics

__all__ = ["cases", "classifiers", "exports", "feedback", "themes", "topics"]
