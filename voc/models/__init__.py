# ruff: noqa: I001
"""The models of customer feedback, its analysis and its triage: read them in this order."""

from voc.models.choices import Abuse, By, Intent, Sentiment, Urgency
from voc.models.cases import (
    Absence,
    AlertMail,
    AlertWebhook,
    BusinessCalendar,
    BusinessHours,
    Case,
    CaseActivity,
    CaseAlert,
    CaseNote,
    CaseQuerySet,
    CaseRule,
    CaseRuleQuerySet,
    ClosedDay,
    Colleague,
    WebhookPost,
)
from voc.models.feedback import Feedback, FeedbackQuerySet
from voc.models.cases.considerations import Consideration
from voc.models.replies import (
    Attachment,
    CustomerMail,
    CustomerMailQuerySet,
    Draft,
    Reply,
    ReplyQuerySet,
    ReplyTemplate,
)
from voc.models.tags import Tag, TagQuerySet
from voc.models.topics import Topic, TopicQuerySet
from voc.models.phrase_changes import PhraseChange
from voc.models.reanalysis import Reanalysis
from voc.models.suggestions import Suggestion
from voc.models.themes import Theme
from voc.models.classifiers import Classifier
from voc.models.embeddings import Embedding
from voc.models.activity import Activity, Note
from voc.models.connectors import Connector, ConnectorQuerySet
from voc.models.exports import Export, ExportPart, ExportQuerySet

__all__ = [
    "Absence",
    "Abuse",
    "Activity",
    "AlertMail",
    "AlertWebhook",
    "Attachment",
    "BusinessCalendar",
    "BusinessHours",
    "By",
    "Case",
    "CaseActivity",
    "CaseAlert",
    "CaseNote",
    "CaseQuerySet",
    "CaseRule",
    "CaseRuleQuerySet",
    "Classifier",
    "ClosedDay",
    "Colleague",
    "Connector",
    "ConnectorQuerySet",
    "Consideration",
    "CustomerMail",
    "CustomerMailQuerySet",
    "Draft",
    "Embedding",
    "Export",
    "ExportPart",
    "ExportQuerySet",
    "Feedback",
    "FeedbackQuerySet",
    "Intent",
    "Note",
    "PhraseChange",
    "Reanalysis",
    "Reply",
    "ReplyQuerySet",
    "ReplyTemplate",
    "Sentiment",
    "Suggestion",
    "Tag",
    "TagQuerySet",
    "Theme",
    "Topic",
    "TopicQuerySet",
    "Urgency",
    "WebhookPost",
]
