"""A list's page: its rows by key, links to the pages before and after, and how many there are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ORDER_VAR
from django.db.models import Max, QuerySet
from django.http import HttpRequest
from unfold.views import ChangeList

from lib.desk.keyset import NoSuchKey, Order, order_of
from lib.search import holding_often

AFTER, BEFORE = "after", "before"  # the key of a row, in an address
MOST_COUNTED = 1_000  # of more rows than these a list says only that there are more


def count_some(rows: QuerySet[Any]) -> int:
    """The number of rows; one more than MOST_COUNTED where there are more than that."""
    return rows.order_by("-pk").values("pk")[: MOST_COUNTED + 1].count()


def in_words(count: int) -> str:
    """A count as people read it: 1,000+ where more were not counted."""
    return str(count) if count <= MOST_COUNTED else f"{MOST_COUNTED:,}+"


@dataclass(frozen=True)
class Pages:
    """What stands for a paginator, which Django's admin asks for the numbers of pages."""

    per_page: int
    count: int
    template_name = "admin/partials/pages.html"

    def get_elided_page_range(self, _number: int) -> list[int]:
        return []


MOST_FOUND = 5_000  # rows that a search puts in order
SAMPLE, OFTEN = 1_000, 0.01  # of the newest rows, the share by which words are frequent


class KeysetChangeList(ChangeList):  # type: ignore[misc]
    """The list of an admin by pages. An address with the number of a page leads to the first."""

    order: Order
    query: str
    unsearched: QuerySet[Any]
    rows: QuerySet[Any]
    holding: QuerySet[Any]
    previous_page: str | None = None
    next_page: str | None = None

    def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
        """All parameters but those of the page; a filter or another order begins at the first."""
        for name in (AFTER, BEFORE):
            self.params.pop(name, None)
            self.filter_params.pop(name, None)
        return super().get_filters_params(params)  # type: ignore[no-any-return]

    def get_ordering(self, request: HttpRequest, queryset: QuerySet[Any]) -> list[Any]:
        """The order; rows alike in a column go its way, so that one index serves it both ways."""
        ordering = super().get_ordering(request, queryset)
        if self.params.get(ORDER_VAR) and ordering[-1] == "-pk" and not _falls(ordering[0]):
            ordering[-1] = "pk"
        never_null = self.model_admin.never_null_in_lists
        self.order = order_of(queryset, ordering, never_null)
        return ordering  # type: ignore[no-any-return]

    def get_queryset(self, request: HttpRequest, *more: Any) -> Any:
        """All rows that are found; the search comes last, so that a page can do it its own way."""
        words, self.query = self.query, ""
        self.unsearched = super().get_queryset(request, *more)
        self.query = words
        if not words:
            return self.unsearched
        every = self.model._base_manager.all()
        self.holding, _twice = self.model_admin.get_search_results(request, every, words)
        return self.unsearched.filter(pk__in=self.holding.values("pk"))

    def _searched(self, request: HttpRequest) -> Any:
        """The rows that a page is read from. Few that hold the words are asked for by their ids;
        of many, the list's order soon comes to enough that hold them when they are looked at."""
        if not self.query:
            return self.queryset
        often = holding_often(self.model_admin.get_search_fields(request), self.query)
        if self._newest().filter(often).count() > SAMPLE * OFTEN:
            return self.unsearched.filter(often)
        ids = list(self.holding.values_list("pk", flat=True)[: MOST_FOUND + 1])
        if len(ids) > MOST_FOUND:
            return self.unsearched.filter(often)
        return self.unsearched.filter(pk__in=ids)

    def _newest(self) -> Any:
        every = self.model._base_manager
        last = every.aggregate(last=Max("pk"))["last"] or 0
        return every.filter(pk__gt=last - SAMPLE)

    def get_results(self, request: HttpRequest) -> None:
        self.rows = self.model_admin.as_listed(self._searched(request))
        rows = self._read(request)
        self.show_admin_actions = True
        self.result_list = rows
        self.result_count = self._count(len(rows))
        self.counted = in_words(self.result_count)
        self.full_result_count, self.show_full_result_count = self.result_count, False
        self.multi_page = bool(self.previous_page or self.next_page)
        self.can_show_all = self.result_count <= self.list_max_show_all
        if self.show_all and self.can_show_all:
            self.result_list = self.order.rows(self.rows, self.list_max_show_all)
        self.paginator = Pages(self.list_per_page, self.result_count)

    def _read(self, request: HttpRequest) -> list[Any]:
        """The rows of the page that is asked for, and the links to those before and after it."""
        if BEFORE in request.GET:
            rows = self._some(request.GET[BEFORE], backwards=True)
            if len(rows) > self.list_per_page:
                return self._linked(rows[1:], before=True, after=True)
        elif AFTER in request.GET:
            rows = self._some(request.GET[AFTER])
            if rows:
                more = len(rows) > self.list_per_page
                return self._linked(rows[: self.list_per_page], before=True, after=more)
        rows = self.order.rows(self.rows, self.list_per_page + 1)
        more = len(rows) > self.list_per_page
        return self._linked(rows[: self.list_per_page], before=False, after=more)

    def _some(self, written: str, *, backwards: bool = False) -> list[Any]:
        try:
            key = self.order.read(written)
        except NoSuchKey as wrong:
            raise IncorrectLookupParameters(wrong) from wrong
        most = self.list_per_page + 1
        return self.order.rows(self.rows, most, key=key, backwards=backwards)

    def _linked(self, rows: list[Any], *, before: bool, after: bool) -> list[Any]:
        if before:
            self.previous_page = self.get_query_string({BEFORE: self.order.key_of(rows[0])})
        if after:
            self.next_page = self.get_query_string({AFTER: self.order.key_of(rows[-1])})
        return rows

    def _count(self, shown: int) -> int:
        return count_some(self.rows) if self.previous_page or self.next_page else shown


def _falls(ordered_by: Any) -> bool:
    if isinstance(ordered_by, str):
        return ordered_by.startswith("-")
    return bool(getattr(ordered_by, "descending", False))
