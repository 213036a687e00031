"""Topics, a previewed change, classifiers and themes in a real browser, by day and by night."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import make
from tests.browser.test_reports import logged_in
from voc.analysis import reanalyze
from voc.models import Classifier, Theme, Topic
from voc.topics import phrase_changes

__all__ = ["logged_in"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(db):
    """Each with something on it."""
    make.default_topics()
    said = make.feedback("チャックが閉まらないので料金に見合いません。")
    price, now = Topic.objects.get(key="price"), timezone.now()
    ja, en = [*price.phrases_ja, "見合いません"], price.phrases_en[1:]
    phrase_change = phrase_changes.propose(price, phrases={"ja": ja, "en": en}, by=None, now=now)
    while reanalyze.reanalyze_batch(now):
        continue
    Classifier.objects.create(
        language="ja", version=1, state="in_use", examples=140, corrected=60, rules_version="rules",
        rules_f3=0.61, learned_f3=0.69, reads_feelings=True,
    )  # fmt: skip
    theme = Theme.objects.create(
        language="ja", phrase="チャック", n=12, texts=340, n_before=1, texts_before=910,
        strength=4.2, starts=now - timedelta(days=28), ends=now, examples=[[said.pk, 0, 4]],
    )  # fmt: skip
    return {
        "topics": "/admin/voc/topic/",
        "topic": f"/admin/voc/topic/{price.pk}/change/",
        "preview": f"/admin/voc/topic/{price.pk}/phrases/{phrase_change.pk}/",
        "merge": f"/admin/voc/topic/{price.pk}/merge/",
        "classifiers": "/admin/voc/classifier/",
        "themes": "/admin/voc/theme/",
        "theme": f"/admin/voc/theme/{theme.pk}/change/",
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_axe_finds_nothing_wrong(open_page, logged_in, pages, violations, scheme, width):
    page = open_page(**logged_in, color_scheme=scheme, viewport={"width": width, "height": 900})

    wrong = {}
    for name, path in pages.items():
        assert page.goto(path).status == 200, name
        assert page.evaluate("document.documentElement.scrollWidth") == width, name
        wrong[name] = violations(page, ".desk")

    assert wrong == {name: [] for name in pages}
