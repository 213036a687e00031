"""The page between a rule's form and its being saved: what it would have opened."""

from __future__ import annotations

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext

from lib.access.shown import may_see
from lib.admin_base import DeskAdmin, Quotes, person_at
from surveys.models import Customer
from voc.admin.case_rules import wording
from voc.cases.trial import Trial
from voc.models import CaseRule, Feedback

NOT_POSTED_AGAIN = {"csrfmiddlewaretoken", "asked", "everything"}


def trial_page(
    desk: DeskAdmin, request: HttpRequest, rule: CaseRule, trial: Trial, *, insists: bool
) -> HttpResponse:
    """Ask before a rule is saved. Whoever `insists` is about to switch on one that fits all."""
    again = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in NOT_POSTED_AGAIN
        for value in values
    ]
    if insists:
        again.append(("everything", "yes"))
    return desk.ask_first(
        request,
        title=_title(trial),
        sentences=list(_sentences(rule, trial)),
        quotes=_quotes(request, trial),
        again=again,
        button=_button(rule, insists=insists),
        template="voc/caserule/trial.html",
        keep=gettext("Back, without saving"),
        asked="on" if insists and not rule.is_on else "yes",
        may_switch_on=not rule.is_on and not insists,
        is_wide=True,
    )


def _button(rule: CaseRule, *, insists: bool) -> str:
    if insists:
        return gettext("Yes, every answer")
    return gettext("Save it") if rule.is_on else gettext("Save it, switched off")


def _title(trial: Trial) -> str:
    words = ngettext(
        "It would have opened %(n)d case in the last 30 days",
        "It would have opened %(n)d cases in the last 30 days",
        trial.opened,
    )
    return words % {"n": trial.opened}


def _sentences(rule: CaseRule, trial: Trial) -> Iterator[str]:
    yield gettext("It asks for: %(conditions)s.") % {"conditions": wording.conditions(rule)}
    words = ngettext(
        "%(n)d answer that can have a case came in that time.",
        "%(n)d answers that can have a case came in that time.",
        trial.answers,
    )
    yield words % {"n": trial.answers}
    if trial.taken_before:
        words = ngettext(
            "%(n)d more fits, and goes to a rule that is asked before.",
            "%(n)d more fit, and go to rules that are asked before.",
            trial.taken_before,
        )
        yield words % {"n": trial.taken_before}
    if trial.fits_everything or rule.is_without_conditions:
        yield gettext(
            "Beware: this rule fits every answer. Each one will open a case, praise as well."
        )


def _quotes(request: HttpRequest, trial: Trial) -> Quotes:
    user = person_at(request)
    words, customer = may_see(user, Feedback), may_see(user, Customer)
    lines = [wording.answer(each, words=words, customer=customer) for each in trial.newest]
    more = trial.opened - len(trial.newest)
    return Quotes(gettext("The newest of them:"), lines, max(0, more))
