"""The procedure of a case and its internal process, published in the scratch database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from motcua.agencies.enums import UnitKind
from motcua.agencies.models import Unit
from motcua.agencies.rules.cards import AgencyCard
from motcua.catalogue import queries as catalogue
from motcua.catalogue.enums import FieldKind, OnlineLevel, PaymentTime, Publication
from motcua.catalogue.models import Competence, Procedure, ProcedureVersion, Promise
from motcua.catalogue.rules import wire as sheet_wire
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import Fee, OfferedLimit, ProcedureSheet, RequiredDocument
from motcua.config.cases.model import Case
from motcua.kernel.actors import SYSTEM
from motcua.kernel.canonical import canonical_json
from motcua.kernel.limits import TimeLimit
from motcua.kernel.money import Money
from motcua.process import services as processes
from motcua.process.enums import StepKind
from motcua.process.models import Process
from motcua.process.rules import wire as process_wire
from motcua.process.rules.definitions import NEXT, ROLE_OF_KIND, Outcome, ProcessDefinition, Step
from motcua.worktime.rules import ZONE

if TYPE_CHECKING:
    from collections.abc import Sequence

CODE = "X.TINH-HUONG"  # plainly not a national code
EVE = timedelta(days=400)  # published things are in force well before the first act

# What a procedure of a case asks for when it does not say.
_COMPONENTS: tuple[Mapping[str, Any], ...] = (
    {"key": "form", "name": "Tờ khai", "form": True},
    {"key": "identity", "name": "Giấy tờ chứng minh", "originals": 0, "copies": 1},
)
_STEPS: tuple[Mapping[str, Any], ...] = (
    {"key": "receive", "kind": "intake", "name": "Tiếp nhận, chuyển hồ sơ"},
    {"key": "assign", "kind": "assign", "name": "Phân công thụ lý"},
    {"key": "examine", "kind": "process", "name": "Thẩm định hồ sơ"},
    {"key": "approve", "kind": "approve", "name": "Phê duyệt"},
    {"key": "number", "kind": "clerical", "name": "Vào số, đóng dấu"},
    {"key": "return", "kind": "return", "name": "Trả kết quả"},
)


def publish(case: Case, agency: AgencyCard) -> ProcedureSheet:
    """Publish the procedure that the case describes, with its process, settled by the agency."""
    facts = case.procedure
    sheet = _sheet(facts)
    began = case.first_day - EVE
    at = datetime.combine(began, time.min, ZONE)
    procedure = Procedure.objects.create(code=CODE, key="tinh-huong", code_is_synthetic=True)
    body = sheet_wire.to_json(sheet)
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=1,
        state=Publication.PUBLISHED,
        body=body,
        content_hash=sha256(canonical_json(body)).digest(),
        title=sheet.title,
        sector=sheet.sector,
        online_level=sheet.online_level,
        valid_from=began,
        published_at=at,
        published_by="case",
        sort_key=sheet.title,
        search_text=sheet.title.lower(),
        search_vector=SearchVector(Value(sheet.title)),
    )
    division = Unit.objects.filter(agency_id=agency.id, kind=UnitKind.DIVISION).values_list("id", flat=True)[
        0
    ]
    Competence.objects.create(
        procedure=procedure, agency_id=agency.id, settling_unit_id=division, mark="sample"
    )
    if "promise" in facts:
        Promise.objects.create(
            procedure=procedure,
            agency_id=agency.id,
            limit=facts["promise"],
            decision="case",
            valid_from=began,
            published_at=at,
            published_by="case",
        )
    published = catalogue.sheet(version.pk)
    publish_process(case, published, began)
    return published


def publish_process(case: Case, sheet: ProcedureSheet, began: date) -> None:
    """Publish the steps that the case writes as the process of the procedure; `standard` generates them."""
    at = datetime.combine(began, time.min, ZONE)
    wish = case.procedure.get("steps", _STEPS)
    if wish == "standard":
        processes.generate_standard(sheet=sheet, actor=SYSTEM, at=at, valid_from=began)
        return
    definition = ProcessDefinition(
        id=0, name=sheet.title, procedure_code=sheet.code, steps=_steps(wish), marks={"all": "sample"}
    )
    body = process_wire.to_json(definition)
    Process.objects.create(
        key="tinh-huong",
        number=1,
        procedure_code=sheet.code,
        province=case.province,
        name=sheet.title,
        body=body,
        content_hash=sha256(canonical_json(body)).digest(),
        valid_from=began,
        published_at=at,
        published_by="case",
    )


def _sheet(facts: Mapping[str, Any]) -> ProcedureSheet:
    variants = tuple(facts.get("variants", ()))
    return ProcedureSheet(
        version_id=0,
        code=CODE,
        title=facts.get("title", "Thủ tục của tình huống"),
        sector="Tình huống",
        online_level=OnlineLevel(facts.get("online", "full")),
        variants=variants,
        components=tuple(_component(item) for item in facts.get("components", _COMPONENTS)),
        fees=tuple(_fee(item) for item in facts.get("fees", ())),
        limits=_limits(facts),
        eform=_eform(facts),
        source="case",
        must_come=facts.get("must_come", ""),
        result_ways=tuple(facts.get("result_ways", ())),
        result_ways_basis=facts.get("result_ways_basis", ""),
    )


def _component(item: Mapping[str, Any]) -> RequiredDocument:
    return RequiredDocument(
        key=item["key"],
        name=item.get("name", item["key"]),
        originals=item.get("originals", 1),
        copies=item.get("copies", 0),
        required=item.get("required", True),
        channels=tuple(item.get("channels", ())),
        variants=tuple(item.get("variants", ())),
        condition=item.get("condition", ""),
        is_form=item.get("form", False),
    )


def _fee(item: Mapping[str, Any]) -> Fee:
    due = PaymentTime(item["due"]) if item.get("due") else None
    return Fee(item["name"], Money(item["amount"]), channel=item.get("channel"), due=due)


def _limits(facts: Mapping[str, Any]) -> tuple[OfferedLimit, ...]:
    rows = facts.get("limits") or [{"limit": facts.get("limit", "3wd"), "cutoff": facts.get("cutoff")}]
    return tuple(
        OfferedLimit(
            channel=row.get("channel"),
            variant=row.get("variant"),
            limit=TimeLimit.parse(row["limit"]) if row["limit"] else None,
            printed_value=row["limit"] or "",
            printed_unit="",
            cutoff=time.fromisoformat(row["cutoff"]) if row.get("cutoff") else None,
            mark="sample",
        )
        for row in rows
    )


def _eform(facts: Mapping[str, Any]) -> tuple[FormSection, ...]:
    rows = facts.get("form", ({"key": "purpose", "label": "Nội dung đề nghị"},))
    fields = tuple(
        FormField(
            key=row["key"],
            label=row.get("label", row["key"]),
            kind=FieldKind(row.get("kind", "text")),
            required=row.get("required", True),
            not_after_today=row.get("not_after_today", False),
        )
        for row in rows
    )
    return (FormSection("Nội dung", fields),)


def _steps(rows: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """The steps as written; the first is an intake and the last a return, added where they lack."""
    table = list(rows)
    if table[0]["kind"] != "intake":
        table.insert(0, {"key": "receive", "kind": "intake", "name": "Tiếp nhận, chuyển hồ sơ"})
    if table[-1]["kind"] != "return":
        table.append({"key": "return", "kind": "return", "name": "Trả kết quả"})
    return tuple(
        _step(row, index, table[index + 1]["key"] if index + 1 < len(table) else None)
        for index, row in enumerate(table)
    )


def _step(row: Mapping[str, Any], index: int, following: str | None) -> Step:
    kind = StepKind(row["kind"])
    straight_on = Outcome(NEXT, "Xong", (following,) if following else ())
    outcomes = tuple(
        Outcome(item["key"], item.get("label", item["key"]), tuple(item["to"]))
        for item in row.get("outcomes", ())
    )
    return Step(
        key=row["key"],
        order=index + 1,
        kind=kind,
        name=row.get("name", row["key"]),
        actor_text="",
        role=row.get("role", ROLE_OF_KIND[kind]),
        limit=TimeLimit.parse(row["limit"]) if "limit" in row else None,
        outcomes=outcomes or (straight_on,),
        waits_for=tuple(row.get("waits_for", ())),
        mark="sample",
        place=_place(row.get("at", "")),
    )


def _place(at: str) -> str:
    """`above:province` as it stands; else another agency of the story with its division."""
    return at if not at or at.startswith("above:") else f"co-quan-{at}/{at}"
