"""Tickets come in from helpdesks: what customers wrote in them, and nothing else."""

import pytest

from tests import make
from tests.voc.intake.channels import exports
from tests.voc.intake.channels.exports import csv_of, json_of, ndjson_of, opened, take_in
from voc.models import Feedback

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def known(address):
    customer = make.customer()
    customer.email = address
    customer.save()
    return customer


def items():
    return dict(Feedback.objects.order_by("pk").values_list("external_id", "text"))


@pytest.mark.parametrize(
    "content",
    [
        ndjson_of(exports.ZENDESK),
        json_of([exports.ZENDESK]),
        json_of({"tickets": [{**exports.ZENDESK, "requester": None}],
                 "users": [exports.ZENDESK["requester"]], "count": 1}),
        ndjson_of({"ticket": {**exports.ZENDESK, "comments": None},
                   "comments": exports.ZENDESK["comments"]}),
    ],
    ids=["incremental", "list", "page", "ticket"],
)  # fmt: skip
def test_of_a_zendesk_ticket_the_requesters_public_words_come_in(content):
    yuki = known("yuki@example.com")

    assert take_in(content) == {"added": 2}
    assert items() == {
        "zendesk:35": "ログインできません。助けてください。",
        "zendesk:35:1004": "まだ入れません。",
    }
    assert {item.customer for item in Feedback.objects.all()} == {yuki}
    later = Feedback.objects.get(external_id="zendesk:35:1004")
    assert later.received_at.isoformat() == "2026-11-02T05:00:00+00:00"
    assert later.channel == Feedback.Channel.SUPPORT
    assert later.raw["status"] == "brand-new-status"
    assert later.raw["tags"] == "login, vip"


def test_a_ticket_that_comes_without_comments_says_its_description():
    bare = {name: value for name, value in exports.ZENDESK.items() if name != "comments"}

    assert take_in(ndjson_of(bare)) == {"added": 1}
    assert take_in(ndjson_of(exports.ZENDESK)) == {"added": 1, "updated": 1}
    assert len(items()) == 2


def test_a_ticket_that_one_of_ours_began_does_not_speak_for_the_customer():
    ours = {**exports.ZENDESK, "comments": [], "submitter_id": 9}

    with pytest.raises(ValueError, match="Nothing in this file was said by a customer"):
        opened(ndjson_of(ours))


def test_the_csv_of_zendesk_has_the_first_words_of_each_ticket():
    table = opened(csv_of(exports.ZENDESK_CSV))

    assert table.plan().first_rows[1].refused == "one of yours wrote this, and no customer"
    assert take_in(csv_of(exports.ZENDESK_CSV)) == {"added": 1, "refused": 1}
    assert items() == {"zendesk:35": "ログインできません。助けてください。"}


def test_csv_and_json_of_the_same_ticket_bring_its_first_words_once():
    take_in(csv_of(exports.ZENDESK_CSV[:2]))

    take_in(ndjson_of(exports.ZENDESK))

    assert [*items()] == ["zendesk:35", "zendesk:35:1004"]


def test_a_zendesk_csv_without_words_asks_for_their_column():
    rows = [[cell for n, cell in enumerate(row) if n != 8] for row in exports.ZENDESK_CSV]

    assert opened(csv_of(rows)).plan().obstacle.option == "text"


def test_of_a_conversation_in_intercom_the_customers_words_come_in():
    yuki = known("yuki@example.com")

    assert take_in(json_of(exports.INTERCOM)) == {"added": 3}
    assert items() == {
        "intercom:4417": "The export is empty & slow.",
        "intercom:4417:73": "Still empty.",
        "intercom:4417:rating": "Took a week.",
    }
    assert Feedback.objects.get(external_id="intercom:4417:73").customer == yuki


def test_the_csv_of_intercom_has_what_customers_said_of_a_conversation():
    take_in(json_of(exports.INTERCOM))
    rows = [
        ["Conversation ID", "Conversation started at (Asia/Tokyo)", "User email",
         "Conversation rating", "Conversation rating remark"],
        ["4417", "2026-11-02 12:04:05", "yuki@example.com", "2", "Took a week."],
        ["4418", "2026-11-02 12:05:00", "yuki@example.com", "1", ""],
    ]  # fmt: skip

    assert take_in(csv_of(rows)) == {"updated": 1, "added": 1}
    assert items()["intercom:4418:rating"] == "★☆☆☆☆"


def test_of_a_freshdesk_ticket_the_first_words_and_public_replies_come_in():
    yuki = known("yuki@example.com")

    assert take_in(json_of(exports.FRESHDESK)) == {"added": 2}
    assert items() == {
        "freshdesk:20": "Where is my refund?",
        "freshdesk:20:2": "It is still not here.",
    }
    assert Feedback.objects.get(external_id="freshdesk:20:2").customer == yuki
    assert take_in(csv_of(exports.FRESHDESK_CSV)) == {"updated": 1}


def test_the_accounts_export_of_freshdesk_comes_in():
    ticket = {**exports.FRESHDESK[0], "display_id": 20, "id": 999}
    notes = ticket.pop("conversations")
    ticket.pop("description_text")
    wrapped = [{"helpdesk_note": {**each, "body": each["body_text"]}} for each in notes]

    assert take_in(json_of([{"helpdesk_ticket": {**ticket, "notes": wrapped}}])) == {"added": 2}
    assert [*items()] == ["freshdesk:20", "freshdesk:20:2"]


def test_it_is_said_whose_words_come_in():
    notes = opened(ndjson_of(exports.ZENDESK)).plan().notes

    assert notes[:2] == [
        "This is an export of Zendesk. Its rows come in by the channel “support”.",
        "Only what customers wrote comes in. What your side wrote, and private notes, are left "
        "out.",
    ]


def test_a_broken_line_of_an_export_is_told_and_the_others_come_in():
    content = ndjson_of(exports.ZENDESK) + b'\n{"id": 36, "requ\n'

    assert take_in(content) == {"added": 2, "refused": 1}


def test_two_sources_with_one_number_are_two_items():
    take_in(json_of([{**exports.FRESHDESK[0], "id": 35}]))
    take_in(ndjson_of(exports.ZENDESK))

    assert {"zendesk:35", "freshdesk:35"} < {*items()}
