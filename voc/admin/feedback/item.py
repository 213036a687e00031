"""The page of an item: the words, and in the margin their reading, corrections and notes."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import SEARCH_VAR
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from lib.access.shown import may_see
from lib.admin_base import DeskAdmin, person_at
from lib.desk.definitions import definition_list
from lib.text import cut
from surveys.models import Customer, Response
from voc.admin.feedback import actions, columns
from voc.admin.feedback.messages import tell_result
from voc.admin.feedback.reading_panel import marked, reading_panel
from voc.admin.feedback.record import record_url
from voc.admin.feedback.timeline import others, timeline
from voc.admin.replies.panel import About, panel
from voc.intake.channels import stars_given
from voc.models import Activity, Case, Feedback, Note
from voc.triage import abuse, corrections
from voc.triage.forms import CorrectionForm, NoteForm

What = Activity.What
LONGEST_TITLE = 40
NEXT_TO_CHECK = "admin:voc_classifier_check"  # leads to a reading that nobody has checked yet


def item_page(desk: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    if not desk.has_view_or_change_permission(request):
        raise PermissionDenied
    item = desk.get_object(request, unquote(object_id))
    if item is None:
        desk.message_user(request, gettext("There is no such item (any more)."), messages.WARNING)
        return redirect("admin:voc_feedback_changelist")
    if request.method == "POST":
        return _post(desk, request, item)
    return _show(desk, request, item, CorrectionForm(item), NoteForm())


def _post(desk: DeskAdmin, request: HttpRequest, item: Feedback) -> HttpResponse:
    if not desk.has_change_permission(request, item):
        raise PermissionDenied
    if "note" in request.POST:
        return _add_note(desk, request, item)
    if "right" in request.POST:
        return _confirm(desk, request, item)
    return _correct(desk, request, item)


def _add_note(desk: DeskAdmin, request: HttpRequest, item: Feedback) -> HttpResponse:
    form = NoteForm(request.POST, instance=Note(feedback=item, by=person_at(request)))
    if not form.is_valid():
        return _show(desk, request, item, CorrectionForm(item), form)
    form.save()
    return redirect(f"{request.get_full_path()}#notes")


def _confirm(desk: DeskAdmin, request: HttpRequest, item: Feedback) -> HttpResponse:
    this = Feedback.objects.filter(pk=item.pk)
    tell_result(desk, request, What.CONFIRM, corrections.confirm(this, by=person_at(request)))
    return _onward(request)


def _correct(desk: DeskAdmin, request: HttpRequest, item: Feedback) -> HttpResponse:
    form = CorrectionForm(item, request.POST)
    if not form.is_valid():
        return _show(desk, request, item, form, NoteForm())
    if not _correct_what_changed(request, item, form):
        desk.message_user(request, gettext("Nothing was changed."), messages.INFO)
        return redirect(request.get_full_path())
    if _is_checking(request):  # the rest was looked at too
        corrections.confirm(Feedback.objects.filter(pk=item.pk), by=person_at(request))
    message = gettext("Corrected. It stays so, whatever the machine reads.")
    desk.message_user(request, message, messages.SUCCESS)
    return _onward(request)


def _correct_what_changed(request: HttpRequest, item: Feedback, form: CorrectionForm) -> bool:
    data, feelings, by = form.cleaned_data, form.feelings(), person_at(request)
    sentiment, topics = form.has_said("sentiment"), feelings != form.before
    signs = form.has_said("intent", "urgency")
    if sentiment:
        corrections.correct_sentiment(item, data["sentiment"], by=by)
    if topics:
        corrections.correct_topics(item, list(feelings), feelings=feelings, by=by)
    if signs:
        corrections.correct_signs(item, by=by, **form.signs())
    return sentiment or topics or signs


def _onward(request: HttpRequest) -> HttpResponse:
    """Go back to the item, or to the next one for whoever checks one after another."""
    return redirect(NEXT_TO_CHECK if _is_checking(request) else request.path)


def _is_checking(request: HttpRequest) -> bool:
    return request.GET.get("checking") == "yes"


def _show(
    desk: DeskAdmin,
    request: HttpRequest,
    item: Feedback,
    correction: CorrectionForm,
    note: NoteForm,
) -> HttpResponse:
    user = person_at(request)
    may_see_customer = may_see(user, Customer)
    return desk.page(
        request,
        "voc/feedback/item.html",
        cut(columns.in_a_line(item), LONGEST_TITLE),
        **reading_panel(item),
        item=item,
        pieces=marked(item, request.GET.get(SEARCH_VAR, "")),
        stars=stars_given(item.external_id, item.raw),
        status=columns.status(item),
        timeline=timeline(item),
        others=others(item, scores=may_see(user, Response)) if may_see_customer else [],
        may_see_customer=may_see_customer,
        as_it_came=_as_it_came(request, item),
        thread=panel(request, About(item.case, item)),
        correction=correction,
        note=note,
        may_change=desk.has_change_permission(request, item),
        remarks=list(_remarks(item)),
        case=item.case.where_it_stands if item.case and may_see(user, Case) else None,
        is_checking=_is_checking(request),
        may_confirm=item.is_analyzed and not item.is_checked,
        repeated=abuse.repeated_by(item) if item.abuse and may_see_customer else 0,
        record_url=record_url(item) if item.abuse and user.has_perm(abuse.MAY_LEAD) else "",
        buttons=actions.fitting(item, user),
        actions_url=reverse("admin:voc_feedback_changelist") + "?pile=all",
    )


def _as_it_came(request: HttpRequest, item: Feedback) -> SafeString | str:
    """What the source sent besides the words; names and addresses may stand in it."""
    may_see = person_at(request).has_perm("surveys.view_customer")
    return definition_list(item.raw) if item.raw and may_see else ""


def _remarks(item: Feedback) -> Iterator[str]:
    """Remarks on what the machine will not do with it any more, and why."""
    if item.is_corrected:
        yield gettext("A person has checked this reading. It stays so, whatever the machine reads.")
    if item.is_set_aside:
        yield gettext(
            "The machine gave up on this after five tries. Please correct it "
            "yourself, or let it try again."
        )
