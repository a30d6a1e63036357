"""The rows of a dossier. Only `services.record` writes them; all but the events are folds of the events."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Lower

from motcua.catalogue.enums import Channel
from motcua.documents.enums import SlipKind
from motcua.dossiers.enums import PAUSED, WITH_RESULT, Box, ExportState, Figure, Status, Verb


class Dossier(models.Model):
    """One dossier as it stands: `state` is the whole fold, the columns are what lists and lookups need."""

    id = models.UUIDField(primary_key=True)
    version = models.PositiveIntegerField()
    last_hash = models.BinaryField(max_length=32)
    state = models.JSONField()
    status = models.CharField(max_length=24, choices=[(s.value, s.value) for s in Status])
    code = models.CharField(max_length=40, null=True, unique=True)  # noqa: DJ001 (unique, absent until accepted)
    filing_number = models.CharField(max_length=20, null=True, unique=True)  # noqa: DJ001 (absent in drafts)
    submission_key = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 (absent in drafts)
    channel = models.CharField(max_length=8)
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    desk_unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+")
    procedure_version = models.ForeignKey("catalogue.ProcedureVersion", models.PROTECT, related_name="+")
    owner = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    principal = models.ForeignKey(  # the person for whom the owner files by a mandate
        "accounts.Account", models.PROTECT, null=True, related_name="+", db_index=False
    )
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, related_name="+", db_index=False
    )
    applicant_name = models.CharField(max_length=200)
    search_text = models.TextField(default="")
    is_paused = models.BooleanField(default=False)
    stands_still = models.BooleanField(default=False)  # paused, and not late before
    waits_since = models.DateTimeField(null=True)  # for what the applicant has to do
    filed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["owner", "-updated_at"], name="dossier_of_owner"),
            models.Index(
                fields=["principal", "-updated_at", "-id"],
                name="dossier_of_principal",
                condition=Q(principal__isnull=False),
            ),
            models.Index(
                fields=["organisation", "-updated_at", "-id"],
                name="dossier_of_organisation",
                condition=Q(organisation__isnull=False),
            ),
            models.Index(
                fields=["organisation", "-updated_at", "-id"],
                name="dossier_open_of_organisation",
                condition=Q(organisation__isnull=False, ended_at__isnull=True),
            ),
            models.Index(
                fields=["desk_unit", "waits_since", "id"],
                name="dossier_waiting",
                condition=Q(status__in=sorted(status.value for status in PAUSED)),
            ),
            models.Index(
                fields=["agency", "-ended_at", "-id"],
                name="dossier_ended",
                condition=Q(ended_at__isnull=False),
            ),
            models.Index(
                fields=["ended_at", "id"],
                name="dossier_not_closed",
                condition=Q(status=Status.RETURNED.value),
            ),
            models.Index(
                "desk_unit",
                KeyTransform("regulation", KeyTransform("target", "state")),
                "ended_at",
                "id",
                name="dossier_unclosed",
                condition=Q(status=Status.RETURNED.value),
            ),
            models.Index(fields=["agency", "-updated_at"], name="dossier_of_agency"),
            models.Index(
                fields=["agency", "due_at", "id"],
                name="dossier_open_by_due",
                condition=Q(
                    due_at__isnull=False,
                    finished_at__isnull=True,
                    ended_at__isnull=True,
                    stands_still=False,
                ),
            ),
            models.Index(
                fields=["agency", "due_at", "id"],
                name="dossier_ready_by_due",
                condition=Q(
                    due_at__isnull=False,
                    ended_at__isnull=True,
                    status__in=sorted(status.value for status in WITH_RESULT),
                ),
            ),
            models.Index(
                fields=["desk_unit", "accepted_at", "id"],
                name="dossier_register",
                condition=Q(accepted_at__isnull=False),
            ),
            models.Index(
                KeyTextTransform("case_officer_id", "state"),
                name="dossier_open_case_of_officer",
                condition=Q(ended_at__isnull=True),
            ),
            models.Index(
                KeyTextTransform("personal_id", KeyTransform("applicant", KeyTransform("contents", "state"))),
                name="dossier_of_person",
                condition=Q(filed_at__isnull=False),
            ),
            models.Index(
                KeyTextTransform("passport", KeyTransform("applicant", KeyTransform("contents", "state"))),
                name="dossier_of_foreigner",
                condition=Q(filed_at__isnull=False),
            ),
            models.Index(
                KeyTextTransform(
                    "organisation_number", KeyTransform("applicant", KeyTransform("contents", "state"))
                ),
                name="dossier_of_enterprise",
                condition=Q(filed_at__isnull=False),
            ),
            models.Index(
                Lower(
                    KeyTextTransform("email", KeyTransform("applicant", KeyTransform("contents", "state")))
                ),
                KeyTextTransform("personal_id", KeyTransform("applicant", KeyTransform("contents", "state"))),
                name="dossier_of_contact",
                condition=Q(filed_at__isnull=False),
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(code__isnull=True) | Q(accepted_at__isnull=False),
                name="dossier_code_means_accepted",
                violation_error_message="Hồ sơ có mã thì phải đã được tiếp nhận.",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(Status.DRAFT.value, Status.WITHDRAWN.value))
                | Q(filed_at__isnull=False),  # a draft may be thrown away
                name="dossier_filed_unless_draft",
                violation_error_message="Hồ sơ đã nộp phải có thời điểm nộp.",
            ),
        ]


class DossierEvent(models.Model):
    """What happened, in order, chained by hashes. Append-only: the database refuses anything else."""

    pk = models.CompositePrimaryKey("dossier_id", "seq")
    dossier = models.ForeignKey(  # the key begins with it
        Dossier, models.PROTECT, related_name="events", db_index=False
    )
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=32)
    schema = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=8)
    actor_id = models.CharField(max_length=36)
    actor_name = models.CharField(max_length=200)
    payload = models.JSONField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            # For extracts of a day, and for what was recorded while an outage is said to have lasted.
            models.Index(fields=["at"], name="event_at"),
            # What somebody entered from a paper log: it bears the moment on paper.
            models.Index(
                fields=["actor_id", "at"], name="event_entered_late", condition=Q(kind="entered_late")
            ),
        ]


# What stands in lists: work that can be done, and what is late though its clock stands.
_LISTED = Q(is_paused=False) | Q(soon_at__isnull=False)


class DossierTask(models.Model):
    """A task that is open now. The row goes when the task is done; what was done stands in the events."""

    pk = models.CompositePrimaryKey("dossier_id", "key")
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="tasks")
    key = models.CharField(max_length=80)
    step_key = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    name = models.TextField()
    role = models.CharField(max_length=16)
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+")
    agency = models.ForeignKey(  # of the dossier
        "agencies.Agency", models.PROTECT, related_name="+", db_index=False
    )
    desk_unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+")  # of the dossier
    settling_unit = models.ForeignKey(  # of the dossier
        "agencies.Unit", models.PROTECT, null=True, related_name="+", db_index=False
    )
    is_assigned = models.BooleanField(default=False)  # the dossier has a case officer
    officer = models.ForeignKey("accounts.Account", models.PROTECT, null=True, related_name="+")
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    sort_at = models.DateTimeField()  # the earlier of the step's and the dossier's due moment, or far ahead
    soon_at = models.DateTimeField(null=True)  # when the list of what is about to be late begins to show it
    is_paused = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)  # a supplement request waits: nobody can do it now

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["officer", "sort_at", "dossier", "key"],
                name="task_of_officer",
                condition=_LISTED & Q(officer__isnull=False),
            ),
            models.Index(
                fields=["kind", "due_at", "dossier"],
                name="task_watched",
                condition=Q(kind__in=("consult", "intake")),
            ),
            models.Index(
                fields=["unit", "role", "sort_at", "dossier", "key"],
                name="task_of_unit",
                condition=_LISTED & Q(officer__isnull=True),
            ),
            models.Index(
                fields=["sort_at", "dossier", "key"], name="task_asked", condition=Q(kind="consult")
            ),
            models.Index(fields=["unit", "dossier"], name="task_halted", condition=Q(is_paused=True)),
            # What lies at a desk to be handed out, whosever name it bears: counted around every page there.
            models.Index(
                fields=["unit", "role", "sort_at", "dossier", "key"],
                name="task_of_return",
                condition=_LISTED & Q(kind="return"),
            ),
            # All that `boxes.pressing` asks of a task: it is counted around every page of a leader.
            models.Index(
                fields=["agency", "sort_at", "dossier", "key"],
                include=["soon_at", "is_paused", "unit", "role", "officer", "opened_at", "due_at"],
                name="task_of_agency",
            ),
        ]


class IssuedSlip(models.Model):
    """A slip given to the applicant. `file` is filled when it is first rendered; the text never changes."""

    pk = models.CompositePrimaryKey("dossier_id", "event")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="slips")
    event = models.PositiveIntegerField()
    kind = models.CharField(max_length=24, choices=[(k.value, k.value) for k in SlipKind])
    number = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["-issued_at", "-dossier"],
                name="slip_apologies",
                condition=Q(kind=SlipKind.APOLOGY.value),
            )
        ]


class DossierFile(models.Model):
    """Which files belong to which dossier: what a right to read is decided by.

    When the applicant's side first fetched a result, and who did, is told by no event: it is filled in by
    `services.fetching` and changes nothing of the dossier.
    """

    pk = models.CompositePrimaryKey("dossier_id", "file_id")
    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="files")
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    is_result = models.BooleanField(default=False)
    fetched_at = models.DateTimeField(null=True)
    fetched_by = models.ForeignKey(
        "accounts.Account", models.PROTECT, null=True, related_name="+", db_index=False
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["fetched_by"], name="file_fetched_by", condition=Q(fetched_by__isnull=False)
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(fetched_at__isnull=True, fetched_by__isnull=True)
                | Q(fetched_at__isnull=False, fetched_by__isnull=False, is_result=True),
                name="file_fetched_is_a_result",
                violation_error_message="Chỉ ghi việc tải về của kết quả, kèm người tải.",
            ),
        ]


class CodeSerial(models.Model):
    """The last serial given by an agency code on a day. Taken inside the accepting transaction: no gaps."""

    pk = models.CompositePrimaryKey("agency_code", "on_day")
    agency_code = models.CharField(max_length=24)
    on_day = models.DateField()
    last = models.PositiveIntegerField()


class DailyFigure(models.Model):
    """How often something happened at an agency on a day: a fold of all events."""

    pk = models.CompositePrimaryKey("agency_id", "on_day", "figure")
    agency = models.ForeignKey("agencies.Agency", models.PROTECT, related_name="+")
    on_day = models.DateField()
    figure = models.CharField(max_length=16, choices=[(f.value, f.value) for f in Figure])
    count = models.PositiveIntegerField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["on_day", "agency", "figure"], include=["count"], name="figure_by_day")
        ]


class SettlingTime(models.Model):
    """How many dossiers of a procedure version that got their result in a month took so many hours: a fold of
    all events, from which medians are read without looking at dossiers."""

    pk = models.CompositePrimaryKey("procedure_version_id", "on_month", "hours")
    procedure_version = models.ForeignKey("catalogue.ProcedureVersion", models.PROTECT, related_name="+")
    on_month = models.DateField()  # the first day of the month
    hours = models.PositiveIntegerField()
    count = models.PositiveIntegerField()


class ServiceUse(models.Model):
    """How many dossiers of a procedure version were filed in a month by one channel: a fold of all events,
    from which the use of a service is read without looking at dossiers."""

    pk = models.CompositePrimaryKey("procedure_version_id", "on_month", "channel")
    procedure_version = models.ForeignKey("catalogue.ProcedureVersion", models.PROTECT, related_name="+")
    on_month = models.DateField()  # the first day of the month
    channel = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Channel])
    count = models.PositiveIntegerField()


class KeptList(models.Model):
    """How an officer likes to see a list: under a name of their own, or (without one) as last seen."""

    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    name = models.CharField(max_length=60, blank=True, default="")
    box = models.CharField(max_length=12, choices=[(b.value, b.value) for b in Box])
    body = models.JSONField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["account", "name"],
                condition=~Q(name=""),
                name="kept_list_name_unique",
                violation_error_message="Bạn đã có bộ lọc mang tên này.",
            ),
            models.UniqueConstraint(
                fields=["account", "box"], condition=Q(name=""), name="kept_list_one_last_seen"
            ),
        ]


class ReasonTemplate(models.Model):
    """A reason that is often given with a verb, in words that were thought over once; of the province, or of
    one agency. Never deleted: `dropped_at` is the moment from which it is no longer offered."""

    agency = models.ForeignKey("agencies.Agency", models.PROTECT, null=True, blank=True, related_name="+")
    verb = models.CharField(max_length=32, choices=[(v.value, v.value) for v in Verb])
    title = models.CharField(max_length=80)
    text = models.CharField(max_length=2000)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["agency", "verb", "title"],
                condition=Q(dropped_at__isnull=True, agency__isnull=False),
                name="reason_template_title_unique_in_agency",
                violation_error_message="Đã có mẫu lý do mang tên này cho cùng việc.",
            ),
            models.UniqueConstraint(
                fields=["verb", "title"],
                condition=Q(dropped_at__isnull=True, agency__isnull=True),
                name="reason_template_title_unique_in_province",
                violation_error_message="Đã có mẫu lý do mang tên này cho cùng việc.",
            ),
        ]


class OfficeNote(models.Model):
    """What officers tell one another about a dossier. The applicant does not see it; nobody changes it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="notes")
    author = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    author_name = models.CharField(max_length=200)
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()


