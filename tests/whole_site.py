"""A site with a row behind every address, people of every role, and all addresses there are."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bs4 import BeautifulSoup
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.test import Client
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from config import roles
from lib import tokens
from reports.fixes import ship
from surveys.models import Skip
from tests import make
from voc.cases import workflow
from voc.models import (
    Absence,
    AlertMail,
    AlertWebhook,
    BusinessCalendar,
    Case,
    CaseRule,
    Classifier,
    Colleague,
    Export,
    Feedback,
    Theme,
)
from voc.topics import hierarchy, phrase_changes

ROLES = ["anonymous", "no permission", *roles.ROLES, "superuser"]
NEW_PASSWORD = "harbour-lantern-47"
NAME, EMAIL = "Hanna Kowalski", "hanna@shop.example"


@dataclass
class Site:
    """Rows by `app/model`, as they stand in addresses; `places` fills every other placeholder."""

    rows: dict[str, models.Model]
    places: dict[str, str]
    answers: dict[str, Any]  # to whatever a page asks before it acts
    links: list[str]

    def path(self, pattern: str) -> str:
        """An address of this pattern behind which there is something."""
        app_model = "/".join(pattern.split("/")[1:3])
        places = dict(self.places)
        if row := self.rows.get(app_model):
            places |= {"<path:object_id>": str(row.pk), "<id>": str(row.pk)}
        for placeholder in sorted(places, key=len, reverse=True):
            pattern = pattern.replace(placeholder, places[placeholder])
        assert not re.search(r"[<>(^$]", pattern), (
            f"tests/whole_site.py does not know what to put into {pattern}: add it to `places`."
        )
        return f"/{pattern}"

    def chosen(self, pattern: str, action: str) -> dict[str, Any]:
        """The form of a list, with its row chosen, and all that an action asks for."""
        row = self.rows["/".join(pattern.split("/")[1:3])]
        return {"action": action, "_selected_action": [row.pk], "index": "0", **self.answers}


def patterns() -> list[str]:
    """Every address of the URL conf, the admin's included, as it is written there."""
    return list(dict.fromkeys(_walk(get_resolver(), "")))


def _walk(resolver: Any, before: str) -> Any:
    for each in resolver.url_patterns:
        here = before + str(each.pattern)
        yield from [here] if isinstance(each, URLPattern) else _walk(each, here)


def person(role: str) -> User | None:
    if role == "anonymous":
        return None
    if role == "superuser":
        return make.staff(name="boss")
    user = User.objects.create_user(f"as {role}"[:150], password=make.PASSWORD, is_staff=True)
    if role in roles.ROLES:
        user.groups.add(Group.objects.get(name=role))
    return user


