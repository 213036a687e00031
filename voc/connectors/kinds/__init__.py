"""The kinds of connectors, a file each. A new one is a file, and a line here and in the model."""

from __future__ import annotations

from voc.connectors.kinds import app_store, freshdesk, intercom, mailbox, zendesk
from voc.connectors.page import Kind
from voc.models import Connector

KINDS: dict[str, Kind] = {
    Connector.Kind.APP_STORE: app_store.KIND,
    Connector.Kind.ZENDESK: zendesk.KIND,
    Connector.Kind.INTERCOM: intercom.KIND,
    Connector.Kind.FRESHDESK: freshdesk.KIND,
    Connector.Kind.MAILBOX: mailbox.KIND,
}
