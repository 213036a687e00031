"""What staff read in numbers, and what everyone reads in words."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.models import Fix
from surveys.models import Survey

FIXES_ON_A_PAGE = 10


@require_safe
def you_said(request: HttpRequest) -> HttpResponse:
    """Open to everyone: what customers said, and what was done about it."""
    pages = Paginator(Fix.objects.public().with_voices(), FIXES_ON_A_PAGE)
    context = {
        "page": pages.get_page(request.GET.get("page")),
        "form": Survey.objects.open_form(timezone.now()),
    }
    return render(request, "reports/you_said.html", context)
