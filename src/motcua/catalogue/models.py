"""Procedures, their published versions, and who settles them."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from motcua.agencies.models import Agency, Unit, days_overlap, same_number
from motcua.catalogue.enums import OnlineLevel, Publication


class Procedure(models.Model):
    """A procedure as a thing that lasts; what it says stands in its versions."""

    code = models.CharField(max_length=40, unique=True)
    key = models.CharField(max_length=120, unique=True)
    code_is_synthetic = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="procedure_synthetic_code_looks_so",
                condition=Q(code_is_synthetic=False) | Q(code__startswith="X."),
                violation_error_message=_("Mã giả lập phải bắt đầu bằng chữ X để không nhầm với mã thật."),
            )
        ]

    def __str__(self) -> str:
        return self.code


class ProcedureVersion(models.Model):
    """What a procedure says from one date to another. Published rows never change, but for the date on which
    they end (a trigger sees to it)."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(word.value, word.value) for word in Publication])
    body = models.JSONField()
    content_hash = models.BinaryField(max_length=32)
    title = models.CharField(max_length=500)
    sector = models.CharField(max_length=200)
    online_level = models.CharField(max_length=8, choices=[(word.value, word.value) for word in OnlineLevel])
    is_sample = models.BooleanField(default=True)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=200, blank=True, default="")
    sort_key = models.CharField(max_length=1100, db_collation="C")
    search_text = models.TextField()
    search_vector = SearchVectorField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["procedure", "number"], name="procedure_version_number_unique"),
            models.CheckConstraint(
                name="procedure_version_does_not_end_before_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Ngày kết thúc không được trước ngày bắt đầu."),
            ),
            models.CheckConstraint(
                name="procedure_version_published_has_a_moment",
                condition=Q(state=Publication.DRAFT) | Q(published_at__isnull=False),
                violation_error_message=_("Phiên bản đã công bố phải có thời điểm công bố."),
            ),
            ExclusionConstraint(
                name="procedure_version_validity_does_not_overlap",
                expressions=[
                    same_number("procedure_id"),
                    days_overlap("valid_from", "valid_to"),
                ],
                condition=Q(state=Publication.PUBLISHED),
                violation_error_message=_("Thời gian hiệu lực của hai phiên bản chồng lên nhau."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["search_vector"], name="procedure_version_search"),
            models.Index(fields=["sector", "sort_key"], name="procedure_version_by_sector"),
        ]


class Competence(models.Model):
    """An agency settles a procedure, by one of its units."""

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="competences")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="competences")
    settling_unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="competences")
    mark = models.CharField(max_length=20, default="derived")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["procedure", "agency"], name="competence_once_per_agency")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["agency"], name="competence_by_agency")]


class Promise(models.Model):
    """An agency settles online filings of a procedure sooner than the published term, from a date on.

    Published rows stay; a later promise ends the one before. `limit` is in the short form, such as `2wd`.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="promises")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="promises")
    limit = models.CharField(max_length=20)
    decision = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["procedure", "agency", "valid_from"], name="promise_once_per_day"
            ),
            models.CheckConstraint(
                name="promise_does_not_end_before_it_starts",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Ngày kết thúc không được trước ngày bắt đầu."),
            ),
        ]
