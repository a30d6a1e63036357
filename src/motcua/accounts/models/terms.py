"""Who has acknowledged which terms of use, and when. Rows are added and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from motcua.accounts.models.account import Account


class TermsAcknowledgement(models.Model):
    """An account has acknowledged the terms of one regulation, as it is in force since that day."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="acknowledgements")
    regulation = models.CharField(max_length=10)
    since = models.DateField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "regulation", "since"], name="terms_by_account")
        ]
