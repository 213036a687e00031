"""Compose a mail from a folder of templates/emails/, in the reader's language.

The templates are rendered once for all readers of the same words in the same language, with places
for what differs from one reader to the next; styles are put inline then.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from lib import addresses, company
from lib.mail import headers
from lib.mail.message import Mail
from lib.mail.places import Text, mark

FORMS_KEPT = 64  # a mailing needs a few: one for each wording and language, with a name and without

# Media queries cannot stand inline: they stay in the head, for the readers who like it dark.
_inline = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)


@dataclass(frozen=True)
class Form:
    """A mail with places: what all readers of the same words get."""

    subject: Text
    sender: str
    head: Text | None  # None where it names the reader: then each has a head of its own
    text: Text
    html: Text


def compose(
    name: str,
    *,
    to: str,
    language: str,
    key: str,
    unsubscribe: str,
    words: Mapping[str, Hashable],
    places: Mapping[str, str],
) -> Mail:
    """The mail of templates/emails/<name>/{subject.txt,body.txt,body.html}.

    Templates get `words` as they are; they are the same for many readers. Of `places`, which differ
    from reader to reader, they can ask no more than whether there is one, and show it.
    `key` makes the Message-ID, the same at every attempt, so that a mail server can know a mail it
    has seen. `unsubscribe` is the reader's own link; RFC 8058 lets their mail program press it.
    """
    form = _form(
        name,
        language,
        tuple({**words, **_ours(language)}.items()),
        tuple(place for place, value in places.items() if value),
        settings.MAIL_FROM,
    )
    places = {**places, "unsubscribe": unsubscribe}
    subject = form.subject.filled(places)
    mail = Mail(
        subject=subject if form.head else headers.one_line(subject),
        body=form.text.filled(places),
        from_email=form.sender,
        to=[addresses.for_mail(to)],
        headers=_headers(f"<{key}@{settings.SITE_HOST}>", f"<{unsubscribe}>", language),
    )
    html = form.html.filled({place: escape(value) for place, value in places.items()})
    mail.attach_alternative(html, "text/html")
    mail.head = form.head
    return mail


def compose_personally(
    name: str,
    *,
    to: str,
    language: str,
    key: str,
    words: Mapping[str, Any],
    more_headers: Mapping[str, str],
) -> Mail:
    """The mail of templates/emails/<name>/ that a person wrote to one reader.

    It is on no list and not automatic, and its headers say neither. `key` is as in `compose`.
    """
    subject, text, html = _rendered(name, language, {**words, **_ours(language)})
    mail = Mail(
        subject=headers.one_line(subject),
        body=text,
        from_email=headers.sender(company.name(language), settings.MAIL_FROM),
        to=[addresses.for_mail(to)],
        headers={
            "Content-Language": language,
            "Message-ID": f"<{key}@{settings.SITE_HOST}>",
            **more_headers,
        },
    )
    mail.attach_alternative(html, "text/html")
    return mail


def _ours(language: str) -> dict[str, str]:
    return {
        "company_name": company.name(language),
        "company_address": settings.COMPANY_ADDRESS,
        "site_url": settings.SITE_URL,
    }


@lru_cache(FORMS_KEPT)
def _form(
    name: str,
    language: str,
    words: tuple[tuple[str, Any], ...],
    places: tuple[str, ...],
    mail_from: str,
) -> Form:
    """The form of these very words: others, be it by a letter, have a form of their own."""
    context = {**dict(words), **{place: mark(place) for place in (*places, "unsubscribe")}}
    subject, text, html = _rendered(name, language, context)
    mail = Mail(
        subject=headers.one_line(subject),
        from_email=headers.sender(str(context["company_name"]), mail_from),
        to=[mark("to")],
        headers=_headers(mark("message_id"), mark("unsubscribe"), language),
    )
    mail.attach_alternative("", "text/html")
    return Form(
        subject=Text(headers.one_line(subject)),
        sender=mail.from_email,
        head=None if Text(subject).has_places else mail.head_with_places(),
        text=Text(text),
        html=Text(html),
    )


def _rendered(name: str, language: str, context: Mapping[str, Any]) -> tuple[str, str, str]:
    """Subject, text and HTML of a mail, its styles inline."""
    with translation.override(language):
        subject, text, html = (
            render_to_string(f"emails/{name}/{part}", dict(context))
            for part in ("subject.txt", "body.txt", "body.html")
        )
    return subject, text, _inline.inline(html)


def _headers(message_id: str, unsubscribe: str, language: str) -> dict[str, str]:
    return {
        "Content-Language": language,
        "Message-ID": message_id,
        "List-Unsubscribe": unsubscribe,
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
