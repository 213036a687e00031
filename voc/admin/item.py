"""One item, read like a letter: the words, and in the margin what we made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from lib.desk import DeskAdmin, person_at
from voc import correcting, quoting, triaging
from voc.admin import columns
from voc.evidence import Piece, Span, pieces
from voc.forms import CorrectionForm, NoteForm
from voc.models import Feedback, Move, Note, Sentiment, Topic

What, Status = Move.What, Feedback.Status
MOST_OTHERS = 20
LONGEST_TITLE = 40

# Which of the list's actions an item's page offers, and when. What is not named here always fits.
FITTING: dict[str, Callable[[Feedback, int], bool]] = {
    "take": lambda item, me: triaging.may(What.TAKE, item) and item.owner_id != me,
    "assign": lambda item, me: triaging.may(What.ASSIGN, item),
    "dismiss": lambda item, me: triaging.may(What.DISMISS, item),
    "reopen": lambda item, me: triaging.may(What.REOPEN, item),
    "set_sentiment": lambda item, me: False,
    "read_again": lambda item, me: item.is_corrected or item.is_set_aside,
}


@dataclass(frozen=True)
class Event:
    """Something somebody did, and the words they left about it."""

    at: datetime
    who: User | None
    what: str
    detail: str = ""
    words: str = ""


@dataclass(frozen=True)
class Other:
    """Another answer of the same customer; without words when they gave a score only."""

    at: datetime
    score: SafeString | str
    words: str = ""
    pk: int | None = None


def item_page(desk: DeskAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    if not desk.has_view_or_change_permission(request):
        raise PermissionDenied
    item = desk.get_object(request, unquote(object_id))
    if item is None:
        desk.message_user(request, gettext("There is no such item (any more)."), messages.WARNING)
        return redirect("admin:voc_feedback_changelist")
    if request.method == "POST":
        return _post(desk, request, item)
    return _show(desk, request, item, CorrectionForm.showing(item), NoteForm())


def _post(desk: DeskAdmin, request: HttpRequest, item: Feedback) -> HttpResponse:
    if not desk.has_change_permission(request, item):
        raise PermissionDenied
    if "note" in request.POST:
        return _add_note(desk, request, item)
    return _correct(desk, request, item)


def _add_note(desk: DeskAdmin, request: HttpRequest, item: Feedback) -> HttpResponse:
    form = NoteForm(request.POST, instance=Note(feedback=item, by=person_at(request)))
    if not form.is_valid():
        return _show(desk, request, item, CorrectionForm.showing(item), form)
    form.save()
    return redirect(f"{request.path}#notes")


def _correct(desk: DeskAdmin, request: HttpRequest, item: Feedback) -> HttpResponse:
    form = CorrectionForm.showing(item, request.POST)
    if not form.is_valid():
        return _show(desk, request, item, form, NoteForm())
    said = form.cleaned_data
    if "sentiment" in form.changed_data and said["sentiment"]:
        correcting.correct_sentiment(item, said["sentiment"], by=person_at(request))
    if "topics" in form.changed_data:
        correcting.correct_topics(item, said["topics"], by=person_at(request))
    told = gettext("Corrected. It stays so, whatever the machine reads.")
    desk.message_user(
        request,
        told if form.changed_data else gettext("Nothing was changed."),
        messages.SUCCESS if form.changed_data else messages.INFO,
    )
    return redirect(request.path)


def _show(
    desk: DeskAdmin,
    request: HttpRequest,
    item: Feedback,
    correction: CorrectionForm,
    note: NoteForm,
) -> HttpResponse:
    return desk.page(
        request,
        "voc/feedback/item.html",
        quoting.one_line(item.text)[:LONGEST_TITLE],
        **_letter(item),
        correction=correction,
        note=note,
        may_change=desk.has_change_permission(request, item),
        buttons=list(_buttons(desk, request, item)),
        actions_url=reverse("admin:voc_feedback_changelist") + "?pile=all",
    )


def _letter(item: Feedback) -> dict[str, Any]:
    return {
        "item": item,
        "score": columns.score(item),
        "feeling": columns.feeling(item),
        "status": columns.status(item),
        "topics": [columns.topic(tag) for tag in item.tags.all()],
        "pieces": _marked(item),
        "past": _past(item),
        "others": _others(item),
    }


def _buttons(desk: DeskAdmin, request: HttpRequest, item: Feedback) -> Iterator[tuple[str, str]]:
    """The list's actions, of every room, that make sense for this item now."""
    for name, label in desk.get_action_choices(request):
        fits = FITTING.get(name, _always)
        if name and fits(item, person_at(request).pk):
            yield name, label


def _always(item: Feedback, me: int) -> bool:
    return True


def _marked(item: Feedback) -> list[tuple[Piece, list[SafeString]]]:
    spans = [Span(start, end, sentiment) for sentiment, start, end in item.feelings]
    spans += [
        Span(tag.start, tag.end, tag.sentiment, str(tag.topic))
        for tag in item.tags.all()
        if tag.start is not None and tag.end is not None
    ]
    return [
        (replace(piece, text=quoting.visible(piece.text)), [_beside(span) for span in piece.ending])
        for piece in pieces(item.text, spans)
    ]


def _beside(span: Span) -> SafeString:
    sign = columns.SIGNS.get(span.sentiment or "", "")
    kind = span.sentiment or "unknown"
    return format_html('<small class="beside is-{}">{} <i>{}</i></small>', kind, span.topic, sign)


def _past(item: Feedback) -> list[Event]:
    """Moves and notes as one story, from the beginning."""
    names = {str(key): str(name) for key, name in [*Status.choices, *Sentiment.choices]}
    names |= _topic_names()
    moves = [_event(move, names) for move in item.moves.select_related("by")]
    noted, notes = gettext("noted"), item.notes.select_related("by")
    moves += [Event(note.at, note.by, noted, words=note.text) for note in notes]
    return sorted(moves, key=lambda event: event.at)


def _topic_names() -> dict[str, str]:
    return {topic.key: str(topic) for topic in Topic.objects.all()}


def _event(move: Move, names: dict[str, str]) -> Event:
    before, after = _named(move.before, names), _named(move.after, names)
    if move.what in (What.SENTIMENT, What.TOPICS):
        return Event(move.at, move.by, move.get_what_display(), f"{before or '–'} → {after or '–'}")
    detail = after if move.what == What.ASSIGN else ""
    return Event(move.at, move.by, move.get_what_display(), detail, words=move.reason)


def _named(keys: str, names: dict[str, str]) -> str:
    return ", ".join(str(names.get(key, key)) for key in keys.split(", ") if key)


def _others(item: Feedback) -> list[Other]:
    """What else this customer said and how they scored, newest first."""
    if item.customer is None:
        return []
    said = item.customer.feedback.with_everything().exclude(pk=item.pk)
    silent = item.customer.responses.scored().filter(feedback=None)
    others = [
        Other(f.received_at, columns.score(f), quoting.one_line(f.text), f.pk)
        for f in said[:MOST_OTHERS]
    ]
    others += [Other(r.answered_at, columns.banded(r.score or 0)) for r in silent[:MOST_OTHERS]]
    return sorted(others, key=lambda other: other.at, reverse=True)[:MOST_OTHERS]
