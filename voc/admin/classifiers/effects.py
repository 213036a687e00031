"""The effects of rolling a classifier back, or of activating the newest, in sentences."""

from __future__ import annotations

from django.utils.translation import gettext

from voc.admin.classifiers.report import figures
from voc.models import Classifier


def of_going_back(before: Classifier | None) -> list[str]:
    """Effects of a rollback to the version `before`; None is the rules alone."""
    reads = (
        gettext("From now on what comes in is analyzed with version %(version)s.")
        % {"version": before.version}
        if before
        else gettext("From now on what comes in is analyzed by the rules alone.")
    )
    return [
        reads,
        gettext("What was analyzed before stays as it is until it is analyzed again."),
        gettext(
            "New versions are still trained and judged every night, but none is "
            "activated until you say so."
        ),
    ]


def of_using(newest: Classifier | None) -> list[str]:
    by_itself = gettext("Every version that wins at night is used by itself again.")
    if newest is None:
        none = gettext(
            "No newer version reads better than the rules so far, so nothing changes today."
        )
        return [none, by_itself]
    examples = gettext("By %(n)s checked readings:") % {"n": newest.examples}
    reads = gettext(
        "From now on what comes in is analyzed with it. What was analyzed before "
        "stays as it is until it is analyzed again."
    )
    return [f"{examples} {figures(newest)}", reads, by_itself]


def whether_to_use(newest: Classifier | None) -> str:
    if newest is None:
        return gettext("Use new versions by themselves again?")
    return gettext("Use version %(version)s?") % {"version": newest.version}
