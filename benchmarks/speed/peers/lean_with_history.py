"""Lean Django that keeps a history and feedback too, in the tables and under the indexes of Todoku:
still no middleware, no form, no template, and one statement a request. It asks all in one
language, believes every press, and a link is a number."""

from __future__ import annotations

import json
import os
import subprocess
import sys

from django.core.wsgi import get_wsgi_application
from django.urls import path

from benchmarks.speed.peers import stock

stock.configure(__name__, middleware=[])

from benchmarks.speed.peers.lean_pages import answered_by  # noqa: E402

LOOK = """
    SELECT question, coalesce(comment, '')
    FROM surveys_invitation JOIN surveys_wave ON surveys_wave.id = wave_id
    JOIN surveys_wording ON surveys_wording.survey_id = surveys_wave.survey_id
    LEFT JOIN surveys_response ON invitation_id = surveys_invitation.id
    WHERE surveys_invitation.id = %s AND surveys_wording.language = 'en'
"""
KEEP = """
    WITH answer AS (
        INSERT INTO surveys_response (survey_id, invitation_id, customer_id, wording_id, language,
            score, comment, state, why_excluded, answered_at, changed_at)
        SELECT surveys_wave.survey_id, surveys_invitation.id, customer_id, surveys_wording.id, 'en',
            %s, %s, 'counted', '', now(), now()
        FROM surveys_invitation JOIN surveys_wave ON surveys_wave.id = wave_id
        JOIN surveys_wording ON surveys_wording.survey_id = surveys_wave.survey_id
        WHERE surveys_invitation.id = %s AND surveys_wording.language = 'en'
        ON CONFLICT (invitation_id) DO UPDATE
        SET score = excluded.score, comment = excluded.comment, changed_at = excluded.changed_at
        RETURNING *),
    history AS (
        INSERT INTO surveys_historicalresponse (history_date, history_type, history_change_reason,
            id, survey_id, invitation_id, customer_id, wording_id, language, score, comment, state,
            why_excluded, answered_at)
        SELECT now(), '+', '', id, survey_id, invitation_id, customer_id, wording_id, language,
            score, comment, state, why_excluded, answered_at
        FROM answer)
    INSERT INTO voc_feedback (text, channel, customer_id, response_id, raw, received_at, attempts,
        language, sentiment_by, topics_by, signs_by, abuse_by, feelings, signs, analyzer,
        status)
    SELECT comment, 'survey', customer_id, id, '{}', answered_at, 0,
        '', 'machine', 'machine', 'machine', 'machine', '[]', '[]', '', 'new'
    FROM answer WHERE comment <> ''
    ON CONFLICT (response_id) DO UPDATE SET text = excluded.text, analyzed_at = NULL
"""
# Another process has Todoku's settings.
INVITE = """
import json, sys
from benchmarks.speed.workloads.capture import pages_of_todoku
print(json.dumps(pages_of_todoku(int(sys.argv[1]))))
"""

urlpatterns = [path("s/<str:token>/", answered_by(LOOK, KEEP))]


def prepare(n: int) -> list[str]:
    command = [sys.executable, "-c", INVITE, str(n)]
    done = subprocess.run(command, env={**os.environ}, stdout=subprocess.PIPE, check=True)
    links: list[str] = json.loads(done.stdout)
    return [link.partition(".")[0] + "/" for link in links]


application = get_wsgi_application()
