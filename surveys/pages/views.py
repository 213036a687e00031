"""The pages of answers, forms and unsubscribing. No account, no cookie; the link is the key."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from lib import languages, tokens
from lib.http import middleware
from lib.http.ready_pages import render_ready
from surveys.models import Customer, Origin, Response, Survey, Wording
from surveys.pages import rate_limit
from surveys.pages.browser import browser_of
from surveys.pages.forms import AnswerForm, FeedbackForm
from surveys.pages.public import chosen_language, never_kept, public, see_other, speak
from surveys.questions.kinds import SurveyKind
from surveys.responses import submit
from surveys.responses.asked import Asked, look
from surveys.signals import good_news_wanted

MOST_GOOD_NEWS = 3
GOOD_NEWS_KEPT = 10  # seconds
WORDING = re.compile("[1-9][0-9]{0,17}")  # an id, as a page writes it
ADDRESSES = "addresses:"  # counted beside the posts of each form; no short name has a colon
ADDRESSES_PER_HOUR = 5


@public
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def answer_page(request: HttpRequest, token: str) -> HttpResponse:
    """The answer page: one question, one box for the reason, one button."""
    if request.method == "POST":
        return _take_answer(request, token)
    asked = _asked(request, token)
    if not asked.survey.is_open_to_the_invited(timezone.now()):
        return _closed(request, invited=True)
    # Mail scanners follow every link, so ?score=9 only preselects; a person's press answers.
    return _show_question(request, asked, chosen=_chosen(request, asked))


def _take_answer(request: HttpRequest, token: str) -> HttpResponse:
    now, posted = timezone.now(), _posted(request, token)
    asked = _asked(request, token, shown=_shown(posted))
    if not asked.survey.is_open_to_the_invited(now):
        return _closed(request, invited=True)
    form = AnswerForm(posted, asked=asked)
    if not form.is_valid():
        return _show_fault(request, form)
    try:
        submit.take(asked, **form.cleaned_data, now=now, signs=form.signs)
    except submit.SurveyClosed:  # this very moment
        return _closed(request, invited=True)
    if not form.signs.are_human(now):
        return _ask_once_more(request, form)
    return see_other(f"{request.path}thanks/", asked.language)


def _posted(request: HttpRequest, token: str) -> QueryDict:
    """What was posted, read to its end before the database is asked, however slowly it comes."""
    try:
        return request.POST
    except Exception:
        _asked(request, token)  # whose language the page that refuses it speaks
        raise


def _chosen(request: HttpRequest, asked: Asked) -> str:
    """The score to preselect: the link's, else what the customer said before."""
    in_the_link = request.GET.get("score", "")
    if in_the_link in _scale(asked.survey.its_kind):
        return in_the_link
    before = asked.response
    return str(before.score) if before and before.has_a_chosen_score else ""


def _scale(kind: SurveyKind) -> list[str]:
    return [str(score) for score in kind.scale or ()]


def _show_question(request: HttpRequest, asked: Asked, *, chosen: str) -> HttpResponse:
    kind, wording = asked.survey.its_kind, asked.words
    return render_ready(
        request,
        kind.page,
        lambda: {**_question(kind, wording, chosen), "form": AnswerForm(asked=asked)},
        key=(kind.key, kind.scale, chosen, wording.everything),
        places={"comment": asked.response.comment if asked.response else ""},
    )


def _show_fault(request: HttpRequest, form: AnswerForm) -> HttpResponse:
    asked, chosen = form.asked, form["score"].value()
    question = _question(asked.survey.its_kind, asked.words, "" if chosen is None else str(chosen))
    context = {**question, "form": form, "comment": form["comment"].value() or ""}
    return render(request, asked.survey.its_kind.page, context, status=422)


def _question(kind: SurveyKind, wording: Wording, chosen: str) -> dict[str, Any]:
    bands = kind.bands or {}
    return {
        "wording": wording,
        "follow_ups": {band: wording.follow_up_to(scores[0]) for band, scores in bands.items()},
        "scores": [{"value": str(n), "band": kind.band(n) or ""} for n in kind.scale or ()],
        "chosen": chosen,
    }


