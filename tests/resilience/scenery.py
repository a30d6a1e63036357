"""Everything there is to visit: browsers, one dossier for every page, a good answer for every form."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.accounts import acting
from tests.documents import samples
from tests.dossiers.wards import same_day, ward
from tests.dossiers.world import World, process_for, published, sheet, steps

from motcua.accounts.models import Account, Membership
from motcua.accounts.services.sessions import SEEN_AT
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.agencies.services import ClosureWish, announce_closure
from motcua.desk.pages_of_verbs import BY_VERB, PAGES
from motcua.documents import services as documents
from motcua.dossiers import services
from motcua.dossiers.enums import Box, Verb
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.state import Applicant, DocumentRef, SupplementItem
from motcua.dossiers.services import Act
from motcua.incidents import services as incidents
from motcua.incidents.enums import Scope
from motcua.kernel.actors import SYSTEM
from motcua.notify import services as notify
from motcua.notify.enums import NoticeKind
from motcua.notify.models import OutboxMessage
from motcua.process.enums import StepKind

BACKEND = "motcua.accounts.services.backends.EntryBackend"
UNKNOWN = "018f0000-0000-7000-8000-000000000000"
# Things of which the scenery has none; `tests/desk/test_views_governing.py` asks who may do what to them.
NOT_THERE = (
    "announcement_id",
    "calendar_id",
    "contact_id",
    "draft_id",
    "duty_id",
    "form_id",
    "item_id",
    "promise_id",
    "proposal_id",
    "upgrade_id",
)


@dataclass
class Scenery:
    """Dossiers by the verb that is open on them (`stages`), and ids of things that are somebody's."""

    world: World
    stages: dict[Verb, Act] = field(default_factory=dict)
    accepted: Act | None = None
    file_id: str = ""
    incident_id: str = ""
    message_id: int = 0
    closure_id: int = 0
    template_id: int = 0
    notice_id: int = 0
    mandate_id: int = 0
    organisation_id: int = 0
    membership_id: int = 0
    bundle_id: str = ""
    export_id: int = 0

    def ids(self) -> dict[str, str]:
        """A value for every parameter of an address: all of An's, at the agency of the cast."""
        assert self.accepted is not None
        return {
            "dossier_id": self.accepted.dossier_id,
            "file_id": self.file_id,
            "incident_id": self.incident_id,
            "event": str(self.accepted.version),
            "message_id": str(self.message_id),
            "code": "1.000001",
            "slug": "viec-cua-don-vi",
            "absence_id": "1",
            "short_name": "DL24",
            "account_id": str(self.world.people["dung"].pk),
            "agency_id": str(self.world.agency.pk),
            "unit_id": str(self.world.units[UnitKind.DIVISION].pk),
            "position_id": str(self.world.people["dung"].positions.get().pk),
            "closure_id": str(self.closure_id),
            "template_id": str(self.template_id),
            "notice_id": str(self.notice_id),
            "mandate_id": str(self.mandate_id),
            "organisation_id": str(self.organisation_id),
            "membership_id": str(self.membership_id),
            "bundle_id": self.bundle_id,
            "kind": "nhieu-nguoi",
            "page": UNKNOWN,
            "letter": "dossier.accepted",
            "form_set": "2018",
            "form": "register",
            "kept_id": "1",
            "export_id": str(self.export_id),
            "job_id": "1",
            "day": "03-03-2024",
            **dict.fromkeys(NOT_THERE, "1"),
            "key": "paper",
            "component": "paper",
            "number": "1",
        }


def browser(account: Account | None) -> Client:
    """The browser of somebody who is logged in, or of nobody; failures of the site come back as 500."""
    client = Client(raise_request_exception=False)
    if account is not None:
        client.force_login(account, backend=BACKEND)
        session = client.session
        session[SEEN_AT] = int(time.time())
        session.save()
    return client


