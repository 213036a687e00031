"""The kinds of tables that can be imported at the desk. A room above registers its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, BinaryIO

from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.tables.read import Sheet, read_table
from lib.tables.table_import import TableImport
from surveys.customers.import_table import CustomerImport
from surveys.models import Import

Options = Mapping[str, Any]
Someone = User | AnonymousUser

READING = ("encoding", "delimiter", "quoting")  # options of how the file itself is read


def read_as_table(file: BinaryIO, options: Options, **further: Any) -> Sheet:
    """The sheet that a file is, read as somebody has chosen. Raises UnreadableTable."""
    reading = {name: options[name] for name in READING if options.get(name)}
    return read_table(file, **reading, **further)


@dataclass(frozen=True)
class Choice:
    """What a person has to say of every table of a kind, beside the file."""

    option: str
    label: Any
    choices: list[tuple[str, Any]]


@dataclass(frozen=True)
class Kind:
    """A kind of table: who may import it, and what makes an import of its sheet."""

    key: str
    name: Any  # of what is imported, for the list of imports
    title: Any
    help_text: Any
    choice: Choice
    make: Callable[..., TableImport[Any]]
    model: str  # "room.model" of what is imported; who may see those may see the reports
    permissions: tuple[str, ...]  # to import
    read: Callable[[BinaryIO, Options], Sheet] = read_as_table
    accepted: tuple[str, ...] = ()  # endings of files beside those of tables

    def may_be_seen_by(self, person: Someone) -> bool:
        room, model = self.model.split(".")
        return person.has_perm(f"{room}.view_{model}")

    def may_be_imported_by(self, person: Someone) -> bool:
        return person.has_perms(self.permissions)

    @property
    def list_of_rows(self) -> str:
        """The name of the address where what was imported is listed."""
        return f"admin:{self.model.replace('.', '_')}_changelist"

    @property
    def upload_page(self) -> str:
        """The path of the page that takes the file."""
        return reverse(self.list_of_rows) + "import/"

    def open(self, file: BinaryIO, options: Options, now: datetime) -> TableImport[Any]:
        """The import of a file, not begun. Raises UnreadableTable."""
        others = {name: value for name, value in options.items() if name not in READING}
        return self.make(self.read(file, options), now=now, **others)


CUSTOMERS = Kind(
    key="customers",
    name=_("Customers"),
    title=_("Import customers"),
    help_text=_(
        "The first row names the columns: email, name and language, or メールアドレス, 氏名 "
        "and 言語. Other columns become attributes."
    ),
    choice=Choice(
        "language", _("Language of new customers whose row does not say"), languages.CHOICES
    ),
    make=CustomerImport,
    model="surveys.customer",
    permissions=("surveys.add_customer", "surveys.change_customer"),
)
KINDS = {CUSTOMERS.key: CUSTOMERS}


def register(kind: Kind) -> None:
    KINDS[kind.key] = kind


def kind_of(an_import: Import) -> Kind:
    return KINDS[an_import.kind]


def kinds_seen_by(person: Someone) -> list[Kind]:
    return [kind for kind in KINDS.values() if kind.may_be_seen_by(person)]


def may_see_imports(request: HttpRequest) -> bool:
    """The permission of the link to the list, which is of no one kind."""
    return bool(kinds_seen_by(request.user))


def open_import(an_import: Import, now: datetime) -> TableImport[Any]:
    """The import of the file that was uploaded, not begun. Raises UnreadableTable."""
    return kind_of(an_import).open(an_import.file.open(), an_import.options, now)