def _ask_once_more(request: HttpRequest, form: AnswerForm) -> HttpResponse:
    """Show the same words in plain view, and one button to press: bot_detection.py says why."""
    context = {
        "wording": form.asked.words,
        "said": form.cleaned_data,
        "again": form.stamp(timezone.now()),
    }
    return render(request, "surveys/again.html", context)


@require_safe
@never_kept
def thanks_page(request: HttpRequest, token: str) -> HttpResponse:
    """The thanks page: what happens with the answer, and the link to change it."""
    asked = _asked(request, token)
    response, question = asked.response, reverse("surveys:answer", args=[token])
    if response is None or response.state == Response.State.PROVISIONAL:
        return redirect(question)
    # Those who change their mind find the way back, until the survey is closed.
    is_open = asked.survey.is_open_to_the_invited(timezone.now())
    return _thank(
        request,
        asked.words.thanks_for(response.score),
        score=response.score,
        link=question if is_open else "",
    )


def _thank(
    request: HttpRequest, thanks: str, *, score: int | None = None, link: str = ""
) -> HttpResponse:
    news = _good_news(languages.current())
    context = {
        "thanks": thanks,
        "score": score,
        "is_of_a_form": score is None,
        "good_news": news,
    }
    return render_ready(
        request,
        "surveys/thanks.html",
        lambda: context,
        key=(thanks, score, *news),
        places={"link": link},
    )


@public
@never_kept
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe_page(request: HttpRequest, token: str) -> HttpResponse:
    """The unsubscribe page: GET asks, POST acts at once, also for RFC 8058's one click."""
    customer = get_object_or_404(Customer, pk=tokens.read("unsubscribe", token))
    speak(request, customer.language)
    if request.method == "POST":
        customer.unsubscribe(timezone.now())
    is_asked = request.method != "POST" and customer.unsubscribed_at is None
    template = "surveys/unsubscribe.html" if is_asked else "surveys/unsubscribed.html"
    places = {"email": customer.shown_email}
    return render_ready(request, template, dict, key=None, places=places)


@public
@never_kept
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
    template, wording = form.survey.its_kind.public_page, form.wording(language)
    context = {"wording": wording, "form": form, "too_often": too_often}
    if form.is_bound:
        return render(request, template, {**context, "form_key": form.key}, status=status)
    places = {"form_key": form.key}
    return render_ready(request, template, lambda: context, key=wording.everything, places=places)


@require_safe
@never_kept
def form_thanks_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Thanks; it says the same to everybody, be an address known here or not."""
    survey = get_object_or_404(Survey.objects.with_a_public_page(), slug=slug)
    return _thank(request, survey.wording(speak(request)).thanks_for(None))


def _asked(request: HttpRequest, token: str, *, shown: int | None = None) -> Asked:
    """What a link we made asks; from now on its language is spoken.

    Raises Http404, whose page says what to do.
    """
    pk, chosen = tokens.read("answer", token), chosen_language(request)
    if pk is None:
        raise Http404("no such link")
    found = look(pk, chosen=chosen, browser=languages.current(request.LANGUAGE_CODE), shown=shown)
    if found is None:
        raise Http404("no such invitation")
    speak(request, found.language)
    return found


def _shown(posted: Mapping[str, Any]) -> int | None:
    """The id of the wording that a page sent back; None for whatever else was sent in its place."""
    key = str(posted.get("wording", ""))
    return int(key) if WORDING.fullmatch(key) else None


def _closed(request: HttpRequest, *, invited: bool) -> HttpResponse:
    """The page of a closed survey: the words of whoever wrote while it closed, to copy, and where
    to write instead. Not by mail: nothing takes it in."""
    words = request.POST.get("comment" if invited else "words", "").strip()
    form = Survey.objects.open_form(timezone.now())
    context = {"invited": invited, "words": words, "form": form}
    return render(request, "surveys/closed.html", context, status=410)


def _good_news(language: str) -> list[str]:
    """Sentences on what was done because others spoke. A fault in it must not spoil the thanks."""
    key = f"good_news.{language}"
    news: list[str] | None = cache.get(key)
    if news is None:
        results = good_news_wanted.send_robust(Response, language=language)
        told = [line for _who, lines in results if isinstance(lines, list) for line in lines]
        news = told[:MOST_GOOD_NEWS]
        cache.set(key, news, GOOD_NEWS_KEPT)
    return news
