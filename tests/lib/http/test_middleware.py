"""What holds for every request."""

import pytest
from django.test import RequestFactory

from lib.http import middleware


@pytest.mark.parametrize(
    ("accepts", "address", "speaks"),
    [
        ("en", "/none/", "en"),
        ("ja", "/none/", "ja"),
        ("ja", "/none/?lang=en", "en"),
        ("en", "/none/?lang=ja", "ja"),
        ("en", "/none/?lang=tlh", "en"),
        ("de", "/none/", "ja"),
    ],
)
@pytest.mark.django_db
def test_a_page_speaks_the_chosen_language_then_the_browsers(client, accepts, address, speaks):
    page = client.get(address, headers={"Accept-Language": accepts})

    assert page["Content-Language"] == speaks
    assert f'<html lang="{speaks}">' in page.content.decode()


@pytest.mark.django_db
def test_the_chosen_language_does_not_stay_for_the_next_visitor(client):
    client.get("/none/?lang=en")

    assert client.get("/none/")["Content-Language"] == "ja"


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "192.0.2.9"),
        (0, "198.51.100.1", "192.0.2.9"),
        (1, "198.51.100.1", "198.51.100.1"),
        (1, "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        (2, "6.6.6.6, 198.51.100.1, 10.0.0.1", "198.51.100.1"),
        (2, "198.51.100.1", "192.0.2.9"),
    ],
)
def test_the_callers_address_is_what_the_last_trusted_proxy_saw(
    settings, proxies, forwarded, address
):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    request = RequestFactory().get("/", headers=headers, REMOTE_ADDR="192.0.2.9")

    assert middleware.address_of(request) == address


def test_a_fault_of_ours_is_told_in_both_languages(client, monkeypatch):
    monkeypatch.setattr("surveys.pages.views._asked", lambda *_: 1 / 0)
    client.raise_request_exception = False

    page = client.get("/s/x/")

    assert page.status_code == 500
    assert "こちらの不具合です。" in page.content.decode()
    assert "The fault is ours." in page.content.decode()


@pytest.mark.parametrize("page", ["99999999999", "0", "x"])
@pytest.mark.django_db
def test_a_page_of_a_list_that_is_not_there_is_not_found(desk, page):
    assert desk.get("/admin/search/?s=a").status_code == 200
    assert desk.get(f"/admin/search/?s=a&page={page}").status_code == 404
