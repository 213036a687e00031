"""One reader for all: making it loads the dictionaries."""

import pytest

from tests.voc.nlp import topics
from voc.nlp.reader import Reader


@pytest.fixture(scope="session")
def reader():
    return Reader(topics.default())
