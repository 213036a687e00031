"""Take in customers from a table. Good rows go in, each bad row is told; again is an update."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from lib import languages
from lib.tables.read import Row, Sheet, Unreadable, plain, read
from surveys.models import Customer

AT_ONCE = 500
LONGEST_EMAIL, LONGEST_NAME = 254, 200

EMAIL = ["メールアドレス", "メール", "eメール", "電子メール", "email", "e-mail", "mail",
         "email address", "e-mail address"]  # fmt: skip
NAME = ["氏名", "お名前", "名前", "顧客名", "name", "full name", "customer name"]
LANGUAGE = ["言語", "使用言語", "language", "lang"]
LANGUAGES = {
    called: code
    for code, language in languages.LANGUAGES.items()
    for called in (code, *language.called)
}


@dataclass(frozen=True)
class Refused:
    """A row that was not taken in."""

    number: int
    reason: str

    def __str__(self) -> str:
        words = {"number": self.number, "reason": self.reason}
        return _("row %(number)d: %(reason)s; the row was skipped") % words


@dataclass
class Imported:
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: list[Refused] = field(default_factory=list)
    stopped: str = ""  # why the rest of the file could not be read

    @property
    def good(self) -> int:
        return self.added + self.updated + self.unchanged

    @property
    def seen(self) -> int:
        return self.good + len(self.refused)

    def counts(self) -> dict[str, int]:
        return {
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "refused": len(self.refused),
        }


class BadRow(ValueError):
    """Says what is wrong with it."""


@dataclass(frozen=True)
class Said:
    """What one row says about one customer; empty where it says nothing."""

    email: str
    name: str
    language: str
    attributes: dict[str, str]

    def tell(self, customer: Customer) -> bool:
        """Write it to the customer, not yet to the database. False when all of it was known."""
        before = (customer.name, customer.language, customer.attributes)
        customer.name = self.name or customer.name
        customer.language = self.language or customer.language
        customer.attributes = {**customer.attributes, **self.attributes}
        return before != (customer.name, customer.language, customer.attributes)


@dataclass(frozen=True)
class Columns:
    """Which column says what; those with other names become attributes."""

    email: str
    name: str | None
    language: str | None

    @classmethod
    def of(cls, sheet: Sheet) -> Columns:
        email = sheet.column(*EMAIL)
        if email is None:
            raise Unreadable(
                _(
                    "No column is called “email” or “メールアドレス”, so nobody can be found. "
                    "The columns are: %(headers)s."
                )
                % {"headers": ", ".join(sheet.headers)}
            )
        return cls(email, sheet.column(*NAME), sheet.column(*LANGUAGE))

    def understand(self, row: Row) -> Said:
        """Raises BadRow."""
        if row.surplus:
            raise BadRow(_("it has more cells than the header has names"))
        rest = dict(row.values)
        return Said(
            email=_email(rest.pop(self.email)),
            name=_name(rest.pop(self.name)) if self.name else "",
            language=_language(rest.pop(self.language)) if self.language else "",
            attributes={header: value for header, value in rest.items() if value},
        )


def import_customers(
    file: BinaryIO,
    *,
    language: str = languages.DEFAULT,
    progress: Callable[[Imported], Any] = lambda so_far: None,
) -> Imported:
    """Add or update a customer for each row. `language` is for new ones whose row does not say.

    Raises Unreadable when nothing can be taken from the file at all.
    """
    sheet = read(file)
    columns = Columns.of(sheet)
    imported = Imported()
    for rows in _batches(sheet.rows, imported):
        _store(list(_understood(rows, columns, imported)), language, imported)
        progress(imported)
    return imported


def _batches(rows: Iterator[Row], imported: Imported) -> Iterator[list[Row]]:
    """Where the file can be read no further, what was read is still taken in."""
    some: list[Row] = []
    try:
        for row in rows:
            some.append(row)
            if len(some) == AT_ONCE:
                yield some
                some = []
    except Unreadable as error:
        imported.stopped = str(error)
    if some:
        yield some


def _understood(rows: list[Row], columns: Columns, imported: Imported) -> Iterator[Said]:
    for row in rows:
        try:
            yield columns.understand(row)
        except BadRow as bad:
            imported.refused.append(Refused(row.number, str(bad)))


def _store(said: list[Said], language: str, imported: Imported) -> None:
    try:
        done = _write(said, language)
    except IntegrityError:
        # Somebody else has added one of them just now: look again, and update that one.
        done = _write(said, language)
    imported.added += done["added"]
    imported.updated += done["updated"]
    imported.unchanged += done["unchanged"]


@transaction.atomic
def _write(said: list[Said], language: str) -> Counter[str]:
    addresses = {each.email.lower() for each in said}
    known = {c.email.lower(): c for c in Customer.objects.at_any(addresses).select_for_update()}
    updated: dict[int, Customer] = {}
    done: Counter[str] = Counter()
    for each in said:
        customer, what = _meet(each, known, language)
        done[what] += 1
        if what == "updated" and customer.pk:
            updated[customer.pk] = customer
    Customer.objects.bulk_create(c for c in known.values() if c.pk is None)
    Customer.objects.bulk_update(updated.values(), ["name", "language", "attributes"])
    return done


def _meet(said: Said, known: dict[str, Customer], language: str) -> tuple[Customer, str]:
    """A table may name one person twice: the second time it is an update."""
    address = said.email.lower()
    if customer := known.get(address):
        return customer, "updated" if said.tell(customer) else "unchanged"
    customer = known[address] = Customer(email=said.email, language=language)
    said.tell(customer)
    return customer, "added"


def _email(said: str) -> str:
    local, at, domain = unicodedata.normalize("NFKC", said).rpartition("@")
    email = f"{local}{at}{domain.lower()}"
    if not said:
        raise BadRow(_("it has no email address"))
    try:
        validate_email(email)
    except ValidationError:
        raise BadRow(_("“%(said)s” is not an email address") % {"said": _shown(said)}) from None
    if len(email) > LONGEST_EMAIL:
        raise BadRow(_("the email address “%(said)s” is too long") % {"said": _shown(said)})
    return email


def _name(said: str) -> str:
    if len(said) > LONGEST_NAME:
        raise BadRow(
            _("the name “%(said)s” has more than %(most)d characters")
            % {"said": _shown(said), "most": LONGEST_NAME}
        )
    return re.sub(r"\s*[\r\n\t]+\s*", " ", said)


def _language(said: str) -> str:
    if not said:
        return ""
    try:
        return LANGUAGES[plain(said)]
    except KeyError:
        raise BadRow(
            _("“%(said)s” is not a language we write in; it is Japanese (ja) or English (en)")
            % {"said": _shown(said)}
        ) from None


def _shown(said: str) -> str:
    return Truncator(said).chars(60)
