"""The agency tree, its units, who works there, and calendars of their own."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    ArrayField,
    BigIntegerRangeField,
    DateRangeField,
    DateTimeRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _

from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.kernel.periods import Period
from motcua.kernel.text import fold, sort_key


def _choices(
    words: type[AgencyLevel] | type[AgencyKind] | type[Role] | type[UnitKind],
) -> list[tuple[str, str]]:
    return [(word.value, word.value) for word in words]


def same_number(column: str) -> tuple[Func, str]:
    """Part of an exclusion constraint: equal numbers, said as ranges, which need no extension."""
    one = (F(column), F(column), Value("[]"))
    return Func(*one, function="int8range", output_field=BigIntegerRangeField()), RangeOperators.OVERLAPS


def days_overlap(first: str, last: str) -> tuple[Func, str]:
    """Part of an exclusion constraint: a day in common; the last day counts."""
    days = (F(first), F(last), Value("[]"))
    return Func(*days, function="daterange", output_field=DateRangeField()), RangeOperators.OVERLAPS


def moments_overlap(start: str, end: str) -> tuple[Func, str]:
    """Part of an exclusion constraint: a moment in common; the end does not count."""
    moments = (F(start), F(end), Value("[)"))
    return Func(*moments, function="tstzrange", output_field=DateTimeRangeField()), RangeOperators.OVERLAPS


class Agency(models.Model):
    """An agency of a province. `key` is its own name in data files, stable over renamings and missing codes.

    `marks` holds where each fact comes from (found, derived, unverified, not_found, sample). `phones` and
    `email` are those of the agency itself; people to ask there are `Contact`s.
    """

    province = models.CharField(max_length=20)
    key = models.CharField(max_length=120)
    code = models.CharField(max_length=40, blank=True, default="")
    code_is_synthetic = models.BooleanField(default=False)
    legacy_code = models.CharField(max_length=40, blank=True, default="")
    name = models.CharField(max_length=300)
    level = models.CharField(max_length=10, choices=_choices(AgencyLevel))
    kind = models.CharField(max_length=30, choices=_choices(AgencyKind))
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    address = models.CharField(max_length=500, blank=True, default="")
    phones = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    email = models.CharField(max_length=200, blank=True, default="")
    sort_key = models.CharField(max_length=700, editable=False, db_collation="C")
    search_text = models.CharField(max_length=400, editable=False)
    marks = models.JSONField(default=dict)
    successor = models.ForeignKey(  # who took over, as it was said when the end was recorded
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["province", "key"], name="agency_key_unique_in_province"),
            models.UniqueConstraint(
                fields=["province", "code"],
                name="agency_code_unique_in_province",
                condition=~Q(code=""),
                violation_error_message=_("Mã cơ quan này đã được dùng trong tỉnh."),
            ),
            models.CheckConstraint(
                name="agency_does_not_end_before_it_starts",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Ngày kết thúc không được trước ngày bắt đầu."),
            ),
            models.CheckConstraint(
                name="agency_synthetic_code_looks_so",
                condition=Q(code_is_synthetic=False) | Q(code__contains=".X"),
                violation_error_message=_("Mã giả lập phải có chữ X để không nhầm với mã thật."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["province", "level", "sort_key"], name="agency_by_name")
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the sort key and the search text in step with the name."""
        self.sort_key = sort_key(self.name)[:700]
        self.search_text = fold(f"{self.name} {self.code}")[:400]
        super().save(*args, **kwargs)

    @property
    def validity(self) -> Period:
        return Period(self.valid_from, self.valid_to)


class Unit(models.Model):
    """A part of an agency: desk, division, leadership or office. `key` is its name in data files.

    One with a last day is offered for nothing new, from the moment when that was recorded.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="units")
    key = models.CharField(max_length=80)
    name = models.CharField(max_length=300)
    kind = models.CharField(max_length=12, choices=_choices(UnitKind))
    position = models.PositiveSmallIntegerField(default=0)
    mark = models.CharField(max_length=20, default="found")
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position", "id"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agency", "key"], name="unit_key_unique_in_agency"),
            models.UniqueConstraint(
                fields=["agency", "kind"],
                name="unit_one_desk_leadership_office",
                condition=~Q(kind=UnitKind.DIVISION),
                violation_error_message=_(
                    "Mỗi cơ quan chỉ có một bộ phận một cửa, một lãnh đạo, một văn phòng."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Position(models.Model):
    """An officer holds a role at a unit for a time."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="positions")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="positions")
    role = models.CharField(max_length=16, choices=_choices(Role))
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="position_does_not_end_before_it_starts",
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                violation_error_message=_("Ngày kết thúc không được trước ngày bắt đầu."),
            ),
            models.UniqueConstraint(
                fields=["account", "unit", "role"],
                name="position_open_only_once",
                condition=Q(valid_to__isnull=True),
                violation_error_message=_("Tài khoản này đang giữ vị trí đó."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "role"], name="position_by_unit"),
        ]


