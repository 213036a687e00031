"""Validation of dates to keep: in year 1 or 9999, midnight here is no moment at all elsewhere."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 1900, 2099


def is_near(moment: datetime) -> bool:
    return FIRST_YEAR <= moment.year <= LAST_YEAR


def near(moment: datetime) -> None:
    """Validator of a form's field: refuses moments outside the years 1900 to 2099."""
    if not is_near(moment):
        raise ValidationError(_("Please choose a day from 1900 to 2099."))
