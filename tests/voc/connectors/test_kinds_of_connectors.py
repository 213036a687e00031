"""Each kind of connector asks as its source wants to be asked, and loses nothing between pages."""

from datetime import timedelta

import pytest

from tests.voc.connectors.conftest import NOW
from tests.voc.intake.channels.exports import FRESHDESK, INTERCOM, app_store_feed
from voc.models import Feedback

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def ids():
    return sorted(Feedback.objects.values_list("external_id", flat=True))


def feed(*numbers):
    return app_store_feed(
        *(
            (str(n), "Ann", f"2026-11-{n:02d}T09:00:00-07:00", 2, "Slow", f"Words {n}")
            for n in numbers
        )
    )


def feed_path(number):
    return f"/jp/rss/customerreviews/page={number}/id=1234567890/sortby=mostrecent/json"


def test_the_app_stores_pages_are_read_back_to_what_is_known(there, connect, pulled):
    there.answers(feed_path(1), feed(20, 19))
    there.answers(feed_path(2), feed(18))
    there.answers(feed_path(3), {"feed": {"author": {}}})
    connector = connect("app_store", f"{there.address}/jp/app/hoshi/id1234567890", secret="")

    done = pulled(connector)
    assert ids() == ["app-store:18", "app-store:19", "app-store:20"]
    assert done.cursor == {"seen": "2026-11-20T09:00:00-07:00"}

    there.answers(feed_path(1), feed(21, 20))
    there.asked.clear()
    done = pulled(connector, NOW + timedelta(hours=1))
    assert (done.new, done.unchanged) == (1, 1)
    assert [path for path, *_rest in there.asked] == [feed_path(1)]


def test_reviews_from_before_the_first_day_stay_away(there, connect, pulled):
    old = app_store_feed(("1", "Ann", "2026-10-31T23:00:00-07:00", 2, "", "Old"))
    there.answers(feed_path(1), old)
    there.answers(feed_path(2), {"feed": {"author": {}}})

    pulled(connect("app_store", f"{there.address}/jp/app/hoshi/id1234567890"))

    assert ids() == []


def test_an_address_that_is_no_app_is_said(connect, pulled):
    failed = pulled(connect("app_store", "https://apps.apple.com/jp/"))

    assert failed.error.startswith("The address is not that of an app")


def test_conversations_of_intercom_come_with_all_their_parts(there, connect, pulled):
    conversation = INTERCOM["conversations"][0]
    bare = {name: conversation[name] for name in ("type", "id", "updated_at")}
    pages = {"next": {"starting_after": "here"}}
    there.answers(
        "/conversations/search",
        {"type": "conversation.list", "conversations": [bare], "pages": pages},
        {"type": "conversation.list", "conversations": [], "pages": {}},
    )
    there.answers("/conversations/4417", conversation)

    done = pulled(connect("intercom", there.address))

    assert ids() == ["intercom:4417", "intercom:4417:73", "intercom:4417:rating"]
    assert done.cursor == {"since": 1793598644}
    first, one, second = there.asked
    assert first[3]["query"] == {"field": "updated_at", "operator": ">", "value": 1793491200}
    assert first[2]["authorization"] == "Bearer right"
    assert one[1] == {"display_as": "plaintext"}
    assert second[3]["pagination"]["starting_after"] == "here"
    began = Feedback.objects.get(external_id="intercom:4417")
    assert began.received_at.isoformat() == "2026-11-02T03:04:05+00:00"


def test_tickets_of_freshdesk_come_by_time_with_their_conversations(there, connect, pulled):
    ticket = {**FRESHDESK[0], "updated_at": "2026-11-04T05:00:00Z"}
    conversations = ticket.pop("conversations")
    there.answers("/api/v2/tickets", [ticket])
    there.answers("/api/v2/tickets/20/conversations", conversations)

    done = pulled(connect("freshdesk", there.address))

    assert ids() == ["freshdesk:20", "freshdesk:20:2"]
    assert done.cursor == {"since": "2026-11-04T05:00:00Z"}
    asked = there.asked[0][1]
    assert (asked["updated_since"], asked["order_type"]) == ("2026-11-01T00:00:00Z", "asc")


def test_many_tickets_of_one_second_do_not_stop_freshdesk(there, connect, pulled, monkeypatch):
    monkeypatch.setattr("voc.connectors.kinds.freshdesk.PER_PAGE", 1)
    at = {"updated_at": "2026-11-04T05:00:00Z"}
    tickets = [{**FRESHDESK[0], "id": n, **at} for n in (1, 2)]
    for each in tickets:
        each.pop("conversations")
        there.answers(f"/api/v2/tickets/{each['id']}/conversations", [])
    there.answers("/api/v2/tickets", tickets[:1], tickets[:1], tickets[1:], [])

    pulled(connect("freshdesk", there.address))

    assert ids() == ["freshdesk:1", "freshdesk:2"]
    asked = [query for path, query, *_rest in there.asked if path == "/api/v2/tickets"]
    assert [query["page"] for query in asked] == ["1", "1", "2", "3"]
