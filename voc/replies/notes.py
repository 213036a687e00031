"""Notes on a mail that came in: what was odd about it, in a sentence for staff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Any] = {
    "too_large": _(
        "The mail has more than %(about)s MB: only its beginning was read. The whole mail is in "
        "the mailbox it came to."
    ),
    "long": _("Only the first %(about)s characters are kept."),
    "nested": _("Parts inside more than %(about)s parts were not read."),
    "charset": _("The mail names a wrong charset; it was read as it really is (%(about)s)."),
    "winmail": _(
        "“%(about)s” is in a form that only Outlook reads and was left out. Please ask for the "
        "files in another form."
    ),
    "encrypted": _("A part of the mail is encrypted and could not be read."),
    "many_files": _("More than %(about)s files were attached; the rest is not listed."),
    "other_address": _("This comes from %(about)s, which is not the customer's address."),
    "stranger": _(
        "%(about)s is not the customer's address, and the mail only says that it answers here: it "
        "was not taken into this case."
    ),
    "forged": _("The mail server says that this may not really be from %(about)s."),
    "no_words": _("The mail has no words of its own."),
}


def sentences(notes: Iterable[tuple[str, str]]) -> Iterator[str]:
    """The notes for a reader; one of a later version is shown as it is."""
    for key, about in notes:
        sentence = SENTENCES.get(key)
        yield str(sentence) % {"about": about} if sentence else f"{key}: {about}"
