"""What customers talk about, and the phrases by which it is found."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lib.desk import DeskAdmin, display
from voc.forms import PhrasesField, TopicForm
from voc.models import Feedback, Topic, TopicQuerySet


@admin.register(Topic)
class TopicAdmin(DeskAdmin):
    """To save phrases changes no reading yet: that is an action of its own."""

    form = TopicForm
    formfield_overrides = {models.JSONField: {"form_class": PhrasesField}}
    list_display = ["name_ja", "name_en", "phrases", "in_use"]
    list_filter = ["archived"]
    search_fields = ["key", "name_ja", "name_en"]
    fields = ["key", ("name_ja", "name_en"), ("phrases_ja", "phrases_en"), "archived"]
    actions = ["read_again"]

    def save_model(self, request: HttpRequest, obj: Topic, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if {"phrases_ja", "phrases_en", "archived"} & set(form.changed_data):
            told = _(
                "Saving changes no reading yet. To look for these phrases in what came in before, "
                "choose “Read again with these phrases” in the list."
            )
            self.message_user(request, told, messages.INFO)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """A key stands in addresses and in what was written down: it never changes."""
        return ["key"] if obj else []

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was found stays found; a topic one no longer wants is archived."""
        return False

    @admin.display(description=_("phrases"))
    def phrases(self, topic: Topic) -> int:
        return len(topic.phrases_ja) + len(topic.phrases_en)

    @display(description=_("no longer looked for"), ordering="archived", label=True)
    def in_use(self, topic: Topic) -> str | None:
        """Only what is out of use stands out."""
        return str(_("no longer looked for")) if topic.archived else None

    @admin.action(description=_("Read again with these phrases"), permissions=["change"])
    def read_again(self, request: HttpRequest, topics: TopicQuerySet) -> None:
        waiting = sum(Feedback.objects.that_may_be_about(topic).read_again() for topic in topics)
        told = ngettext(
            "%(n)d item will be read again in a moment. What people corrected stays.",
            "%(n)d items will be read again in a moment. What people corrected stays.",
            waiting,
        )
        self.message_user(request, told % {"n": waiting}, messages.SUCCESS)
