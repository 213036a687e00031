"""The triage desk: what customers said, what it is about, and what becomes of it."""

from voc.admin import feedback, themes, topics

__all__ = ["feedback", "themes", "topics"]
