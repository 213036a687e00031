"""The backstage of asking: customers, surveys, and how each invitation went."""

from surveys.admin import customers, invitations, responses, surveys

__all__ = ["customers", "invitations", "responses", "surveys"]