def make_scenery(world: World) -> Scenery:
    """An's dossiers in every state an act starts from; one holds a file, a slip and a letter to An."""
    card = documents.store(
        upload=SimpleUploadedFile("don.pdf", samples.pdf()),
        name="don.pdf",
        actor=world.actor("an"),
        at=world.later(minutes=1),
    )
    papers = (DocumentRef("paper", card.id, copies=1, name="Giấy chứng minh"),)
    made = Scenery(world, file_id=card.id)
    made.accepted = world.accept(world.submit(world.draft(documents=papers)))
    services.write_to_desk(
        actor=world.actor("an"), at=world.later(minutes=1), dossier_id=made.accepted.dossier_id,
        text="Tôi là Nguyễn Văn An, khi nào có kết quả?",
    )  # fmt: skip
    now = world.now
    before = {
        Verb.SUBMIT: "draft",
        Verb.ACCEPT: "submit",
        Verb.DECLINE: "submit",
        Verb.REDIRECT: "submit",
        Verb.CORRECT: "submit",
        Verb.REQUEST_SUPPLEMENT: "submit",
        Verb.WITHDRAW: "submit",
        Verb.HAND_OVER: "accept",
        Verb.ASSIGN: "hand_over",
        Verb.REASSIGN: "assign",
        Verb.PAUSE: "assign",
        Verb.CONSULT: "assign",
        Verb.PLAN_VERIFICATION: "assign",
        Verb.RECORD_VERIFICATION: "assign",
        Verb.ATTACH_DOCUMENT: "assign",
        Verb.EXTEND: "assign",
        Verb.SEND_BACK: "assign",
        Verb.PROPOSE: "assign",
        Verb.STOP: "assign",
        Verb.APPROVE: "propose",
        Verb.ISSUE_RESULT: "approve",
        Verb.INVITE: "accept",
        Verb.ANNOUNCE: "issue",
        Verb.RETURN_RESULT: "announce",
        Verb.CLOSE: "give_back",
    }
    world.later(days=-7)  # whom it lies ready for has had their time
    made.stages[Verb.RECORD_NON_COLLECTION] = world.until("announce")
    world.now = now
    for verb, done in before.items():
        made.stages[verb] = world.until(done)
    made.stages[Verb.SUPPLEMENT] = ask_for_more(world, world.until("submit"))
    for verb in (Verb.RELEASE_SUPPLEMENT, Verb.RETURN_SUPPLEMENT):
        made.stages[verb] = ask_for_more(world, world.until("assign"), "dung")
    made.stages[Verb.CALL_OFF_VERIFICATION] = invite_to_verification(world, world.until("assign"))
    made.stages[Verb.TELL_APPLICANT] = pause(world, world.until("assign"))
    made.stages[Verb.REFUSE] = world.propose(world.until("assign"), decision="refuse", text="Không đủ")
    made.stages[Verb.RESUME] = pause(world, world.until("assign"))
    made.stages[Verb.ANSWER] = made.stages[Verb.REMIND] = ask(world, world.until("assign"))
    ward(world)
    made.stages[Verb.ENTRUST] = made.stages[Verb.COMPLETE_STEP] = with_parts(world)
    made.stages[Verb.ISSUE_RECEIPT] = world.accept(same_day(world))
    made.bundle_id = visit(world)
    made.export_id = services.ask_for_export(
        actor=world.actor("chi"), at=world.later(minutes=1), box=Box.UNIT, choice=Choice()
    )
    made.message_id = letter_to(world.people["an"])
    made.incident_id = outage(world)
    made.closure_id, made.template_id, made.notice_id = administered(world)
    made.mandate_id, made.organisation_id, made.membership_id = acted_for(world, card.id)
    return made


def acted_for(world: World, paper: str) -> tuple[int, int, int]:
    """An's mandate, which waits for somebody who is not of the cast, and An's organisation."""
    an, at = world.people["an"], world.later(minutes=1)
    stranger = Account(full_name="Nguyễn Thị Xa", personal_id="066090009999")
    waiting = acting.mandate(an, stranger, at, accepted=False, paper=paper)
    made = acting.organisation(an, at, name="Công ty của Nguyễn Văn An", email="cong-ty@example.vn")
    return waiting, made, Membership.objects.get(organisation_id=made).pk


def visit(world: World) -> str:
    """A visit in which An brought one dossier."""
    filing = {
        "procedure_version_id": world.version.pk,
        "agency_id": world.agency.pk,
        "applicant": Applicant("Nguyễn Văn An", "066090000001"),
        "documents": (DocumentRef("form", originals=1), DocumentRef("paper", originals=1)),
        "submission_key": "visit",
    }
    sheet = services.Sheet("visit", "Nguyễn Văn An")
    common = {"actor": world.actor("chi"), "at": world.later(minutes=1)}
    services.take_in(**common, sheet=sheet, filing=filing, accept_at_once=True)
    found = services.bundle_by_key(**common, key="visit")
    assert found is not None
    return found.id


def administered(world: World) -> tuple[int, int, int]:
    """A closure that is to come, a template of a reason, a notice that is shown."""
    at = world.later(minutes=1)
    starts = (at + timedelta(days=200)).replace(hour=0, minute=0)
    wish = ClosureWish(world.agency.pk, starts, starts + timedelta(days=7), "Chuyển trụ sở", "TB 1")
    seen = agencies.closures_mark(world.agency.pk)
    closure = announce_closure(actor=SYSTEM, at=at, wish=wish, seen=seen, moved=0, in_vain=0)
    template = services.add_reason(
        actor=SYSTEM, at=at, agency_id=world.agency.pk, verb=Verb.STOP, title="Không bổ sung", text="Vì […]"
    )
    notice = notify.give_notice(
        actor=SYSTEM,
        at=at,
        kind=NoticeKind.NEWS,
        title="Lịch nghỉ",
        body="Nghỉ lễ.",
        shown_from=at,
        shown_to=at + timedelta(days=30),
    )
    return closure.id, template, notice


