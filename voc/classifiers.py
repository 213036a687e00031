"""Activates and rolls back classifiers: which version of a language's classifier is in use."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from voc.models import Classifier

State = Classifier.State


def previous(classifier: Classifier) -> Classifier | None:
    """The version to roll back to; None for the rules alone."""
    earlier = Classifier.objects.of(classifier.language).usable().older_than(classifier.version)
    return earlier.never_rolled_back().without_weights().newest()


def newest_usable(language: str) -> Classifier | None:
    """The newest version that is better than the rules, unless it or a newer one is in use."""
    classifiers = Classifier.objects.of(language).without_weights()
    found, current = classifiers.usable().newest(), classifiers.in_use().first()
    return None if found and current and current.version > found.version else found


def retire(language: str) -> None:
    """Take the classifier out of use: the rules read this language alone."""
    Classifier.objects.of(language).in_use().update(state=State.RETIRED)


@transaction.atomic
def roll_back(language: str, *, by: User, now: datetime) -> Classifier | None:
    """Use the classifier before the one in use, or the rules alone; return which.

    Until somebody activates the newest again, no classifier comes into use by itself.
    """
    Classifier.objects.of(language).lock()
    current = Classifier.objects.of(language).in_use().without_weights().first()
    if current is None:
        return None
    Classifier.objects.filter(pk=current.pk).update(rolled_back_at=now, rolled_back_by=by)
    return _use(language, previous(current))


@transaction.atomic
def activate_newest(language: str) -> Classifier | None:
    """Use the newest that is better than the rules; from now on they come into use by themselves.

    Where there is none, what is used stays in use, and the next one that wins comes in.
    """
    Classifier.objects.of(language).lock()
    Classifier.objects.of(language).rolled_back().update(rolled_back_at=None, rolled_back_by=None)
    if found := newest_usable(language):
        return _use(language, found)
    return Classifier.objects.of(language).in_use().without_weights().first()


def _use(language: str, classifier: Classifier | None) -> Classifier | None:
    retire(language)
    if classifier:
        Classifier.objects.filter(pk=classifier.pk).update(state=State.IN_USE)
    return classifier
