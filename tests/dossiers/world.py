"""A small province for tests of dossiers: one department, its people, one procedure, one process.

Monday 4 March 2024 is an ordinary working day in Đắk Lắk under DL24. Under another regulation the world lies
in its province, on a Monday on which it is in force (`tests.regulations`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from tests.regulations import PLACES, USUAL

from motcua.accounts.enums import AccountKind
from motcua.accounts.models import Account
from motcua.accounts.queries import actor_of
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.catalogue.enums import OnlineLevel, Publication
from motcua.catalogue.models import Competence, Procedure, ProcedureVersion
from motcua.catalogue.rules import typed
from motcua.catalogue.rules import wire as sheet_wire
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import OfferedLimit, ProcedureSheet, RequiredDocument
from motcua.dossiers import queries, services
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.state import Applicant, DocumentRef, ResultDelivery, State
from motcua.dossiers.services import Act
from motcua.kernel.actors import Actor
from motcua.kernel.dates import ZONE
from motcua.kernel.limits import TimeLimit
from motcua.kernel.text import fold
from motcua.process.enums import StepKind
from motcua.process.models import Process
from motcua.process.rules import wire as process_wire
from motcua.process.rules.definitions import NEXT, ROLE_OF_KIND, Outcome, ProcessDefinition, Step

WALK = "submit accept hand_over assign propose approve issue announce give_back close".split()  # noqa: SIM905
START = date(2020, 1, 1)
# A result is fetched at the counter in the world; at the highest level these do not have that way.
# At level 4 of KT18 the papers come by post too.
ONLINE_LEVEL = dict.fromkeys(("KT18", "QN20", "PT24"), OnlineLevel.PARTIAL)
_serial = count(1)
STEPS = (
    ("receive", StepKind.INTAKE, "4wh"),
    ("assign", StepKind.ASSIGN, "4wh"),
    ("examine", StepKind.PROCESS, "8wh"),
    ("approve", StepKind.APPROVE, "4wh"),
    ("number", StepKind.CLERICAL, "2wh"),
    ("return", StepKind.RETURN, None),
)


def moment(text: str) -> datetime:
    """`2024-03-04 08:00` in Vietnamese time."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def typed_at(name: str, text: str) -> dict[str, str]:
    """What a page sends for `08:30 24/03/2022` in the field of that name."""
    clock, day = text.split()
    return {f"{name}_day": day, f"{name}_time": clock}


MONDAY = moment("2024-03-04 08:00")


