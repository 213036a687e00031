"""Amazon: what buyers say of a seller (the feedback report), and reviews of products."""

from __future__ import annotations

from voc.intake.channels.source import Source

AMAZON = Source(
    key="amazon",
    name="Amazon",
    channel="review",
    marks=(
        frozenset({"date", "rating", "comments", "order id", "rater email"}),
        frozenset({"日付", "評価", "コメント", "注文番号", "評価者のeメール"}),
        frozenset({"asin", "review id"}),
        frozenset({"asin", "review title", "review text"}),
        frozenset({"asin", "review title", "review body"}),
    ),
    columns={
        "text": ("review text", "review body", "review", "body", "comments", "コメント"),
        "title": ("review title", "title"),
        "id": ("review id", "order id", "注文番号"),
        "date": ("review date", "date", "日付"),
        "email": ("rater email", "評価者のeメール"),
        "stars": ("rating", "star rating", "review rating", "stars", "評価"),
    },
    id_from=("asin", "review date", "review author", "reviewer", "author"),
)
