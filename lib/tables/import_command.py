"""The base of every command that imports a table: what it takes, what it prints, how it ends."""

from __future__ import annotations

from argparse import RawDescriptionHelpFormatter
from collections.abc import Iterable, Mapping
from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lib.tables.dates.column import FORMS
from lib.tables.import_rows import ImportResult, import_rows
from lib.tables.plan import FirstRow, Plan, Question
from lib.tables.read import ENCODINGS, Sheet, UnreadableTable, read_table
from lib.tables.table_import import TableImport, UnansweredQuestion


class ImportCommand(BaseCommand):
    """Import the file that is named; print what was noted, the rows refused, and the counts.

    Ends with status 1 when a row was refused or the file could not be read to its end, else with 0.
    With --preview it prints the plan and writes nothing.
    """

    columns: ClassVar[Mapping[str, str]]  # for each column that can be chosen, its help

    def table_import(
        self, sheet: Sheet, *, chosen: Mapping[str, str | None], **options: Any
    ) -> TableImport[Any]:
        """The import of this sheet. Raises UnreadableTable."""
        raise NotImplementedError

    def read(self, file: BinaryIO, options: Mapping[str, Any]) -> Sheet:
        """The sheet that a file is, read with `delimiter`, `quoting` and `encoding`."""
        return read_table(file, **options)

    def flag(self, option: str) -> str:
        """The flag by which this option of the import is given."""
        return f"--{option.replace('_', '-')}"

    def summary(self, numbers: dict[str, Any]) -> str:
        """The last line, with the counts of ImportResult and the `seconds` that it took."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.formatter_class = RawDescriptionHelpFormatter
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--preview", action="store_true", help="say what would be done, and write nothing"
        )
        for use, help in self.columns.items():
            parser.add_argument(self.flag(use), metavar="COLUMN", help=help)
        parser.add_argument(
            "--date-form",
            choices=list(FORMS),
            help="how dates are written, where rows leave it open: 10/03/2026 is 10 March (dmy) or "
            "3 October (mdy)",
        )
        parser.add_argument(
            "--zone", help="the time zone of dates that name none: Asia/Tokyo, UTC, +09:00"
        )
        parser.add_argument(
            "--encoding", choices=list(ENCODINGS), help="seen from the bytes unless it is given"
        )
        parser.add_argument("--delimiter", help="seen from the header unless it is given")
        parser.add_argument(
            "--quoting",
            choices=["double", "none"],
            default="double",
            help="none: a quotation mark is only a mark, and a backslash escapes what follows",
        )

    def handle(self, *args: Any, file: Path, preview: bool, **options: Any) -> None:
        begun = monotonic()
        try:
            with file.open("rb") as opened:
                table = self._open(opened, options)
                if preview:
                    self._print_plan(table.plan())
                    return
                result = self._import(table)
        except OSError as error:
            raise CommandError(str(error)) from error
        except UnansweredQuestion as error:
            raise CommandError(f"{file}: {error} {self._how_to_answer(error.question)}") from error
        except UnreadableTable as error:
            raise CommandError(f"{file}: {error}") from error
        self._end(result, seconds=monotonic() - begun)

    def show_progress(self, so_far: ImportResult) -> None:
        """Write the count of rows over the line before, for somebody who sits there and waits."""
        if self.stderr.isatty():
            self.stderr.write(_("%(n)d rows so far …") % {"n": so_far.rows_seen}, ending="\r")

    def _open(self, file: BinaryIO, options: dict[str, Any]) -> TableImport[Any]:
        reading = {
            "delimiter": _delimiter(options.pop("delimiter")),
            "quoting": options.pop("quoting"),
            "encoding": options.pop("encoding"),
        }
        sheet = self.read(file, reading)
        chosen = {use: options.pop(_destination(self.flag(use))) for use in self.columns}
        return self.table_import(sheet, chosen=chosen, **options)

    def _how_to_answer(self, question: Question) -> str:
        flag = self.flag(question.option)
        if question.about_column:
            flag += " COLUMN"
        return _("Say it with %(option)s.") % {"option": flag}

    def _import(self, table: TableImport[Any]) -> ImportResult:
        told = table.plan(first=0).notes
        self._tell(told)
        result = import_rows(
            table.rows,
            understand=table.understand,
            store=table.store,
            progress=self.show_progress,
        )
        self._tell(note for note in table.sheet.notes if note not in told)
        return result

    def _tell(self, notes: Iterable[str]) -> None:
        for note in notes:
            self.stdout.write(note)

    def _end(self, result: ImportResult, *, seconds: float) -> None:
        for refused in result.refused:
            self.stderr.write(str(refused))
        self.stdout.write(self.summary({**result.counts, "seconds": f"{seconds:.1f}"}))
        if result.stopped:
            raise CommandError(result.stopped)
        if result.refused:
            raise CommandError(_("Some rows were refused; correct them and import the file again."))

    def _print_plan(self, plan: Plan) -> None:
        for column in plan.columns:
            words = {"header": column.header, "use": column.label}
            self.stdout.write(_("“%(header)s”: %(use)s") % words)
        self._tell(plan.notes)
        for row in plan.first_rows:
            self.stdout.write(_spoken(row))
        if plan.obstacle:
            raise UnansweredQuestion(plan.obstacle)


def _spoken(row: FirstRow) -> str:
    if row.refused:
        words = {"number": row.number, "reason": row.refused}
        return _("Row %(number)d: %(reason)s. It would be skipped.") % words
    if not row.readings:
        return _("Row %(number)d: nothing to keep.") % {"number": row.number}
    said = " · ".join(f"{label}: {value}" for label, value in row.readings if value)
    return _("Row %(number)d: %(readings)s") % {"number": row.number, "readings": said}


def _destination(flag: str) -> str:
    return flag.strip("-").replace("-", "_")


def _delimiter(given: str | None) -> str | None:
    """The delimiter as one character: a shell passes a tab as two."""
    return "\t" if given in ("\\t", "tab") else given
