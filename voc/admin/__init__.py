"""The triage desk: what customers said, what it is about, and what becomes of it."""

from voc.admin import classifiers, feedback, themes, topics

__all__ = ["classifiers", "feedback", "themes", "topics"]
