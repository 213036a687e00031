"""The page behind a confirmation's link: whose words are these? And the one that stops such mails.

GET changes nothing, and what a mail scanner presses confirms nothing: bot_detection.py.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from lib import tokens
from lib.links import harmless
from lib.text import kindly
from surveys.models import ClaimedAddress
from surveys.pages.forms import ClaimForm
from surveys.pages.public import never_kept, public, see_other, speak
from surveys.responses import claim_address


@public
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_page(request: HttpRequest, token: str) -> HttpResponse:
    """Show each of the words given with this address: did you write this?"""
    claimed = get_object_or_404(ClaimedAddress, pk=tokens.read("confirm", token))
    language = speak(request, claimed.language)
    if request.method == "POST":
        return _take_decision(request, ClaimForm(request.POST, claimed=claimed), language)
    return _render(request, ClaimForm(claimed=claimed))


def _take_decision(request: HttpRequest, form: ClaimForm, language: str) -> HttpResponse:
    now, claim = timezone.now(), form.claim
    if claim is None:
        return see_other(form.claimed.get_absolute_url(), language)
    if not form.signs.are_human(now):
        return _render(request, form)
    decide = claim_address.confirm if form.is_confirmed else claim_address.deny
    decide(claim, now=now)
    return see_other(form.claimed.get_absolute_url(), language)


def _render(request: HttpRequest, form: ClaimForm) -> HttpResponse:
    """The page; after a post without a person's sign, the same words and one button once more."""
    claims = [form.claim] if form.claim else form.open_claims
    context = {
        "form": form,
        "claims": [(claim, kindly(harmless(claim.response.comment))) for claim in claims],
        "settled": form.claimed.claims.settled().count(),
        "again": form.stamp(timezone.now()) if form.claim else "",
    }
    return render(request, "surveys/confirm.html", context)


@public
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def stop_page(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the mails that ask to confirm: GET asks, POST acts, also for RFC 8058's one click."""
    claimed = get_object_or_404(ClaimedAddress, pk=tokens.read("no-confirmation", token))
    speak(request, claimed.language)
    if request.method == "POST":
        claim_address.stop(claimed, now=timezone.now())
    elif claimed.stopped_at is None:
        return render(request, "surveys/stop_confirming.html", {"claimed": claimed})
    return render(request, "surveys/confirming_stopped.html")
