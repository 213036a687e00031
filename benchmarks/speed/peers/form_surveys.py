"""django-form-surveys, the survey package one would take from PyPI: a rating and a text area. It
has no links of a customer's own: all answer on one page, and nobody's answer can be changed."""

from __future__ import annotations

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.urls import include, path

from benchmarks.speed.peers import pages, stock

stock.configure(
    __name__,
    apps=("djf_surveys", "tinymce"),
    middleware=stock.MIDDLEWARE,
    SURVEY_FIELD_VALIDATORS={"max_length": {"text_area": 10_000}, "min_length": {"text_area": 1}},
    TEMPLATES=stock.templates({}, ("djf_surveys.context_processors.surveys_context",)),
)

urlpatterns = [path("", include("djf_surveys.urls"))]


def prepare(n: int) -> list[str]:
    from djf_surveys.models import TYPE_FIELD, Question, Survey

    call_command("migrate", verbosity=0)
    made = Survey.objects.create(
        name="After delivery", can_anonymous_user=True, duplicate_entry=True
    )
    Question.objects.create(
        survey=made, label=pages.QUESTION, type_field=TYPE_FIELD.rating, choices="10", key="score"
    )
    Question.objects.create(
        survey=made, label="Why?", type_field=TYPE_FIELD.text_area, required=False, key="comment"
    )
    return [f"/create/{made.slug}/"] * n


application = get_wsgi_application()
