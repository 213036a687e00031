"""The company that asks, in the reader's language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language


def name(language: str | None = None) -> str:
    names = settings.COMPANY_NAME
    return str(names.get((language or get_language() or "ja")[:2], names["en"]))


def company(request: HttpRequest) -> dict[str, object]:
    """For every template: `company_name`."""
    return {"company_name": name()}
