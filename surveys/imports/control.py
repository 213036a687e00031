"""Upload, begin, stop and forget imports: what people do at the desk. Workers do the rest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction

from surveys.models import Import, ImportFile
from surveys.models.imports import KEPT_UNCONFIRMED

State = Import.State
LONGEST_FILE_NAME = 200


@transaction.atomic
def upload(
    *,
    kind: str,
    name: str,
    content: bytes,
    options: Mapping[str, Any],
    language: str,
    by: User,
    now: datetime,
) -> Import:
    """Keep the file for a preview. Nothing of it is imported before somebody begins."""
    uploaded = Import.objects.create(
        kind=kind,
        file_name=name[-LONGEST_FILE_NAME:],
        size=len(content),
        options=dict(options),
        language=language,
        by=by,
        uploaded_at=now,
    )
    ImportFile.objects.create(of=uploaded, content=content)
    return uploaded


def choose(an_import: Import, options: Mapping[str, Any], *, language: str) -> bool:
    """Have the file looked at again, read in another way. False when it was begun meanwhile."""
    an_import.options, an_import.language = dict(options), language
    an_import.look = an_import.claimed_until = None
    return bool(
        _previewed(an_import).update(
            options=dict(options), language=language, look=None, attempts=0, claimed_until=None
        )
    )


def begin(an_import: Import, *, notes: list[str], by: User, now: datetime) -> bool:
    """Have it worked off. Of several presses one gets True."""
    begun = {"state": State.WAITING, "notes": notes, "begun_by": by, "begun_at": now}
    return bool(_previewed(an_import).update(**begun, attempts=0, claimed_until=None))


def discard(an_import: Import) -> bool:
    """Forget an import that was not begun, and its file. False when it was begun meanwhile."""
    return bool(_previewed(an_import).delete()[0])


@transaction.atomic
def stop(an_import: Import, *, by: User | None, now: datetime) -> bool:
    """End it early; what was imported so far stays. False when it had ended already."""
    unfinished = Import.objects.unfinished().filter(pk=an_import.pk)
    stopped = unfinished.update(
        state=State.STOPPED, ended_at=now, stopped_by=by, claimed_until=None
    )
    if stopped:
        ImportFile.objects.filter(of=an_import).delete()
    return bool(stopped)


def try_again(an_import: Import) -> bool:
    """Put one that was set aside back to work, from where it is."""
    set_aside = Import.objects.set_aside().filter(pk=an_import.pk)
    return bool(set_aside.update(attempts=0, claimed_until=None))


def forget_files_left_alone(now: datetime) -> int:
    """Forget what nobody confirmed for days, and end what was set aside as long; return how many.

    Their files are full of personal data that nobody is going to import.
    """
    left_alone = Import.objects.left_alone_since(now - KEPT_UNCONFIRMED)
    stopped = sum(stop(each, by=None, now=now) for each in left_alone.unfinished())
    return stopped + sum(discard(each) for each in left_alone.previewed())


def _previewed(an_import: Import) -> Any:
    return Import.objects.previewed().filter(pk=an_import.pk)
