"""Lines of a list: which columns are read for one, and what becomes of a row."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Cast, Coalesce, Least
from django.db.models.lookups import Exact, In, IsNull

from motcua.documents.enums import SlipKind
from motcua.dossiers.enums import Decision, Status
from motcua.dossiers.models import IssuedSlip, OpenThread
from motcua.dossiers.queries.views import WorkItem
from motcua.dossiers.rules import returning, sending_out
from motcua.dossiers.rules.life import LOOKED_AT_ANEW
from motcua.law import queries as law
from motcua.process.enums import StepKind
from motcua.worktime.rules import local

# What a line shows. State and procedure are read whole only where they are shown whole: they are large.
DOSSIER_COLUMNS = (
    "code",
    "filing_number",
    "status",
    "applicant_name",
    "is_paused",
    "stands_still",
    "due_at",
    "finished_at",
    "ended_at",
    "updated_at",
    "waits_since",
    "procedure_version__title",
)
TASK_COLUMNS = (
    "key",
    "kind",
    "name",
    "opened_at",
    "due_at",
    "sort_at",
    "is_paused",
    "officer__full_name",
    *(f"dossier__{name}" for name in DOSSIER_COLUMNS),
)


def message_of(dossier: str) -> Exists:
    """Whether an applicant wrote and nobody has dealt with it; `dossier` names the column of its id."""
    return Exists(OpenThread.objects.filter(dossier_id=OuterRef(dossier)))


def apologies_of(dossier: str) -> QuerySet[IssuedSlip]:
    """The letters of apology of a dossier; `dossier` names the column of its id. They are looked up by it, so
    no state is unpacked to learn that there are none."""
    return IssuedSlip.objects.filter(dossier_id=OuterRef(dossier), kind=SlipKind.APOLOGY.value)


def task_item(row: Any) -> WorkItem:
    dossier = row.dossier
    came_back = {each["task"]: datetime.fromisoformat(each["at"]) for each in row.sent_back or ()}
    is_sent_back = row.key in came_back
    looks_anew = row.kind in LOOKED_AT_ANEW and dossier.status == Status.IN_PROGRESS.value
    is_after = any(at <= row.opened_at for at in came_back.values())
    return WorkItem(
        dossier_id=str(dossier.id),
        reference=dossier.code or dossier.filing_number or "",
        procedure=dossier.procedure_version.title,
        applicant_name=dossier.applicant_name,
        status=Status(dossier.status),
        task_key=row.key,
        step_name=row.name,
        kind=row.kind,
        due_at=local_or_none(row.due_at),
        dossier_due_at=local_or_none(dossier.due_at),
        opened_at=local(row.opened_at),
        is_paused=row.is_paused,
        is_dossier_paused=dossier.is_paused,
        is_term_halted=dossier.stands_still,
        officer_name=row.officer.full_name if row.officer else "",
        proposal=row.proposal or "",
        decision=row.decision or "",
        has_message=row.has_message,
        finished_at=local_or_none(dossier.finished_at),
        promised_at=moment(row.promised),
        renewed_at=renewed(row),
        is_sent_back=is_sent_back,
        was_sent_back=is_after and looks_anew and not is_sent_back,
        way_back=row.way_back or "",
    )


def dossier_item(row: Any, *, is_readable: bool = True) -> WorkItem:
    """A line without a task. Of what the reader opens no more it says which dossier it was, not how it
    stands now.

    Basis: DL24-3.4, PT24-3.6.
    """
    which = WorkItem(
        dossier_id=str(row.id),
        reference=row.code or row.filing_number or "",
        procedure=row.procedure_version.title,
        applicant_name=row.applicant_name,
        status=Status(row.status),
        task_key="",
        step_name="",
        kind="",
        due_at=None,
        dossier_due_at=None,
        opened_at=None,
        is_paused=False,
        is_closed=not is_readable,
    )
    if not is_readable:
        return which
    return replace(
        which,
        due_at=local_or_none(row.due_at),
        dossier_due_at=local_or_none(row.due_at),
        is_paused=row.is_paused,
        is_dossier_paused=row.is_paused,
        is_term_halted=row.stands_still,
        waits_since=local_or_none(row.waits_since),
        has_message=row.has_message,
        finished_at=local_or_none(row.finished_at),
        broken_off_at=local_or_none(row.broken_off),
        ended_at=local_or_none(row.ended_at),
        undone_by=moment(row.undone),
        promised_at=moment(row.promised),
        renewed_at=renewed(row),
    )


def promise_of(state: str) -> KeyTextTransform:
    """The first date given, of the dossier whose `state` is this column; needed with every row of a line."""
    return KeyTextTransform("promised_at", state)


def renewal_of(state: str) -> KeyTextTransform:
    """The date that stands, of the dossier whose `state` is this column: another than the first where a
    letter has set one; needed with every row of a line."""
    return KeyTextTransform("due_at", state)


def way_back_of(state: str) -> Case:
    """The way in which what was decided reaches the applicant, of the dossier whose `state` is this column:
    `returning.goes_back` of one dossier, asked of many.

    Basis: KT18-15.2.
    """
    sending = [name for name, each in law.law().regulations.items() if each.flag(returning.SENT)]
    target, last = KeyTransform("target", state), KeyTransform(-1, KeyTransform("results", state))
    is_sent = (
        Q(Exact(KeyTextTransform("decision", state), Decision.REFUSE.value))
        & Q(Exact(KeyTextTransform("channel", target), "online"))
        & Q(In(KeyTextTransform("regulation", target), sending))
        & Q(IsNull(KeyTextTransform("file_id", last), False))
    )
    wished = KeyTextTransform("how", KeyTransform("delivery", KeyTransform("contents", state)))
    return Case(When(is_sent, then=Value("online")), default=wished, output_field=TextField())


def goes_out() -> Q:
    """Of tasks: the handing over in time of a result that nobody comes for: `sending_out.is_sent_out` of one
    task, asked of many.

    Reading A73.
    """
    sent = In(way_back_of("dossier__state"), list(sending_out.SENT))
    return Q(sent, kind=StepKind.RETURN.value, due_at__isnull=False)


def way_back_of_return() -> Case:
    """Of tasks that hand a result over: in which way it reaches the applicant; of others nothing is read."""
    of_return = When(kind=StepKind.RETURN.value, then=way_back_of("dossier__state"))
    return Case(of_return, default=Value(""), output_field=TextField())


def broken_off_of(dossier: str = "") -> Case:
    """`State.broken_off_at` of the dossier whose columns have this prefix."""
    last = KeyTransform("-1", KeyTransform("pauses", f"{dossier}state"))
    since, until = (Cast(KeyTextTransform(key, last), DateTimeField()) for key in ("start", "end"))
    ended_at = F(f"{dossier}ended_at")
    has_none = Q(**{f"{dossier}finished_at__isnull": False}) | Q(**{f"{dossier}accepted_at__isnull": True})
    asked_by = Cast(KeyTextTransform("asked_by", f"{dossier}state"), DateTimeField())
    return Case(
        When(has_none, then=None),
        When(Exact(until, ended_at), then=Least(since, asked_by)),  # a row that has none keeps the other
        default=Least(ended_at, asked_by),
        output_field=DateTimeField(),
    )


def undone_of(state: str) -> Coalesce:
    """Until when the filing should have been answered, or handed over, that ended with that undone, of the
    dossier whose `state` is this column; none where nothing was left undone too long."""
    return Coalesce(*(KeyTextTransform(key, state) for key in ("unanswered_by", "unforwarded_by")))


def renewed(row: Any) -> datetime | None:
    """The date that a letter has set, of a row with what `promise_of` and `renewal_of` give."""
    return moment(row.renewed) if row.promised else None


def sent_back_of(state: str) -> KeyTransform:
    """How often work of the dossier was sent back, and which; needed with every row of a task."""
    return KeyTransform("sent_back", state)


def moment(text: str | None) -> datetime | None:
    """What `promise_of` and `renewal_of` gave."""
    return local(datetime.fromisoformat(text)) if text else None


def local_or_none(moment: datetime | None) -> datetime | None:
    return local(moment) if moment else None
