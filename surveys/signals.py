"""Signals that surveys sends, inside the transaction. It does not know who listens."""

from django.dispatch import Signal

# sender: Response; response: one that counts, new or changed by its customer.
response_received = Signal()

# sender: Response; response: from a form; the owner of the address given there says it is theirs.
# Its customer is known from now on.
address_confirmed = Signal()

# sender: Response; language: of the page. A customer is being thanked: whoever knows what was
# lately done because others spoke returns it, as a list of short sentences, newest first.
good_news_wanted = Signal()
