"""What other apps ask of processes. A published version never changes, so one once read is kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Q, QuerySet

from motcua.catalogue.rules import codes
from motcua.process.enums import DraftState, StepKind
from motcua.process.errors import UnknownProcess
from motcua.process.models import Process, ProcessDraft
from motcua.process.rules import wire
from motcua.process.rules.definitions import ProcessDefinition

_IN_FORCE = """
SELECT id FROM process_process
WHERE procedure_code = %s AND variant IN ('', %s)
AND (%s::date IS NULL OR valid_from <= %s) AND (valid_to IS NULL OR valid_to >= %s)
ORDER BY is_generated, variant = '', valid_from DESC, id DESC LIMIT 1"""

# Of each procedure the process that would be taken, as `_IN_FORCE` takes it, for whichever variant.
_ROLES = """
SELECT DISTINCT chosen.procedure_code, step ->> 'kind', step ->> 'role'
FROM (
    SELECT DISTINCT ON (procedure_code, variant) procedure_code, body
    FROM process_process
    WHERE procedure_code = ANY(%s) AND valid_from <= %s AND (valid_to IS NULL OR valid_to >= %s)
    ORDER BY procedure_code, variant, is_generated, valid_from DESC, id DESC
) AS chosen, jsonb_array_elements(chosen.body -> 'steps') AS step
WHERE COALESCE(step ->> 'place', '') = ''"""

KEPT = 2000  # definitions

_definitions: OrderedDict[int, ProcessDefinition] = OrderedDict()


def definition(process_id: int) -> ProcessDefinition:
    """The definition of a published version. Raises UnknownProcess."""
    kept = _definitions.get(process_id)
    if kept is not None:
        return kept
    body = Process.objects.filter(id=process_id).values_list("body", flat=True).first()
    if body is None:
        raise UnknownProcess()
    read = wire.from_json(body, id=process_id)
    _definitions[process_id] = read
    while len(_definitions) > KEPT:
        _definitions.popitem(last=False)
    return read


def definition_for(
    procedure_code: str, variant: str | None = None, on: date | None = None
) -> ProcessDefinition:
    """The process under which a dossier of this procedure runs from the day on. Raises UnknownProcess.

    An approved table goes before a generated one, then one made for the variant before one for all, and
    among equals the newest. Asked at every acceptance, so it is plain SQL.
    """
    with connection.cursor() as cursor:
        cursor.execute(_IN_FORCE, [codes.comparable(procedure_code), variant or "", on, on, on])
        row = cursor.fetchone()
    if row is None:
        raise UnknownProcess()
    return definition(row[0])


def definitions(on: date | None = None) -> tuple[ProcessDefinition, ...]:
    """All processes in force on the day, by procedure code."""
    rows = _in_force(on).order_by("procedure_code", "key").values_list("id", "body")
    return tuple(wire.from_json(body, id=process_id) for process_id, body in rows)


def roles_of_steps(codes_: Collection[str], on: date) -> dict[str, frozenset[tuple[StepKind, str]]]:
    """(kind of step, role) of all steps that the competent agency itself does by the processes in force for
    these procedures, whichever variant; one query. Codes without a process are left out.
    """
    by_comparable: dict[str, list[str]] = {}
    for code in codes_:
        by_comparable.setdefault(codes.comparable(code), []).append(code)
    found: dict[str, set[tuple[StepKind, str]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ROLES, [list(by_comparable), on, on])
        for comparable, kind, role in cursor:
            for code in by_comparable[comparable]:
                found.setdefault(code, set()).add((StepKind(kind), role))
    return {code: frozenset(pairs) for code, pairs in found.items()}


@dataclass(frozen=True, slots=True)
class DraftCard:
    id: int
    procedure_code: str
    name: str
    variant: str
    agency: str
    state: DraftState
    changed_at: datetime
    changed_by: str


def drafts(
    province: str, *, agency_ids: Collection[int] | None = None, before: int | None = None, limit: int = 50
) -> tuple[DraftCard, ...]:
    """Drafts of processes, the newest first; of all agencies if `agency_ids` is None."""
    rows = ProcessDraft.objects.filter(province=province).select_related("agency").order_by("-id")
    if agency_ids is not None:
        rows = rows.filter(agency_id__in=set(agency_ids))
    if before is not None:
        rows = rows.filter(id__lt=before)
    return tuple(
        DraftCard(
            row.pk,
            row.procedure_code,
            row.body["name_vi"],
            row.variant,
            row.agency.name,
            DraftState(row.state),
            row.changed_at,
            row.changed_by,
        )
        for row in rows[:limit]
    )


def forget() -> None:
    """Drop what is kept in memory (between scratch databases)."""
    _definitions.clear()


def _in_force(on: date | None) -> QuerySet[Process]:
    if on is None:
        return Process.objects.filter(valid_to__isnull=True)
    return Process.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on), valid_from__lte=on)
