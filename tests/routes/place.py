"""The one place that the registry's addresses lead to: a real commune with a dossier in every state."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client, override_settings
from tests.accounts import acting
from tests.browser.town import PROCEDURE, Town, account_of, officer
from tests.documents import samples
from tests.routes.governed import govern
from tests.routes.registry import Visit

from motcua.accounts import queries as accounts
from motcua.accounts import services as account_services
from motcua.accounts.enums import AccountKind, CodeUse
from motcua.accounts.models import Account
from motcua.accounts.queries.acting import organisations_of
from motcua.accounts.rules.acting import MemberRole
from motcua.accounts.services import contact_codes
from motcua.accounts.services.sessions import SEEN_AT
from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import Role
from motcua.catalogue import queries as catalogue
from motcua.catalogue.models import Procedure, Promise
from motcua.desk.several import Outcome
from motcua.documents import services as documents
from motcua.documents.rules.pages import Pages
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, Correctable, DeclineGround, Verb
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.state import Applicant, DocumentRef, ResultDelivery, SupplementItem
from motcua.dossiers.services import Act
from motcua.incidents import services as incidents
from motcua.incidents.enums import ReportKind, Scope
from motcua.kernel.actors import SYSTEM, Actor
from motcua.notify import queries as notify_queries
from motcua.notify import services as notify
from motcua.notify.enums import NoticeKind
from motcua.notify.queries import Words
from motcua.portal.paper_pages import purpose_of_draft

BACKEND = "motcua.accounts.services.backends.EntryBackend"
DAY = timedelta(days=1)
ASSIGNED = "2.000884"  # somebody assigns it before it is settled
WITH_CASES = "1.013225"  # a permit to build: what is built decides what is asked
WITH_PART = "2.001263"  # adoption: those whom it touches are asked, which may be another agency's part
PAPER = "giay-to-chung-minh-noi-cu-tru"  # what PROCEDURE takes as a file
BINH = Applicant("Lê Thị Bình", "066190005678", "0905000009", "binh@example.vn", "12 Lê Duẩn")


@dataclass
class Place:
    """The commune, its people by the names the registry uses, and its things."""

    town: Town
    people: dict[str, Account] = field(default_factory=dict)
    things: dict[str, Any] = field(default_factory=dict)
    serial: Any = field(default_factory=lambda: count(1))
    ago: timedelta = timedelta()  # how long before now the acts happen
    decision: str = "grant"  # what is proposed

    @contextmanager
    def there(self, visit: Visit) -> Iterator[None]:
        """The house stands in the province of the visit as long."""
        with override_settings(PROVINCE=visit.province or settings.PROVINCE):
            yield

    def address(self, visit: Visit) -> str:
        return visit.address(self.things)

    def client(self, visit: Visit, language: str = "vi") -> Client:
        """The browser of whoever makes this visit, with what the page finds in its session."""
        client = Client()
        if visit.who:
            client.force_login(self.people[visit.who], backend=BACKEND)
        session = client.session
        session[SEEN_AT] = int(time.time())
        for key, thing in visit.session.items():
            session[key] = self.things[thing]
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        return client

    # --- acts ---------------------------------------------------------------------------------------------
    def actor(self, name: str) -> Actor:
        return self.town.officers[name]

    @property
    def at(self) -> datetime:
        return self.town.now() - self.ago

    def at_desk(self, procedure: str = PROCEDURE, **changes: Any) -> Act:
        """A complete dossier on the counter, An's own, not yet accepted."""
        given = {"actor": self.actor("chi"), "at": self.at}
        return services.register_at_counter(**given | self.filing(procedure) | changes)

    def filing(self, procedure: str = PROCEDURE) -> dict[str, Any]:
        """What is entered at the counter for a complete dossier of An's."""
        at = self.at
        sheet = catalogue.sheet(catalogue.version_in_force(procedure, at.date()))
        papers = [
            DocumentRef(each.key, originals=1, file_id=self.things.get("paper", ""))
            for each in sheet.components_for("counter", None)
        ]
        return {
            "procedure_version_id": sheet.version_id,
            "agency_id": self.town.agency.id,
            "applicant": Applicant("Nguyễn Văn An", "066090001234", "0912345678", "an@example.vn", "Ea Kao"),
            "submission_key": f"routes-{next(self.serial)}",
            "documents": papers,
            "owner_id": str(self.people["an"].pk),
        }

    def accepted(self, **changes: Any) -> Act:
        return services.accept(**self.on(self.at_desk(**changes), "chi"), receipt_asked=True)

    def on(self, act: Act, name: str) -> dict[str, Any]:
        version = queries.state_of(act.dossier_id).version
        return {
            "actor": self.actor(name),
            "at": self.at,
            "dossier_id": act.dossier_id,
            "expected_version": version,
        }

    def until(self, kind: str, **changes: Any) -> Act:
        """An accepted dossier, worked on until a task of this kind is open."""
        act = self.accepted(**changes)
        while (task := queries.state_of(act.dossier_id).tasks[0]).kind != kind:
            act = self.step(act, task.kind, task.key)
        return act

    def step(self, act: Act, kind: str, key: str) -> Act:
        match kind:
            case "intake":
                return services.hand_over(**self.on(act, "chi"), task_key=key)
            case "assign":
                dung = self.actor("dung").id
                return services.assign(**self.on(act, "lam"), task_key=key, officer_id=dung)
            case "process":
                text = "Hồ sơ đủ điều kiện theo Điều 16; đề nghị cấp bản sao trích lục."
                return services.propose(
                    **self.on(act, "dung"), task_key=key, decision=self.decision, text=text
                )
            case "approve":
                return services.approve(**self.on(act, "hanh"), task_key=key)
            case _:
                raise AssertionError(f"nobody goes on from {kind}")

    def issued(self) -> Act:
        """A dossier whose result lies at the desk, with its file."""
        act = self.until("return")
        result = {"number": "12/TLHT-BS", "name": "Bản sao trích lục hộ tịch"}
        key = queries.state_of(act.dossier_id).tasks[0].key
        return services.issue_result(
            **self.on(act, "chi"), task_key=key, **result, file_id=self.things["paper"]
        )


