"""The admin of surveys: customers, surveys, invitations and responses."""

from surveys.admin import address_claims, customers, invitations, responses, surveys

__all__ = ["address_claims", "customers", "invitations", "responses", "surveys"]
