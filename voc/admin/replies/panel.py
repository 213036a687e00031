"""The panel of a thread: who said what, how our mails went, and the form to answer with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from lib import languages
from lib.access.shown import may_see
from lib.admin_base import person_at, shortly
from surveys.models import Customer
from voc.admin.replies.form import ReplyForm, begun
from voc.models import Case, CustomerMail, Draft, Feedback, Reply, ReplyTemplate
from voc.replies import attachments, notes, thread
from voc.replies.thread import Entry


@dataclass(frozen=True)
class About:
    """What is answered: a case, or feedback that has none yet."""

    case: Case | None
    item: Feedback | None = None

    @property
    def customer(self) -> Customer | None:
        about: Case | Feedback | None = self.case or self.item
        return about.customer if about else None

    @property
    def language(self) -> str:
        return self.customer.language if self.customer else languages.DEFAULT

    @property
    def url(self) -> str:
        if self.case:
            return reverse("admin:voc_reply_case", args=[self.case.pk])
        return reverse("admin:voc_reply_feedback", args=[self.item.pk if self.item else 0])

    def draft_of(self, user: User) -> Draft | None:
        return Draft.objects.of(self.case, user).first() if self.case else None


def panel(
    request: HttpRequest,
    about: About,
    *,
    form: ReplyForm | None = None,
    remarks: list[str] | None = None,
) -> SafeString:
    """The panel, for whoever may see replies; empty for others."""
    user = person_at(request)
    if not may_see(user, Reply):
        return SafeString("")
    context = {
        **_thread(user, about),
        **(_form(user, about, form) if may_write(user) and about.customer else {}),
        "about": about,
        "why_not": _why_not(about),
        "remarks": remarks or [],
        "may_write": may_write(user),
    }
    return render_to_string("admin/voc/reply/panel.html", context, request)


def may_write(user: User) -> bool:
    """Whoever answers sees to whom."""
    return user.has_perm("voc.add_reply") and may_see(user, Customer)


def _thread(user: User, about: About) -> dict[str, Any]:
    entries = thread.entries(about.case, about.item)
    if not may_see(user, CustomerMail):
        entries = [entry for entry in entries if not entry.mail]
    if not may_see(user, Feedback):
        entries = [entry for entry in entries if not entry.said]
    return {
        "entries": [_with_notes(entry) for entry in entries],
        "may_see_customer": may_see(user, Customer),
        "send_at": settings.REPLY_DOMAIN,
    }


def _with_notes(entry: Entry) -> Entry:
    if entry.mail:
        entry.notes.extend(notes.sentences(entry.mail.notes))
    return entry


def _form(user: User, about: About, form: ReplyForm | None) -> dict[str, Any]:
    draft = about.draft_of(user)
    seen = thread.mark(about.case, about.item)
    return {
        "form": form or begun(draft, case=about.case, seen=seen, language=about.language),
        "draft": draft,
        "files": list(draft.attachments.defer("content")) if draft else [],
        "accepted": ",".join(attachments.accepted()),
        "kinds": attachments.kinds(),
        "most": settings.REPLY_FILE_MB,
        "all": settings.REPLY_FILES_MB,
        "templates": ReplyTemplate.objects.all().best_first(about.language),
        "also_writing": _also_writing(user, about),
    }


def _also_writing(user: User, about: About) -> list[str]:
    """Who else writes here."""
    drafts = Draft.objects.of_others(about.case, user) if about.case else []
    said = gettext("%(name)s has a draft since %(when)s.")
    return [said % {"name": each.by, "when": _when(each)} for each in drafts]


def _when(draft: Draft) -> str:
    local = timezone.localtime(draft.saved_at)
    is_today = local.date() == timezone.localdate()
    return time_format(local, "TIME_FORMAT") if is_today else shortly(local)


def _why_not(about: About) -> str:
    """Why nobody can be answered, where nobody can."""
    if about.customer:
        return ""
    response = about.case.response if about.case else about.item.response if about.item else None
    claim = getattr(response, "address_claim", None)
    if claim and claim.is_open:
        return gettext(
            "Nobody has confirmed that these words belong to the address that was given with them. "
            "No mail goes there until its owner does."
        )
    return gettext("We know no address of whoever said this, so no mail can go to them.")
