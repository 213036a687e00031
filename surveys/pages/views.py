"""The pages of answers, forms and unsubscribing. No account, no cookie; the link is the key."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from lib import tokens
from lib.http import middleware
from surveys.models import Customer, Invitation, Origin, Response, Survey
from surveys.pages import rate_limit
from surveys.pages.browser import browser_of
from surveys.pages.forms import AnswerForm, FeedbackForm
from surveys.pages.public import public, see_other, speak
from surveys.responses import submit
from surveys.signals import good_news_wanted

MOST_GOOD_NEWS = 3
ADDRESSES = "addresses:"  # counted beside the posts of each form; no short name has a colon
ADDRESSES_PER_HOUR = 5


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, token: str) -> HttpResponse:
    """The answer page: one question, one box for the reason, one button."""
    invitation = _invitation(token)
    language = speak(request, invitation.customer.language)
    if not invitation.wave.survey.is_open_to_the_invited(timezone.now()):
        return _closed(request, invited=True)
    if request.method == "POST":
        return _take_answer(request, invitation, language)
    # Mail scanners follow every link, so ?score=9 only preselects; a person's press answers.
    initial = _initial_answer(invitation, request.GET.get("score"))
    return _ask(request, AnswerForm(invitation=invitation, initial=initial), language)


def _take_answer(request: HttpRequest, invitation: Invitation, language: str) -> HttpResponse:
    form, now = AnswerForm(request.POST, invitation=invitation), timezone.now()
    if not form.is_valid():
        return _ask(request, form, language, status=422)
    try:
        submit.answer(
            invitation,
            score=form.cleaned_data["score"],
            comment=form.cleaned_data["comment"],
            language=language,
            now=now,
            wording=form.asked_with,
            signs=form.signs,
        )
    except submit.SurveyClosed:
        return _closed(request, invited=True)
    if not form.signs.are_human(now):
        return _ask_once_more(request, form, language)
    return see_other(reverse("surveys:thanks", args=[invitation.token]), language)


def _initial_answer(invitation: Invitation, score: str | None) -> dict[str, Any]:
    """The answer to fill the page with: the link's score, else what the customer said before."""
    response = Response.objects.filter(invitation=invitation).first()
    before = response.score if response and response.has_a_chosen_score else None
    return {
        "score": score if _is_on_the_scale(score, invitation.wave.survey) else before,
        "comment": response.comment if response else "",
    }


def _is_on_the_scale(score: str | None, survey: Survey) -> bool:
    return score in [str(n) for n in survey.its_kind.scale or ()]


def _ask(
    request: HttpRequest, form: AnswerForm, language: str, *, status: int = 200
) -> HttpResponse:
    wording, kind = form.wording(language), form.survey.its_kind
    chosen, bands = form["score"].value(), kind.bands or {}
    context = {
        "wording": wording,
        "follow_ups": {band: wording.follow_up_to(scores[0]) for band, scores in bands.items()},
        "scores": [{"value": str(n), "band": kind.band(n) or ""} for n in kind.scale or ()],
        "chosen": "" if chosen is None else str(chosen),
        "form": form,
    }
    return render(request, kind.page, context, status=status)


def _ask_once_more(request: HttpRequest, form: AnswerForm, language: str) -> HttpResponse:
    """Show the same words in plain view, and one button to press: bot_detection.py says why."""
    context = {
        "wording": form.wording(language),
        "said": form.cleaned_data,
        "again": form.stamp(timezone.now()),
    }
    return render(request, "surveys/again.html", context)


@require_safe
@never_cache
def thanks_page(request: HttpRequest, token: str) -> HttpResponse:
    """The thanks page: what happens with the answer, and the link to change it."""
    invitation = _invitation(token)
    language = speak(request, invitation.customer.language)
    response = Response.objects.pressed().filter(invitation=invitation).first()
    if response is None:
        return redirect(invitation)
    context = {
        "thanks": response.survey.wording(language).thanks_for(response.score),
        "score": response.score,
        "link": _way_back(invitation, response.survey),
        "is_of_a_form": False,
        "good_news": _good_news(language),
    }
    return render(request, "surveys/thanks.html", context)


