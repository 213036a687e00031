"""The admin of responses: which ones count, and what they were before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from simple_history.admin import SimpleHistoryAdmin

from lib import admin_base
from lib.access.shown import shows
from lib.admin_base import BAD, GOOD, PLAIN, WAITING, DeskRecords, display
from lib.text import shortened
from surveys.admin import beside_responses
from surveys.models import Customer, Response
from surveys.questions import bands
from surveys.responses import submit


class BandFilter(admin.SimpleListFilter):
    title = _("band")
    parameter_name = "band"

    def lookups(self, request: HttpRequest, model_admin: object) -> list[tuple[str, str]]:
        return [(band, str(label)) for band, label in bands.NAMES.items()]

    def queryset(self, request: HttpRequest, responses: Any) -> Any:
        return responses.in_band(self.value()) if self.value() in bands.NAMES else responses


@admin.register(Response)
class ResponseAdmin(SimpleHistoryAdmin, DeskRecords):  # type: ignore[misc]
    list_display = ["what_score", "said", "who", "what_state", "when"]
    list_filter = ["state", BandFilter, "survey", "language"]
    list_select_related = ["customer", "survey", "address_claim__claimed"]
    search_fields = ["search_text", "customer__search_text"]
    date_hierarchy = "answered_at"
    fields = ["score", "comment", "customer", "claim", "survey", "wording", "language", "state",
              "why_excluded", "answered_at", "changed_at"]  # fmt: skip
    readonly_fields = ["claim"]
    object_history_list_template = "admin/surveys/response/history.html"
    actions = ["count_them", "take_them_out"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*super().get_fields(request, obj), *beside_responses.LINES]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [*super().get_readonly_fields(request, obj), *beside_responses.LINES]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Its own actions, and those of other rooms that this person may do."""
        offered = beside_responses.offered_to(request.user)
        more = {each.name: (each.act, each.name, each.label) for each in offered}
        return {**super().get_actions(request), **more}

    def history_view(self, request: HttpRequest, object_id: str, *more: Any) -> HttpResponse:
        if self.get_object(request, unquote(object_id)) is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)  # type: ignore[no-any-return]
        return super().history_view(request, object_id, *more)

    def history_form_view(self, request: HttpRequest, *what: Any, **more: Any) -> HttpResponse:
        """Refuse POST: simple_history would let whoever may read an answer write another one."""
        if request.method == "POST":
            raise PermissionDenied
        return super().history_form_view(request, *what, **more)  # type: ignore[no-any-return]

    @display(
        description=_("score"),
        ordering="score",
        label={"promoter": GOOD, "passive": WAITING, "detractor": BAD, "none": PLAIN},
    )
    def what_score(self, response: Response) -> tuple[str, str]:
        if response.score is None:
            return "none", "–"
        if response.band is None:
            return "none", response.survey.its_kind.written(response.score)
        return response.band, f"{response.score} · {bands.NAMES[response.band]}"

    @admin.display(description=_("comment"), empty_value="–")
    def said(self, response: Response) -> str | None:
        return shortened(response.comment, 80) or None

    @shows("surveys.customer")
    @admin.display(description=_("customer"), ordering="customer", empty_value="–")
    def who(self, response: Response) -> Customer | str | None:
        """The customer; of words from a form, who their author says to be."""
        return response.customer or self.claim(response)

    @shows("surveys.customer")
    @admin.display(description=_("given address"), empty_value="–")
    def claim(self, response: Any) -> str | None:
        found = getattr(response, "address_claim", None)
        return str(found) if found else None

    @admin.display(description=_("answered at"), ordering="answered_at")
    def when(self, response: Response) -> str:
        return admin_base.shortly(response.answered_at)

    @display(
        description=_("state"),
        label={"provisional": WAITING, "excluded": PLAIN},
    )
    def what_state(self, response: Response) -> tuple[str, str] | str:
        """The state: a word where it counts, as most do, and a label that stands out elsewhere."""
        if response.state == Response.State.COUNTED:
            return response.get_state_display()
        return response.state, response.get_state_display()

    @admin.action(description=_("Count the selected responses"), permissions=["judge"])
    def count_them(self, request: HttpRequest, responses: QuerySet[Response]) -> None:
        self._move(request, responses, submit.count)

    @admin.action(description=_("Do not count the selected responses"), permissions=["judge"])
    def take_them_out(self, request: HttpRequest, responses: QuerySet[Response]) -> None:
        self._move(request, responses, submit.exclude)

    def has_judge_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("surveys.change_response")

    def _move(
        self, request: HttpRequest, responses: QuerySet[Response], move: Callable[..., bool]
    ) -> None:
        now: datetime = timezone.now()
        moves = [move(response, now=now) for response in responses]
        moved, unmoved = moves.count(True), moves.count(False)
        if moved:
            done = ngettext("%(n)d response changed.", "%(n)d responses changed.", moved)
            self.message_user(request, done % {"n": moved}, messages.SUCCESS)
        if unmoved:
            same = ngettext(
                "%(n)d response was left alone: it stood so already.",
                "%(n)d responses were left alone: they stood so already.",
                unmoved,
            )
            self.message_user(request, same % {"n": unmoved}, messages.WARNING)
