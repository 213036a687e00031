"""A worker is killed in the middle of an export, and another goes on: every line once."""

import csv
from io import StringIO

from django.utils import timezone

from tests import make
from tests.parts.server import wait_until
from voc.exports.download import content_of
from voc.models import Export, Feedback

ITEMS = 30_000
PATIENCE = 150  # seconds


def test_a_killed_worker_loses_and_doubles_no_line(beat, worker):
    words = "The parcel came late; call 090-1234-5678, 田中様 "
    Feedback.objects.bulk_create(
        [Feedback(text=f"{words}{n}", channel="review", analyzed_at=now()) for n in range(ITEMS)]
    )
    export = make.export(by=make.staff())
    beat(BELL_EVERY_SECONDS="0.5")
    first = worker(concurrency=2)

    wait_until(lambda: 0 < seen(export).done < ITEMS, "writing has begun", first.tail)
    first.kill()
    before = seen(export)
    Export.objects.update(claimed_until=now())  # as a minute later it would be
    first.start()
    complete = "all is written"
    wait_until(lambda: seen(export).is_done, complete, first.tail, seconds=PATIENCE)

    assert 0 < before.done < ITEMS, "the kill must land in the middle"
    assert (before.state, before.is_kept(now())) == (Export.State.RUNNING, False)
    assert (seen(export).lines, seen(export).gone) == (ITEMS, 0)
    text = b"".join(content_of(seen(export))).decode()
    lines = list(csv.reader(StringIO(text)))
    assert [int(line[-1].rpartition(" ")[2]) for line in lines[1:]] == numbers_in_the_list()


def numbers_in_the_list():
    texts = Feedback.objects.values_list("text", flat=True)
    return [int(text.rpartition(" ")[2]) for text in texts]


def seen(export):
    return Export.objects.get(pk=export.pk)


def now():
    return timezone.now()