def _way_back(invitation: Invitation, survey: Survey) -> str:
    """The link for those who change their mind; empty once the survey is closed."""
    open_still = survey.is_open_to_the_invited(timezone.now())
    return invitation.get_absolute_url() if open_still else ""


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """The unsubscribe page: GET asks, POST acts at once, also for RFC 8058's one click."""
    customer = get_object_or_404(Customer, pk=tokens.read("unsubscribe", token))
    speak(request, customer.language)
    if request.method == "POST":
        customer.unsubscribe(timezone.now())
    elif customer.unsubscribed_at is None:
        return render(request, "surveys/unsubscribe.html", {"customer": customer})
    return render(request, "surveys/unsubscribed.html", {"customer": customer})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form_page(request: HttpRequest, slug: str) -> HttpResponse:
    """The page of a public form: words, and an address for those who want to hear back."""
    survey = get_object_or_404(Survey.objects.with_a_public_page(), slug=slug)
    language = speak(request)
    if not survey.is_open_to_all(timezone.now()):
        return _closed(request, invited=False)
    if request.method == "POST":
        return _take_feedback(request, FeedbackForm(request.POST, survey=survey), language)
    return _render_form(request, FeedbackForm(survey=survey), language)


def _take_feedback(request: HttpRequest, form: FeedbackForm, language: str) -> HttpResponse:
    if not form.is_valid():
        return _render_form(request, form, language, status=422)
    client, now = middleware.network_of(request), timezone.now()
    if seconds := rate_limit.seconds_to_wait(form.survey.slug, client, now):
        page = _render_form(request, form, language, too_often=True, status=429)
        page["Retry-After"] = str(seconds)
        return page
    try:
        _keep_feedback(request, form, language)
    except submit.SurveyClosed:
        return _closed(request, invited=False)
    return see_other(reverse("surveys:form_thanks", args=[form.survey.slug]), language)


def _keep_feedback(request: HttpRequest, form: FeedbackForm, language: str) -> None:
    """Keep feedback; a robot's is dropped, with the same thanks, so that it does not learn."""
    if form.is_a_robots:
        return
    submit.say(
        form.survey,
        words=form.cleaned_data["words"],
        email=form.cleaned_data["email"],
        language=language,
        now=timezone.now(),
        wording=form.asked_with,
        origin=Origin(key=form.key, browser=browser_of(request)),
        may_mail=_may_mail(request, form),
    )


def _may_mail(request: HttpRequest, form: FeedbackForm) -> bool:
    """False for whoever gives more addresses within the hour than a person has."""
    if not form.cleaned_data["email"]:
        return True
    client, most = middleware.network_of(request), ADDRESSES_PER_HOUR
    return not rate_limit.seconds_to_wait(ADDRESSES, client, timezone.now(), most=most)


def _render_form(
    request: HttpRequest,
    form: FeedbackForm,
    language: str,
    *,
    too_often: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"wording": form.wording(language), "form": form, "too_often": too_often}
    return render(request, form.survey.its_kind.public_page, context, status=status)


@require_safe
@never_cache
def form_thanks_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks; it says the same to everybody, be an address known here or not."""
    survey = get_object_or_404(Survey.objects.with_a_public_page(), slug=slug)
    language = speak(request)
    context = {
        "thanks": survey.wording(language).thanks_for(None),
        "is_of_a_form": True,
        "good_news": _good_news(language),
    }
    return render(request, "surveys/thanks.html", context)


def _invitation(token: str) -> Invitation:
    """The invitation of a link we made. Raises Http404, whose page says what to do."""
    pk = tokens.read("answer", token)
    if pk is None:
        raise Http404("no such link")
    return get_object_or_404(Invitation.objects.with_everything(), pk=pk)


def _closed(request: HttpRequest, *, invited: bool) -> HttpResponse:
    """The page of a closed survey: the words of whoever wrote while it closed, to copy, and where
    to write instead. Not by mail: nothing takes it in."""
    words = request.POST.get("comment" if invited else "words", "").strip()
    form = Survey.objects.open_form(timezone.now())
    context = {"invited": invited, "words": words, "form": form}
    return render(request, "surveys/closed.html", context, status=410)


def _good_news(language: str) -> list[str]:
    """Sentences on what was done because others spoke. A fault in it must not spoil the thanks."""
    results = good_news_wanted.send_robust(Response, language=language)
    sentences = [line for _who, news in results if isinstance(news, list) for line in news]
    return sentences[:MOST_GOOD_NEWS]
