"""Import customers from a table: a row adds or updates one, and a second time changes nothing."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from lib import languages
from lib.tables.columns import MissingColumn, find_columns
from lib.tables.import_rows import (
    ImportResult,
    InvalidRow,
    Progress,
    RowOutcome,
    import_rows,
    no_progress,
)
from lib.tables.read import Row, Sheet, plain, read_table
from surveys.models import Customer

LONGEST_EMAIL, LONGEST_NAME = 254, 200

# Names that people give to the columns that we know.
COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "email": ("メールアドレス", "メール", "eメール", "電子メール", "email", "e-mail", "mail",
              "email address", "e-mail address"),
    "name": ("氏名", "お名前", "名前", "顧客名", "name", "full name", "customer name"),
    "language": ("言語", "使用言語", "language", "lang"),
}  # fmt: skip
LANGUAGE_CODES = {
    called: code
    for code, language in languages.LANGUAGES.items()
    for called in (code, *language.called)
}


@dataclass(frozen=True)
class CustomerRow:
    """A row of the table, about one customer; fields are empty where it says nothing."""

    email: str
    name: str
    language: str
    attributes: dict[str, str]

    def update(self, customer: Customer) -> bool:
        """Change the customer, not yet the database. False when all of it was known."""
        before = (customer.name, customer.language, customer.attributes)
        customer.name = self.name or customer.name
        customer.language = self.language or customer.language
        customer.attributes = {**customer.attributes, **self.attributes}
        return before != (customer.name, customer.language, customer.attributes)


@dataclass(frozen=True)
class Columns:
    """The headers of the columns that we know; all others become attributes."""

    email: str
    name: str | None
    language: str | None

    @classmethod
    def of(cls, sheet: Sheet) -> Columns:
        """The columns by the names that people give them. Raises MissingColumn."""
        found = find_columns(sheet, COLUMN_NAMES)
        email = found.pop("email")
        if email is None:
            raise MissingColumn(
                _(
                    "No column is called “email” or “メールアドレス”, so nobody can be found. "
                    "The columns are: %(headers)s."
                )
                % {"headers": ", ".join(sheet.headers)}
            )
        return cls(email, **found)

    def understand(self, row: Row) -> CustomerRow:
        """The row, checked field by field. Raises InvalidRow."""
        known = (self.email, self.name, self.language)
        rest = {header: cell for header, cell in row.values.items() if header not in known}
        return CustomerRow(
            email=_email(row.cell(self.email)),
            name=_name(row.cell(self.name)),
            language=_language(row.cell(self.language)),
            attributes={header: cell for header, cell in rest.items() if cell},
        )


def import_customers(
    file: BinaryIO, *, language: str = languages.DEFAULT, progress: Progress = no_progress
) -> ImportResult:
    """Add or update a customer for each row. `language` is for new ones whose row does not say.

    Raises UnreadableTable when nothing can be taken from the file at all.
    """
    sheet = read_table(file)
    return import_rows(
        sheet.rows,
        understand=Columns.of(sheet).understand,
        store=partial(_store, language=language),
        progress=progress,
    )


def _store(rows: list[CustomerRow], *, language: str) -> Counter[RowOutcome]:
    try:
        return _write(rows, language)
    except IntegrityError:
        # Somebody else has added one of them just now: look again, and update that one.
        return _write(rows, language)


@transaction.atomic
def _write(rows: list[CustomerRow], language: str) -> Counter[RowOutcome]:
    addresses = {row.email.lower() for row in rows}
    known = {c.email.lower(): c for c in Customer.objects.at_any(addresses).select_for_update()}
    updated: dict[int, Customer] = {}
    outcomes: Counter[RowOutcome] = Counter()
    for row in rows:
        customer, outcome = _add_or_update(row, known, language)
        outcomes[outcome] += 1
        if outcome is RowOutcome.UPDATED and customer.pk:
            updated[customer.pk] = customer
    Customer.objects.bulk_create(c for c in known.values() if c.pk is None)
    Customer.objects.bulk_update(updated.values(), ["name", "language", "attributes"])
    return outcomes


def _add_or_update(
    row: CustomerRow, known: dict[str, Customer], language: str
) -> tuple[Customer, RowOutcome]:
    """The customer of a row. A table may name one person twice: the second time is an update."""
    address = row.email.lower()
    if customer := known.get(address):
        return customer, RowOutcome.UPDATED if row.update(customer) else RowOutcome.UNCHANGED
    customer = known[address] = Customer(email=row.email, language=language)
    row.update(customer)
    return customer, RowOutcome.ADDED


def _email(text: str) -> str:
    local, at, domain = unicodedata.normalize("NFKC", text).rpartition("@")
    email = f"{local}{at}{domain.lower()}"
    if not text:
        raise InvalidRow(_("it has no email address"))
    try:
        validate_email(email)
    except ValidationError:
        raise InvalidRow(_("“%(said)s” is not an email address") % {"said": _shown(text)}) from None
    if len(email) > LONGEST_EMAIL:
        raise InvalidRow(_("the email address “%(said)s” is too long") % {"said": _shown(text)})
    return email


def _name(text: str) -> str:
    if len(text) > LONGEST_NAME:
        raise InvalidRow(
            _("the name “%(said)s” has more than %(most)d characters")
            % {"said": _shown(text), "most": LONGEST_NAME}
        )
    return re.sub(r"\s*[\r\n\t]+\s*", " ", text)


def _language(text: str) -> str:
    if not text:
        return ""
    try:
        return LANGUAGE_CODES[plain(text)]
    except KeyError:
        raise InvalidRow(
            _("“%(said)s” is not a language we write in; it is Japanese (ja) or English (en)")
            % {"said": _shown(text)}
        ) from None


def _shown(text: str) -> str:
    return Truncator(text).chars(60)
