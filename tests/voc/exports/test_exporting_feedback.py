"""What customers said, taken along as a table: safe to open, masked, and on record."""

import csv
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import Permission, User
from django.utils import translation

from tests import make
from voc.exports.ask import table_at_once
from voc.models import Export, Feedback

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]

NOW = datetime(2026, 11, 21, 1, 30, tzinfo=UTC)


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def with_rights(*codenames):
    person = User.objects.create_user(f"clerk{User.objects.count()}", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


def table(text):
    return list(csv.reader(text.removeprefix("\ufeff").splitlines(keepends=True)))


def export_all(*, masked=True):
    return table_at_once(Feedback.objects.all(), masked=masked, by=make.staff(), now=NOW)


def press(desk, *items, **answers):
    chosen = {"action": "export", "_selected_action": [item.pk for item in items], **answers}
    return desk.post("/admin/voc/feedback/", chosen)


def downloaded(page):
    return table(page.content.decode())


def test_each_item_is_a_line_that_a_person_can_read():
    said = make.response(3, "Too slow", at=NOW).feedback
    rust, paint = make.topic("rust"), make.topic("paint")
    said.tags.create(topic=paint, start=9, end=12)
    said.tags.create(topic=rust, start=1, end=3)
    owner = make.staff(name="mori")
    Feedback.objects.update(
        received_at=NOW,
        language="en",
        sentiment="negative",
        intent="complaint",
        urgency="churn",
        status="taken",
        owner=owner,
    )

    assert table(export_all()) == [
        [
            "received",
            "channel",
            "score",
            "language",
            "sentiment",
            "intent",
            "urgency",
            "topics",
            "status",
            "owner",
            "what they said",
        ],
        [
            "2026-11-21 10:30",
            "survey",
            "3",
            "en",
            "negative",
            "complaint",
            "is leaving",
            "rust; paint",
            "taken",
            "mori",
            "Too slow",
        ],
    ]


def test_excel_reads_it_as_utf_8_and_lines_may_break_inside():
    make.feedback('一行目\n二行目、"引用"')

    text = export_all()

    assert text.startswith("\ufeffreceived,")
    assert text.count("\r\n") == 2
    assert table(text)[1][-1] == '一行目\n二行目、"引用"'


def test_personal_data_is_masked_unless_it_is_wanted():
    make.feedback("田中様、090-1234-5678へ")

    assert table(export_all())[1][-1] == "〔お名前〕様、〔電話番号〕へ"
    assert table(export_all(masked=False))[1][-1] == "田中様、090-1234-5678へ"


def test_it_is_written_down_who_took_what():
    make.feedback()
    staff = make.staff()

    table_at_once(Feedback.objects.all(), masked=False, by=staff, now=NOW)

    assert list(Export.objects.values_list("by", "items", "masked", "at", "state")) == [
        (staff.pk, 1, False, NOW, "done")
    ]


@pytest.mark.parametrize("items", [1, 3])
def test_more_lines_cost_no_more_queries(items, django_assert_num_queries):
    for _ in range(items):
        make.response(3, "Too slow").feedback.tags.create(topic=make.topic())
    by = make.staff()

    with django_assert_num_queries(6):  # which, how long, items, tags, topics, the record
        text = table_at_once(Feedback.objects.all(), masked=True, by=by, now=NOW)
        assert len(table(text)) == items + 1


def test_the_desk_asks_how_and_masks_by_default(desk):
    said = make.feedback("Call 090-1234-5678")

    asked = press(desk, said)
    got = press(desk, said, asked="yes", mask="on")

    assert asked.context["form"]["mask"].value() is True
    assert not asked.streaming
    assert got.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert got.headers["Content-Disposition"].startswith('attachment; filename="todoku-feedback-')
    assert [line[-1] for line in downloaded(got)[1:]] == ["Call [phone number]"]


def test_only_what_was_chosen_is_taken_along(desk):
    chosen, _other = make.feedback("Chosen"), make.feedback("Other")

    assert [line[-1] for line in downloaded(press(desk, chosen, asked="yes"))[1:]] == ["Chosen"]


def test_all_that_the_list_shows_can_be_taken_along(desk):
    listed = make.feedback("Slow")
    make.feedback("Slow too")
    Feedback.objects.update(channel="support")
    make.feedback("Of another channel")

    answers = {"action": "export", "_selected_action": [listed.pk], "select_across": "1"}
    got = desk.post("/admin/voc/feedback/?channel=support&pile=all", {**answers, "asked": "yes"})

    assert sorted(line[-1] for line in downloaded(got)[1:]) == ["Slow", "Slow too"]


def test_who_may_only_look_takes_words_masked_whatever_they_send(client):
    client.force_login(with_rights("view_feedback"))
    said = make.feedback("Call 090-1234-5678")

    got = press(client, said, asked="yes")

    assert [line[-1] for line in downloaded(got)[1:]] == ["Call [phone number]"]
    assert Export.objects.get().masked is True


def test_who_has_the_right_may_take_them_as_they_are(client):
    client.force_login(with_rights("view_feedback", "export_unmasked"))
    said = make.feedback("Call 090-1234-5678")

    got = press(client, said, asked="yes")

    assert [line[-1] for line in downloaded(got)[1:]] == ["Call 090-1234-5678"]
    assert Export.objects.get().masked is False


def test_the_desk_shows_who_exported(desk):
    Export.objects.create(by=make.staff(name="mori"), items=1234, masked=False, at=NOW)

    page = desk.get("/admin/voc/export/").content.decode()

    assert ("mori" in page, "1,234" in page) == (True, True)


def test_the_lines_speak_the_language_of_who_asked():
    make.feedback()

    with translation.override("ja"):
        assert table(export_all())[0][:3] == ["受信", "経路", "推奨度"]
