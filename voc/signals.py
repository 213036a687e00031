"""Signals that voc sends, inside the transaction."""

from django.dispatch import Signal

# sender: Feedback; feedback: words that came in through any channel.
feedback_captured = Signal()

# sender: CustomerMail; mail: somebody wrote to us; its `case`, if it belongs to one, is open again.
customer_wrote = Signal()

# sender: Feedback; ids: of words that were analyzed now, whose reading is written with this.
feedback_analyzed = Signal()

# sender: Topic; topic: goes into the other, into. Receivers change nothing and return, as short
# phrases, what of theirs would go along.
merge_foreseen = Signal()

# sender: Topic; topic: is now out of use, and into stands for it. What spoke of the one is to speak
# of the other.
topics_merged = Signal()
