"""The company that asks, in the reader's language."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

from lib import languages


def name(language: str | None = None) -> str:
    return str(languages.in_language(settings.COMPANY_NAME, language))


def company(request: HttpRequest) -> dict[str, object]:
    """Context processor: gives every template `company_name`."""
    return {"company_name": name()}
