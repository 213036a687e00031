"""Topics: what customers talk about, in a tree of two levels, found by phrases."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from lib import languages


class TopicQuerySet(models.QuerySet["Topic"]):
    def in_use(self) -> TopicQuerySet:
        return self.filter(archived=False)

    def in_use_or_among(self, ids: Collection[int]) -> TopicQuerySet:
        return self.filter(Q(archived=False) | Q(pk__in=ids))

    def given_by_people(self) -> TopicQuerySet:
        """Topics that people gave to at least one piece of feedback."""
        return self.filter(tags__by="person").distinct()

    def counting_for(self, key: str) -> TopicQuerySet:
        """The topic, and those that belong to it."""
        return self.filter(Q(key=key) | Q(parent__key=key))

    def above(self) -> TopicQuerySet:
        """Topics that others belong to."""
        return self.exclude(children=None).distinct()

    def that_can_hold(self, topic: Topic) -> TopicQuerySet:
        """Topics it may belong to. There are two levels and no third."""
        return self.in_use().filter(parent=None).exclude(pk=topic.pk)

    def as_a_tree(self) -> TopicQuerySet:
        """Order topics so that each is followed by those that belong to it."""
        first = F("parent").asc(nulls_first=True)
        return self.select_related("parent").order_by(Coalesce("parent__key", "key"), first, "key")

    def locked(self) -> TopicQuerySet:
        """Lock the rows until the transaction ends. Tags may still point at them."""
        return self.select_for_update(of=("self",), no_key=True).order_by("pk")


class Topic(models.Model):
    """Something customers talk about, found by the phrases they use for it.

    It may belong to another, which then counts its feedback too. One that is out of use stands
    alone, and what was found to be about it is kept.
    """

    key = models.SlugField(_("key"), unique=True)
    name_ja = models.CharField(_("name (Japanese)"), max_length=80)
    name_en = models.CharField(_("name (English)"), max_length=80)
    phrases_ja = models.JSONField(_("phrases (Japanese)"), default=list, blank=True)
    phrases_en = models.JSONField(_("phrases (English)"), default=list, blank=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    archived = models.BooleanField(_("no longer looked for"), default=False)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="merged",
        verbose_name=_("merged into"),
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=~Q(parent=F("id")), name="no_topic_belongs_to_itself"),
            models.CheckConstraint(
                condition=Q(archived=False) | Q(parent=None),
                name="a_topic_out_of_use_stands_alone",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(archived=True),
                name="a_merged_topic_is_out_of_use",
            ),
        ]

    def __str__(self) -> str:
        return str(languages.in_language(languages.written(self, "name")))

    def clean(self) -> None:
        if self.parent and (why := self.why_not_under(self.parent)):
            raise ValidationError({"parent": why})

    def why_not_under(self, parent: Topic) -> str | None:
        """The reason against its belonging there, as a sentence; None when there is none."""
        names = {"topic": self, "parent": parent}
        if parent.pk == self.pk:
            return str(_("A topic cannot belong to itself."))
        if self.archived or parent.archived:
            return str(_("Only topics in use can belong together.")) % names
        if parent.parent_id:
            return str(_("“%(parent)s” itself belongs to another topic.")) % names
        if self.pk and self.children.exists():
            return str(_("Other topics belong to “%(topic)s”; there are only two levels.")) % names
        return None

    @property
    def name_in_the_tree(self) -> str:
        """The name, set in a little where it belongs to another topic."""
        return f"└ {self}" if self.parent_id else str(self)

    @property
    def phrases(self) -> dict[str, list[str]]:
        return languages.written(self, "phrases")

    def write_phrases(self, phrases: Mapping[str, list[str]]) -> None:
        """Save other phrases, given by language."""
        for language, listed in phrases.items():
            setattr(self, f"phrases_{language}", listed)
        self.save(update_fields=languages.fields("phrases"))
