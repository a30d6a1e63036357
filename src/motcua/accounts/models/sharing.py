"""Whether somebody lets what they registered be shared for related services. Rows are only added."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from motcua.accounts.models.account import Account


class SharingChoice(models.Model):
    """What the owner of an account said on that day; the last word counts, and without any it is no."""

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="sharing_choices")
    is_allowed = models.BooleanField()
    wording = models.CharField(max_length=20)  # the name of the words that were answered
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "-id"], name="sharing_by_account")
        ]
