"""The triage desk: what customers said, what it is about, and what becomes of it."""

from voc.admin import feedback, lessons, themes, topics

__all__ = ["feedback", "lessons", "themes", "topics"]
