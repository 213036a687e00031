"""The base classes of every admin page that staff see; all that knows django-unfold's classes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.templatetags.admin_urls import admin_urlname
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ERROR_FLAG, ChangeList
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import DateTimeField, Model, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from unfold import decorators, widgets
from unfold.enums import ActionVariant
from unfold.forms import ActionForm as UnfoldActionForm
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm

from lib import dates, search
from lib.access.shown import may_see, permitted
from lib.desk import found, history
from lib.desk.history import Event
from lib.desk.pages import KeysetChangeList

if TYPE_CHECKING:  # unfold brings no types; its classes stand in for these
    ModelAdmin = admin.ModelAdmin[Any]
    StackedInline = admin.StackedInline[Any, Any]
else:
    from unfold.admin import ModelAdmin, StackedInline

__all__ = ["AdminPasswordChangeForm", "UserChangeForm", "UserCreationForm"]

# Look-ups of Django's filters, after a field's name: state__exact, fix__id__exact, at__year.
ASKED_OF_FIELDS = re.compile(r"^(\w+__)?exact$|^(isnull|year|month|day)$")

INDENTATION = re.compile(rb"\s*\n\s*")
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


def may_be_an_id(value: object) -> bool:
    return str(value).isdecimal() and len(str(value)) <= LONGEST_ID


class ActionForm(UnfoldActionForm):  # type: ignore[misc]
    """The menu of what can be done with the rows chosen, in the looks of static/css/frame.css."""

    action = forms.ChoiceField(
        label="",
        widget=forms.Select({"aria-label": _("Select action to run"), "x-model": "action"}),
    )


class DeskAdmin(ModelAdmin):
    """The admin of a model whose rows staff may edit. Each part follows the permission it needs."""

    compressed_fields = True
    view_on_site: Any = False  # the page of a row may be a customer's, to answer with
    warn_unsaved_form = True
    list_per_page = 50
    show_full_result_count = False  # nor how many a filter would leave: both count whole tables
    show_facets = admin.ShowFacets.NEVER
    never_null_in_lists: tuple[str, ...] = ()  # fields in order that may be NULL, but not here
    plain_cells: tuple[str, ...] = ()  # columns whose cells no style sheet knows by name
    labels_on_phones = True  # where a row is a card, each cell says what it is

    action_form = ActionForm

    def get_changelist(self, request: HttpRequest, **options: Any) -> type[ChangeList]:
        return KeysetChangeList

    def as_listed(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """The rows with what their lines show, which may be less than what a row's page does."""
        return rows

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return permitted(request.user, self, super().get_list_display(request))

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return permitted(request.user, self, super().get_list_filter(request))

    def get_search_fields(self, request: HttpRequest) -> list[str]:
        return permitted(request.user, self, super().get_search_fields(request))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fieldsets; one of which nothing may be seen is left out, with its heading."""
        return [
            (heading, {**options, "fields": fields})
            for heading, options in super().get_fieldsets(request, obj)
            if (fields := permitted(request.user, self, options["fields"]))
        ]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes along is named to those who may see it, and counted for all."""
        named, counts, lacking, protected = super().get_deleted_objects(objs, request)
        there = filter(self.admin_site.is_registered, _reached_from(self.model))
        if all(may_see(request.user, model) for model in there):
            return named, counts, lacking, protected
        unnamed = [gettext("rows that you may not see")] if protected else []
        return [str(row) for row in objs], counts, lacking, unnamed

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
        return by_field or by_name or field not in _names_of_fields(self.opts)

    def get_changelist_instance(self, request: HttpRequest) -> ChangeList:
        """The list; what its address asks of a calendar or a number that cannot be is refused.

        Django does so for most. It forgets the year 9999, which has no end, and 99999999999.
        """
        try:
            return super().get_changelist_instance(request)
        except (ValueError, OverflowError) as impossible:
            raise IncorrectLookupParameters(impossible) from impossible

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        page = super().changelist_view(request, extra_context)
        if isinstance(page, TemplateResponse):
            page.add_post_render_callback(_without_indentation)
        if ERROR_FLAG in request.GET and page.status_code == HTTPStatus.OK:
            message = gettext(
                "The address asked this list for something that cannot be. Here is all of it."
            )
            self.message_user(request, message, messages.WARNING)
        return page

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """The rows with each of the words, as lib/search.py folds both; no row comes twice."""
        if len(search_term) > search.MOST_CHARACTERS:
            message = gettext("A search has %(n)d characters at most; the rest was left out.")
            self.message_user(request, message % {"n": search.MOST_CHARACTERS}, messages.WARNING)
        fields = self.get_search_fields(request)
        return queryset.filter(found.holding(self.model, fields, search_term)), False

    def response_action(
        self, request: HttpRequest, queryset: QuerySet[Any], *where: Any
    ) -> HttpResponse | None:
        """Ids that no row can have are dropped from the form, like those of rows that are gone."""
        form_data = request.POST.copy()
        chosen = form_data.getlist(helpers.ACTION_CHECKBOX_NAME)
        form_data.setlist(helpers.ACTION_CHECKBOX_NAME, [*filter(may_be_an_id, chosen)])
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


def _without_indentation(page: HttpResponse) -> None:
    """A list without the indentation of the frame's templates, which is a tenth of it."""
    page.content = INDENTATION.sub(b"\n", page.content)


def _names_of_fields(opts: Any) -> set[str]:
    """All that a look-up may call a field of the model by: customer is customer_id as well."""
    fields = opts.get_fields()
    return {"pk", *(f.name for f in fields), *(getattr(f, "attname", f.name) for f in fields)}


def _reached_from(model: type[Model]) -> set[type[Model]]:
    """The models whose rows point, by however many steps, to rows of this one."""
    found: set[type[Model]] = set()
    next_ones = [model]
    while next_ones:
        pointing = next_ones.pop()._meta.related_objects
        new = {relation.related_model for relation in pointing} - found
        found |= new
        next_ones += new
    return found


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
