"""The pages of emerging themes: look at one, make a topic of it, or dismiss it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, gettext_noop, ngettext
from django.utils.translation import gettext_lazy as _

from lib import languages
from lib.access.shown import may_see, shows
from lib.admin_base import DeskAdmin
from lib.desk.history import BY_ITSELF, Event
from lib.text import around, one_line
from voc.admin.feedback import columns, filters
from voc.models import Feedback, Theme
from voc.models.themes import ThemeQuerySet

State = Theme.State
COUNT_FIELDS = ["n", "texts", "n_before", "texts_before"]
# Each word with the standard errors it begins at; a theme that is found at all is clear.
STRENGTH_WORDS = [(6.0, _("very strong")), (4.0, _("strong"))]


class ThemePile(filters.Pile):
    PILES = {
        "open": (_("To look at"), lambda themes, me: themes.to_look_at()),
        "topic": (State.TOPIC.label, lambda themes, me: themes.in_state(State.TOPIC)),
        "dismissed": (State.DISMISSED.label, lambda themes, me: themes.in_state(State.DISMISSED)),
        "faded": (State.FADED.label, lambda themes, me: themes.in_state(State.FADED)),
        "all": (_("All"), lambda themes, me: themes),
    }


@admin.register(Theme)
class ThemeAdmin(DeskAdmin):
    list_display = ["said", "how_often", "how_clear", "example", "since"]
    list_filter = [ThemePile, filters.LanguageChip]
    list_fullwidth = True
    change_list_template = "admin/voc/theme/list.html"
    actions = ["dismiss", "restore"]

    def what_happened(self, request: HttpRequest, theme: Theme) -> Iterator[Event]:
        yield Event(theme.noticed_at, _("was noticed"), BY_ITSELF, how_often(theme))

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("phrase"))
    def said(self, theme: Theme) -> SafeString:
        return format_html(
            '<bdi class="said" lang="{}">{}</bdi>', theme.language, one_line(theme.phrase)
        )

    @admin.display(description=_("how often"))
    def how_often(self, theme: Theme) -> str:
        return how_often(theme)

    @admin.display(description=_("how clear"), ordering="strength")
    def how_clear(self, theme: Theme) -> str:
        return how_clear(theme)

    @shows("voc.feedback")
    @admin.display(description=_("for example"))
    def example(self, theme: Theme) -> SafeString | str:
        return getattr(theme, "first", "")

    @admin.display(description=_("noticed"), ordering="noticed_at")
    def since(self, theme: Theme) -> str:
        now = timezone.localtime(timezone.now())
        return columns.age(timezone.localtime(theme.noticed_at), now)

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        page = super().changelist_view(request, extra_context)
        if changelist := (getattr(page, "context_data", None) or {}).get("cl"):
            _illustrate(changelist.result_list)
        return page

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        theme = self.get_object(request, unquote(object_id))
        if theme is None:
            message = gettext("There is no such item (any more).")
            self.message_user(request, message, messages.WARNING)
            return redirect("admin:voc_theme_changelist")
        return self._show(request, theme)

    def _show(self, request: HttpRequest, theme: Theme) -> HttpResponse:
        may_see_words = may_see(request.user, Feedback)
        may_make = request.user.has_perm("voc.add_topic") and theme.state != State.TOPIC
        return self.page(
            request,
            "voc/theme/theme.html",
            theme.phrase,
            theme=theme,
            language=languages.label(theme.language),
            how_often=how_often(theme),
            how_clear=how_clear(theme),
            quotes=example_quotes([theme]) if may_see_words else [],
            may_see_words=may_see_words,
            search_url=search_url(theme),
            make_url=make_url(theme) if may_make else "",
            may_change=self.has_change_permission(request, theme),
            actions_url=reverse("admin:voc_theme_changelist") + "?pile=all",
        )

    @admin.action(description=_("Not interesting"), permissions=["change"])
    def dismiss(self, request: HttpRequest, themes: ThemeQuerySet) -> None:
        chosen = list(themes)
        message = ngettext(
            "%(n)d theme was dismissed. It comes back when twice as large a share say it.",
            "%(n)d themes were dismissed. They come back when twice as large a share say them.",
            changed := themes.dismiss(),
        )
        self._log(request, chosen, gettext_noop("Dismissed."))
        self._tell(request, message, changed)

    @admin.action(description=_("Look at it after all"), permissions=["change"])
    def restore(self, request: HttpRequest, themes: ThemeQuerySet) -> None:
        chosen = list(themes)
        message = ngettext(
            "%(n)d theme is there to be looked at again.",
            "%(n)d themes are there to be looked at again.",
            changed := themes.restore(),
        )
        self._log(request, chosen, gettext_noop("Taken up again."))
        self._tell(request, message, changed)

    def _log(self, request: HttpRequest, before: list[Theme], what: str) -> None:
        """Write down those whose state is another one than before."""
        now = Theme.objects.in_bulk([theme.pk for theme in before])
        changed = [theme for theme in before if now[theme.pk].state != theme.state]
        self.log_verb(request, changed, what)

    def _tell(self, request: HttpRequest, message: str, changed: int) -> None:
        if changed:
            self.message_user(request, message % {"n": changed}, messages.SUCCESS)
        else:
            self.message_user(request, gettext("Nothing was changed."), messages.INFO)


def how_often(theme: Theme) -> str:
    message = gettext("%(n)s of %(texts)s voices now, %(n_before)s of %(texts_before)s before")
    return message % {name: f"{getattr(theme, name):,}" for name in COUNT_FIELDS}


def how_clear(theme: Theme) -> str:
    return str(next((word for z, word in STRENGTH_WORDS if theme.strength >= z), _("clear")))


def make_url(theme: Theme) -> str:
    """The form for a new topic, with what is known of it."""
    known = {
        "theme": theme.pk,
        f"name_{theme.language}": theme.phrase[:80],
        f"phrases_{theme.language}": "\n".join([theme.phrase, *_other_words(theme)]),
    }
    return f"{reverse('admin:voc_topic_add')}?{urlencode(known)}"


def _other_words(theme: Theme) -> list[str]:
    """The variants that help: longer ones are found by the phrase, its parts find too much."""
    phrase = theme.phrase
    return [other for other in theme.variants if phrase not in other and other not in phrase]


def search_url(theme: Theme) -> str:
    words = urlencode({"pile": "all", "q": theme.phrase})
    return f"{reverse('admin:voc_feedback_changelist')}?{words}"


def example_quotes(themes: Iterable[Theme], *, most: int | None = None) -> list[dict[str, Any]]:
    """Examples of themes, the words marked; one query for all. Deleted feedback is left out."""
    places = [(theme, *place) for theme in themes for place in theme.examples[:most]]
    feedback = Feedback.objects.in_bulk([pk for _theme, pk, _start, _end in places])
    return [
        {"theme": theme, "item": feedback[pk], "words": around(feedback[pk].text, start, end)}
        for theme, pk, start, end in places
        if pk in feedback
    ]


def _illustrate(themes: Iterable[Theme]) -> None:
    """Give each theme its newest example, as `first`."""
    for quote in example_quotes(themes, most=1):
        quote["theme"].first = format_html(
            '<q class="desk-quote" lang="{}">{}<b>{}</b>{}</q>',
            quote["theme"].language,
            *quote["words"],
        )
