"""What an import would do with a table, said before anything is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ColumnUse:
    """A column, and what it is taken for; `use` is empty for one that is only kept as it came."""

    header: str
    use: str
    label: str  # for people, in their language


@dataclass(frozen=True)
class FirstRow:
    """One of the first rows as it is understood, or why it would be refused.

    It has no readings where it is refused, and where it says nothing to keep.
    """

    number: int
    readings: tuple[tuple[str, str], ...] = ()  # what it is, and the value as read
    refused: str = ""


@dataclass(frozen=True)
class Question:
    """A choice that a person can make about the table.

    `option` names the option of the importer that takes the answer; the answer of a question about
    a column goes into `chosen` under that name.
    """

    option: str
    asks: str
    choices: tuple[tuple[str, str], ...]  # the value and its label
    answer: str = ""  # what is taken now; empty where nothing is
    about_column: bool = False
    obstacle: str = ""  # why nothing can be imported before this is answered
    # Who answers it vouches for something: who that was, and when, is given to the importer with
    # the answer, as `<option>_by` and `<option>_at`.
    is_signed: bool = False
    is_date: bool = False  # answered by a day, YYYY-MM-DD, and not by one of the choices


@dataclass(frozen=True)
class Plan:
    """The plan of an import: for each column its use, and what a person should know or decide."""

    columns: list[ColumnUse]
    notes: list[str]
    first_rows: list[FirstRow]
    questions: list[Question]

    @property
    def obstacle(self) -> Question | None:
        """The question without whose answer nothing can be imported; None where all is clear."""
        return next((question for question in self.questions if question.obstacle), None)
