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
from motcua.catalogue.enums import (
    Change,
    DutyKind,
    OnlineLevel,
    ProposalState,
    Publication,
    ServiceKind,
    UpgradeKind,
    UpgradeState,
    UpgradeStep,
)


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

    What has begun stays; a later promise ends the one before, or it is ended. `valid_to` is the last day on
    which it holds, `ended_on` the one that its administrator gave it: a later promise may come before that
    and be taken back. `limit` is in the short form, such as `2wd`.
    """

    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="promises")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="promises")
    limit = models.CharField(max_length=20)
    decision = models.CharField(max_length=200)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
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


class Announcement(models.Model):
    """A decision that announces procedures of a province, as it was recorded. Rows never change."""

    province = models.CharField(max_length=20)
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=500)
    signer = models.CharField(max_length=200)
    signed_on = models.DateField()
    effective_on = models.DateField()
    lead_agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    regulation = models.CharField(max_length=10)  # the one under which its duties arose
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["province", "number", "signed_on"], name="announcement_once_per_number_and_day"
            ),
            models.CheckConstraint(
                name="announcement_not_in_force_before_signed",
                condition=Q(effective_on__gte=F("signed_on")),
                violation_error_message=_("Ngày có hiệu lực không được trước ngày ký."),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class AnnouncedProcedure(models.Model):
    """One procedure of such a decision, by the comparable part of its code: it may not be here yet."""

    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, related_name="procedures")
    code = models.CharField(max_length=40)
    title = models.CharField(max_length=500)
    change = models.CharField(max_length=10, choices=[(word.value, word.value) for word in Change])
    has_process = models.BooleanField()  # the internal process was approved together with it

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["announcement", "code"], name="announced_once_per_decision")
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["code"], name="announced_by_code")]


class Duty(models.Model):
    """What the regulation gives somebody to do after a decision, and what whoever checks asks to have put
    right (`asked`). Only its fulfilment is written later.

    `agency` is None where the body that the regulation names is not an agency of the province's tree.
    `limit` is in the short form, empty where the text gives no number; then `due_at` is None.
    """

    announced = models.ForeignKey(AnnouncedProcedure, on_delete=models.PROTECT, related_name="duties")
    province = models.CharField(max_length=20)
    kind = models.CharField(max_length=10, choices=[(word.value, word.value) for word in DutyKind])
    party = models.CharField(max_length=10)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, null=True, related_name="+")
    clauses = models.JSONField()
    limit = models.CharField(max_length=20, blank=True, default="")
    counted_from = models.CharField(max_length=10)
    counted_on = models.DateField()
    due_at = models.DateTimeField(null=True)
    sort_at = models.DateTimeField()  # due_at, else the day from which it is counted; when it was asked for
    asked = models.CharField(max_length=500, blank=True, default="")
    done_on = models.DateField(null=True)
    done_by = models.CharField(max_length=200, blank=True, default="")
    proof = models.CharField(max_length=500, blank=True, default="")
    recorded_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["announced", "kind"],
                name="duty_once_per_kind",
                condition=~Q(kind=DutyKind.CORRECT.value),
            ),
            models.CheckConstraint(
                name="correction_says_what",
                condition=Q(kind=DutyKind.CORRECT.value) ^ Q(asked=""),
                violation_error_message=_("Kiến nghị phải nêu nội dung cần sửa."),
            ),
            models.CheckConstraint(
                name="duty_done_has_day_person_and_proof",
                condition=Q(done_on__isnull=True, recorded_at__isnull=True)
                | (Q(done_on__isnull=False, recorded_at__isnull=False) & ~Q(proof="") & ~Q(done_by="")),
                violation_error_message=_("Việc đã làm phải có ngày, người làm và chứng cứ."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["province", "sort_at", "id"], name="duty_by_due"),
            models.Index(
                fields=["province", "sort_at", "id"],
                name="duty_open_by_due",
                condition=Q(done_on__isnull=True),
            ),
            models.Index(fields=["agency", "sort_at", "id"], name="duty_by_agency"),
        ]


class OnlineDecision(models.Model):
    """A decision on which procedures are provided online, as it was recorded. Rows never change."""

    province = models.CharField(max_length=20)
    number = models.CharField(max_length=60)
    signer = models.CharField(max_length=200)
    signed_on = models.DateField()
    effective_on = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["province", "number", "signed_on"], name="online_decision_once_per_number_and_day"
            ),
            models.CheckConstraint(
                name="online_decision_not_in_force_before_signed",
                condition=Q(effective_on__gte=F("signed_on")),
                violation_error_message=_("Ngày có hiệu lực không được trước ngày ký."),
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Proposal(models.Model):
    """Somebody proposes at which level a procedure is provided online, and from when.

    `agency` is who proposes. `year` is that of the roadmap to which it belongs.
    """

    province = models.CharField(max_length=20)
    procedure = models.ForeignKey(Procedure, on_delete=models.PROTECT, related_name="proposals")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    level = models.CharField(max_length=8, choices=[(word.value, word.value) for word in OnlineLevel])
    was_level = models.CharField(max_length=8, choices=[(word.value, word.value) for word in OnlineLevel])
    service_kind = models.CharField(max_length=20, choices=[(word.value, word.value) for word in ServiceKind])
    starts_on = models.DateField(null=True)
    criteria = models.JSONField(default=list)
    reason = models.CharField(max_length=2000)
    opinions = models.CharField(max_length=2000, blank=True, default="")
    # the decision by which a ministry announced procedures, on which the proposal rests
    ministry = models.CharField(max_length=200, blank=True, default="")
    ministry_number = models.CharField(max_length=60, blank=True, default="")
    ministry_signed_on = models.DateField(null=True)
    solution = models.JSONField(default=dict)
    assessment = models.CharField(max_length=2000, blank=True, default="")
    state = models.CharField(max_length=10, choices=[(word.value, word.value) for word in ProposalState])
    regulation = models.CharField(max_length=10)
    decision = models.ForeignKey(
        OnlineDecision, on_delete=models.PROTECT, null=True, related_name="proposals"
    )
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["province", "procedure"],
                name="proposal_one_open_per_procedure",
                condition=Q(state__in=["submitted", "returned", "supported", "opposed"]),
                violation_error_message=_("Thủ tục này đang có một đề xuất chưa được quyết định."),
            ),
            models.CheckConstraint(
                name="proposal_decided_by_a_decision",
                condition=Q(decision__isnull=False) | ~Q(state__in=["approved", "rejected"]),
                violation_error_message=_("Đề xuất chỉ được quyết định bằng một quyết định có số."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["province", "state", "-id"], name="proposal_by_state"),
            models.Index(fields=["agency", "-id"], name="proposal_by_agency"),
        ]


class ProposalAct(models.Model):
    """What happened to a proposal, in order; rows are added and never changed."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="acts")
    what = models.CharField(max_length=20)
    note = models.CharField(max_length=2000, blank=True, default="")
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField()


