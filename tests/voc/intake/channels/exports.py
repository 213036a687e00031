"""Exports as the tools write them, made up for these tests; and how the desk takes them in."""

import csv
import io
import json
from datetime import UTC, datetime

from lib.tables.import_rows import import_rows
from voc.intake.import_kind import FEEDBACK

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)

GOOGLE_PLAY = [
    ["Package Name", "App Version Code", "App Version Name", "Reviewer Language", "Device",
     "Review Submit Date and Time", "Review Submit Millis Since Epoch",
     "Review Last Update Date and Time", "Review Last Update Millis Since Epoch", "Star Rating",
     "Review Title", "Review Text", "Developer Reply Date and Time",
     "Developer Reply Millis Since Epoch", "Developer Reply Text", "Review Link"],
    ["jp.example.hoshi", "310", "3.1.0", "ja", "dm3q", "2026-11-02T03:04:05Z", "1793588645000",
     "2026-11-02T03:04:05Z", "1793588645000", "2", "残念", "更新してから、とても遅いです。",
     "2026-11-03T01:00:00Z", "1793667600000", "ご不便をおかけしました。",
     "http://play.google.com/console/developers/1/app/2/user-feedback/review-details"
     "?reviewId=gp%3AAOqpTOFirst&corpus=PUBLIC_REVIEWS"],
    ["jp.example.hoshi", "310", "3.1.0", "en", "husky", "2026-11-04T10:00:00Z", "1793786400000",
     "2026-11-04T10:00:00Z", "1793786400000", "1", "", "", "", "", "", ""],
    ["jp.example.hoshi", "310", "3.1.0", "en", "husky", "2026-11-05T10:00:00Z", "1793872800000",
     "2026-11-05T10:00:00Z", "1793872800000", "5", "", "Love it, \"really\"", "", "", "",
     "http://play.google.com/console/developers/1/app/2/user-feedback/review-details"
     "?reviewId=gp%3AAOqpTOThird&corpus=PUBLIC_REVIEWS"],
]  # fmt: skip

RAKUTEN = [
    ["レビュータイプ", "商品名", "レビュー詳細URL", "評価", "投稿時間", "タイトル", "レビュー本文",
     "フラグ", "注文番号", "未対応フラグ"],
    ["商品レビュー", "ほうじ茶 100g", "https://review.rakuten.example/item/1/2_3/abcd-1/", "4",
     "2026/11/2 9:05:00", "香りがよい", "届くのが遅かったですが、\n香りは最高です。", "0",
     "123456-20261030-0001", ""],
    ["ショップレビュー", "", "https://review.rakuten.example/shop/4/2_3/efgh-2/", "1",
     "2026/11/3 23:50:00", "", "", "0", "123456-20261030-0002", "1"],
]  # fmt: skip

SELLER_FEEDBACK = [
    ["Date", "Rating", "Comments", "Response", "Order ID", "Rater Email"],
    ["13/11/2026", "1", "Arrived broken.", "", "250-1111111-2222222", "abc@marketplace.example"],
]


def csv_of(rows, encoding="utf-8", delimiter=","):
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode(encoding)


def app_store_feed(*reviews):
    return {
        "feed": {
            "author": {"name": {"label": "iTunes Store"}, "uri": {"label": "http://example.com"}},
            "entry": [
                {
                    "author": {"uri": {"label": "http://example.com/1"}, "name": {"label": name}},
                    "updated": {"label": updated},
                    "im:rating": {"label": str(stars)},
                    "im:version": {"label": "3.1.0"},
                    "id": {"label": id},
                    "title": {"label": title},
                    "content": {"label": text, "attributes": {"type": "text"}},
                    "im:voteSum": {"label": "0"},
                }
                for id, name, updated, stars, title, text in reviews
            ],
            "id": {"label": "https://example.com/feed"},
        }
    }


FEED = app_store_feed(
    ("9001", "たま", "2026-11-20T09:30:00-07:00", 1, "落ちます", "起動すると落ちます。"),
    ("9000", "Ann", "2026-11-19T08:00:00-07:00", 5, "Great", "Does what it says."),
)

CONNECT = {
    "data": [
        {
            "type": "customerReviews",
            "id": "00000010-aaaa",
            "attributes": {
                "rating": 3,
                "title": "Fine",
                "body": "Too many taps to log in.",
                "reviewerNickname": "ann",
                "createdDate": "2026-11-20T09:30:00-07:00",
                "territory": "JPN",
            },
        }
    ],
    "included": [
        {
            "type": "customerReviewResponses",
            "id": "r1",
            "attributes": {"responseBody": "We are on it.", "state": "PUBLISHED"},
            "relationships": {"review": {"data": {"type": "x", "id": "00000010-aaaa"}}},
        }
    ],
    "links": {"self": "https://example.com"},
}

