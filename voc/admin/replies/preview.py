"""The preview of a reply: the mail as it will go out, but for the link that only its reader has."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext

from lib.admin_base import DeskAdmin
from voc.admin.replies.form import ReplyForm, version
from voc.models import Case, Draft
from voc.replies import thread
from voc.replies.send import Answered, compose_reply


def preview(
    desk: DeskAdmin, request: HttpRequest, case: Case, draft: Draft, form: ReplyForm
) -> HttpResponse:
    mail = compose_reply(_as_it_will_be(case, draft))
    hidden = {
        "language": draft.language,
        "subject": draft.subject,
        "body": draft.body,
        "thread_mark": form.cleaned_data["thread_mark"],
        "saved": version(draft),
    }
    return desk.page(
        request,
        "voc/reply/preview.html",
        gettext("Preview"),
        case=case,
        mail=mail,
        to=case.customer,
        files=draft.attachments.defer("content"),
        hidden=hidden.items(),
    )


def _as_it_will_be(case: Case, draft: Draft) -> Answered:
    """The mail to nobody: the link that stops surveys belongs to no customer."""
    said = thread.words_to_answer(case)
    quoted: dict[str, Any] = {
        "said_by": 0 if said else None,
        "said": said.text if said else None,
        "said_at": said.received_at if said else None,
    }
    return Answered(
        pk=0,
        attempts=0,
        case_id=case.pk,
        subject=draft.subject,
        body=draft.body,
        language=draft.language,
        to=0,
        email=case.customer.email if case.customer else "",
        response=None,
        responded=None,
        **quoted,
    )
