"""Send the invitations that are due: compose each mail, and hand it to the delivery."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone

from lib.batches import TIME_SLICE, run_batches
from lib.mail import deliver
from lib.mail.compose import compose
from lib.mail.outbox import OutboxMail
from surveys.invitations import contact_policy
from surveys.models import Invitation


def send_due_invitations(*, seconds: float = TIME_SLICE) -> int:
    """Send batches until none is due, or the time is over; return how many were dealt with."""
    Invitation.objects.settle_lost(timezone.now())
    return run_batches(_send_batch, seconds=seconds)


def _send_batch() -> int:
    outbox = Invitation.objects.with_a_mail().with_everything()
    outbox = outbox.prefetch_related("wave__survey__wordings")
    return deliver.deliver_due(outbox, compose=compose_invitation, why_not=_why_not)


def _why_not(invitation: Invitation) -> str:
    if not invitation.wave.survey.is_open(timezone.now()):
        return OutboxMail.Why.SURVEY_CLOSED
    return contact_policy.refusal(invitation.customer) or ""


def compose_invitation(invitation: Invitation) -> EmailMultiAlternatives:
    """The mail that asks the question, with a link for each score."""
    customer, survey = invitation.customer, invitation.wave.survey
    link = settings.SITE_URL + invitation.get_absolute_url()
    return compose(
        survey.its_kind.mail,
        to=customer.email,
        language=customer.language,
        key=f"invitation-{invitation.pk}",
        unsubscribe=settings.SITE_URL + customer.unsubscribe_path,
        context={
            "customer": customer,
            "wording": survey.wording(customer.language),
            "link": link,
            "scores": [
                {"score": n, "link": f"{link}?score={n}"} for n in survey.its_kind.scale or ()
            ],
        },
    )
