"""Forms of topics: names, phrases, and where a topic belongs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.storable import storable
from voc.models import Theme, Topic, TopicQuerySet

LONGEST_PHRASE = 60
MOST_PHRASES = 200  # of a language
PHRASES_HELP = _("One a line, as customers would write it. Eight or more find most.")
NAME_TAKEN = _(
    "Another topic has this name, and nobody could tell them apart. Please choose another name, or "
    "add the phrases to that topic."
)
NO_PHRASES = _(
    "Without a phrase nothing is ever found to be about this topic. Please write at least one, in "
    "either language; eight or more find most."
)


class PhrasesField(forms.Field):
    """A field for a list of phrases, one a line; whitespace is tidied, doubles are dropped."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = (" ".join(line.split()) for line in storable(str(value or "")).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_PHRASES:
            message = _("These are %(n)d phrases: please keep to the %(limit)d that find most.")
            raise forms.ValidationError(message, params={"n": len(value), "limit": MOST_PHRASES})
        for phrase in value:
            if len(phrase) > LONGEST_PHRASE:
                raise forms.ValidationError(
                    _(
                        "“%(phrase)s…” is too long to be found in what people say: please keep "
                        "phrases within %(limit)d characters, one a line."
                    ),
                    params={"phrase": phrase[:20], "limit": LONGEST_PHRASE},
                )


def _phrases(label: Any, language: str) -> PhrasesField:
    rows = forms.Textarea({"rows": 14, "lang": language, "spellcheck": "false"})
    return PhrasesField(label=label, required=False, widget=rows)


class PhrasesForm(forms.Form):
    """All phrases of a topic; what is left out is found no more."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for code, language in languages.LANGUAGES.items():
            self.fields[f"phrases_{code}"] = _phrases(language.name, code)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not any(map(cleaned.get, languages.fields("phrases"))):
            raise forms.ValidationError(NO_PHRASES)
        return cleaned

    @property
    def written_phrases(self) -> dict[str, list[str]]:
        """The phrases of a valid form, by language."""
        return {code: self.cleaned_data[f"phrases_{code}"] for code in languages.LANGUAGES}


class NamesForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Topic
        fields = languages.fields("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in languages.fields("name"):
            if self._is_taken(field, cleaned.get(field)):
                self.add_error(field, NAME_TAKEN)
        return cleaned

    def _is_taken(self, field: str, name: str | None) -> bool:
        """Another topic in use has this name. A name left as it was is never refused."""
        if not name or field not in self.changed_data:
            return False
        namesakes = Topic.objects.in_use().filter(**{f"{field}__iexact": name})
        return namesakes.exclude(pk=self.instance.pk).exists()


class NewTopicForm(PhrasesForm, NamesForm):
    """A new topic. Its phrases are previewed before it is found by them, like every change."""

    theme = forms.ModelChoiceField(Theme.objects.all(), required=False, widget=forms.HiddenInput)

    class Meta(NamesForm.Meta):
        fields = [*languages.fields("name"), "parent", "key"]
        help_texts = {
            "key": _(
                "For programs; it cannot be changed later. Left empty, it is made from the "
                "English name."
            ),
            "parent": _("The one above counts its feedback too."),
        }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["key"].required = False
        for field in languages.fields("phrases"):
            called = Topic._meta.get_field(field).verbose_name  # type: ignore[union-attr]
            self.fields[field].label = capfirst(called)
        offered = self.fields["parent"]
        offered.queryset = Topic.objects.that_can_hold(Topic())  # type: ignore[attr-defined]
        offered.empty_label = _("Nothing: it stands on its own")  # type: ignore[attr-defined]

    def clean_key(self) -> str:
        return self.cleaned_data["key"] or _free_key(self.cleaned_data.get("name_en", ""))


def _free_key(name: str) -> str:
    """A key made of the name, with a number behind it when another topic has it."""
    key = slugify(name)[:40] or "topic"
    taken = set(Topic.objects.filter(key__startswith=key).values_list("key", flat=True))
    numbered = (f"{key}-{n}" for n in range(2, len(taken) + 3))
    return key if key not in taken else next(free for free in numbered if free not in taken)


class IntoForm(forms.Form):
    """The topic another is merged into."""

    into = forms.ModelChoiceField(
        Topic.objects.none(),
        label=_("Into"),
        empty_label=_("Choose a topic"),
        error_messages={"required": _("Please choose a topic.")},
    )

    def __init__(self, offered: TopicQuerySet, data: Any = None) -> None:
        super().__init__(data)
        self.fields["into"].queryset = offered  # type: ignore[attr-defined]


class PlaceForm(forms.Form):
    """The topic another is to belong to, or none."""

    parent = forms.ModelChoiceField(
        Topic.objects.none(),
        label=_("Belongs to"),
        required=False,
        empty_label=_("Nothing: it stands on its own"),
    )

    def __init__(self, offered: TopicQuerySet, data: Any = None, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["parent"].queryset = offered  # type: ignore[attr-defined]


def cleaned_query(given: Any) -> dict[str, str]:
    """The query parameters that may fill in the form of a new topic, storable."""
    translated = [*languages.fields("name"), *languages.fields("phrases")]
    names = [*translated, "key", "parent", "theme"]
    return {name: storable(given[name]) for name in names if name in given}
