"""What voc announces, inside the transaction."""

from django.dispatch import Signal

# sender: Feedback; feedback: words that came in through any channel.
feedback_captured = Signal()
