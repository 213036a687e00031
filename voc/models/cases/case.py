"""Cases: customers' answers that somebody has to answer for, with or without words."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib.text import cut
from surveys.models import Customer, Response
from surveys.questions import bands, kinds
from voc.models.cases.rules import CaseRule


class CaseQuerySet(models.QuerySet["Case"]):
    def open(self) -> CaseQuerySet:
        """Cases that wait for us."""
        return self.filter(state=Case.State.OPEN)

    def not_closed(self) -> CaseQuerySet:
        return self.exclude(state=Case.State.CLOSED)

    def closed(self) -> CaseQuerySet:
        return self.filter(state=Case.State.CLOSED)

    def overdue(self, now: datetime) -> CaseQuerySet:
        return self.open().filter(due_at__lte=now)

    def waiting(self) -> CaseQuerySet:
        """Cases that wait for the customer."""
        return self.filter(state=Case.State.WAITING)

    def unassigned(self) -> CaseQuerySet:
        """Cases that nobody looks after: they have no owner, or theirs does not work here now."""
        return self.not_closed().filter(Q(owner=None) | Q(owner__is_active=False))

    def left_by_their_owner(self) -> CaseQuerySet:
        return self.not_closed().filter(owner__is_active=False)

    def owned_by(self, owner: User | int | None) -> CaseQuerySet:
        return self.filter(owner=owner)

    def first_replied_since(self, start: datetime) -> CaseQuerySet:
        return self.filter(first_replied_at__gte=start)

    def closed_since(self, start: datetime) -> CaseQuerySet:
        return self.filter(closed_at__gte=start)

    def opened_by(self, rule: CaseRule | int) -> CaseQuerySet:
        return self.filter(rule=rule)

    def to_escalate(self, now: datetime) -> CaseQuerySet:
        """Overdue cases of which nobody was told yet."""
        return self.overdue(now).filter(escalated_at=None)

    def in_answers_to(self, survey: str) -> CaseQuerySet:
        return self.filter(response__survey__slug=survey)

    def from_band(self, band: str) -> CaseQuerySet:
        """Cases about an NPS score in this band."""
        of_nps = Q(response__survey__kind=kinds.NPS.key)
        return self.filter(of_nps, bands.scored_in(band, "response__score"))

    def about(self, responses: Collection[int]) -> CaseQuerySet:
        return self.filter(response__in=responses)

    def of_customer(self, customer: Customer) -> CaseQuerySet:
        return self.filter(customer=customer)

    def with_everything(self) -> CaseQuerySet:
        """Cases with their answer, customer, owner and words, and the words merged into them."""
        linked = self.select_related("response__survey", "customer", "owner", "rule")
        return linked.prefetch_related("feedback", "merged__feedback")

    def where_they_stand(self) -> CaseQuerySet:
        """These cases, and of merged ones those that they were merged into."""
        stand = self.order_by().annotate(stands_in=Coalesce("merged_into", "pk"))
        return Case.objects.filter(pk__in=stand.values("stands_in"))

    def locked(self) -> CaseQuerySet:
        """Lock the same rows until the transaction ends, in one order for all."""
        rows = Case.objects.filter(pk__in=self.order_by().values("pk"))
        return rows.select_for_update(of=("self",)).order_by("pk")


class Case(models.Model):
    """A case: an answer of a customer that wants one of ours; feedback may belong to it.

    open (waits for us) ⇄ waiting (for the customer) → closed, and open again.
    """

    class State(models.TextChoices):
        OPEN = "open", _("open")
        WAITING = "waiting", _("waiting for the customer")
        CLOSED = "closed", _("closed")

    class Because(models.TextChoices):
        SOLVED = "solved", _("solved")
        ANSWERED = "answered", _("answered")
        NO_ANSWER = "no_answer", _("the customer does not answer")
        NOTHING_TO_DO = "nothing", _("nothing to be done")
        DUPLICATE = "duplicate", _("merged into another case")

    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("customer"),
    )
    response = models.OneToOneField(
        Response,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="case",
        verbose_name=_("response"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="cases",
        verbose_name=_("owner"),
    )
    rule = models.ForeignKey(
        CaseRule,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="cases",
        verbose_name=_("opened by the rule"),
    )
    opened_at = models.DateTimeField(_("opened at"), default=timezone.now)
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("escalated at"), null=True, editable=False)
    first_replied_at = models.DateTimeField(_("first replied at"), null=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, editable=False)
    closed_because = models.CharField(
        _("closed because"), max_length=10, blank=True, choices=Because, editable=False
    )
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="closed", closed_at__isnull=False)
                | Q(~Q(state="closed"), closed_at=None, closed_because=""),
                name="a_closed_case_says_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(state="closed"),
                name="a_merged_case_is_closed",
            ),
        ]
        indexes = [
            models.Index(fields=["-opened_at", "-id"], name="cases_newest_first"),
            models.Index(
                fields=["due_at", "id"], name="cases_by_due_time", condition=~Q(state="closed")
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_closed(self) -> bool:
        return self.state == Case.State.CLOSED

    @property
    def score(self) -> int | None:
        return self.response.score if self.response else None

    @property
    def where_it_stands(self) -> Case:
        """The case itself; or the one that it was merged into."""
        return self.merged_into or self

    @property
    def language_of_its_words(self) -> str:
        first = self.feedback.first()
        return first.language if first else ""

    @property
    def lead(self) -> User | None:
        """Who is told when it is overdue; nobody who has left."""
        lead = self.rule.escalate_to if self.rule else None
        return lead if lead and lead.is_active else None

    @property
    def has_no_owner(self) -> bool:
        """Nobody looks after it: it was given to nobody, or to somebody who has left since."""
        return self.owner is None or not self.owner.is_active

    def is_overdue(self, now: datetime) -> bool:
        return self.state == Case.State.OPEN and self.due_at is not None and self.due_at <= now


class CaseActivity(models.Model):
    """A step of a case: who did what, when, from what to what, and why."""

    class What(models.TextChoices):
        OPEN = "open", _("opened the case")
        ASSIGN = "assign", _("gave it to")
        WAIT = "wait", _("waits for the customer")
        CLOSE = "close", _("closed the case")
        REOPEN = "reopen", _("opened the case again")
        MERGE = "merge", _("merged it into")
        UNMERGE = "unmerge", _("took it apart again")
        DUE = "due", _("set when it is due")
        ESCALATE = "escalate", _("escalated it")

    class Why(models.TextChoices):
        """Why a rule gave a case to nobody, or to somebody else; what the machine writes down."""

        NOBODY_CHOSEN = "rule: nobody", _("the rule gives it to nobody")
        NOBODY_THERE = "rule: away", _("everybody whom the rule names is away or has left")
        NOBODY_READS = "rule: reads", _("nobody who is there reads the customer's language")
        UNKNOWN_OWNER = "rule: unknown", _("the customer's account names no owner we know")
        OWNER_LEFT = "owner left", _("its owner has left")
        OVERDUE = "overdue", _("it is overdue")
        NOBODY_TO_TELL = "overdue: nobody", _("it is overdue, and there is no lead to tell")
        CUSTOMER_ANSWERED = "answered", _("the customer answered")
        NOT_DELIVERED = "bounced", _("our reply could not be delivered")
        UNDONE = "undone", _("undone")

    case = models.ForeignKey(Case, models.CASCADE, related_name="activities")
    # Nobody where a rule or the customer did it: `reason` says which, by a Why where it is ours.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("by")
    )
    what = models.CharField(_("what"), max_length=20, choices=What)
    before = models.CharField(_("before"), max_length=200, blank=True)
    after = models.CharField(_("after"), max_length=200, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    at = models.DateTimeField(_("at"), default=timezone.now)

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of cases")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"


class CaseNote(models.Model):
    """A remark of staff to each other about a case; customers never see it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="notes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, verbose_name=_("by")
    )
    text = models.TextField(_("note"))
    at = models.DateTimeField(_("at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("note on a case")
        verbose_name_plural = _("notes on cases")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return cut(self.text, 60)
