"""What staff write about topics: names, phrases, and where they belong."""

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
TAKEN = _(
    "Another topic has this name, and nobody could tell them apart. Please choose another name, or "
    "add the phrases to that topic."
)
SILENT = _(
    "Without a phrase nothing is ever found to be about this topic. Please write at least one, in "
    "either language; eight or more find most."
)


class PhrasesField(forms.Field):
    """A list, written one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = (" ".join(line.split()) for line in storable(str(value or "")).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        if len(value) > MOST_PHRASES:
            told = _("These are %(n)d phrases: please keep to the %(limit)d that find most.")
            raise forms.ValidationError(told, params={"n": len(value), "limit": MOST_PHRASES})
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
            raise forms.ValidationError(SILENT)
        return cleaned

    @property
    def written_phrases(self) -> dict[str, list[str]]:
        """What a valid form has, by language."""
        return {code: self.cleaned_data[f"phrases_{code}"] for code in languages.LANGUAGES}


class NamesForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Topic
        fields = languages.fields("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for field in languages.fields("name"):
            if self._is_taken(field, cleaned.get(field)):
                self.add_error(field, TAKEN)
        return cleaned

    def _is_taken(self, field: str, name: str | None) -> bool:
        """Whether another topic has this name; one that is left as it was is never refused."""
        if not name or field not in self.changed_data:
            return False
        namesakes = Topic.objects.in_use().filter(**{f"{field}__iexact": name})
        return namesakes.exclude(pk=self.instance.pk).exists()


class NewTopicForm(PhrasesForm, NamesForm):
    """Its phrases are tried out before it is found by them, like every change of phrases."""

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
    """From the name, with a number behind it when another topic is called so."""
    key = slugify(name)[:40] or "topic"
    taken = set(Topic.objects.filter(key__startswith=key).values_list("key", flat=True))
    numbered = (f"{key}-{n}" for n in range(2, len(taken) + 3))
    return key if key not in taken else next(each for each in numbered if each not in taken)


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
    """What a topic belongs to."""

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
    """What an address may fill in of a new topic."""
    translated = [*languages.fields("name"), *languages.fields("phrases")]
    names = [*translated, "key", "parent", "theme"]
    return {name: storable(given[name]) for name in names if name in given}
