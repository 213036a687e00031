"""Notes about cases, and the colleagues whom they mention: @mei."""

from __future__ import annotations

import re
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from voc.cases.alerts import tell
from voc.cases.forms import staff
from voc.models import Case, CaseAlert, CaseNote

NAME_GOES_ON = r"(?![A-Za-z0-9_@+-])"


@transaction.atomic
def add_note(case: Case, text: str, *, by: User, now: datetime) -> list[User]:
    """Keep a note; return those whom it mentions, who are told."""
    CaseNote.objects.create(case=case, by=by, text=text, at=now)
    people = [person for person in mentioned_in(text) if person.has_perm("voc.view_case")]
    tell(CaseAlert.Kind.MENTION, [(case, person) for person in people], by=by, now=now, words=text)
    return people


def mentioned_in(text: str) -> list[User]:
    """The people who work here whose user names stand behind an @."""
    if "@" not in text:
        return []
    return [
        person
        for person in staff()
        if re.search(f"@{re.escape(person.get_username())}{NAME_GOES_ON}", text, re.IGNORECASE)
    ]
