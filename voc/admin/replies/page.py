"""The page on which a reply is written: draft, template, files, preview, Send, and Undo.

Whatever is pressed, the words are kept as a draft first. Without a script it works the same.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext

from lib.access.shown import may_see
from lib.admin_base import DeskAdmin, may_be_an_id, person_at
from lib.text import shortened
from surveys.imports.upload_handler import is_too_large
from voc.admin.replies.form import ReplyForm, first_subject, version
from voc.admin.replies.panel import About, may_write, panel
from voc.admin.replies.preview import preview
from voc.cases import workflow
from voc.models import Case, Draft, Reply, ReplyTemplate
from voc.replies import attachments, thread, write
from voc.replies.merge_fields import fields_for, fill, said_of_unknown, unknown_in

LONGEST_SHOWN = 1_000  # characters of a draft of another window


@dataclass
class Writing:
    """Somebody who writes in a case, and what they posted."""

    desk: DeskAdmin
    request: HttpRequest
    case: Case
    form: ReplyForm

    @property
    def about(self) -> About:
        return About(self.case)

    def save(self) -> tuple[Draft, list[str]]:
        """Keep the words and files; what cannot be kept is said in sentences."""
        by, now = person_at(self.request), timezone.now()
        draft = write.save(self.case, self.form.words, by=by, now=now)
        removed = self.request.POST.get("remove", "")
        if may_be_an_id(removed):
            draft.attachments.filter(pk=removed).delete()
        return draft, attachments.add(draft, self.request.FILES.getlist("files"))

    def again(self, remarks: list[str], status: int) -> HttpResponse:
        """The page with what was posted, and what is to be looked at."""
        draft = self.about.draft_of(person_at(self.request))
        fresh = {"thread_mark": thread.mark(self.case), "saved": version(draft)}
        self.form.data = {**self.form.data, **self.form.cleaned_data, **fresh}
        return _show(self.desk, self.request, self.about, self.form, remarks, status)

    def onward(self, sentence: str, remarks: list[str]) -> HttpResponse:
        for remark in remarks:
            self.desk.message_user(self.request, remark, messages.WARNING)
        self.desk.message_user(self.request, sentence, messages.SUCCESS)
        return redirect(f"{self.about.url}#thread")


def reply_page(desk: DeskAdmin, request: HttpRequest, about: About) -> HttpResponse:
    if not may_see(person_at(request), Reply):
        raise PermissionDenied
    if request.method == "POST":
        return _post(desk, request, about)
    return _show(desk, request, about)


def undo(desk: DeskAdmin, request: HttpRequest, reply: Reply) -> HttpResponse:
    if not may_write(person_at(request)):
        raise PermissionDenied
    if request.method == "POST":
        draft = write.undo(reply, by=person_at(request), now=timezone.now())
        done, too_late = (
            gettext("It was not sent. It is a draft again."),
            gettext("It has left already and cannot be called back."),
        )
        level = messages.SUCCESS if draft else messages.WARNING
        desk.message_user(request, done if draft else too_late, level)
    return redirect(f"{About(reply.case).url}#thread")


def _post(desk: DeskAdmin, request: HttpRequest, about: About) -> HttpResponse:
    if not may_write(person_at(request)):
        raise PermissionDenied
    if about.customer is None:
        return _show(desk, request, about, status=422)
    form = ReplyForm(request.POST)
    if is_too_large(request):
        too_large = gettext("The files are too large together. None of them was attached.")
        return _show(desk, request, about, form, [too_large], 413)
    if not form.is_valid():
        return _show(desk, request, about, form, status=422)
    writing = Writing(desk, request, _case_of(request, about), form)
    if "discard" in request.POST:
        return _discard(writing)
    if other := _saved_elsewhere(writing):
        return writing.again(other, 409)
    pressed = next((verb for verb in VERBS if verb in request.POST), "save")
    return VERBS[pressed](writing)


def _case_of(request: HttpRequest, about: About) -> Case:
    """The case, which is opened where there is none: who answers looks after it."""
    if about.case:
        return about.case
    now, by = timezone.now(), person_at(request)
    return workflow.open_case(now=now, feedback=about.item, by=by, owner=by)[0]


def _saved_elsewhere(writing: Writing) -> list[str]:
    """What the same person has kept in another window since, and would be lost."""
    draft = writing.about.draft_of(person_at(writing.request))
    if draft is None or version(draft) == writing.form.cleaned_data["saved"]:
        return []
    if draft.body.strip() in ("", writing.form.words.body.strip()):
        return []
    said = gettext(
        "You have kept another draft in another window: “%(words)s” What you do next puts this one "
        "in its place."
    )
    return [said % {"words": shortened(draft.body, LONGEST_SHOWN)}]


def _save(writing: Writing) -> HttpResponse:
    _draft, remarks = writing.save()
    return writing.onward(gettext("The draft is kept."), remarks)


def _discard(writing: Writing) -> HttpResponse:
    Draft.objects.of(writing.case, person_at(writing.request)).delete()
    return writing.onward(gettext("The draft is gone."), [])


def _use_template(writing: Writing) -> HttpResponse:
    chosen = writing.request.POST.get("template", "")
    template = ReplyTemplate.objects.filter(pk=chosen).first() if may_be_an_id(chosen) else None
    if template is None:
        writing.save()
        return writing.again([gettext("Please choose a template.")], 422)
    remarks = _fill_in(writing, template)
    _draft, refused = writing.save()
    said = gettext("The template “%(name)s” was filled in.") % {"name": template.name}
    return writing.onward(said, [*remarks, *refused])


def _fill_in(writing: Writing, template: ReplyTemplate) -> list[str]:
    """Put the template below what was written; nothing of that is lost."""
    data, by = writing.form.cleaned_data, person_at(writing.request)
    said = thread.words_to_answer(writing.case)
    fields = fields_for(writing.case, by=by, said=said, language=template.language)
    subject, body = fill(template.subject, fields), fill(template.body, fields)
    if template.subject and _is_first_subject(writing):
        data["subject"] = subject.text
    data["body"] = "\n\n".join(filter(None, [data["body"].rstrip(), body.text]))
    data["language"] = template.language
    return list(dict.fromkeys([*subject.remarks, *body.remarks]))


def _is_first_subject(writing: Writing) -> bool:
    data = writing.form.cleaned_data
    return data["subject"] in ("", first_subject(writing.case, data["language"]))


def _preview(writing: Writing) -> HttpResponse:
    draft, remarks = writing.save()
    if remarks or not _may_be_sent(writing):
        return writing.again(remarks, 422)
    draft, _none = writing.save()
    return preview(writing.desk, writing.request, writing.case, draft, writing.form)


def _send(writing: Writing) -> HttpResponse:
    _draft, remarks = writing.save()
    if remarks or not _may_be_sent(writing):
        return writing.again(remarks, 422)
    seen, by = writing.form.cleaned_data["thread_mark"], person_at(writing.request)
    try:
        write.send(writing.case, writing.form.words, by=by, seen=seen, now=timezone.now())
    except write.Overtaken:
        return writing.again(_what_came(writing.case, seen), 409)
    seconds = write.TIME_TO_UNDO.seconds
    said = gettext("It is sent in %(n)d seconds. Until then you can undo it below.")
    return writing.onward(said % {"n": seconds}, [])


def _may_be_sent(writing: Writing) -> bool:
    form = writing.form
    for name in ("subject", "body"):
        if unknown := unknown_in(form.cleaned_data[name]):
            form.add_error(name, said_of_unknown(unknown))
            form.cleaned_data.setdefault(name, form.data.get(name, ""))
    return not form.errors and form.may_be_sent(writing.case, person_at(writing.request))


def _what_came(case: Case, seen: str) -> list[str]:
    """Who has written since the writer looked at the thread."""
    came = []
    last = Reply.objects.in_thread(case).select_related("by").first()
    if last and thread.mark(case).split(".")[0] != seen.split(".")[0]:
        said = gettext("%(name)s has answered meanwhile: look before you send.")
        came.append(said % {"name": last.by or "?"})
    if thread.mark(case).split(".")[1:] != seen.split(".")[1:]:
        came.append(gettext("The customer has written meanwhile: look before you send."))
    return came


def _show(
    desk: DeskAdmin,
    request: HttpRequest,
    about: About,
    form: ReplyForm | None = None,
    remarks: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    page = desk.page(
        request,
        "voc/reply/page.html",
        gettext("Answer by mail"),
        panel=panel(request, about, form=form, remarks=remarks),
        about=about,
    )
    page.status_code = status
    return page


VERBS: dict[str, Callable[[Writing], HttpResponse]] = {
    "send": _send,
    "preview": _preview,
    "use": _use_template,
    "save": _save,
}
