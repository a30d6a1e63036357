"""How an account or an organisation was reached before."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.accounts.models.account import Account
from motcua.accounts.models.acting import Organisation


class FormerContact(models.Model):
    """A confirmed mailbox or a telephone number that its owner has given up for another (ADR 0071).

    What was filed with it follows the owner to what counts now. A row goes when they take it up again.
    """

    account = models.ForeignKey(Account, models.CASCADE, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.CASCADE, null=True, related_name="+")
    value = models.CharField(max_length=254)  # as `rules.identifiers` writes it
    left_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="former_contact_of_one_owner",
                condition=Q(account__isnull=False, organisation__isnull=True)
                | Q(account__isnull=True, organisation__isnull=False),
            ),
            models.UniqueConstraint(fields=["account", "value"], name="former_contact_of_account_once"),
            models.UniqueConstraint(
                fields=["organisation", "value"], name="former_contact_of_organisation_once"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["value"], name="former_contact_by_value"),
        ]
