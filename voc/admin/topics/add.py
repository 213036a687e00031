"""The page that adds a topic: without phrases at first, so that these are previewed too."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from lib.admin_base import DeskAdmin, person_at
from voc.models import PhraseChange
from voc.topics import phrase_changes
from voc.topics.forms import PHRASES_HELP, NewTopicForm, cleaned_query


def add_page(desk: DeskAdmin, request: HttpRequest) -> HttpResponse:
    """Show the form; the address may fill it in, which is how a theme becomes a topic."""
    if request.method == "POST":
        form = NewTopicForm(request.POST)
        if form.is_valid():
            return _add(desk, request, form)
    else:
        form = NewTopicForm(initial=cleaned_query(request.GET))
    return desk.page(
        request, "voc/topic/add.html", _("Add a topic"), form=form, phrases_help=PHRASES_HELP
    )


def _add(desk: DeskAdmin, request: HttpRequest, form: NewTopicForm) -> HttpResponse:
    phrase_change = _keep(request, form)
    desk.log_addition(request, phrase_change.topic, gettext_noop("Added."))
    message = _(
        "“%(topic)s” is there. Here is what its phrases would find; it begins when applied."
    )
    desk.message_user(request, message % {"topic": phrase_change.topic}, messages.SUCCESS)
    return redirect("admin:voc_phrase_change", phrase_change.topic_id, phrase_change.pk)


@transaction.atomic
def _keep(request: HttpRequest, form: NewTopicForm) -> PhraseChange:
    theme = form.cleaned_data["theme"]
    topic = form.save()
    if theme:
        theme.become(topic)
    return phrase_changes.propose(
        topic,
        phrases=form.written_phrases,
        by=person_at(request),
        now=timezone.now(),
    )
