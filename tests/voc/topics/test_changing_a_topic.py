"""A change of phrases is previewed before it is made, and nothing changes until it is applied."""

from unittest.mock import patch

import pytest
from django.utils import timezone

from tests import make
from tests.gold.sentences import load
from tests.voc.analyzing import analyze_all, reanalyze_all
from voc import reanalysis
from voc.analysis.analyze import _seeds
from voc.models import Feedback, Reanalysis, Tag, Topic
from voc.nlp.phrase_finder import Finder
from voc.nlp.reader import Reader
from voc.topics import hierarchy, phrase_changes
from voc.triage import corrections

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def propose(topic, *, ja=(), en=()):
    return phrase_changes.propose(topic, phrases={"ja": ja, "en": en}, by=make.staff(), now=NOW)


def preview_of(phrase_change):
    return Reanalysis.objects.previews().get(phrase_change=phrase_change)


def keys(feedback):
    return sorted(feedback.topics.values_list("key", flat=True))


@pytest.fixture
def gizmos():
    """Found by "gizmo", and about to be found by "widget" instead."""
    return make.topic("gizmos", en=("gizmo",))


def test_a_preview_counts_what_is_gained_and_lost_and_changes_nothing(gizmos):
    lost, gained, _other = map(make.feedback, ["A gizmo!", "Nice widgets here", "Neither"])
    make.feedback("A gizmo and a widget")
    analyze_all()
    before = set(Tag.objects.values_list("feedback", "topic", "sentiment"))

    phrase_change = propose(gizmos, en=["widget"])
    reanalyze_all()

    preview = preview_of(phrase_change)
    assert (preview.state, preview.done, preview.total) == ("done", 4, 4)
    assert (preview.gained, preview.lost) == (1, 1)
    assert preview.examples == [[gained.pk, "gained", [[5, 12]]], [lost.pk, "lost", [[2, 7]]]]
    gizmos.refresh_from_db()
    assert gizmos.phrases_en == ["gizmo"]
    assert set(Tag.objects.values_list("feedback", "topic", "sentiment")) == before


def test_it_knows_for_each_phrase_how_many_items_have_it_and_no_other(gizmos):
    for text in ["A gizmo", "A widget", "A widget and a gadget", "ガジェットが好き"]:
        make.feedback(text)

    phrase_change = propose(gizmos, ja=["ガジェット"], en=["widget", "gadget"])
    reanalyze_all()

    assert preview_of(phrase_change).counts == {
        "ja": {"ガジェット": [1, 1]},
        "en": {"gizmo": [1, 1], "widget": [2, 1], "gadget": [1, 0]},
    }


def test_what_a_preview_says_is_what_applying_does(gizmos):
    for text in ["A gizmo", "A widget", "widgets and gizmos", "No such thing", "ガジェットは好き"]:
        make.feedback(text)
    analyze_all()
    phrase_change = propose(gizmos, ja=["ガジェット"], en=["widget"])
    reanalyze_all()
    preview = preview_of(phrase_change)
    before = set(Feedback.objects.about(gizmos))

    phrase_changes.apply(phrase_change, by=make.staff(), now=NOW)
    reanalyze_all()

    after = set(Feedback.objects.about(gizmos))
    assert (len(after - before), len(before - after)) == (preview.gained, preview.lost) == (2, 1)


def test_after_it_is_applied_everything_is_as_a_fresh_reading_has_it(gizmos):
    for text in ["The gizmo is bad", "The widget is great, the price is bad", "ガジェットが遅い"]:
        make.feedback(text)
    analyze_all()

    phrase_changes.apply(propose(gizmos, ja=["ガジェット"], en=["widget"]), by=None, now=NOW)
    reanalyze_all()

    tags = set(Tag.objects.values_list("feedback", "topic", "sentiment", "start", "end"))
    Feedback.objects.queue_for_analysis()
    analyze_all()
    assert tags == set(Tag.objects.values_list("feedback", "topic", "sentiment", "start", "end"))
    assert Reanalysis.objects.for_good().get().state == "done"


def test_what_people_said_about_topics_is_neither_gained_nor_lost(gizmos):
    kept, left_out = make.feedback("A gizmo"), make.feedback("A widget")
    analyze_all()
    corrections.correct_topics(kept, [gizmos], by=make.staff())
    corrections.correct_topics(left_out, [], by=make.staff())

    phrase_change = propose(gizmos, en=["widget"])
    reanalyze_all()
    phrase_changes.apply(phrase_change, by=None, now=NOW)
    reanalyze_all()

    assert (preview_of(phrase_change).gained, preview_of(phrase_change).lost) == (0, 0)
    assert (keys(kept), keys(left_out)) == (["gizmos"], [])


