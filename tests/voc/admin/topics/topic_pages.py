"""Pages of the topics on the desk, and what is done there."""

from django.utils import timezone

from voc.topics import phrase_changes

LIST = "/admin/voc/topic/"
REANALYSIS = f"{LIST}reanalysis/"
NOW = timezone.now()


def page_of(topic):
    return f"{LIST}{topic.pk}/change/"


def preview_page(phrase_change):
    return f"{LIST}{phrase_change.topic_id}/phrases/{phrase_change.pk}/"


def preview_phrases(desk, topic, *, ja="", en=""):
    return desk.post(page_of(topic), {"phrases_ja": ja, "phrases_en": en}, follow=True)


def propose(topic, *, ja=(), en=()):
    return phrase_changes.propose(topic, phrases={"ja": ja, "en": en}, by=None, now=NOW)


def said(response):
    return [str(message) for message in response.context["messages"]]
