"""Merging, moving and resting a topic. Each shows what will happen before it does."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from lib.admin_base import DeskAdmin, person_at
from lib.text import one_line
from voc.models import Feedback, Topic
from voc.topics import hierarchy
from voc.topics.forms import IntoForm, PlaceForm
from voc.topics.merge import foresee, merge, why_not
from voc.topics.phrase_changes import Refused

QUOTED = 5


def merge_page(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    offered = Topic.objects.in_use().exclude(pk=topic.pk)
    form = IntoForm(offered, _said(request, "into"))
    into = form.cleaned_data["into"] if form.is_bound and form.is_valid() else None
    why = why_not(topic, into) if into else None
    if request.method == "POST" and into:
        return _merge(desk, request, topic, into)
    return desk.page(
        request,
        "voc/topic/merge.html",
        _("Merge “%(topic)s” into another topic") % {"topic": topic},
        topic=topic,
        into=into,
        form=form,
        why=why,
        foreseen=foresee(topic, into) if into and not why else None,
        lines=_quotes(topic),
    )


def _merge(desk: DeskAdmin, request: HttpRequest, topic: Topic, into: Topic) -> HttpResponse:
    try:
        merge(topic, into, by=person_at(request), now=timezone.now())
    except Refused as refused:
        return _refuse(desk, request, str(refused))
    except OperationalError:  # PostgreSQL ends one of two that wait for each other
        told = _("Somebody was at the same voices just now. Nothing was changed: please try again.")
        return _refuse(desk, request, told)
    told = _("“%(topic)s” is part of “%(into)s” now.") % {"topic": topic, "into": into}
    return _done(desk, request, into, told)


def move_page(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    offered = Topic.objects.that_can_hold(topic)
    form = PlaceForm(offered, _said(request, "parent"), initial={"parent": topic.parent_id})
    is_said = form.is_bound and form.is_valid()
    parent = form.cleaned_data["parent"] if is_said else None
    if request.method == "POST" and is_said:
        return _place(desk, request, topic, parent)
    return desk.page(
        request,
        "voc/topic/place.html",
        _("Where “%(topic)s” belongs") % {"topic": topic},
        topic=topic,
        parent=parent,
        is_said=is_said,
        form=form,
        why=topic.why_not_under(parent) if parent else None,
        foreseen=hierarchy.foresee(topic, parent) if parent else None,
    )


def _place(
    desk: DeskAdmin, request: HttpRequest, topic: Topic, parent: Topic | None
) -> HttpResponse:
    try:
        hierarchy.put_under(topic, parent)
    except Refused as refused:
        return _refuse(desk, request, str(refused))
    told = (
        _("“%(topic)s” belongs to “%(parent)s” now.") % {"topic": topic, "parent": parent}
        if parent
        else _("“%(topic)s” stands on its own now.") % {"topic": topic}
    )
    return _done(desk, request, topic, told)


def archive_page(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    if request.method == "POST":
        hierarchy.archive(topic, now=timezone.now())
        told = _("“%(topic)s” is out of use. It can be brought back.") % {"topic": topic}
        return _done(desk, request, topic, told)
    return desk.page(
        request,
        "voc/topic/rest.html",
        _("Take “%(topic)s” out of use") % {"topic": topic},
        topic=topic,
        voices=Feedback.objects.about(topic).count(),
        children=topic.children.order_by("key"),
        lines=_quotes(topic),
    )


def restore_page(desk: DeskAdmin, request: HttpRequest, topic: Topic) -> HttpResponse:
    if not topic.archived:
        return _done(desk, request, topic, _("“%(topic)s” is in use.") % {"topic": topic})
    if request.method == "POST":
        try:
            hierarchy.bring_back(topic, by=person_at(request), now=timezone.now())
        except Refused as refused:
            return _refuse(desk, request, str(refused))
        told = _("“%(topic)s” is in use again, and everything is read again.") % {"topic": topic}
        return _done(desk, request, topic, told)
    return desk.page(
        request,
        "voc/topic/back.html",
        _("Bring “%(topic)s” back") % {"topic": topic},
        topic=topic,
        voices=Feedback.objects.about(topic).count(),
    )


def _said(request: HttpRequest, name: str) -> Any:
    """What was chosen: in the address for the preview, in the form when it is done."""
    said = request.POST if request.method == "POST" else request.GET
    return said if name in said else None


def _quotes(topic: Topic) -> list[str]:
    newest = Feedback.objects.about(topic).order_by("-received_at", "-pk")[:QUOTED]
    return [one_line(item.text) for item in newest]


def _done(desk: DeskAdmin, request: HttpRequest, topic: Topic, told: str) -> HttpResponse:
    desk.log_change(request, topic, told)
    desk.message_user(request, told, messages.SUCCESS)
    return redirect("admin:voc_topic_change", topic.pk)


def _refuse(desk: DeskAdmin, request: HttpRequest, told: str) -> HttpResponse:
    desk.message_user(request, told, messages.ERROR)
    return redirect(request.path)
