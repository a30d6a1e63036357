"""Incidents as facts, added and never changed: declared, term missed, ended."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from motcua.incidents.enums import ReportKind, Scope


class Report(models.Model):
    """What somebody told who found that something is wrong. `contact` is what they left of themselves, if
    anything; who it was is kept of officers only."""

    id = models.UUIDField(primary_key=True)
    province = models.CharField(max_length=20)
    kind = models.CharField(max_length=8, choices=[(each.value, each.value) for each in ReportKind])
    what = models.CharField(max_length=2000)
    page = models.CharField(max_length=200, blank=True, default="")
    contact = models.CharField(max_length=200, blank=True, default="")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    by_id = models.CharField(max_length=36, blank=True, default="")
    by_name = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    told = models.JSONField()  # {whom: how many addresses}; empty where an earlier one of the hour was told

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["province", "-at", "-id"], name="report_by_time"),
        ]


class Incident(models.Model):
    """An outage as it was declared."""

    id = models.UUIDField(primary_key=True)
    province = models.CharField(max_length=20)
    scope = models.CharField(max_length=10, choices=[(s.value, s.value) for s in Scope])
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, related_name="+")
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, null=True, related_name="+")
    what = models.TextField()
    evidence = models.TextField(blank=True, default="")  # what shows a begin that lies long before
    began_at = models.DateTimeField()
    declared_at = models.DateTimeField()
    declared_by_id = models.CharField(max_length=36)
    declared_by_name = models.CharField(max_length=200)
    regulation = models.CharField(max_length=8)
    recover_by = models.DateTimeField(null=True)
    told = models.JSONField()  # {whom: how many addresses}
    ground = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["province", "-began_at", "-id"], name="incident_by_time"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(scope=Scope.PROVINCE.value, agency=None, unit=None)
                | Q(scope=Scope.AGENCY.value, agency__isnull=False, unit=None)
                | Q(scope=Scope.DESK.value, agency__isnull=False, unit__isnull=False),
                name="incident_scope_names_its_place",
                violation_error_message="Phạm vi sự cố phải nêu đúng cơ quan hoặc bộ phận.",
            ),
            models.CheckConstraint(
                condition=Q(began_at__lte=models.F("declared_at")),
                name="incident_begins_before_it_is_declared",
                violation_error_message="Sự cố phải xảy ra trước khi được ghi nhận.",
            ),
        ]


class IncidentBreach(models.Model):
    """The term for recovery ran out while the incident lasted."""

    incident = models.OneToOneField(Incident, models.PROTECT, primary_key=True, related_name="breach")
    due_at = models.DateTimeField()
    noted_at = models.DateTimeField()


class IncidentEnd(models.Model):
    """The system works again."""

    incident = models.OneToOneField(Incident, models.PROTECT, primary_key=True, related_name="end")
    ended_at = models.DateTimeField()
    written_at = models.DateTimeField()
    written_by_id = models.CharField(max_length=36)
    written_by_name = models.CharField(max_length=200)
    remedy = models.TextField()
    is_late = models.BooleanField()
