"""What staff write on the desk."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from lib.storable import storable
from voc.models import Feedback, Note, Sentiment, Topic

LONGEST_PHRASE = 60
PHRASES_HELP = _("One a line, as customers would write it. Eight or more find most.")


class DismissForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("For your colleagues; the customer never sees it."),
        error_messages={"required": _("Please say why, in a few words.")},
    )


class AssignForm(forms.Form):
    to = forms.ModelChoiceField(
        label=_("Owner"),
        queryset=User.objects.none(),
        empty_label=_("Choose a person"),
        error_messages={"required": _("Please choose who looks after it.")},
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        staff = User.objects.filter(is_staff=True, is_active=True)
        self.fields["to"].queryset = staff.order_by("username")  # type: ignore[attr-defined]


class SentimentForm(forms.Form):
    sentiment = forms.ChoiceField(
        label=_("Sentiment"),
        choices=Sentiment.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose a sentiment.")},
    )


class CorrectionForm(forms.Form):
    """How it should have been read. What is left as it stands is not a correction."""

    sentiment = forms.ChoiceField(
        label=_("Sentiment"), choices=Sentiment.choices, widget=forms.RadioSelect, required=False
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"),
        queryset=Topic.objects.all(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    @classmethod
    def showing(cls, feedback: Feedback, data: Any = None) -> CorrectionForm:
        there = [tag.topic_id for tag in feedback.tags.all()]
        return cls(data, initial={"sentiment": feedback.sentiment, "topics": there})


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Note
        fields = ["text"]
        labels = {"text": _("Note")}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"text": {"required": _("Please write a few words.")}}


class PhrasesField(forms.Field):
    """A list, written one a line."""

    widget = forms.Textarea

    def __init__(self, *, encoder: Any = None, decoder: Any = None, **options: Any) -> None:
        """Made from a JSONField, which brings a coder: there is nothing here to code."""
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:
        lines = (" ".join(line.split()) for line in storable(str(value or "")).splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        for phrase in value:
            if len(phrase) > LONGEST_PHRASE:
                raise forms.ValidationError(
                    _(
                        "“%(phrase)s…” is too long to be found in what people say: please keep "
                        "phrases within %(limit)d characters, one a line."
                    ),
                    params={"phrase": phrase[:20], "limit": LONGEST_PHRASE},
                )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


class TopicForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Topic
        fields = ["key", "name_ja", "name_en", "phrases_ja", "phrases_en", "archived"]
        help_texts = {
            "key": _("For staff and programs; it cannot be changed later."),
            "phrases_ja": PHRASES_HELP,
            "phrases_en": PHRASES_HELP,
            "archived": _("What was found to be about it stays so."),
        }

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        silent = not any(said.get(name) for name in ("archived", "phrases_ja", "phrases_en"))
        if silent and not self.errors:
            raise forms.ValidationError(
                _(
                    "Without a phrase nothing is ever found to be about this topic. Please write "
                    "at least one, in either language; eight or more find most."
                )
            )
        return said
