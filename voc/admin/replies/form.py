"""The form of a reply: language, subject, text. A draft may be anything; what is sent may not."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.storable import storable
from voc.models import Case, CustomerMail, Draft
from voc.models.replies import LONGEST_SUBJECT
from voc.replies import thread
from voc.replies.merge_fields import fields_for, fill
from voc.replies.write import Words

LONGEST_BODY = 20_000


class ReplyForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), choices=languages.CHOICES)
    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT, required=False)
    body = forms.CharField(
        label=_("Text"),
        max_length=LONGEST_BODY,
        required=False,
        widget=forms.Textarea({"rows": 10}),
    )
    # What the thread and the draft were when the writer looked: whatever came later is not lost.
    thread_mark = forms.CharField(widget=forms.HiddenInput, required=False)
    saved = forms.CharField(widget=forms.HiddenInput, required=False)

    def clean_subject(self) -> str:
        return " ".join(str(storable(self.cleaned_data["subject"])).split())

    def clean_body(self) -> str:
        return str(storable(self.cleaned_data["body"])).replace("\r\n", "\n")

    @property
    def words(self) -> Words:
        data = self.cleaned_data
        return Words(data["subject"], data["body"], data["language"])

    def may_be_sent(self, case: Case, by: User) -> bool:
        """Whether it can go out as it is; the reasons stand at the fields."""
        words = self.words
        if not words.subject:
            self.add_error("subject", gettext("Please write a subject."))
        if not words.body.strip():
            self.add_error("body", gettext("Please write an answer."))
        return not self.errors and not self.fill_in(case, by)

    def fill_in(self, case: Case, by: User) -> bool:
        """Fill in merge fields that were typed; True where the writer has to look at it."""
        said = thread.words_to_answer(case)
        fields = fields_for(case, by=by, said=said, language=self.words.language)
        remarks = []
        for name in ("subject", "body"):
            text = self.cleaned_data.get(name, "")
            filled = fill(text, fields)
            self.cleaned_data[name] = filled.text
            remarks += [(name, remark) for remark in filled.remarks]
        self.data = {**{name: self.data.get(name) for name in self.data}, **self.cleaned_data}
        for name, remark in remarks:
            self.add_error(name, remark)
        return bool(remarks)


def begun(draft: Draft | None, *, case: Case | None, seen: str, language: str) -> ReplyForm:
    """The form as this person left it, or with a subject to begin with."""
    if draft:
        words: dict[str, Any] = {
            "language": draft.language,
            "subject": draft.subject,
            "body": draft.body,
        }
    else:
        words = {"language": language, "subject": first_subject(case, language)}
    return ReplyForm(initial={**words, "thread_mark": seen, "saved": version(draft)})


def version(draft: Draft | None) -> str:
    return draft.saved_at.isoformat() if draft else ""


def first_subject(case: Case | None, language: str) -> str:
    """The subject of the customer's last mail, so that programs keep the thread together."""
    mails = CustomerMail.objects.joined(case).written_by_people() if case else None
    last = mails.exclude(subject="").first() if mails is not None else None
    if last is None:
        with override(language):
            return gettext("About what you told us")
    is_answer = last.subject.lower().startswith("re:")
    return last.subject if is_answer else f"Re: {last.subject}"[:LONGEST_SUBJECT]
