"""manage.py invite SURVEY: invite customers to a survey."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from lib import addresses
from surveys.invitations.invite import Invited, invite
from surveys.models import Customer, CustomerQuerySet, Survey


class Command(BaseCommand):
    help = (
        "Invite customers to a survey. The contact policy decides who is asked; those who are not "
        "are counted by reason. The mails leave with the next bell, or with manage.py send_due."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("survey", help="its short name in links")
        who = parser.add_mutually_exclusive_group(required=True)
        who.add_argument("--all", action="store_true", help="every customer")
        who.add_argument("--emails", nargs="+", metavar="EMAIL", help="these customers")
        who.add_argument(
            "--emails-from",
            type=Path,
            metavar="FILE",
            help="the addresses in this file, one a line",
        )
        parser.add_argument(
            "--new-wave",
            action="store_true",
            help="begin a new wave instead of going on with the last",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        survey, now = self._survey(options["survey"]), timezone.now()
        if not survey.is_open(now):
            raise CommandError(_("“%(survey)s” is not open; open it first.") % {"survey": survey})
        customers = self._customers(options)
        wave = survey.begin_wave() if options["new_wave"] else survey.current_wave()
        self._report(invite(customers.iterator(), to=wave, now=now))

    def _survey(self, slug: str) -> Survey:
        surveys = Survey.objects.asked_by_mail()
        if found := surveys.filter(slug=slug).first():
            return found
        names = ", ".join(surveys.values_list("slug", flat=True)) or "–"
        raise CommandError(
            _("No survey to invite to is called “%(slug)s”; there is: %(names)s.")
            % {"slug": slug, "names": names}
        )

    def _customers(self, options: dict[str, Any]) -> CustomerQuerySet:
        if options["all"]:
            return Customer.objects.order_by("pk")
        emails = options["emails"] or _lines_of(options["emails_from"])
        asked = {addresses.key(email): email.strip() for email in emails if email.strip()}
        customers = Customer.objects.at_any(asked).order_by("pk")
        known = addresses.keys(customer.email for customer in customers)
        for email in sorted(asked.keys() - known):
            self.stderr.write(_("%(email)s is not a customer’s address.") % {"email": asked[email]})
        return customers

    def _report(self, invited: Invited) -> None:
        self.stdout.write(_("%(n)d asked") % {"n": invited.asked})
        for reason, n in invited.reasons():
            self.stdout.write(_("%(n)d skipped: %(reason)s") % {"n": n, "reason": reason})


def _lines_of(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(str(error)) from error
