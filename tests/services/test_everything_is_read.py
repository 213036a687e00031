"""A worker is killed in the middle of 2,000 readings, and another goes on."""

from tests.parts.server import wait_until
from voc.models import Feedback

ALL = 2000
WORDS = ["画面が重くて使いづらいです。", "The staff were friendly, but delivery took two weeks."]


def test_a_killed_worker_leaves_nothing_unread(beat, worker):
    Feedback.objects.bulk_create(
        Feedback(text=f"{WORDS[n % 2]} {n}", channel="review") for n in range(ALL)
    )
    beat(BELL_EVERY_SECONDS="0.5")
    first = worker(concurrency=2)

    wait_until(lambda: 0 < read() < ALL, "reading has begun", first.tail)
    first.kill()
    read_before = read()
    first.start()
    wait_until(lambda: read() == ALL, "all is read", first.tail)

    assert 0 < read_before < ALL, "the kill must land in the middle"
    assert not Feedback.objects.filter(sentiment=None).exists()
    assert not Feedback.objects.set_aside().exists()


def read():
    return Feedback.objects.exclude(analyzed_at=None).count()
