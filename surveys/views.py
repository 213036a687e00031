"""The pages a customer sees. No account, no cookie; the link is the key."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from lib import http, tokens
from surveys import answering, doors, nps
from surveys.forms import AnswerForm, FeedbackForm
from surveys.models import Customer, Invitation, Response, Survey

# Nobody is logged in here, so there is no session for another site to misuse: CSRF tokens would only
# lock out customers whose browsers refuse cookies.
public = csrf_exempt


def _speak(request: HttpRequest, preferred: str | None = None) -> str:
    """The page's language: the one chosen by ?lang=, else the customer's, else the browser's."""
    chosen = request.GET.get("lang")
    known = dict(settings.LANGUAGES)
    language = next((each for each in (chosen, preferred) if each in known), None)
    language = language or translation.get_language_from_request(request)
    translation.activate(language)
    request.LANGUAGE_CODE = language
    return language


def _invitation(token: str) -> Invitation:
    """Of a link we made; anything else is a page that says what to do."""
    pk = tokens.read("answer", token)
    if pk is None:
        raise Http404("no such link")
    return get_object_or_404(Invitation.objects.with_everything(), pk=pk)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """One question, one box for the reason, one button."""
    invitation = _invitation(token)
    language = _speak(request, invitation.customer.language)
    if not invitation.wave.survey.is_open(timezone.now()):
        return render(request, "surveys/closed.html", status=410)
    if request.method == "POST":
        return _take_answer(request, invitation, language)
    # Mail scanners follow every link, so ?score=9 only preselects; a person's press answers.
    form = AnswerForm(invitation=invitation, initial=_said_so_far(invitation, request.GET.get("score")))
    return _ask(request, form, language)


def _take_answer(request: HttpRequest, invitation: Invitation, language: str) -> HttpResponse:
    form, now = AnswerForm(request.POST, invitation=invitation), timezone.now()
    if not form.is_valid():
        return _ask(request, form, language, status=422)
    said = form.cleaned_data
    answering.answer(
        invitation,
        score=said["score"],
        comment=said["comment"],
        language=language,
        now=now,
        sign=form.sign,
    )
    if not form.sign.is_a_persons(now):
        return _ask(request, form, language, again=form.stamp(now))
    return _see_other(reverse("surveys:thanks", args=[invitation.token]), language)


def _said_so_far(invitation: Invitation, score: str | None) -> dict[str, Any]:
    said = Response.objects.filter(invitation=invitation).first()
    if said is None:
        return {"score": score}
    return {"score": score or said.score, "comment": said.comment}


def _ask(
    request: HttpRequest, form: AnswerForm, language: str, *, again: str = "", status: int = 200
) -> HttpResponse:
    """The page with the question; with `again`, the same words and one more button to press."""
    survey = form.invitation.wave.survey
    context = {
        "survey": survey,
        "wording": survey.wording(language),
        "form": form,
        "again": again,
        "scores": [{"score": n, "band": nps.band(n)} for n in nps.SCORES],
        "chosen": str(form["score"].value() if form["score"].value() is not None else ""),
    }
    return render(request, "surveys/answer.html", context, status=status)


@require_safe
@never_cache
def thanks(request: HttpRequest, token: str) -> HttpResponse:
    """What will happen with the answer, and the way back for those who change their mind."""
    invitation = _invitation(token)
    language = _speak(request, invitation.customer.language)
    response = get_object_or_404(Response, invitation=invitation)
    wording = response.survey.wording(language)
    context = {
        "thanks": wording.thanks_for(response.score),
        "score": response.score,
        "link": invitation.get_absolute_url() if response.survey.is_open(timezone.now()) else "",
    }
    return render(request, "surveys/thanks.html", context)


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """GET asks, POST acts: at once, without login, also for RFC 8058's one click."""
    pk = tokens.read("unsubscribe", token)
    customer = get_object_or_404(Customer, pk=pk)
    _speak(request, customer.language)
    if request.method == "POST":
        customer.unsubscribe(timezone.now())
        return render(request, "surveys/unsubscribed.html", {"customer": customer})
    return render(request, "surveys/unsubscribe.html", {"customer": customer})


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, slug: str) -> HttpResponse:
    """A public form: words, and an address for those who want to hear what came of them."""
    survey = get_object_or_404(Survey.objects.forms(), slug=slug)
    language = _speak(request)
    if not survey.is_open(timezone.now()):
        return render(request, "surveys/closed.html", status=410)
    written = FeedbackForm(request.POST or None)
    if request.method == "POST" and written.is_valid():
        if doors.is_too_often(survey.slug, http.address_of(request), timezone.now()):
            return _form_page(request, survey, written, language, too_often=True, status=429)
        _take_words(survey, written, language)
        return _see_other(reverse("surveys:form_thanks", args=[slug]), language)
    status = 422 if written.is_bound else 200
    return _form_page(request, survey, written, language, status=status)


def _take_words(survey: Survey, written: FeedbackForm, language: str) -> None:
    """A robot gets the same thanks as everyone, so that it does not learn; its words are dropped."""
    if written.is_a_robots:
        return
    said = written.cleaned_data
    answering.say(
        survey, words=said["words"], email=said["email"], language=language, now=timezone.now()
    )


def _form_page(
    request: HttpRequest,
    survey: Survey,
    written: FeedbackForm,
    language: str,
    *,
    too_often: bool = False,
    status: int = 200,
) -> HttpResponse:
    context = {"survey": survey, "wording": survey.wording(language), "form": written, "too_often": too_often}
    return render(request, "surveys/form.html", context, status=status)


@require_safe
def form_thanks(request: HttpRequest, slug: str) -> HttpResponse:
    survey = get_object_or_404(Survey.objects.forms(), slug=slug)
    language = _speak(request)
    return render(request, "surveys/thanks.html", {"thanks": survey.wording(language).thanks_for(None)})


def _see_other(path: str, language: str) -> HttpResponse:
    """303: what was posted is kept, and reloading the next page posts nothing."""
    response = redirect(f"{path}?lang={language}")
    response.status_code = 303
    return response
