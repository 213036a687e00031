"""What looks like a file of a tool and is of another shape is told, and is no fault of ours."""

import json
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.tables.read import UnreadableTable
from tests.voc.intake.channels import exports
from tests.voc.intake.channels.exports import opened as open_file
from tests.voc.intake.channels.test_transcripts import NOTTA, SRT, TEAMS
from voc.intake.channels import opened
from voc.intake.channels.transcripts import meeting_in

KNOWN = [exports.FEED, exports.CONNECT, exports.ZENDESK, exports.INTERCOM, exports.FRESHDESK[0],
         {"tickets": [exports.ZENDESK], "users": [exports.ZENDESK["requester"]]}]  # fmt: skip
ODD: st.SearchStrategy[object] = st.sampled_from(
    [None, "", "x", 7, True, [], {}, [None], ["x"], {"x": []}, [[]]]
)


def places(value):
    """All places inside a value of JSON, as paths."""
    inside = value.items() if isinstance(value, dict) else enumerate(value)
    for key, each in inside:
        yield (key,)
        if isinstance(each, dict | list):
            yield from ((key, *rest) for rest in places(each))


def with_odd(value, place, odd):
    changed = there = deepcopy(value)
    for key in place[:-1]:
        there = there[key]
    there[place[-1]] = odd
    return changed


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_whatever_stands_in_any_place_is_no_fault(data):
    known = data.draw(st.sampled_from(KNOWN))
    place = data.draw(st.sampled_from([*places(known)]))
    odd = with_odd(known, place, data.draw(ODD))

    items = opened(odd)
    assert items is None or isinstance(items, list)
    try:
        table = open_file(json.dumps(odd).encode())
    except UnreadableTable:
        return
    assert table.plan()


@given(st.text(max_size=200), st.sampled_from([TEAMS, SRT, NOTTA]), st.integers(0, 200))
@settings(max_examples=300, deadline=None)
def test_any_text_in_a_transcript_is_no_fault(words, transcript, at):
    meeting = meeting_in(transcript[:at] + words + transcript[at:])

    assert meeting is None or all(each.words for each in meeting.utterances)


@pytest.mark.parametrize(
    "content",
    [b"WEBVTT", b"WEBVTT\n\n\xff\xfe", b"\xef\xbb\xbfWEBVTT\n\n00:01.000 --> 00:02.000\n<v >x"],
)
def test_a_broken_transcript_is_told(content):
    with pytest.raises(UnreadableTable):
        open_file(content, name="a.vtt")