def furnish(town: Town) -> Place:
    """Everything the registry names. The clock is the town's; nothing here looks at another."""
    place = Place(town)
    _people(place)
    _dossiers(place)
    _of_the_agency(place)
    _of_the_province(place)
    _acting_for_others(place)
    _pages_of_papers(place)
    govern(place)
    return place


def _people(place: Place) -> None:
    town, at = place.town, place.town.now()
    unit_id = town.agency.office_unit_id
    assert unit_id is not None
    town.officers["oanh"] = officer("oanh", "Bùi Thị Oanh", unit_id, Role.UNIT_HEAD, at - 30 * DAY)
    for username, name in (("tri", "Vũ Minh Trí"), ("giang", "Lý Thị Giang")):
        town.officers[username] = account_of(username, name, at)
    account_services.set_admin(actor=SYSTEM, account_id=int(town.officers["tri"].id), is_admin=True, at=at)
    an = _citizen("Nguyễn Văn An", "066090001234", "0912345678", "an@example.vn", at)
    place.people = {name: Account.objects.get(pk=int(each.id)) for name, each in town.officers.items()}
    place.people["an"] = an
    place.people["binh"] = _citizen("Trần Văn Bình", "066090000002", "0912345679", "binh@example.vn", at)
    dung = int(town.officers["dung"].id)
    place.things |= {
        "agency": town.agency.id,
        "desk": town.agency.desk_unit_id,
        "email": "an@example.vn",
        "username": "chi",
        "confirming": {"id": an.pk, "email": "an@example.vn", "registered_at": at.isoformat()},
        "closing": True,
        "changing": {"email": "an.moi@example.vn", "phone": "0987654321"},
        "officer": dung,
        "position": agencies.holdings(account_id=dung)[0].id,
    }


def _citizen(name: str, number: str, phone: str, email: str, at: datetime) -> Account:
    return Account.objects.create(
        kind=AccountKind.CITIZEN,
        full_name=name,
        personal_id=number,
        phone=phone,
        email=email,
        email_verified_at=at,
        created_at=at,
    )


