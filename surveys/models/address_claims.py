"""Address claims: addresses given in forms; whether they were theirs, only the owners can say."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from hashlib import blake2b

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import languages, tokens
from lib.mail.outbox import OutboxMail, OutboxQuerySet
from surveys.models.responses import Response

BETWEEN_MAILS = timedelta(days=1)  # to one address, however often it is given
KEPT_UNCONFIRMED = timedelta(days=30)  # after the mail; then the address is forgotten


class ClaimedAddressQuerySet(OutboxQuerySet["ClaimedAddress"]):
    def at(self, address: str) -> ClaimedAddressQuerySet:
        """The row of this address, at most one; also where the address itself is gone already."""
        return self.filter(digest__in=digests(address))

    def unanswered_since(self, moment: datetime) -> ClaimedAddressQuerySet:
        """Addresses that were written to before that moment, and whose owner did not answer."""
        open_claims = AddressClaim.objects.open().filter(claimed=OuterRef("pk"))
        return self.exclude(outcome=None).filter(Exists(open_claims), handed_at__lt=moment)


class ClaimedAddress(OutboxMail):
    """An address given in a form, and the mail that asks its owner whose words they are.

    The row outlives the address: its digest remembers who wants no such mail, and when the last
    one went.
    """

    digest = models.CharField(max_length=64, editable=False)
    address = models.EmailField(_("email address"), blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=languages.CHOICES, default=languages.DEFAULT
    )
    mails = models.PositiveIntegerField(_("mails"), default=1, editable=False)
    stopped_at = models.DateTimeField(_("stopped at"), null=True, editable=False)

    objects = ClaimedAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address to confirm")
        verbose_name_plural = _("addresses to confirm")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint("digest", name="one_row_per_claimed_address"),
        ]
        indexes = [
            models.Index("send_after", name="confirmations_waiting", condition=Q(outcome=None)),
        ]

    def __str__(self) -> str:
        return self.address or f"#{self.pk}"

    @property
    def token(self) -> str:
        return tokens.make("confirm", self.pk)

    def get_absolute_url(self) -> str:
        return reverse("surveys:confirm", args=[self.token])

    @property
    def stop_path(self) -> str:
        return reverse("surveys:stop_confirming", args=[tokens.make("no-confirmation", self.pk)])

    def is_at(self, address: str) -> bool:
        return self.digest in digests(address)

    def ask_again(self, now: datetime) -> None:
        """Have one more mail sent, a day after the last; nothing where one is still to leave."""
        if self.outcome is None or self.stopped_at:
            return
        last = self.handed_at or now - BETWEEN_MAILS
        self._row().update(
            outcome=None,
            reason="",
            handed_at=None,
            settled_at=None,
            attempts=0,
            mails=self.mails + 1,
            send_after=max(now, last + BETWEEN_MAILS),
        )

    def forget(self) -> None:
        """Delete the address, and with it all claims that nobody has answered."""
        self.claims.open().delete()
        self._row().update(address="")

    def forget_if_nobodys(self) -> None:
        """Delete the address unless something is still open or was confirmed."""
        if not self.claims.filter(denied_at=None).exists():
            self._row().update(address="")


class AddressClaimQuerySet(models.QuerySet["AddressClaim"]):
    def open(self) -> AddressClaimQuerySet:
        """Claims that the owner of the address has neither confirmed nor denied."""
        return self.filter(confirmed_at=None, denied_at=None)

    def settled(self) -> AddressClaimQuerySet:
        return self.exclude(confirmed_at=None, denied_at=None)


class AddressClaim(models.Model):
    """A claim: who wrote these words says to be the owner of this address."""

    response = models.OneToOneField(
        Response, models.CASCADE, related_name="address_claim", verbose_name=_("response")
    )
    claimed = models.ForeignKey(
        ClaimedAddress,
        models.CASCADE,
        related_name="claims",
        verbose_name=_("email address"),
    )
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    denied_at = models.DateTimeField(_("denied at"), null=True)

    objects = AddressClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("address claim")
        verbose_name_plural = _("address claims")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None) | Q(denied_at=None),
                name="a_claim_is_confirmed_or_denied",
            ),
        ]

    def __str__(self) -> str:
        if self.denied_at:
            return str(_("The owner of the address they gave says: I did not write this."))
        if self.confirmed_at:
            return str(_("Confirmed by the owner of the address."))
        return str(_("Says to be %(address)s, not confirmed.")) % {"address": self.claimed}

    @property
    def is_open(self) -> bool:
        return self.confirmed_at is None and self.denied_at is None


def digests(address: str) -> list[str]:
    """The digests of an address, by today's key first, then by those of before."""
    same = address.strip().lower().encode()
    return [_digest(same, key) for key in _keys()]


def _keys() -> Iterable[str]:
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


def _digest(words: bytes, key: str) -> str:
    return blake2b(words, key=key.encode()[:64], digest_size=32).hexdigest()
