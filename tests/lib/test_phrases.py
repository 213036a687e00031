"""Japanese breaks between phrases, never inside one."""

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from lib.templatetags.phrases import phrases


def test_a_question_may_break_between_its_phrases():
    question = "青葉ストアを友人や同僚に薦める可能性はどのくらいありますか?"

    assert phrases(question) == (
        '<span class="phrases">青葉ストアを<wbr>友人や<wbr>同僚に<wbr>薦める<wbr>可能性は<wbr>'
        "どの<wbr>くらい<wbr>ありますか?</span>"
    )


@pytest.mark.parametrize("text", ["", "Would you tell us why?", "NPS +20", 9])
def test_what_is_not_japanese_is_left_alone(text):
    assert phrases(text) == str(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a < b & c", "a &lt; b &amp; c"),
        ("<b>お声</b>", '<span class="phrases">&lt;b&gt;お声&lt;/b&gt;</span>'),
        ("<wbr>声", '<span class="phrases">&lt;wbr&gt;声</span>'),
    ],
)
def test_whatever_it_marks_is_escaped(text, shown):
    marked = phrases(text)

    assert isinstance(marked, SafeString)
    assert marked.replace("<wbr>", "") == shown


def test_templates_ask_for_it_by_name():
    template = Template("{% load phrases %}{{ text|phrases }}")

    assert template.render(Context({"text": "お声を&形に"})).count("&amp;") == 1


def test_no_letter_is_lost():
    text = "本日はお日柄もよく、\n皆さま。「お元気」ですか? ABC 123  𠮷野家"

    assert phrases(text).replace("<wbr>", "") == f'<span class="phrases">{text}</span>'