def _dossiers(place: Place) -> None:
    town, things = place.town, place.things
    upload = SimpleUploadedFile("to-khai.pdf", samples.pdf())
    card = documents.store(upload=upload, name="to-khai.pdf", actor=place.actor("chi"), at=town.now())
    things |= {"paper": card.id, "procedure": PROCEDURE}
    place.ago = 10 * DAY
    late = _late(place)
    uncollected = services.announce(**place.on(place.issued(), "chi"))  # nobody has come all the time
    place.ago = timedelta()
    accepted = place.accepted()
    place.decision = "refuse"
    to_refuse = place.until("approve")
    place.decision = "grant"
    acts = {
        "to_refuse": to_refuse,
        "draft": _draft(place),
        "draft_with_cases": _draft_with_cases(place),
        "draft_for_another": _draft(place, **_for_another()),
        "registered": place.at_desk(applicant=BINH, owner_id=""),
        "declined": _declined(place),
        "withdrawn": _withdrawn(place),
        "undeclined": (undeclined := _undeclined(place)),
        "accepted": accepted,
        "without_receipt": services.accept(**place.on(place.at_desk(), "chi")),
        "unassigned": place.until("assign", procedure=ASSIGNED),
        "in_work": _asked_beside(place, place.until("process")),
        "with_part": place.until("opinion", procedure=WITH_PART),
        "held": _supplement_proposed(place),
        "paused": _paused(place),
        "proposed": place.until("approve"),
        "asked": _supplement_asked(place),
        "supplemented": _supplemented(place),
        "unasked": (unasked := _unasked(place)),
        "unended": (unended := _unended(place)),
        "decided": place.until("return"),
        "issued": place.issued(),
        "ready": services.announce(**place.on(place.issued(), "chi")),
        "uncollected": uncollected,
        "returned": _returned(place),
    }
    acts["consulted"] = acts["in_work"]  # seen by those who were asked
    things |= {name: act.dossier_id for name, act in acts.items()}
    things |= {"code": accepted.code, "late_code": late.code, "visit": _bundle(place)}
    things["undeclined_code"], things["unasked_code"] = undeclined.reference, unasked.reference
    things["unended_code"] = unended.reference
    things["outcomes"] = [
        Outcome(acts[name].dossier_id, str(acts[name].code), "Nguyễn Văn An", is_done, said).to_json()
        for name, is_done, said in (
            ("ready", True, "Xong ý kiến."),
            ("proposed", False, "Hồ sơ vừa được người khác xử lý."),
        )
    ]
    things["searches"] = [["tim", "/noi-bo/tim/", "nguyen van an"]]
    # First the one whose code is used up: a code that is still good is not sent again.
    things |= {"looked_up": _looking_up(place, 3, is_proved=True), "code_asked": _looking_up(place, 1)}
    text, an = "Tôi nhờ con gái đến nhận kết quả được không?", accounts.actor_of(place.people["an"])
    services.write_to_desk(actor=an, at=town.now(), dossier_id=accepted.dossier_id, text=text)
    things["letter"] = notify_queries.inbox(place.people["an"].pk)[0].id
    word = notify_queries.inbox_by_unread(place.actor("oanh").id, limit=2).messages
    notify.mark_read(actor=place.actor("oanh"), message_id=word[1].id, at=town.now())
    things["word"] = word[0].id
    things["outgoing"] = notify_queries.outbox(limit=1)[0].id


def _declined(place: Place) -> Act:
    """A dossier of An's that the desk did not take in."""
    said = {"ground": DeclineGround.DUPLICATE, "reason": "Hồ sơ này đã được nộp hôm trước."}
    return services.decline(**place.on(place.at_desk(), "chi"), **said)


def _undeclined(place: Place) -> Act:
    """The same, declined by mistake and back at the desk."""
    said = {"what": Correctable.DECLINE, "reason": "Tờ khai có đủ chữ ký; xem nhầm hồ sơ khác."}
    return services.correct(**place.on(_declined(place), "chi"), **said)


def _withdrawn(place: Place) -> Act:
    """A dossier in work that the desk recorded as withdrawn."""
    asked = {"requested_on": place.town.now().date(), "request": "Đơn nộp tại quầy"}
    act = place.until("process")
    return services.withdraw(**place.on(act, "chi"), **asked, reason="Không cần nữa.")


def _unended(place: Place) -> Act:
    """The same, withdrawn by mistake, and on which the work goes on."""
    act = _withdrawn(place)
    said = {"what": Correctable.ENDING, "reason": "Đơn rút là của hồ sơ khác cùng tên."}
    return services.correct(**place.on(act, "chi"), **said)


