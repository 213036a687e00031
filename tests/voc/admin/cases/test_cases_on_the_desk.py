"""Cases on the desk: a list by due time, a page of each, and verbs by permission."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse
from django.utils import timezone

from tests import make
from voc.cases import workflow
from voc.models import Case

pytestmark = pytest.mark.django_db
LIST = reverse("admin:voc_case_changelist")


@pytest.fixture
def desk(desk):
    desk.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return desk


def opened(score=2, comment="", **how):
    case, _new = workflow.open_case(
        response=make.response(score, comment, by=make.customer(name="小川 ひより")),
        now=timezone.now(),
        **how,
    )
    return case


def page_of(case):
    return reverse("admin:voc_case_change", args=[case.pk])


def act(desk, action, *cases, **more):
    chosen = {"action": action, "_selected_action": [case.pk for case in cases], **more}
    return desk.post(f"{LIST}?pile=all", chosen, follow=True)


def listed(desk, query=""):
    return [row.pk for row in desk.get(f"{LIST}?{query}").context["cl"].result_list]


def test_a_score_without_words_stands_in_the_list_and_says_so(desk):
    opened()

    page = desk.get(LIST).content.decode()

    assert "no words" in page
    assert "小川 ひより" in page


def test_what_is_due_first_comes_first_and_overdue_is_a_word(desk):
    now = timezone.now()
    later = opened(due_at=now + timedelta(days=2))
    late = opened(due_at=now - timedelta(hours=1))
    whenever = opened()

    assert listed(desk) == [late.pk, later.pk, whenever.pk]
    assert desk.get(LIST).content.decode().count('<b class="overdue">overdue</b>') == 1


@pytest.mark.parametrize(
    ("pile", "found"),
    [
        ("open", ["mine", "nobodys", "late"]),
        ("mine", ["mine"]),
        ("unassigned", ["nobodys", "late"]),
        ("overdue", ["late"]),
        ("waiting", ["waiting"]),
        ("closed", ["closed"]),
        ("nonsense", ["mine", "nobodys", "late"]),
    ],
)
def test_each_pile_holds_what_it_says(desk, sato, pile, found):
    now = timezone.now()
    cases = {
        "mine": opened(owner=sato),
        "nobodys": opened(),
        "late": opened(due_at=now - timedelta(hours=1)),
        "waiting": opened(owner=make.staff()),
        "closed": opened(owner=make.staff()),
    }
    workflow.wait(Case.objects.filter(pk=cases["waiting"].pk), by=sato, now=now)
    workflow.close(Case.objects.filter(pk=cases["closed"].pk), because="solved", by=sato, now=now)

    assert sorted(listed(desk, f"pile={pile}")) == sorted(cases[name].pk for name in found)


def test_chips_narrow_by_owner_band_and_survey(desk, sato):
    case, other = opened(owner=sato), opened(score=9)
    survey = case.response.survey.slug

    for query in (f"owner={sato.pk}", "band=detractor", f"survey={survey}"):
        assert listed(desk, query) == [case.pk]
    assert listed(desk, "owner=nobody") == [other.pk]
    assert listed(desk, "rule=9&owner=x&band=%27") == [case.pk, other.pk]


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_costs_the_same_however_long(desk, rows, django_assert_num_queries):
    for n in range(rows):
        opened(comment="Slow" * (n % 2), owner=make.staff())
    desk.get(LIST)

    with django_assert_num_queries(9):
        assert len(desk.get(LIST).context["cl"].result_list) == rows


def test_a_page_of_fifty_cases_weighs_little(desk):
    for n in range(51):
        opened(comment=f"It came {n} days late. " * 20, due_at=timezone.now())

    assert len(desk.get(LIST).content) < 80_000


def test_the_page_shows_the_answer_its_words_and_what_happened(desk, sato):
    case = opened(comment="It came late", owner=sato, by=sato)
    act(desk, "close", case, asked="yes", because="solved", reason="New parcel")

    page = desk.get(page_of(case)).content.decode()

    for shown in (
        "It came late",
        "小川 ひより",
        "opened the case",
        "closed the case",
        "New parcel",
    ):
        assert shown in page


def test_a_note_is_kept_and_an_empty_one_asked_for_again(desk, sato):
    case = opened()

    assert "Please write a note first." in desk.post(page_of(case), {"text": " "}).content.decode()
    assert desk.post(page_of(case), {"text": "Ring first"}).status_code == 302
    assert [(note.text, note.by) for note in case.notes.all()] == [("Ring first", sato)]


def test_many_are_closed_at_once_and_what_was_closed_is_counted(desk):
    first, second = opened(), opened()
    act(desk, "close", first, asked="yes", because="solved")

    page = act(desk, "close", first, second, asked="yes", because="answered")

    assert [str(each).partition(" <form")[0] for each in page.context["messages"]] == [
        "1 case was closed.",
        "1 case was left alone: it is closed already.",
    ]


def test_closing_asks_for_a_reason_first(desk):
    case = opened()

    asked = act(desk, "close", case)
    unanswered = act(desk, "close", case, asked="yes")

    assert "Why is it closed?" in asked.content.decode()
    assert "Please choose why it is closed." in unanswered.content.decode()
    case.refresh_from_db()
    assert case.state == "open"


def test_merging_into_what_is_not_there_says_so(desk):
    case = opened()

    assert "There is no case with this number." in (
        act(desk, "merge", case, asked="yes", into="999999").content.decode()
    )
    for odd in ("", "-1", "９", "x" * 99, "9" * 40):
        assert act(desk, "merge", case, asked="yes", into=odd).status_code == 200


def test_a_case_is_opened_in_the_inbox_and_seen_there(desk):
    item = make.feedback("Too slow")
    chosen = {"action": "open_a_case", "_selected_action": [item.pk]}

    page = desk.post(reverse("admin:voc_feedback_changelist"), chosen, follow=True)

    case = Case.objects.get()
    assert page.redirect_chain[-1][0] == page_of(case)
    inbox = desk.get(reverse("admin:voc_feedback_change", args=[item.pk])).content.decode()
    assert page_of(case) in inbox
    assert "open_a_case" not in inbox


def test_a_case_is_opened_from_a_response_and_seen_there(desk):
    response = make.response(2)
    chosen = {"action": "open_cases", "_selected_action": [response.pk]}

    desk.post(reverse("admin:surveys_response_changelist"), chosen)

    page = desk.get(reverse("admin:surveys_response_change", args=[response.pk]))
    assert page_of(Case.objects.get()) in page.content.decode()


def test_viewers_look_and_change_nothing(client):
    case = opened()
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.groups.add(Group.objects.get(name="閲覧 / Viewer"))
    client.force_login(viewer)

    assert client.get(LIST).status_code == client.get(page_of(case)).status_code == 200
    assert client.post(page_of(case), {"text": "Ring first"}).status_code == 403
    act(client, "close", case, asked="yes", because="solved")
    case.refresh_from_db()
    assert (case.state, case.notes.count()) == ("open", 0)


def test_whoever_may_not_see_customers_or_words_sees_neither(client):
    case = opened(comment="It came late")
    clerk = User.objects.create_user("clerk", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_case"))
    client.force_login(clerk)

    for page in (LIST, page_of(case)):
        shown = client.get(page).content.decode()
        for hidden in ("小川", "It came late", case.customer.email):
            assert hidden not in shown


def test_a_case_that_is_gone_leads_back_to_the_list(desk):
    page = desk.get(reverse("admin:voc_case_change", args=[99]), follow=True)

    assert [str(message) for message in page.context["messages"]] == [
        "There is no such case (any more)."
    ]


@pytest.mark.parametrize(("words", "found"), [("小川", 2), ("ｌａｔｅ", 1), ("nobody", 0)])
def test_a_case_is_found_by_its_customer_and_its_comment(desk, words, found):
    opened(comment="It came late")
    opened(comment="Too dear")

    assert len(listed(desk, f"q={words}")) == found
