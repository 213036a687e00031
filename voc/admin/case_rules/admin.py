"""The admin of rules: each is tried before it is saved, and says what it has done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from lib.access.shown import shows
from lib.admin_base import (
    GOOD,
    PLAIN,
    DeskAdmin,
    checkbox,
    checkboxes,
    display,
    one_line_cell,
    shortly,
    textarea,
)
from lib.desk.history import Event
from voc.admin.case_rules import wording
from voc.admin.case_rules.trial_page import trial_page
from voc.admin.cases.timeline import people_called
from voc.cases import rules
from voc.cases.forms import staff
from voc.cases.trial import try_out
from voc.models import Case, CaseActivity, CaseRule, Consideration, Topic

REASONS: dict[str, Any] = dict(CaseActivity.Why.choices)
CASES_TOLD = 20


@admin.register(CaseRule)
class CaseRuleAdmin(DeskAdmin):
    list_display = ["name", "asks_for", "gives", "position", "what_state"]
    ordering = ["position", "pk"]
    sortable_by = ["name", "position"]
    search_fields = ["name__folded"]
    list_select_related = ["survey", "topic"]
    readonly_fields = ["is_in_use", "what_it_did"]
    actions = ["switch_off"]
    fieldsets = [
        (None, {"fields": ["name", "position", "is_in_use"]}),
        (
            _("Which answers"),
            {
                "fields": [
                    "survey",
                    "score_at_most",
                    "topic",
                    "sentiment",
                    "urgency",
                    "words",
                    "language",
                    "attribute",
                    "attribute_value",
                ]
            },
        ),
        (
            _("Who gets the case"),
            {"fields": ["gives", "people", "owner_attribute", "only_readers"]},
        ),
        (_("By when"), {"fields": ["due_in_hours", "escalate_to"]}),
        (_("What it did"), {"fields": ["what_it_did"]}),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list; above it how many answers the rules could not be asked about, if any."""
        if n := Consideration.objects.set_aside().count():
            words = ngettext(
                "The rules could not be asked about %(n)d answer, after five tries. Look into the "
                "log of the workers.",
                "The rules could not be asked about %(n)d answers, after five tries. Look into the "
                "log of the workers.",
                n,
            )
            self.message_user(request, words % {"n": n}, messages.WARNING)
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        """Between the form and its being saved stands the trial."""
        if request.method == "POST" and (page := self._last_look(request, object_id)):
            return page
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _last_look(self, request: HttpRequest, object_id: str | None) -> HttpResponse | None:
        """The trial of what was posted; None where it was seen, or the form has a fault."""
        rule = self.get_object(request, unquote(object_id)) if object_id else None
        may = self.has_change_permission(request, rule) if rule else False
        if not (may if object_id else self.has_add_permission(request)):
            return None
        form = self.get_form(request, rule, change=rule is not None)(request.POST, instance=rule)
        if not form.is_valid():
            return None
        asked = request.POST.get("asked")
        wanted = asked == "on" or form.instance.is_on
        if asked and (not wanted or "everything" in request.POST):
            return None
        trial = try_out(form.instance, timezone.now())
        fits_all = trial.fits_everything or form.instance.is_without_conditions
        if asked and not fits_all:
            return None
        insists = bool(asked)
        return trial_page(self, request, form.instance, trial, insists=insists)

    def save_related(self, request: HttpRequest, form: Any, *more: Any) -> None:
        super().save_related(request, form, *more)
        if request.POST.get("asked") == "on" and not form.instance.is_on:
            rules.switch_on(form.instance, now=timezone.now())
            self.log_verb(request, [form.instance], gettext_noop("switched it on"))

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **options: Any) -> Any:
        if db_field.name == "topic":
            options["queryset"] = Topic.objects.in_use()
        if db_field.name == "escalate_to":
            options["queryset"] = staff()
        return super().formfield_for_foreignkey(db_field, request, **options)

    def formfield_for_manytomany(self, db_field: Any, request: Any, **options: Any) -> Any:
        if db_field.name == "people":
            options |= {"queryset": staff(), "widget": checkboxes()}
        return super().formfield_for_manytomany(db_field, request, **options)

    def what_happened(self, request: HttpRequest, rule: CaseRule) -> Iterator[Event]:
        if rule.on_since:
            yield Event(rule.on_since, _("was switched on"))

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        words: Callable[[], Any] = partial(textarea, 3)
        looks = {"words": words, "only_readers": checkbox}
        if look := looks.get(db_field.name):
            options["widget"] = look()
        return super().formfield_for_dbfield(db_field, request, **options)

    @admin.action(description=_("Switch off the selected rules"), permissions=["change"])
    def switch_off(self, request: HttpRequest, chosen: QuerySet[CaseRule]) -> None:
        on = [rule for rule in chosen if rule.is_on]
        for rule in on:
            rules.switch_off(rule)
        self.log_verb(request, on, gettext_noop("switched it off"))
        words = ngettext("%(n)d rule was switched off.", "%(n)d rules were switched off.", len(on))
        self.message_user(request, words % {"n": len(on)}, messages.SUCCESS)

    @admin.display(description=_("asks for"))
    def asks_for(self, rule: CaseRule) -> SafeString:
        return one_line_cell(wording.conditions(rule))

    @display(description=_("state"), label={"on": GOOD, "off": PLAIN})
    def what_state(self, rule: CaseRule) -> tuple[str, Any]:
        if rule.on_since is None:
            return "off", gettext("switched off")
        return "on", gettext("on since %(time)s") % {"time": shortly(rule.on_since)}

    @admin.display(description=_("state"))
    def is_in_use(self, rule: CaseRule) -> str:
        return str(self.what_state(rule)[1])

    @shows("voc.case")
    @admin.display(description=_("cases"), empty_value="–")
    def what_it_did(self, rule: CaseRule) -> SafeString | None:
        """The newest cases that it opened, with whom it gave them to or why to nobody."""
        if rule.pk is None:
            return None
        opened = CaseActivity.objects.filter(case__rule=rule, what=CaseActivity.What.OPEN)
        steps = list(opened.select_related("case__owner")[: CASES_TOLD + 1])
        if not steps:
            return None
        people = people_called(step.after for step in steps)
        lines = format_html_join(
            "", "<li>{}</li>", ([_step(step, people)] for step in steps[:CASES_TOLD])
        )
        every = reverse("admin:voc_case_changelist") + f"?pile=all&rule={rule.pk}"
        return format_html(
            '<ul>{}</ul><a class="desk-link" href="{}">{}</a>', lines, every, gettext("All of them")
        )


def _step(step: CaseActivity, people: dict[str, str]) -> SafeString:
    page = reverse("admin:voc_case_change", args=[step.case_id])
    given = people.get(step.after, step.after) or REASONS.get(step.reason, step.reason)
    return format_html(
        '{} <a class="desk-link" href="{}">{}</a> → {}',
        shortly(step.at),
        page,
        Case(pk=step.case_id),
        given,
    )
