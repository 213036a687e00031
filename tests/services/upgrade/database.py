"""Fill a database with the rows of release 0.1, or say what stands in it now.

python -m tests.services.upgrade.database load | downgrade | read
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import django

django.setup()  # this is a program of its own, see above

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from reports.models import Fix, Notice  # noqa: E402
from surveys.models import AddressClaim, Invitation, RateLimitHit, Response  # noqa: E402
from surveys.questions import kinds, nps  # noqa: E402
from voc.models import (  # noqa: E402
    Activity,
    Classifier,
    Embedding,
    Feedback,
    PhraseChange,
    Reanalysis,
    Suggestion,
    Tag,
)

HERE = Path(__file__).parent
RELEASE = {"surveys": "0001", "voc": "0004", "reports": "0001"}  # the last migrations of 0.1


def downgrade() -> None:
    """To the tables of release 0.1, from later ones or from none."""
    for app, migration in RELEASE.items():
        call_command("migrate", app, migration, verbosity=0)


def load() -> None:
    downgrade()
    for app in ("auth", "admin", "sessions"):
        call_command("migrate", app, verbosity=0)

    tables = json.loads(gzip.decompress((HERE / "demo-0.1.json.gz").read_bytes()))
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        for table in tables:  # what migrating put there has other ids
            cursor.execute(f"DELETE FROM {quote(table)}")
        for table, found in tables.items():
            columns = ", ".join(map(quote, found["columns"]))
            places = ", ".join(["%s"] * len(found["columns"]))
            truths = _booleans(cursor, table, found["columns"])
            rows = [_row(row, truths) for row in found["rows"]]
            cursor.executemany(f"INSERT INTO {quote(table)} ({columns}) VALUES ({places})", rows)
    _go_on_numbering(tables)


def _booleans(cursor: Any, table: str, columns: list[str]) -> set[int]:
    described = connection.introspection.get_table_description(cursor, table)
    types = {
        column.name: connection.introspection.get_field_type(column.type_code, column)
        for column in described
    }
    return {place for place, name in enumerate(columns) if types[name] == "BooleanField"}


def _row(row: list[Any], truths: set[int]) -> list[Any]:
    return [
        bool(value) if place in truths and value is not None else _value(value)
        for place, value in enumerate(row)
    ]


def _value(value: Any) -> Any:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def _go_on_numbering(tables: Iterable[str]) -> None:
    """PostgreSQL does not see that ids were given."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in tables:
                for sequence in connection.introspection.get_sequences(cursor, table):
                    column = sequence["column"]
                    cursor.execute(
                        f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), "
                        f'max("{column}")) FROM "{table}"'
                    )


def read() -> dict[str, Any]:
    """By today's names, what release 0.1 said by its own; see expected.json."""
    return {**_asked(), **_heard(), **_analyzed(), **_done()}


def _asked() -> dict[str, Any]:
    scores = Response.objects.scored(kinds.NPS).values_list("score", flat=True)
    tally = nps.Tally.of(score for score in scores if score is not None)
    return {
        "nps": [tally.promoters, tally.passives, tally.detractors],
        "invitations": _outcomes(Invitation.objects.all()),
        "rate limit": RateLimitHit.objects.count(),
        "addresses in forms, believed and not": [
            Response.objects.filter(invitation=None).exclude(customer=None).count(),
            AddressClaim.objects.open().count(),
        ],
        "a customer's link": Invitation.objects.sent().order_by("pk")[0].get_absolute_url(),
    }


def _outcomes(mails: Any) -> dict[str, int]:
    return dict(Counter(mail.outcome or "waiting" for mail in mails))


def _heard() -> dict[str, Any]:
    items = Feedback.objects.order_by("pk")
    inbox = Feedback.objects.open().order_by(*Feedback.MOST_PRESSING_FIRST)
    readings = ["pk", "language", "sentiment", "intent", "urgency", "analyzer", "status"]
    tags = ["feedback", "topic__key", "sentiment", "start", "end", "by"]
    return {
        "feelings": dict(Counter(item.sentiment or "none" for item in items)),
        "inbox": list(inbox.values_list("pk", flat=True)[:60]),
        "waiting to be analyzed": Feedback.objects.to_analyze().count(),
        "set aside": Feedback.objects.set_aside().count(),
        "readings": _digest(items.values_list(*readings)),
        "tags": _digest(Tag.objects.order_by("pk").values_list(*tags)),
    }


def _analyzed() -> dict[str, Any]:
    return {
        "classifiers in use": [
            [each.language, each.version, hashlib.sha256(bytes(each.weights)).hexdigest()[:16]]
            for each in Classifier.objects.in_use().order_by("language")
        ],
        "reanalyses": [
            [each.pk, each.is_preview, each.state, each.done, each.phrase_change_id]
            for each in Reanalysis.objects.order_by("pk")
        ],
        "phrase changes": [
            [each.pk, each.topic.key, {code: len(some) for code, some in each.phrases.items()}]
            for each in PhraseChange.objects.order_by("pk")
        ],
        "suggestions": [[each.phrase, each.p_value] for each in Suggestion.objects.order_by("pk")],
        "embeddings": [
            [each.pk, bytes(each.values).hex()] for each in Embedding.objects.order_by("pk")
        ],
    }


def _done() -> dict[str, Any]:
    activities = Activity.objects.order_by("pk").values_list("feedback", "by__username", "what")
    return {
        "notices": _outcomes(Notice.objects.all()),
        "activity": _digest(activities),
        "fixes": [[fix.pk, fix.state, fix.feedback.count()] for fix in Fix.objects.order_by("pk")],
        "rights": sorted(User.objects.get(username="kimura").get_all_permissions()),
    }


def _digest(rows: Iterable[Any]) -> str:
    written = json.dumps(list(rows), ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


if __name__ == "__main__":
    result = {"load": load, "downgrade": downgrade, "read": read}[sys.argv[1]]()
    print(json.dumps(result, ensure_ascii=False))