ZENDESK = {
    "url": "https://hoshi.zendesk.example/api/v2/tickets/35.json",
    "id": 35,
    "via": {"channel": "email", "source": {"from": {"address": "yuki@example.com"}}},
    "created_at": "2026-11-02T03:00:00Z",
    "updated_at": "2026-11-03T03:00:00Z",
    "type": "incident",
    "subject": "ログインできません",
    "description": "ログインできません。助けてください。",
    "priority": "high",
    "status": "brand-new-status",
    "requester_id": 700,
    "submitter_id": 700,
    "tags": ["login", "vip"],
    "requester": {"id": 700, "name": "Yuki", "email": "yuki@example.com"},
    "comments": [
        {
            "id": 1001, "author_id": 700, "public": True, "created_at": "2026-11-02T03:00:00Z",
            "body": "ログインできません。助けてください。", "html_body": "<p>…</p>",
        },
        {
            "id": 1002, "author_id": 9, "public": True, "created_at": "2026-11-02T04:00:00Z",
            "body": "Please try again.",
        },
        {
            "id": 1003, "author_id": 9, "public": False, "created_at": "2026-11-02T04:01:00Z",
            "body": "This one is difficult.",
        },
        {
            "id": 1004, "author_id": 700, "public": True, "created_at": "2026-11-02T05:00:00Z",
            "body": "まだ入れません。", "plain_body": "まだ入れません。",
        },
    ],
}  # fmt: skip

ZENDESK_CSV = [
    ["Summation column", "Id", "Requester", "Requester id", "Requester email", "Submitter",
     "Assignee", "Subject", "Description", "Status", "Via", "Ticket type", "Created at"],
    ["1", "35", "Yuki", "700", "yuki@example.com", "Yuki", "Ann", "ログインできません",
     "ログインできません。助けてください。", "Open", "Mail", "Incident", "2026-11-02 12:00"],
    ["1", "36", "Yuki", "700", "yuki@example.com", "Ann", "Ann", "Your contract",
     "Hello, we would like to talk.", "Open", "Web form", "Question", "2026-11-03 12:00"],
]  # fmt: skip

INTERCOM = {
    "type": "conversation.list",
    "conversations": [
        {
            "type": "conversation",
            "id": "4417",
            "created_at": 1793588645,
            "updated_at": 1793598645,
            "state": "closed",
            "source": {
                "type": "conversation", "id": "s1", "delivered_as": "customer_initiated",
                "subject": "", "body": "<p>The export is <b>empty</b> &amp; slow.</p>",
                "author": {"type": "user", "id": "u1", "name": "Yuki", "email": "yuki@example.com"},
            },
            "conversation_rating": {
                "rating": 2, "remark": "Took a week.", "created_at": 1793598000,
                "contact": {"type": "contact", "id": "u1"},
            },
            "conversation_parts": {
                "type": "conversation_part.list",
                "conversation_parts": [
                    {
                        "type": "conversation_part", "id": "71", "part_type": "comment",
                        "body": "<p>We look into it.</p>", "created_at": 1793589645,
                        "author": {"type": "admin", "id": "1", "email": "ann@hoshi.example"},
                    },
                    {
                        "type": "conversation_part", "id": "72", "part_type": "note",
                        "body": "<p>VIP!</p>", "created_at": 1793589700,
                        "author": {"type": "admin", "id": "1", "email": "ann@hoshi.example"},
                    },
                    {
                        "type": "conversation_part", "id": "73", "part_type": "comment",
                        "body": "<p>Still empty.</p>", "created_at": 1793590645,
                        "author": {"type": "user", "id": "u1", "email": "yuki@example.com"},
                    },
                    {
                        "type": "conversation_part", "id": "74", "part_type": "close",
                        "body": None, "created_at": 1793591645,
                        "author": {"type": "bot", "id": "b"},
                    },
                ],
            },
        }
    ],
    "pages": {"type": "pages", "page": 1, "per_page": 20, "total_pages": 1},
}  # fmt: skip

FRESHDESK = [
    {
        "id": 20,
        "subject": "Refund",
        "description": "<div>Where is my refund?</div>",
        "description_text": "Where is my refund?",
        "source": 1,
        "status": 77,
        "requester_id": 5001,
        "requester": {"id": 5001, "name": "Yuki", "email": "yuki@example.com"},
        "created_at": "2026-11-02T03:00:00Z",
        "conversations": [
            {
                "id": 1, "incoming": False, "private": False, "user_id": 9,
                "created_at": "2026-11-02T04:00:00Z", "body_text": "On its way.",
            },
            {
                "id": 2, "incoming": True, "private": False, "user_id": 5001,
                "created_at": "2026-11-04T04:00:00Z", "body_text": "It is still not here.",
            },
            {
                "id": 3, "incoming": True, "private": True, "user_id": 9,
                "created_at": "2026-11-04T05:00:00Z", "body_text": "Forwarded to billing.",
            },
        ],
    }
]  # fmt: skip

FRESHDESK_CSV = [
    ["Ticket ID", "Subject", "Description", "Status", "Created time", "Full name", "Email"],
    ["20", "Refund", "Where is my refund?", "Open", "2026-11-02 12:00:00", "Yuki",
     "yuki@example.com"],
]  # fmt: skip


def json_of(value):
    return json.dumps(value, ensure_ascii=False, indent=2).encode()


def ndjson_of(*values):
    return "\n".join(json.dumps(value, ensure_ascii=False) for value in values).encode()


def opened(content, name="export", **options):
    """The import of this file, as the desk opens it."""
    file = io.BytesIO(content)
    file.name = name
    return FEEDBACK.open(file, {"channel": "other", **options}, NOW)


def take_in(content, **options):
    """Import the file; the counts of rows by outcome."""
    table = opened(content, **options)
    result = import_rows(table.rows, understand=table.understand, store=table.store)
    assert result.stopped == ""
    return {word: n for word, n in result.counts.items() if n}
