"""Phrases are previewed before they are applied; then everything is analyzed again."""

import pytest

from tests import make
from tests.voc.admin.topics.topic_pages import (
    NOW,
    REANALYSIS,
    page_of,
    preview_page,
    preview_phrases,
    propose,
    said,
)
from tests.voc.analyzing import analyze_all, reanalyze_all
from voc import reanalysis
from voc.models import PhraseChange, Reanalysis, Suggestion
from voc.topics import phrase_changes

pytestmark = pytest.mark.django_db


def test_phrases_are_written_one_a_line_and_previewed_first(desk):
    topic = make.topic(ja=("価格",))

    preview_phrases(desk, topic, ja=" 値段 \r\n\r\n高い\r\n値段\r\n", en="too   \0expensive")

    draft = topic.phrase_changes.open().get()
    assert draft.phrases == {"ja": ["値段", "高い"], "en": ["too expensive"]}
    topic.refresh_from_db()
    assert topic.phrases_ja == ["価格"]


def test_the_draft_is_what_one_goes_on_editing(desk):
    topic = make.topic(ja=("値段", "高い"))
    form = desk.get(page_of(topic)).context["phrases"]
    assert form["phrases_ja"].value() == "値段\n高い"

    propose(topic, ja=["安い"])

    form = desk.get(page_of(topic)).context["phrases"]
    assert form["phrases_ja"].value() == "安い"


def test_a_topic_without_a_phrase_finds_nothing_and_is_refused(desk):
    topic = make.topic(ja=("価格",))

    page = preview_phrases(desk, topic, ja=" ")

    assert "言い回しがないと" in page.context["phrases"].non_field_errors()[0]
    assert not PhraseChange.objects.exists()


@pytest.mark.parametrize(
    ("written", "told"),
    [("長" * 61, "「長長"), ("\n".join(map(str, range(201))), "言い回しが201個")],
)
def test_what_is_too_long_or_too_many_is_refused_by_name_and_kept_in_the_form(desk, written, told):
    page = preview_phrases(desk, make.topic(), ja=written)

    form = page.context["phrases"]
    assert form.errors["phrases_ja"][0].startswith(told)
    assert form["phrases_ja"].value() == written


def test_a_preview_shows_how_far_it_is_and_comes_again_by_itself_while_it_runs(desk):
    phrase_change = propose(make.topic("gizmos", en=("gizmo",)), en=["widget"])
    item = make.feedback("A lovely <b>widget</b>")
    analyze_all()
    assert desk.get(preview_page(phrase_change))["Refresh"] == "2"

    reanalyze_all()

    page = desk.get(preview_page(phrase_change))
    assert "Refresh" not in page
    assert (page.context["gained"], page.context["lost"]) == ("+1", "−0")
    assert page.context["progress"].words == "1件中1件を読み取りました"
    (example,) = page.context["examples"]["gained"]
    assert (example.item, example.words) == (item, "widget")
    assert "A lovely &lt;b&gt;<mark>widget</mark>&lt;/b&gt;" in page.content.decode()


def test_the_page_tells_for_each_phrase_what_it_finds(desk):
    make.feedback("値段も価格も")
    phrase_change = propose(make.topic(ja=("価格", "料金")), ja=["値段", "価格", "料金"])
    reanalyze_all()

    phrases = desk.get(preview_page(phrase_change)).context["phrases"]["ja"]

    assert [(p.sign, p.text, p.n, p.alone) for p in phrases.found] == [
        ("+", "値段", 1, 0),
        ("", "価格", 1, 0),
    ]
    assert [phrase.text for phrase in phrases.silent] == ["料金"]


def test_a_language_nobody_writes_is_counted_as_silent_in_the_end(desk):
    phrase_change = propose(make.topic(), ja=["値段"], en=["widget"])

    running = desk.get(preview_page(phrase_change)).context["phrases"]["en"]
    reanalyze_all()
    done = desk.get(preview_page(phrase_change)).context["phrases"]["en"]

    assert [(p.text, p.n) for p in running.every] == [("widget", None)]
    assert [(p.text, p.n) for p in done.every] == [("widget", 0)]


