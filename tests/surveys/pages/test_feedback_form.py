"""/f/<slug>/: anyone may write, without an invitation."""

from itertools import chain, repeat

import pytest

from surveys.models import ClaimedAddress, Response
from tests import make

pytestmark = pytest.mark.django_db


@pytest.fixture
def form():
    return make.survey(kind="feedback")


@pytest.fixture
def url(form):
    return form.get_absolute_url()


def test_words_alone_are_enough(client, form, url):
    page = client.post(url, {"words": " More colours, please. ", "email": ""})

    response = Response.objects.get()
    assert (response.survey, response.comment) == (form, "More colours, please.")
    assert (response.score, response.customer, response.invitation) == (None, None, None)
    assert page.status_code == 303


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ｋ＠ｅｘａｍｐｌｅ．ｊｐ", "k@example.jp"),
        ("k@例え.jp", "k@xn--r8jz45g.jp"),
        ("a..b@docomo.ne.jp", "a..b@docomo.ne.jp"),
    ],
)
def test_an_address_is_taken_as_people_type_it(client, url, typed, kept):
    page = client.post(url, {"words": "Hello", "email": typed})

    assert (page.status_code, ClaimedAddress.objects.get().address) == (303, kept)


def test_an_address_longer_than_any_is_told_at_the_field_and_the_words_stay(client, url):
    address = f"{'a' * 250}@example.com"

    page = client.post(f"{url}?lang=en", {"words": "More colours", "email": address})

    assert (page.status_code, Response.objects.count()) == (422, 0)
    assert page.context["form"].errors == {
        "email": ["An email address has 254 characters at most."]
    }
    assert page.context["form"]["words"].value() == "More colours"


def test_thanks_say_what_will_happen(client, url):
    page = client.post(f"{url}?lang=ja", {"words": "こんにちは"}, follow=True)

    assert page.redirect_chain == [(f"{url}thanks/?lang=ja", 303)]
    assert page.context["thanks"] == ("お寄せいただいたお声は担当者が必ず読み、改善に役立てます。")


@pytest.mark.parametrize("words", ["", "   ", "\n\t", "\0"])
def test_without_words_there_is_nothing_to_keep(client, url, words):
    page = client.post(f"{url}?lang=en", {"words": words, "email": "hanna@example.com"})

    assert (page.status_code, Response.objects.count()) == (422, 0)
    assert page.context["form"].errors == {"words": ["Please write a few words."]}
    assert 'value="hanna@example.com"' in page.content.decode()


@pytest.mark.parametrize("email", ["tanaka@", "山田", "a@b", "a" * 400 + "@b.co", "a" * 400])
def test_a_broken_address_is_named_and_the_words_stay(client, url, email):
    page = client.post(f"{url}?lang=en", {"words": "My words", "email": email})

    assert (page.status_code, Response.objects.count()) == (422, 0)
    assert list(page.context["form"].errors) == ["email"]
    assert ">\nMy words</textarea>" in page.content.decode()


def test_an_address_as_long_as_can_be_kept_is_taken(client, url):
    address = "a" * 242 + "@example.com"

    client.post(url, {"words": "My words", "email": address})

    assert (len(address), ClaimedAddress.objects.get().address) == (254, address)


def test_null_characters_are_dropped_from_an_address_as_from_words(client, url):
    client.post(url, {"words": "My\0 words", "email": "a\0@example.com"})

    response = Response.objects.get()
    claimed = response.address_claim.claimed
    assert (claimed.address, response.comment) == ("a@example.com", "My words")


def test_the_error_stands_at_the_field(client, url):
    page = client.post(f"{url}?lang=en", {"words": "My words", "email": "tanaka@"})

    html = page.content.decode()
    assert 'aria-describedby="email-fault email-hint" aria-invalid="true"' in html
    assert (
        '<p class="fault" id="email-fault">'
        "This is not an email address; one looks like name@example.com.</p>"
    ) in html


def test_a_robot_that_fills_the_field_nobody_sees_is_thanked_and_forgotten(client, url):
    page = client.post(
        url, {"words": "Buy now", "leave_empty": "https://spam.example"}, follow=True
    )

    assert '<p class="promise">' in page.content.decode()
    assert not Response.objects.exists()


def test_too_many_posts_of_one_address_have_to_wait_and_keep_their_words(client, url, settings):
    settings.FORM_POSTS_PER_HOUR = 2
    for words in ("One", "Two"):
        assert client.post(url, {"words": words}).status_code == 303

    page = client.post(f"{url}?lang=en", {"words": "My words", "email": "hanna@example.com"})

    assert (page.status_code, Response.objects.count()) == (429, 2)
    assert "Your words are still here" in page.content.decode()
    assert ">\nMy words</textarea>" in page.content.decode()
    assert 'value="hanna@example.com"' in page.content.decode()


def test_after_an_hour_the_door_is_open_again(client, url, settings, clock):
    settings.FORM_POSTS_PER_HOUR = 1
    client.post(url, {"words": "One"})
    assert client.post(url, {"words": "Two"}).status_code == 429

    clock.wait(hours=1)

    assert client.post(url, {"words": "Three"}).status_code == 303


