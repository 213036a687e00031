"""Every address gets its one form, where that is nobody else's already."""

from django.db import migrations

import lib.addresses


def give_one_form(apps, schema_editor):
    Customer = apps.get_model("surveys", "Customer")
    addresses = dict(Customer.objects.order_by("pk").values_list("pk", "email"))
    taken = {address.lower() for address in addresses.values()}
    for pk, address in addresses.items():
        one_form = _in_one_form(address)
        if one_form == address:
            continue
        if one_form.lower() != address.lower() and one_form.lower() in taken:
            print(f"\n  {address} is left as it is: {one_form} is another customer's", end="")
            continue
        Customer.objects.filter(pk=pk).update(email=one_form)
        taken.add(one_form.lower())


def _in_one_form(address):
    try:
        return lib.addresses.parse(address)
    except lib.addresses.InvalidAddress:
        return address


class Migration(migrations.Migration):
    dependencies = [("surveys", "0004_imports")]

    operations = [
        migrations.AlterField(
            "customer",
            "email",
            lib.addresses.AddressField(max_length=254, verbose_name="email address"),
        ),
        migrations.RunPython(give_one_form, migrations.RunPython.noop),
    ]
