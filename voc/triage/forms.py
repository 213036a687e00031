"""Forms of triage: assigning, dismissing, correcting, and notes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.forms.boundfield import BoundField, BoundWidget
from django.utils.translation import gettext_lazy as _

from voc.models import Feedback, Intent, Note, Sentiment, Topic, Urgency


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
    """A correction of the reading. What is left as it stands is not corrected.

    Beside each topic stands the feeling about it, in a field that topic_rows() brings together.
    """

    sentiment = forms.ChoiceField(
        label=_("Sentiment"), choices=Sentiment.choices, widget=forms.RadioSelect, required=False
    )
    topics = forms.ModelMultipleChoiceField(
        label=_("Topics"),
        queryset=Topic.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    intent = forms.ChoiceField(
        label=_("Intent"), choices=[("", _("none of these")), *Intent.choices], required=False
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"), choices=[("", _("can wait")), *Urgency.choices], required=False
    )

    def __init__(self, feedback: Feedback, data: Any = None) -> None:
        self.before = {tag.topic: tag.sentiment for tag in feedback.tags.all()}
        tagged = [topic.pk for topic in self.before]
        initial = {
            "sentiment": feedback.sentiment,
            "topics": tagged,
            "intent": feedback.intent or "",
            "urgency": feedback.urgency or "",
        }
        super().__init__(data, initial=initial)
        offered = Topic.objects.in_use_or_among(tagged)
        self.fields["topics"].queryset = offered  # type: ignore[attr-defined]
        for topic in offered:
            self.fields[_about(topic.pk)] = _feeling_about(topic, self.before.get(topic))

    def topic_rows(self) -> Iterator[tuple[BoundWidget, BoundField]]:
        for box in self["topics"]:
            yield box, self[_about(box.data["value"].value)]

    def has_said(self, *names: str) -> bool:
        """Tell whether one of these fields was filled in, and otherwise than it stood."""
        return any(name in self.data and name in self.changed_data for name in names)

    def signs(self) -> dict[str, str | None]:
        return {name: self.cleaned_data[name] or None for name in ("intent", "urgency")}

    def feelings(self) -> dict[Topic, str | None]:
        """The chosen topics with the feeling about each; as before where none is given."""
        return {topic: self._feeling(topic) for topic in self.cleaned_data["topics"]}

    def _feeling(self, topic: Topic) -> str | None:
        name = _about(topic.pk)
        return self.cleaned_data[name] or None if name in self.data else self.before.get(topic)


def _about(pk: int) -> str:
    return f"about_{pk}"


def _feeling_about(topic: Topic, sentiment: str | None) -> forms.ChoiceField:
    label = _("Sentiment about %(topic)s") % {"topic": topic}
    return forms.ChoiceField(
        choices=[("", _("as about the whole")), *Sentiment.choices],
        initial=sentiment or "",
        required=False,
        widget=forms.Select({"aria-label": label}),
    )


class NoteForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Note
        fields = ["text"]
        labels = {"text": _("Note")}
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}
        error_messages = {"text": {"required": _("Please write a few words.")}}
