"""How often a name was tried in vain, from wherever."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class FailedLogins(models.Model):
    """Failures under one name since a moment. `key` is a keyed hash: the name may not even exist."""

    key = models.CharField(max_length=64, primary_key=True)
    failures = models.PositiveIntegerField()
    since = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["since"], name="failed_logins_by_age"),
        ]
