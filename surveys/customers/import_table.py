"""Import customers from a table: a row adds or updates one, and a second time changes nothing."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from lib import languages
from lib.tables.columns import column_questions, column_uses, find_columns
from lib.tables.import_rows import InvalidRow, RowOutcome
from lib.tables.plan import ColumnUse, Question
from lib.tables.read import Row, Sheet, plain
from lib.tables.table_import import TableImport
from surveys.models import Customer

LONGEST_EMAIL, LONGEST_NAME = 254, 200

# Names that people give to the columns that we know.
COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "email": ("メールアドレス", "メール", "eメール", "電子メール", "email", "e-mail", "mail",
              "email address", "e-mail address"),
    "name": ("氏名", "お名前", "名前", "顧客名", "name", "full name", "customer name"),
    "language": ("言語", "使用言語", "language", "lang"),
}  # fmt: skip
LABELS = {"email": _lazy("email address"), "name": _lazy("name"), "language": _lazy("language")}
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


class CustomerImport(TableImport[CustomerRow]):
    """Adds or updates a customer for each row. `language` is for new ones whose row does not say.

    `chosen` names columns as this file calls them; raises MissingColumn when one is not there.
    """

    def __init__(
        self,
        sheet: Sheet,
        *,
        language: str,
        now: datetime,
        chosen: Mapping[str, str | None] | None = None,
        date_form: str | None = None,
        zone: str | None = None,
    ) -> None:
        super().__init__(sheet)
        self.language = language
        self.now = now
        self.found = find_columns(sheet, COLUMN_NAMES, chosen)

    def understand(self, row: Row) -> CustomerRow:
        known = self.found.values()
        rest = {header: cell for header, cell in row.values.items() if header not in known}
        return CustomerRow(
            email=_email(row.cell(self.found["email"])),
            name=_name(row.cell(self.found["name"])),
            language=_language(row.cell(self.found["language"])),
            attributes={header: cell for header, cell in rest.items() if cell},
        )

    def store(self, batch: list[CustomerRow]) -> Counter[RowOutcome]:
        return _store(batch, language=self.language)

    def column_uses(self) -> list[ColumnUse]:
        return column_uses(self.sheet, self.found, LABELS, _("kept as an attribute"))

    def readings(self, row: Row) -> tuple[tuple[str, str], ...]:
        read = self.understand(row)
        return tuple((str(LABELS[use]), str(getattr(read, use))) for use in LABELS)

    def notes(self) -> list[str]:
        return [*self.sheet.notes]

    def questions(self) -> list[Question]:
        needed = {"email": _("None of the columns is known to hold email addresses.")}
        return column_questions(self.sheet, self.found, LABELS, needed=needed)


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
