"""The outbox in the admin: state and reason of every mail, whichever room writes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from lib import admin_base
from lib.admin_base import BAD, GOOD, PLAIN, WAITING, DeskRecords, display
from lib.desk.history import BY_ITSELF, Event
from lib.mail.outbox import OutboxMail, OutboxQuerySet


class StateFilter(admin.SimpleListFilter):
    """Filter of a list of mails by state; the list is of any room's outbox."""

    title = _("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        unsettled = [("waiting", str(_("waiting"))), ("on_their_way", str(_("on its way")))]
        return [*unsettled, *((value, str(label)) for value, label in OutboxMail.Outcome.choices)]

    def queryset(self, request: HttpRequest, outbox: Any) -> Any:
        match self.value():
            case None:
                return outbox
            case "waiting":
                return outbox.waiting()
            case "on_their_way":
                return outbox.on_their_way()
            case outcome:
                return outbox.ended(outcome)


class OutboxAdmin(DeskRecords):
    """The list of an outbox: each mail's state, its reason, and another try for failed ones."""

    actions = ["send_again"]
    view_on_site = False  # the link is the customer's, to answer with

    @display(
        description=_("state"),
        label={
            "sent": GOOD,
            "refused": BAD,
            "uncertain": BAD,
            "skipped": PLAIN,
            "waiting": WAITING,
        },
    )
    def what_state(self, mail: OutboxMail) -> tuple[str, str]:
        return mail.outcome or "waiting", mail.state

    @admin.display(description=_("reason"), empty_value="–")
    def why(self, mail: OutboxMail) -> str | None:
        return mail.why or None

    @admin.display(description=_("when"))
    def when(self, mail: OutboxMail) -> str:
        """The moment it ended, left or will leave."""
        return admin_base.shortly(mail.settled_at or mail.handed_at or mail.send_after)

    @admin.display(description=_("state"))
    def state(self, mail: OutboxMail) -> str:
        return mail.state

    @admin.action(description=_("Send again…"), permissions=["send"])
    def send_again(self, request: HttpRequest, outbox: OutboxQuerySet) -> HttpResponse | None:  # type: ignore[type-arg]
        if "asked" in request.POST:
            failed = list(outbox.failed())
            self._tell(request, outbox.count(), outbox.send_again(timezone.now()))
            self.log_verb(request, failed, gettext_noop("Sent again."))
            return None
        if not outbox.failed().exists():
            self._tell(request, outbox.count(), 0)
            return None
        return self.ask_first(
            request,
            title=gettext("Send again"),
            button=gettext("Send again"),
            sentences=self._warning(outbox.failed().count()),
        )

    def what_happened(self, request: HttpRequest, mail: OutboxMail) -> Iterator[Event]:
        if mail.handed_at:
            yield Event(mail.handed_at, _("handed over to the mail server"), BY_ITSELF)
        elif not mail.outcome:
            yield Event(mail.send_after, _("waits to be sent then"), BY_ITSELF, mail.why)
        if mail.settled_at:
            yield Event(mail.settled_at, mail.state, BY_ITSELF, mail.why)

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(f"{self.opts.app_label}.add_{self.opts.model_name}")

    def _warning(self, failed: int) -> list[str]:
        again = ngettext(
            "%(n)d mail that was refused or whose arrival is uncertain will be sent once more.",
            "%(n)d mails that were refused or whose arrival is uncertain will be sent once more.",
            failed,
        )
        return [
            again % {"n": failed},
            gettext("Where it was uncertain, the customer may get the same mail twice."),
            gettext("What is waiting, sent or skipped is left alone."),
        ]

    def _tell(self, request: HttpRequest, chosen: int, moved: int) -> None:
        if moved:
            done = ngettext("%(n)d mail waits again.", "%(n)d mails wait again.", moved)
            self.message_user(request, done % {"n": moved}, messages.SUCCESS)
        if chosen > moved:
            left = ngettext(
                "%(n)d was left alone: it is waiting, sent or skipped.",
                "%(n)d were left alone: they are waiting, sent or skipped.",
                chosen - moved,
            )
            self.message_user(request, left % {"n": chosen - moved}, messages.WARNING)
