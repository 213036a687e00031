"""What tests of every room may ask for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings
from django.utils import translation


@pytest.fixture
def in_english() -> Iterator[None]:
    """For code that speaks the language of whoever is at work; pages and mails choose their own."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Django's own hasher takes a second a password, on purpose."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield
