"""The same loop on PostgreSQL, with gunicorn, a broker, a worker, beat and a mail server."""

import pytest

from tests import make
from tests.journeys import loop
from tests.parts.server import wait_until


class There:
    def __init__(self, web, smtp):
        self.url, self.smtp, self.web = web.url, smtp, web
        self.staff = (make.staff(name="miho").username, make.PASSWORD)

    def mails(self, count):
        return [mail.message for mail in self.smtp.wait_for(count)]

    def wait_until(self, true, what):
        wait_until(true, what, self.web.tail)


@pytest.mark.django_db(transaction=True)
def test_a_customer_is_asked_heard_and_told_among_real_processes(web, beat, worker, smtp):
    make.default_topics()
    site = web()
    address = {"SITE_URL": site.url, "BELL_EVERY_SECONDS": "0.5"}
    beat(**address)
    worker(**address)

    loop.walk(There(site, smtp))
