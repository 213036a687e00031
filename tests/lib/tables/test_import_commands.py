"""What every command that imports a table prints, and how it ends."""

from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from lib.tables.import_command import ImportCommand
from lib.tables.import_rows import InvalidRow, RowOutcome
from lib.tables.plan import ColumnUse, Question
from lib.tables.table_import import TableImport

pytestmark = pytest.mark.usefixtures("in_english")


class Words(TableImport[str]):
    """Keeps nothing; a row that says nothing is bad."""

    def understand(self, row):
        if not row.cell("word"):
            raise InvalidRow("it says nothing")
        return row.cell("word")

    def store(self, batch):
        return Counter({RowOutcome.ADDED: len(batch)})

    def column_uses(self):
        return [ColumnUse("word", "word", "what is said"), ColumnUse("id", "", "kept as it came")]

    def readings(self, row):
        return (("said", self.understand(row)),)

    def notes(self):
        return ["All words are taken for words."]

    def questions(self):
        return []


class Importing(ImportCommand):
    """Imports words."""

    columns = {"word": "the column of words"}

    def __init__(self, table=Words):
        self.table = table
        super().__init__(stdout=StringIO(), stderr=StringIO())

    def table_import(self, sheet, *, chosen, **options):
        return self.table(sheet)

    def summary(self, numbers):
        return "{added} {updated} {unchanged} {refused}".format(**numbers)

    def printed(self):
        return self.stdout.getvalue(), self.stderr.getvalue()


class Blocked(Words):
    def questions(self):
        return [Question("date_form", "Form", (), obstacle="Nobody said which day comes first.")]


@pytest.fixture
def table(tmp_path):
    def write(content):
        path = tmp_path / "table.csv"
        path.write_text(content)
        return path

    return write


NOTE = "All words are taken for words.\n"


def test_a_command_prints_what_was_noted_and_the_counts(table):
    command = Importing()

    call_command(command, table("id,word\n1,one\n2,two\n"))

    assert command.printed() == (f"{NOTE}2 0 0 0\n", "")


def test_refused_rows_are_printed_and_end_the_command_with_an_error(table):
    command = Importing()

    with pytest.raises(CommandError, match="Some rows were refused; correct them"):
        call_command(command, table("id,word\n1,one\n2,\n3,three\n"))

    assert command.printed() == (
        f"{NOTE}2 0 0 1\n",
        "Row 3: it says nothing. The row was skipped.\n",
    )


def test_a_table_that_broke_off_ends_the_command_with_the_reason(table):
    command = Importing()

    with pytest.raises(CommandError, match=r"^Row 3 opens a quotation mark"):
        call_command(command, table('id,word\n1,one\n2,"two\n'))

    assert command.printed() == (f"{NOTE}1 0 0 0\n", "")


def test_a_preview_says_what_would_be_done_and_stores_nothing(table):
    command = Importing()

    call_command(command, table("id,word\n1,one\n2,\n"), preview=True)

    assert command.printed() == (
        f"“word”: what is said\n“id”: kept as it came\n{NOTE}"
        "Row 2: said: one\nRow 3: it says nothing. It would be skipped.\n",
        "",
    )


@pytest.mark.parametrize("preview", [False, True])
def test_where_a_person_must_choose_first_nothing_is_stored(table, preview):
    with pytest.raises(CommandError, match=r"comes first\. Say it with --date-form\."):
        call_command(Importing(Blocked), table("id,word\n1,one\n"), preview=preview)


def test_a_file_that_is_no_table_is_named_with_the_reason(table):
    file = table("")

    with pytest.raises(CommandError) as error:
        call_command(Importing(), file)

    assert str(error.value) == (
        f"{file}: This file is empty. Its first row should name the columns."
    )


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"No such file or directory: '.*missing\.csv'"):
        call_command(Importing(), tmp_path / "missing.csv")


def test_whoever_waits_at_a_terminal_sees_how_far_it_is(table, terminal):
    file = table("id,word\n1,one\n2,two\n")

    call_command(Importing(), file, stderr=terminal, no_color=True)

    assert terminal.getvalue() == "2 rows so far …\r"
