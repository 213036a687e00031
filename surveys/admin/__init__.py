"""The admin of surveys: customers, surveys, invitations and responses."""

from surveys.admin import address_claims, customers, imports, invitations, responses, surveys

__all__ = ["address_claims", "customers", "imports", "invitations", "responses", "surveys"]
