"""ask → listen → act → tell, in Japanese, against a site that runs inside this process."""

from email import message_from_bytes, policy

import pytest

from reports.tasks import send_due_notices
from surveys.tasks import send_due_invitations, work_off_imports
from tests import make
from tests.journeys import loop
from voc.tasks import analyze_waiting_feedback


class Here:
    """The live server of pytest-django; the bells are rung by hand."""

    def __init__(self, url, mailoutbox):
        self.url, self.mailoutbox = url, mailoutbox
        self.staff = (make.staff(name="miho").username, make.PASSWORD)

    def mails(self, count):
        send_due_invitations()
        send_due_notices()
        assert len(self.mailoutbox) == count
        return [
            message_from_bytes(mail.message().as_bytes(), policy=policy.default)
            for mail in self.mailoutbox
        ]

    def wait_until(self, true, what):
        work_off_imports()
        analyze_waiting_feedback()
        assert true(), what


@pytest.mark.django_db(transaction=True)
def test_a_customer_is_asked_heard_and_told(live_server, mailoutbox, settings):
    make.default_topics()
    settings.SITE_URL = live_server.url
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False  # it speaks plain HTTP
    loop.walk(Here(live_server.url, mailoutbox))
