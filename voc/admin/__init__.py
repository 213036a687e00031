"""The triage desk: what customers said, what it is about, and what becomes of it."""

from voc.admin import feedback, topics

__all__ = ["feedback", "topics"]