def test_a_draft_gives_way_to_the_next_and_its_preview_is_stopped(gizmos):
    first = propose(gizmos, en=["widget"])
    second = propose(gizmos, en=["gadget"])

    first.refresh_from_db()
    assert first.withdrawn_at == NOW
    assert gizmos.phrase_changes.open().get() == second
    assert [each.state for each in (preview_of(first), preview_of(second))] == [
        "stopped",
        "running",
    ]


def test_what_was_withdrawn_cannot_be_applied(gizmos):
    phrase_change = propose(gizmos, en=["widget"])
    phrase_changes.withdraw(phrase_change, now=NOW)

    with pytest.raises(phrase_changes.NotPossible):
        phrase_changes.apply(phrase_change, by=None, now=NOW)

    gizmos.refresh_from_db()
    assert gizmos.phrases_en == ["gizmo"]


def test_a_text_that_cannot_be_searched_is_left_out_and_told(gizmos, caplog):
    make.feedback("A widget")
    make.feedback("poison")
    find = Finder.find

    def finding(self, text):
        if text == "poison":
            raise ValueError(text)
        return find(self, text)

    phrase_change = propose(gizmos, en=["widget"])
    with patch.object(Finder, "find", finding):
        reanalyze_all()

    preview = preview_of(phrase_change)
    assert (preview.done, preview.skipped, preview.counts["en"]["widget"]) == (2, 1, [1, 1])
    assert "poison" not in caplog.text


def test_a_finder_finds_the_topics_that_a_reader_finds():
    seeds = [_seeds(topic) for topic in Topic.objects.all()]
    finder, reader = Finder(seeds), Reader(seeds)

    texts = [each.text for language in ("ja", "en") for each in load(language)][::7]

    assert len(texts) > 50
    for text in texts:
        found = {each.topic for each in finder.find(text)}
        assert found == {mention.topic for mention in reader.read(text).mentions}


# Two levels


def test_feedback_about_a_topic_is_about_what_it_belongs_to_as_well():
    money, price = make.topic("money", en=("bank",)), make.topic("cost", en=("costs",))
    both, below, _none = map(make.feedback, ["My bank costs", "It costs much", "Nothing"])
    analyze_all()

    hierarchy.move_under(price, money)

    assert set(Feedback.objects.with_topic("money")) == {both, below}
    assert set(Feedback.objects.with_topic("cost")) == {both, below}
    assert Feedback.objects.with_topic("money").count() == 2


def test_there_are_two_levels_and_no_third():
    top, below, other = make.topic("top"), make.topic("below"), make.topic("other")
    hierarchy.move_under(below, top)

    for topic, parent in [(other, below), (top, other), (top, top)]:
        with pytest.raises(phrase_changes.NotPossible):
            hierarchy.move_under(topic, parent)

    assert list(Topic.objects.filter(key__in=["top", "below", "other"]).as_a_tree()) == [
        other,
        top,
        below,
    ]


def test_a_topic_out_of_use_stands_alone_keeps_its_feedback_and_is_found_no_more():
    top, below = make.topic("top", en=("bank",)), make.topic("below", en=("drives",))
    hierarchy.move_under(below, top)
    old = make.feedback("The bank drives")
    analyze_all()

    hierarchy.archive(top, now=NOW)
    new = make.feedback("My bank")
    analyze_all()
    reanalysis.begin(by=None, now=NOW)
    reanalyze_all()

    below.refresh_from_db()
    assert below.parent is None
    assert (keys(old), keys(new)) == (["below", "top"], [])


def test_what_is_brought_back_finds_what_came_in_meanwhile():
    topic = make.topic("top", en=("bank",))
    hierarchy.archive(topic, now=NOW)
    new = make.feedback("My bank")
    analyze_all()

    hierarchy.restore(topic, by=None, now=NOW)
    reanalyze_all()

    assert keys(new) == ["top"]


def test_nothing_is_proposed_for_a_topic_out_of_use(gizmos):
    hierarchy.archive(gizmos, now=NOW)

    with pytest.raises(phrase_changes.NotPossible):
        propose(gizmos, en=["widget"])
