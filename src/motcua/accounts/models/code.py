"""Six-digit codes sent by e-mail. Only a keyed hash of a code is stored."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.accounts.enums import CodePurpose
from motcua.accounts.models.account import Account


class EmailCode(models.Model):
    """A code sent to an account's address: good until it expires, is used or was mistyped too often.

    `address` is what was typed by whoever asked for it; how often that may be done is counted by it. A letter
    that says "you have an account already" stands here without a code, so that it is counted alike. `wanted`
    is the new address or number that the code puts in place.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="codes")
    purpose = models.CharField(max_length=20, choices=CodePurpose.choices)
    address = models.EmailField(blank=True, default="")
    wanted = models.CharField(max_length=254, blank=True, default="")
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="email_code_expires_after_sending", condition=Q(expires_at__gt=F("sent_at"))
            ),
            models.CheckConstraint(name="email_code_has_at_most_5_tries", condition=Q(tries__lte=5)),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["account", "purpose", "-sent_at"], name="email_code_newest"),
            models.Index(fields=["address", "-sent_at"], name="email_code_by_address"),
        ]
