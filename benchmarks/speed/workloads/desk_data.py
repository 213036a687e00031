"""A desk with as many items as asked for, made inside PostgreSQL: half answers, half reviews.

Texts are put together of clauses that customers write, Japanese and English by turns, each with a
word of its own that few share. The statements name only columns that every version has.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

JAPANESE = [
    "配送が予定より三日も遅れました。",
    "箱がつぶれていて中身が少し傷んでいました。",
    "サポートの対応がとても丁寧で助かりました。",
    "電話がなかなかつながりません。",
    "返品の手続きが分かりにくいです。",
    "アプリの動作が重く、途中で固まります。",
    "価格のわりに品質が良いと思います。",
    "請求書の金額が間違っていました。",
    "説明書を読んでも初期設定ができませんでした。",
    "以前よりも味が落ちたように感じます。",
    "店員さんの笑顔がすてきでした。",
    "ログインできない日が続いています。",
    "パスワードの再設定メールが届きません。",
    "もう少し安ければ家族にもすすめます。",
    "解約したいのですが、どこから手続きすればよいですか。",
    "新しい画面は見やすくなりました。",
    "注文した色と違うものが届きました。",
    "毎月楽しみに使っています。ありがとうございます。",
    "検索の結果が出るまで時間がかかりすぎます。",
    "問い合わせへの返事が早くて驚きました。",
]
ENGLISH = [
    "Delivery took three days longer than promised. ",
    "The box was crushed and part of the contents was damaged. ",
    "Support was very kind and solved it at once. ",
    "Nobody answers the telephone. ",
    "I cannot find out how to return an item. ",
    "The app is slow and freezes halfway. ",
    "Good quality for the price. ",
    "The amount on my invoice is wrong. ",
    "The manual does not explain the first steps. ",
    "It used to taste better. ",
    "The staff in the shop always smile. ",
    "I have not been able to log in for days. ",
    "The mail to reset my password never arrives. ",
    "A little cheaper and I would recommend it to my family. ",
    "I want to cancel my contract; where do I begin? ",
    "The new screens are easier to read. ",
    "You sent another colour than I ordered. ",
    "We enjoy it every month, thank you. ",
    "Searching takes far too long. ",
    "They wrote back sooner than I expected. ",
]
SYLLABLES = list(map("".join, zip("bcdfghjklmnprstvwxyz", "aeiouaeiouaeiouaeiou", strict=True)))

TABLES = [
    "voc_tag", "voc_activity", "voc_feedback", "surveys_historicalresponse", "surveys_response",
    "surveys_invitation", "surveys_wave", "surveys_survey", "surveys_customer",
]  # fmt: skip

COUNTED = [table for table in TABLES if table != "surveys_historicalresponse"]

PARTS = """
CREATE FUNCTION pg_temp.pick(among text[]) RETURNS text LANGUAGE sql VOLATILE AS
    'SELECT among[1 + floor(random() * cardinality(among))::int]';
CREATE FUNCTION pg_temp.ja() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT pg_temp.pick(%(ja)s) || chr(19968 + floor(random() * 4000)::int)
        || chr(19968 + floor(random() * 4000)::int) || pg_temp.pick('{が,を,の,は}')
        || pg_temp.pick(%(ja)s) || pg_temp.pick(%(ja)s) $$;
CREATE FUNCTION pg_temp.en() RETURNS text LANGUAGE sql VOLATILE AS $$
    SELECT pg_temp.pick(%(en)s) || pg_temp.pick(%(syllables)s) || pg_temp.pick(%(syllables)s)
        || pg_temp.pick(%(syllables)s) || pg_temp.pick(%(syllables)s) || ' '
        || pg_temp.pick(%(en)s) || pg_temp.pick(%(en)s) $$;
SELECT setseed(0.5);
"""

CUSTOMERS = """
INSERT INTO surveys_customer (id, email, name, language, attributes, created_at)
SELECT n, 'customer' || n || '@example.com',
    CASE WHEN n %% 2 = 0 THEN pg_temp.pick('{佐藤,鈴木,高橋,田中,伊藤,渡辺,山本,中村}') || ' '
            || chr(19968 + floor(random() * 4000)::int) || pg_temp.pick('{子,美,太郎,一}')
        ELSE initcap(pg_temp.pick(%(syllables)s) || pg_temp.pick(%(syllables)s)) || ' '
            || initcap(pg_temp.pick(%(syllables)s) || pg_temp.pick(%(syllables)s)) END,
    CASE WHEN n %% 2 = 0 THEN 'ja' ELSE 'en' END, '{}', now() - n * interval '40 seconds'
