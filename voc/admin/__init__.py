"""The triage desk in the admin: feedback, cases, replies, topics, themes and classifiers."""

from voc.admin import cases, classifiers, exports, feedback, replies, themes, topics

__all__ = ["cases", "classifiers", "exports", "feedback", "replies", "themes", "topics"]
