"""PostgreSQL looks letters up in the shortest table that does, and finds the same in each."""

import pytest
from django.db.models import TextField, Value
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib import search
from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db

LETTERS = "aZ-`'\"~ .@0" + "àÉøßİıŁ" + "かがカｶﾞーｰ〜漢﨑" + "\u0301゛ﾞ\u200b\ufe0f" + "①㈱½ﬃёΣς𠮷🎉"
ALL = st.characters(codec="utf-8", exclude_characters="\0")


class FoldedPlainly(search.Folded):
    """Every letter is looked up in the whole table."""

    def as_postgresql(self, compiler, connection, **_more):
        text, params = compiler.compile(self.source_expressions[0])
        one, other = "".join(search.FOLDS), "".join(search.FOLDS.values()).replace("'", "''")
        table = f"'{one.replace(chr(39), chr(39) * 2)}{search.INVISIBLE}', '{other}'"
        return f"translate(lower(normalize({text}, NFKC)), {table})", params


@pytest.fixture
def _a_row():
    make.feedback("one")


@pytest.mark.usefixtures("_a_row")
@settings(deadline=None, max_examples=300)
@given(st.text(LETTERS) | st.text(ALL))
@example("plain-text`s")
@example("")
@example("Cafe\u0301-“x”")
def test_the_short_way_and_the_plain_way_fold_the_same(text):
    words = Value(text, TextField())

    row = Feedback.objects.values_list(search.Folded(words), FoldedPlainly(words)).get()

    assert row[0] == row[1]
