"""Lists of the desk are found, searched and put in order by indexes.

The two functions are what lib/search.py searches with: the grams of a folded text are the three
letters that begin at each place in it, and fewer at a word's end; what is looked for is the grams
of a word, or, where it is shorter, what begins with it. A text of more than 200,000 bytes has the
one gram that every search looks for, a line's end.
"""

from django.db import migrations, models

from lib.database.indexes import AddIndex, OnPostgreSQL

GRAMS = r"""
CREATE OR REPLACE FUNCTION todoku_grams(folded text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
    SELECT CASE WHEN octet_length(folded) > 200000 THEN array_to_tsvector(ARRAY[E'\n'])
        ELSE array_to_tsvector(array_remove(string_to_array(
            regexp_replace(cut, '(...)', E'\\1\n', 'g') || E'\n'
            || regexp_replace(substr(cut, 2), '(...)', E'\\1\n', 'g') || E'\n'
            || regexp_replace(substr(cut, 3), '(...)', E'\\1\n', 'g'), E'\n'), '')) END
    FROM (SELECT translate(folded, ' ', E'\n') AS cut) AS once $$
"""
LOOKED_FOR = r"""
CREATE OR REPLACE FUNCTION todoku_looked_for(folded text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 AS $$
    SELECT string_agg(
            '''' || replace(replace(substr(part, place, 3), '\', '\\'), '''', '''''') || ''''
            || CASE WHEN length(part) < 3 THEN ':*' ELSE '' END, ' & ')::tsquery
        || E'''\n'''::tsquery
    FROM unnest(string_to_array(folded, ' ')) AS part,
        generate_series(1, greatest(length(part) - 2, 1)) AS place
    WHERE part <> '' $$
"""
DROP_FUNCTIONS = [
    "DROP FUNCTION IF EXISTS todoku_looked_for(text)",
    "DROP FUNCTION IF EXISTS todoku_grams(text)",
]
DROP = 'DROP INDEX CONCURRENTLY IF EXISTS "responses_by_words"'
RESPONSES_BY_WORDS = """
CREATE INDEX CONCURRENTLY "responses_by_words" ON "surveys_response"
USING gin (todoku_grams("search_text"))
"""


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("surveys", "0006_search")]

    operations = [
        OnPostgreSQL([GRAMS, LOOKED_FOR], DROP_FUNCTIONS),
        OnPostgreSQL([DROP, RESPONSES_BY_WORDS], [DROP]),
        AddIndex(
            "response", models.Index(fields=["-answered_at", "-id"], name="responses_newest_first")
        ),
        AddIndex("response", models.Index(fields=["score", "id"], name="responses_by_score")),
        AddIndex(
            "response",
            models.Index(
                fields=["-answered_at", "-id"],
                name="responses_not_counted",
                condition=~models.Q(state="counted"),
            ),
        ),
        AddIndex(
            "customer",
            models.Index(
                fields=["unsubscribed_at", "id"],
                name="customers_unsubscribed",
                condition=models.Q(unsubscribed_at__isnull=False),
            ),
        ),
        AddIndex(
            "invitation",
            models.Index(
                fields=["outcome", "-id"],
                name="invitations_not_sent",
                condition=models.Q(outcome__in=["refused", "skipped", "uncertain"]),
            ),
        ),
    ]
