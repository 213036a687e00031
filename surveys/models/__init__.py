# ruff: noqa: I001
"""The models of surveys, in the order in which their story is read."""

from surveys.models.customers import Customer, CustomerQuerySet
from surveys.models.wordings import Wording, WordingQuerySet
from surveys.models.surveys import Survey, SurveyQuerySet, Wave
from surveys.models.invitations import Invitation, InvitationQuerySet, Skip
from surveys.models.responses import Response, ResponseQuerySet
from surveys.models.address_claims import AddressClaim, ClaimedAddress, ClaimedAddressQuerySet
from surveys.models.form_posts import FormPost, Origin
from surveys.models.imports import Import, ImportFile, ImportQuerySet, Refusal
from surveys.models.rate_limit import RateLimitHit

__all__ = [
    "AddressClaim",
    "ClaimedAddress",
    "ClaimedAddressQuerySet",
    "Customer",
    "CustomerQuerySet",
    "FormPost",
    "Import",
    "ImportFile",
    "ImportQuerySet",
    "Invitation",
    "InvitationQuerySet",
    "Origin",
    "RateLimitHit",
    "Refusal",
    "Response",
    "ResponseQuerySet",
    "Skip",
    "Survey",
    "SurveyQuerySet",
    "Wave",
    "Wording",
    "WordingQuerySet",
]
