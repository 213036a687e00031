"""Transcripts of meetings, as Notta, Zoom and Teams write them: who said what, and when.

WebVTT (Teams marks voices, Zoom writes `Name: ` before the words), SRT, and text in which a line
names the speaker, with the time or without, above the words or before them.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from hashlib import sha256
from html import unescape

import webvtt

LONGEST = 20_000  # characters of one utterance, as of a cell
LEAST_TURNS = 2  # of a text, or it is no transcript
SPEAKING = 0.4  # of the lines of a text name their speaker, or they are no turns

CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?"
VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]*)>")
TAG = re.compile(r"</?(?:[cbiuv]|ruby|rt|lang)(?:[.\s][^>]*)?>|<\d[\d:.]*>")
SRT = re.compile(r"\s*\d+\s*\n\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->")
ARROW = re.compile(r"^.*-->.*$", re.MULTILINE)
# `Tanaka: Hello`, 「田中：はい」, `[00:00:03] Speaker 0: Hello`
BEFORE = re.compile(
    rf"(?:[\[(]?(?P<time>{CLOCK})[\])]?\s+)?(?P<name>[^\s:：\[{{<\"'][^:：\n]{{0,59}}?)\s*"
    r"(?::\s|：)\s*(?P<words>.*)",
    re.DOTALL,
)
# `話者1 00:12`, `Ann Lee   0:03`, `[山田] 10:00:01`
ABOVE = re.compile(
    rf"\[?(?P<name>[^\s\[\],;\t0-9][^,;\t\]]{{0,59}}?)\]?[\s　]+[\[(]?(?P<time>{CLOCK})[\])]?"
    rf"(?:\s*[-–~]\s*{CLOCK})?"
)
DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})")


@dataclass(frozen=True)
class Utterance:
    """What one speaker says until another does; `start` is as written, empty where it is not."""

    speaker: str
    words: str
    start: str = ""


@dataclass(frozen=True)
class Meeting:
    utterances: tuple[Utterance, ...]
    day: str = ""  # on which it was, as YYYY-MM-DD, where the text says so above the first turn
    unread: int = 0  # cues that are no cues

    @property
    def speakers(self) -> list[str]:
        """All who speak, in the order in which they begin; empty for words of nobody named."""
        return list(dict.fromkeys(each.speaker for each in self.utterances))

    @property
    def key(self) -> str:
        """The same for the same transcript, and for no other: it has no id of its own."""
        said = "\n".join(f"{u.start}\t{u.speaker}\t{u.words}" for u in self.utterances)
        return sha256(said.encode("utf-8", "replace")).hexdigest()[:24]


def meeting_in(text: str) -> Meeting | None:
    """The meeting that this text transcribes; None for a text that is no transcript."""
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if text.startswith("WEBVTT"):
        return _of_cues(text, "vtt")
    if SRT.match(text):
        return _of_cues(text, "srt")
    return _of_headings(text) or _of_lines(text)


def _of_cues(text: str, form: str) -> Meeting:
    captions = webvtt.from_buffer(io.StringIO(text), format=form).captions
    in_order = sorted(captions, key=lambda caption: caption.start_in_seconds)
    spoken = [each for caption in in_order for each in _voices(caption.raw_text, caption.start)]
    unread = len(ARROW.findall(text)) - len(captions)
    return Meeting(tuple(_merged(spoken)), unread=max(0, unread))


def _voices(cue: str, start: str) -> Iterator[Utterance]:
    """Who speaks in one cue: several voices, one name before the words, or nobody named."""
    before, *voices = VOICE.split(cue)
    if words := _bare(before):
        named = BEFORE.fullmatch(words)
        name, said = (named["name"], named["words"]) if named else ("", words)
        yield Utterance(name.strip(), said, start)
    for name, words in zip(voices[::2], voices[1::2], strict=True):
        yield Utterance(unescape(name).strip(), _bare(words), start)


def _bare(words: str) -> str:
    return " ".join(unescape(TAG.sub("", words)).split())


def _of_headings(text: str) -> Meeting | None:
    """A text in which a line with name and time stands above what is said."""
    above: list[str] = []
    turns: list[tuple[re.Match[str], list[str]]] = []
    for line in map(str.strip, text.split("\n")):
        if heading := ABOVE.fullmatch(line):
            turns.append((heading, []))
        else:
            (turns[-1][1] if turns else above).append(line)
    if len(turns) < LEAST_TURNS or not all(any(said) for _heading, said in turns[:LEAST_TURNS]):
        return None
    spoken = (
        Utterance(heading["name"].strip(), reduce(_joined, filter(None, said), ""), heading["time"])
        for heading, said in turns
    )
    return Meeting(tuple(_merged(spoken)), day=_day(above))


def _of_lines(text: str) -> Meeting | None:
    """A text in which each turn begins with the name of its speaker; further lines go on."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    turns = [BEFORE.fullmatch(line) for line in lines]
    named = sum(map(bool, turns))
    if named < LEAST_TURNS or named < SPEAKING * len(lines):
        return None
    first = next(n for n, turn in enumerate(turns) if turn)
    spoken: list[Utterance] = []
    for line, turn in zip(lines[first:], turns[first:], strict=True):
        if turn:
            spoken.append(Utterance(turn["name"].strip(), turn["words"], turn["time"] or ""))
        else:
            spoken[-1] = replace(spoken[-1], words=_joined(spoken[-1].words, line))
    return Meeting(tuple(_merged(spoken)), day=_day(lines[:first]))


def _day(above: Iterable[str]) -> str:
    found = next(filter(None, map(DAY.search, above)), None)
    return "-".join([found[1], found[2].zfill(2), found[3].zfill(2)]) if found else ""


def _merged(spoken: Iterable[Utterance]) -> Iterator[Utterance]:
    """One utterance while one speaker goes on; it begins when its first words do."""
    last: Utterance | None = None
    for each in spoken:
        if not each.words:
            continue
        if last and last.speaker == each.speaker and len(last.words + each.words) < LONGEST:
            last = replace(last, words=_joined(last.words, each.words))
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _joined(before: str, after: str) -> str:
    """Both as one sentence: words of Japanese have no space between them."""
    at_seam = before[-1:], after[:1]
    space = " " if before and any(map(str.isascii, at_seam)) else ""
    return f"{before}{space}{after}"
