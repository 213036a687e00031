"""Answering customers by mail on the desk: the thread, the form, templates, and mails that came."""

from voc.admin.replies import admin, mails, on_cases, templates

__all__ = ["admin", "mails", "on_cases", "templates"]
