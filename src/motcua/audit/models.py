"""The record of reads, and the chain of administrative acts. Rows are added and never changed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models.fields.json import KT

from motcua.kernel.actors import ActorKind


class ReadRecord(models.Model):
    """One reading of somebody's personal data by somebody else.

    `what` is a plain reference such as `dossier:<id>`: this app knows of no dossier. The actor's name is
    kept as it was at the time.
    """

    id = models.BigAutoField(primary_key=True)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=40)
    actor_name = models.CharField(max_length=200)
    what = models.CharField(max_length=100)
    why = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["what", "-at"], name="read_record_by_what"),
            models.Index(fields=["actor_id", "-at"], name="read_record_by_actor"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="read_record_kind_known",
                condition=models.Q(actor_kind__in=[kind.value for kind in ActorKind]),
                violation_error_message="Loại người đọc không hợp lệ.",
            ),
            models.CheckConstraint(
                name="read_record_has_what_and_why",
                condition=~models.Q(what="") & ~models.Q(why=""),
                violation_error_message="Phải ghi rõ đã đọc gì và vì sao.",
            ),
        ]


class ActRecord(models.Model):
    """One act of administration: who did what to what, with the facts as they were given.

    Each row's hash covers its content and the hash of the row before it, over all acts of the house in one
    chain: `id` is the place in it. `what` is a plain reference such as `account:<id>`.
    """

    id = models.BigIntegerField(primary_key=True)
    act = models.CharField(max_length=40)
    what = models.CharField(max_length=100)
    facts = models.JSONField(default=dict)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=40)
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField()
    previous = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["what", "-id"], name="act_record_by_what"),
            models.Index(KT("facts__at"), models.F("id").desc(), name="act_record_by_place"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="act_record_has_act_and_what",
                condition=~models.Q(act="") & ~models.Q(what=""),
                violation_error_message="Phải ghi rõ đã làm gì với cái gì.",
            ),
        ]