class Absence(models.Model):
    """An officer is away from the first to the last day, and a colleague stands in: acts with the same posts.

    Only with those that whoever recorded it answers for: every post in `agency_ids`, and in `unit_ids` every
    post but a leader's. Posts elsewhere are handed on by nobody. `authority` is the paper by which a leader
    authorised the substitute, who leads only a unit; which posts pass at all says `rules/standing_in.py`.

    Never deleted: `ended_on` is the day from which it no longer holds, where it was ended early.
    """

    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    first_day = models.DateField()
    last_day = models.DateField()
    reason = models.CharField(max_length=500)
    recorded_by = models.CharField(max_length=200)
    recorded_at = models.DateTimeField()
    ended_on = models.DateField(null=True, blank=True)
    agency_ids = ArrayField(models.BigIntegerField(), default=list)
    unit_ids = ArrayField(models.BigIntegerField(), default=list)
    authority = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="absence_does_not_end_before_it_starts",
                condition=Q(last_day__gte=F("first_day")),
                violation_error_message=_("Ngày kết thúc không được trước ngày bắt đầu."),
            ),
            models.CheckConstraint(
                name="absence_substitute_is_somebody_else",
                condition=~Q(account=F("substitute")),
                violation_error_message=_("Không ai tự thay mình khi vắng mặt."),
            ),
            ExclusionConstraint(
                name="absence_of_one_officer_does_not_overlap",
                expressions=[
                    same_number("account_id"),
                    days_overlap("first_day", "last_day"),
                ],
                condition=Q(ended_on__isnull=True),
                violation_error_message=_("Đã ghi nhận một lần vắng mặt trùng thời gian."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["substitute", "last_day"], name="absence_by_substitute"),
        ]


class WorkingCalendar(models.Model):
    """A calendar of an agency's own, published with validity dates; agencies below inherit it.

    `body` is the JSON form of `worktime.rules.Calendar`. Where no row applies, the province's published
    calendar does.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="calendars")
    name = models.CharField(max_length=200)
    body = models.JSONField()
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ExclusionConstraint(
                name="working_calendar_validity_does_not_overlap",
                expressions=[
                    same_number("agency_id"),
                    days_overlap("valid_from", "valid_to"),
                ],
                violation_error_message=_("Thời gian áp dụng của hai lịch làm việc chồng lên nhau."),
            )
        ]


class LocalClosure(models.Model):
    """An agency is closed from one moment to another, whatever its calendar says.

    Never deleted and never changed, but that one which had not begun may be withdrawn. `moved` and `in_vain`
    are what whoever announced it had been shown: dossiers whose term would end later, and those among them
    whose promised moment lies behind closed doors. `told_at`, `untold_at`: when the applicants of the latter
    were told of it, and of its withdrawal.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="closures")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    reason = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    announced_by = models.CharField(max_length=200)
    announced_at = models.DateTimeField()
    moved = models.PositiveIntegerField()
    in_vain = models.PositiveIntegerField()
    told_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=200, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    untold_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="closure_ends_after_it_starts",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message=_("Thời điểm kết thúc phải sau thời điểm bắt đầu."),
            ),
            ExclusionConstraint(
                name="closures_of_one_agency_do_not_overlap",
                expressions=[
                    same_number("agency_id"),
                    moments_overlap("starts_at", "ends_at"),
                ],
                condition=Q(withdrawn_at__isnull=True),
                violation_error_message=_("Cơ quan đã có thông báo nghỉ trùng thời gian này."),
            ),
        ]


class Edition(models.Model):
    """One row that counts changes of tree and calendars; by it a process knows that its cache is old."""

    number = models.BigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="agency_edition_is_one_row", condition=Q(id=1))
        ]


class Contact(models.Model):
    """Whom to ask at an agency: its one-stop desk, or an officer who receives or settles dossiers."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="contacts")
    name = models.CharField(max_length=200)
    duty = models.CharField(max_length=200)
    phone = models.CharField(max_length=40, blank=True, default="")
    email = models.CharField(max_length=200, blank=True, default="")
    address = models.CharField(max_length=300, blank=True, default="")
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="contact_can_be_reached",
                condition=~Q(phone="") | ~Q(email=""),
                violation_error_message=_("Liên hệ phải có số điện thoại hoặc thư điện tử."),
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["agency", "id"], name="contact_by_agency")
        ]
