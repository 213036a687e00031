"""Things to test with. Every argument is optional: say only what matters."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone

from reports.fixes.record import record
from reports.models import Fix
from surveys.imports import control
from surveys.imports.look import look_at
from surveys.models import (
    AddressClaim,
    Customer,
    Import,
    Invitation,
    Response,
    Skip,
    Survey,
    Wave,
)
from surveys.responses import submit
from voc.cases import workflow
from voc.exports import ask
from voc.models import (
    Absence,
    AlertMail,
    AlertWebhook,
    BusinessCalendar,
    Case,
    CaseRule,
    Colleague,
    Export,
    Feedback,
    Topic,
)

PASSWORD = "a long password"

_numbers = count(1)


def customer(*, language: str = "en", name: str = "", unsubscribed: bool = False) -> Customer:
    return Customer.objects.create(
        email=f"customer{next(_numbers)}@example.com",
        name=name,
        language=language,
        unsubscribed_at=timezone.now() if unsubscribed else None,
    )


def survey(*, name: str = "After delivery", kind: str = "nps", state: str = "open") -> Survey:
    made = Survey.objects.create(name=name, slug=f"survey-{next(_numbers)}", kind=kind, state=state)
    made.complete_wordings()
    return made


def wave(*, of: Survey | None = None) -> Wave:
    return (of or survey()).begin_wave()


def invitation(
    *, to: Customer | None = None, about: Survey | None = None, in_days: int = 0
) -> Invitation:
    return Invitation.objects.create(
        customer=to or customer(),
        wave=(about or survey()).current_wave(),
        send_after=timezone.now() + timedelta(days=in_days),
    )


def skip() -> Skip:
    return Skip.objects.create(wave=wave(), customer=customer(), reason=Skip.Reason.UNSUBSCRIBED)


def response(
    score: int,
    comment: str = "",
    *,
    about: Survey | None = None,
    by: Customer | None = None,
    at: datetime | None = None,
) -> Response:
    asked = invitation(to=by, about=about)
    return submit.answer(
        asked,
        score=score,
        comment=comment,
        language=asked.customer.language,
        now=at or timezone.now(),
    )


def feedback(
    text: str = "Too slow", *, by: Customer | None = None, channel: str = "review"
) -> Feedback:
    return Feedback.objects.create(text=text, channel=channel, customer=by)


def case(*, about: Response | None = None, owner: User | None = None) -> Case:
    return workflow.open_case(response=about or response(2), owner=owner, now=timezone.now())[0]


def office(*, of: User) -> None:
    """A row of everything that the desk lists of those who answer for cases."""
    today = timezone.localdate()
    BusinessCalendar.current()
    CaseRule.objects.create(name="Late", words="late", on_since=timezone.now())
    Absence.objects.create(person=of, first_day=today, last_day=today)
    Colleague.objects.create(user=of)
    AlertWebhook.objects.create(name="Support", kind="slack", url="https://chat.example/abc")
    AlertMail.objects.create(
        to=of, outcome="refused", reason="no such user", settled_at=timezone.now()
    )


def claim(
    words: str = "Too slow",
    *,
    email: str = "",
    about: Survey | None = None,
    language: str = "en",
    at: datetime | None = None,
) -> AddressClaim:
    """Words of a public form with an address, which nobody has confirmed."""
    said = submit.say(
        about or survey(kind="feedback"),
        words=words,
        email=email or f"somebody{next(_numbers)}@example.com",
        language=language,
        now=at or timezone.now(),
    )
    made: AddressClaim = said.address_claim
    return made


def topic(key: str = "", *, ja: tuple[str, ...] = (), en: tuple[str, ...] = ()) -> Topic:
    key = key or f"topic-{next(_numbers)}"
    return Topic.objects.create(
        key=key, name_ja=key, name_en=key, phrases_ja=list(ja), phrases_en=list(en)
    )


def uploaded_import(
    table: str | bytes, *, kind: str = "customers", language: str = "en", **options: Any
) -> Import:
    """A file that somebody has uploaded and not begun to import."""
    uploaded = control.upload(
        kind=kind,
        name="table.csv",
        content=table.encode() if isinstance(table, str) else table,
        options={"language": "ja"} | options if kind == "customers" else options,
        language=language,
        by=staff(),
        now=timezone.now(),
    )
    look_at(uploaded, timezone.now())
    uploaded.refresh_from_db()
    return uploaded


def begun_import(table: str | bytes, **how: Any) -> Import:
    one = uploaded_import(table, **how)
    control.begin(one, notes=[], by=staff(), now=timezone.now())
    one.refresh_from_db()
    return one


def export(
    *, by: User | None = None, masked: bool = True, language: str = "en", at: datetime | None = None
) -> Export:
    """An export of all feedback, for a worker to write."""
    return ask.ask(
        Feedback.objects.all(),
        masked=masked,
        language=language,
        by=by or staff(),
        now=at or timezone.now(),
    )


def fix(*asked_in: Feedback, by: User | None = None, **words: Any) -> Fix:
    made = Fix(**{"you_said_en": "It is slow", "we_did_en": "It is fast", **words})
    ids = [item.pk for item in asked_in]
    record(made, topics=[], asked_in=Feedback.objects.filter(pk__in=ids), by=by or staff())
    return made


def default_topics() -> None:
    """Those a new site has, where an earlier test with real transactions swept them away."""
    listed = json.loads(
        Path(settings.ROOT, "voc/topics/default_topics.json").read_text(encoding="utf-8")
    )
    Topic.objects.bulk_create([Topic(**each) for each in listed], ignore_conflicts=True)


def staff(*, name: str = "") -> User:
    return User.objects.create_superuser(name or f"staff{next(_numbers)}", password=PASSWORD)
