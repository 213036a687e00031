"""Compose a mail from a folder of templates/emails/, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import css_inline
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation

from lib import addresses, company
from lib.mail import headers

# Media queries cannot stand inline: they stay in the head, for the readers who like it dark.
_inline = css_inline.CSSInliner(load_remote_stylesheets=False, keep_at_rules=True)


def compose(
    name: str, *, to: str, language: str, key: str, unsubscribe: str, context: Mapping[str, Any]
) -> headers.Mail:
    """The mail of templates/emails/<name>/{subject.txt,body.txt,body.html}.

    `key` makes its Message-ID, the same at every attempt, so that a mail server can know a mail it
    has seen. `unsubscribe` is the reader's own link; RFC 8058 lets their mail program press it.
    """
    with translation.override(language):
        context = {
            **context,
            "company_name": company.name(),
            "unsubscribe": unsubscribe,
            "site_url": settings.SITE_URL,
            "company_address": settings.COMPANY_ADDRESS,
        }
        message = headers.Mail(
            subject=headers.one_line(_render(name, "subject.txt", context)),
            body=_render(name, "body.txt", context),
            from_email=headers.sender(company.name(), settings.MAIL_FROM),
            to=[addresses.for_mail(to)],
            headers=_headers(key, unsubscribe, language),
        )
        message.attach_alternative(_inline.inline(_render(name, "body.html", context)), "text/html")
    return message


def _render(name: str, part: str, context: Mapping[str, Any]) -> str:
    return render_to_string(f"emails/{name}/{part}", dict(context))


def _headers(key: str, unsubscribe: str, language: str) -> dict[str, str]:
    return {
        "Content-Language": language,
        "Message-ID": f"<{key}@{settings.SITE_HOST}>",
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
