# ruff: noqa: I001
"""What customers said, how it was analyzed, and what staff did with it: read in this order."""

from voc.models.choices import By, Intent, Sentiment, Urgency
from voc.models.feedback import Feedback, FeedbackQuerySet
from voc.models.tags import Tag, TagQuerySet
from voc.models.topics import Topic, TopicQuerySet
from voc.models.phrase_changes import Revision
from voc.models.reanalysis import Rereading
from voc.models.suggestions import Suggestion
from voc.models.themes import Theme
from voc.models.classifiers import Lesson
from voc.models.embeddings import Vector
from voc.models.activity import Move, Note
from voc.models.exports import Export

__all__ = [
    "By",
    "Export",
    "Feedback",
    "FeedbackQuerySet",
    "Intent",
    "Lesson",
    "Move",
    "Note",
    "Rereading",
    "Revision",
    "Sentiment",
    "Suggestion",
    "Tag",
    "TagQuerySet",
    "Theme",
    "Topic",
    "TopicQuerySet",
    "Urgency",
    "Vector",
]
