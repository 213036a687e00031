"""Which classifier is in use: a person may go back from one, and take the newest up again."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from voc.models import Classifier

State = Classifier.State


def before(classifier: Classifier) -> Classifier | None:
    """The one to go back to; None for the rules alone."""
    earlier = Classifier.objects.of(classifier.language).usable().older_than(classifier.version)
    return earlier.never_rolled_back().without_weights().newest()


def newest(language: str) -> Classifier | None:
    """The newest that is better than the rules, if that is not in use."""
    classifiers = Classifier.objects.of(language).without_weights()
    found, current = classifiers.usable().newest(), classifiers.in_use().first()
    return None if found and current and current.version > found.version else found


def retire(language: str) -> None:
    """Leave the language to the rules."""
    Classifier.objects.of(language).in_use().update(state=State.RETIRED)


@transaction.atomic
def roll_back(language: str, *, by: User, now: datetime) -> Classifier | None:
    """Use the classifier before the one in use, or the rules alone; return which.

    Until somebody takes the newest up again, no classifier comes into use by itself.
    """
    Classifier.objects.of(language).hold()
    current = Classifier.objects.of(language).in_use().without_weights().first()
    if current is None:
        return None
    Classifier.objects.filter(pk=current.pk).update(rolled_back_at=now, rolled_back_by=by)
    return _use(language, before(current))


@transaction.atomic
def activate_newest(language: str) -> Classifier | None:
    """Use the newest that is better than the rules; from now on they come into use by themselves.

    Where there is none, what is used stays in use, and the next one that wins comes in.
    """
    Classifier.objects.of(language).hold()
    Classifier.objects.of(language).rolled_back().update(rolled_back_at=None, rolled_back_by=None)
    if found := newest(language):
        return _use(language, found)
    return Classifier.objects.of(language).in_use().without_weights().first()


def _use(language: str, classifier: Classifier | None) -> Classifier | None:
    retire(language)
    if classifier:
        Classifier.objects.filter(pk=classifier.pk).update(state=State.IN_USE)
    return classifier