FROM generate_series(1, %(half)s) AS n;
INSERT INTO surveys_survey (id, name, slug, kind, state, created_at)
VALUES (1, 'After delivery', 'after-delivery', 'nps', 'open', now());
INSERT INTO surveys_wave (id, survey_id, number, begun_at) VALUES (1, 1, 1, now());
INSERT INTO surveys_invitation (id, wave_id, customer_id, send_after, attempts, handed_at, outcome,
    reason, settled_at)
SELECT n, 1, n, now() - interval '1 year', 1, now() - n * interval '35 seconds', 'sent', '',
    now() - n * interval '35 seconds' FROM generate_series(1, %(half)s) AS n;
INSERT INTO surveys_response (id, survey_id, invitation_id, customer_id, language, score, comment,
    state, why_excluded, answered_at, changed_at)
SELECT n, 1, n, n, CASE WHEN n %% 2 = 0 THEN 'ja' ELSE 'en' END, floor(random() * 11),
    CASE WHEN n %% 2 = 0 THEN pg_temp.ja() ELSE pg_temp.en() END, 'counted', '',
    now() - n * interval '30 seconds', now() - n * interval '30 seconds'
FROM generate_series(1, %(half)s) AS n;
"""

FEEDBACK = """
INSERT INTO voc_feedback (id, text, channel, external_id, customer_id, response_id, raw,
    received_at, language, sentiment, sentiment_by, topics_by, signs_by, feelings, signs, intent,
    urgency, analyzed_at, analyzer, attempts, status)
SELECT n, COALESCE(r.comment, CASE WHEN n %% 2 = 0 THEN pg_temp.ja() ELSE pg_temp.en() END),
    CASE WHEN r.id IS NULL THEN 'review' ELSE 'survey' END,
    CASE WHEN r.id IS NULL THEN 'r' || n END, r.customer_id, r.id, '{}',
    now() - n * interval '20 seconds',
    COALESCE(r.language, CASE WHEN n %% 2 = 0 THEN 'ja' ELSE 'en' END),
    pg_temp.pick('{positive,neutral,negative,negative,mixed}'), 'machine', 'machine', 'machine',
    '[]', '[]', pg_temp.pick('{request,question,complaint,praise,NULL,NULL}'),
    CASE WHEN random() < 0.002 THEN 'legal' WHEN random() < 0.01 THEN 'churn' END, now(), 'rules',
    0, pg_temp.pick('{new,new,new,new,new,taken,planned,done,done,dismissed}')
FROM generate_series(1, %(n)s) AS n LEFT JOIN surveys_response r ON r.id = n / 2 AND n %% 2 = 0;
INSERT INTO voc_tag (feedback_id, topic_id, sentiment, start, "end", by)
SELECT f.id, t.id, f.sentiment, 0, 2, 'machine' FROM voc_feedback f, voc_topic t
WHERE (f.id * 7 + t.id * t.id) %% 9 = 0;
"""


COUNT_ON = """
SELECT setval(pg_get_serial_sequence('{table}', 'id'), COALESCE(max(id), 0) + 1) FROM {table}
"""


def fill(items: int) -> None:
    """Make the desk anew: whatever stood in its tables goes."""
    values: dict[str, Any] = {
        "n": items,
        "half": items // 2,
        "ja": JAPANESE,
        "en": ENGLISH,
        "syllables": SYLLABLES,
    }
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)} RESTART IDENTITY CASCADE")
        for statements in (PARTS, CUSTOMERS, FEEDBACK):
            cursor.execute(_of_this_version(statements), values)
        for table in COUNTED:
            cursor.execute(COUNT_ON.format(table=table))
        cursor.execute("VACUUM ANALYZE")


def _of_this_version(statements: str) -> str:
    """Feedback says by whom it was called abusive, which it did not in earlier versions."""
    from voc.models import Feedback

    if "abuse_by" not in {field.name for field in Feedback._meta.get_fields()}:
        return statements
    named = statements.replace("signs_by, feelings", "signs_by, abuse_by, feelings")
    return named.replace("'machine',\n    '[]'", "'machine', 'machine',\n    '[]'")
