"""A large export on the desk: asked for, watched, downloaded by whoever asked and nobody else."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client
from django.utils import timezone

from tests import make
from tests.voc.exports.plain import table_of
from voc.exports import ask, work_off
from voc.models import Export, ExportPart, Feedback
from voc.models.exports import KEPT

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
LIST = "/admin/voc/feedback/"
State = Export.State


@pytest.fixture(autouse=True)
def _two_are_many(monkeypatch):
    monkeypatch.setattr(ask, "ITEMS_AT_ONCE", 1)
    monkeypatch.setattr(ask, "ITEMS_PER_PART", 2)


@pytest.fixture
def clerk():
    return clerk_with("view_feedback", "export_unmasked")


def clerk_with(*codenames):
    person = User.objects.create_user(f"clerk{User.objects.count()}", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    return person


def desk_of(person):
    desk = Client(HTTP_ACCEPT_LANGUAGE="en")
    desk.force_login(person)
    return desk


def ask_for_all(desk, where="", **answers):
    """Choose all that the list shows, and say yes."""
    listed = Feedback.objects.first()
    chosen = {"action": "export", "_selected_action": [listed.pk], "select_across": "1"}
    return desk.post(f"{LIST}?pile=all{where}", {**chosen, "asked": "yes", **answers})


def write_all():
    while work_off.write_next(timezone.now) is not None:
        pass


def page_of(export):
    return f"/admin/voc/export/{export.pk}/change/"


def file_of(export):
    return f"/admin/voc/export/{export.pk}/download/"


def asked_by(person, **how):
    make.feedback("Call 090-1234-5678"), make.feedback("slow"), make.feedback("late")
    return make.export(by=person, **how)


def test_a_large_export_leads_to_its_page_and_then_to_its_file(clerk):
    for words in ("a", "b", "c"):
        make.feedback(words)
    desk = desk_of(clerk)

    page = ask_for_all(desk, mask="on")
    export = Export.objects.get()
    assert (page.status_code, page["Location"]) == (302, page_of(export))
    waiting = desk.get(page_of(export))
    write_all()
    complete = desk.get(page_of(export))
    file = desk.get(file_of(export))

    assert "waits for a worker" in waiting.content.decode()
    assert (waiting.headers["Refresh"], complete.headers.get("Refresh")) == ("2", None)
    assert file_of(export) not in waiting.content.decode()
    assert file_of(export) in complete.content.decode()
    content = file.getvalue()
    assert content.decode() == table_of(list(Feedback.objects.all()), masked=True)
    assert file.headers["Content-Length"] == str(len(content))
    assert file.headers["Content-Disposition"].startswith('attachment; filename="todoku-feedback-')


def test_who_asks_for_many_is_told_that_they_wait_for_them(clerk):
    make.feedback("a"), make.feedback("b")
    desk = desk_of(clerk)
    one = {"action": "export", "_selected_action": [Feedback.objects.first().pk]}

    assert "in the background" not in desk.post(f"{LIST}?pile=all", one).content.decode()
    many = desk.post(f"{LIST}?pile=all", {**one, "select_across": "1"}).content.decode()
    assert "in the background" in many


def test_it_holds_what_was_filtered_and_searched_at_that_moment(clerk):
    for n in range(3):
        make.feedback(f"ラベル {n}", channel="support")
    make.feedback("ラベル of a review"), make.feedback("other", channel="support")

    ask_for_all(desk_of(clerk), "&channel=support&q=ﾗﾍﾞﾙ", mask="on")
    make.feedback("ラベル afterwards", channel="support")
    write_all()

    lines = desk_of(clerk).get(file_of(Export.objects.get())).getvalue().decode().splitlines()
    assert [line.rpartition(",")[2] for line in lines[1:]] == ["ラベル 2", "ラベル 1", "ラベル 0"]


@pytest.mark.parametrize(
    "where",
    ["&q=%00", "&q=" + "'%22;--+" * 200, "&pk__in=1", "&channel=nowhere", "&p=99999", "&o=9"],
)
def test_whatever_the_address_asks_for_makes_no_fault(clerk, where):
    make.feedback("a"), make.feedback("b")

    assert ask_for_all(desk_of(clerk), where, mask="on").status_code < 500


def test_only_one_is_written_a_person_at_a_time_and_that_is_said(clerk):
    first = asked_by(clerk)

    page = desk_of(clerk).post(
        f"{LIST}?pile=all",
        {"action": "export", "_selected_action": [Feedback.objects.first().pk],
         "select_across": "1", "asked": "yes"},
        follow=True,
    )  # fmt: skip

    assert page.redirect_chain == [(page_of(first), 302)]
    assert "one is written at a time" in page.content.decode()
    assert Export.objects.count() == 1


def test_words_of_many_characters_are_left_to_a_worker(clerk, monkeypatch):
    monkeypatch.setattr(ask, "CHARACTERS_AT_ONCE", 10)
    item = make.feedback("Far too slow, as always")

    page = desk_of(clerk).post(
        LIST, {"action": "export", "_selected_action": [item.pk], "asked": "yes", "mask": "on"}
    )

    assert page["Location"] == page_of(Export.objects.get())


def test_nobody_else_downloads_it_not_even_a_superuser(clerk, sato):
    export = asked_by(clerk, masked=False)
    write_all()
    other = clerk_with("view_feedback", "export_unmasked")
    looker = clerk_with("view_feedback", "view_export")

    assert desk_of(sato).get(file_of(export)).status_code == 403
    assert desk_of(looker).get(file_of(export)).status_code == 403
    assert desk_of(other).get(file_of(export)).status_code == 302  # there is none, for them
    assert desk_of(other).get(page_of(export)).status_code == 302
    assert "Only" in desk_of(looker).get(page_of(export)).content.decode()
    assert Client().get(file_of(export))["Location"].startswith("/admin/login/")
    assert desk_of(clerk).get(file_of(export)).status_code == 200


@pytest.mark.parametrize(
    ("lost", "status"), [("export_unmasked", 403), ("view_feedback", 403), ("account", 302)]
)
def test_who_has_lost_the_right_meanwhile_gets_nothing(clerk, lost, status):
    export = asked_by(clerk, masked=False)
    write_all()
    desk = desk_of(clerk)
    if lost == "account":
        User.objects.filter(pk=clerk.pk).update(is_active=False)
    else:
        clerk.user_permissions.remove(Permission.objects.get(codename=lost))

    page = desk.get(file_of(export))

    assert (page.status_code, page.streaming) == (status, False)


def test_after_its_day_the_file_is_not_served_even_while_it_is_there(clerk):
    export = asked_by(clerk)
    write_all()
    Export.objects.update(ended_at=timezone.now() - KEPT)

    page = desk_of(clerk).get(file_of(export), follow=True)

    assert ExportPart.objects.exists()
    assert page.redirect_chain == [(page_of(export), 302)]
    assert "kept for a day and is deleted" in page.content.decode()


@pytest.mark.parametrize("state", [State.WAITING, State.RUNNING, State.STOPPED, State.FAILED])
def test_what_is_not_whole_is_not_served(clerk, state):
    export = asked_by(clerk)
    Export.objects.update(state=state, size=5, ended_at=timezone.now())

    assert desk_of(clerk).get(file_of(export))["Location"] == page_of(export)
    assert file_of(export) not in desk_of(clerk).get(page_of(export)).content.decode()


def test_downloading_changes_nothing_and_head_sends_nothing(clerk):
    export = asked_by(clerk)
    write_all()
    before = Export.objects.values().get()

    head = desk_of(clerk).head(file_of(export))
    desk_of(clerk).get(file_of(export)).getvalue()

    assert (head.status_code, head.getvalue()) == (200, b"")
    assert head.headers["Content-Length"] == str(before["size"])
    assert Export.objects.values().get() == before


def test_who_asked_stops_it_and_who_only_looks_cannot(clerk, sato):
    export = asked_by(clerk)

    assert desk_of(sato).post(page_of(export), {"stop": "yes"}).status_code == 403
    stopped = desk_of(clerk).post(page_of(export), {"stop": "yes"}, follow=True)
    again = desk_of(clerk).post(page_of(export), {"stop": "yes"}, follow=True)

    assert "It was stopped" in stopped.content.decode()
    assert "ended already" in again.content.decode()


def test_one_that_broke_off_says_so_and_can_be_tried_again(clerk):
    export = asked_by(clerk)
    Export.objects.update(attempts=5)

    page = desk_of(clerk).get(page_of(export))
    desk_of(clerk).post(page_of(export), {"again": "yes"})

    assert "five workers have tried" in page.content.decode()
    assert "Refresh" not in page.headers
    assert Export.objects.get().attempts == 0


def test_the_page_says_how_far_it_is_and_that_no_worker_comes(clerk):
    export = asked_by(clerk, at=timezone.now() - timedelta(minutes=2))

    waiting = desk_of(clerk).get(page_of(export)).content.decode()
    began = timezone.now() - timedelta(minutes=20)
    Export.objects.update(state="running", items=1_000_000, done=250_000, begun_at=began)
    running = desk_of(clerk).get(page_of(export)).content.decode()

    assert "no worker is running" in waiting
    assert "250,000 of 1,000,000 lines" in running
    assert "about 60 minutes to go" in running


def test_its_history_says_who_asked_and_what_came_of_it(clerk):
    export = asked_by(clerk)
    write_all()
    Export.objects.update(ended_at=timezone.now() - KEPT - timedelta(minutes=1))

    events = desk_of(clerk).get(f"/admin/voc/export/{export.pk}/history/").context["events"]

    assert {(str(event.what), str(event.who)) for event in events} == {
        ("asked for", clerk.username),
        ("complete", "itself"),
        ("file deleted", "itself"),
    }


def test_everybody_sees_their_own_exports_and_the_log_takes_a_right(clerk):
    mine, other = asked_by(clerk), asked_by(clerk_with("view_feedback"))
    looker = clerk_with("view_export")

    def listed(person):
        return set(desk_of(person).get("/admin/voc/export/").context["cl"].result_list)

    assert listed(clerk) == {mine}
    assert listed(looker) == {mine, other}
    assert desk_of(clerk_with()).get("/admin/voc/export/").status_code == 403


@pytest.mark.parametrize("exports", [1, 3])
def test_more_exports_cost_the_list_no_more_queries(exports, django_assert_num_queries):
    for _ in range(exports):
        Export.objects.create(by=make.staff(), items=1, masked=True)
    desk = desk_of(make.staff())

    with django_assert_num_queries(4):
        desk.get("/admin/voc/export/")
