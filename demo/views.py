"""The mailbox's pages: every mail the demo would have sent, as its reader would see it."""

from __future__ import annotations

from pathlib import Path

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_safe

from demo import mailbox
from demo.mailbox import Mail
from lib.mail.show import AS_IN_A_MAIL_PROGRAM

# Links leave the frame, as they would leave a mail program.
MAY_FOLLOW_LINKS = {**AS_IN_A_MAIL_PROGRAM, "sandbox": ["allow-top-navigation-by-user-activation"]}


@require_safe
@never_cache
def mailbox_page(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/mailbox.html", {"mails": mailbox.newest(_folder())})


@require_safe
@never_cache
def mail(request: HttpRequest, file: str, number: int) -> HttpResponse:
    return render(request, "demo/mail.html", {"mail": _mail(file, number)})


@require_safe
@never_cache
@xframe_options_sameorigin
@csp_replace(MAY_FOLLOW_LINKS)  # type: ignore[arg-type]  # it takes any view
def mail_html(request: HttpRequest, file: str, number: int) -> HttpResponse:
    """The HTML part of a mail, for the frame on its page; links in it leave the frame."""
    html = _mail(file, number).html
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))


def _mail(file: str, number: int) -> Mail:
    found = mailbox.find(_folder(), file, number)
    if found is None:
        raise Http404("there is no such mail")
    return found


def _folder() -> Path:
    return Path(settings.EMAIL_FILE_PATH)  # type: ignore[misc]  # EMAIL_URL sets it
