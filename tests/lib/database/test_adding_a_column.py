"""A migration that was stopped after it had added its column can be run again."""

import pytest
from django.db import connection, models
from django.db.migrations.state import ModelState, ProjectState

from lib.database.indexes import AddColumn

pytestmark = pytest.mark.django_db(transaction=True)

ADD = AddColumn("thing", "name", models.TextField(null=True))


@pytest.fixture
def states():
    """Those before and after; the table of before is there, and goes with the test."""
    before = ProjectState()
    before.add_model(ModelState("voc", "Thing", [("id", models.BigAutoField(primary_key=True))]))
    after = before.clone()
    ADD.state_forwards("voc", after)
    thing = before.apps.get_model("voc", "Thing")
    with connection.schema_editor() as editor:
        editor.create_model(thing)
    yield before, after
    with connection.schema_editor() as editor:
        editor.delete_model(thing)


def columns():
    with connection.cursor() as cursor:
        there = connection.introspection.get_table_description(cursor, "voc_thing")
    return [column.name for column in there]


def test_it_is_added_once(states):
    for _run in range(2):
        with connection.schema_editor() as editor:
            ADD.database_forwards("voc", editor, *states)

    assert columns() == ["id", "name"]


def test_and_taken_away_again(states):
    before, after = states
    with connection.schema_editor() as editor:
        ADD.database_forwards("voc", editor, before, after)
        ADD.database_backwards("voc", editor, after, before)

    assert columns() == ["id"]
