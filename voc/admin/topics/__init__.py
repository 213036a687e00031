"""What customers talk about, and the phrases by which it is found."""

from voc.admin.topics import admin

__all__ = ["admin"]
