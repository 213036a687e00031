"""Trains classifiers, one a language, on the feedback that people checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from threadpoolctl import threadpool_limits

from voc import classifiers
from voc.analysis import analyze
from voc.analysis.vectors import matrix
from voc.models import Activity, By, Classifier, Feedback, Topic
from voc.models.classifiers import CLASSIFIERS_KEPT
from voc.nlp.classifier import FEWEST_EXAMPLES, RULES_VERSION, cross_validation, fit
from voc.nlp.classifier.dataset import Dataset
from voc.nlp.classifier.examples import Example
from voc.nlp.classifier.weights import to_npz
from voc.nlp.languages import READABLE
from voc.nlp.reading import Reading

EXAMPLES_PER_LANGUAGE = 20_000  # the newest: it must be over before the morning
CHANGES = [Activity.What.SENTIMENT, Activity.What.TOPICS]
TEACHING = [*CHANGES, Activity.What.CONFIRM, Activity.What.MACHINE]
State = Classifier.State


@dataclass(frozen=True)
class Training:
    """A training: how many examples a language has, and the classifier they made, if any."""

    language: str
    examples: int
    classifier: Classifier | None = None


def train_all(now: datetime) -> Iterator[Training]:
    """Train one language after the other; nothing is learned twice from the same examples."""
    for language in READABLE:
        checked = Feedback.objects.examples_in(language).count()
        newest = Classifier.objects.of(language).without_weights().newest()
        classifier = None
        if checked >= FEWEST_EXAMPLES and (newest is None or _is_new(newest)):
            # The other cores are for people who wait, and so small a fit gains nothing by them.
            with threadpool_limits(limits=1):
                trained = _classifier(language, _examples(language), now)
            classifier = _write_down(trained, after=newest)
        yield Training(language, checked, classifier)


def _is_new(newest: Classifier) -> bool:
    """There is something new to learn: other rules, or readings that people checked since."""
    activities = Activity.objects.filter(feedback__language=newest.language, what__in=TEACHING)
    return not newest.has_current_rules or activities.filter(at__gte=newest.trained_at).exists()


def _examples(language: str) -> list[Example]:
    """Examples, the newest first, each read anew: what is stored is what people said of it."""
    rows = Feedback.objects.examples_in(language).prefetch_related("tags__topic")
    newest = rows.order_by("-pk")[:EXAMPLES_PER_LANGUAGE]
    changed = set(rows.filter(_was_changed()).values_list("pk", flat=True))
    topics = {topic.key: topic for topic in Topic.objects.in_use()}
    readings = analyze.apply_rules({row.pk: row.own_words for row in newest}, topics)
    examples = {
        row.pk: _example(row, readings[row.pk], row.pk in changed, topics.keys())
        for row in newest
        if row.pk in readings and readings[row.pk].language == language
    }
    return _with_vectors(examples)


def _with_vectors(examples: dict[int, Example]) -> list[Example]:
    """Add embeddings, unless most have none yet: the rest could not be read by what few teach."""
    vectors = matrix(list(examples))
    has_vector: list[bool] = np.any(vectors, axis=1).tolist()
    if sum(has_vector) * 2 < len(has_vector):
        return list(examples.values())
    return [
        replace(example, vector=vector if made else None)
        for example, vector, made in zip(examples.values(), vectors, has_vector, strict=True)
    ]


def _was_changed() -> Exists:
    """The condition that people changed the reading; the others they found right."""
    changes = Activity.objects.filter(feedback=OuterRef("pk"), what__in=CHANGES)
    return Exists(changes.exclude(before=F("after")))


def _example(row: Feedback, reading: Reading, changed: bool, topics: Set[str]) -> Example:
    about = {tag.topic.key for tag in row.tags.all()}
    return Example(
        text=row.own_words,
        reading=reading,
        sentiment=row.sentiment if row.sentiment_by == By.PERSON else None,
        topics=frozenset(about & topics) if row.topics_by == By.PERSON else None,
        changed=changed,
    )


def _classifier(language: str, examples: Sequence[Example], now: datetime) -> Classifier:
    feelings, topics = cross_validation.of_feelings(examples), cross_validation.of_topics(examples)
    classifier = Classifier(
        language=language,
        examples=len(examples),
        corrected=sum(example.changed for example in examples),
        with_embeddings=any(example.vector is not None for example in examples),
        rules_f3=feelings.rules if feelings else None,
        learned_f3=feelings.learned if feelings else None,
        rules_topics=topics.whole.rules if topics else None,
        learned_topics=topics.whole.learned if topics else None,
        reads_feelings=bool(feelings and feelings.wins),
        reads_topics=bool(topics and topics.wins),
        topics=list(topics.topics) if topics and topics.wins else [],
        rules_version=RULES_VERSION,
        trained_at=now,
    )
    if classifier.wins:
        classifier.weights = _weights(classifier, examples)
    return classifier


def _weights(classifier: Classifier, examples: Sequence[Example]) -> bytes:
    """Weights as npz, fitted only for what the classifier is better at."""
    taught = [
        replace(
            example,
            sentiment=example.sentiment if classifier.reads_feelings else None,
            topics=example.topics if classifier.reads_topics else None,
        )
        for example in examples
    ]
    dataset = Dataset(taught)
    left_to_rules = set(dataset.mentioned) - set(classifier.topics)
    weights = fit.fit_weights(dataset, np.arange(len(taught)), topics_left_to_rules=left_to_rules)
    return to_npz(weights)


def _write_down(classifier: Classifier, *, after: Classifier | None) -> Classifier | None:
    """Store the next version; None when another worker has trained the same meanwhile."""
    classifier.version = after.version + 1 if after else 1
    try:
        return _written(classifier)
    except IntegrityError:
        return None


@transaction.atomic
def _written(classifier: Classifier) -> Classifier:
    earlier = Classifier.objects.of(classifier.language)
    earlier.lock()
    classifier.state = _state(classifier)
    if classifier.state == State.IN_USE or _is_over(classifier):
        classifiers.retire(classifier.language)
    classifier.save()
    earlier.older_than(classifier.version - CLASSIFIERS_KEPT + 1).forget_weights()
    return classifier


def _state(classifier: Classifier) -> State:
    """The state of a new version: one that wins is used, unless a person went back and nobody has
    lifted that."""
    if classifier.is_one_sided:
        return State.ONE_SIDED
    if not classifier.wins:
        return State.NOT_BETTER
    went_back = Classifier.objects.of(classifier.language).rolled_back().exists()
    return State.WAITING if went_back else State.IN_USE


def _is_over(classifier: Classifier) -> bool:
    """The version in use has had its time: other rules, or nothing gained by it any more."""
    current = Classifier.objects.of(classifier.language).in_use().without_weights().first()
    return current is not None and not (
        current.has_current_rules and classifier.gains_where(current)
    )
