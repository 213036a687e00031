"""Transcripts of meetings: only what customers say comes in, and only with their consent."""

import io

import pytest
from django.utils import timezone

from surveys.imports import work_off
from surveys.models import Import
from tests.voc.intake.channels.exports import opened, take_in
from voc.models import Feedback

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

TEAMS = """WEBVTT

0b1c2d3e-1111-2222-3333-444455556666/12-0
00:00:03.000 --> 00:00:05.210
<v 山田 太郎>本日はありがとうございます。</v>

0b1c2d3e-1111-2222-3333-444455556666/17-0
00:00:06.000 --> 00:00:08.000
<v Ann Lee>The export &amp; the import</v>

0b1c2d3e-1111-2222-3333-444455556666/17-1
00:00:08.100 --> 00:00:09.000
<v Ann Lee>are too slow.</v>

0b1c2d3e-1111-2222-3333-444455556666/20-0
00:00:10.000 --> 00:00:11.000
<v 山田 太郎>承知しました。</v>
"""
ZOOM = """WEBVTT

1
00:00:03.000 --> 00:00:05.210
Taro Yamada: Thank you for coming.

2
00:00:06.000 --> 00:00:09.000
Ann Lee: Too slow: really.
"""
SRT = """1
00:00:03,000 --> 00:00:05,210
Taro Yamada: Thank you for coming.

2
00:00:06,000 --> 00:00:09,000
Ann Lee: Too slow: really.
"""
NOTTA = """ほし商事 定例会
2026年11月2日 10:00

話者 1 00:00
おはようございます。

話者 2 00:12
帳票が出るまでが遅いです。
改善してほしい。
"""
BY_HAND = """田中：おはようございます。
鈴木様：解約の方法がわかりません。
ずっと探していました。
"""
NOBODY = """WEBVTT

00:00:03.000 --> 00:00:05.210
Thank you for coming.
"""
AGREED = {"consent": "given", "consent_by": "Mika", "consent_at": "2026-11-30T18:00:00+09:00"}


def said():
    return list(Feedback.objects.order_by("pk").values_list("text", flat=True))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (TEAMS, "meeting.vtt", ["The export & the import are too slow."]),
        (ZOOM, "meeting.vtt", ["Too slow: really."]),
        (SRT, "meeting.srt", ["Too slow: really."]),
        (NOTTA, "定例会.txt", ["帳票が出るまでが遅いです。改善してほしい。"]),
        (BY_HAND, "memo.txt", ["解約の方法がわかりません。ずっと探していました。"]),
    ],
    ids=["Teams", "Zoom", "SRT", "Notta", "by hand"],
)
def test_what_the_customer_says_comes_in_one_item_an_utterance(content, name, words):
    counts = take_in(content.encode(), name=name, speaker_1="customer", **AGREED)

    assert counts == {"added": 1}
    assert said() == words
    assert Feedback.objects.get().channel == Feedback.Channel.MEETING


def test_the_day_that_the_transcript_names_is_the_day_of_what_was_said():
    table = opened(NOTTA.encode(), name="a.txt", speaker_1="customer", **AGREED)
    assert "The meeting was on 2026-11-02." in table.plan().notes

    take_in(NOTTA.encode(), name="a.txt", speaker_1="customer", **AGREED)

    assert timezone.localtime(Feedback.objects.get().received_at).date().isoformat() == "2026-11-02"


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "soon"])
def test_a_day_that_cannot_be_is_taken_for_none(day):
    table = opened(TEAMS.encode(), name="a.vtt", speaker_1="customer", day=day, **AGREED)

    assert "The transcript does not say when it was: all will be dated today." in table.plan().notes


def test_it_is_asked_who_of_the_speakers_are_customers():
    plan = opened(TEAMS.encode(), name="a.vtt").plan()

    assert [question.asks for question in plan.questions[:3]] == [
        "Who is “山田 太郎”?",
        "Who is “Ann Lee”?",
        "Have the customers agreed that what they say is kept and read?",
    ]
    assert plan.obstacle.obstacle == "Please say which speakers are customers."


