"""A change of phrases goes its whole way with real workers: preview, apply, reanalyze."""

from django.utils import timezone

from tests import make
from tests.parts.server import wait_until
from voc.models import Feedback, Reanalysis
from voc.topics import phrase_changes

ALL = 600  # more than a batch


def test_a_change_is_previewed_and_then_applied_by_the_workers(beat, worker):
    topic = make.topic("gizmos", en=("gizmo",))
    words = ["A gizmo", "A widget"]
    Feedback.objects.bulk_create(Feedback(text=words[n % 2], channel="review") for n in range(ALL))
    beat(BELL_EVERY_SECONDS="0.5")
    first = worker(concurrency=2)
    wait_until(lambda: not Feedback.objects.to_analyze().exists(), "all is analyzed", first.tail)

    change = phrase_changes.propose(
        topic, phrases={"ja": [], "en": ["widget"]}, by=None, now=timezone.now()
    )
    wait_until(lambda: change.preview.is_done, "it is previewed", first.tail)
    assert (change.preview.gained, change.preview.lost) == (ALL // 2, ALL // 2)
    begun = phrase_changes.apply(change, by=None, now=timezone.now())
    wait_until(lambda: done(begun), "everything is analyzed again", first.tail)

    found = Feedback.objects.about(topic)
    assert set(found.values_list("text", flat=True)) == {"A widget"}
    assert found.count() == ALL // 2


def done(begun):
    return Reanalysis.objects.done().filter(pk=begun.pk).exists()