def _unasked(place: Place) -> Act:
    """A dossier for which something was asked by mistake, and which is back at the desk."""
    said = {"what": Correctable.SUPPLEMENT, "reason": "Ảnh chụp rõ; xem nhầm hồ sơ khác."}
    return services.correct(**place.on(_supplement_asked(place), "chi"), **said)


def _looking_up(place: Place, minutes: int, *, is_proved: bool = False) -> int:
    """An asking for An's dossiers without their codes; with its code typed, the list is open."""
    named, address = "066090001234", "an@example.vn"
    at = place.town.now() - timedelta(minutes=minutes)
    with transaction.atomic():
        asked = contact_codes.ask(use=CodeUse.LOOKUP, named=named, address=address, is_reached=True, at=at)
    if is_proved:
        services.prove_lookup(asked_id=asked.id, code=asked.code, at=place.town.now())
    return asked.id


def _late(place: Place) -> Act:
    """A dossier whose step is long overdue, and so is the answer of the unit that was asked."""
    unit_id, act = place.town.agency.office_unit_id, place.until("process")
    question = "Đương sự đã đăng ký ở sổ năm nào?"
    return services.consult(**place.on(act, "dung"), unit_id=unit_id, question=question, limit="2wd")


def _bundle(place: Place) -> str:
    """A visit with two dossiers, one of them for somebody without an account."""
    sheet = services.Sheet(key="routes-visit", brought_by="Nguyễn Văn An")
    common = {"actor": place.actor("chi"), "at": place.at, "sheet": sheet}
    for changes in ({}, {"applicant": BINH, "owner_id": ""}):
        services.take_in(filing=place.filing() | changes, accept_at_once=True, receipt_asked=True, **common)
    found = services.bundle_by_key(actor=place.actor("chi"), at=place.at, key=sheet.key)
    assert found is not None
    return found.id


def _draft(place: Place, **changes: Any) -> Act:
    at = place.town.now()
    given: dict[str, Any] = {
        "actor": accounts.actor_of(place.people["an"]),
        "at": at,
        "procedure_version_id": catalogue.version_in_force(PROCEDURE, at.date()),
        "agency_id": place.town.agency.id,
        "applicant": Applicant("Nguyễn Văn An", "066090001234", "0912345678", "an@example.vn", "Ea Kao"),
        "form_data": {},
        "delivery": ResultDelivery("counter"),
    }
    return services.save_draft(**given | changes)


def _draft_with_cases(place: Place) -> Act:
    """Of a procedure that settles several cases; the first is chosen."""
    version = catalogue.version_in_force(WITH_CASES, place.town.now().date())
    variant = catalogue.sheet(version).variants[0]
    return _draft(place, procedure_version_id=version, variant=variant)


def _for_another() -> dict[str, Any]:
    """Not finished: the number is wrong, and nobody has said in what capacity."""
    return {
        "applicant": Applicant("Lê Thị Bình", "", "0905000009", "", "12 Lê Duẩn"),
        "submitter_name": "Nguyễn Văn An",
        "unfinished": {"personal_id": "0661900"},
    }


def _asked_beside(place: Place, act: Act) -> Act:
    """A question that another unit has not answered and a verification to come, beside the open step."""
    unit_id, at = place.town.agency.office_unit_id, place.town.now()
    question = "Hồ sơ lưu trữ có bản gốc của sổ hộ tịch năm 1990 không?"
    act = services.consult(**place.on(act, "dung"), unit_id=unit_id, question=question, limit="2wd")
    return services.plan_verification(
        **place.on(act, "dung"),
        planned_for=at + timedelta(hours=2),
        place="Nhà văn hóa buôn Tơng Jú",
        participants="Công chức tư pháp – hộ tịch, trưởng buôn",
        content="Xác minh nơi cư trú",
    )


def _supplement_asked(place: Place) -> Act:
    act = place.at_desk()
    key = queries.state_of(act.dossier_id).contents.documents[0].key
    return services.request_supplement(
        **place.on(act, "chi"),
        items=[SupplementItem(key, "Chụp lại cho rõ chữ"), SupplementItem(PAPER, "Chụp cả hai mặt")],
        reason="Ảnh mờ, không đọc được số",
        guidance="Chụp lại dưới ánh sáng ban ngày",
    )


