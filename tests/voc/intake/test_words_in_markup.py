"""Of HTML in a table only the words are read; what people type that looks like it stays."""

import pytest

from tests.voc.intake.tables import feedback_of, take_in
from voc.intake.markup import words_of
from voc.models import Feedback


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("<p>It is &quot;late&quot;&nbsp;again.<br>Please help</p>",
         'It is "late" again.\nPlease help'),
        ("<div>One</div><div>Two</div>", "One\nTwo"),
        ("<p>One</p>\n\n<p>Two</p>", "One\nTwo"),
        ("one<br />two<BR>three", "one\ntwo\nthree"),
        ("<ul>\n  <li>slow</li>\n  <li>dear</li>\n</ul>", "slow\ndear"),
        ('<a href="https://x.example/">here</a> it is', "here it is"),
        ("<b>Very</b> slow", "Very slow"),
        ("<p>席が<strong>狭い</strong>です。</p>", "席が狭いです。"),
        ("<style>p {color: red}</style><p>Late</p><script>alert(1)</script>", "Late"),
        ("<p>a &lt; b &amp; c</p>", "a < b & c"),
        ("<p>I <3 it, R&D</p>", "I <3 it, R&D"),
        ("<p>press <ok> now</p>", "press <ok> now"),
        ("<p>Nice <img src='x' alt='😀'></p>", "Nice 😀"),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("It&#39;s late\nagain", "It's late\nagain"),
        ("R&amp;D", "R&D"),
        ("<!-- hidden --><p>Late</p>", "Late"),
        ("&lt;p&gt;", "<p>"),
        ("<![CDATA[Late <again>]]>", "Late <again>"),
        ("<![CDATA[<p>Late</p>\n<p>Again</p>]]>", "Late\nAgain"),
        ("<p><![CDATA[a]]> b</p>", "a b"),
    ],
)  # fmt: skip
def test_tags_and_entities_become_what_a_browser_shows(cell, words):
    assert words_of(cell) == words


@pytest.mark.parametrize(
    "cell",
    [
        "a < b and c > d", "I <3 you", "R&D; Q&A", "press <ok>", "<3", "AT&T", "x<y>z",
        "5 > 3 < 4", "use the <b> key", "Tom & Jerry;", "&", "line\n\n  two  spaces",
        "https://x.example/?a=1&copy=2",
    ],
)  # fmt: skip
def test_what_people_type_stays(cell):
    assert words_of(cell) == cell


@pytest.mark.django_db
@pytest.mark.usefixtures("in_english")
def test_it_is_kept_as_it_came_and_said_beforehand():
    table = "id,comment\n1,<p>Late</p>\n2,<p> </p>\n"

    assert feedback_of(table).plan().notes[1:] == [
        "Column “comment” holds HTML: only its words are read, and it is kept as it came."
    ]
    assert take_in(table).counts["empty"] == 1
    feedback = Feedback.objects.get()
    assert (feedback.text, feedback.raw["comment"]) == ("Late", "<p>Late</p>")


@pytest.mark.django_db
def test_without_ids_the_words_as_they_came_tell_rows_apart():
    take_in("comment\n<p>Late</p>\nLate\n")

    assert Feedback.objects.count() == 2
