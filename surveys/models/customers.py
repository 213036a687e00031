"""The customer: who is asked, in which language, and whether mail is wanted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lib import addresses, languages, search, tokens
from lib.database.among import among
from surveys.customers import attributes

ENOUGH_TO_KNOW = 1_000  # customers whose attributes tell which ones there are


class CustomerQuerySet(models.QuerySet["Customer"]):
    def at(self, email: str) -> CustomerQuerySet:
        """Customers at this address, however it is written; at most one."""
        return self.at_any([email])

    def at_any(self, emails: Collection[str]) -> CustomerQuerySet:
        """Customers at one of these addresses, however they are written."""
        keys = addresses.keys(emails)
        return self.annotate(lower=Lower("email")).filter(lower__in=among(keys))

    def lock(self, customers: Collection[Customer]) -> CustomerQuerySet:
        """Lock these customers: until the transaction ends nobody else decides about them."""
        rows = self.filter(pk__in=[customer.pk for customer in customers])
        return rows.order_by("pk").select_for_update()

    def newest_attributes(self) -> CustomerQuerySet:
        """The attributes of the newest customers who have any: what a form can offer as known."""
        known = self.exclude(attributes={}).order_by("-pk")
        return known.values_list("attributes", flat=True)[:ENOUGH_TO_KNOW]  # type: ignore[return-value]

    def subscribed(self) -> CustomerQuerySet:
        return self.filter(unsubscribed_at=None)

    def unsubscribed(self) -> CustomerQuerySet:
        return self.exclude(unsubscribed_at=None)

    def unsubscribe(self, now: datetime) -> int:
        """Stop all mail to them. Whoever was unsubscribed before keeps the first date."""
        rows = Customer.objects.filter(pk__in=self.order_by().values("pk"), unsubscribed_at=None)
        return rows.update(unsubscribed_at=now)


class Customer(models.Model):
    """A customer: someone whose voice we want to hear."""

    email = addresses.AddressField(_("email address"))
    name = models.CharField(_("name"), max_length=200, blank=True)
    language = models.CharField(
        _("language"), max_length=2, choices=languages.CHOICES, default=languages.DEFAULT
    )
    attributes = models.JSONField(_("attributes"), default=dict, blank=True)
    created_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    unsubscribed_at = models.DateTimeField(_("unsubscribed at"), null=True, blank=True)
    search_text = models.GeneratedField(
        expression=search.of_a_person("name", "email"),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = CustomerQuerySet.as_manager()

    class Meta:
        verbose_name = _("customer")
        verbose_name_plural = _("customers")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_customer_per_address",
                violation_error_message=_("This address belongs to a customer already."),
            ),
        ]
        indexes = [
            models.Index(
                fields=["unsubscribed_at", "id"],
                name="customers_unsubscribed",
                condition=models.Q(unsubscribed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.shown_email

    @property
    def shown_email(self) -> str:
        """The address as people read it."""
        return addresses.shown(self.email)

    def clean(self) -> None:
        """Whatever form they were written in: it need not have a field of that name."""
        attributes.check(self.attributes)

    @property
    def unsubscribe_path(self) -> str:
        return reverse("surveys:unsubscribe", args=[tokens.make("unsubscribe", self.pk)])

    def unsubscribe(self, now: datetime) -> None:
        """Stop all mail from now on. Asking twice keeps the first date."""
        Customer.objects.filter(pk=self.pk, unsubscribed_at=None).update(unsubscribed_at=now)
