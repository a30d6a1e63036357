"""Codes sent to the contact that a dossier carries, to whoever asked: no account is needed for them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.accounts.enums import CodeUse
from motcua.accounts.models.account import Account


class ContactCode(models.Model):
    """One asking for a code. It is kept alike whether or not there was anybody to send a code to: where there
    was not, `code_hash` is empty and no code fits.

    `named` is what was asked for, `address` the e-mail that was typed, `place` a keyed hash of where from;
    `account` is who asked, where somebody was logged in. Rows go after a day.
    """

    use = models.CharField(max_length=12, choices=CodeUse.choices)
    named = models.CharField(max_length=200)
    address = models.CharField(max_length=254, blank=True, default="")
    place = models.CharField(max_length=64, blank=True, default="")
    account = models.ForeignKey(Account, on_delete=models.CASCADE, null=True, related_name="+")
    code_hash = models.CharField(max_length=64, blank=True, default="")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="contact_code_expires_after_sending", condition=Q(expires_at__gt=F("sent_at"))
            ),
            models.CheckConstraint(name="contact_code_has_at_most_5_tries", condition=Q(tries__lte=5)),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["address", "-sent_at"], name="contact_code_by_address"),
            models.Index(fields=["named", "-sent_at"], name="contact_code_by_name"),
            models.Index(fields=["place", "-sent_at"], name="contact_code_by_place"),
            models.Index(fields=["sent_at"], name="contact_code_by_age"),
        ]
