"""The pages that merge, move, archive and restore a topic. Each shows first what will happen."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from lib.access.shown import may_see
from lib.admin_base import DeskAdmin, Quotes, person_at
from voc.admin.feedback.ask_first import quotes
from voc.admin.topics import effects
from voc.models import Feedback, Topic
from voc.topics import hierarchy
from voc.topics.forms import IntoForm, PlaceForm
from voc.topics.merge import merge, why_not
from voc.topics.phrase_changes import NotPossible


def merge_page(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    offered = Topic.objects.in_use().exclude(pk=topic.pk)
    form = IntoForm(offered, _chosen(request, "into"))
    into = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
    why = why_not(topic, into) if into else None
    if request.method == "POST" and into:
        return _merge(desk, request, topic, into)
    title = _("Merge “%(topic)s” into another topic") % {"topic": topic}
    if into is None or why:
        return _choose(desk, request, topic, title=title, button="", choice=form, why=why)
    return _choose(
        desk,
        request,
        topic,
        title=title,
        button=_("Merge them"),
        choice=form,
        foreseen=_("“%(topic)s” becomes part of “%(into)s”") % {"topic": topic, "into": into},
        effects=effects.of_merging(topic, into),
        quotes=_quotes(request, topic),
        again=[("into", into.pk)],
    )


def _merge(desk: DeskAdmin, request: HttpRequest, topic: Topic, into: Topic) -> HttpResponse:
    try:
        merge(topic, into, by=person_at(request), now=timezone.now())
    except NotPossible as refused:
        return _refuse(desk, request, str(refused))
    except OperationalError:  # PostgreSQL ends one of two that wait for each other
        message = _(
            "Somebody was at the same feedback just now. Nothing was changed: please try again."
        )
        return _refuse(desk, request, message)
    message = _("“%(topic)s” is part of “%(into)s” now.") % {"topic": topic, "into": into}
    desk.log_change(request, topic, message)
    return _done(desk, request, into, message)


def move_page(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    offered = Topic.objects.that_can_hold(topic)
    form = PlaceForm(offered, _chosen(request, "parent"), initial={"parent": topic.parent_id})
    is_chosen = form.is_bound and form.is_valid()
    parent = form.cleaned_data["parent"] if is_chosen else None
    if request.method == "POST" and is_chosen:
        return _place(desk, request, topic, parent)
    title = _("Where “%(topic)s” belongs") % {"topic": topic}
    why = topic.why_not_under(parent) if parent else None
    if not is_chosen or why:
        return _choose(desk, request, topic, title=title, button="", choice=form, why=why)
    return _choose(
        desk,
        request,
        topic,
        title=title,
        button=_("Move it"),
        choice=form,
        foreseen=effects.place(topic, parent),
        effects=effects.of_moving(topic, parent),
        again=[("parent", parent.pk if parent else "")],
    )


def _choose(desk: DeskAdmin, request: HttpRequest, topic: Topic, **page: Any) -> HttpResponse:
    """Show the page on which another topic is chosen, and which then says what will happen."""
    return desk.ask_first(request, template="voc/topic/choose.html", cancel=_page_of(topic), **page)


def _place(
    desk: DeskAdmin, request: HttpRequest, topic: Topic, parent: Topic | None
) -> HttpResponse:
    try:
        hierarchy.move_under(topic, parent)
    except NotPossible as refused:
        return _refuse(desk, request, str(refused))
    message = (
        _("“%(topic)s” belongs to “%(parent)s” now.") % {"topic": topic, "parent": parent}
        if parent
        else _("“%(topic)s” stands on its own now.") % {"topic": topic}
    )
    return _done(desk, request, topic, message)


def archive_page(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    if request.method == "POST":
        hierarchy.archive(topic, now=timezone.now())
        message = _("“%(topic)s” is out of use. It can be brought back.") % {"topic": topic}
        return _done(desk, request, topic, message)
    return desk.ask_first(
        request,
        title=_("Take “%(topic)s” out of use") % {"topic": topic},
        button=_("Take it out of use"),
        effects=effects.of_archiving(topic),
        quotes=_quotes(request, topic),
        cancel=_page_of(topic),
        keep=_("Keep it in use"),
    )


def restore_page(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    if not topic.archived:
        message = _("“%(topic)s” is in use.") % {"topic": topic}
        desk.message_user(request, message, messages.SUCCESS)
        return redirect(_page_of(topic))
    if request.method == "POST":
        try:
            hierarchy.restore(topic, by=person_at(request), now=timezone.now())
        except NotPossible as refused:
            return _refuse(desk, request, str(refused))
        message = _("“%(topic)s” is in use again, and everything is analyzed again.") % {
            "topic": topic
        }
        return _done(desk, request, topic, message)
    return desk.ask_first(
        request,
        title=_("Bring “%(topic)s” back") % {"topic": topic},
        button=_("Bring it back"),
        effects=effects.of_restoring(topic),
        cancel=_page_of(topic),
    )


def _chosen(request: HttpRequest, name: str) -> Any:
    """The data with the choice: of the address for the preview, of the form when it is done."""
    form_data = request.POST if request.method == "POST" else request.GET
    return form_data if name in form_data else None


def _quotes(request: HttpRequest, topic: Topic) -> Quotes | None:
    if not may_see(request.user, Feedback):
        return None
    newest = Feedback.objects.about(topic).order_by("-received_at", "-pk")
    return quotes(newest, _("The newest feedback about it"))


def _page_of(topic: Topic) -> str:
    return reverse("admin:voc_topic_change", args=[topic.pk])


def _done(desk: DeskAdmin, request: HttpRequest, topic: Topic, message: str) -> HttpResponse:
    desk.log_change(request, topic, message)
    desk.message_user(request, message, messages.SUCCESS)
    return redirect("admin:voc_topic_change", topic.pk)


def _refuse(desk: DeskAdmin, request: HttpRequest, message: str) -> HttpResponse:
    desk.message_user(request, message, messages.ERROR)
    return redirect(request.path)