def ask_for_more(world: World, act: Act, who: str = "chi") -> Act:
    """Asked by the desk before acceptance it goes out; asked by the case officer it waits for a leader."""
    return services.request_supplement(
        actor=world.actor(who),
        at=world.later(minutes=1),
        dossier_id=act.dossier_id,
        expected_version=act.version,
        items=(SupplementItem("paper", "Bản rõ hơn"), SupplementItem("form", "Ký tên")),
        reason="Bản chụp mờ",
        guidance="Chụp lại cả hai mặt",
    )


def invite_to_verification(world: World, act: Act) -> Act:
    """A verification to come, of which the applicant was told."""
    planned = services.plan_verification(
        **world._on(act, "dung"), planned_for=world.now + timedelta(days=2), place="Thửa 12",
        participants="An", content="Ranh giới", with_applicant=True,
    )  # fmt: skip
    return world.tell(planned)


def pause(world: World, act: Act) -> Act:
    return services.pause(**world._on(act, "dung"), reason="Nộp lệ phí trước bạ")


def ask(world: World, act: Act, who: str = "dung") -> Act:
    """Ask the neighbouring unit, whose head is Quang."""
    unit, _made = Unit.objects.get_or_create(
        agency=world.agency, key="other", defaults={"name": "Phòng khác", "kind": UnitKind.DIVISION.value}
    )
    if "quang" not in world.people:
        world.people["quang"] = Account.objects.create(
            kind="officer", username="quang", full_name="Quang", created_at=world.now
        )
        Position.objects.create(account=world.people["quang"], unit=unit, role=Role.UNIT_HEAD.value)
    return services.consult(
        **world._on(act, who), unit_id=unit.pk, question="Có tranh chấp không", limit="2wd"
    )


def with_parts(world: World) -> Act:
    """A dossier of another procedure, of which an opinion waits beside the rest."""
    rows = (
        ("receive", StepKind.INTAKE, None), ("assign", StepKind.ASSIGN, None),
        ("police", StepKind.OPINION, "2wd"), ("examine", StepKind.PROCESS, None),
        ("approve", StepKind.APPROVE, None), ("number", StepKind.CLERICAL, None),
        ("return", StepKind.RETURN, None),
    )  # fmt: skip
    content = sheet(code="1.000009", title="Thủ tục liên thông thử nghiệm")
    version = published(content, world.agency, world.units[UnitKind.DIVISION])
    there = replace(world, version=version, process=process_for(content.code, steps(rows)))
    act = there.until("assign")
    world.now = there.now
    return act


def outage(world: World) -> str:
    """The number of an outage of the agency that lasts."""
    card = incidents.declare(
        actor=world.actor("hanh"),
        at=world.now,
        scope=Scope.AGENCY,
        what="Mất điện",
        began_at=world.now,
        agency_id=world.agency.pk,
    )
    return card.window.id


def letter_to(account: Account) -> int:
    """The number of the newest delivered message in somebody's box on the site."""
    found = OutboxMessage.objects.filter(account_id=account.pk, channel="in_app").latest("id")
    return int(found.pk)


def routes() -> Iterator[tuple[str, tuple[str, ...], str]]:
    """(name, names of the parameters, policy) of every address of the site."""
    for prefix, pattern in _walk("", get_resolver()):
        policy = getattr(pattern.callback, "policy", "public")
        yield f"{prefix}{pattern.name}", tuple(pattern.pattern.regex.groupindex), policy


def _walk(prefix: str, resolver: URLResolver) -> Iterator[tuple[str, URLPattern]]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _walk(f"{prefix}{entry.namespace}:" if entry.namespace else prefix, entry)
        else:
            yield prefix, entry


def verb_address(act: Act, verb: Verb) -> str:
    return reverse("desk:verb", args=[act.dossier_id, BY_VERB[verb].slug])


