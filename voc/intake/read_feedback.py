"""Reads a file of what customers said: a table, an export, or the transcript of a meeting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import chain
from pathlib import PurePath
from typing import Any, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lib.tables.formats import kinds
from lib.tables.formats.encoding import decoded, find_encoding, said_bad
from lib.tables.read import Row, Sheet, UnreadableTable
from surveys.imports.kinds import read_as_table
from voc.intake.channels import opened
from voc.intake.channels.transcripts import Meeting, meeting_in

A_TABLE = "table"  # answers what a file is read as: a table like any other
SPEAKER, START, WORDS = "speaker", "start", "text"  # columns of a transcript
TRANSCRIPTS = (".vtt", ".srt")
WRITTEN_BY_HAND = (".txt", "")  # endings of files in which lines may name their speakers


@dataclass(frozen=True)
class Transcript(Sheet):
    """A meeting as a sheet: a row for each utterance."""

    meeting: Meeting = field(default_factory=lambda: Meeting(()))


def read_feedback(file: BinaryIO, options: Mapping[str, Any]) -> Sheet:
    """The sheet that a file is. Raises UnreadableTable."""
    if options.get("read_as") != A_TABLE and (transcript := _transcript(file, options)):
        return transcript
    return read_as_table(file, options, opened=opened)


def _transcript(file: BinaryIO, options: Mapping[str, Any]) -> Transcript | None:
    if kinds.kind_of(file) != "text":
        return None
    encoding = find_encoding(file, options.get("encoding") or None)
    start = next(decoded(file, encoding.codec))
    if not _may_be_one(start, PurePath(getattr(file, "name", "")).suffix.lower()):
        return None
    text = "".join(decoded(file, encoding.codec))
    meeting = meeting_in(text)
    if meeting is None:
        return None
    if bad := said_bad(text):
        raise UnreadableTable(_("This transcript cannot be read: %(bad)s.") % {"bad": bad})
    return _sheet(meeting, [encoding.note] if encoding.note else [])


def _may_be_one(start: str, ending: str) -> bool:
    is_marked = start.lstrip("\ufeff").startswith("WEBVTT") or ending in TRANSCRIPTS
    return is_marked or (ending in WRITTEN_BY_HAND and start.lstrip()[:1] not in ("{", "["))


def _sheet(meeting: Meeting, notes: list[str]) -> Transcript:
    if not meeting.utterances:
        raise UnreadableTable(_("This transcript is empty: nobody says anything in it."))
    if meeting.speakers == [""]:
        raise UnreadableTable(
            _(
                "This transcript does not say who speaks. Please export it with the names of the "
                "speakers, or write the name and a colon before what each of them says."
            )
        )
    if meeting.unread:
        notes.append(
            ngettext(
                "%(n)d passage has no time that can be read, and is left out.",
                "%(n)d passages have no time that can be read, and are left out.",
                meeting.unread,
            )
            % {"n": meeting.unread}
        )
    rows = (
        Row(n, {SPEAKER: said.speaker, START: said.start, WORDS: said.words})
        for n, said in enumerate(meeting.utterances, start=1)
    )
    return Transcript([SPEAKER, START, WORDS], chain(rows), notes, {}, meeting)
