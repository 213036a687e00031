"""The welcome that `make demo` prints when everything is there: where to go first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unicodedata import east_asian_width

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from lib import company, languages
from lib.languages import FALLBACK
from surveys.models import Invitation, Survey

USERNAME = "admin"

Row = tuple[str, str]


def language_of(environment: Mapping[str, str]) -> str:
    """The language of the terminal, from its environment."""
    wanted = next(filter(None, map(environment.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return languages.ours(wanted or FALLBACK)


def text(language: str, *, password: str) -> str:
    with translation.override(language):
        heading = _("%(company)s is open. Try it:") % {"company": company.name()}
        rows = [*_asking(), *_listening(password)]
        widest = max(_width(label) for label, _link in rows)
        lines = [f"  {label}{' ' * (widest - _width(label) + 3)}{link}" for label, link in rows]
        return "\n".join(["", f"  {heading}", "", *lines, "", *_ending(), ""])


def _asking() -> Iterator[Row]:
    for language, name in settings.LANGUAGES:
        if invitation := _to_try(language):
            label = _("A customer's link (%(language)s)") % {"language": name}
            yield label, settings.SITE_URL + invitation.get_absolute_url()
    for form in Survey.objects.with_a_public_page():
        yield _("The feedback form"), settings.SITE_URL + form.get_absolute_url()
    yield _("The mails they get"), _at("demo:mailbox")


def _to_try(language: str) -> Invitation | None:
    """An invitation to try: one that nobody has answered yet, while there is one."""
    newest = Invitation.objects.filter(customer__language=language).order_by("-pk")
    return newest.filter(response=None).first() or newest.first()


def _listening(password: str) -> Iterator[Row]:
    yield _("The triage desk"), f"{_at('admin:index')}   {USERNAME} / {password}"
    yield _("The reports"), _at("reports:nps")
    yield _("You said, we did"), _at("reports:you_said")


def _ending() -> list[str]:
    return [
        "  " + _("Ctrl-C stops everything. What you did is kept;"),
        "  " + _("`make demo-reset` begins again."),
    ]


def _at(name: str) -> str:
    return f"{settings.SITE_URL}{reverse(name)}"


def _width(label: str) -> int:
    """The width in columns of a terminal: Japanese characters take two."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in label)
