"""Filters of the inbox: one row of piles, and chips that read as a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth import get_user_model
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import languages
from surveys.models import Survey
from surveys.questions import bands
from voc.models import Feedback, FeedbackQuerySet, Intent, Sentiment, Topic, Urgency

Choices = list[tuple[str, Any]]
Status = Feedback.Status


class Chip(admin.SimpleListFilter):
    """A filter behind one word, its choices under it. An unknown choice in the address is none."""

    template = "admin/voc/feedback/chip.html"

    def queryset(self, request: HttpRequest, items: Any) -> FeedbackQuerySet:
        chosen = self.value()
        known = {str(key) for key, _label in self.lookup_choices}
        return self.narrow(items, chosen) if chosen in known else items

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        raise NotImplementedError


class Pile(admin.SimpleListFilter):
    """The filter that chooses a pile; the one that needs somebody is shown by default."""

    title = _("pile")
    parameter_name = "pile"
    template = "admin/voc/feedback/piles.html"

    PILES: dict[str, tuple[Any, Callable[[Any, Any], QuerySet[Any]]]] = {
        "open": (_("To do"), lambda items, me: items.open()),
        "mine": (_("Mine"), lambda items, me: items.owned_by(me).open()),
        "new": (Status.NEW.label, lambda items, me: items.open().in_status(Status.NEW)),
        "taken": (Status.TAKEN.label, lambda items, me: items.open().in_status(Status.TAKEN)),
        "planned": (Status.PLANNED.label, lambda items, me: items.in_status(Status.PLANNED)),
        "done": (Status.DONE.label, lambda items, me: items.in_status(Status.DONE)),
        "dismissed": (Status.DISMISSED.label, lambda items, me: items.in_status(Status.DISMISSED)),
        "aside": (_("Set aside"), lambda items, me: items.set_aside()),
        "all": (_("All"), lambda items, me: items),
    }
    CLOSED = {"planned", "done", "dismissed", "aside", "all"}

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(key, label) for key, (label, _narrow) in self.PILES.items()]

    def value(self) -> str:
        chosen = super().value()
        return chosen if chosen in self.PILES else "open"

    @classmethod
    def is_open(cls, request: HttpRequest) -> bool:
        """The pile that is shown holds only what still wants somebody."""
        return request.GET.get(cls.parameter_name) not in cls.CLOSED

    def queryset(self, request: HttpRequest, items: Any) -> QuerySet[Any]:
        _label, narrow = self.PILES[self.value()]
        return narrow(items, request.user)

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """The piles, without Django's own "All": ours is the last one."""
        for key, label in self.lookup_choices:
            yield {
                "selected": self.value() == str(key),
                "query_string": changelist.get_query_string({self.parameter_name: key}),
                "display": label,
            }


class UrgencyChip(Chip):
    title = _("urgency")
    parameter_name = "urgency"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("any", _("cannot wait")), *Urgency.choices]

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        return items.urgent(None if chosen == "any" else chosen)


class AbuseChip(Chip):
    title = _("abuse")
    parameter_name = "abuse"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("yes", _("abusive"))]

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        return items.abusive()


class IntentChip(Chip):
    title = _("intent")
    parameter_name = "intent"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [*Intent.choices, ("none", _("none of these"))]

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        return items.with_intent(None if chosen == "none" else chosen)


class DoubtChip(Chip):
    title = _("score and words")
    parameter_name = "doubt"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [("yes", _("disagree"))]

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        return items.contradicting()


class FeelingChip(Chip):
    title = _("sentiment")
    parameter_name = "sentiment"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [*Sentiment.choices, ("none", _("not analyzed"))]

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        return items.with_sentiment(None if chosen == "none" else chosen)


class TopicChip(Chip):
    title = _("topic")
    parameter_name = "topic"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(topic.key, topic.name_in_the_tree) for topic in Topic.objects.as_a_tree()]

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        return items.with_topic(chosen)


class BandChip(Chip):
    title = _("score")
    parameter_name = "band"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(bands.NAMES.items())

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        return items.from_band(chosen)


class ChannelChip(Chip):
    title = _("channel")
    parameter_name = "channel"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return list(Feedback.Channel.choices)

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        return items.by_channel(chosen)


class LanguageChip(Chip):
    title = _("language")
    parameter_name = "language"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [*languages.CHOICES, ("unknown", _("another"))]

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        return items.in_language(chosen)


class OwnerChip(Chip):
    title = _("owner")
    parameter_name = "owner"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        staff = get_user_model().objects.filter(is_staff=True, is_active=True)
        return [("nobody", _("nobody")), *((str(u.pk), str(u)) for u in staff.order_by("username"))]

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        return items.owned_by(None if chosen == "nobody" else int(chosen))


class ReceivedChip(Chip):
    title = _("received")
    parameter_name = "received"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [
            ("0", _("today")),
            ("7", _("in the last 7 days")),
            ("30", _("in the last 30 days")),
            ("90", _("in the last 90 days")),
        ]

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        return items.received_since(midnight(timezone.now()) - timedelta(days=int(chosen)))


class SurveyChip(Chip):
    title = _("survey")
    parameter_name = "survey"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        return [(survey.slug, survey.name) for survey in Survey.objects.all()]

    def narrow(self, items: FeedbackQuerySet, chosen: str) -> FeedbackQuerySet:
        return items.in_answers_to(chosen)


def midnight(now: datetime) -> datetime:
    return timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
