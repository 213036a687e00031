"""The page of a topic: its names, its phrases and what each finds, and what is suggested."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lib.access.shown import may_see
from lib.admin_base import DeskAdmin, person_at
from lib.languages import fields
from lib.text import around
from voc import reanalysis
from voc.admin.topics import preview_tables
from voc.admin.topics.preview_tables import ReanalysisProgress
from voc.models import Feedback, PhraseChange, Reanalysis, Suggestion, Topic
from voc.topics import phrase_changes
from voc.topics.forms import PHRASES_HELP, NamesForm, PhrasesForm

SUGGESTIONS_SHOWN = 12
CHANGES_SHOWN = 10


def edit_page(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    if request.method != "POST":
        return _show(desk, request, topic)
    if not desk.has_change_permission(request, topic):
        raise PermissionDenied
    act = next((act for name, act in ACTS.items() if name in request.POST), _rename)
    return act(desk, request, topic)


def _rename(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    form = NamesForm(request.POST, instance=topic)
    if not form.is_valid():
        return _show(desk, request, Topic.objects.get(pk=topic.pk), names=form)
    form.save()
    message = _("The names are saved.") if form.has_changed() else _("Nothing was changed.")
    if form.has_changed():
        desk.log_change(request, topic, gettext_noop("The names are saved."))
    desk.message_user(request, message, messages.SUCCESS)
    return redirect(request.path)


def _preview(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    form = PhrasesForm(request.POST)
    if not form.is_valid():
        return _show(desk, request, topic, phrases=form)
    return _propose(desk, request, topic, form.written_phrases)


def _add_suggested(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    """Add a suggestion to the draft, or to the phrases in use where there is none."""
    suggestion = _suggested(request, topic, "add")
    if suggestion is None:
        return redirect(request.path)
    phrases = (topic.phrase_changes.open().first() or topic).phrases
    phrases = {**phrases, suggestion.language: [*phrases[suggestion.language], suggestion.phrase]}
    return _propose(desk, request, topic, phrases)


def _decline_suggested(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    if suggestion := _suggested(request, topic, "decline"):
        suggestion.decline()
        message = _("“%(phrase)s” is not suggested any more.") % {"phrase": suggestion.phrase}
        desk.message_user(request, message, messages.SUCCESS)
    return redirect(f"{request.path}#suggestions")


def _suggested(request: HttpRequest, topic: Topic, name: str) -> Suggestion | None:
    pk = request.POST.get(name, "")
    return topic.suggestions.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None


ACTS: dict[str, Callable[[DeskAdmin, HttpRequest, Topic], HttpResponse]] = {
    **dict.fromkeys(fields("phrases"), _preview),
    "add": _add_suggested,
    "decline": _decline_suggested,
}


def _propose(
    desk: DeskAdmin, request: HttpRequest, topic: Topic, phrases: dict[str, list[str]]
) -> HttpResponse:
    try:
        phrase_change = phrase_changes.propose(
            topic, phrases=phrases, by=person_at(request), now=timezone.now()
        )
    except phrase_changes.NotPossible as refused:
        desk.message_user(request, str(refused), messages.ERROR)
        return redirect(request.path)
    return redirect("admin:voc_phrase_change", topic.pk, phrase_change.pk)


def _show(
    desk: DeskAdmin,
    request: HttpRequest,
    topic: Topic,
    names: NamesForm | None = None,
    phrases: PhrasesForm | None = None,
) -> HttpResponse:
    draft = topic.phrase_changes.open().first()
    counted = _counted(topic)
    may_change = desk.has_change_permission(request, topic) and not topic.archived
    return desk.page(
        request,
        "voc/topic/topic.html",
        str(topic),
        topic=topic,
        names=names or NamesForm(instance=topic),
        phrases=phrases or PhrasesForm(initial=_initial(draft or topic)),
        phrases_help=PHRASES_HELP,
        counts=preview_tables.phrases_in_use(topic, counted) if counted else {},
        draft=draft,
        preview=_preview_counts(draft.preview) if draft and draft.preview else None,
        reanalysis=_going_on(),
        items=f"{Feedback.objects.with_topic(topic.key).count():,}",
        by_people=f"{Feedback.objects.tagged_by_people(topic).count():,}",
        children=topic.children.order_by("key"),
        suggestions=_suggestions(topic, draft, may_quote=may_see(request.user, Feedback)),
        history=[_change(applied) for applied in topic.phrase_changes.applied()[:CHANGES_SHOWN]],
        may_change=may_change,
        may_count=may_change and not (counted or draft),
    )


def _initial(having: Topic | PhraseChange) -> dict[str, list[str]]:
    return {f"phrases_{language}": listed for language, listed in having.phrases.items()}


def _counted(topic: Topic) -> Reanalysis | None:
    """The last preview that counted just the phrases in use: only then are the numbers theirs."""
    done = Reanalysis.objects.previews().done().filter(phrase_change__topic=topic)
    last = done.select_related("phrase_change").first()
    same = last and last.phrase_change and last.phrase_change.phrases == topic.phrases
    return last if same else None


def _going_on() -> dict[str, Any] | None:
    latest = reanalysis.latest()
    return {"progress": ReanalysisProgress.of(latest)} if latest and latest.is_running else None


def _preview_counts(preview: Reanalysis) -> dict[str, Any]:
    return {
        "progress": ReanalysisProgress.of(preview),
        "is_running": preview.is_running,
        "gained": preview_tables.gained(preview),
        "lost": preview_tables.lost(preview),
    }


def _change(phrase_change: PhraseChange) -> dict[str, Any]:
    by_language = preview_tables.compared_phrases(phrase_change, None).values()
    changed = [phrase for table in by_language for phrase in table.changed]
    preview = phrase_change.preview
    return {
        "phrase_change": phrase_change,
        "phrases": changed,
        "preview": _preview_counts(preview) if preview else None,
    }


def _suggestions(
    topic: Topic, draft: PhraseChange | None, *, may_quote: bool
) -> list[dict[str, Any]]:
    """Suggestions, each with the newest words that show it; without phrases in use or previewed."""
    sources: list[Topic | PhraseChange] = [topic, draft] if draft else [topic]
    known = {
        phrase.casefold()
        for source in sources
        for listed in source.phrases.values()
        for phrase in listed
    }
    found = [
        each
        for each in topic.suggestions.to_look_at()[: 2 * SUGGESTIONS_SHOWN]
        if each.phrase.casefold() not in known
    ][:SUGGESTIONS_SHOWN]
    places = [(each, *each.examples[0]) for each in found if may_quote and each.examples]
    items = Feedback.objects.in_bulk([pk for _each, pk, _start, _end in places])
    words = {
        each.pk: (items[pk], *around(items[pk].text, start, end, beside=40))
        for each, pk, start, end in places
        if pk in items
    }
    return [{"phrase": each, "words": words.get(each.pk)} for each in found]
