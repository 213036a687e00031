"""The admin of surveys: customers, surveys, invitations and responses."""

from surveys.admin import customers, imports, invitations, responses, surveys

__all__ = ["customers", "imports", "invitations", "responses", "surveys"]
