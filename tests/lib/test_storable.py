"""What no column holds is looked for in vain, and stops nothing."""

import pytest

from lib.storable import storable
from tests import make
from voc.models import Feedback

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("far", [10**30, -(10**30), 2**63])
def test_a_number_that_no_column_holds_is_in_no_row(far):
    item = make.feedback()

    assert list(Feedback.objects.filter(pk__in=[far, item.pk])) == [item]
    assert list(Feedback.objects.filter(pk__in=[far])) == []
    assert Feedback.objects.filter(pk__in=Feedback.objects.values("pk")).count() == 1


def test_text_loses_what_no_database_keeps():
    assert storable({"a\0": ["b\0", ("\ud800", 1)]}) == {"a": ["b", ["?", 1]]}
