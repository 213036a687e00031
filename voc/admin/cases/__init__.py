"""Cases on the desk: their list, the page of each, and what is done with them."""

from voc.admin.cases import verbs  # first: so they stand in the menu

# isort: split
from voc.admin.cases import admin, from_answers, of_a_customer

__all__ = ["admin", "from_answers", "of_a_customer", "verbs"]
