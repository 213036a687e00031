"""The names of the kinds of personal data, for staff."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext, pgettext, pgettext_lazy

from voc.privacy import masking

KINDS = {
    masking.MAIL: pgettext_lazy("personal data", "email address"),
    masking.PHONE: pgettext_lazy("personal data", "phone number"),
    masking.CARD: pgettext_lazy("personal data", "card number"),
    masking.ADDRESS: pgettext_lazy("personal data", "address"),
    masking.NAME: pgettext_lazy("personal data", "name"),
}


def listed(kinds: Iterable[str]) -> str:
    """The kinds in a sentence: phone number, name."""
    return pgettext("between things listed", ", ").join(str(KINDS[kind]) for kind in kinds)


def told(words: str) -> str:
    """A list of all that was found: phone number “03-1234-5678”, name “田中”."""
    found = [
        gettext("%(kind)s “%(words)s”")
        % {"kind": KINDS[one.kind], "words": words[one.start : one.end]}
        for one in masking.private(words)
    ]
    return pgettext("between the parts of a list", ", ").join(found)
