"""Versions of internal processes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Process(models.Model):
    """One version of one process. `key` names the process in data files; `procedure_code` is compared by its
    first eight characters (`1.009645.H05` is `1.009645`). Published rows never change, but for their end."""

    key = models.CharField(max_length=120)
    number = models.PositiveIntegerField()
    procedure_code = models.CharField(max_length=40, blank=True, default="")
    variant = models.CharField(max_length=300, blank=True, default="")
    province = models.CharField(max_length=40, blank=True, default="")
    name = models.CharField(max_length=600)
    body = models.JSONField()
    content_hash = models.BinaryField(max_length=32)
    is_sample = models.BooleanField(default=True)
    is_generated = models.BooleanField(default=False)
    overrides = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "procedure_code", "number"], name="process_number_unique"),
            models.UniqueConstraint(
                fields=["key", "procedure_code"],
                name="process_one_open_version",
                condition=Q(valid_to__isnull=True),
                violation_error_message=_("Quy trình này đã có một phiên bản đang áp dụng."),
            ),
            models.CheckConstraint(
                name="process_does_not_end_before_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Ngày kết thúc không được trước ngày bắt đầu."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["procedure_code", "variant"], name="process_by_procedure")
        ]
