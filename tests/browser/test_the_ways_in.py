"""The pages by which voices come in: the preview of a meeting, and a connector."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.browser.test_reports import logged_in
from tests.voc.intake.channels.test_transcripts import TEAMS
from voc.models import Connector

__all__ = ["logged_in"]

pytestmark = pytest.mark.django_db(transaction=True)

DESK = {"viewport": {"width": 1280, "height": 860}}


@pytest.mark.parametrize("how", [{}, DESK], ids=["phone", "desk"])
def test_a_meeting_is_asked_about_before_it_comes_in(open_page, logged_in, violations, how):
    page = open_page(**logged_in, **how)
    page.goto("/admin/voc/feedback/import/")
    file = {"name": "meeting.vtt", "mimeType": "text/vtt", "buffer": TEAMS.encode()}
    page.set_input_files("input[type=file]", file)
    page.select_option("select[name=channel]", "meeting")
    page.click(".desk button[type=submit], .desk button.is-first")
    page.wait_for_url("**/change/")

    assert violations(page, ".desk") == []
    page.select_option("select[name=question-speaker_1]", "customer")
    page.select_option("select[name=question-consent]", "given")
    page.click("button[name=look]")
    page.wait_for_selector("button[name=begin]")
    assert violations(page, ".desk") == []


@pytest.mark.parametrize("how", [{}, DESK], ids=["phone", "desk"])
def test_a_connector_is_for_everybody_however_it_went(open_page, logged_in, violations, how):
    connector = Connector(
        name="ほしのヘルプデスク", kind="zendesk", address="https://hoshi.zendesk.com"
    )
    connector.keep_secret("a secret token")
    connector.save()
    page = open_page(**logged_in, **how)
    now = timezone.now()

    for state in (
        {},
        {"trial_asked_at": now},
        {"trial_asked_at": None, "trial": {"found": ["遅い", "高い"], "n": 2, "more": True}},
        {"error": "“hoshi.zendesk.com” answers with a fault (500).", "failed_at": now},
        {"attempts": 5, "ended_at": now, "new": 12},
    ):
        Connector.objects.update(**state)
        page.goto(f"/admin/voc/connector/{connector.pk}/change/")
        assert violations(page, "section.desk") == []
    page.goto("/admin/voc/connector/")
    assert violations(page, "#result_list") == []
