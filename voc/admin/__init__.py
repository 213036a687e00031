"""The triage desk in the admin: feedback, cases, replies, topics, themes and classifiers."""

from voc.admin import (
    alerts,
    case_rules,
    cases,
    classifiers,
    connectors,
    exports,
    feedback,
    office,
    replies,
    themes,
    topics,
)

__all__ = [
    "alerts",
    "case_rules",
    "cases",
    "classifiers",
    "connectors",
    "exports",
    "feedback",
    "office",
    "replies",
    "themes",
    "topics",
]
