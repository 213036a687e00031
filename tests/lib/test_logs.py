"""A log reader must not be able to answer in a customer's name."""

import logging

import pytest

from lib.logs import HideTokens, hide_tokens


@pytest.mark.parametrize(
    ("line", "hidden"),
    [
        ("GET /s/42.secret/ 200", "GET /s/…/ 200"),
        ("GET /s/42.secret/thanks/?lang=ja", "GET /s/…/thanks/?lang=ja"),
        ("GET /s/42.secret?score=9", "GET /s/…?score=9"),
        ('"GET /u/42.secret" 404', '"GET /u/…" 404'),
        ("https://todoku.example/u/42.secret", "https://todoku.example/u/…"),
        ("two: /s/1.a/ and /u/2.b/", "two: /s/…/ and /u/…/"),
        ("GET /f/shop/ 200", "GET /f/shop/ 200"),
        ("GET /static/css/ink.css", "GET /static/css/ink.css"),
    ],
)
def test_secret_links_are_hidden_and_nothing_else(line, hidden):
    assert hide_tokens(line) == hidden


def test_they_are_hidden_in_what_is_filled_in_too():
    record = logging.LogRecord(
        "django", logging.WARNING, "", 0, "%s: %s", ("Not Found", "/s/42.secret/"), None
    )

    HideTokens().filter(record)

    assert record.getMessage() == "Not Found: /s/…/"
