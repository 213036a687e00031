"""Who may open and do what: tests/access.tsv says it for every address, verb and role.

A cell is the status that is answered, `login` where one is sent to sign in, and a `+` where
something is written. `POST invite` is an action of a list. Other verbs are refused everywhere.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from django.db import connection, transaction
from django.template.response import SimpleTemplateResponse

from tests import make, whole_site
from tests.whole_site import ROLES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "sqlite", reason="who may do what is the same with either database"
    ),
]

TABLE = Path(__file__).with_name("access.tsv")
REFUSED = ["PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
NOT_COUNTED = ("django_session", "axes_")  # that somebody signs in or out is remembered


class Request(NamedTuple):
    address: str
    verb: str
    path: str
    form_data: dict[str, Any] | None = None


class Visitor:
    """Somebody of a role, who comes anew for every request."""

    def __init__(self, role: str) -> None:
        self.client = whole_site.client_of(whole_site.person(role))
        self.cookies = self.client.cookies.output(header="")

    def ask(self, request: Request) -> tuple[str, Any]:
        """The cell, and the page. What was written is taken back."""
        verb = request.verb.partition(" ")[0]
        self.client.cookies = SimpleCookie(self.cookies)
        with _as_if_it_never_was() as written:
            if verb == "POST":
                page = self.client.post(request.path, request.form_data)
            else:
                page = self.client.generic(verb, request.path)
            if page.streaming:
                b"".join(page)
        return _status(page) + "+" * bool(written), page


@contextmanager
def _as_if_it_never_was() -> Iterator[list[str]]:
    written: list[str] = []

    def watch(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        changes = sql.startswith(("INSERT", "UPDATE", "DELETE"))
        if changes and not any(table in sql for table in NOT_COUNTED):
            written.append(sql)
        return execute(sql, *more)

    with transaction.atomic(), connection.execute_wrapper(watch):
        yield written
        transaction.set_rollback(True)


def _status(page: Any) -> str:
    to_sign_in = page.status_code == 302 and page["Location"].startswith("/admin/login/")
    return "login" if to_sign_in else str(page.status_code)


def requests(site: whole_site.Site, boss: Visitor) -> Iterator[Request]:
    """Every request there is: what is posted is what a page shows to who may do everything."""
    for address in whole_site.patterns():
        path = site.path(address)
        page = boss.client.get(path)
        yield Request(address, "GET", path)
        yield Request(address, "HEAD", path)
        form_data = {**whole_site.what_the_page_posts(page), **site.answers}
        yield Request(address, "POST", path, form_data)
        for action in whole_site.actions_of(page):
            chosen = site.chosen(address, action)
            yield Request(address, f"POST {action}", path, chosen)


@pytest.fixture
def site() -> whole_site.Site:
    make.default_topics()
    return whole_site.furnish()


def table() -> dict[tuple[str, str], dict[str, str]]:
    """The cells by role, for each address and verb."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, dialect="excel-tab"))
    return {(row["address"], verb): row for row in rows for verb in row["verbs"].split(", ")}


def walk(site: whole_site.Site) -> dict[tuple[str, str], dict[str, str]]:
    """What the site answers, as the table says it. Pages are found, but not written out."""
    boss = Visitor("superuser")
    asked = list(requests(site, boss))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SimpleTemplateResponse, "rendered_content", "")
        visitors = {role: boss if role == "superuser" else Visitor(role) for role in ROLES}
        return {
            (each.address, each.verb): {role: who.ask(each)[0] for role, who in visitors.items()}
            for each in asked
        }


def test_every_role_may_do_what_the_table_says_and_nothing_else(site):
    found, said = walk(site), table()
    missing, gone = found.keys() - said.keys(), said.keys() - found.keys()

    assert not missing, (
        "tests/access.tsv does not say who may open these. Decide it for each role, and write a "
        "row for each. The site answers now:\n"
        + "\n".join("\t".join([*key, *found[key].values()]) for key in sorted(missing))
    )
    assert not gone, f"There is no {sorted(gone)} any more: take the rows out of tests/access.tsv."
    otherwise = [
        f"{key[1]} /{key[0]} as {role}: the table says {said[key][role]}, the site {cell}"
        for key, cells in found.items()
        for role, cell in cells.items()
        if said[key][role] != cell
    ]
    assert otherwise == []


def test_asking_changes_nothing_and_neither_does_what_is_refused():
    cells = [
        (key, role, row[role])
        for key, row in table().items()
        for role in ROLES
        if "+" in row[role]
        if key[1] in ("GET", "HEAD") or row[role][0] == "4" or row[role] == "login+"
    ]
    assert cells == []


def test_who_may_only_look_writes_nothing():
    """But their own password, what they export, and the pages of customers, open to all."""
    written = {key for key, row in table().items() if "+" in row[ROLES[2]]}

    assert {(address, verb) for address, verb in written if address.startswith("admin/")} == {
        ("admin/password_change/", "POST"),
        ("admin/voc/feedback/", "POST export"),  # into the log of who exported what
    }


def test_other_verbs_are_refused_everywhere(site):
    visitor = Visitor("superuser")
    taken = [
        (address, verb)
        for address in whole_site.patterns()
        for verb in REFUSED
        if visitor.ask(Request(address, verb, site.path(address)))[0] != "405"
    ]
    assert taken == []


@pytest.mark.parametrize("role", ROLES[1:3])
def test_no_customers_link_stands_on_a_page_of_the_desk(site, role):
    visitor = Visitor(role)
    for address in whole_site.patterns():
        if address.startswith(("admin/", "reports/")):
            page = visitor.ask(Request(address, "GET", site.path(address)))[1]
            text = page.getvalue().decode() + page.headers.get("Location", "")
            assert not [link for link in site.links if link in text], address