def test_who_waits_as_long_as_they_were_told_may_post_again(client, url, settings, clock):
    settings.FORM_POSTS_PER_HOUR = 2
    client.post(url, {"words": "One"})
    clock.wait(minutes=10)
    client.post(url, {"words": "Two"})
    clock.wait(minutes=10)
    page = client.post(url, {"words": "Three"})

    assert (page.status_code, page["Retry-After"]) == (429, "3000")  # until the second is forgotten
    clock.wait(minutes=50)
    assert client.post(url, {"words": "Three"}).status_code == 303


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", 429),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", 303),
        ("192.0.2.1", "::ffff:192.0.2.1", 429),
    ],
)
def test_a_household_is_one_caller_however_many_addresses_it_has(
    client, url, settings, first, second, status
):
    settings.FORM_POSTS_PER_HOUR = 1
    client.post(url, {"words": "One"}, REMOTE_ADDR=first)

    assert client.post(url, {"words": "Two"}, REMOTE_ADDR=second).status_code == status


def test_one_who_posts_too_much_does_not_keep_out_the_others(client, url, settings):
    settings.FORM_POSTS_PER_HOUR = 1
    client.post(url, {"words": "One"}, REMOTE_ADDR="192.0.2.1")

    page = client.post(url, {"words": "Two"}, REMOTE_ADDR="192.0.2.2")

    assert page.status_code == 303


def test_nobody_gets_past_the_limit_by_claiming_to_be_another(client, url, settings):
    settings.FORM_POSTS_PER_HOUR = 1
    client.post(url, {"words": "One"}, headers={"X-Forwarded-For": "192.0.2.1"})

    page = client.post(url, {"words": "Two"}, headers={"X-Forwarded-For": "192.0.2.2"})

    assert page.status_code == 429


def test_a_closed_form_says_so(client):
    url = make.survey(kind="feedback", state="closed").get_absolute_url()

    for page in [client.get(url), client.post(url, {"words": "Hello"})]:
        assert page.status_code == 410
    assert not Response.objects.exists()


@pytest.mark.parametrize(("kind", "box"), [("feedback", "words"), ("nps", "comment")])
def test_words_written_while_it_closed_are_there_to_be_copied(client, kind, box):
    closed = make.survey(kind=kind, state="closed")
    asked = closed if kind == "feedback" else make.invitation(about=closed)

    page = client.post(asked.get_absolute_url(), {"score": 3, box: " Too <slow>. "})

    assert page.status_code == 410
    assert '<dd class="words">Too &lt;slow&gt;.</dd>' in page.content.decode()
    assert "words" not in client.get(asked.get_absolute_url()).content.decode()


def test_closing_between_the_look_and_the_lock_is_a_clear_page_too(client, url, monkeypatch):
    open_once = chain([True], repeat(False))
    monkeypatch.setattr("surveys.models.Survey.is_open", lambda *_: next(open_once))

    page = client.post(url, {"words": "Hello"})

    assert (page.status_code, Response.objects.count()) == (410, 0)


def test_a_survey_by_invitation_is_no_public_form(client):
    assert client.get(f"/f/{make.survey().slug}/").status_code == 404


@pytest.mark.parametrize(("accepts", "speaks"), [("ja", "ja"), ("en-GB", "en"), ("fr", "ja")])
def test_the_page_speaks_the_browsers_language(client, url, accepts, speaks):
    assert client.get(url, headers={"Accept-Language": accepts})["Content-Language"] == speaks


@pytest.mark.parametrize("words", ["\u202egnorw", "<script>alert(1)</script>", "字" * 10_000])
def test_whatever_was_written_is_kept(client, url, words):
    client.post(url, {"words": words})

    assert Response.objects.get().comment == words


def test_a_megabyte_is_too_long_and_is_still_in_the_form(client, url):
    page = client.post(url, {"words": "a" * 1_000_000})

    assert (page.status_code, Response.objects.count()) == (422, 0)
    assert "a" * 1_000_000 in page.content.decode()


@pytest.mark.parametrize("kind", ["feedback", "nps"])
def test_where_one_is_closed_the_open_form_is_offered_and_nobody_is_told_to_reply(
    client, kind, url
):
    closed = make.survey(kind=kind, state="closed")
    asked = closed if kind == "feedback" else make.invitation(about=closed)

    page = client.get(f"{asked.get_absolute_url()}?lang=en").content.decode()

    assert f'href="{url}"' in page
    assert "reply" not in page


def test_where_no_form_is_open_nothing_is_promised(client):
    asked = make.invitation(about=make.survey(state="closed"))

    page = client.get(f"{asked.get_absolute_url()}?lang=en").content.decode()

    assert "nothing you write here would reach us" in page
    assert "/f/" not in page


@pytest.mark.parametrize("path", ["/s/1.x/", "/u/1.x/", "/c/1.x/", "/nothing/"])
def test_an_unknown_link_says_what_works(client, path):
    page = client.get(path, headers={"accept-language": "en"}).content.decode()

    assert "open it once more from the mail itself" in page
    assert 'href="/you-said/"' in page
    assert "reply" not in page
