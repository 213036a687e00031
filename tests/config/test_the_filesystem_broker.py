"""Messages in files: nobody reads half of one, nobody loses one, nobody gets one twice."""

import multiprocessing
from collections import Counter
from queue import Empty

import pytest
from kombu import Connection

from config import filesystem_broker
from tests.parts.server import PATIENCE

MESSAGES, WRITERS, READERS = 1000, 2, 2
LONG = "長い文" * 5000  # takes long enough to write to be caught half-way
fork = multiprocessing.get_context("fork")


def connect(folder):
    filesystem_broker.install()
    url = f"filesystem://{folder}"
    return Connection(url, transport_options=filesystem_broker.options(url, default=folder))


def write(folder, writer):
    with connect(folder) as connection, connection.SimpleQueue("bells") as queue:
        for number in range(MESSAGES):
            queue.put({"writer": writer, "number": number, "words": LONG})


def read(folder, heard, all_written):
    with connect(folder) as connection, connection.SimpleQueue("bells") as queue:
        while True:
            # Asked before looking: once all is written, an empty folder stays empty.
            nothing_more = all_written.is_set()
            try:
                message = queue.get(block=False)
            except Empty:
                if nothing_more:
                    break
                continue
            assert message.payload["words"] == LONG
            message.ack()
            heard.put((message.payload["writer"], message.payload["number"]))
    heard.put(None)


def test_every_message_of_several_writers_reaches_one_of_several_readers(tmp_path):
    heard, all_written = fork.Queue(), fork.Event()
    readers = [
        fork.Process(target=read, args=(tmp_path, heard, all_written)) for _ in range(READERS)
    ]
    writers = [fork.Process(target=write, args=(tmp_path, n)) for n in range(WRITERS)]
    for process in [*readers, *writers]:
        process.start()
    for writer in writers:
        writer.join()
    all_written.set()

    got = Counter(each for _ in readers for each in iter(lambda: heard.get(timeout=PATIENCE), None))

    for reader in readers:
        reader.join()
    assert [process.exitcode for process in [*writers, *readers]] == [0] * (WRITERS + READERS)
    assert got == Counter((w, n) for w in range(WRITERS) for n in range(MESSAGES))


def test_nothing_of_a_message_is_left_behind(tmp_path):
    with connect(tmp_path) as connection, connection.SimpleQueue("bells") as queue:
        queue.put({"ring": 1})
        queue.get(timeout=1).ack()

    assert list((tmp_path / "messages").iterdir()) == []


def listen(folder, name, papers, together):
    with connect(folder) as connection:
        channel = connection.channel()
        channel.queue_declare(name)
        for paper in papers:
            channel.exchange_declare(paper, "fanout")
            together.wait(PATIENCE)
            channel.queue_bind(name, paper)


def test_listeners_who_come_together_are_all_on_the_list(tmp_path):
    names, papers = [f"listener-{n}" for n in range(6)], [f"news-{n}" for n in range(40)]
    together = fork.Barrier(len(names))
    people = [fork.Process(target=listen, args=(tmp_path, n, papers, together)) for n in names]
    for process in people:
        process.start()
    for process in people:
        process.join()

    with connect(tmp_path) as connection:
        channel = connection.channel()
        listeners = {
            paper: sorted(row.queue for row in channel.get_table(paper)) for paper in papers
        }
    assert listeners == dict.fromkeys(papers, names)


@pytest.mark.parametrize("url", ["redis://127.0.0.1:6379/0", "amqp://", "memory://"])
def test_other_brokers_need_no_folders(url, tmp_path):
    assert filesystem_broker.options(url, default=tmp_path) == {}


def test_an_address_without_a_folder_means_the_usual_one(tmp_path):
    options = filesystem_broker.options("filesystem://", default=tmp_path / "broker")

    assert options["data_folder_in"] == str(tmp_path / "broker" / "messages")
