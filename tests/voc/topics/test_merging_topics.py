"""Two topics become one: no feedback is lost, none counts twice, and people keep their say."""

import pytest
from django.utils import timezone

from tests import make
from tests.voc.analyzing import analyze_all, reanalyze_all
from voc import reanalysis
from voc.models import By, Feedback, Reanalysis, Tag, Theme, Topic
from voc.nlp.reader import Reader
from voc.topics import hierarchy, merge, phrase_changes

pytestmark = pytest.mark.django_db

NOW = timezone.now()
TEXTS = [
    "The gizmo is bad.",
    "The widget is great.",
    "The gizmo is bad. The widget is great.",
    "I saw a gizmo. The widget is great.",
    "A widget and a gizmo.",
    "Neither.",
]


@pytest.fixture
def gizmos():
    return make.topic("gizmos", en=("gizmo",))


@pytest.fixture
def widgets():
    return make.topic("widgets", en=("widget",))


def merge_topics(topic, into):
    merge.merge(topic, into, by=make.staff(), now=NOW)
    topic.refresh_from_db()
    into.refresh_from_db()


def tags():
    return set(Tag.objects.values_list("feedback", "topic__key", "sentiment", "start", "end"))


def test_after_it_all_is_as_if_there_had_been_one_topic_from_the_start(gizmos, widgets):
    for text in TEXTS:
        make.feedback(text)
    analyze_all()

    merge_topics(gizmos, widgets)

    merged = tags()
    Feedback.objects.queue_for_analysis()
    analyze_all()
    assert Feedback.objects.about(widgets).count() == 5
    assert merged == tags()


def test_what_was_foreseen_is_what_happens(gizmos, widgets):
    for text in TEXTS:
        make.feedback(text)
    analyze_all()
    make.fix().topics.add(gizmos)

    foreseen = merge.preview_merge(gizmos, widgets)

    assert (foreseen.items, foreseen.both, foreseen.phrases) == (4, 3, ["gizmo"])
    assert foreseen.elsewhere == ["改善1件"]
    before = Feedback.objects.about(widgets).count()
    merge_topics(gizmos, widgets)
    assert Feedback.objects.about(widgets).count() == before + 4 - 3


def test_the_one_that_goes_is_out_of_use_and_says_where_it_went(gizmos, widgets):
    merge_topics(gizmos, widgets)

    assert (gizmos.archived, gizmos.merged_into, gizmos.parent) == (True, widgets, None)
    assert widgets.phrases_en == ["widget", "gizmo"]
    with pytest.raises(phrase_changes.NotPossible):
        hierarchy.restore(gizmos, by=None, now=NOW)


def test_a_persons_word_goes_along(gizmos, widgets):
    item = make.feedback("Both")
    Tag.objects.create(feedback=item, topic=gizmos, by=By.PERSON)
    Tag.objects.create(feedback=item, topic=widgets, sentiment="positive", start=0, end=4)

    merge_topics(gizmos, widgets)

    tag = item.tags.get()
    assert (tag.topic, tag.by, tag.sentiment, tag.start) == (widgets, By.PERSON, "positive", 0)


def test_what_belongs_to_the_one_belongs_to_the_other(gizmos, widgets):
    below = make.topic("below")
    hierarchy.move_under(below, gizmos)

    merge_topics(gizmos, widgets)

    below.refresh_from_db()
    assert below.parent == widgets


def test_a_topic_merged_into_one_below_it_leaves_it_its_place(gizmos, widgets):
    other = make.topic("other")
    hierarchy.move_under(widgets, gizmos)
    hierarchy.move_under(other, gizmos)

    merge_topics(gizmos, widgets)

    other.refresh_from_db()
    assert (widgets.parent, other.parent) == (None, widgets)


def test_a_third_level_is_refused_with_what_to_do(gizmos, widgets):
    hierarchy.move_under(make.topic("below"), gizmos)
    hierarchy.move_under(widgets, make.topic("top"))

    with pytest.raises(phrase_changes.NotPossible, match="widgets"):
        merge_topics(gizmos, widgets)

    assert not Topic.objects.filter(archived=True).exists()


def test_fixes_themes_and_what_was_merged_before_go_along(gizmos, widgets):
    fix, both = make.fix(), make.fix()
    fix.topics.add(gizmos)
    both.topics.add(gizmos, widgets)
    earlier = make.topic("earlier")
    merge_topics(earlier, gizmos)
    theme = Theme.objects.create(
        language="en", phrase="gizmo", topic=gizmos, starts=NOW, ends=NOW, n=5, n_before=0,
        texts=9, texts_before=9, strength=3,
    )  # fmt: skip

    merge_topics(gizmos, widgets)

    theme.refresh_from_db()
    earlier.refresh_from_db()
    assert [list(each.topics.all()) for each in (fix, both)] == [[widgets], [widgets]]
    assert (theme.topic, earlier.merged_into) == (widgets, widgets)


def test_a_draft_of_the_one_is_withdrawn_and_that_of_the_other_has_the_phrases_too(gizmos, widgets):
    gone = phrase_changes.propose(gizmos, phrases={"ja": [], "en": ["x"]}, by=None, now=NOW)
    phrase_changes.propose(widgets, phrases={"ja": [], "en": ["gadget"]}, by=None, now=NOW)

    merge_topics(gizmos, widgets)

    gone.refresh_from_db()
    draft = widgets.phrase_changes.open().get()
    assert gone.withdrawn_at
    assert (draft.before["en"], draft.phrases_en) == (["widget", "gizmo"], ["gadget", "gizmo"])


def test_a_batch_that_was_being_read_is_read_again_with_the_topics_there_are_now(
    gizmos, widgets, monkeypatch
):
    item, begin = make.feedback("A gizmo"), Reader.begin

    def reading(self, text):
        monkeypatch.setattr(Reader, "begin", begin)
        merge_topics(gizmos, widgets)
        return begin(self, text)

    monkeypatch.setattr(Reader, "begin", reading)
    analyze_all()

    assert [tag.topic for tag in item.tags.all()] == [widgets]


def test_everything_analyzed_again_finds_nothing_of_what_is_gone(gizmos, widgets):
    make.feedback("A gizmo")
    analyze_all()
    merge_topics(gizmos, widgets)
    merged = tags()

    reanalysis.begin(by=None, now=NOW)
    reanalyze_all()

    assert tags() == merged
    assert Reanalysis.objects.for_good().get().gained == 0
