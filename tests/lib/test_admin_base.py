"""Whatever stands in the address of a list, staff get the list or a sentence, and never a fault."""

import pytest
from django.contrib import admin
from django.urls import reverse

from surveys.models import Skip
from tests import make

pytestmark = pytest.mark.django_db

LISTS = [reverse(f"admin:{m._meta.label_lower.replace('.', '_')}_changelist")
         for m in admin.site._registry]  # fmt: skip
TOO_BIG = "9" * 23


@pytest.fixture
def rows():
    answered = make.response(3, "Slow")
    make.fix(answered.feedback)
    Skip.objects.create(
        customer=answered.customer, wave=answered.invitation.wave, reason="asked_recently"
    )


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        f"survey={TOO_BIG}",
        f"survey__id__exact={TOO_BIG}",
        f"fix__id__exact={TOO_BIG}",
        f"owner={TOO_BIG}",
        f"id={TOO_BIG}",
        f"customer={TOO_BIG}",
        "text__regex=((",
        "name__iregex=((",
        "comment__regex=((",
        "pk__regex=((",
        "customer_id__regex=((",
        "answered_at__year=99999",
        "state__exact=none",
        "o=9.-9.x",
        "p=x",
        "q=%25%27%22((",
    ],
)
def test_an_odd_address_makes_no_fault(desk, address, query):
    assert desk.get(f"{address}?{query}", follow=True).status_code in (200, 400)


@pytest.mark.usefixtures("rows")
@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("/admin/surveys/response/", "answered_at__year=1999"),
        ("/admin/surveys/response/", "state__exact=excluded"),
        ("/admin/surveys/skip/", "reason__exact=unsubscribed"),
        ("/admin/reports/fix/", "state__exact=shipped"),
        ("/admin/reports/notice/", "fix__id__exact=0"),
        ("/admin/auth/user/", "is_superuser__exact=0"),
    ],
)
def test_what_a_filter_asks_is_answered(desk, address, query):
    page = desk.get(f"{address}?{query}")

    assert list(page.context["cl"].result_list) == []


@pytest.mark.parametrize(
    "query",
    [
        "answered_at__year=9999",
        "answered_at__year=99999999999",
        f"answered_at__year={'9' * 5000}",
        "answered_at__year=9999&answered_at__month=12&answered_at__day=31",
        f"answered_at__year=2026&answered_at__month={TOO_BIG}",
    ],
)
def test_a_day_that_cannot_be_leads_to_the_whole_list_which_says_so(desk, query):
    english = {"Accept-Language": "en"}
    page = desk.get(f"/admin/surveys/response/?{query}", follow=True, headers=english)

    assert page.redirect_chain == [("/admin/surveys/response/?e=1", 302)]
    assert "asked this list for something that cannot be" in page.content.decode()


@pytest.mark.parametrize("pk", ["x", "²", "４２", TOO_BIG, "1,2", "\0"])
def test_a_topic_that_cannot_be_is_refused_in_the_form(desk, pk):
    page = desk.post("/admin/reports/fix/add/", {"topics": [pk], "we_did_en": "x"})

    assert page.context["adminform"].form.errors["topics"]


@pytest.mark.parametrize("pk", ["x", TOO_BIG, "0"])
def test_the_history_of_a_response_that_is_not_there_leads_back(desk, pk):
    page = desk.get(f"/admin/surveys/response/{pk}/history/")

    assert page.headers["Location"] == "/admin/"


def test_what_cannot_be_an_id_chooses_nothing(desk):
    item = make.feedback("Slow")

    def take(*ids):
        chosen = {"action": "take", "_selected_action": ids, "index": 0}
        return desk.post("/admin/voc/feedback/", chosen, follow=True)

    assert [take(pk).status_code for pk in ("x", "", "-1", TOO_BIG)] == [200] * 4
    item.refresh_from_db()
    assert item.status == "new"

    take("x", item.pk)
    item.refresh_from_db()
    assert item.status == "taken"
