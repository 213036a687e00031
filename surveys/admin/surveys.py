"""The admin of surveys and of the wordings they ask with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db.models import Func, OuterRef, QuerySet, Subquery, TextField
from django.http import HttpRequest, HttpResponse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from lib.access.shown import shows
from lib.admin_base import GOOD, PLAIN, WAITING, DeskAdmin, DeskStackedInline, display
from lib.desk.history import Event
from surveys.admin import what_happened
from surveys.models import Invitation, Response, Survey, SurveyQuerySet, Wording
from surveys.questions import kinds
from surveys.questions.merge_fields import merge_field_in

COMMON_FIELDS = ["question", "thanks"]
SCALE_FIELDS = [("lowest_label", "highest_label"), "follow_up"]
BAND_FIELDS = [
    "follow_up_promoters",
    "follow_up_passives",
    "follow_up_detractors",
    "thanks_promoters",
    "thanks_passives",
    "thanks_detractors",
]


def _with_counts(surveys: SurveyQuerySet) -> SurveyQuerySet:
    """Annotate `asked`, mails that arrived as far as we know, and `answered`, counted responses."""
    asked = Invitation.objects.sent().filter(wave__survey=OuterRef("pk"))
    answered = Response.objects.counted().filter(survey=OuterRef("pk"))
    return surveys.annotate(asked=_how_many(asked), answered=_how_many(answered))


def _how_many(rows: QuerySet[Any]) -> Subquery:
    return Subquery(rows.order_by().values(n=Func("pk", function="COUNT"))[:1])


class WordingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A wording as customers will read it: nothing in it is filled in for each of them."""

    def clean(self) -> dict[str, Any]:
        for field, text in list(self.cleaned_data.items()):
            if isinstance(text, str) and (found := merge_field_in(text)):
                self.add_error(field, self._refusal(found))
        return self.cleaned_data

    def _refusal(self, found: str) -> str:
        return gettext(
            "Customers would read “%(found)s” just so: nothing is filled in here for each of them. "
            "Please write it without."
        ) % {"found": found}


class WordingInline(DeskStackedInline):
    model = Wording
    form = WordingForm
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if field and isinstance(db_field, TextField):
            field.widget.attrs["rows"] = 2
        return field

    def get_fields(self, request: HttpRequest, obj: Survey | None = None) -> list[Any]:
        """The fields that its kind needs: a form has no scores, so nothing to say about them."""
        kind = obj.its_kind if obj else kinds.NPS
        scale, bands = SCALE_FIELDS if kind.scale else [], BAND_FIELDS if kind.bands else []
        return [*COMMON_FIELDS, *scale, *bands]


class NewestWordings(WordingInline):
    verbose_name_plural = _("words it asks with now")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Wording]:
        return Wording.objects.newest().order_by("-language")


class EarlierWordings(WordingInline):
    verbose_name_plural = _("words it asked with before")
    classes = ["collapse"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Wording]:
        return Wording.objects.revised()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Survey)
class SurveyAdmin(DeskAdmin):
    list_display = ["name", "what_kind", "what_state", "asked", "answered", "public_page"]
    list_filter = ["kind", "state"]
    search_fields = ["name__folded", "slug__folded"]
    prepopulated_fields = {"slug": ["name"]}
    fields = [("name", "slug"), ("kind", "state"), "closes_at"]
    actions = ["begin_a_new_wave"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Survey]:
        return _with_counts(Survey.objects.all())

    def what_happened(self, request: HttpRequest, survey: Survey) -> Iterator[Event]:
        return what_happened.to_survey(survey)

    def get_readonly_fields(self, request: HttpRequest, obj: Survey | None = None) -> list[str]:
        """The kind is settled when a survey is made: its wordings and answers depend on it."""
        return ["kind"] if obj else []

    def get_prepopulated_fields(
        self, request: HttpRequest, obj: Survey | None = None
    ) -> dict[str, Any]:
        return {} if obj else {"slug": ["name"]}

    def get_inlines(self, request: HttpRequest, obj: Survey | None) -> list[Any]:
        if obj is None:
            return []
        earlier = [EarlierWordings] if obj.wordings.revised().exists() else []
        return [NewestWordings, *earlier]

    @display(description=_("kind"), ordering="kind")
    def what_kind(self, survey: Survey) -> str:
        return str(survey.its_kind.label)

    @display(
        description=_("state"),
        ordering="state",
        label={"open": GOOD, "draft": WAITING, "closed": PLAIN},
    )
    def what_state(self, survey: Survey) -> tuple[str, str]:
        return survey.state, survey.get_state_display()

    @shows("surveys.invitation")
    @admin.display(description=_("asked"), ordering="asked")
    def asked(self, survey: Survey) -> int | str:
        return survey.asked if survey.is_asked_by_mail else "–"  # type: ignore[attr-defined]

    @shows("surveys.response")
    @admin.display(description=_("answered"), ordering="answered")
    def answered(self, survey: Survey) -> int:
        return survey.answered  # type: ignore[attr-defined,no-any-return]

    @admin.display(description=_("public page"), empty_value="–")
    def public_page(self, survey: Survey) -> str | None:
        if not survey.has_a_public_page:
            return None
        path = survey.get_absolute_url()
        return format_html('<a href="{}" class="desk-link">{}</a>', path, path)

    def view_on_site(self, survey: Survey) -> str | None:
        return survey.get_absolute_url() if survey.has_a_public_page else None

    @admin.action(description=_("Begin a new wave"), permissions=["change"])
    def begin_a_new_wave(self, request: HttpRequest, surveys: SurveyQuerySet) -> None:
        begun = [survey.begin_wave() for survey in surveys.asked_by_mail()]
        self.log_verb(request, [wave.survey for wave in begun], gettext_noop("A new wave begun."))
        done = ngettext("%(n)d new wave begun.", "%(n)d new waves begun.", len(begun))
        level = messages.SUCCESS if begun else messages.WARNING
        self.message_user(request, done % {"n": len(begun)}, level)

    def response_add(
        self, request: HttpRequest, obj: Survey, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Go on to the wordings, which are filled in already."""
        if "_addanother" not in request.POST:
            request.POST = {**request.POST.dict(), "_continue": "1"}  # type: ignore[assignment]
            self.message_user(request, gettext("The standard words are filled in below."))
        return super().response_add(request, obj, post_url_continue)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        form.instance.complete_wordings()

    def save_formset(
        self,
        request: HttpRequest,
        form: Any,
        formset: forms.BaseModelFormSet[Any, Any],
        change: bool,
    ) -> None:
        """Keep wordings that were answered; what staff write now becomes the next version."""
        formset.save(commit=False)
        for wording, _changed in formset.changed_objects:
            wording.revise()
