"""The reports page for staff, and the public page “You said, we did”."""

from __future__ import annotations

from django.contrib.auth.decorators import permission_required, user_passes_test
from django.contrib.auth.models import AbstractUser, AnonymousUser
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lib.admin_base import person_at
from reports.dashboard.forms import PERIODS, ReportForm
from reports.dashboard.page import overview
from reports.metrics.scope import surveys_to_choose
from reports.models import Fix
from surveys.models import Survey

FIXES_ON_A_PAGE = 10


def _is_staff(user: AbstractUser | AnonymousUser) -> bool:
    return user.is_staff


@require_safe
@never_cache
@user_passes_test(_is_staff, login_url="admin:login")
@permission_required("surveys.view_response", raise_exception=True)
def nps(request: HttpRequest) -> HttpResponse:
    """The reports page: how the NPS stands, how it moves, and what people talk about."""
    surveys = list(surveys_to_choose())
    zone = timezone.get_default_timezone()
    form = ReportForm(request.GET, surveys=surveys, now=timezone.now(), zone=zone, label_suffix="")
    if not form.is_valid():
        return render(request, "reports/nps.html", _page(form), status=422)
    begun = any(each.began for each in surveys)
    return render(
        request,
        "reports/nps.html",
        {**_page(form), "report": overview(form, by=person_at(request)), "begun": begun},
    )


def _page(form: ReportForm) -> dict[str, object]:
    """The form's part of the context. When days are chosen, no ready-made period is."""
    chosen = "" if form.errors or form.cleaned_data["since"] else form.preset()
    return {"form": form, "periods": PERIODS, "chosen": chosen}


@require_safe
def you_said(request: HttpRequest) -> HttpResponse:
    """The public page: what customers said, and what was done about it."""
    pages = Paginator(Fix.objects.public().with_customers(), FIXES_ON_A_PAGE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "form": Survey.objects.open_form(timezone.now()),
    }
    return render(request, "reports/you_said.html", context)
