"""The triage desk in the admin: feedback, topics, emerging themes and classifiers."""

from voc.admin import (
    alerts,
    case_rules,
    cases,
    classifiers,
    exports,
    feedback,
    office,
    themes,
    topics,
)

__all__ = [
    "alerts",
    "case_rules",
    "cases",
    "classifiers",
    "exports",
    "feedback",
    "office",
    "themes",
    "topics",
]
