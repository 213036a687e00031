"""One table of languages, and one rule for what is missing in the reader's own."""

import pytest
from django.conf import settings
from django.utils import translation

from lib import company, languages
from reports.models import Fix
from surveys.models import Customer
from voc.models import Topic
from voc.nlp.detect_language import DETECTED


@pytest.mark.parametrize(
    ("texts", "reader", "shown"),
    [
        ({"ja": "遅い", "en": "slow"}, "ja", "遅い"),
        ({"ja": "遅い", "en": "slow"}, "en-gb", "slow"),
        ({"ja": "遅い", "en": "slow"}, "fr", "slow"),
        ({"ja": "遅い", "en": ""}, "en", "遅い"),
        ({"ja": "", "en": "slow"}, "ja", "slow"),
        ({"ja": "遅い", "de": "langsam"}, "fr", "遅い"),
        ({"ja": "", "en": ""}, "ja", ""),
    ],
)
def test_the_readers_language_comes_first_then_english_then_any(texts, reader, shown):
    assert languages.in_language(texts, reader) == shown


@pytest.mark.parametrize(("active", "shown"), [("ja", "遅い"), ("en", "slow"), (None, "遅い")])
def test_without_a_language_it_is_that_of_the_page(active, shown):
    with translation.override(active):
        assert languages.in_language({"ja": "遅い", "en": "slow"}) == shown


def test_a_language_that_is_none_of_ours_is_answered_in_english():
    assert [languages.ours(code) for code in ("ja_JP.UTF-8", "en_GB", "C")] == ["ja", "en", "en"]


def test_one_that_is_not_ours_is_called_by_its_code():
    assert [languages.label(code) for code in ("ja", "unknown")] == ["日本語", "unknown"]


def test_every_language_has_its_fields_and_a_name_of_the_company():
    fields = {
        Topic: [*languages.fields("name"), *languages.fields("phrases")],
        Fix: [*languages.fields("you_said"), *languages.fields("we_did")],
    }
    for model, names in fields.items():
        assert all(model._meta.get_field(name) for name in names)
    assert Customer._meta.get_field("language").choices == settings.LANGUAGES
    assert all(company.name(code) for code in languages.LANGUAGES)


def test_what_is_read_is_among_them():
    assert set(DETECTED) <= languages.LANGUAGES.keys()


def test_what_is_said_of_a_value_is_kept_in_each_language():
    asked = []

    @languages.kept_in_each_language
    def said(value):
        asked.append(value)
        return f"{value} {translation.get_language()}"

    shown = []
    for language in ("ja", "en", "ja", "en"):
        with translation.override(language):
            shown += [said("new"), said("done")]

    assert shown == ["new ja", "done ja", "new en", "done en"] * 2
    assert asked == ["new", "done"] * 2
