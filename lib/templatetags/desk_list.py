"""Template tags of lists: {% desk_rows cl %} and, over it, the dates: {% desk_dates cl %}."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from unfold.templatetags.unfold_list import result_headers

from lib.desk.dates import choices_over
from lib.desk.rows import CHECKBOX, rows

register = template.Library()


@register.inclusion_tag("admin/partials/rows.html", takes_context=True)
def desk_rows(context: Any, changelist: Any) -> dict[str, Any]:
    """The table of a list, in unfold's frame and with its headers."""
    headers = list(result_headers(changelist))
    for name, header in zip(changelist.list_display, headers, strict=True):
        header |= (
            {"is_toggle": True, "text": _toggle()} if name == CHECKBOX else {"is_toggle": False}
        )
    return {
        "cl": changelist,
        "result_headers": headers,
        "num_sorted_fields": sum(bool(header.get("sorted")) for header in headers),
        "rows": rows(changelist, [str(header["text"]) for header in headers]),
        "has_add_permission": changelist.model_admin.has_add_permission(context["request"]),
    }


@register.inclusion_tag("admin/date_hierarchy.html")
def desk_dates(changelist: Any) -> dict[str, Any]:
    """The years, months or days over a list, in unfold's looks."""
    return choices_over(changelist)


def _toggle() -> SafeString:
    """The box over the boxes, which chooses all rows of the page."""
    return format_html(
        '<input type="checkbox" id="action-toggle" class="action-toggle" aria-label="{}">',
        gettext("Select all objects on this page for an action"),
    )
