"""The page of a large export in a real browser, on a phone and at a desk."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from tests import make
from tests.browser.test_reports import logged_in
from voc.models import Export

__all__ = ["logged_in"]

pytestmark = pytest.mark.django_db(transaction=True)

DESK = {"viewport": {"width": 1280, "height": 860}}


@pytest.mark.parametrize("how", [{}, DESK])
def test_its_page_is_for_everybody_however_far_it_is(open_page, logged_in, violations, how):
    make.feedback()
    export = make.export(by=User.objects.get(), language="ja")
    page = open_page(**logged_in, **how)
    began, now = timezone.now() - timedelta(seconds=42), timezone.now()

    for state in (
        {},
        {"state": "running", "items": 1_000_000, "done": 412_500, "begun_at": began},
        {"attempts": 5},
        {"state": "done", "size": 213_456_789, "ended_at": now, "gone": 3},
        {"state": "failed"},
    ):
        Export.objects.update(**state)
        page.goto(f"/admin/voc/export/{export.pk}/change/")
        assert violations(page, ".desk") == []