def upload(name: str = "don.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, samples.pdf() if content is None else content)


VERBS_WITH_PAGES = tuple(page.verb for page in PAGES)
DOERS = {
    Verb.ASSIGN: "lan",
    Verb.REASSIGN: "lan",
    Verb.PAUSE: "dung",
    Verb.ENTRUST: "dung",
    Verb.CONSULT: "dung",
    Verb.ANSWER: "quang",
    Verb.REMIND: "dung",
    Verb.PLAN_VERIFICATION: "dung",
    Verb.CALL_OFF_VERIFICATION: "dung",
    Verb.RECORD_VERIFICATION: "dung",
    Verb.ATTACH_DOCUMENT: "dung",
    Verb.RESUME: "lan",
    Verb.EXTEND: "hanh",
    Verb.COMPLETE_STEP: "dung",
    Verb.SEND_BACK: "dung",
    Verb.PROPOSE: "dung",
    Verb.APPROVE: "hanh",
    Verb.RELEASE_SUPPLEMENT: "hanh",
    Verb.RETURN_SUPPLEMENT: "hanh",
    Verb.REFUSE: "hanh",
    Verb.ISSUE_RESULT: "khoa",
}


def _id_of(kind: type[Agency | Unit], key: str) -> str:
    return str(kind.objects.values_list("pk", flat=True).get(key=key))


def good_answers(verb: Verb, world: World) -> dict[str, Any]:
    """What an officer would write on the page of a verb, beside version and task."""
    reason = {"reason": "Theo quy định"}
    return {
        Verb.REDIRECT: reason | {"agency": _id_of(Agency, "phuong")},
        Verb.CORRECT: reason | {"what": "contact", "phone": "0905999999"},
        Verb.RECORD_NON_COLLECTION: {"note": "Đã gọi, chưa đến"},
        Verb.DECLINE: reason | {"ground": "by_law", "provision": "Điều 17 Nghị định số 61/2018/NĐ-CP"},
        Verb.REQUEST_SUPPLEMENT: reason | {"guidance": "Nộp bản rõ", "ask_0": "on", "what_0": "Bản rõ"},
        Verb.SUPPLEMENT: {
            "paper_key_0": "paper", "brought_0": "on", "originals_0": "1", "copies_0": "0",
            "paper_key_1": "form", "brought_1": "on", "originals_1": "1", "copies_1": "0",
            "paper_note_0": "", "paper_note_1": "",
        },
        Verb.WITHDRAW: reason | {"requested_on": "04/03/2024", "request": "Đơn"},
        Verb.ASSIGN: {"officer": str(world.people["dung"].pk), "note": "Làm sớm"},
        Verb.REASSIGN: reason | {"what": "ca-ho-so", "officer": str(world.people["em"].pk)},
        Verb.PAUSE: reason,
        Verb.ENTRUST: {"step": "police-4", "unit": _id_of(Unit, "other"), "duty": "Xác nhận"},
        Verb.CONSULT: {"unit": _id_of(Unit, "other"), "question": "Sao", "days": "3"},
        Verb.ANSWER: {"answer": "Nhất trí"},
        Verb.REMIND: {"number": "1", "note": ""},
        Verb.PLAN_VERIFICATION: {
            "when_day": "01/12/2044", "when_time": "08:00", "place": "Thửa 12",
            "where": "elsewhere", "participants": "An", "content": "Ranh giới",
        },
        Verb.CALL_OFF_VERIFICATION: reason | {
            "number": "1", "what": "move", "when_day": "02/12/2044", "when_time": "08:00", "place": "",
        },
        Verb.RECORD_VERIFICATION: {
            "number": "0", "when_day": "04/03/2024", "when_time": "10:39", "place": "Thửa 12",
            "participants": "An", "content": "Đúng ranh giới",
        },
        Verb.ATTACH_DOCUMENT: {"part": "settling", "title": "Công văn", "seen_by": "office"},
        Verb.RESUME: {"note": "Đã nộp"},
        Verb.EXTEND: reason | {"new_day": "2024-12-02"},
        Verb.COMPLETE_STEP: {"outcome": "done", "note": ""},
        Verb.SEND_BACK: reason | {"to_step": "assign"},
        Verb.PROPOSE: {"decision": "grant", "text": "Đủ điều kiện"},
        Verb.RETURN_SUPPLEMENT: reason,
        Verb.INVITE: {
            "visit_at_day": "01/01/2099", "visit_at_time": "08:00", "purpose": "Đối chiếu", "ground": "",
        },
        Verb.REFUSE: reason,
        Verb.STOP: reason | {"requested_on": "04/03/2024", "request": "Đơn"},
        Verb.ISSUE_RESULT: {"number": "12/GP", "name": "Giấy phép"},
        Verb.RETURN_RESULT: {
            "how": "counter", "who": "other", "received_by": "An", "taker_number": "066190000002",
            "taker_paper": "identity", "taker_capacity": "hired", "taker_authority": "Giấy", "proof": "Đã ký",
        },
    }.get(verb, {"note": ""})  # fmt: skip


class BreaksOff:
    """The body of an upload whose sender is gone after `content`."""

    HEAD = b'--x\r\nContent-Disposition: form-data; name="file-paper"; filename="a.pdf"\r\n\r\n%PDF-1.7\n'

    def __init__(self, content: bytes = b"") -> None:
        self._sent = io.BytesIO(self.HEAD + content)

    def read(self, size: int = -1) -> bytes:
        if piece := self._sent.read(size):
            return piece
        raise OSError("connection reset by peer")

    def readline(self, size: int = -1) -> bytes:
        return self._sent.readline(size)
