"""The triage desk in the admin: feedback, topics, emerging themes and classifiers."""

from voc.admin import classifiers, connectors, exports, feedback, themes, topics

__all__ = ["classifiers", "connectors", "exports", "feedback", "themes", "topics"]
