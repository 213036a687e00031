"""Deliver what chats are told, once each, and write down how it ended."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext

from lib.batches import TIME_SLICE, run_batches
from voc.cases.webhooks.payloads import FORMATS, Message
from voc.cases.webhooks.post import NotHttps, Private, Uncertain, Unreachable, post
from voc.models import WebhookPost

POSTS_PER_BATCH = 20
FIRST_PAUSE = timedelta(minutes=1)  # then 2, 4, 8
Outcome, Why = WebhookPost.Outcome, WebhookPost.Why


def deliver_posts(*, seconds: float = TIME_SLICE) -> int:
    """Deliver until none is due, or the time is over; return how many were dealt with."""
    WebhookPost.objects.settle_lost(timezone.now())
    return run_batches(_batch, seconds=seconds)


def _batch() -> int:
    claimed = WebhookPost.objects.claim(timezone.now(), POSTS_PER_BATCH)
    for each in claimed:
        if WebhookPost.objects.hand_over(each.pk, timezone.now()):
            WebhookPost.objects.filter(pk=each.pk).update(claimed_until=None, **_ending(each))
    return len(claimed)


def _ending(one: WebhookPost) -> dict[str, Any]:
    """What is written down: it was sent, refused, uncertain, or waits for another try."""
    hook = one.webhook
    body, headers = FORMATS[hook.kind](_message(one), hook.secret)
    try:
        reply = post(hook.url, body, headers, private_too=settings.WEBHOOKS_TO_PRIVATE_ADDRESSES)
    except NotHttps:
        return {"outcome": Outcome.REFUSED, "error": Why.NOT_HTTPS}
    except Private:
        return {"outcome": Outcome.REFUSED, "error": Why.PRIVATE}
    except Unreachable:
        return _later(one, Why.UNREACHABLE)
    except Uncertain:
        return {"outcome": Outcome.UNCERTAIN, "error": Why.NO_ANSWER}
    if reply.is_fine:
        return {"outcome": Outcome.SENT, "error": ""}
    said = f"{reply.status} {reply.words}".replace("\0", "")
    return _later(one, said) if reply.says_later else {"outcome": Outcome.REFUSED, "error": said}


def _later(one: WebhookPost, error: str) -> dict[str, Any]:
    """Certainly not taken: it waits longer and longer, and in the end it is refused."""
    if one.attempts >= WebhookPost.MOST_ATTEMPTS:
        return {"outcome": Outcome.REFUSED, "error": error}
    pause = FIRST_PAUSE * 2 ** (one.attempts - 1)
    return {"handed_at": None, "send_after": timezone.now() + pause, "error": error}


def _message(one: WebhookPost) -> Message:
    """Of a customer it says nothing, nor what they wrote: a chat is read by many."""
    case = one.case
    with translation.override(one.webhook.language):
        page = settings.SITE_URL + reverse("admin:voc_case_change", args=[case.pk])
        return Message(_title(one), " · ".join(_details(one)), page, gettext("Open the case"))


def _title(one: WebhookPost) -> str:
    titles = {
        "new": gettext("New case %(case)s"),
        "assigned": gettext("Case %(case)s has a new owner"),
        "overdue": gettext("Case %(case)s is overdue"),
    }
    return titles[one.kind] % {"case": one.case}


def _details(one: WebhookPost) -> list[str]:
    case, found = one.case, []
    if case.score is not None and case.response:
        written = case.response.survey.its_kind.written(case.score)
        found.append(gettext("score %(score)s") % {"score": written})
    found.append(gettext("owner: %(name)s") % {"name": case.owner or gettext("nobody")})
    if case.due_at:
        due = date_format(timezone.localtime(case.due_at), "SHORT_DATETIME_FORMAT")
        found.append(gettext("due: %(time)s") % {"time": due})
    return found
