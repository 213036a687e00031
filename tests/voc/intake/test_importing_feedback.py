"""manage.py import_feedback: tables of reviews, tickets and posts."""

from contextlib import contextmanager
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from tests import make
from voc.models import Feedback

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.fixture
def table(tmp_path):
    def write(content, encoding="utf-8"):
        path = tmp_path / "reviews.csv"
        path.write_bytes(content.encode(encoding))
        return path

    return write


def take_in(path, **options):
    out, err = StringIO(), StringIO()
    with suppress_refusal():
        call_command("import_feedback", path, channel="review", stdout=out, stderr=err, **options)
    return out.getvalue().splitlines()[-1].rsplit(" in ", 1)[0], err.getvalue().splitlines()


@contextmanager
def suppress_refusal():
    try:
        yield
    except CommandError as error:
        if str(error) != "Some rows were refused; correct them and import the file again.":
            raise


def texts():
    return list(Feedback.objects.order_by("pk").values_list("text", flat=True))


def test_rows_become_feedback(table):
    path = table("id,text,date\nA1,Too slow,2026-11-20 09:30\n")

    told, _faults = take_in(path)

    feedback = Feedback.objects.get()
    assert told == "1 new, 0 changed, 0 unchanged, 0 refused"
    assert (feedback.text, feedback.channel, feedback.external_id) == ("Too slow", "review", "A1")
    assert timezone.localtime(feedback.received_at).isoformat() == "2026-11-20T09:30:00+09:00"
    assert feedback.raw == {"id": "A1", "text": "Too slow", "date": "2026-11-20 09:30"}


def test_a_japanese_header_from_excel_is_understood(table):
    take_in(table("レビューID,口コミ,投稿日\r\n7,使いづらい,2026年11月20日\r\n", "cp932"))

    feedback = Feedback.objects.get()
    assert (feedback.text, feedback.external_id) == ("使いづらい", "7")
    assert timezone.localtime(feedback.received_at).day == 20


def test_again_adds_nothing(table):
    path = table("id,text\n1,Too slow\n2,Fine\n")
    take_in(path)

    assert take_in(path)[0] == "0 new, 0 changed, 2 unchanged, 0 refused"


def test_changed_words_are_updated(table):
    take_in(table("id,text\n1,Too slow\n"))

    told, _faults = take_in(table("id,text\n1,Fast now\n"))

    assert told == "0 new, 1 changed, 0 unchanged, 0 refused"
    assert texts() == ["Fast now"]


def test_without_ids_the_words_tell_rows_apart_and_again_adds_nothing(table):
    path = table("text\nGreat\nGreat\nToo slow\n")

    assert take_in(path)[0] == "3 new, 0 changed, 0 unchanged, 0 refused"
    assert take_in(path)[0] == "0 new, 0 changed, 3 unchanged, 0 refused"


def test_of_two_rows_with_one_id_the_second_is_told_and_the_first_stays(table):
    path = table("id,text\nA1,Too slow\nA2,Fine\nA1,Too dear\nA2,Fine\n")

    told, faults = take_in(path)

    assert told == "2 new, 0 changed, 1 unchanged, 1 refused"
    assert faults == [
        "Row 4: its id “A1” is that of row 2, which says something else. The row was skipped."
    ]
    assert texts() == ["Too slow", "Fine"]


def test_words_with_a_comma_outside_quotation_marks_are_refused_and_not_cut(table):
    told, faults = take_in(table("id,date,comment\n1,,Nice, but far too slow\n2,,Good\n"))

    assert told == "1 new, 0 changed, 0 unchanged, 1 refused"
    assert faults[0].startswith("Row 2: it has more cells than the header has names (“but far too")
    assert texts() == ["Good"]


def test_each_bad_row_is_told_and_the_others_go_in(table):
    path = table(f"id,text,date\n1,,2026-11-20\n2,Fine,\n3,Late,soon\n{'9' * 201},Long,\n")

    told, faults = take_in(path)

    assert told == "1 new, 0 changed, 0 unchanged, 2 refused"
    assert faults == [
        "Row 4: “soon” is not a date; one looks like 2026-11-21 or 2026-11-21 09:30. "
        "The row was skipped.",
        "Row 5: its id has 201 characters and we can keep 200. The row was skipped.",
    ]


def test_refused_rows_end_the_command_with_a_word_in_the_language_of_the_site(table):
    with (
        translation.override("ja"),
        pytest.raises(CommandError, match="取り込まなかった行が"),
    ):
        call_command("import_feedback", table("text,date\nFine,soon\n"), channel="review")


def test_a_quotation_mark_that_never_closes_costs_only_what_is_below_it(table):
    with pytest.raises(CommandError, match="Row 3 opens a quotation mark"):
        take_in(table('text\nFine\n"Never closed\n'))

    assert texts() == ["Fine"]


def test_the_command_shows_at_a_terminal_how_far_it_is(table, terminal):
    path = table("text\nToo slow\nFine\n")

    call_command("import_feedback", path, channel="review", stderr=terminal, no_color=True)

    assert terminal.getvalue() == "2 rows so far …\r"


def test_columns_may_be_named(table):
    take_in(table("was,wann\nZu langsam,2026-11-20\n"), text="was", date="wann")

    assert texts() == ["Zu langsam"]


def test_a_file_in_which_nothing_looks_like_words_is_told(table):
    with pytest.raises(CommandError, match=r"“was”; please choose one\. Say it with --text COLUMN"):
        take_in(table("was\nZu langsam\n"))


def test_a_customer_we_know_is_linked(table):
    known = make.customer()

    take_in(table(f"text,email\nFine,{known.email.upper()}\nFine too,stranger@example.com\n"))

    assert list(Feedback.objects.order_by("pk").values_list("customer", flat=True)) == [
        known.pk,
        None,
    ]


def test_quotation_marks_may_be_only_marks(table):
    take_in(table('text\tlabel\n5" screen, \\"nice\\"\tpos\n'), quoting="none")

    assert texts() == ['5" screen, "nice"']


def test_seven_hundred_rows_cost_no_more_than_a_handful_of_statements(
    table, django_assert_max_num_queries
):
    path = table("text\n" + "".join(f"Number {n}\n" for n in range(700)))

    # SQLite inserts in pieces, or it would be eight: two batches, each begun, looked up, kept.
    with django_assert_max_num_queries(25):
        take_in(path)
