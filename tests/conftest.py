"""What tests of every room may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture
def in_english() -> Iterator[None]:
    """For code that speaks the language of whoever is at work; pages and mails choose their own."""
    with translation.override("en"):
        yield
