"""No bad input makes a 500, and nothing of it is lost."""

import json

import pytest

from surveys.models import Response
from tests import make

pytestmark = pytest.mark.django_db

A_PERSON = {"touched": "1", "scripted": "1"}
ON_THE_SCALE = "That is not on the scale. Please choose a number from 0 to 10."
CHOOSE = "Please choose a number from 0 to 10."


@pytest.fixture
def url():
    return make.invitation().get_absolute_url()


@pytest.mark.parametrize(
    ("score", "error"),
    [
        ("", CHOOSE),
        ("-1", ON_THE_SCALE),
        ("11", ON_THE_SCALE),
        ("ten", ON_THE_SCALE),
        ("7", None),
        ("７", ON_THE_SCALE),
        (" 7", ON_THE_SCALE),
        ("07", ON_THE_SCALE),
        ("+7", ON_THE_SCALE),
        ("1_0", ON_THE_SCALE),
        ("9.5", ON_THE_SCALE),
        ("1e1", ON_THE_SCALE),
        ("None", ON_THE_SCALE),
        ("\0", ON_THE_SCALE),
        ("9\0", ON_THE_SCALE),
        ("\ufffd", ON_THE_SCALE),
        ("9" * 5000, ON_THE_SCALE),
        ("<script>", ON_THE_SCALE),
    ],
)
def test_only_a_whole_number_from_0_to_10_is_a_score(client, url, score, error):
    page = client.post(url, {"score": score, "comment": "My words", **A_PERSON})

    if error is None:
        assert (page.status_code, Response.objects.count()) == (303, 1)
    else:
        assert (page.status_code, Response.objects.count()) == (422, 0)
        assert page.context["form"].errors == {"score": [error]}
        assert page.context["form"]["comment"].value() == "My words"


def test_a_missing_score_is_asked_for_at_the_field_and_the_words_stay(client, url):
    page = client.post(url, {"comment": "My words"})

    assert page.status_code == 422
    assert f'<p class="fault" id="score-fault">{CHOOSE}</p>' in page.content.decode()
    assert ">\nMy words</textarea>" in page.content.decode()


@pytest.mark.parametrize(
    ("comment", "kept"),
    [
        ("a\0b", "ab"),
        ("\0", ""),
        ("\u202egnorw", "\u202egnorw"),
        ("שלום\u200f!", "שלום\u200f!"),
        ("👨‍👩‍👧 𠮷野家で", "👨‍👩‍👧 𠮷野家で"),
        ("Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("{{ settings.SECRET_KEY }}", "{{ settings.SECRET_KEY }}"),
        ("'); drop table surveys_response; --", "'); drop table surveys_response; --"),
        ("=HYPERLINK()", "=HYPERLINK()"),
        ("one\r\ntwo", "one\r\ntwo"),
        ("字" * 10_000, "字" * 10_000),
    ],
)
def test_whatever_was_written_is_kept_but_for_null_characters(client, url, comment, kept):
    page = client.post(url, {"score": "5", "comment": comment, **A_PERSON})

    assert page.status_code == 303
    assert Response.objects.get().comment == kept


def test_what_was_written_is_never_read_as_html(client, url):
    page = client.post(url, {"comment": "</textarea><script>alert(1)</script>"})

    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("letter", ["a", "字"])
def test_a_megabyte_is_too_long_and_is_still_in_the_form(client, url, letter):
    words = letter * (1_000_000 // len(letter.encode()))

    page = client.post(url, {"score": "5", "comment": words, **A_PERSON})

    assert (page.status_code, Response.objects.count()) == (422, 0)
    assert page.context["form"].errors == {
        "comment": [
            f"This has {len(words)} characters and we can keep 10000. "
            "Please shorten it; nothing you wrote is lost."
        ]
    }
    assert f">\n{words}</textarea>" in page.content.decode()
    assert page.context["chosen"] == "5"


def test_five_megabytes_are_refused_with_a_page_that_says_what_to_do(client, url):
    body = "score=5&comment=" + "a" * 5_000_000

    page = client.post(url, body, content_type="application/x-www-form-urlencoded")

    assert (page.status_code, Response.objects.count()) == (400, 0)
    assert "This could not be read" in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/s/%00/", "/s/a%00b/?score=1", "/s/x/?score=%00", "/u/%00/", "/f/%00/"]
)
def test_a_null_character_in_an_address_is_named(client, path):
    page = client.get(path, headers={"Accept-Language": "en"})

    assert page.status_code == 400
    assert "This address contains a null character" in page.content.decode()


# In UTF-7 "+2AA-" is half a character, which nothing can write out again.
@pytest.mark.parametrize("encoding", ["utf-7", "utf-16", "shift_jis", "base64", "idna"])
@pytest.mark.parametrize("field", ["score", "comment", "again", "touched"])
def test_only_utf_8_is_read(client, url, encoding, field):
    body = f'--x\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n+2AA-\r\n--x--\r\n'

    page = client.generic(
        "POST", url, body, content_type=f"multipart/form-data; boundary=x; charset={encoding}"
    )

    assert (page.status_code, Response.objects.count()) == (400, 0)
    assert "読み取れない文字コード" in without_breaks(page)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", json.dumps({"score": "\ud800", "comment": "\ud800"})),
        ("application/x-www-form-urlencoded", "score=%ED%A0%80&comment=%ED%A0%80&again=%ED%A0%80"),
        ("application/x-www-form-urlencoded; charset=utf-8", b"score=\xff&comment=\xff\xfe"),
        ("application/x-www-form-urlencoded; charset=utf-16", b"score=9"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"score=\xff"),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
        ("multipart/form-data", b"no boundary"),
        ("text/plain", b"\xff" * 100),
        ("", b"score=\0"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(2000))),
    ],
)
def test_a_damaged_post_is_asked_for_again(client, url, content_type, body):
    page = client.generic("POST", url, body, content_type=content_type)

    assert page.status_code in {400, 422}
    assert not Response.objects.exists()


def test_half_characters_in_a_comment_become_the_sign_for_them(client, url):
    page = client.post(
        url,
        "score=5&touched=1&comment=ab%ED%A0%80cd",
        content_type="application/x-www-form-urlencoded",
    )

    assert page.status_code == 303
    assert Response.objects.get().comment.strip("\ufffd").replace("\ufffd", "") == "abcd"


@pytest.mark.parametrize("stamp", ["", "x", "1.forged", "\0", "９", "." * 1000, "9" * 5000])
def test_a_forged_stamp_is_no_stamp(client, url, stamp):
    page = client.post(url, {"score": "5", "again": stamp})

    assert page.templates[0].name == "surveys/again.html"
    assert Response.objects.get().state == Response.State.PROVISIONAL


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_other_methods_are_refused(client, url, method):
    assert getattr(client, method)(url).status_code == 405


def without_breaks(page):
    return page.content.decode().replace("<wbr>", "")
