"""Reviews come in from the exports of the stores as they are."""

import pytest
from django.utils import timezone

from tests.voc.intake.channels import exports
from tests.voc.intake.channels.exports import csv_of, json_of, opened, take_in
from voc.models import Feedback

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


def items():
    found = Feedback.objects.order_by("received_at").values_list("external_id", "text")
    return dict(found)


def day_of(external_id):
    moment = Feedback.objects.get(external_id=external_id).received_at
    return timezone.localtime(moment).isoformat(timespec="minutes")


def test_a_month_of_google_play_comes_in_as_the_console_wrote_it():
    assert take_in(csv_of(exports.GOOGLE_PLAY, "utf-16")) == {"added": 3}

    assert items() == {
        "google-play:gp:AOqpTOFirst": "残念\n更新してから、とても遅いです。",
        "google-play:jp.example.hoshi:1793786400000:husky": "★☆☆☆☆",
        "google-play:gp:AOqpTOThird": 'Love it, "really"',
    }
    review = Feedback.objects.get(external_id="google-play:gp:AOqpTOFirst")
    assert review.channel == Feedback.Channel.REVIEW
    assert review.received_at.isoformat() == "2026-11-02T03:04:05+00:00"
    assert review.raw == dict(zip(*exports.GOOGLE_PLAY[:2], strict=True))


def test_stars_without_words_are_said_before_they_come_in():
    plan = opened(csv_of(exports.GOOGLE_PLAY, "utf-16")).plan()

    assert plan.notes[:2] == [
        "This is an export of Google Play. Its rows come in by the channel “review”.",
        "Of the first 3 rows 1 give stars and no words. They come in as stars: ★★☆☆☆.",
    ]
    assert plan.first_rows[1].readings[:2] == (("what they said", "★☆☆☆☆"), ("stars", "1"))


def test_a_review_that_was_changed_since_is_the_same_review():
    take_in(csv_of(exports.GOOGLE_PLAY, "utf-16"))
    changed = [row[:] for row in exports.GOOGLE_PLAY[:2]]
    changed[1][9:12] = ["5", "", "Quick again."]

    assert take_in(csv_of(changed, "utf-16")) == {"updated": 1}
    review = Feedback.objects.get(external_id="google-play:gp:AOqpTOFirst")
    assert (review.text, review.raw["Star Rating"]) == ("Quick again.", "5")


def test_the_csv_of_rakuten_in_shift_jis_is_of_japanese_time():
    with timezone.override("UTC"):
        assert take_in(csv_of(exports.RAKUTEN, "cp932")) == {"added": 2}

    first = "rakuten:https://review.rakuten.example/item/1/2_3/abcd-1/"
    assert items()[first] == "香りがよい\n届くのが遅かったですが、\n香りは最高です。"
    assert items()["rakuten:https://review.rakuten.example/shop/4/2_3/efgh-2/"] == "★☆☆☆☆"
    assert day_of(first) == "2026-11-02T09:05+09:00"


def test_the_feed_of_the_app_store_comes_in():
    assert take_in(json_of(exports.FEED)) == {"added": 2}
    assert take_in(exports.ndjson_of(exports.FEED)) == {"unchanged": 2}  # on one line

    assert items() == {
        "app-store:9000": "Great\nDoes what it says.",
        "app-store:9001": "落ちます\n起動すると落ちます。",
    }
    assert day_of("app-store:9001") == "2026-11-21T01:30+09:00"
    assert Feedback.objects.get(external_id="app-store:9001").raw["im:rating.label"] == "1"


def test_what_app_store_connect_answers_comes_in_with_our_reply():
    assert take_in(json_of(exports.CONNECT)) == {"added": 1}

    review = Feedback.objects.get()
    assert review.text == "Fine\nToo many taps to log in."
    assert review.raw["response.attributes.responseBody"] == "We are on it."
    assert review.raw["attributes.territory"] == "JPN"


def test_what_buyers_say_of_a_seller_on_amazon_comes_in():
    content = csv_of(exports.SELLER_FEEDBACK, delimiter="\t")

    assert take_in(content) == {"added": 1}
    assert items() == {"amazon:250-1111111-2222222": "Arrived broken."}
    assert day_of("amazon:250-1111111-2222222")[:10] == "2026-11-13"


def test_reviews_of_products_on_amazon_without_ids_are_told_apart():
    rows = [
        ["ASIN", "Review date", "Rating", "Review title", "Review text", "Review author"],
        ["B01", "2026-11-13", "2", "Meh", "Too small", "ann"],
        ["B01", "2026-11-13", "4", "Good", "Fits", "ben"],
    ]

    assert take_in(csv_of(rows)) == {"added": 2}
    assert take_in(csv_of(rows)) == {"unchanged": 2}
    assert "amazon:B01:2026-11-13:ann" in items()


def test_a_word_that_nobody_knows_is_kept_as_it_came():
    rows = [[*exports.RAKUTEN[0], "新しい列"], [*exports.RAKUTEN[1], "未知"]]
    rows[1][0] = "動画レビュー"

    take_in(csv_of(rows, "cp932"))

    raw = Feedback.objects.get().raw
    assert (raw["レビュータイプ"], raw["新しい列"]) == ("動画レビュー", "未知")


def test_an_export_can_be_read_as_a_table_like_any_other():
    content = csv_of(exports.GOOGLE_PLAY, "utf-16")
    question = opened(content).plan().questions[0]
    assert question.choices == (
        ("google_play", "Google Play"),
        ("table", "a table like any other"),
    )

    assert take_in(content, read_as="table") == {"added": 2, "empty": 1}
    assert {item.channel for item in Feedback.objects.all()} == {"other"}


@pytest.mark.parametrize(
    "content",
    [csv_of(exports.GOOGLE_PLAY, "utf-16"), csv_of(exports.RAKUTEN, "cp932"),
     json_of(exports.FEED), json_of(exports.CONNECT), json_of(exports.INTERCOM),
     exports.ndjson_of(exports.ZENDESK), json_of(exports.FRESHDESK)],
)  # fmt: skip
def test_the_same_export_twice_comes_in_once(content):
    first = take_in(content)

    assert take_in(content) == {"unchanged": first["added"]}