@dataclass
class World:
    agency: Agency
    units: dict[UnitKind, Unit]
    version: ProcedureVersion
    process: Process
    people: dict[str, Account]
    now: datetime = MONDAY
    versions: dict[str, int] = field(default_factory=dict)
    monday: datetime = field(init=False)

    def __post_init__(self) -> None:
        self.monday = self.now

    def moment(self, text: str) -> datetime:
        """What is written of the usual Monday, 4 March 2024, said of the Monday of this world."""
        return moment(text) + (self.monday - MONDAY)

    @property
    def month(self) -> tuple[date, date]:
        """First and last day of March, in which the world lies."""
        return self.monday.date().replace(day=1), self.monday.date().replace(day=31)

    def actor(self, name: str) -> Actor:
        return actor_of(self.people[name])

    def state(self, act: Act | str) -> State:
        return queries.state_of(act if isinstance(act, str) else act.dossier_id)

    def task(self, act: Act) -> str:
        """The key of the one open task."""
        (task,) = self.state(act).tasks
        return task.key

    def later(self, **length: int) -> datetime:
        self.now += timedelta(**length)
        return self.now

    # --- a life, verb by verb; each a few minutes after the one before -------------------------------------
    def draft(self, *, with_papers: bool = True, **changes: Any) -> Act:
        given: dict[str, Any] = {
            "actor": self.actor("an"),
            "at": self.later(minutes=1),
            "procedure_version_id": self.version.pk,
            "agency_id": self.agency.pk,
            "applicant": Applicant(
                "Nguyễn Văn An", "066090000001", "0905000001", "an@example.vn", "Buôn Ma Thuột"
            ),
            "form_data": {"purpose": "Xin cấp giấy"},
            "documents": (DocumentRef("paper", originals=1),) if with_papers else (),
            "delivery": ResultDelivery("counter"),
        }
        return services.save_draft(**given | changes)

    def submit(self, act: Act, **changes: Any) -> Act:
        given = {"submission_key": f"key-{act.dossier_id}", "consent": CONSENT}
        return services.submit(**self._on(act, "an") | given | changes)

    def register(self, **changes: Any) -> Act:
        given: dict[str, Any] = {
            "actor": self.actor("chi"),
            "at": self.later(minutes=1),
            "procedure_version_id": self.version.pk,
            "agency_id": self.agency.pk,
            "applicant": Applicant("Nguyễn Văn An", "066090000001", "0905000001"),
            "documents": (DocumentRef("form", originals=1), DocumentRef("paper", originals=1)),
            "submission_key": f"counter-{next(_serial)}",
        }
        return services.register_at_counter(**given | changes)

    def accept(self, act: Act, **changes: Any) -> Act:
        return services.accept(**self._on(act, "chi") | changes)

    def hand_over(self, act: Act, **changes: Any) -> Act:
        return services.hand_over(**self._on_task(act, "chi") | changes)

    def assign(self, act: Act, **changes: Any) -> Act:
        officer = {"officer_id": str(self.people["dung"].pk)}
        return services.assign(**self._on_task(act, "lan") | officer | changes)

    def propose(self, act: Act, **changes: Any) -> Act:
        given = {"decision": "grant", "text": "Đủ điều kiện"}
        return services.propose(**self._on_task(act, "dung") | given | changes)

    def approve(self, act: Act, **changes: Any) -> Act:
        return services.approve(**self._on_task(act, "hanh") | changes)

    def send_back(self, act: Act, **changes: Any) -> Act:
        given = {"to_step": "examine", "reason": "Ghi rõ căn cứ"}
        return services.send_back(**self._on_task(act, "hanh") | given | changes)

    def refuse(self, act: Act, **changes: Any) -> Act:
        given = {"reason": "Không đủ điều kiện theo quy định"}
        return services.refuse(**self._on_task(act, "hanh") | given | changes)

    def issue(self, act: Act, **changes: Any) -> Act:
        given = {"number": "12/GP-STP", "name": "Giấy phép"}
        return services.issue_result(**self._on_task(act, "khoa") | given | changes)

    def release(self, act: Act, **changes: Any) -> Act:
        """Whoever controls it lets a proposed supplement request go out; the desk sends what a leader let."""
        control = next(task.key for task in self.state(act).tasks if task.kind == "control")
        act = services.release_supplement(**self._on(act, "hanh") | {"task_key": control} | changes)
        is_at_desk = any(task.kind == "relay" for task in self.state(act).tasks)
        return self.relay(act, **changes) if is_at_desk else act

    def tell(self, act: Act, **changes: Any) -> Act:
        """The desk tells the applicant what those who settle have done."""
        letter = next(task.key for task in self.state(act).tasks if task.kind == "letter")
        return services.tell_applicant(**self._on(act, "chi") | {"task_key": letter} | changes)

    def relay(self, act: Act, **changes: Any) -> Act:
        """The desk sends a request on that the leader agreed to."""
        relay = next(task.key for task in self.state(act).tasks if task.kind == "relay")
        return services.release_supplement(**self._on(act, "chi") | {"task_key": relay} | changes)

    def announce(self, act: Act, **changes: Any) -> Act:
        return services.announce(**self._on(act, "chi") | changes)

    def give_back(self, act: Act, **changes: Any) -> Act:
        given = {"how": "counter", "received_by": "Nguyễn Văn An", "proof": "Ký nhận", "form_signed": True}
        return services.return_result(**self._on(act, "chi") | given | changes)

    def stop(self, act: Act, **changes: Any) -> Act:
        """The desk records that the applicant asked for it today."""
        given = {"requested_on": self.now.date(), "request": "Đơn đề nghị", "reason": "Sẽ nộp lại sau"}
        return services.stop(**self._on(act, "chi") | given | changes)

    def withdraw_at_desk(self, act: Act, **changes: Any) -> Act:
        """As the applicant asked that day, by a letter."""
        asked = {"requested_on": self.now.date(), "request": "Đơn xin rút"}
        return services.withdraw(**self._on(act, "chi") | asked | {"reason": "Không cần nữa"} | changes)

    def close(self, act: Act, **changes: Any) -> Act:
        return services.close(**self._on(act, "chi") | changes)

    def until(self, verb: str, **draft: Any) -> Act:
        """A dossier filed online, walked up to and including the verb; `draft`: what is filed otherwise."""
        act = self.draft(**draft)
        walk = (
            [
                "submit",
                "accept",
                "hand_over",
                "assign",
                "propose",
                "approve",
                "issue",
                "announce",
                "give_back",
                "close",
            ]
            if verb != "draft"
            else []
        )
        for step in walk:
            act = getattr(self, step)(act)
            if step == verb:
                break
        return act

    def _on(self, act: Act, who: str) -> dict[str, Any]:
        return {
            "actor": self.actor(who),
            "at": self.later(minutes=1),
            "dossier_id": act.dossier_id,
            "expected_version": act.version,
        }

    def _on_task(self, act: Act, who: str) -> dict[str, Any]:
        tasks = self.state(act).tasks
        return self._on(act, who) | {"task_key": tasks[0].key if tasks else "none"}


