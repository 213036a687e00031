"""PostgreSQL stops while a customer writes: the page says so, and the words are kept in the end."""

import re
from html import unescape
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.db import connections

from surveys.models import Response
from tests import make
from voc.models import Feedback


def open_page(url, fields=None):
    """Status, headers and text of a page; redirects are followed."""
    data = urlencode(fields).encode() if fields is not None else None
    try:
        with urlopen(Request(url, data), timeout=60) as page:
            return page.status, page.headers, page.read().decode()
    except HTTPError as error:
        return error.code, error.headers, error.read().decode()


def fields_of(html):
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', html)
    boxes = re.findall(r'<textarea[^>]* name="(\w+)">\n(.*?)</textarea>', html, re.DOTALL)
    return {name: unescape(value) for name, value in [*hidden, *boxes]}


def test_words_sent_while_postgresql_is_stopped_are_sent_again_and_are_one_row(postgres, web):
    site = web()
    form = f"{site.url}{make.survey(kind='feedback').get_absolute_url()}?lang=en"
    answer = f"{site.url}{make.invitation().get_absolute_url()}?lang=en"
    opened = fields_of(open_page(form)[2])
    connections.close_all()

    postgres.stop()
    pages = [
        open_page(form, {**opened, "words": "遅い & dear", "email": "hanna@example.com"}),
        open_page(answer, {"score": "3", "comment": "遅い", "touched": "1"}),
    ]
    read = [open_page(f"{site.url}{path}")[0] for path in ("/you-said/", "/admin/", "/reports/")]
    postgres.start()

    assert [(status, headers["Retry-After"]) for status, headers, _html in pages] == [
        (503, "30")
    ] * 2
    assert all("This has not been kept" in html and "遅い" in html for _s, _h, html in pages)
    assert set(read) <= {200, 302, 503}
    for url, (_status, _headers, html) in zip((form, answer), pages, strict=True):
        for _press in range(2):
            assert open_page(url, fields_of(html))[0] == 200
    kept = {(response.score, response.comment) for response in Response.objects.all()}
    assert kept == {(None, "遅い & dear"), (3, "遅い")}
    assert (Response.objects.count(), Feedback.objects.count()) == (2, 2)
