"""Tables of customers, imported as the desk and the command do."""

import io

from django.utils import timezone

from lib.tables.import_rows import import_rows
from lib.tables.read import read_table
from surveys.customers.import_table import CustomerImport


def customers_of(text, encoding="utf-8", language="ja", **options):
    sheet = read_table(io.BytesIO(text.encode(encoding)))
    return CustomerImport(sheet, language=language, **{"now": timezone.now(), **options})


def take_in(text, *args, **options):
    table = customers_of(text, *args, **options)
    return import_rows(table.rows, understand=table.understand, store=table.store)