def furnish() -> Site:
    sato = make.staff(name="sato")
    customer = make.customer(name=NAME)
    type(customer).objects.update(email=EMAIL)
    response = make.response(3, "The parcel was crushed", by=customer)
    form = make.survey(kind="feedback", name="Shop")
    now = timezone.now()
    shipped = make.fix(response.feedback, by=sato)
    ship.ship(shipped, by=sato, now=now)
    topic, other, gone = (make.topic(key, en=(key,)) for key in ("parcel", "box", "bag"))
    hierarchy.archive(gone, now=now)
    change = phrase_changes.propose(topic, phrases={"en": ["crate"], "ja": []}, by=sato, now=now)
    theme = Theme.objects.create(
        language="en", phrase="parcel", n=5, texts=9, n_before=1, texts_before=9, strength=7,
        examples=[[response.feedback.pk, 4, 10]], starts=now, ends=now,
    )  # fmt: skip
    few = Group.objects.create(name="few")
    few.permissions.set(Permission.objects.filter(codename="view_customer"))
    invitation = make.invitation(to=customer)
    for mail in (invitation, shipped.notices.get()):
        failed = {"outcome": "refused", "reason": "no such user", "settled_at": now}
        type(mail).objects.filter(pk=mail.pk).update(**failed)
    claim = make.claim()
    make.office(of=sato)
    an_import = make.uploaded_import("email\nnew@shop.example\nnobody\n")
    rows: dict[str, models.Model] = {
        "surveys/claimedaddress": claim.claimed,
        "surveys/import": an_import,
        "auth/user": User.objects.create_user("new", is_staff=True),
        "auth/group": few,
        "surveys/customer": make.customer(),
        "surveys/survey": make.survey(),
        "surveys/invitation": invitation,
        "surveys/skip": Skip.objects.create(
            wave=invitation.wave, customer=make.customer(), reason=Skip.Reason.UNSUBSCRIBED
        ),
        "surveys/response": response,
        "voc/case": _case(response.feedback, now),
        **{
            f"voc/{model._meta.model_name}": model._default_manager.latest("pk")
            for model in (AlertMail, AlertWebhook, CaseRule, Absence, Colleague, BusinessCalendar)
        },
        "voc/classifier": _classifier(),
        "voc/export": Export.objects.create(by=sato, items=1, masked=True),
        "voc/feedback": _analyzed(now),
        "voc/theme": theme,
        "voc/topic": other,
        "reports/fix": make.fix(response.feedback, by=sato, we_did_en="New boxes"),
        "reports/notice": shipped.notices.get(),
    }
    kind = ContentType.objects.get_for_model(invitation).pk
    answer = tokens.make("answer", invitation.pk)
    places = {
        "<path:row>": f"{kind}/{invitation.pk}/",
        "<path:content_type_id>": str(kind),
        "r/<path:content_type_id>/<path:object_id>": f"r/{kind}/{invitation.pk}",
        "^([^/]+)/history/([^/]+)/$": f"{response.pk}/history/{response.history.first().pk}/",
        "<int:topic>/phrases/<int:phrase_change>": f"{topic.pk}/phrases/{change.pk}",
        "<int:topic>": str(other.pk),
        "<int:topic>/restore": f"{gone.pk}/restore",
        "<slug:language>": "en",
        "^(?P<app_label>auth|surveys|voc|reports)/$": "surveys/",
        "(?P<url>.*)$": "nothing-here",
        "s/<str:token>": f"s/{answer}",
        "c/<str:token>": f"c/{claim.claimed.token}",
        "c/<str:token>/stop": claim.claimed.stop_path.strip("/"),
        "import/<int:pk>": f"import/{an_import.pk}",
        "export/<int:pk>": f"export/{rows['voc/export'].pk}",
        "u/<str:token>": f"u/{tokens.make('unsubscribe', customer.pk)}",
        "<slug:slug>": form.slug,
    }
    links = [tokens.make(purpose, n).partition(".")[2]
             for purpose in ("answer", "unsubscribe", "confirm") for n in range(1, 20)]  # fmt: skip
    answers = {
        "asked": "yes", "post": "yes", "to": sato.pk, "reason": "It is by design", "text": "Note",
        "because": "solved", "due_at": "2027-01-04T10:00",
        "sentiment": "negative", "survey": response.survey_id, "wave": "continue",
        "seen": f'["{response.survey_id} False", 1, 1, {{}}]', "fix": rows["reports/fix"].pk,
        "score": "9",
        "we_did_en": "Other boxes", "you_said_en": "Crushed", "into": topic.pk, "words": "Hello",
        "parent": topic.pk, "phrases_en": "crate", "phrases_ja": "", "name": "New", "slug": "new",
        "kind": "nps", "email": "new@shop.example", "language": "en", "key": "new",
        "name_en": "New",
        "username": "somebody", "old_password": make.PASSWORD,
        **dict.fromkeys(["password1", "password2", "new_password1", "new_password2"], NEW_PASSWORD),
    }  # fmt: skip
    return Site(rows, places, answers, links)


def _analyzed(now: datetime) -> Feedback:
    item = make.feedback("It came late", by=make.customer())
    item.sentiment, item.analyzed_at, item.language = "negative", now, "en"
    item.save()
    return item


def _case(words: Feedback, now: datetime) -> Case:
    case, _new = workflow.open_case(feedback=words, now=now)
    return case


def _classifier() -> Classifier:
    return Classifier.objects.create(
        language="en", version=1, state=Classifier.State.IN_USE, examples=10, corrected=5
    )


def actions_of(page: Any) -> list[str]:
    """The actions that a list offers."""
    changelist = (page.context or {}).get("cl") if page.status_code == 200 else None
    if changelist is None:
        return []
    return list(changelist.model_admin.get_actions(page.wsgi_request))


def what_the_page_posts(page: Any) -> dict[str, Any]:
    """What stands in the forms of a page, with every button pressed; not in the frame's own."""
    if page.status_code != 200 or getattr(page, "streaming", False):
        return {}
    posted: dict[str, Any] = {}
    soup = BeautifulSoup(page.content, "html.parser")
    for form in soup.select('form[method="post"]'):
        if any(frame in str(form.get("action")) for frame in ("logout", "i18n")):
            continue
        for field in form.select("input[name], textarea[name], button[name], select[name]"):
            posted[str(field["name"])] = _value(field)
    return {name: value for name, value in posted.items() if value is not None}


def _value(field: Any) -> Any:
    if field.name == "select":
        chosen = [option["value"] for option in field.select("option[selected]")]
        return chosen if field.has_attr("multiple") else next(iter(chosen), None)
    if field.name == "textarea":
        return field.text.removeprefix("\n")
    if field.get("type") in ("checkbox", "radio") and not field.has_attr("checked"):
        return None
    return None if field.get("type") == "file" else field.get("value", "")


def client_of(user: User | None) -> Client:
    client = Client()
    if user:
        client.force_login(user)
    return client
