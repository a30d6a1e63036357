"""Versions of internal processes."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.agencies.models import Agency
from motcua.process.enums import DraftState


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


class ProcessDraft(models.Model):
    """A process that is being set up or changed: a row as imports take it, until a decision approves it."""

    province = models.CharField(max_length=20)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    procedure_code = models.CharField(max_length=40)
    variant = models.CharField(max_length=300, blank=True, default="")
    key = models.CharField(max_length=120)  # of the process whose next version this will be
    body = models.JSONField()
    override = models.CharField(max_length=500, blank=True, default="")
    state = models.CharField(max_length=10, choices=[(word.value, word.value) for word in DraftState])
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)
    submitted_at = models.DateTimeField(null=True)
    decision = models.CharField(max_length=60, blank=True, default="")
    signer = models.CharField(max_length=200, blank=True, default="")
    signed_on = models.DateField(null=True)
    published = models.OneToOneField(Process, on_delete=models.PROTECT, null=True, related_name="draft")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["province", "procedure_code", "variant"],
                name="process_draft_one_open_per_procedure",
                condition=Q(state__in=["draft", "submitted"]),
                violation_error_message=_("Thủ tục này đang có một dự thảo quy trình chưa xong."),
            ),
            models.CheckConstraint(
                name="process_draft_approved_by_a_decision",
                condition=~Q(state="approved")
                | (Q(signed_on__isnull=False, published__isnull=False) & ~Q(decision="") & ~Q(signer="")),
                violation_error_message=_("Quy trình chỉ được áp dụng bằng một quyết định có số."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["province", "state", "-id"], name="process_draft_by_state")
        ]
