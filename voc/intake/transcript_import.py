"""Takes in what customers said in a meeting: never anybody else, and never without consent."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from lib.dates import is_near
from lib.storable import storable
from lib.tables.import_rows import InvalidRow, RowOutcome
from lib.tables.plan import ColumnUse, Question
from lib.tables.read import Row, UnreadableTable
from lib.tables.sample import SampledRows
from lib.tables.sheet import excerpt
from lib.tables.table_import import TableImport
from voc.intake.capture import capture_all
from voc.intake.columns import LABELS
from voc.intake.incoming import Captured, Incoming
from voc.intake.read_feedback import A_TABLE, SPEAKER, START, WORDS, Transcript
from voc.models import Feedback

CUSTOMER, OURS = "customer", "ours"
GIVEN = "given"
MOST_SPEAKERS = 50
NOON = time(12)  # of a meeting of which only the day is known


class TranscriptImport(TableImport[Incoming]):
    """Captures each utterance of the speakers that are said to be customers.

    `roles` holds for `speaker_0`, `speaker_1`, … who they are. Consent is kept with each item: who
    vouched for it, and when.
    """

    def __init__(
        self,
        sheet: Transcript,
        *,
        now: datetime,
        channel: str = Feedback.Channel.MEETING,
        day: str = "",
        consent: str = "",
        consent_by: str = "",
        consent_at: str = "",
        read_as: str = "",
        **roles: str,
    ) -> None:
        super().__init__(sheet)
        self.meeting = sheet.meeting
        if len(self.meeting.speakers) > MOST_SPEAKERS:
            raise UnreadableTable(
                _("This transcript has %(n)d speakers, and %(most)d can be told apart.")
                % {"n": len(self.meeting.speakers), "most": MOST_SPEAKERS}
            )
        self.roles = {
            name: roles.get(_option(n), OURS) for n, name in enumerate(self.meeting.speakers)
        }
        theirs = (row for row in sheet.rows if self.roles[row.cell(SPEAKER)] == CUSTOMER)
        self.sampled = SampledRows(theirs)
        noon = _noon(day or self.meeting.day)
        self.day = noon.date().isoformat() if noon else ""
        self.received_at = min(noon, now) if noon else now
        self.consent = (
            {"consent": f"{consent_by} {consent_at}".strip()} if consent == GIVEN else None
        )
        self.key = self.meeting.key

    def understand(self, row: Row) -> Incoming:
        if self.consent is None:
            raise InvalidRow(_without_consent())
        return Incoming(
            text=row.cell(WORDS),
            received_at=self.received_at,
            is_dated=bool(self.day),
            external_id=f"meeting:{self.key}:{row.number}",
            raw={**row.values, **self.consent},
        )

    def store(self, batch: list[Incoming]) -> Counter[RowOutcome]:
        captured = sum(capture_all(batch, channel=Feedback.Channel.MEETING), Captured())
        return Counter(
            {
                RowOutcome.ADDED: captured.new,
                RowOutcome.UPDATED: captured.changed,
                RowOutcome.UNCHANGED: captured.unchanged,
            }
        )

    def column_uses(self) -> list[ColumnUse]:
        return []

    def readings(self, row: Row) -> tuple[tuple[str, str], ...]:
        read = self.understand(row)
        return (
            (_("speaker"), row.cell(SPEAKER) or _nobody()),
            (str(LABELS["text"]), read.text),
            (_("time"), row.cell(START)),
        )

    def notes(self) -> list[str]:
        notes = [
            *self.sheet.notes,
            _("This is the transcript of a meeting. Only what customers say in it comes in."),
        ]
        if self.day:
            day = date_format(timezone.localtime(self.received_at), "Y-m-d")
            notes.append(_("The meeting was on %(day)s.") % {"day": day})
        else:
            notes.append(_("The transcript does not say when it was: all will be dated today."))
        return notes

    def questions(self) -> list[Question]:
        has_customer = CUSTOMER in self.roles.values()
        asked = [
            Question(
                option=_option(n),
                asks=_("Who is “%(name)s”?") % {"name": excerpt(name) or _nobody()},
                choices=((OURS, _("one of us")), (CUSTOMER, _("a customer"))),
                answer=role,
                obstacle="" if n or has_customer else _("Please say which speakers are customers."),
            )
            for n, (name, role) in enumerate(self.roles.items())
        ]
        return [*asked, self._question_of_consent(), *self._further_questions()]

    def _question_of_consent(self) -> Question:
        return Question(
            option="consent",
            asks=_("Have the customers agreed that what they say is kept and read?"),
            choices=(("", _("no, or nobody has asked")), (GIVEN, _("yes"))),
            answer=GIVEN if self.consent else "",
            obstacle="" if self.consent else _without_consent(),
            is_signed=True,
        )

    def _further_questions(self) -> list[Question]:
        choices = (("", _("the transcript of a meeting")), (A_TABLE, _("a table like any other")))
        return [
            Question(
                option="day",
                asks=_("Day of the meeting"),
                choices=(),
                answer=self.day,
                is_date=True,
            ),
            Question(option="read_as", asks=_("Read as"), choices=choices, answer=""),
        ]


def _option(number: int) -> str:
    return f"speaker_{number}"


def _nobody() -> str:
    return _("words of nobody named")


def _without_consent() -> str:
    return _(
        "Nothing of a meeting comes in before its customers have agreed. Ask them, and say here "
        "that they have; who says so and when is kept with each of their words."
    )


def _noon(day: str) -> datetime | None:
    """The noon of this day; None for what is none, or far from all days on which people meet."""
    try:
        found = parse_date(storable(day))
    except ValueError:
        return None
    noon = datetime.combine(found, NOON) if found else None
    return timezone.make_aware(noon) if noon and is_near(noon) else None
