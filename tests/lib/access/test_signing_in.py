"""Signing in: guessing is slowed down before it costs anything, and locks no colleague out."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib import admin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from tests import make
from tests.conftest import QuickHasher

pytestmark = pytest.mark.django_db

HOME, ELSEWHERE = "198.51.100.1", "203.0.113.9"
WRONG = "a wrong password"


@pytest.fixture
def hashed(monkeypatch):
    """The passwords that were hashed."""
    passwords, encode = [], QuickHasher.encode

    def count(self, password, *more):
        passwords.append(password)
        return encode(self, password, *more)

    monkeypatch.setattr(QuickHasher, "encode", count)
    return passwords


def sign(client, name="sato", password=WRONG, at=HOME, **more):
    client.logout()
    posted = {"username": name, "password": password}
    return client.post("/admin/login/", posted, REMOTE_ADDR=at, **more)


def guess(client, times, name="sato", at=HOME):
    return [sign(client, name.format(n), at=at).status_code for n in range(times)]


def test_five_wrong_passwords_lock_the_sign_in(client, sato):
    assert guess(client, 5) == [200, 200, 200, 200, 429]

    assert sign(client, password=make.PASSWORD).status_code == 429


def test_a_locked_sign_in_hashes_nothing(client, sato, hashed):
    guess(client, 5)
    assert len(hashed) == 5

    for _again in range(3):
        assert sign(client, password=make.PASSWORD).status_code == 429

    assert len(hashed) == 5


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_page_says_when_to_come_back_in_both_languages(client, sato, language):
    guess(client, 5)
    page = sign(client, headers={"Accept-Language": language})

    words = {"en": "Too many wrong passwords", "ja": "パスワードの間違いが続きました"}
    minutes = {"en": "for 60 minutes", "ja": "あと60分間"}
    assert words[language] in page.content.decode()
    assert minutes[language] in page.content.decode()
    assert 3590 < int(page["Retry-After"]) <= 3600


def test_after_an_hour_it_is_open_again_however_often_was_tried_meanwhile(client, sato):
    guess(client, 8)
    AccessAttempt.objects.update(attempt_time=AccessAttempt.objects.get().attempt_time
                                 - timedelta(minutes=61))  # fmt: skip

    assert sign(client, password=make.PASSWORD).status_code == 302


def test_a_right_password_makes_wrong_ones_forgotten(client, sato):
    guess(client, 4)
    assert sign(client, password=make.PASSWORD).status_code == 302

    assert guess(client, 4) == [200] * 4


def test_who_signs_in_between_guesses_for_others_is_counted_all_the_same(client, sato):
    make.staff(name="mallory")
    statuses = []
    for n in range(21):
        statuses.append(sign(client, f"name{n}").status_code)
        sign(client, "mallory", make.PASSWORD)

    assert statuses.count(429) == 2


def test_names_that_nobody_has_are_limited_as_well(client, db, hashed):
    assert guess(client, 21, "nobody{}") == [200] * 19 + [429] * 2
    assert len(hashed) == 20


def test_a_name_in_other_letters_is_no_way_around(client, sato):
    names = ["sato", "SATO", "ｓａｔｏ", "sato ", "s\N{COMBINING ACUTE ACCENT}ato"]
    statuses = [sign(client, names[n % 5]).status_code for n in range(25)]

    assert statuses[-5:] == [429] * 5


def test_a_stranger_does_not_lock_out_somebody_at_home(client, sato):
    sign(client, password=make.PASSWORD)
    guess(client, 30, at=ELSEWHERE)
    for n in range(60):
        guess(client, 1, at=f"203.0.113.{n}")
    guess(client, 30, "name{}")

    assert sign(client, password=make.PASSWORD).status_code == 302


def test_a_password_is_not_guessed_from_everywhere(client, sato, hashed):
    statuses = [guess(client, 1, at=f"203.0.113.{n}")[0] for n in range(60)]

    assert statuses == [200] * 49 + [429] * 11
    assert len(hashed) == 50


def test_where_somebody_signed_in_long_ago_is_a_strange_place(client, sato):
    sign(client, password=make.PASSWORD)
    AccessLog.objects.update(attempt_time=AccessLog.objects.get().attempt_time
                             - timedelta(days=91))  # fmt: skip
    guess(client, 20, "name{}")

    assert sign(client, password=make.PASSWORD).status_code == 429


def test_what_is_remembered_of_places_is_forgotten_after_three_months(client, sato):
    sign(client, password=make.PASSWORD)
    AccessLog.objects.update(attempt_time=AccessLog.objects.get().attempt_time
                             - timedelta(days=91))  # fmt: skip
    sign(client, password=make.PASSWORD)

    assert AccessLog.objects.count() == 1


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", 200),
        ("192.0.2.1", "::ffff:192.0.2.1", 429),
        ("", "", 429),
    ],
)
def test_a_household_is_one_caller(client, sato, first, second, status):
    guess(client, 5, at=first)

    assert guess(client, 1, at=second) == [status]


def test_behind_a_proxy_the_callers_address_counts(client, sato, settings):
    settings.TRUSTED_PROXIES = 1
    for n in range(5):
        sign(client, headers={"X-Forwarded-For": f"192.0.2.{n}, 198.51.100.7"})

    spoofed = sign(client, headers={"X-Forwarded-For": "192.0.2.77, 198.51.100.7"})
    another = sign(client, headers={"X-Forwarded-For": "192.0.2.77, 198.51.100.8"})
    assert (spoofed.status_code, another.status_code) == (429, 200)


def test_without_a_proxy_nobody_is_believed_to_be_somebody_else(client, sato):
    for n in range(5):
        sign(client, headers={"X-Forwarded-For": f"192.0.2.{n}"})

    assert sign(client, headers={"X-Forwarded-For": "192.0.2.77"}).status_code == 429


@pytest.mark.parametrize(
    "posted",
    [
        {"username": "x" * 10_000, "password": "x"},
        {"username": "\0", "password": "\0"},
        {"username": "", "password": ""},
        {},
        {"username": "田中" * 100, "password": "x" * 5_000},
        {"username": "sato", "password": "x", "more": "y" * 5_000},
    ],
)
def test_odd_names_and_passwords_make_no_fault(client, sato, posted):
    headers = {"User-Agent": "z" * 5_000, "Accept": "q" * 5_000}

    statuses = [
        client.post(f"/admin/login/?x={'w' * 3_000}", posted, headers=headers).status_code
        for _twice in range(2)
    ]

    assert statuses == [200, 200]


def test_no_password_is_kept(client, sato):
    sign(client, password="my secret pass phrase")
    sign(client, password="my secret pass phrase")

    (attempt,) = AccessAttempt.objects.values()
    assert "secret" not in str(attempt)


def test_who_was_locked_out_is_no_list_of_the_desk():
    assert [m for m in admin.site._registry if m._meta.app_label == "axes"] == []


@pytest.mark.parametrize(
    "password",
    ["1", "short-one-7", "password12345", "123456789012", "sato-hanako", "hanako.sato12"],
)
def test_weak_passwords_are_refused_for_others(desk, password):
    new = User.objects.create_superuser("new", first_name="hanako.sato")
    posted = {"usable_password": "true", "password1": password, "password2": password}

    desk.post("/admin/auth/user/add/", {"username": "hanako.sato", **posted})
    desk.post(f"/admin/auth/user/{new.pk}/password/", posted)

    new.refresh_from_db()
    assert not new.check_password(password)
    assert not User.objects.filter(username="hanako.sato").exists()


def test_and_for_oneself(desk, sato):
    posted = {"old_password": make.PASSWORD, "new_password1": "1", "new_password2": "1"}
    desk.post("/admin/password_change/", posted)

    sato.refresh_from_db()
    assert sato.check_password(make.PASSWORD)


def test_the_first_account_has_a_good_password_too(monkeypatch):
    asked = []

    def answers(_prompt=""):
        asked.append(_prompt)
        if len(asked) > 2:
            raise KeyboardInterrupt
        return "1"

    monkeypatch.delenv("DJANGO_SUPERUSER_PASSWORD", raising=False)
    monkeypatch.setattr("getpass.getpass", answers)
    monkeypatch.setattr("builtins.input", lambda _prompt="": "n")
    with pytest.raises((SystemExit, CommandError, ValidationError)):
        call_command("createsuperuser", "--username=boss", "--email=b@example.com", stdin=_Tty())

    assert not User.objects.filter(username="boss").exists()


class _Tty:
    def isatty(self):
        return True
