"""Labels of personal data, for staff: the names of its kinds, and lists of what was found."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext, pgettext, pgettext_lazy

from voc.privacy import masking

KIND_LABELS = {
    masking.MAIL: pgettext_lazy("personal data", "email address"),
    masking.PHONE: pgettext_lazy("personal data", "phone number"),
    masking.CARD: pgettext_lazy("personal data", "card number"),
    masking.ADDRESS: pgettext_lazy("personal data", "address"),
    masking.NAME: pgettext_lazy("personal data", "name"),
}


def kind_names(kinds: Iterable[str]) -> str:
    """The kinds in a sentence: phone number, name."""
    return pgettext("between things listed", ", ").join(str(KIND_LABELS[kind]) for kind in kinds)


def found_in(words: str) -> str:
    """A list of all found in a text, quoted: phone number “03-1234-5678”, name “田中”."""
    found = [
        gettext("%(kind)s “%(words)s”")
        % {"kind": KIND_LABELS[one.kind], "words": words[one.start : one.end]}
        for one in masking.find_personal_data(words)
    ]
    return pgettext("between the parts of a list", ", ").join(found)
