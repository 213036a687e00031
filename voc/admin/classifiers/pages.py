"""The pages of classifiers: the report, rolling back, activating, and checking readings."""

from __future__ import annotations

from collections.abc import Iterator
from random import choice
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext

from lib import languages
from lib.admin_base import DeskRecords, person_at
from lib.desk.history import BY_ITSELF, UNKNOWN, Event
from voc import classifiers
from voc.admin.classifiers import effects, report
from voc.models import Classifier, Feedback
from voc.nlp.detect_language import DETECTED

READINGS_TO_CHOOSE_FROM = 1_000  # readings among which one is drawn


@admin.register(Classifier)
class ClassifierAdmin(DeskRecords):
    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        mine = [
            path("check/", view(self.check_one), name="voc_classifier_check"),
            path(
                "<slug:language>/roll-back/",
                view(self.roll_back_page),
                name="voc_classifier_roll_back",
            ),
            path(
                "<slug:language>/activate/",
                view(self.activate_page),
                name="voc_classifier_activate",
            ),
        ]
        return [*mine, *super().get_urls()]

    def what_happened(self, request: HttpRequest, classifier: Classifier) -> Iterator[Event]:
        yield Event(classifier.trained_at, gettext("trained"), BY_ITSELF)
        if classifier.rolled_back_at:
            who = classifier.rolled_back_by or UNKNOWN
            yield Event(classifier.rolled_back_at, gettext("rolled back"), who)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        return self.page(
            request,
            "voc/classifier/list.html",
            gettext("Classifiers"),
            reports=report.classifier_reports(),
            may_change=_may_change(request),
            may_check=_may_check(request),
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A classifier is a line of the list, and has no page."""
        return redirect("admin:voc_classifier_changelist")

    def check_one(self, request: HttpRequest) -> HttpResponse:
        """Lead to a random unchecked reading: what staff look for is no fair sample."""
        if not _may_check(request):
            raise PermissionDenied
        unchecked = Feedback.objects.unchecked().order_by("-received_at", "-pk")
        newest = list(unchecked.values_list("pk", flat=True)[:READINGS_TO_CHOOSE_FROM])
        if not newest:
            message = gettext("Everything that was analyzed has been checked. Thank you!")
            self.message_user(request, message, messages.SUCCESS)
            return redirect("admin:voc_classifier_changelist")
        page = reverse("admin:voc_feedback_change", args=[choice(newest)])
        return redirect(f"{page}?{urlencode({'checking': 'yes'})}")

    def roll_back_page(self, request: HttpRequest, language: str) -> HttpResponse:
        current = self._in_use(request, language)
        if current is None:
            self.message_user(request, gettext("The rules work alone already."), messages.INFO)
            return redirect("admin:voc_classifier_changelist")
        if request.method != "POST":
            return self._ask(
                request,
                language,
                heading=gettext("Roll back version %(version)s?") % {"version": current.version},
                button=gettext("Roll back"),
                effects=effects.of_going_back(classifiers.previous(current)),
            )
        now_used = classifiers.roll_back(language, by=person_at(request), now=timezone.now())
        return self._done(request, current, _told(language, now_used))

    def activate_page(self, request: HttpRequest, language: str) -> HttpResponse:
        self._in_use(request, language)
        classifier = classifiers.newest_usable(language)
        if request.method != "POST":
            return self._ask(
                request,
                language,
                heading=effects.whether_to_use(classifier),
                button=gettext("Use the newest again"),
                effects=effects.of_using(classifier),
            )
        used = classifiers.activate_newest(language)
        return self._done(request, used, _told(language, used))

    def _in_use(self, request: HttpRequest, language: str) -> Classifier | None:
        if not _may_change(request):
            raise PermissionDenied
        if language not in DETECTED:
            raise Http404
        return Classifier.objects.of(language).for_display().in_use().first()

    def _ask(self, request: HttpRequest, language: str, **page: Any) -> HttpResponse:
        name = languages.label(language)
        return self.ask_first(
            request,
            title=gettext("Classifiers: %(language)s") % {"language": name},
            cancel=reverse("admin:voc_classifier_changelist"),
            **page,
        )

    def _done(
        self, request: HttpRequest, classifier: Classifier | None, message: str
    ) -> HttpResponse:
        if classifier:
            self.log_change(request, classifier, message)
        again, words = reverse("admin:voc_topic_reanalysis"), gettext("Analyze everything again…")
        link = format_html('{} <a href="{}">{}</a>', message, again, words)
        self.message_user(request, link, messages.SUCCESS)
        return redirect("admin:voc_classifier_changelist")


def _told(language: str, used: Classifier | None) -> str:
    name = languages.label(language)
    if used is None:
        message = gettext("%(language)s is analyzed by the rules alone from now on.")
        return message % {"language": name}
    message = gettext("%(language)s is analyzed with version %(version)d from now on.")
    return message % {"language": name, "version": used.version}


def _may_change(request: HttpRequest) -> bool:
    return person_at(request).has_perm("voc.change_classifier")


def _may_check(request: HttpRequest) -> bool:
    return person_at(request).has_perm("voc.change_feedback")
