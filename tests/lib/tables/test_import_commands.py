"""What every command that imports a table prints, and how it ends."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lib.tables.import_command import ImportCommand
from lib.tables.import_rows import ImportResult, RefusedRow, RowOutcome
from lib.tables.read import UnreadableTable

pytestmark = pytest.mark.usefixtures("in_english")


class Importing(ImportCommand):
    """Its rows have been read elsewhere; it only says what became of them."""

    def __init__(self, result):
        self.result = result
        super().__init__(stdout=StringIO(), stderr=StringIO())

    def import_table(self, file, **options):
        if isinstance(self.result, Exception):
            raise self.result
        self.show_progress(self.result)
        return self.result

    def summary(self, numbers):
        return "{added} {updated} {unchanged} {refused}".format(**numbers)

    def printed(self):
        return self.stdout.getvalue(), self.stderr.getvalue()


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "table.csv"
    path.touch()
    return path


def result(*refused, stopped=""):
    made = ImportResult(refused=list(refused), stopped=stopped)
    made.outcomes[RowOutcome.ADDED] = 2
    return made


def test_a_command_ends_with_the_counts(file):
    command = Importing(result())

    call_command(command, file)

    assert command.printed() == ("2 0 0 0\n", "")


def test_refused_rows_are_printed_and_end_the_command_with_an_error(file):
    command = Importing(result(RefusedRow(3, "it says nothing"), RefusedRow(5, "it is late")))

    with pytest.raises(CommandError, match="Some rows were refused; correct them"):
        call_command(command, file)

    assert command.printed() == (
        "2 0 0 2\n",
        "Row 3: it says nothing. The row was skipped.\nRow 5: it is late. The row was skipped.\n",
    )


def test_a_table_that_broke_off_ends_the_command_with_the_reason(file):
    command = Importing(result(stopped="Nobody can read on."))

    with pytest.raises(CommandError, match=r"^Nobody can read on\.$"):
        call_command(command, file)

    assert command.printed() == ("2 0 0 0\n", "")


def test_a_file_that_is_no_table_is_named_with_the_reason(file):
    with pytest.raises(CommandError) as error:
        call_command(Importing(UnreadableTable("This file is empty.")), file)

    assert str(error.value) == f"{file}: This file is empty."


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"No such file or directory: '.*missing\.csv'"):
        call_command(Importing(result()), tmp_path / "missing.csv")


def test_whoever_waits_at_a_terminal_sees_how_far_it_is(file, terminal):
    call_command(Importing(result()), file, stderr=terminal, no_color=True)

    assert terminal.getvalue() == "2 rows so far …\r"
