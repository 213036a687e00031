"""Mail: invitations that are due leave over SMTP, and how each one went is written down."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from datetime import timedelta
from multiprocessing import get_context
from smtplib import SMTP
from time import perf_counter, process_time
from typing import TYPE_CHECKING, Any

import psycopg2

from benchmarks.speed.contender import Done, Rounds
from benchmarks.speed.rows import Contender, Row, todoku_on
from benchmarks.speed.workloads import mail_server, site

if TYPE_CHECKING:
    from surveys.models import Wave

PASSES = 4  # the warm-up and three rounds, each with mails of its own
TIMES_MORE = 5  # of the mails one worker sends, for two
WORKERS = 2
STOCK = "django.core.mail.backends.smtp.EmailBackend"

ROW = Row(
    "Mail: invitations in two languages, each sent at most once; one connection a worker",
    "mails",
    500,
    (
        todoku_on("postgresql"),
        Contender("naive", "naive Django (renders each, keeps no state)"),
        Contender("ready", "limit: smtplib, one message made before", stands_aside=True),
        Contender("committed", "limit: the same, and one commit a mail", stands_aside=True),
        Contender("two_workers", f"Todoku, {WORKERS} workers, {TIMES_MORE} × as many"),
        todoku_on("sqlite"),
    ),
    notes=("CPU is of the senders and the database, without the mail server.",),
)


def todoku(size: int) -> Rounds:
    with mail_server.running() as port:
        waves = _prepared(port, size)
        yield None
        for wave in waves:
            _make_due(wave)
            begun, cpu = perf_counter(), process_time()
            sent = _send()
            yield Done(sent, cpu=process_time() - cpu, wall=perf_counter() - begun)


def two_workers(size: int) -> Rounds:
    from django.db import connections

    with mail_server.running() as port:
        waves = _prepared(port, size * TIMES_MORE)
        connections.close_all()
        with ProcessPoolExecutor(WORKERS, get_context("spawn"), _ready_to_send) as workers:
            list(workers.map(_ready, range(WORKERS)))
            yield None
            for wave in waves:
                _make_due(wave)
                begun = perf_counter()
                shares = list(workers.map(_send_and_say_what_it_cost, range(WORKERS)))
                wall = perf_counter() - begun
                cpu = sum(cpu for _sent, cpu in shares)
                yield Done(sum(sent for sent, _cpu in shares), cpu=cpu, wall=wall)


def _prepared(port: int, size: int) -> list[Wave]:
    """A Todoku that sends to this port, and waves of invitations that are due in years."""
    os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
    site.migrated()
    customers, survey = site.customers(size), site.survey()
    waves = [survey.begin_wave() for _pass in range(PASSES)]
    for wave in waves:
        site.invitations(wave, customers, sent=False)
        _make_due(wave, timedelta(days=3_650))
    return waves


def _make_due(wave: Wave, later: timedelta = timedelta()) -> None:
    from django.utils import timezone

    wave.invitations.update(send_after=timezone.now() + later)


def _send() -> int:
    from surveys.invitations import send

    return send.send_due_invitations(seconds=3_600)


def _ready_to_send() -> None:
    import django

    django.setup()


def _ready(_worker: int) -> None:
    from surveys.models import Invitation

    Invitation.objects.exists()


def _send_and_say_what_it_cost(_worker: int) -> tuple[int, float]:
    cpu = process_time()
    return _send(), process_time() - cpu


def naive(size: int) -> Rounds:
    """As the first search result has it: render, put styles inline, send; nothing is kept."""
    with mail_server.running() as port:
        os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        site.migrated()
        site.customers(size)
        survey = site.survey()
        yield None
        for _pass in range(PASSES):
            _send_naively(survey)
            yield Done(size)


def _send_naively(survey: Any) -> None:
    from django.core.mail import get_connection

    from surveys.models import Customer

    write = _naive_writer(survey)
    with get_connection(STOCK) as connection:
        for customer in Customer.objects.iterator():
            connection.send_messages([write(customer)])


def _naive_writer(survey: Any) -> Callable[[Any], Any]:
    import css_inline
    from django.conf import settings
    from django.core.mail import EmailMultiAlternatives
    from django.template.loader import render_to_string
    from django.urls import reverse
    from django.utils import translation

    from lib import company, tokens

    inliner = css_inline.CSSInliner(keep_at_rules=True)
    wordings = {language: survey.wording(language) for language in ("ja", "en")}

    def write(customer: Any) -> Any:
        answer = reverse("surveys:answer", args=[tokens.make("answer", customer.pk)])
        with translation.override(customer.language):
            context = {
                "name": customer.name,
                "wording": wordings[customer.language],
                "scores": range(11),
                "link": settings.SITE_URL + answer,
                "unsubscribe": settings.SITE_URL + customer.unsubscribe_path,
                "company_name": company.name(),
                "company_address": settings.COMPANY_ADDRESS,
            }
            subject, text, html = (
                render_to_string(f"emails/invitation/{part}", context)
                for part in ("subject.txt", "body.txt", "body.html")
            )
        mail = EmailMultiAlternatives(
            subject.strip(), text, f"{company.name()} <{settings.MAIL_FROM}>", [customer.email]
        )
        mail.attach_alternative(inliner.inline(html), "text/html")
        return mail

    return write


def ready(size: int) -> Rounds:
    """What is left when nothing is rendered and nothing is kept."""
    with mail_server.running() as port:
        waves = _prepared(port, size)
        yield None
        for wave in waves:
            yield _send_one_message(port, wave, lambda _pk: None)


def committed(size: int) -> Rounds:
    """The same with what a promise costs: before each mail a commit says that it leaves."""
    with mail_server.running() as port:
        waves = _prepared(port, size)
        yield None
        for wave in waves:
            with closing(psycopg2.connect(os.environ["DATABASE_URL"])) as connection:
                connection.autocommit = True
                yield _send_one_message(port, wave, _saying_that_it_leaves(connection.cursor()))


def _saying_that_it_leaves(cursor: Any) -> Callable[[int], None]:
    cursor.execute(
        "PREPARE leaves (bigint) AS UPDATE surveys_invitation"
        " SET handed_at = now(), attempts = attempts + 1 WHERE id = $1"
    )
    return lambda pk: cursor.execute("EXECUTE leaves (%s)", [pk])


def _send_one_message(port: int, wave: Wave, leaves: Callable[[int], None]) -> Done:
    """Send one message to all of a wave."""
    invitations = [*wave.invitations.with_everything()]
    write = _naive_writer(wave.survey)
    message = write(invitations[0].customer).message().as_bytes(linesep="\r\n")
    begun, cpu = perf_counter(), process_time()
    with SMTP("127.0.0.1", port) as session:
        for each in invitations:
            leaves(each.pk)
            session.sendmail("voice@example.com", each.customer.email, message)
    return Done(len(invitations), cpu=process_time() - cpu, wall=perf_counter() - begun)


CONTENDERS = {
    "todoku": todoku,
    "naive": naive,
    "ready": ready,
    "committed": committed,
    "two_workers": two_workers,
}
