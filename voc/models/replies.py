"""Replies: our answers to a customer by mail, their drafts, and what the customer writes back."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.mail.outbox import OutboxMail, OutboxQuerySet
from lib.text import cut
from voc.models.cases import Case
from voc.models.feedback import Feedback

LONGEST_SUBJECT = 200
LONGEST_FILE_NAME = 100


class ReplyTemplateQuerySet(models.QuerySet["ReplyTemplate"]):
    def best_first(self, language: str) -> list[ReplyTemplate]:
        """All templates, those in this language first."""
        return sorted(self, key=lambda template: (template.language != language, template.name))


class ReplyTemplate(models.Model):
    """A reply to begin with; {name}, {company}, {their_words} and {agent} are filled in."""

    name = models.CharField(_("name"), max_length=100)
    language = models.CharField(
        _("language"), max_length=2, choices=languages.CHOICES, default=languages.DEFAULT
    )
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT, blank=True)
    body = models.TextField(_("text"), max_length=20_000)

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")
        ordering = ["name", "language"]
        constraints = [
            models.UniqueConstraint(
                "name",
                "language",
                name="one_reply_template_of_a_name_in_each_language",
                violation_error_message=_("There is a template of this name in this language."),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, case: Case | int, by: User) -> DraftQuerySet:
        return self.filter(case=case, by=by)

    def of_others(self, case: Case | int, by: User) -> DraftQuerySet:
        return self.filter(case=case).exclude(by=by).select_related("by")


class Draft(models.Model):
    """What somebody has begun to answer: one for each person and case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="drafts")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    language = models.CharField(max_length=2, choices=languages.CHOICES, default=languages.DEFAULT)
    subject = models.CharField(max_length=LONGEST_SUBJECT, blank=True)
    body = models.TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = DraftQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        ordering = ["saved_at", "pk"]
        constraints = [
            models.UniqueConstraint("case", "by", name="one_draft_for_each_person_and_case")
        ]

    def __str__(self) -> str:
        return cut(self.body, 60)


class ReplyQuerySet(OutboxQuerySet["Reply"]):
    def in_thread(self, case: Case | int) -> ReplyQuerySet:
        """Replies in this case and in those that were merged into it."""
        return self.filter(Q(case=case) | Q(case__merged_into=case))

    def send_again(self, now: datetime) -> int:
        """As for every mail; and when it is out, the case is told once more."""
        self.failed().update(told_at=None)
        return super().send_again(now)

    def not_told(self) -> ReplyQuerySet:
        """Replies that went out, of which the case does not know yet."""
        return self.sent().filter(told_at=None)


class Reply(OutboxMail):
    """Our answer to a customer, written in a case: a mail of the outbox.

    It leaves some seconds after Send was pressed. Until then it can be a draft again.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="replies", verbose_name=_("case"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        related_name="replies",
        verbose_name=_("by"),
    )
    language = models.CharField(_("language"), max_length=2, choices=languages.CHOICES)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT)
    body = models.TextField(_("text"))
    # What it answers, if that is quoted: each of a customer's words comes back to them once.
    quoted = models.ForeignKey(
        Feedback, models.SET_NULL, null=True, related_name="+", verbose_name=_("quoted")
    )
    written_at = models.DateTimeField(_("written at"), default=timezone.now)
    told_at = models.DateTimeField(null=True, editable=False)  # when the case was told

    objects = ReplyQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply")
        verbose_name_plural = _("replies")
        ordering = ["-written_at", "-pk"]
        indexes = [
            models.Index("send_after", name="replies_waiting", condition=Q(outcome=None)),
            models.Index(
                "id", name="replies_to_tell_of", condition=Q(outcome="sent", told_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def may_be_undone(self) -> bool:
        """It has not left: nobody has handed it to a mail server."""
        return self.handed_at is None and self.outcome is None

    def bounce(self, reason: str, now: datetime) -> None:
        """A mail server took it, and says now that it could not be delivered."""
        refused = Reply.Outcome.REFUSED
        self._row().update(outcome=refused, reason=reason[:300], settled_at=now)


class Attachment(models.Model):
    """A file that goes along with a reply, in the database so that any worker can send it."""

    draft = models.ForeignKey(Draft, models.CASCADE, null=True, related_name="attachments")
    reply = models.ForeignKey(Reply, models.CASCADE, null=True, related_name="attachments")
    name = models.CharField(max_length=LONGEST_FILE_NAME)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        default_permissions = ()
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(draft=None, reply__isnull=False) | Q(draft__isnull=False, reply=None),
                name="an_attachment_is_of_a_draft_or_of_a_reply",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CustomerMailQuerySet(models.QuerySet["CustomerMail"]):
    def in_thread(self, case: Case | int) -> CustomerMailQuerySet:
        """Mails of this case and of those merged into it, and those that only say to be."""
        merged = Q(says_case=case) | Q(says_case__merged_into=case)
        return self.filter(_is_of(case) | merged)

    def joined(self, case: Case | int) -> CustomerMailQuerySet:
        return self.filter(_is_of(case))

    def written_by_people(self) -> CustomerMailQuerySet:
        return self.filter(kind=CustomerMail.Kind.LETTER)


def _is_of(case: Case | int) -> Q:
    """A mail belongs to a case by itself, or because staff have put its words there."""
    by_words = Q(feedback__case=case) | Q(feedback__case__merged_into=case)
    return Q(case=case) | Q(case__merged_into=case) | by_words


class CustomerMail(models.Model):
    """A mail that came in. The files attached to it are named and not kept."""

    class Kind(models.TextChoices):
        LETTER = "letter", _("written by a person")
        AUTOMATIC = "automatic", _("automatic reply")
        BOUNCE = "bounce", _("could not be delivered")
        OWN = "own", _("our own mail, come back")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.LETTER)
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, related_name="mails", verbose_name=_("case")
    )
    # The case it says to belong to, where another address wrote it: staff decide.
    says_case = models.ForeignKey(
        Case, models.SET_NULL, null=True, related_name="+", verbose_name=_("says to be about")
    )
    feedback = models.OneToOneField(
        Feedback, models.SET_NULL, null=True, related_name="mail", verbose_name=_("feedback")
    )
    message_id = models.CharField(_("Message-ID"), max_length=300, unique=True)
    from_address = models.CharField(_("from"), max_length=254, blank=True)
    from_name = models.CharField(_("name"), max_length=200, blank=True)
    subject = models.CharField(_("subject"), max_length=LONGEST_SUBJECT, blank=True)
    text = models.TextField(_("what they wrote"), blank=True)
    whole_text = models.TextField(_("the whole mail"), blank=True)
    headers = models.JSONField(_("headers"), default=list)  # [[name, value], …] as they came
    attachments = models.JSONField(_("attached"), default=list)  # [[file name, bytes], …]
    notes = models.JSONField(_("notes"), default=list)  # [[note, what it is about], …]
    received_at = models.DateTimeField(_("received at"), default=timezone.now)

    objects = CustomerMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer's mail")
        verbose_name_plural = _("customers' mails")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["-received_at", "-id"], name="customer_mails_newest_first"),
        ]

    def __str__(self) -> str:
        return self.subject or f"#{self.pk}"
