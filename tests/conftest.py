"""What tests of every room may ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.auth.models import User
from django.core.cache import cache
from django.template import defaultfilters
from django.template.base import VariableNode
from django.template.context import Context
from django.template.defaulttags import ForNode
from django.test import Client, override_settings
from django.utils import translation

from tests import make
from tests.plugin import folder_of_the_run

TEMPLATES = str(Path(__file__).parents[1] / "templates")


@pytest.fixture
def in_english() -> Iterator[None]:
    """For code that speaks the language of whoever is at work; pages and mails choose their own."""
    with translation.override("en"):
        yield


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def terminal() -> Terminal:
    """Somebody sits at it and waits for a command."""
    return Terminal()


@pytest.fixture
def sato(db: None) -> User:
    return make.staff(name="sato")


@pytest.fixture
def desk(client: Client, sato: User) -> Client:
    """Sato sits at it, and it speaks Japanese."""
    client.force_login(sato)
    return client


class QuickHasher(PBKDF2PasswordHasher):
    """One round instead of a million; a site with the real hasher still knows the password."""

    iterations = 1


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Django's own hasher takes a second a password, on purpose."""
    with override_settings(PASSWORD_HASHERS=["tests.conftest.QuickHasher"]):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, pytestconfig: pytest.Config
) -> None:
    """SQLite in a file, as in real life: in memory it has no WAL, and one connection for all."""
    if folder := pytestconfig.stash.get(folder_of_the_run, None):
        test = settings.DATABASES["default"].setdefault("TEST", {})
        test["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(autouse=True)
def nobody_has_spoken_yet() -> None:
    """A request leaves its language behind; each test begins in that of the site, and knows no news
    of the test before."""
    translation.deactivate()
    cache.clear()


@pytest.fixture(autouse=True, scope="session")
def templates_are_handed_what_they_print() -> Iterator[None]:
    """Django prints nothing for a name that the view forgot, and loops over nothing for it."""
    with pytest.MonkeyPatch.context() as patch:
        for node, expression in ((VariableNode, "filter_expression"), (ForNode, "sequence")):
            patch.setattr(node, "render", _handed(node.render, expression))
        yield


def _handed(render: Callable[..., str], expression: str) -> Callable[..., str]:
    """The node's render; in a template of ours it refuses a name that is not in the context."""

    def checked(node: Any, context: Context) -> str:
        if str(node.origin.name).startswith(TEMPLATES):
            name = _name_shown(getattr(node, expression))
            assert name is None or name in context, (
                f"{node.origin.name}:{node.token.lineno} shows {name}, which nobody handed over"
            )
        return render(node, context)

    return checked


def _name_shown(expression: Any) -> str | None:
    """The name that an expression begins with; None for a literal, and where it has a default."""
    if any(function is defaultfilters.default for function, _arguments in expression.filters):
        return None
    names = getattr(expression.var, "lookups", None)
    return names[0] if names else None
