"""Connectors of servers on this machine."""

from datetime import UTC, date, datetime

import pytest

from tests.voc.connectors import servers
from voc.connectors import pull
from voc.models import Connector

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def this_machine_is_trusted(settings):
    settings.PRIVATE_HOSTS = ["127.0.0.1"]


@pytest.fixture
def there():
    with servers.interface() as interface:
        yield interface


@pytest.fixture
def connect():
    """Make a connector that is due."""

    def connect(kind, address, secret="right", **values):
        made = Connector(
            name=kind,
            kind=kind,
            address=address,
            account="me@hoshi.example",
            since=date(2026, 11, 1),
            due_at=NOW,
            language="en",
            **values,
        )
        made.keep_secret(secret)
        made.save()
        return made

    return connect


@pytest.fixture
def pulled():
    """Have a worker come once; the connector as it then is."""

    def pulled(connector, now=NOW):
        pull.pull_next(lambda: now)
        connector.refresh_from_db()
        return connector

    return pulled
