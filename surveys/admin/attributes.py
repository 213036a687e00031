"""The attributes of a customer as a form: a field for each, and rows for further ones.

Nothing else is touched: a value that was left as it stands keeps its type and every digit of it,
and what has parts of its own is shown, and kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from unicodedata import normalize

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lib.desk.definitions import definition_list, has_parts, in_words, number
from lib.storable import storable
from surveys.models import Customer

NEW_ROWS = 3
LONGEST_NUMBER = 15  # digits that every program keeps
NUMBER = re.compile(r"-?\d+(\.\d+)?")
YES, NO = "true", "false"

Pairs = list[tuple[str, str]]  # names with what was typed, as a browser sends them


@dataclass(frozen=True)
class Row:
    """A line of the form. A new one asks for its name too; one with parts is only shown."""

    name: str
    typed: str = ""
    is_new: bool = False
    is_yes_or_no: bool = False
    parts: SafeString | str = ""

    @property
    def has_lines(self) -> bool:
        return "\n" in self.typed


class AttributesWidget(forms.Widget):
    """The rows of a customer's attributes; the form says which (`now`, `known`)."""

    now: Mapping[str, Any] = {}
    known: Mapping[str, Any] = {}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Pairs:
        return list(zip(data.getlist(f"{name}-name"), data.getlist(name), strict=False))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return False

    def id_for_label(self, id_: str) -> str:
        return ""  # each row has a label of its own

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        typed = value if isinstance(value, list) else []
        context = {"name": name, "rows": list(self._rows(typed)), "yes": YES, "no": NO}
        return render_to_string("admin/surveys/customer/attributes.html", context)

    def _rows(self, typed: Pairs) -> Iterator[Row]:
        said, named = dict(typed), {**self.known, **self.now}
        for name, value in named.items():
            if not _is_editable(name, value):
                yield Row(name, parts=_parts(value))
            else:
                words = shown(self.now.get(name, ""))
                yield Row(name, said.get(name, words), is_yes_or_no=isinstance(value, bool))
        new = [(name, words) for name, words in typed if name not in named and (name or words)]
        for name, words in [*new, *[("", "")] * NEW_ROWS]:
            yield Row(name, words, is_new=True)


class AttributesField(forms.Field):
    widget = AttributesWidget

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = initial or {}
        return any(not _stands_as(words, before.get(name, "")) for name, words in data or [])


class CustomerForm(forms.ModelForm):  # type: ignore[type-arg]
    attributes = AttributesField(
        label=Customer._meta.get_field("attributes").verbose_name, required=False
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if field := self.fields.get("attributes"):
            field.widget.now = self.instance.attributes or {}
            field.widget.known = known_attributes()

    def clean_attributes(self) -> dict[str, Any]:
        """The attributes as they were, with what was typed in the place of what was shown."""
        widget, typed = self.fields["attributes"].widget, self.cleaned_data["attributes"]
        named = {**widget.known, **widget.now}
        typed = [(name if name in named else name.strip(), words) for name, words in typed]
        merged, faults = dict(widget.now), list(_faults(typed))
        for name, words in typed:
            if not _stands_as(words, merged.get(name, "")):
                faults += _put(merged, name, words, like=named.get(name))
        if faults:
            raise forms.ValidationError(faults)
        return merged


def known_attributes() -> dict[str, Any]:
    """The names that other customers' attributes have, each with an example of its value."""
    found: dict[str, Any] = {}
    for attributes in Customer.objects.newest_attributes():
        if isinstance(attributes, dict):
            found = {**attributes, **found}
    return {name: value for name, value in sorted(found.items()) if _is_editable(name, value)}


def shown(value: Any) -> str:
    """A value as it stands in its field."""
    if isinstance(value, bool):
        return YES if value else NO
    if value is None:
        return ""
    return value if isinstance(value, str) else number(value)


def _stands_as(words: str, value: Any) -> bool:
    """The typed words are what was shown; browsers send every new line as two characters."""
    return words.splitlines() == shown(value).splitlines()


def _is_editable(name: str, value: Any) -> bool:
    """A field can hold it. What it cannot is shown, and left as it is."""
    return bool(name) and " ".join(name.split()) == name and not has_parts(value)


def _parts(value: Any) -> SafeString | str:
    if not has_parts(value):
        return in_words(value)
    return definition_list(value if isinstance(value, Mapping) else dict(enumerate(value, 1)))


def _faults(typed: Pairs) -> Iterator[str]:
    names = [name for name, _words in typed if name]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1):
        yield _("“%(name)s” stands here twice. Please give each attribute once.") % {"name": name}
    for name, words in typed:
        if words.strip() and not name:
            yield _("Please give “%(value)s” a name.") % {"value": words.strip()}


def _put(merged: dict[str, Any], name: str, words: str, *, like: Any) -> Iterator[str]:
    """Write a typed value in, or yield what is wrong; an emptied field takes its attribute away."""
    if storable([name, words]) != [name, words]:
        message = _("“%(name)s” holds a character that cannot be kept. Please type it anew.")
        yield message % {"name": storable(name)}
    elif not words.strip():
        merged.pop(name, None)
    elif name:
        try:
            merged[name] = _typed(name, words, like)
        except forms.ValidationError as fault:
            yield from fault.messages


def _typed(name: str, words: str, like: Any) -> str | bool | int | float:
    """The typed words as the type that the attribute has; new ones are texts."""
    if isinstance(like, bool):
        return words == YES
    if isinstance(like, int | float):
        return _number(name, normalize("NFKC", words).strip())
    return words


def _number(name: str, digits: str) -> int | float:
    if NUMBER.fullmatch(digits) and sum(map(str.isdecimal, digits)) <= LONGEST_NUMBER:
        return float(digits) if "." in digits else int(digits)
    message = _("“%(name)s” is a number, such as 12 or 3.5, of %(n)d digits at most.")
    raise forms.ValidationError(message % {"name": name, "n": LONGEST_NUMBER})
