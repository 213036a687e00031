"""The admin of surveys: customers, surveys, invitations and responses."""

from surveys.admin import customers, invitations, responses, surveys

__all__ = ["customers", "invitations", "responses", "surveys"]
