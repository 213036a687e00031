"""Email addresses: one form for each, wherever it comes in; what may be mailed is an address.

An address is kept with its domain as mail servers know it (small letters, `xn--` for other
scripts) and the part before the @ as it was written. Capitals do not make another address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any
from unicodedata import category, normalize

import idna
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import models
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lib.storable import storable

LONGEST = 254  # characters, as mail servers have it
LONGEST_SHOWN = 60  # of what somebody wrote, in a sentence about it

# Mobile carriers in Japan gave out addresses with dots where no other server takes one.
CARRIERS = (
    "docomo.ne.jp", "ezweb.ne.jp", "au.com", "ido.ne.jp", "softbank.ne.jp", "softbank.jp",
    "vodafone.ne.jp", "disney.ne.jp", "disneymobile.ne.jp", "y-mobile.ne.jp", "ymobile1.ne.jp",
    "ymobile.ne.jp", "willcom.com", "pdx.ne.jp", "wcm.ne.jp", "emnet.ne.jp", "emobile-s.ne.jp",
    "jp-c.ne.jp", "jp-d.ne.jp", "jp-h.ne.jp", "jp-k.ne.jp", "jp-n.ne.jp", "jp-q.ne.jp",
    "jp-r.ne.jp", "jp-s.ne.jp", "jp-t.ne.jp", "uqmobile.jp",
)  # fmt: skip
CARRIERS_LOCAL = re.compile(r"[a-z0-9._+-]*[a-z0-9_+-][a-z0-9._+-]*", re.IGNORECASE)

IN_ANGLES = re.compile(r"<([^<>]*@[^<>]*)>")
LINK = re.compile(r"\s*(?:mailto|e-?mail|メール)\s*:\s*", re.IGNORECASE)
REMARK = re.compile(r"\s*\([^()]*\)\s*$")  # kei@example.com (Kei Sato)
BETWEEN_ADDRESSES = re.compile(r"[\s,;、，；/|<>]+")
NEEDLESSLY_QUOTED = re.compile(r'^"([a-z0-9._+-]+)"(?=@)', re.IGNORECASE)
FULL_STOPS = re.compile("[。｡．]")
BEFORE, AFTER = " \t\r\n<\"'“‘「『【〈《(,;:、・", " \t\r\n>\"'”’」』】〉》),;:、。.!・"

is_mailable = EmailValidator()
# Nearly all addresses are written like this, and are in their one form as they stand.
PLAIN = re.compile(
    r"(?=.{3,254}\Z)[A-Za-z0-9_+]+(?:[.-][A-Za-z0-9_+]+)*"
    r"@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}\Z"
)


class InvalidAddress(ValueError):
    """This is not one address that can be mailed; the message says why, to go on “…: it”."""


class LongAddress(InvalidAddress):
    """An address of more characters than any can have."""


def parse(text: str) -> str:
    """The address in its one form. Raises InvalidAddress.

    What people and tools put around an address is no part of it: a name, `mailto:`, full-width
    letters, invisible characters, a comma at the end.
    """
    if PLAIN.match(text):
        return text
    words = _plain(text)
    if not words:
        raise InvalidAddress(_("it has no email address"))
    found = IN_ANGLES.findall(words) or _with_at(words)
    if len({_in_one_form(address).casefold() for address in found}) > 1:
        raise InvalidAddress(
            _("“%(said)s” has several email addresses where one belongs") % {"said": _shown(text)}
        )
    address = _in_one_form(found[0] if found else words)
    if not _can_be_mailed(address):
        raise InvalidAddress(_why_not(address) % {"said": _shown(text)})
    if len(address) > LONGEST:
        raise LongAddress(_("the email address “%(said)s” is too long") % {"said": _shown(text)})
    return address


def is_one(text: str) -> bool:
    try:
        return bool(parse(text))
    except InvalidAddress:
        return False


def key(text: str) -> str:
    """What tells one address from another, also of text that is none."""
    try:
        return parse(text).casefold()
    except InvalidAddress:
        return text.strip().casefold()


def keys(texts: Iterable[str]) -> set[str]:
    return {key(text) for text in texts} - {""}


def shown(address: str) -> str:
    """The address as people read it: a domain in its own script."""
    local, at, domain = address.rpartition("@")
    try:
        return f"{local}{at}{idna.decode(domain)}" if "xn--" in domain else address
    except (idna.IDNAError, UnicodeError):
        return address


def for_mail(address: str) -> str:
    """The address as a mail has it: in quotation marks where dots would not be allowed."""
    local, at, domain = address.rpartition("@")
    if local.startswith(".") or local.endswith(".") or ".." in local:
        return f'"{local}"{at}{domain}'
    return address


def _plain(text: str) -> str:
    words = normalize("NFKC", storable(text))
    return "".join(c for c in words if category(c) not in ("Cf", "Cc") or c in "\r\n\t").strip()


def _with_at(words: str) -> list[str]:
    words = LINK.sub(" ", words)
    parts = [part for part in BETWEEN_ADDRESSES.split(REMARK.sub("", words)) if part]
    with_at = [part for part in parts if "@" in part]
    # "kei @example.com" is in pieces: who can say which of them belong together?
    return with_at if len(with_at) > 1 or len(parts) == 1 else [words.strip()]


def _in_one_form(words: str) -> str:
    words = NEEDLESSLY_QUOTED.sub(r"\1", LINK.sub("", words).strip())
    local, at, domain = words.lstrip(BEFORE).rstrip(AFTER).rpartition("@")
    return f"{local}{at}{_domain(domain.partition('?')[0])}"


def _domain(words: str) -> str:
    domain = FULL_STOPS.sub(".", words).rstrip(".").lower()
    try:
        return domain if domain.isascii() else idna.encode(domain, uts46=True).decode("ascii")
    except (idna.IDNAError, UnicodeError):
        return domain


def _can_be_mailed(address: str) -> bool:
    local, _at, domain = address.rpartition("@")
    if _is_carriers(domain) and CARRIERS_LOCAL.fullmatch(local):
        return True
    try:
        is_mailable(address)
    except ValidationError:
        return False
    return domain.isascii()


def _is_carriers(domain: str) -> bool:
    return any(domain == name or domain.endswith(f".{name}") for name in CARRIERS)


def _why_not(address: str) -> str:
    local, at, _domain = address.rpartition("@")
    if at and local and not local.isascii():
        return _("“%(said)s” has letters before the @ that most mail servers refuse")
    return _("“%(said)s” is not an email address")


def _shown(text: str) -> str:
    return Truncator(" ".join(text.split())).chars(LONGEST_SHOWN)


INVALID = gettext_lazy("This is not an email address; one looks like name@example.com.")
TOO_LONG = gettext_lazy("An email address has %(limit_value)d characters at most.")


def cleaned(text: str) -> str:
    """The address in its one form, for a field. Raises ValidationError."""
    try:
        return parse(text)
    except LongAddress:
        raise ValidationError(TOO_LONG, "max_length", {"limit_value": LONGEST}) from None
    except InvalidAddress:
        raise ValidationError(INVALID, "invalid") from None


def validate(address: str) -> None:
    """Validator of a field: refuses what is not one address."""
    cleaned(address)


class AddressFormField(forms.CharField):
    """A form's field for one address, however it is written; its value has the one form."""

    widget = forms.EmailInput

    def to_python(self, value: Any) -> str:
        text = super().to_python(storable(value))
        return cleaned(text) if text else ""


class AddressField(models.EmailField):  # type: ignore[type-arg]
    """A model's field for an address. Who stores one calls `parse` first."""

    default_validators = [validate]

    def formfield(self, **options: Any) -> Any:
        return super().formfield(**{"form_class": AddressFormField, **options})
