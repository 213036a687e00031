"""楽天市場: the CSV of RMS's レビューチェックツール, in Shift_JIS, its times those of Japan."""

from __future__ import annotations

from voc.intake.channels.source import Source

RAKUTEN = Source(
    key="rakuten",
    name="楽天市場",
    channel="review",
    marks=(frozenset({"レビュータイプ", "レビュー詳細url", "評価", "レビュー本文"}),),
    columns={
        "text": ("レビュー本文",),
        "title": ("タイトル",),
        "id": ("レビュー詳細URL",),  # no other column is the review's own
        "date": ("投稿時間",),
        "stars": ("評価",),
    },
    zone="Asia/Tokyo",
)
