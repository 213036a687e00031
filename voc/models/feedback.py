"""Feedback: what a customer said, its reading, and its status in triage."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import languages, search
from lib.claims import Work, WorkQuerySet
from lib.database.among import among
from lib.text import cut
from surveys.models import Customer, Response
from surveys.questions import bands, kinds, nps
from voc.models.cases import Case
from voc.models.choices import Abuse, By, Intent, Sentiment, Urgency, priority_among
from voc.models.embeddings import without_embedding
from voc.models.tags import Tag
from voc.models.topics import Topic
from voc.nlp.quoted_mail import without_quotes

# With warm words, many give a 5 or 6 and mean well; below the middle nobody does.
BELOW_THE_MIDDLE = range(5)
SCORE, OF_NPS = "response__score", Q(response__survey__kind=kinds.NPS.key)


class FeedbackQuerySet(WorkQuerySet["Feedback"]):
    def to_analyze(self) -> FeedbackQuerySet:
        return self.filter(analyzed_at=None).worth_trying()

    def set_aside(self) -> FeedbackQuerySet:
        """Feedback tried too often: something in it stops the reader. Staff look at these."""
        return self.filter(analyzed_at=None).tried_too_often()

    def claim(self, now: datetime, size: int) -> list[Feedback]:
        """Lease up to `size` items to analyze, the oldest first; what is new before what failed."""
        waiting = self.to_analyze().order_by("attempts", "pk")
        return self.lease(waiting, now, size, only=["text"])

    def queue_for_analysis(self) -> int:
        """Ask for (another) analysis, of set-aside items too. What a person corrected stays."""
        return self.update(analyzed_at=None, attempts=0, claimed_until=None)

    def to_reanalyze(self, below: int | None) -> FeedbackQuerySet:
        """All but what was set aside, the newest first: ids below this one, or from the top."""
        rest = self.filter(pk__lt=below) if below is not None else self
        return rest.filter(Q(attempts__lt=Feedback.MOST_ATTEMPTS) | ~Q(analyzed_at=None)).order_by(
            "-pk"
        )

    def open(self) -> FeedbackQuerySet:
        """Feedback that still wants somebody: all with a priority, one range of an index."""
        return self.filter(priority__gt=0)

    def checked(self) -> FeedbackQuerySet:
        """Feedback of which a person has confirmed or corrected the whole reading, signs aside."""
        return self.filter(sentiment_by=By.PERSON, topics_by=By.PERSON)

    def corrected(self) -> FeedbackQuerySet:
        """Feedback of which a person has said anything about the reading."""
        reading = Q(sentiment_by=By.PERSON) | Q(topics_by=By.PERSON)
        return self.filter(reading | Q(signs_by=By.PERSON) | Q(abuse_by=By.PERSON))

    def examples_in(self, language: str) -> FeedbackQuerySet:
        """Training examples: a person has said how the feedback feels or what it is about."""
        by_person = Q(sentiment_by=By.PERSON) | Q(topics_by=By.PERSON)
        return self.filter(by_person, language=language)

    def unchecked(self) -> FeedbackQuerySet:
        """Analyzed feedback of which nobody has checked the whole reading."""
        read = self.exclude(analyzed_at=None).exclude(sentiment=None)
        return read.exclude(sentiment_by=By.PERSON, topics_by=By.PERSON)

    def known_as(self, channel: str, external_ids: Collection[str]) -> FeedbackQuerySet:
        return self.filter(channel=channel, external_id__in=among(external_ids))

    def from_responses(self, responses: Collection[int]) -> FeedbackQuerySet:
        return self.filter(response__in=responses)

    def without_embedding(self) -> FeedbackQuerySet:
        """Analyzed feedback that no embedding was asked for yet, the newest first."""
        return self.filter(without_embedding()).exclude(analyzed_at=None).order_by("-pk")

    def locked(self) -> FeedbackQuerySet:
        """Lock the same rows until the transaction ends, in one order for all.

        By id, because a list that is joined or made distinct cannot be locked.
        """
        rows = Feedback.objects.filter(pk__in=self.order_by().values("pk"))
        return rows.select_for_update(of=("self",)).order_by("pk")

    def about(self, topic: Topic) -> FeedbackQuerySet:
        return self.filter(tags__topic=topic)

    def tagged_by_people(self, topic: Topic) -> FeedbackQuerySet:
        return self.filter(tags__topic=topic, tags__by=By.PERSON)

    def not_about(self, topic: Topic) -> FeedbackQuerySet:
        return self.exclude(pk__in=self.about(topic).values("pk"))

    def that_may_be_about(self, topic: Topic) -> FeedbackQuerySet:
        """Feedback tagged with the topic, and feedback with one of its phrases in the text."""
        found = Q(pk__in=self.about(topic).values("pk"))
        for phrase in chain.from_iterable(topic.phrases.values()):
            found |= search.holding(["search_text"], phrase)
        return self.filter(found)

    def in_status(self, status: str) -> FeedbackQuerySet:
        return self.filter(status=status)

    def owned_by(self, owner: User | int | None) -> FeedbackQuerySet:
        return self.filter(owner=owner)

    def with_sentiment(self, sentiment: str | None) -> FeedbackQuerySet:
        """Feedback that feels so; with None, what waits for the reader and what it cannot read,
        by an index of each."""
        if sentiment is None:
            waiting, unreadable = Q(analyzed_at=None), Q(analyzed_at__isnull=False)
            return self.filter(waiting & Q(sentiment=None) | unreadable & Q(sentiment=None))
        return self.filter(sentiment=sentiment)

    def with_intent(self, intent: str | None) -> FeedbackQuerySet:
        return self.filter(intent=intent)

    def urgent(self, urgency: str | None = None) -> FeedbackQuerySet:
        """Feedback of this urgency, or of any."""
        return self.filter(urgency=urgency) if urgency else self.exclude(urgency=None)

    def abusive(self) -> FeedbackQuerySet:
        """Feedback that abuses people at work."""
        return self.exclude(abuse=None)

    def contradicting(self) -> FeedbackQuerySet:
        """Feedback of which the NPS score says one thing and the words another."""
        displeased = Q(bands.scored_in(nps.PROMOTER, SCORE), sentiment=Sentiment.NEGATIVE)
        pleased = Q(sentiment=Sentiment.POSITIVE, response__score__in=BELOW_THE_MIDDLE)
        return self.filter(OF_NPS, displeased | pleased)

    def with_topic(self, key: str) -> FeedbackQuerySet:
        """Feedback about this topic, or about one that belongs to it."""
        topics = list(Topic.objects.counting_for(key).values_list("pk", flat=True))
        return self.filter(Exists(Tag.objects.filter(feedback=OuterRef("pk"), topic__in=topics)))

    def from_band(self, band: str) -> FeedbackQuerySet:
        """Feedback with an NPS score in this band."""
        return self.filter(OF_NPS, bands.scored_in(band, SCORE))

    def by_channel(self, channel: str) -> FeedbackQuerySet:
        return self.filter(channel=channel)

    def in_language(self, language: str) -> FeedbackQuerySet:
        return self.filter(language=language)

    def received_since(self, start: datetime) -> FeedbackQuerySet:
        return self.filter(received_at__gte=start)

    def received_between(self, start: datetime, end: datetime) -> FeedbackQuerySet:
        return self.filter(received_at__gte=start, received_at__lt=end)

    def in_answers_to(self, survey: str) -> FeedbackQuerySet:
        return self.filter(response__survey__slug=survey)

    def with_everything(self) -> FeedbackQuerySet:
        tags = Tag.objects.select_related("topic").order_by("start", "pk")
        linked = self.select_related(
            "response__survey", "response__address_claim__claimed", "owner", "customer"
        )
        return linked.prefetch_related(Prefetch("tags", tags))

    def as_listed(self) -> FeedbackQuerySet:
        """Feedback with no more than a line of a list shows: most columns are as long as it."""
        tags = Tag.objects.select_related("topic").order_by("start", "pk")
        names = [f"topic__{field}" for field in languages.fields("name")]
        linked = self.select_related(None).select_related("response__survey", "owner")
        long = ("raw", "search_text", "response__comment", "response__search_text")
        named = Prefetch("tags", tags.only("feedback", "sentiment", *names))
        return linked.defer(*long).prefetch_related(None).prefetch_related(named)


class Feedback(Work):
    """A piece of feedback: something a customer said, whichever way it reached us."""

    class Channel(models.TextChoices):
        SURVEY = "survey", _("survey")
        FORM = "form", _("feedback form")
        REVIEW = "review", _("review")
        SUPPORT = "support", _("support")
        SOCIAL = "social", _("social media")
        MEETING = "meeting", _("meeting")
        OTHER = "other", _("other")

    class Status(models.TextChoices):
        NEW = "new", _("new")
        TAKEN = "taken", _("taken")
        PLANNED = "planned", _("fix planned")
        DONE = "done", _("fix shipped")
        DISMISSED = "dismissed", _("dismissed")

    OPEN = [Status.NEW, Status.TAKEN]
    # The order of what is open: what cannot wait first, the most pressing before all.
    MOST_PRESSING_FIRST = ["priority", "-received_at", "-pk"]

    text = models.TextField(_("what they said"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel)
    external_id = models.CharField(_("id at the source"), max_length=200, null=True, blank=True)
    customer = models.ForeignKey(
        Customer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="feedback",
        verbose_name=_("customer"),
    )
    response = models.OneToOneField(
        Response,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="feedback",
        verbose_name=_("response"),
    )
    case = models.ForeignKey(
        Case,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="feedback",
        verbose_name=_("case"),
    )
    raw = models.JSONField(_("as it came"), default=dict, blank=True, editable=False)
    received_at = models.DateTimeField(_("received at"), default=timezone.now)

    language = models.CharField(_("language"), max_length=10, blank=True)
    sentiment = models.CharField(
        _("sentiment"), max_length=10, null=True, blank=True, choices=Sentiment
    )
    sentiment_by = models.CharField(max_length=10, choices=By, default=By.MACHINE, editable=False)
    topics_by = models.CharField(max_length=10, choices=By, default=By.MACHINE, editable=False)
    signs_by = models.CharField(max_length=10, choices=By, default=By.MACHINE, editable=False)
    feelings = models.JSONField(default=list, blank=True, editable=False)
    intent = models.CharField(_("intent"), max_length=10, null=True, editable=False, choices=Intent)
    urgency = models.CharField(
        _("urgency"), max_length=10, null=True, editable=False, choices=Urgency
    )
    abuse = models.CharField(_("abuse"), max_length=15, null=True, editable=False, choices=Abuse)
    abuse_by = models.CharField(max_length=10, choices=By, default=By.MACHINE, editable=False)
    # The words that show these: [[intent, urgency or kind of abuse, start, end], …].
    signs = models.JSONField(default=list, blank=True, editable=False)
    analyzed_at = models.DateTimeField(_("analyzed at"), null=True, editable=False)
    analyzer = models.CharField(_("analyzed by"), max_length=40, blank=True, editable=False)

    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="feedback",
        verbose_name=_("owner"),
    )
    priority = models.GeneratedField(
        expression=priority_among(OPEN),
        output_field=models.PositiveSmallIntegerField(null=True),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=search.Folded("text"), output_field=models.TextField(), db_persist=True
    )
    # By what else it is found than by the text, written with its reading: a line for each word,
    # which begins with the word as it stands there (遅かった 遅い おそい おそかった). All folded.
    search_words = models.TextField(null=True, editable=False)
    topics: Any = models.ManyToManyField(Topic, through="Tag", verbose_name=_("topics"))

    objects = FeedbackQuerySet.as_manager()

    looked_for = ""  # the words of a search that found it, for its line

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        permissions = [("lead_feedback", _("Can be handed feedback that abuses people"))]
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "channel",
                "external_id",
                name="take_in_each_outside_item_once",
                condition=Q(external_id__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                "attempts", "id", name="feedback_to_analyze", condition=Q(analyzed_at=None)
            ),
            models.Index(fields=["status", "-received_at"], name="feedback_by_status"),
            models.Index(
                fields=["case"], name="feedback_of_a_case", condition=Q(case__isnull=False)
            ),
            models.Index(fields=["-received_at", "-id"], name="feedback_newest_first"),
            models.Index(fields=["priority", "-received_at", "-id"], name="feedback_by_priority"),
            models.Index(
                fields=["-received_at", "-id"],
                name="feedback_unreadable",
                condition=Q(analyzed_at__isnull=False, sentiment=None),
            ),
            models.Index(
                fields=["-received_at", "-id"],
                name="feedback_in_no_language",
                condition=Q(language="unknown"),
            ),
            # Few have an urgency, and most answer a survey: none is written while one is answered.
            models.Index(
                fields=["urgency", "-received_at", "-id"],
                name="feedback_by_urgency",
                condition=Q(urgency__isnull=False),
            ),
            models.Index(
                fields=["abuse", "-received_at", "-id"],
                name="feedback_that_abuses",
                condition=Q(abuse__isnull=False),
            ),
            models.Index(
                fields=["channel", "-received_at", "-id"],
                name="feedback_by_channel",
                condition=~Q(channel="survey"),
            ),
        ]

    def __str__(self) -> str:
        return cut(self.text, 60)

    @property
    def score(self) -> int | None:
        return self.response.score if self.response else None

    @property
    def band(self) -> str | None:
        return self.response.band if self.response else None

    @property
    def contradicts(self) -> bool:
        """The score says one thing and the words another; only NPS scores are judged."""
        if self.sentiment == Sentiment.NEGATIVE:
            return self.band == nps.PROMOTER
        low = self.band is not None and self.score in BELOW_THE_MIDDLE
        return low and self.sentiment == Sentiment.POSITIVE

    @property
    def own_words(self) -> str:
        """The text without what it quotes of other mails, which is blanked: places stay the same.

        These words are analyzed; people are shown the whole text."""
        return without_quotes(self.text)

    @property
    def is_analyzed(self) -> bool:
        """There is a reading one can agree with."""
        return self.analyzed_at is not None and self.sentiment is not None

    @property
    def is_corrected(self) -> bool:
        """A person has said something about the reading."""
        return By.PERSON in (self.sentiment_by, self.topics_by, self.signs_by, self.abuse_by)

    @property
    def is_checked(self) -> bool:
        """A person has confirmed or corrected the whole reading, signs aside."""
        return self.sentiment_by == self.topics_by == By.PERSON

    @property
    def is_set_aside(self) -> bool:
        return self.analyzed_at is None and self.was_tried_too_often


search.has_index(Feedback, "search_text", filled="analyzed_at")
search.has_index(Feedback, "search_words", filled="search_words")