class Roadmap(models.Model):
    """An agency sent in its roadmap of online services for a year. `due_on` is the last day that counted."""

    province = models.CharField(max_length=20)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveIntegerField()
    note = models.CharField(max_length=2000, blank=True, default="")
    count = models.PositiveIntegerField()
    due_on = models.DateField(null=True)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["agency", "year"], name="roadmap_once_per_year")
        ]


class BlankForm(models.Model):
    """A file of a form to be filled in, put up for one component of one published version.

    One of each file type stands at a time. What is replaced or taken down stays as history: rows never
    change, but for how they end. `file_id` names a file of `documents`, whose type and size in bytes are told
    beforehand.
    """

    version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="blank_forms")
    component = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    file_id = models.UUIDField()
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    put_up_at = models.DateTimeField()
    put_up_by = models.CharField(max_length=200)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True, default="")
    replaced_by = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaces")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["version", "component", "media_type"],
                name="blank_form_one_of_a_type",
                condition=Q(ended_at__isnull=True),
                violation_error_message=_("Giấy tờ này đã có mẫu cùng loại tệp."),
            ),
            models.CheckConstraint(
                name="blank_form_ended_by_somebody",
                condition=Q(ended_at__isnull=True, ended_by="", replaced_by__isnull=True)
                | (Q(ended_at__isnull=False) & ~Q(ended_by="")),
                violation_error_message=_("Mẫu đã gỡ phải có người gỡ và thời điểm gỡ."),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["version", "component", "-id"], name="blank_form_by_component")
        ]


class PublicItem(models.Model):
    """A piece of public information that somebody is responsible for: who put it up, by which order, when.

    `kind` is a kind of information of the regulations, such as `other`.
    """

    province = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=200)
    body = models.CharField(max_length=8000)
    source = models.CharField(max_length=200)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["province", "kind", "-id"],
                name="public_item_by_kind",
                condition=Q(withdrawn_at__isnull=True),
            )
        ]


class UpgradeRequest(models.Model):
    """An agency wants something of the system: a function that is not deployed, something put right, support.

    What it asks for never changes (a trigger sees to it); `state` follows the acts.
    """

    province = models.CharField(max_length=20)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(
        max_length=8, choices=[(word.value, word.value) for word in UpgradeKind], default=UpgradeKind.UPGRADE
    )
    title = models.CharField(max_length=200)
    content = models.CharField(max_length=2000)
    reason = models.CharField(max_length=2000)
    regulation = models.CharField(max_length=10)
    state = models.CharField(max_length=10, choices=[(word.value, word.value) for word in UpgradeState])
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["agency", "title"],
                name="upgrade_one_open_of_a_title",
                condition=Q(state__in=["requested", "reviewed", "proposed"]),
                violation_error_message=_("Cơ quan đang có một yêu cầu cùng tên chưa được quyết định."),
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["province", "-id"], name="upgrade_by_province"),
            models.Index(fields=["agency", "-id"], name="upgrade_by_agency"),
        ]

    def __str__(self) -> str:
        return self.title


class UpgradeAct(models.Model):
    """What happened to a request, in order; rows are added and never changed.

    `on` is the day of it, as its paper says; `at` the moment at which it was recorded here.
    """

    upgrade = models.ForeignKey(UpgradeRequest, on_delete=models.PROTECT, related_name="acts")
    what = models.CharField(max_length=10, choices=[(word.value, word.value) for word in UpgradeStep])
    on = models.DateField()
    number = models.CharField(max_length=60, blank=True, default="")
    signer = models.CharField(max_length=200, blank=True, default="")
    note = models.CharField(max_length=2000, blank=True, default="")
    actor_name = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["upgrade", "what"], name="upgrade_act_once"),
            models.CheckConstraint(
                name="upgrade_decided_by_a_signed_decision",
                condition=~Q(what__in=["approve", "refuse"]) | (~Q(number="") & ~Q(signer="")),
                violation_error_message=_("Quyết định về yêu cầu phải có số và người ký."),
            ),
        ]
