"""The base of every list and page that staff see; all that knows django-unfold's classes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.auth.models import User
from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from unfold import decorators, widgets
from unfold.enums import ActionVariant
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from lib import dates

if TYPE_CHECKING:  # unfold brings no types; its classes stand in for these
    ModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
else:
    from unfold.admin import ModelAdmin, StackedInline

__all__ = ["AdminPasswordChangeForm", "UserChangeForm", "UserCreationForm"]

# How Django's filters ask of a field, after its name: state__exact, fix__id__exact, at__year.
ASKED_OF_FIELDS = re.compile(r"^(\w+__)?exact$|^(isnull|year|month|day)$")

LONGEST_ID = 18  # digits that a database's big number has room for

Method = TypeVar("Method", bound=Callable[..., Any])

# What an outcome looks like: never by colour alone, the word stands in it.
GOOD, BAD, WAITING, PLAIN = "success", "danger", "warning", "info"

# The button people mostly come for.
FIRST = ActionVariant.PRIMARY


def button(**options: Any) -> Callable[[Method], Method]:
    """A method that is a page of its own, with a button above the list."""
    return cast(Callable[[Method], Method], decorators.action(**options))


def display(**options: Any) -> Callable[[Method], Method]:
    """Like Django's, and with `label` the value is a (state, words) pair shown as a label."""
    return cast(Callable[[Method], Method], decorators.display(**options))


@dataclass(frozen=True)
class Quotes:
    """What people said, one line each, and how many more said something."""

    heading: str
    lines: list[str]
    more: int = 0


class DeskAdmin(ModelAdmin):
    compressed_fields = True
    warn_unsaved_form = True
    list_per_page = 50

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(db_field, DateTimeField) and field:
            field.validators = [*field.validators, dates.near]
        return field

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Only what the list's filters ask. Others stop the database: half a pattern, 10 to the 23.

        What is no field at all is told by Django itself.
        """
        field, _, how = lookup.partition("__")
        filters = [self.date_hierarchy, *self.get_list_filter(request)]
        by_field = field in filters and bool(ASKED_OF_FIELDS.search(how))
        by_name = lookup in {getattr(each, "parameter_name", None) for each in filters}
        return by_field or by_name or field not in {each.name for each in self.opts.get_fields()}

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *where: Any
    ) -> HttpResponse | None:
        """What cannot be the id of a row is as good as the id of a row that is gone."""
        said = request.POST.copy()
        chosen = said.getlist(helpers.ACTION_CHECKBOX_NAME)
        ids = [pk for pk in chosen if pk.isdecimal() and len(pk) <= LONGEST_ID]
        said.setlist(helpers.ACTION_CHECKBOX_NAME, ids)
        request.POST = said  # type: ignore[assignment]
        return super().response_action(request, queryset, *where)

    def page(
        self, request: HttpRequest, template: str, title: str, **context: Any
    ) -> TemplateResponse:
        """A page of its own between the list and what happens next."""
        words = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": title,
            **context,
        }
        return TemplateResponse(request, f"admin/{template}", words)

    def ask_first(
        self,
        request: HttpRequest,
        *,
        title: str,
        button: str,
        sentences: Sequence[str] = (),
        effects: Sequence[str] = (),
        quotes: Quotes | None = None,
        form: forms.BaseForm | None = None,
        again: Sequence[tuple[str, Any]] = (),
        cancel: str = "",
        keep: str = "",
        template: str = "ask_first.html",
        **context: Any,
    ) -> TemplateResponse:
        """The page before an act: what it is about, what will happen, what is still to be said.

        Its form posts the same action of the list again, or to the same address, and `again`
        besides. Who would rather not goes to `cancel`, whose word is `keep`.
        """
        context |= {
            "button": button,
            "sentences": sentences,
            "effects": effects,
            "quotes": quotes,
            "form": form,
            "again": [*_posted_by_the_list(request), *again],
            "cancel": cancel or request.get_full_path(),
            "keep": keep or gettext("Cancel"),
        }
        return self.page(request, template, title, **context)


class DeskRecords(DeskAdmin):
    """What happened is read here and acted upon, never edited or made up."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DeskStackedInline(StackedInline):
    extra = 0


def answers(request: HttpRequest) -> QueryDict | None:
    """The answers to the page that asks first; None where it was not shown yet."""
    return request.POST if "asked" in request.POST else None


def _posted_by_the_list(request: HttpRequest) -> list[tuple[str, str]]:
    """Which action on which rows, where the list's form was posted."""
    names = ("select_across", helpers.ACTION_CHECKBOX_NAME, "back")
    posted = [(name, value) for name in names for value in request.POST.getlist(name)]
    return [("action", request.POST["action"]), *posted] if "action" in request.POST else []


def one_line(words: object) -> SafeString:
    """As much of them as the column is wide; all of them under the pointer."""
    return format_html('<span class="one-line" title="{0}">{0}</span>', words)


def shortly(moment: datetime) -> str:
    """For a column of a list: the year only when it is another one."""
    local = timezone.localtime(moment)
    same_year = local.year == timezone.localdate().year
    return f"{date_format(local, 'MONTH_DAY_FORMAT' if same_year else 'DATE_FORMAT')} {local:%H:%M}"


def person_at(request: HttpRequest) -> User:
    """Who sits at the desk. The admin lets nobody in who is not somebody."""
    return cast(User, request.user)


def dropdown() -> forms.Widget:
    return cast(forms.Widget, widgets.UnfoldAdminSelectWidget())


def textarea(rows: int) -> forms.Widget:
    return cast(forms.Widget, widgets.UnfoldAdminTextareaWidget({"rows": rows}))


def radio() -> forms.Widget:
    return cast(forms.Widget, widgets.UnfoldAdminRadioSelectWidget())


def moment() -> forms.Widget:
    """A date and time, picked with the browser's own calendar."""
    looks = widgets.UnfoldAdminTextInputWidget().attrs["class"]
    attrs = {"type": "datetime-local", "class": looks}
    return forms.DateTimeInput(attrs=attrs, format="%Y-%m-%dT%H:%M")


def file(accept: Sequence[str]) -> forms.Widget:
    return cast(forms.Widget, widgets.UnfoldAdminFileFieldWidget({"accept": ",".join(accept)}))
