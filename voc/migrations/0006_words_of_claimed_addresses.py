"""Words that came by a public form with an address are claims, as what comes from now on is.

Whoever typed the address was believed until today. Nobody can say afterwards which of them were
right, so these words are no customer's any more: the address stays beside them, not confirmed, and
nothing is mailed because of the upgrade. The customers themselves stay.
"""

from hashlib import blake2b

from django.conf import settings
from django.db import migrations


def make_them_claims(apps, schema_editor):
    Response, Feedback = apps.get_model("surveys", "Response"), apps.get_model("voc", "Feedback")
    AddressClaim = apps.get_model("surveys", "AddressClaim")
    by_form = Response.objects.filter(survey__kind="feedback", invitation=None)
    for response in by_form.exclude(customer=None).select_related("customer").order_by("pk"):
        AddressClaim.objects.create(
            response=response,
            claimed=_address_of(response.customer, apps),
            created_at=response.answered_at,
        )
        Feedback.objects.filter(response=response).update(customer=None)
        Response.objects.filter(pk=response.pk).update(customer=None)


def _address_of(customer, apps):
    same, key = customer.email.strip().lower().encode(), settings.SECRET_KEY.encode()[:64]
    row, _new = apps.get_model("surveys", "ClaimedAddress").objects.get_or_create(
        digest=blake2b(same, key=key, digest_size=32).hexdigest(),
        defaults={
            "address": customer.email,
            "language": customer.language,
            "outcome": "skipped",
            "reason": "before_claims",
        },
    )
    return row


def believe_them_again(apps, schema_editor):
    Response, Feedback = apps.get_model("surveys", "Response"), apps.get_model("voc", "Feedback")
    Customer = apps.get_model("surveys", "Customer")
    claims = apps.get_model("surveys", "AddressClaim").objects.filter(
        confirmed_at=None, denied_at=None
    )
    for claim in claims.select_related("claimed"):
        customer = Customer.objects.filter(email__iexact=claim.claimed.address).first()
        Response.objects.filter(pk=claim.response_id).update(customer=customer)
        Feedback.objects.filter(response=claim.response_id).update(customer=customer)


class Migration(migrations.Migration):
    dependencies = [
        ("surveys", "0005_addresses_have_one_form"),
        ("voc", "0005_words_of_the_field"),
    ]
    operations = [migrations.RunPython(make_them_claims, believe_them_again)]