def test_applying_changes_the_phrases_and_has_everything_analyzed_again(desk):
    topic = make.topic("gizmos", en=("gizmo",))
    phrase_change = propose(topic, en=["widget"])

    page = desk.post(preview_page(phrase_change), {"apply": "yes"}, follow=True)

    topic.refresh_from_db()
    assert topic.phrases_en == ["widget"]
    assert page.redirect_chain[0][0] == REANALYSIS
    assert "適用しました" in said(page)[0]
    assert Reanalysis.objects.for_good().get().phrase_change == phrase_change


def test_a_second_change_begins_the_reanalysis_anew_and_says_so(desk):
    reanalysis.begin(by=None, now=NOW)
    phrase_change = propose(make.topic("gizmos", en=("gizmo",)), en=["widget"])

    page = desk.post(preview_page(phrase_change), {"apply": "yes"}, follow=True)

    assert "最初から" in said(page)[0]
    assert Reanalysis.objects.for_good().count() == 1


def test_what_is_withdrawn_leaves_everything_as_it_was(desk):
    topic = make.topic("gizmos", en=("gizmo",))
    phrase_change = propose(topic, en=["widget"])

    desk.post(preview_page(phrase_change), {"withdraw": "yes"})
    late = desk.post(preview_page(phrase_change), {"apply": "yes"}, follow=True)

    topic.refresh_from_db()
    assert topic.phrases_en == ["gizmo"]
    assert "ほかの人" in said(late)[-1]


def test_counting_can_be_stopped_and_gone_on_with(desk):
    phrase_change = propose(make.topic("gizmos", en=("gizmo",)), en=["widget"])

    desk.post(preview_page(phrase_change), {"stop": "yes"})
    assert phrase_change.preview.is_stopped
    desk.post(preview_page(phrase_change), {"resume": "yes"})
    assert phrase_change.preview.is_running


def test_a_change_that_was_applied_stands_in_the_history_with_what_it_brought(desk):
    make.feedback("A widget")
    topic = make.topic("gizmos", en=("gizmo",))
    analyze_all()
    phrase_change = propose(topic, en=["widget"])
    reanalyze_all()
    phrase_changes.apply(phrase_change, by=None, now=NOW)

    page = desk.get(page_of(topic)).context
    (change,) = page["history"]
    assert [(p.sign, p.text) for p in change["phrases"]] == [("+", "widget"), ("−", "gizmo")]
    assert (change["preview"]["gained"], change["preview"]["lost"]) == ("+1", "−0")
    assert [(p.sign, p.text, p.n) for p in page["counts"]["en"].every] == [("", "widget", 1)]


def test_a_suggested_phrase_is_previewed_with_one_press(desk):
    topic = make.topic("gizmos", ja=("ギズモ",), en=("gizmo",))
    widget = Suggestion.objects.create(
        topic=topic, language="en", phrase="widget", n=3, n_elsewhere=1, p_value=0.01
    )

    desk.post(page_of(topic), {"add": widget.pk})

    draft = topic.phrase_changes.open().get()
    assert draft.phrases == {"ja": ["ギズモ"], "en": ["gizmo", "widget"]}
    desk.post(page_of(topic), {"decline": widget.pk})
    assert desk.get(page_of(topic)).context["suggestions"] == []


def test_what_is_previewed_already_is_not_suggested(desk):
    topic = make.topic("gizmos", en=("gizmo",))
    for phrase in ["widget", "gadget"]:
        Suggestion.objects.create(
            topic=topic, language="en", phrase=phrase, n=3, n_elsewhere=1, p_value=0.01
        )
    phrase_changes.propose(topic, phrases={"ja": [], "en": ["gizmo", "widget"]}, by=None, now=NOW)

    suggestions = desk.get(page_of(topic)).context["suggestions"]

    assert [each["phrase"].phrase for each in suggestions] == ["gadget"]


# Analyzing everything again


def test_analyzing_everything_again_is_begun_stopped_and_gone_on_with_on_one_page(desk):
    for press, state in [("begin", "running"), ("stop", "stopped"), ("resume", "running")]:
        page = desk.post(REANALYSIS, {press: "yes"}, follow=True)
        assert reanalysis.latest().state == state
        assert said(page) != ["何も変更していません。"]

    assert desk.get(REANALYSIS)["Refresh"] == "2"
    reanalyze_all()
    assert "Refresh" not in desk.get(REANALYSIS)
