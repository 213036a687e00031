"""Pages of the desk, and what is done there."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.urls import reverse


def page_of(model, what="changelist", *args):
    return reverse(f"admin:surveys_{model}_{what}", args=args)


def messages(response):
    return [str(message) for message in response.context["messages"]]


def act(desk, model, action, rows, **more):
    chosen = {"action": action, ACTION_CHECKBOX_NAME: [row.pk for row in rows]}
    return desk.post(page_of(model), {**chosen, **more}, follow=True)
