"""The base classes of every admin page that staff see; all that knows django-unfold's classes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django import forms
from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from unfold import decorators, widgets
from unfold.enums import ActionVariant
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from lib import dates
from lib.desk import history
from lib.desk.history import Event

if TYPE_CHECKING:  # unfold brings no types; its classes stand in for these
    ModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
else:
    from unfold.admin import ModelAdmin, StackedInline

__all__ = ["AdminPasswordChangeForm", "UserChangeForm", "UserCreationForm"]

# Look-ups of Django's filters, after a field's name: state__exact, fix__id__exact, at__year.
ASKED_OF_FIELDS = re.compile(r"^(\w+__)?exact$|^(isnull|year|month|day)$")

LONGEST_ID = 18  # digits that a database's big number has room for

Method = TypeVar("Method", bound=Callable[..., Any])

# What an outcome looks like: never by colour alone, the word stands in it.
GOOD, BAD, WAITING, PLAIN = "success", "danger", "warning", "info"

# The look of the button people mostly come for.
PRIMARY = ActionVariant.PRIMARY


def page_button(**options: Any) -> Callable[[Method], Method]:
    """Decorator for a method that is a page of its own; its button stands above the list."""
    return cast(Callable[[Method], Method], decorators.action(**options))


def display(**options: Any) -> Callable[[Method], Method]:
    """Decorator like Django's; with `label` the value is a (state, words) pair shown as a label."""
    return cast(Callable[[Method], Method], decorators.display(**options))


@dataclass(frozen=True)
class Quotes:
    """Quotes of feedback for a page that asks first: a line each, and how many more there are."""

    heading: str
    lines: list[str]
    more: int = 0


class DeskAdmin(ModelAdmin):
    """The admin of a model whose rows staff may edit."""

    compressed_fields = True
    warn_unsaved_form = True
    list_per_page = 50

    def formfield_for_dbfield(self, db_field: Any, request: Any, **options: Any) -> Any:
        field = super().formfield_for_dbfield(db_field, request, **options)
        if isinstance(db_field, DateTimeField) and field:
            field.validators = [*field.validators, dates.near]
        return field

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Look-ups are those of the list's filters. Others stop the database: half a pattern, 1e23.

        A name that is no field at all is refused by Django itself.
        """
        field, _, operator = lookup.partition("__")
        filters = [self.date_hierarchy, *self.get_list_filter(request)]
        by_field = field in filters and bool(ASKED_OF_FIELDS.search(operator))
        by_name = lookup in {getattr(one, "parameter_name", None) for one in filters}
        return by_field or by_name or field not in {known.name for known in self.opts.get_fields()}

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *where: Any
    ) -> HttpResponse | None:
        """Ids that no row can have are dropped from the form, like those of rows that are gone."""
        form_data = request.POST.copy()
        chosen = form_data.getlist(helpers.ACTION_CHECKBOX_NAME)
        ids = [pk for pk in chosen if pk.isdecimal() and len(pk) <= LONGEST_ID]
        form_data.setlist(helpers.ACTION_CHECKBOX_NAME, ids)
        request.POST = form_data  # type: ignore[assignment]
        return super().response_action(request, queryset, *where)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """All that happened to a row: what was done here, and what the rows themselves know."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[attr-defined,no-any-return]
        if not self.has_view_or_change_permission(request, row):
            raise PermissionDenied
        return self.page(
            request,
            "history.html",
            gettext("History"),
            heading=gettext("History: %(row)s") % {"row": row},
            events=history.of(row, self.what_happened(request, row)),
            back=reverse(admin_urlname(self.opts, "change"), args=[row.pk]),  # type: ignore[arg-type]
            is_wide=True,
        )

    def what_happened(self, request: HttpRequest, row: Any) -> Iterable[Event]:
        """What rows know of their own history, besides what was done at this desk."""
        return ()

    def log_verb(self, request: HttpRequest, rows: Iterable[Any], what: str) -> None:
        """Write down what was done with rows: `what` is a message of the catalogue, in English."""
        LogEntry.objects.log_actions(person_at(request).pk, rows, CHANGE, what)

    def page(
        self, request: HttpRequest, template: str, title: str, **context: Any
    ) -> TemplateResponse:
        """Render a page of its own (templates/admin/) between the list and what happens next."""
        context = {
            **self.admin_site.each_context(request),
            "opts": self.model._meta,
            "title": title,
            **context,
        }
        return TemplateResponse(request, f"admin/{template}", context)

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
        """The confirmation page of an action: its subject, its effects, and what is still to say.

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
    """The admin of rows that record what happened: read and acted upon, never edited or made up."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class DeskStackedInline(StackedInline):
    extra = 0


def confirmation(request: HttpRequest) -> QueryDict | None:
    """The form data of the confirmation page; None where it was not shown yet."""
    return request.POST if "asked" in request.POST else None


def _posted_by_the_list(request: HttpRequest) -> list[tuple[str, str]]:
    """The hidden fields that repeat the list's form: its action, and the rows chosen."""
    names = ("select_across", helpers.ACTION_CHECKBOX_NAME, "back")
    posted = [(name, value) for name in names for value in request.POST.getlist(name)]
    return [("action", request.POST["action"]), *posted] if "action" in request.POST else []


def one_line_cell(words: object) -> SafeString:
    """A cell of a list: one line, as wide as its column, with all the words under the pointer."""
    return format_html('<span class="one-line" title="{0}">{0}</span>', words)


def shortly(moment: datetime) -> str:
    """A moment for a column of a list, in local time; the year only when it is another one."""
    local = timezone.localtime(moment)
    same_year = local.year == timezone.localdate().year
    return f"{date_format(local, 'MONTH_DAY_FORMAT' if same_year else 'DATE_FORMAT')} {local:%H:%M}"


def person_at(request: HttpRequest) -> User:
    """The user at the desk; the admin lets no anonymous one in."""
    return cast(User, request.user)


def dropdown() -> forms.Widget:
    return cast(forms.Widget, widgets.UnfoldAdminSelectWidget())


def textarea(rows: int) -> forms.Widget:
    return cast(forms.Widget, widgets.UnfoldAdminTextareaWidget({"rows": rows}))


def radio() -> forms.Widget:
    return cast(forms.Widget, widgets.UnfoldAdminRadioSelectWidget())


def checkboxes() -> forms.Widget:
    return cast(forms.Widget, widgets.UnfoldAdminCheckboxSelectMultipleWidget())


def moment() -> forms.Widget:
    """A widget for date and time, picked with the browser's own calendar."""
    looks = widgets.UnfoldAdminTextInputWidget().attrs["class"]
    attrs = {"type": "datetime-local", "class": looks}
    return forms.DateTimeInput(attrs=attrs, format="%Y-%m-%dT%H:%M")


def file(accept: Sequence[str]) -> forms.Widget:
    return cast(forms.Widget, widgets.UnfoldAdminFileFieldWidget({"accept": ",".join(accept)}))
