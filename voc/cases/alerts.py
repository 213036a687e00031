"""Telling the people here about cases: rows only, which mails and posts are made of later.

A mail goes to whoever a case is given to, is overdue for, or is mentioned in a note; at once, or
all of a day the next morning, or not at all, as each wants it. What somebody does themselves is no
news to them. Every chat channel hears of new, handed over and overdue cases.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from voc.models import AlertMail, AlertWebhook, Case, CaseAlert, Colleague, WebhookPost

Kind = CaseAlert.Kind
MORNING = time(8)
IN_CHATS = {Kind.NEW, Kind.ASSIGNED, Kind.OVERDUE}


def tell(
    kind: CaseAlert.Kind,
    told: Sequence[tuple[Case, User | None]],
    *,
    by: User | None,
    now: datetime,
    words: str = "",
) -> None:
    """Tell each person of their cases, in one mail to each; chats hear of every case once."""
    of_person: dict[User, list[Case]] = defaultdict(list)
    for case, person in told:
        if person is not None and person.is_active and person != by:
            of_person[person].append(case)
    _by_mail(kind, of_person, words, now)
    if kind in IN_CHATS:
        _in_chats(kind, list(dict.fromkeys(case for case, _person in told)), now)


def _by_mail(
    kind: CaseAlert.Kind, of_person: dict[User, list[Case]], words: str, now: datetime
) -> None:
    if not of_person:
        return
    found = Colleague.objects.filter(user__in=of_person)
    wanted = {colleague.user_id: colleague.alerts for colleague in found}
    for person, cases in of_person.items():
        how = wanted.get(person.pk, Colleague.Alerts.AT_ONCE)
        if how == Colleague.Alerts.NONE:
            continue
        mail = _mail_to(person, how, now)
        CaseAlert.objects.bulk_create(
            CaseAlert(case=case, kind=kind, mail=mail, words=words) for case in cases
        )


def _mail_to(person: User, how: str, now: datetime) -> AlertMail:
    if how == Colleague.Alerts.AT_ONCE:
        return AlertMail.objects.create(to=person, send_after=now)
    morning = next_morning(now)
    waiting = AlertMail.objects.digests_for(person.pk, morning).select_for_update().first()
    return waiting or AlertMail.objects.create(to=person, send_after=morning, is_digest=True)


def next_morning(now: datetime) -> datetime:
    local = timezone.localtime(now)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, MORNING))


def _in_chats(kind: CaseAlert.Kind, cases: list[Case], now: datetime) -> None:
    webhooks = list(AlertWebhook.objects.filter(is_on=True))
    WebhookPost.objects.bulk_create(
        WebhookPost(webhook=webhook, case=case, kind=kind, send_after=now)
        for webhook in webhooks
        for case in cases
    )
