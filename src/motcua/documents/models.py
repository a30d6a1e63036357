"""Stored files. The bytes live in the store under their SHA-256; these rows say what they are."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from motcua.documents.enums import Origin


class Blob(models.Model):
    """Bytes that are in the store, once however often they were sent.

    `pages` of a PDF are counted when it is judged, else when somebody first looks at it; 0: none of them can
    be looked at.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.BigIntegerField()
    stored_at = models.DateTimeField()
    pages = models.PositiveIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="blob_sha256_is_hex",
                condition=models.Q(sha256__regex=r"^[0-9a-f]{64}$"),
                violation_error_message="Mã băm của tệp không hợp lệ.",
            ),
            models.CheckConstraint(
                name="blob_not_empty",
                condition=models.Q(size__gt=0),
                violation_error_message="Tệp không có nội dung.",
            ),
        ]


class StoredFile(models.Model):
    """One file as somebody sent it or the house made it: a name and a type for some bytes. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="files")
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    origin = models.CharField(max_length=10)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="stored_file_has_name",
                condition=~models.Q(name=""),
                violation_error_message="Tệp phải có tên.",
            ),
            models.CheckConstraint(
                name="stored_file_origin_known",
                condition=models.Q(origin__in=[origin.value for origin in Origin]),
                violation_error_message="Nguồn gốc của tệp không hợp lệ.",
            ),
        ]


class Tray(models.Model):
    """What somebody has laid ready for an act that was not done yet: pages, papers, answers.

    `purpose` names the act for whoever laid it there; only they ever see it. An organisation has trays of its
    own (`dossiers.rules.behalf.tray_owner`), which its people share. It may be changed and thrown away:
    nothing of it has happened.
    """

    actor_kind = models.CharField(max_length=10)
    actor_id = models.CharField(max_length=40)
    purpose = models.CharField(max_length=200)
    contents = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["actor_kind", "actor_id", "purpose"],
                name="tray_once_for_each_purpose",
                violation_error_message="Phần đang soạn này đã có.",
            ),
        ]
