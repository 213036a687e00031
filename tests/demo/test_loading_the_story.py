"""manage.py load_demo: a story goes into an empty database, whole or not at all."""

from random import Random

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from demo.management.commands.load_demo import Command
from demo.story import customers
from demo.story.load import load
from surveys.models import Customer, Survey
from tests import make

SIZES = (20, range(100)), (5, range(10))


@pytest.mark.django_db
@pytest.mark.parametrize("made", [make.customer, make.survey])
def test_it_does_not_mix_with_what_is_there(made):
    made()
    before = [Customer.objects.count(), Survey.objects.count()]

    with pytest.raises(CommandError, match="Give it an empty one"):
        call_command(Command())

    assert [Customer.objects.count(), Survey.objects.count()] == before


@pytest.mark.django_db
def test_a_story_that_breaks_off_was_never_told(monkeypatch):
    def stop(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr("demo.story.fix.FixStory.tidy_up", stop)

    with pytest.raises(KeyboardInterrupt):
        load(timezone.now())

    assert not Customer.objects.exists()


def test_the_same_people_come_every_time():
    assert customers.crowd(Random(1), *SIZES) == customers.crowd(Random(1), *SIZES)


def test_no_two_people_share_an_address():
    crowd = customers.crowd(Random(1), *SIZES)
    assert len({person.email for person in crowd}) == 25
