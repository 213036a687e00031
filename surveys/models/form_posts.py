"""Form posts: which form became which response, kept for a day, so that sent twice is kept once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b

from django.db import models
from django.db.models import Q
from django.utils import timezone

from surveys.models.responses import Response
from surveys.models.surveys import Survey

SAME_FORM = timedelta(hours=1)  # what is sent from one form within it is one answer, changed
SAME_WORDS = timedelta(minutes=10)  # and the same words of the same browser within these


@dataclass(frozen=True)
class Origin:
    """Where words came from: the key of the form, and a digest of the browser; "" if unknown."""

    key: str = ""
    browser: str = ""


class FormPostQuerySet(models.QuerySet["FormPost"]):
    def like(self, post: FormPost) -> FormPostQuerySet:
        """Posts that this one repeats: of the same form, or the same words by the same browser."""
        form = Q(key=post.key, at__gt=post.at - SAME_FORM)
        words = Q(said=post.said, at__gt=post.at - SAME_WORDS)
        return self.filter(form | words, survey=post.survey_id).order_by("-at", "-pk")

    def before(self, moment: datetime) -> FormPostQuerySet:
        return self.filter(at__lt=moment)


class FormPost(models.Model):
    """A post of a public form: its key, a digest of browser and words, and what it became."""

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="+")
    key = models.CharField(max_length=64)
    said = models.CharField(max_length=64)
    response = models.ForeignKey(Response, models.CASCADE, related_name="form_posts")
    at = models.DateTimeField(default=timezone.now)

    objects = FormPostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint("survey", "key", name="keep_each_form_once"),
        ]
        indexes = [
            models.Index("survey", "said", "at", name="form_posts_by_what_was_said"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.at:%H:%M}"

    @classmethod
    def of(cls, survey: Survey, words: str, origin: Origin, now: datetime) -> FormPost:
        """The post to be kept. A form without a key is known by what it said, for an hour."""
        said = blake2b(f"{origin.browser} {words}".encode(), digest_size=24).hexdigest()
        return cls(survey=survey, key=origin.key or f"{said}{now:%d%H}", said=said, at=now)

    def keep(self, response: Response) -> None:
        """Remember what it became. Of two that come together the second fails, on the key."""
        known = FormPost.objects.filter(survey=self.survey, key=self.key)
        mine = known.filter(Q(response=response) | Q(at__lte=self.at - SAME_FORM))
        if not mine.update(said=self.said, response=response, at=self.at):
            self.response, self.pk = response, None
            self.save(force_insert=True)
