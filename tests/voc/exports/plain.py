"""The table of an export by the plain way: one item after the other, as the ORM hands them out."""

from __future__ import annotations

import csv
from io import StringIO

from django.utils import timezone

from lib.tables.write import harmless
from voc.exports.lines import header
from voc.models import Feedback
from voc.privacy.masking import masked as without_personal_data


def table_of(items: list[Feedback], *, masked: bool) -> str:
    file = StringIO(header(), newline="")
    file.seek(0, 2)
    write = csv.writer(file)
    for item in items:
        topics = [str(tag.topic) for tag in item.tags.order_by("start", "pk")]
        write.writerow(
            [
                timezone.localtime(item.received_at).strftime("%Y-%m-%d %H:%M"),
                item.get_channel_display(),
                "" if item.score is None else item.score,
                item.language,
                item.get_sentiment_display() if item.sentiment else "",
                item.get_intent_display() if item.intent else "",
                item.get_urgency_display() if item.urgency else "",
                harmless("; ".join(topics)),
                item.get_status_display(),
                harmless(item.owner.username if item.owner else ""),
                harmless(without_personal_data(item.text) if masked else item.text),
            ]
        )
    return file.getvalue()