def _supplemented(place: Place) -> Act:
    """What was asked for, sent by An on the portal."""
    act = _supplement_asked(place)
    contents = queries.state_of(act.dossier_id).contents
    again = place.on(act, "chi") | {"actor": accounts.actor_of(place.people["an"])}
    file_id = _sent(place, place.people["an"], samples.pdf())
    papers = [DocumentRef(key, copies=1, file_id=file_id) for key in (PAPER, contents.documents[0].key)]
    return services.supplement(**again, documents=papers)


def _supplement_proposed(place: Place) -> Act:
    """Who settles it asks for more; the request waits until the leader agrees."""
    act = place.until("process")
    return services.request_supplement(
        **place.on(act, "dung"),
        items=[SupplementItem(PAPER, "Chụp lại cho rõ số")],
        reason="Không đọc được số định danh",
        guidance="Chụp cả hai mặt, đủ sáng",
    )


def _paused(place: Place) -> Act:
    act = place.until("process")
    return services.pause(**place.on(act, "dung"), reason="Nộp lệ phí theo thông báo số 15/TB")


def _returned(place: Place) -> Act:
    act = services.announce(**place.on(place.issued(), "chi"))
    told = {"how": "counter", "received_by": "Nguyễn Văn An", "proof": "Đã ký sổ trả kết quả"}
    return services.return_result(**place.on(act, "chi"), **told)


def _of_the_agency(place: Place) -> None:
    town, things, at = place.town, place.things, place.town.now()
    wanted = {"actor": place.actor("chi"), "at": at, "box": Box.UNIT, "choice": Choice()}
    cleared, stopped, waiting = (services.ask_for_export(**wanted) for _ in range(3))
    services.write_export(export_id=cleared, at=at - 365 * DAY)
    services.clear_exports(at=at)
    services.stop_export(actor=place.actor("chi"), at=at, export_id=stopped)
    things |= {"export": waiting, "export_stopped": stopped, "export_cleared": cleared}
    services.keep_list(actor=place.actor("chi"), box=Box.UNIT, name="Sáng thứ Hai", choice=Choice())
    agency_services.record_absence(
        actor=place.actor("lam"),
        at=at,
        account_id=int(place.actor("dung").id),
        substitute_id=int(place.actor("oanh").id),
        first_day=at.date() + 3 * DAY,
        last_day=at.date() + 5 * DAY,
        reason="Tập huấn",
    )
    day = agencies.calendar_of(town.agency.id, at.date()).next_opening(at + 20 * DAY)
    wish = agency_services.ClosureWish(
        town.agency.id,
        day.replace(hour=0, minute=0),
        day.replace(hour=0, minute=0) + DAY,
        "Tránh bão",
        "Thông báo 45/TB-UBND",
    )
    seen = agencies.closures_mark(town.agency.id)
    things["closure"] = services.close_agency(actor=place.actor("tri"), at=at, wish=wish, seen=seen).id
    dues = [queries.state_of(things[name]).due_at for name in ("in_work", "with_part", "proposed")]
    near = max(due for due in dues if due).replace(hour=0, minute=0)
    wish = replace(wish, starts_at=near, ends_at=near + DAY)
    seen = agencies.closures_mark(town.agency.id)
    near_one = services.close_agency(actor=place.actor("tri"), at=at, wish=wish, seen=seen)
    touched = queries.touched(town.agency.id, near_one.span, closure_id=near_one.id).items
    promised = Promise.objects.create(
        procedure=Procedure.objects.get(code=PROCEDURE),
        agency_id=town.agency.id,
        limit="1wd",
        decision="Thông báo số 12/TB-UBND ngày 20/11/2026",
        valid_from=at.date() - 5 * DAY,
        published_at=at,
        published_by="Vũ Minh Trí",
    )
    things["promise"] = promised.pk
    things["apologies"] = {str(things["closure"]): things["outcomes"]}
    things |= {"closure_near": near_one.id, "touched": touched[0].dossier_id}
    things |= {
        "first_day": f"{at - 30 * DAY:%d/%m/%Y}",
        "last_day": f"{at:%d/%m/%Y}",
    }


