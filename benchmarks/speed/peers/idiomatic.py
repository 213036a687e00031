"""Idiomatic Django: the stock middleware, the ORM, a ModelForm and a template. It keeps the answer
and nothing else: no history, no voice, no second language."""

from __future__ import annotations

import secrets
from typing import Any, ClassVar

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connection, models
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.urls import path

from benchmarks.speed.peers import pages, stock

stock.configure(
    __name__,
    middleware=stock.MIDDLEWARE,
    TEMPLATES=stock.templates({"answer.html": pages.ANSWER, "thanks.html": pages.THANKS}),
)

from django.shortcuts import get_object_or_404, redirect, render  # noqa: E402


class Invitation(models.Model):  # noqa: DJ008
    objects: ClassVar[Any] = models.Manager()
    token = models.CharField(max_length=40, unique=True)
    question = models.CharField(max_length=300, default=pages.QUESTION)

    class Meta:
        app_label = "peer"


class Answer(models.Model):  # noqa: DJ008
    objects: ClassVar[Any] = models.Manager()
    invitation = models.OneToOneField(Invitation, models.PROTECT)
    score = models.PositiveSmallIntegerField(choices=[(n, str(n)) for n in range(11)])
    comment = models.TextField(blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        app_label = "peer"


class AnswerForm(ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Answer
        fields = ["score", "comment"]


def answer(request: HttpRequest, token: str) -> HttpResponse:
    invitation = get_object_or_404(Invitation, token=token)
    before = Answer.objects.filter(invitation=invitation).first()
    form = AnswerForm(request.POST or None, instance=before or Answer(invitation=invitation))
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("thanks", token=token)
    context = {"form": form, "invitation": invitation, "scores": range(11)}
    return render(request, "answer.html", context)


def thanks(request: HttpRequest, token: str) -> HttpResponse:
    return render(request, "thanks.html")


urlpatterns = [
    path("s/<str:token>/", answer, name="answer"),
    path("s/<str:token>/thanks/", thanks, name="thanks"),
]


def prepare(n: int) -> list[str]:
    call_command("migrate", verbosity=0)
    with connection.schema_editor() as editor:
        editor.create_model(Invitation)
        editor.create_model(Answer)
    made: list[Any] = [Invitation(token=secrets.token_urlsafe(24)) for _ in range(n)]
    Invitation.objects.bulk_create(made, batch_size=1000)
    return [f"/s/{each.token}/" for each in made]


application = get_wsgi_application()
