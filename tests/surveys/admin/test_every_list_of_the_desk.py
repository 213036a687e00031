"""Whatever is listed at the desk: who may, how fast, and odd questions."""

import pytest
from django.contrib.auth.models import Permission, User

from surveys.models import Response
from tests import make
from tests.surveys.admin.admin_client import act, page_of

pytestmark = pytest.mark.django_db


def test_scripts_may_evaluate_on_the_desk_and_nowhere_else(desk):
    policies = [desk.get(page)["Content-Security-Policy"] for page in ["/admin/", "/you-said/"]]

    assert ["'unsafe-eval'" in policy for policy in policies] == [True, False]
    assert ["'unsafe-inline'" in policy for policy in policies] == [True, False]


def test_staff_who_may_only_look_may_not_import_invite_or_judge(client):
    looker = User.objects.create_user("looker", is_staff=True)
    looker.user_permissions.set(Permission.objects.filter(codename__startswith="view_"))
    client.force_login(looker)
    response = make.response(9)

    assert client.get(page_of("customer") + "import/").status_code == 403
    for model, action, row in [
        ("customer", "invite", response.customer),
        ("invitation", "send_again", response.invitation),
        ("response", "take_them_out", response),
        ("survey", "begin_a_new_wave", response.survey),
    ]:
        act(client, model, action, [row], asked="yes")

    response.refresh_from_db()
    assert response.state == Response.State.COUNTED
    assert response.survey.waves.count() == 1


MAKERS = {
    "customer": make.customer,
    "survey": make.survey,
    "invitation": make.invitation,
    "skip": make.skip,
    "response": lambda: make.response(9),
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"),
    [("customer", 3), ("survey", 3), ("invitation", 4), ("skip", 4), ("response", 5)],
)
def test_a_long_list_costs_as_many_queries_as_a_short_one(
    desk, model, queries, rows, django_assert_num_queries
):
    for _ in range(rows):
        MAKERS[model]()
    desk.get(page_of(model))  # what is looked up once and kept

    with django_assert_num_queries(queries):
        desk.get(page_of(model))


@pytest.mark.parametrize("model", MAKERS)
def test_odd_searches_and_filters_make_no_fault(desk, model):
    MAKERS[model]()

    for query in [
        "q=%F0%9F%98%80",
        "q='%22%3C",
        "state=%27",
        "survey=x",
        "survey=９",
        "p=99",
        "o=9.-9",
    ]:
        assert desk.get(f"{page_of(model)}?{query}", follow=True).status_code in (200, 400)


def test_a_list_says_how_many_rows_it_has_as_japanese_does(desk):
    make.customer()
    make.customer()

    page = desk.get(page_of("customer"), headers={"accept-language": "ja"}).content.decode()

    assert "顧客 2件" in page


def test_what_is_deleted_is_named_as_japanese_does(desk):
    customer = make.customer()

    page = desk.get(page_of("customer", "change", customer.pk), headers={"accept-language": "ja"})

    assert "顧客を削除" in page.content.decode()