def sheet(**changes: Any) -> ProcedureSheet:
    given: dict[str, Any] = {
        "version_id": 0,
        "code": "1.000001",
        "title": "Cấp giấy phép thử nghiệm",
        "sector": "Tư pháp",
        "online_level": OnlineLevel.FULL,
        "components": (
            RequiredDocument("form", "Tờ khai", is_form=True),
            RequiredDocument("paper", "Giấy chứng minh"),
            RequiredDocument("proxy", "Văn bản ủy quyền", required=False),
        ),
        "limits": (OfferedLimit(None, None, TimeLimit.parse("3wd"), "3", "working_day"),),
        "eform": (FormSection("Nội dung", (FormField("purpose", "Mục đích"),)),),
    }
    return ProcedureSheet(**given | changes)


def steps(rows: tuple[tuple[str, StepKind, str | None], ...] = STEPS) -> tuple[Step, ...]:
    keys = [key for key, _, _ in rows]
    return tuple(
        Step(
            key=key,
            order=order,
            kind=kind,
            name=key,
            actor_text="",
            role=ROLE_OF_KIND[kind].value,
            limit=TimeLimit.parse(limit) if limit else None,
            outcomes=(Outcome(NEXT, "Xong", tuple(keys[order : order + 1])),),
        )
        for order, (key, kind, limit) in enumerate(rows, start=1)
    )


def published(content: ProcedureSheet, agency: Agency, unit: Unit) -> ProcedureVersion:
    procedure = Procedure.objects.create(code=content.code, key=content.code)
    version = ProcedureVersion.objects.create(
        procedure=procedure,
        number=1,
        state=Publication.PUBLISHED,
        body=sheet_wire.to_json(content),
        content_hash=b"0" * 32,
        title=content.title,
        sector=content.sector,
        online_level=content.online_level.value,
        valid_from=START,
        published_at=moment("2020-01-01 08:00"),
        sort_key=content.title,
        search_text=fold(content.title),
        search_vector=SearchVector(Value(" ".join(typed.words(content.title))), config="simple", weight="A"),
    )
    Competence.objects.create(procedure=procedure, agency=agency, settling_unit=unit)
    return version


def process_for(code: str, rows: tuple[Step, ...] | None = None) -> Process:
    definition = ProcessDefinition(id=0, name="Quy trình", procedure_code=code, steps=rows or steps())
    return Process.objects.create(
        key=f"process-{code}",
        number=1,
        procedure_code=code,
        name=definition.name,
        body=process_wire.to_json(definition),
        content_hash=b"0" * 32,
        valid_from=START,
        published_at=moment("2020-01-01 08:00"),
        published_by="Chủ tịch UBND tỉnh",
    )


def next_version(world: World, definition: ProcessDefinition) -> None:
    """Another version of the world's process, in force since the second day."""
    Process.objects.filter(pk=world.process.pk).update(valid_to=START)
    world.process.pk, world.process.number = None, world.process.number + 1
    world.process.body = process_wire.to_json(definition)
    world.process.valid_from = START + timedelta(days=1)
    world.process.save(force_insert=True)


def make_world(
    content: ProcedureSheet | None = None, rows: tuple[Step, ...] | None = None, regulation: str = USUAL
) -> World:
    """The world under a regulation; that the settings name its province is up to the caller."""
    content = content or sheet(online_level=ONLINE_LEVEL.get(regulation, OnlineLevel.FULL))
    province, monday = PLACES[regulation]
    agency = Agency.objects.create(
        province=province,
        key="so-tu-phap",
        code="H15.15",
        name="Sở Tư pháp",
        level=AgencyLevel.PROVINCE,
        kind=AgencyKind.DEPARTMENT,
    )
    units = {
        kind: Unit.objects.create(agency=agency, key=kind.value, name=kind.value, kind=kind.value)
        for kind in UnitKind
    }
    posts = {
        "chi": (UnitKind.DESK, Role.RECEIVER),
        "dung": (UnitKind.DIVISION, Role.CASE_OFFICER),
        "em": (UnitKind.DIVISION, Role.CASE_OFFICER),
        "lan": (UnitKind.DIVISION, Role.UNIT_HEAD),
        "hanh": (UnitKind.LEADERSHIP, Role.APPROVER),
        "khoa": (UnitKind.OFFICE, Role.CLERK),
    }
    people = {name: _officer(name) for name in posts}
    for name, (kind, role) in posts.items():
        Position.objects.create(account=people[name], unit=units[kind], role=role.value)
    people["giang"] = _officer("giang")  # an officer without any post here
    people |= {name: _citizen(name, number) for number, name in enumerate(("an", "binh"), start=1)}
    return World(
        agency,
        units,
        published(content, agency, units[UnitKind.DIVISION]),
        process_for(content.code, rows),
        people,
        monday,
    )


def _officer(name: str) -> Account:
    return Account.objects.create(
        kind=AccountKind.OFFICER, username=name, full_name=name.title(), created_at=MONDAY
    )


def _citizen(name: str, number: int) -> Account:
    return Account.objects.create(
        kind=AccountKind.CITIZEN,
        full_name=name.title(),
        created_at=MONDAY,
        personal_id=f"0660900000{number:02d}",
        email=f"{name}@example.vn",
        email_verified_at=moment("2024-01-01 08:00"),
    )
