"""Hostile requests, made from what the site has: every address, list, filter and form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from urllib.parse import quote, urlencode

from django.contrib import admin
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.hostile.values import EVERYTHING, JSON, NUMBERS

PLACE = re.compile(r"<(?:\w+:)?\w+>|\(\[\^/\]\+\)|\(\?P<\w+>[^)]*\)")
FORM = "application/x-www-form-urlencoded"
LOOKUPS = [
    "exact", "isnull", "in", "gt", "range", "year", "month", "day", "date", "regex", "contains",
]  # fmt: skip
PARAMETERS = [
    "p", "o", "ot", "e", "q", "all", "_facets", "_popup", "_to_field", "_changelist_filters",
    "lang", "next", "theme", "language", "score",
    "page", "s", "extended", "term", "app_label", "model_name", "field_name",
    "survey", "period", "since", "until", "pile", "back",
]  # fmt: skip


@dataclass(frozen=True)
class Hostile:
    """A request that no browser sends by itself."""

    path: str
    method: str = "GET"
    body: bytes = b""
    content_type: str = FORM
    headers: dict[str, Any] = field(default_factory=dict)

    def by(self, client: Client) -> int:
        """Send it; the status of the answer."""
        client.raise_request_exception = True
        return client.generic(
            self.method, self.path, self.body, self.content_type, **self.headers
        ).status_code

    def __str__(self) -> str:
        return f"{self.method} {self.path[:150]} {self.body[:150]!r} {self.headers}"


def a_sample(known: dict[str, list[str]], links: list[str]) -> Iterator[Hostile]:
    """Each kind of hostile request, thinned out to what a test has time for, always the same.

    `known` are ids that exist, by the label of their model; `links` lead to customers' pages.
    """
    for thinning, kind in (
        (1, once_a_fault()),
        (1, with_attributes(known)),
        (9, to_every_address()),
        (23, with_odd_parameters()),
        (79, with_odd_lookups()),
        (5, to_forms_of_the_desk(known)),
        (17, with_odd_actions(known)),
        (2, with_odd_headers_and_bodies()),
        (5, to_customers_pages(links)),
    ):
        yield from islice(kind, 0, None, thinning)


def once_a_fault() -> Iterator[Hostile]:
    """What did stop a page: in every sample."""
    responses, fix = "/admin/surveys/response/", "/admin/reports/fix/add/"
    for year in ("0", "1", "9999", "10000", "99999999999", "9" * 19, "9" * 5000, "x", "４２"):
        yield Hostile(f"{responses}?answered_at__year={quote(year)}")
        for month, day in (("12", "31"), ("13", "1"), ("9" * 20, "1"), ("1", "9" * 20), ("x", "")):
            asked = f"answered_at__year={quote(year)}&answered_at__month={month}"
            yield Hostile(f"{responses}?{asked}")
            yield Hostile(f"{responses}?{asked}&answered_at__day={day}")
    for page in ("99999999999", "0", "-1", "x", ""):
        for term in ("s=a", "s=a&extended", "extended"):
            yield Hostile(f"/admin/search/?{term}&page={page}")
        yield Hostile(f"/you-said/?page={page}")
    for topic in NUMBERS:
        yield _posted(fix, [("topics", topic), ("you_said_en", "x"), ("we_did_en", "y")])
        for form in ("sentiment", "status", "note", "owner", "topics"):
            pages = {"topics": topic, "to": topic, "owner": topic, "sentiment": "positive"}
            yield _posted("/admin/voc/feedback/1/change/", [*pages.items(), (form, "")])


def to_every_address() -> Iterator[Hostile]:
    """A nasty value in the place of each variable part, read and posted to."""
    for route in routes():
        for value in EVERYTHING if PLACE.search(route) else [""]:
            path = PLACE.sub(quote(value[:3_000], safe="").replace("\\", "%5C"), route)
            yield Hostile(path)
        yield Hostile(PLACE.sub("1", route), "POST", b"x=1")
        yield Hostile(PLACE.sub("1_5F", route))
        yield Hostile(PLACE.sub(str(10**30), route), "POST", b"asked=yes&confirmed=1")


def with_odd_parameters() -> Iterator[Hostile]:
    """Pages without variable parts, with what lists, filters and searches take."""
    for route in routes():
        if not PLACE.search(route):
            values = [*EVERYTHING[::3], "99999999999", "id__x=1", "9.-9.x"]
            for place, name in enumerate(PARAMETERS):
                for value in values[place % 3 :: 3]:
                    yield Hostile(f"{route}?{urlencode({name: value[:3_000]})}")


def with_odd_lookups() -> Iterator[Hostile]:
    """Lists, asked for every filter they have and for fields they should not be asked for."""
    for model, registered in admin.site._registry.items():
        filters = [getattr(each, "parameter_name", each) for each in registered.list_filter]
        filters = [each[0] if isinstance(each, tuple) else each for each in filters]
        fields = [each.name for each in model._meta.get_fields()]
        names = dict.fromkeys([*filters, registered.date_hierarchy, *fields, "pk", "nothing"])
        for place, name in enumerate(filter(None, names)):
            own = name in filters or name == registered.date_hierarchy
            for number, lookup in enumerate(["", *LOOKUPS]):
                values = EVERYTHING if own else EVERYTHING[(place + number) % 9 :: 9]
                for value in values:
                    asked = urlencode({f"{name}__{lookup}".rstrip("_"): value[:3_000]})
                    yield Hostile(f"{_list(model)}?{asked}")


def to_forms_of_the_desk(known: dict[str, list[str]]) -> Iterator[Hostile]:
    """Forms to add and to change, every field filled with the same nasty value."""
    for model in admin.site._registry:
        names = [each.name for each in model._meta.get_fields()]
        languages = [f"{name}_{code}" for name in ("name", "phrases") for code in ("ja", "en")]
        halves = [f"{name}_{half}" for name in names for half in (0, 1)]
        for value in EVERYTHING:
            body = urlencode([(name, value) for name in (*names, *languages, *halves)]).encode()
            yield Hostile(_list(model) + "add/", "POST", body)
            for pk in known.get(model._meta.label_lower, []):
                yield Hostile(f"{_list(model)}{pk}/change/", "POST", body)


def with_odd_actions(known: dict[str, list[str]]) -> Iterator[Hostile]:
    """Actions of lists on rows that cannot be, and asked again with nasty fields."""
    for model, registered in admin.site._registry.items():
        actions = [
            "delete_selected", "take", "hand_on", "dismiss", "plan", "correct", "nothing",
            *map(_name, registered.actions or []),
        ]  # fmt: skip
        rows = known.get(model._meta.label_lower, [])
        for action in dict.fromkeys(actions):
            for value in EVERYTHING[::2]:
                chosen: list[tuple[str, Any]] = [("action", action), ("_selected_action", value)]
                yield _posted(_list(model), [*chosen, ("index", value)])
                fields = ["owner", "topics", "sentiment", "survey", "fix", "until", "back", "index"]
                asked = [("_selected_action", pk) for pk in rows] + [(f, value) for f in fields]
                yield _posted(_list(model), [*chosen, *asked, ("asked", "yes")])


def with_attributes(known: dict[str, list[str]]) -> Iterator[Hostile]:
    for text in JSON:
        for number, pk in enumerate(known["surveys.customer"]):
            person = {"email": f"odd{number}@example.com", "language": "ja", "attributes": text}
            yield _posted(f"/admin/surveys/customer/{pk}/change/", [*person.items()])
            yield _posted("/admin/surveys/customer/add/", [*person.items()])


def with_odd_headers_and_bodies() -> Iterator[Hostile]:
    pages = ["/you-said/", "/reports/", "/admin/", "/f/voice/", "/s/1.x/", "/admin/login/"]
    pages += ["/admin/voc/feedback/", "/admin/surveys/customer/import/", "/i18n/setlang/"]
    headers = [
        {"HTTP_COOKIE": 'sessionid="\xff; csrftoken=\0; django_language=xx-\xff'},
        {"HTTP_COOKIE": "sessionid=" + "x" * 5_000 + "; messages=garbage"},
        {"HTTP_ACCEPT_LANGUAGE": "x" * 5_000 + ";q=nan"},
        {"HTTP_ACCEPT_LANGUAGE": "ja;q=1e400,\xff,-,*;q=x"},
        {"HTTP_HOST": "x" * 300},
        {"HTTP_HOST": "[::1"},
        {"HTTP_HOST": "a b\xff"},
        {"HTTP_X_FORWARDED_FOR": ",".join("x" * 2_000)},
        {"HTTP_REFERER": "http://[bad"},
        {"HTTP_ORIGIN": "null"},
        {"HTTP_ACCEPT": "\xff/\0"},
        {"CONTENT_LENGTH": "x"},
        {"CONTENT_LENGTH": "-5"},
    ]
    bodies = [
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
        ("multipart/form-data; boundary=\xff", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"; '
         b"filename*=utf-9''%ff\r\n\r\nx\r\n--x--"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="file"; '
         b'filename="\0.csv"\r\n\r\n\xff\xfe\0\r\n--x--\r\n'),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n'
         b"Content-Transfer-Encoding: base64\r\n\r\n!!!\r\n--x--\r\n"),
        ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="a"\r\n'
         b"Content-Type: text/plain; charset=none\r\n\r\n\xff\r\n--x--\r\n"),
        (FORM + "; charset=none", b"words=%ff"),
        (FORM + "; charset=utf-7", b"words=+AAA-"),
        (FORM, b"&".join(b"f%d=1" % number for number in range(10_000))),
        (FORM, b"words=" + b"x" * 5_000_000),
        (FORM, b"%zz&&&===%"),
        (FORM, b"words=\xed\xa0\x80%00&email=%ed%a0%80@x.jp&wording=" + b"9" * 5_000),
        (FORM, b"score=" + b"9" * 5_000 + b"&comment=%00&again=1.x&wording=\xff"),
        ("application/json", b"{"),
        ("text/xml", b"<"),
        ("", b"\xff"),
    ]  # fmt: skip
    for page in pages:
        yield from (Hostile(page, method, headers=each) for each in headers for method in
                    ("GET", "POST"))  # fmt: skip
        yield from (Hostile(page, "POST", body, kind) for kind, body in bodies)
        for method in ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "ß"):
            yield Hostile(page, method)


def to_customers_pages(links: Iterable[str]) -> Iterator[Hostile]:
    """The pages of customers, every field with every value."""
    names = ["score", "comment", "words", "email", "wording", "again", "touched", "scripted"]
    for link in links:
        for value in EVERYTHING:
            yield _posted(link, [(name, value) for name in names])
            yield from (_posted(link, [("score", "3"), ("words", "x"), (n, value)]) for n in names)
            yield Hostile(f"{link}?{urlencode({'score': value[:3000], 'lang': value[:3000]})}")


def routes() -> list[str]:
    """Every address of the site, with its variable parts as they stand in urls.py."""
    found = _walk(get_resolver().url_patterns)
    return sorted({"/" + route.replace("^", "").replace("$", "") for route in found})


def _walk(patterns: Iterable[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, before + str(pattern.pattern))
        else:
            yield before + str(pattern.pattern)


def _posted(path: str, fields: list[tuple[str, Any]]) -> Hostile:
    return Hostile(path, "POST", urlencode(fields).encode())


def _list(model: Any) -> str:
    return reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")


def _name(action: Any) -> str:
    return action if isinstance(action, str) else str(action.__name__)