class ThreadMessage(models.Model):
    """What an applicant wrote to the desk about a dossier, or the desk answered. Nobody changes it."""

    dossier = models.ForeignKey(Dossier, models.PROTECT, related_name="thread", db_index=False)
    author = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+", db_index=False)
    author_name = models.CharField(max_length=200)
    is_from_desk = models.BooleanField()
    text = models.CharField(max_length=2000)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["dossier", "-id"], name="thread_message_newest")
        ]


class OpenThread(models.Model):
    """The desk has not dealt with what an applicant wrote, since that moment. The row goes when it has."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True, related_name="open_thread")
    since = models.DateTimeField()


class ListExport(models.Model):
    """A list that an officer wants as a spreadsheet; a worker writes it, `rows` tells how far it is.

    `turn` counts how often a worker began to write it: one that has been overtaken or stopped writes no more.
    """

    account = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+")
    box = models.CharField(max_length=12, choices=[(b.value, b.value) for b in Box])
    body = models.JSONField()
    state = models.CharField(
        max_length=8, choices=[(s.value, s.value) for s in ExportState], default=ExportState.WAITING.value
    )
    rows = models.PositiveIntegerField(default=0)
    turn = models.PositiveIntegerField(default=0)
    is_cut = models.BooleanField(default=False)
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, null=True, related_name="+")
    asked_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)


class Look(models.Model):
    """A page of a dossier that an officer has open, as far as we know: a row for each page, for a minute
    after it was last heard of. The table is unlogged and holds little more than what is open.

    No constraint ties it to the dossier: a look must not wait for whoever has the dossier locked.
    """

    id = models.UUIDField(primary_key=True)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="+", db_constraint=False)
    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+", db_constraint=False)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()


class Bundle(models.Model):
    """Dossiers that were brought to a desk in one visit; `key` stands for the sheet on which they were
    entered, however often it is sent. What happens to each dossier stands in its own events only."""

    id = models.UUIDField(primary_key=True)
    key = models.CharField(max_length=64, unique=True)
    unit = models.ForeignKey("agencies.Unit", models.PROTECT, related_name="+", db_index=False)
    officer = models.ForeignKey("accounts.Account", models.PROTECT, related_name="+", db_index=False)
    brought_by = models.CharField(max_length=200)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["unit", "-at", "-id"], name="bundle_newest_at_desk")
        ]


class BundledDossier(models.Model):
    """A dossier of a bundle and its place in it. A dossier is of one bundle at most."""

    dossier = models.OneToOneField(Dossier, models.PROTECT, primary_key=True, related_name="bundled")
    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="dossiers")
    number = models.PositiveSmallIntegerField()


class DailyExtract(models.Model):
    """What happened to the dossiers of a province on one day, as a file in the store. Never changed."""

    province = models.CharField(max_length=30)
    day = models.DateField()
    file = models.ForeignKey("documents.StoredFile", models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    events = models.PositiveIntegerField()
    filed = models.PositiveIntegerField()
    accepted = models.PositiveIntegerField()
    settled = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["province", "day"],
                name="daily_extract_once_a_day",
                violation_error_message="Ngày này đã được trích xuất.",
            ),
        ]