def test_without_consent_nothing_comes_in():
    table = opened(TEAMS.encode(), name="a.vtt", speaker_1="customer")

    assert table.plan().obstacle.option == "consent"
    with pytest.raises(ValueError, match="before its customers have agreed"):
        take_in(TEAMS.encode(), name="a.vtt", speaker_1="customer")
    assert said() == []


def test_who_vouched_for_consent_and_when_is_kept_with_the_words():
    take_in(TEAMS.encode(), name="a.vtt", speaker_1="customer", **AGREED)

    assert Feedback.objects.get().raw == {
        "speaker": "Ann Lee",
        "start": "00:00:06.000",
        "text": "The export & the import are too slow.",
        "consent": "Mika 2026-11-30T18:00:00+09:00",
    }


def test_the_same_meeting_twice_comes_in_once_whoever_is_a_customer():
    take_in(TEAMS.encode(), name="a.vtt", speaker_1="customer", **AGREED)

    both = {"speaker_0": "customer", "speaker_1": "customer"}
    assert take_in(TEAMS.encode(), name="b.vtt", **both, **AGREED) == {"added": 2, "unchanged": 1}


def test_a_transcript_without_speakers_says_what_to_do():
    with pytest.raises(ValueError, match="does not say who speaks"):
        opened(NOBODY.encode(), name="a.vtt")


def test_a_transcript_in_which_nobody_speaks_is_told():
    with pytest.raises(ValueError, match="nobody says anything in it"):
        opened(b"WEBVTT\n\n", name="a.vtt")


def test_words_of_nobody_named_are_a_speaker_to_decide_about():
    content = ZOOM + "\n3\n00:00:10.000 --> 00:00:11.000\nIt crashed.\n"

    questions = opened(content.encode(), name="a.vtt").plan().questions

    assert questions[2].asks == "Who is “words of nobody named”?"


def test_passages_with_broken_times_are_told():
    content = ZOOM + "\n3\nsoon --> later\nAnn Lee: It crashed.\n"

    notes = opened(content.encode(), name="a.vtt", speaker_1="customer").plan().notes

    assert notes[0] == "1 passage has no time that can be read, and is left out."


@pytest.mark.parametrize(
    ("content", "name"),
    [("comment\nGood: fast\nBad: slow\nGood: cheap\n", "a.csv"),
     ("comment,date\nToo slow,2026-11-02\n", "a.txt")],
)  # fmt: skip
def test_a_table_is_no_transcript(content, name):
    assert take_in(content.encode(), name=name)["added"]


def test_a_text_with_colons_can_be_read_as_a_table():
    content = "comment\nGood: fast\nBad: slow\n"
    assert opened(content.encode(), name="a.txt").plan().obstacle.option == "speaker_0"

    assert take_in(content.encode(), name="a.txt", read_as="table", delimiter=",") == {"added": 2}


def test_at_the_desk_speakers_and_consent_are_asked_and_written_down(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    file = io.BytesIO(TEAMS.encode())
    file.name = "meeting.vtt"
    uploaded = {"table": file, "channel": "meeting"}
    page = desk.post("/admin/voc/feedback/import/", uploaded, follow=True)
    address = page.redirect_chain[-1][0]
    form = {field.name: field.value() or "" for field in page.context["form"]}
    answers = {"question-speaker_1": "customer", "question-consent": "given"}
    page = desk.post(address, {**form, **answers, "look": "yes"}, follow=True)
    assert page.context["look"].obstacle == ""
    form = {field.name: field.value() or "" for field in page.context["form"]}

    desk.post(address, {**form, "begin": "yes"})
    work_off.work_off_next(timezone.now)

    assert said() == ["The export & the import are too slow."]
    an_import = Import.objects.get()
    assert Feedback.objects.get().raw["consent"].startswith(an_import.by.get_username())
    assert (an_import.total, an_import.added, an_import.empty) == (1, 1, 0)
