"""Who may act for whom. Rows are never deleted: what was done under them must stay explained."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from motcua.accounts.models.account import Account
from motcua.accounts.rules.acting import MemberRole, NumberKind, Proof


class Mandate(models.Model):
    """A person lets another act for them. It is offered to a number and a name, not to an account: whether
    somebody has that account is not told; `receiver` is whoever accepted.

    `procedures` are codes, empty means all; `paper` is the stored file of the power of attorney.
    """

    giver = models.ForeignKey(Account, models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    receiver_number = models.CharField(max_length=12)
    receiver_name = models.CharField(max_length=150)
    since = models.DateField()
    until = models.DateField()
    procedures = models.JSONField(default=list)
    paper = models.UUIDField()
    offered_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="mandate_ends_after_it_begins",
                condition=Q(until__gte=F("since")),
                violation_error_message="Ngày kết thúc phải sau ngày bắt đầu.",
            ),
            models.CheckConstraint(
                name="mandate_accepted_by_somebody_else",
                condition=Q(receiver__isnull=True, accepted_at__isnull=True)
                | (Q(receiver__isnull=False, accepted_at__isnull=False) & ~Q(receiver=F("giver"))),
                violation_error_message="Không ai ủy quyền cho chính mình.",
            ),
            models.CheckConstraint(
                name="mandate_ended_by_somebody",
                condition=Q(ended_at__isnull=True, ended_by__isnull=True)
                | Q(ended_at__isnull=False, ended_by__isnull=False),
                violation_error_message="Ủy quyền đã chấm dứt phải có người chấm dứt.",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["receiver_number"],
                name="mandate_waiting",
                condition=Q(accepted_at__isnull=True, ended_at__isnull=True),
            ),
        ]


class Organisation(models.Model):
    """An organisation as its owner declared it. Several may declare one number: only a register can prove
    whose it is, and then for one of them. Letters go to `email` only once a code sent there came back."""

    name = models.CharField(max_length=200)
    number_kind = models.CharField(max_length=16, choices=[(each.value, each.value) for each in NumberKind])
    number = models.CharField(max_length=50)
    address = models.CharField(max_length=300)
    phone = models.CharField(max_length=11, blank=True, default="")  # a fixed line has eleven digits
    email = models.EmailField(blank=True, default="")
    email_verified_at = models.DateTimeField(null=True, blank=True)
    proof = models.CharField(
        max_length=8, choices=[(each.value, each.value) for each in Proof], default=Proof.DECLARED.value
    )
    declared_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["number_kind", "number"],
                name="organisation_proved_once",
                condition=Q(proof=Proof.PROVED.value),
                violation_error_message="Số này đã được đối chiếu cho một tổ chức khác.",
            )
        ]


class Membership(models.Model):
    """A person in an organisation, in one role, from an invitation to an end; another role is another row.

    An invitation goes to a number and a name, as a mandate does; `account` is whoever accepted.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    account = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    number = models.CharField(max_length=12)
    name = models.CharField(max_length=150)
    role = models.CharField(max_length=8, choices=[(each.value, each.value) for each in MemberRole])
    invited_by = models.ForeignKey(Account, models.PROTECT, related_name="+")
    invited_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organisation", "account"],
                name="membership_once_at_a_time",
                condition=Q(ended_at__isnull=True, account__isnull=False),
                violation_error_message="Người này đã là thành viên.",
            ),
            models.CheckConstraint(
                name="membership_accepted_by_somebody",
                condition=Q(account__isnull=True, accepted_at__isnull=True)
                | Q(account__isnull=False, accepted_at__isnull=False),
                violation_error_message="Thành viên phải là người đã nhận lời mời.",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["number"],
                name="membership_waiting",
                condition=Q(accepted_at__isnull=True, ended_at__isnull=True),
            ),
        ]
