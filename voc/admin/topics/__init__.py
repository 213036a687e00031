"""The pages of topics: their tree, their phrases, and the preview of a change."""

from voc.admin.topics import admin

__all__ = ["admin"]
