"""The forms of the customers' pages: answers and feedback, read strictly and kindly."""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime
from typing import Any, Self

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lib import tokens
from lib.addresses import AddressFormField
from lib.storable import storable
from surveys.models import AddressClaim, ClaimedAddress, Survey, Wording
from surveys.responses.asked import Asked
from surveys.responses.bot_detection import HumanSigns

LONGEST_COMMENT = 10_000  # characters
KEY = re.compile("[0-9a-f]{32}")


class SharedField(forms.Field):
    """A field of which all forms share the one: nobody changes it, so it need not be copied."""

    def __deepcopy__(self, memo: Any) -> Self:
        return self


class WordsField(SharedField, forms.CharField):
    """A field for free text: what no database keeps is dropped, and nothing else."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=LONGEST_COMMENT, **options)
        self.error_messages["required"] = _("Please write a few words.")
        self.error_messages["max_length"] = _(
            "This has %(show_value)d characters and we can keep %(limit_value)d. "
            "Please shorten it; nothing you wrote is lost."
        )

    def to_python(self, value: Any) -> Any:
        return super().to_python(storable(value))


class SignsForm(forms.Form):
    """The base of forms that come from a link in a mail: with the signs of a human, and a stamp."""

    stamped_for = ""  # what the stamp is for, of this form only

    @cached_property
    def signs(self) -> HumanSigns:
        # Unchecked: a fault in a field that nobody sees could not be explained to anybody.
        return HumanSigns(
            touched=bool(self.data.get("touched")),
            scripted=bool(self.data.get("scripted")),
            asked_again_at=self._asked_again_at(self.data.get("again", "")),
        )

    def stamp(self, now: datetime) -> str:
        """Proof of when this page first asked for one more press.

        A press that came too fast keeps its stamp: an impatient thumb need not start again.
        """
        first = self.signs.asked_again_at or now
        return tokens.make(self.stamped_for, int(first.timestamp()))

    def _asked_again_at(self, stamp: str) -> datetime | None:
        seconds = tokens.read(self.stamped_for, stamp) if stamp else None
        return datetime.fromtimestamp(seconds, UTC) if seconds is not None else None


class AnswerForm(SignsForm):
    """A score, the reason for it, and the signs of a human for the bot detection."""

    CHOOSE = _("Please choose a number from %(lowest)d to %(highest)d.")
    OFF = _("That is not on the scale. Please choose a number from %(lowest)d to %(highest)d.")

    score = SharedField(required=False)
    comment = WordsField(required=False)

    def __init__(self, *args: Any, asked: Asked, **options: Any) -> None:
        super().__init__(*args, **options)
        self.asked, self.stamped_for = asked, f"again.{asked.invitation}"

    def clean_score(self) -> int:
        """A number on the survey's scale, as it stands there."""
        scale, said = self.asked.survey.its_kind.scale or range(0), self.cleaned_data["score"]
        if said in map(str, scale):
            return int(said)
        ends = {"lowest": scale[0], "highest": scale[-1]}
        raise forms.ValidationError(self.OFF if said else self.CHOOSE, params=ends)


class ClaimForm(SignsForm):
    """Yes or no to one of the claims of an address: `yes` or `no` is the claim's id."""

    def __init__(self, *args: Any, claimed: ClaimedAddress, **options: Any) -> None:
        super().__init__(*args, **options)
        self.claimed, self.stamped_for = claimed, f"again.claim.{claimed.pk}"
        self.open_claims = list(claimed.claims.open().select_related("response"))

    @property
    def claim(self) -> AddressClaim | None:
        """The claim decided about; None where none is (any more)."""
        said = self.data.get("yes") or self.data.get("no")
        return next((claim for claim in self.open_claims if str(claim.pk) == said), None)

    @property
    def is_confirmed(self) -> bool:
        return bool(self.data.get("yes"))


class FeedbackForm(forms.Form):
    """Feedback in words and, for those who want to hear what came of it, an address."""

    words = WordsField()
    email = AddressFormField(required=False)
    # No person sees it, and no browser knows it, to fill it in for one; robots fill in everything.
    leave_empty = forms.CharField(required=False)

    def __init__(self, *args: Any, survey: Survey, **options: Any) -> None:
        super().__init__(*args, **options)
        self.survey = survey

    @property
    def asked_with(self) -> Wording | None:
        """The wording that the page says it showed; None for a page that names none we know."""
        key = self.data.get("wording", "")
        return self.survey.wordings.shown_as(key) if key else None

    def wording(self, language: str) -> Wording:
        """The words to show: sent back with a fault in it, a page keeps its own."""
        return self.asked_with or self.survey.wording(language)

    @property
    def is_a_robots(self) -> bool:
        return bool(self.data.get("leave_empty"))

    @cached_property
    def key(self) -> str:
        """The key of this form as it was shown; "" where another program posted without one."""
        posted = str(self.data.get("form_key", ""))
        if KEY.fullmatch(posted):
            return posted
        return "" if self.is_bound else secrets.token_hex(16)