def _of_the_province(place: Place) -> None:
    at, tri = place.town.now(), place.actor("tri")
    services.make_extracts(at=at)
    for minutes, what in ((75, "Không mở được trang nộp hồ sơ"), (70, "Trang trắng sau khi bấm Gửi hồ sơ")):
        incidents.report(
            kind=ReportKind.OUTAGE,
            what=what,
            place=f"{minutes}",
            at=at - timedelta(minutes=minutes),
            contact="0905 000 001",
        )
    place.things["incident"] = incidents.declare(
        actor=tri, at=at, scope=Scope.PROVINCE, what="Mất kết nối", began_at=at - timedelta(hours=1)
    ).window.id
    text = "Theo quy định tại […], thủ tục này do cơ quan khác giải quyết."
    place.things["reason"] = services.add_reason(
        actor=tri, at=at, agency_id=None, verb=Verb.DECLINE, title="Không thuộc thẩm quyền", text=text
    )
    words = Words(header="UBND tỉnh Đắk Lắk", hotline="0262 3 811 022")
    notify.write_words(actor=tri, at=at, words=words, why="Công văn 12/VP-KSTT", seen=0)
    place.things["notice"] = notify.give_notice(
        actor=tri,
        at=at,
        kind=NoticeKind.STOP,
        title="Tạm ngừng tối thứ Bảy",
        body="Từ 20:00 đến 22:00 để nâng cấp.",
        shown_from=at,
        shown_to=at + 5 * DAY,
        title_english="No service on Saturday evening",
        body_english="From 20:00 to 22:00 for maintenance.",
    )


def _acting_for_others(place: Place) -> None:
    """An's company in which Bình files, and a cooperative to which An is invited; mandates both ways."""
    an, binh, at, things = place.people["an"], place.people["binh"], place.town.now(), place.things
    company = acting.organisation(an, at, email="cong-ty@example.vn")
    things |= {"company": company, "filer": acting.join(company, an, binh, at)}
    invite = account_services.invite_member
    other = {"number": "066090000003", "name": "Lê Văn Cường", "role": MemberRole.VIEWER}
    invite(actor=accounts.actor_of(an), organisation_id=company, at=at, **other)
    group = acting.organisation(binh, at, name="Hợp tác xã Ea Kao", number="6001234568")
    role = {"number": an.personal_id, "name": an.full_name, "role": MemberRole.FILER}
    invite(actor=accounts.actor_of(binh), organisation_id=group, at=at, **role)
    things["invited"] = next(each.own.id for each in organisations_of(an.pk) if each.own.account_id is None)
    things["mandate"] = acting.mandate(an, binh, at, paper=_sent(place, an, samples.pdf()))
    paper = _sent(place, binh, samples.pdf())
    things["offered"] = acting.mandate(binh, an, at, paper=paper, procedures=(PROCEDURE,), accepted=False)


def _sent(place: Place, account: Account, content: bytes, name: str = "giay.pdf") -> str:
    """The id of a file that this person has sent."""
    upload, actor = SimpleUploadedFile(name, content), accounts.actor_of(account)
    return documents.store(upload=upload, name=name, actor=actor, at=place.town.now()).id


def _pages_of_papers(place: Place) -> None:
    """Pages that lie ready to be joined: for a paper of the draft, for one that was asked for."""
    things, an = place.things, accounts.actor_of(place.people["an"])
    awaited = queries.state_of(things["asked"]).supplement_awaited()
    assert awaited is not None
    asked = f"supplement:{things['asked']}:{awaited.requested_at.isoformat()}"
    things["own_paper"] = PAPER
    files = [(_sent(place, place.people["an"], samples.pdf(pages=2)), 2)]
    files.append((_sent(place, place.people["an"], samples.picture("JPEG", (300, 400)), "trang-cuoi.jpg"), 1))
    for purpose in (purpose_of_draft(things["draft"], PAPER), f"{asked}:{PAPER}"):
        for file_id, pages in files:
            lay = partial(_with, file_id, pages)
            documents.arrange(actor=an, purpose=purpose, change=lay, at=place.town.now())


def _with(file_id: str, count: int, pages: Pages) -> Pages:
    return pages.added(file_id, count)
