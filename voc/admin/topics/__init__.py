"""What customers talk about, and the phrases by which it is found."""

from voc.admin.topics import desk

__all__ = ["desk"]
