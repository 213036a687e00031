"""The rows of a list, written straight: unfold spells its looks out in every cell, and renders each
row's headers anew. What a cell shows is what Django's admin would show; looks are desk.css.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.contrib.admin.utils import display_for_field, display_for_value, lookup_field, quote
from django.core.exceptions import ObjectDoesNotExist
from django.db.models import ManyToOneRel
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

CHECKBOX = "action_checkbox"
# The cell that chooses a row, whose id goes where the % is; static/js/desk.js gives it its name.
BOX = (
    '<td class="action-checkbox"><input type="checkbox" class="action-select" '
    'name="_selected_action" value="%"></td>'
)


def rows(changelist: Any, labels: list[str]) -> Iterator[SafeString]:
    """A <tr> for each row; `labels` are the words over the columns, which a phone shows beside."""
    desk = changelist.model_admin
    openings = [
        _opening("" if name in desk.plain_cells else name, label * desk.labels_on_phones)
        for name, label in zip(changelist.list_display, labels, strict=True)
    ]
    query = _query_of_links(changelist)
    for row in changelist.result_list:
        cells = _cells(changelist, row, openings, query)
        yield mark_safe(f"<tr>{''.join(cells)}</tr>\n")


def _cells(changelist: Any, row: Any, openings: list[str], query: str) -> Iterator[str]:
    is_first = True
    for name, opening in zip(changelist.list_display, openings, strict=True):
        if name == CHECKBOX:
            yield BOX.replace("%", conditional_escape(row.pk))
            continue
        shown = conditional_escape(_shown(changelist.model_admin, name, row))
        if _is_link(changelist, name, is_first):
            tag = "th" if is_first else "td"
            yield f"<{tag}{opening}{_link(changelist, row, shown, query)}</{tag}>"
            is_first = False
        else:
            yield f"<td{opening}{shown}</td>"


def _opening(name: str, label: str) -> str:
    named = f' class="field-{name}"' if name else ""
    beside = format_html(' data-label="{}"', label) if label else ""
    return f"{named}{beside}>"


def _shown(desk: Any, name: Any, row: Any) -> Any:
    """What a cell shows of a row."""
    try:
        field, attribute, value = lookup_field(name, row, desk)
    except ObjectDoesNotExist:
        return desk.get_empty_value_display()
    if value and isinstance(value, SafeString):
        return value
    empty = desk.get_empty_value_display()
    if field is None or field.auto_created:
        empty = getattr(attribute, "empty_value_display", empty)
        if looks := getattr(attribute, "label", None):
            return _label(value, empty, looks)
        return display_for_value(value, empty, getattr(attribute, "boolean", False))
    if isinstance(field.remote_field, ManyToOneRel):
        linked = getattr(row, field.name)
        return empty if linked is None else linked
    return display_for_field(value, field, empty)


def _label(value: Any, empty: str, looks: dict[str, str]) -> Any:
    """A (state, words) pair as a label that looks like its state; words alone in quiet ink."""
    if not value:
        return empty
    state, words = value if isinstance(value, tuple) else ("", value)
    return format_html('<span class="desk-label is-{}">{}</span>', looks.get(state, "plain"), words)


def _is_link(changelist: Any, name: Any, is_first: bool) -> bool:
    links = changelist.list_display_links
    if links is None:
        return False
    return name in links if links else is_first


def _link(changelist: Any, row: Any, shown: str, query: str) -> str:
    """A link to the page of a row, from the list's own address."""
    chosen = format_html(' data-popup-opener="{}"', row.pk) if changelist.is_popup else ""
    return f'<a href="{quote(row.pk)}/change/{query}"{chosen}>{shown}</a>'


def _query_of_links(changelist: Any) -> str:
    """What every link to a row ends with, so that its page leads back to this list."""
    if not changelist.result_list:
        return ""
    first = changelist.url_for_result(changelist.result_list[0])
    context = {"preserved_filters": changelist.preserved_filters, "opts": changelist.opts}
    whole = add_preserved_filters(context, first, popup=changelist.is_popup)
    _row, mark, query = whole.partition("?")
    return str(conditional_escape(mark + query))
