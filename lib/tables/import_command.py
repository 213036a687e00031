"""The base of every command that imports a table: what it prints, and how it ends."""

from __future__ import annotations

from pathlib import Path
from time import monotonic
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lib.tables.import_rows import ImportResult
from lib.tables.read import UnreadableTable


class ImportCommand(BaseCommand):
    """Import the file that is named; print the rows that were refused, and the counts.

    Ends with status 1 when a row was refused or the file could not be read to its end, else with 0.
    """

    def import_table(self, file: BinaryIO, **options: Any) -> ImportResult:
        """Import the rows, with `self.show_progress` as their progress. Raises UnreadableTable."""
        raise NotImplementedError

    def summary(self, numbers: dict[str, Any]) -> str:
        """The last line, with the counts of ImportResult and the `seconds` that it took."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        begun = monotonic()
        result = self._import(file, options)
        self._print(result, seconds=monotonic() - begun)
        if result.stopped:
            raise CommandError(result.stopped)
        if result.refused:
            raise CommandError(_("Some rows were refused; correct them and import the file again."))

    def show_progress(self, so_far: ImportResult) -> None:
        """Write the count of rows over the line before, for somebody who sits there and waits."""
        if self.stderr.isatty():
            self.stderr.write(_("%(n)d rows so far …") % {"n": so_far.rows_seen}, ending="\r")

    def _import(self, file: Path, options: dict[str, Any]) -> ImportResult:
        try:
            with file.open("rb") as opened:
                return self.import_table(opened, **options)
        except OSError as error:
            raise CommandError(str(error)) from error
        except UnreadableTable as error:
            raise CommandError(f"{file}: {error}") from error

    def _print(self, result: ImportResult, *, seconds: float) -> None:
        for refused in result.refused:
            self.stderr.write(str(refused))
        self.stdout.write(self.summary({**result.counts, "seconds": f"{seconds:.1f}"}))
