"""The effects of merging, moving, archiving and restoring a topic, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from voc.models import Feedback, Topic
from voc.topics import hierarchy
from voc.topics.merge import MergePreview, preview_merge


def of_merging(topic: Topic, into: Topic) -> list[str]:
    merge = preview_merge(topic, into)
    end = _("“%(topic)s” goes out of use. This cannot be undone.") % {"topic": topic}
    elsewhere = [_("Goes along: %(line)s") % {"line": line} for line in merge.elsewhere]
    return [_items(merge), *_phrases(merge), *_children(merge), *elsewhere, end]


def _items(merge: MergePreview) -> str:
    moves = ngettext("%(n)s item moves.", "%(n)s items move.", merge.items) % {"n": merge.items}
    if not merge.both:
        return moves
    both = ngettext(
        "%(n)s of them has both topics and then counts once; its feelings about both are put "
        "together.",
        "%(n)s of them have both topics and then count once; their feelings about both are put "
        "together.",
        merge.both,
    )
    return f"{moves} {both % {'n': merge.both}}"


def _phrases(merge: MergePreview) -> Iterator[str]:
    if n := len(merge.phrases):
        added = ngettext("%(n)s phrase is added:", "%(n)s phrases are added:", n) % {"n": n}
        phrases = " · ".join(merge.phrases)
        yield format_html('{} <span class="desk-soft">{}</span>', added, phrases)


def _children(merge: MergePreview) -> Iterator[str]:
    if merge.children:
        yield f"{_('These topics then belong to it:')} {_listed(merge.children)}"


def place(topic: Topic, parent: Topic | None) -> str:
    """A topic's place after a move, as the heading of its effects."""
    if parent is None:
        return _("“%(topic)s” stands on its own") % {"topic": topic}
    return _("“%(topic)s” belongs to “%(parent)s”") % {"topic": topic, "parent": parent}


def of_moving(topic: Topic, parent: Topic | None) -> list[str]:
    if parent is None:
        return list(_leaving(topic))
    move = hierarchy.preview_move(topic, parent)
    counted = _(
        "“%(parent)s” counts %(after)s items instead of %(before)s: its own and "
        "those below it, each once."
    )
    kept = ngettext(
        "“%(topic)s” keeps its %(n)s item, and is shown under it.",
        "“%(topic)s” keeps its %(n)s items, and is shown under it.",
        move.moving,
    )
    return [
        counted % {"parent": parent, "after": move.after, "before": move.before},
        kept % {"topic": topic, "n": move.moving},
    ]


def of_archiving(topic: Topic) -> list[str]:
    items = Feedback.objects.about(topic).count()
    kept = ngettext(
        "%(n)s item about it is kept, and counts again when you bring it back.",
        "%(n)s items about it are kept, and count again when you bring it back.",
        items,
    )
    below, alone = (
        topic.children.order_by("key"),
        _("These topics below it then stand on their own:"),
    )
    return [
        _("It is looked for no more, and reports leave it out."),
        kept % {"n": items},
        *_leaving(topic),
        *([f"{alone} {_listed(below)}"] if below else []),
    ]


def of_restoring(topic: Topic) -> list[str]:
    items = Feedback.objects.about(topic).count()
    counts = ngettext(
        "%(n)s item about it counts again.", "%(n)s items about it count again.", items
    )
    return [
        counts % {"n": items},
        _(
            "Everything is analyzed again, to find what came in meanwhile. What people corrected "
            "stays."
        ),
    ]


def _leaving(topic: Topic) -> Iterator[str]:
    if topic.parent:
        yield _("“%(parent)s” no longer counts its feedback.") % {"parent": topic.parent}


def _listed(topics: Iterable[Topic]) -> str:
    return pgettext("between things listed", ", ").join(map(str, topics))
