"""The outbox: what is to be told to whom, written in the transaction of the act it tells about."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from motcua.notify.enums import Channel, Delivery, NoticeKind
from motcua.notify.rules.job_faults import JobFault


class OutboxMessage(models.Model):
    """One message to one recipient by one channel.

    An in-app message is delivered by being here; an e-mail waits for the worker. The text is rendered from
    `key` and `context` when it is delivered or read, never when it is posted. `claim` names the attempt under
    way, so that a worker that was believed dead cannot settle what another has taken over.
    """

    key = models.CharField(max_length=60)
    channel = models.CharField(max_length=6, choices=Channel.choices)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, db_index=False
    )
    address = models.CharField(max_length=254, blank=True, default="")
    recipient_name = models.CharField(max_length=150)
    context = models.JSONField(default=dict)
    about = models.CharField(max_length=64, blank=True, default="")
    posted_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=Delivery.choices, default=Delivery.WAITING)
    next_try_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    permanent = models.BooleanField(default=False)
    last_error = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="outbox_claimed_knows_its_claim",
                condition=~Q(state=Delivery.CLAIMED) | Q(claim__isnull=False, claimed_at__isnull=False),
                violation_error_message="A claimed message names its claim and the moment of it.",
            ),
            models.CheckConstraint(
                name="outbox_in_app_has_account",
                condition=~Q(channel=Channel.IN_APP) | Q(account__isnull=False),
                violation_error_message="An in-app message needs an account to be read by.",
            ),
            models.CheckConstraint(
                name="outbox_email_has_recipient",
                condition=~Q(channel=Channel.EMAIL) | Q(account__isnull=False) | ~Q(address=""),
                violation_error_message="An e-mail needs an address or an account that has one.",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["next_try_at"],
                name="outbox_to_deliver",
                condition=Q(state__in=[Delivery.WAITING, Delivery.CLAIMED]),
            ),
            models.Index(fields=["account", "-id"], name="outbox_inbox", condition=Q(channel=Channel.IN_APP)),
            models.Index(
                fields=["account", "-id"],
                name="outbox_unread",
                condition=Q(channel=Channel.IN_APP, read_at__isnull=True),
            ),
            models.Index(fields=["about", "id"], name="outbox_about"),
            models.Index(fields=["-id"], name="outbox_failed", condition=Q(state=Delivery.FAILED)),
        ]


class MutedTopic(models.Model):
    """What the account has chosen about e-mails of this topic, if that is not what is usual: that it wants
    none or, of a topic whose e-mails come on request only, that it wants them (`is_wanted`)."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="muted_topics", db_index=False
    )
    topic = models.CharField(max_length=20)
    is_wanted = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["account", "topic"], name="topic_is_muted_once")
        ]


class PublicNotice(models.Model):
    """Something that everybody should know between two moments, above all a planned stop of the system.

    A notice is not edited: it is ended, and another is given.
    """

    kind = models.CharField(max_length=7, choices=NoticeKind.choices)
    title = models.CharField(max_length=200)
    body = models.TextField(max_length=2000)
    title_english = models.CharField(max_length=200, blank=True, default="")
    body_english = models.TextField(max_length=2000, blank=True, default="")
    shown_from = models.DateTimeField()
    shown_to = models.DateTimeField()
    given_at = models.DateTimeField()
    given_by = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="notice_does_not_end_before_it_starts",
                condition=Q(shown_to__gte=models.F("shown_from")),
                violation_error_message=_("Thông báo không thể kết thúc trước khi bắt đầu."),
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-shown_to", "shown_from"], name="notice_shown")
        ]


class ProvinceWords(models.Model):
    """One version of the province's own words in letters and slips. The newest is in force; none changes."""

    header = models.CharField(max_length=200, blank=True, default="")
    closing = models.CharField(max_length=500, blank=True, default="")
    header_english = models.CharField(max_length=200, blank=True, default="")
    closing_english = models.CharField(max_length=500, blank=True, default="")
    hotline = models.CharField(max_length=40, blank=True, default="")
    why = models.CharField(max_length=500)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)


class LetterWording(models.Model):
    """One version of a letter to applicants in the province's own words; without any, it is ours again. The
    newest of a key is in force; none changes."""

    key = models.CharField(max_length=60)
    subject = models.CharField(max_length=150, blank=True, default="")
    body = models.CharField(max_length=4000, blank=True, default="")
    subject_english = models.CharField(max_length=150, blank=True, default="")
    body_english = models.CharField(max_length=4000, blank=True, default="")
    why = models.CharField(max_length=500)
    written_at = models.DateTimeField()
    written_by = models.CharField(max_length=200)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["key", "-written_at", "-id"], name="letter_wording_newest")
        ]


class JobFailure(models.Model):
    """Why a job last failed and how often it did, without anything that the error said (`rules.job_faults`).

    The row of a job goes when the job is cleared away; the tables of jobs are not ours, so nothing points at
    them."""

    job_id = models.BigIntegerField(primary_key=True)
    fault = models.CharField(max_length=16, choices=[(each.value, each.value) for each in JobFault])
    name = models.CharField(max_length=100)
    place = models.CharField(max_length=200, blank=True, default="")
    said = models.CharField(max_length=500, blank=True, default="")
    failed_at = models.DateTimeField()
    times = models.PositiveIntegerField(default=1)
