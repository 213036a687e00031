"""What the tools of the trade write is found under the names that they give it."""

import pytest
from django.core.management import call_command

from tests.voc.intake.tables import feedback_of, take_in
from voc.models import Feedback

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]


@pytest.mark.parametrize(
    ("header", "text", "id"),
    [
        ("Package Name,Review Title,Review Text,Review Link", "Review Text", "Review Link"),
        ("Score,Comment,Person ID,Person Email,Response ID", "Comment", "Response ID"),
        ("Conversation ID,Conversation rating,Conversation rating remark",
         "Conversation rating remark", "Conversation ID"),
        ("id,subject,description,requester.email", "description", "id"),
        ("Ticket ID,Subject,Description", "Description", "Ticket ID"),
        ("Respondent ID,Email Address,Open-Ended Response", "Open-Ended Response", "Respondent ID"),
        ("Review Id,Review Created (UTC),Review Title,Review Content", "Review Content",
         "Review Id"),
        ("Timestamp,Email Address,How did we do?,Any comments?", "Any comments?", None),
        ("Title,Review,Rating,Author", "Review", None),
        ("受付番号,件名,お問い合わせ内容", "お問い合わせ内容", "受付番号"),
        ("レビューID,評価,クチコミ本文", "クチコミ本文", "レビューID"),
        ("回答ID,ご意見・ご感想（自由記述）", "ご意見・ご感想（自由記述）", "回答ID"),
    ],
)  # fmt: skip
def test_words_and_ids_are_found(header, text, id):
    cells = ",".join(f"cell {n}" for n in range(header.count(",") + 1))

    uses = {use.use: use.header for use in feedback_of(f"{header}\n{cells}\n").plan().columns}

    assert (uses["text"], uses.get("id")) == (text, id)


def test_a_table_of_which_nobody_knows_the_words_asks_for_their_column():
    plan = feedback_of("was,wann\nZu langsam,2026-10-05\n").plan()

    assert plan.obstacle.option == "text"
    assert plan.obstacle.choices == (("was", "was"), ("wann", "wann"))
    assert plan.obstacle.obstacle == (
        "None of the columns is known to hold what customers said. "
        "The file has “was”, “wann”; please choose one."
    )


def test_a_column_may_be_said_not_to_be_there():
    take_in("id,date,comment\n1,2026-10-05,Late\n1,2026-10-05,Later\n", chosen={"id": ""})

    assert Feedback.objects.count() == 2


def test_stars_without_words_are_counted_apart_and_are_no_fault():
    imported = take_in("id,Star Rating,Review Text\n1,5,Good\n2,4,\n3,1,   \n")

    assert (imported.counts["added"], imported.counts["empty"], imported.refused) == (1, 2, [])


def test_a_table_of_stars_alone_ends_well(tmp_path, capsys):
    file = tmp_path / "reviews.csv"
    file.write_text("id,Review Text\n1,\n2,\n")

    call_command("import_feedback", str(file), channel="review")

    said = capsys.readouterr()
    assert said.out.splitlines()[1:2] == ["2 rows without words"]
    assert said.err == ""
