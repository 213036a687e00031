"""The admin of addresses that somebody gave in a form: whether their owners confirmed them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from lib import admin_base
from lib.mail.admin import OutboxAdmin, StateFilter
from surveys.models import ClaimedAddress


@admin.register(ClaimedAddress)
class ClaimedAddressAdmin(OutboxAdmin):
    """Only the owner confirms, by the link in the mail; staff see how it went, or forget it."""

    list_display = ["whose", "claims", "what_state", "why", "when"]
    list_filter = [StateFilter]
    search_fields = ["address"]
    fields = ["whose", "language", "state", "why", "attempts", "send_after", "handed_at",
              "settled_at", "stopped_at"]  # fmt: skip
    actions = ["send_again", "forget"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ClaimedAddress]:
        return ClaimedAddress.objects.annotate(n_claims=Count("claims"))

    @admin.display(description=_("email address"), ordering="address")
    def whose(self, claimed: ClaimedAddress) -> str:
        return claimed.address or gettext("deleted")

    @admin.display(description=_("given with"), ordering="n_claims")
    def claims(self, claimed: Any) -> str:
        n = int(claimed.n_claims)
        return ngettext("%(n)d response", "%(n)d responses", n) % {"n": n}

    @admin.action(description=_("Delete the addresses…"), permissions=["forget"])
    def forget(
        self, request: HttpRequest, addresses: QuerySet[ClaimedAddress]
    ) -> HttpResponse | None:
        if admin_base.confirmation(request) is None:
            return self.ask_first(
                request,
                title=gettext("Delete the addresses"),
                button=gettext("Delete the addresses"),
                sentences=[
                    gettext("What was written with them stays, and is nobody's then."),
                    gettext("Who wanted no such mail still gets none."),
                ],
            )
        chosen = list(addresses)
        for claimed in chosen:
            claimed.forget()
        done = ngettext("%(n)d address deleted.", "%(n)d addresses deleted.", len(chosen))
        self.message_user(request, done % {"n": len(chosen)}, messages.SUCCESS)
        return None

    def has_forget_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("surveys.delete_claimedaddress")
