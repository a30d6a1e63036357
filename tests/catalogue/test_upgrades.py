"""Requests about the system: agencies ask, the body that the text names records what becomes of them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.catalogue.province import Province
from tests.dossiers.world import moment

from motcua.audit import queries as audit
from motcua.catalogue import queries, services
from motcua.catalogue.enums import UpgradeKind, UpgradeState, UpgradeStep
from motcua.catalogue.errors import (
    BadUpgrade,
    UpgradeKnown,
    UpgradeMoved,
    UpgradeNotApproved,
    UpgradeNotAtThisStage,
    UpgradesNotGoverned,
)
from motcua.catalogue.models import UpgradeAct, UpgradeRequest
from motcua.catalogue.rules import upgrades as rules
from motcua.catalogue.rules.upgrades import UpgradePaper, UpgradeWish
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.law import queries as law

pytestmark = pytest.mark.django_db
ProvinceOf = Callable[[str], Province]
DAY = date(2024, 10, 7)  # a Monday on which QN20 is in force
WISH = UpgradeWish(
    title="Nhắn tin khi hồ sơ sắp đến hạn",
    content="Người nộp nhận tin nhắn một ngày trước ngày hẹn.",
    reason="Nhiều người không mở thư điện tử.",
)
PAPERS = {
    UpgradeStep.PROPOSE: UpgradePaper(DAY, number="12/TTr-STTTT", note="Đề nghị chấp thuận"),
    UpgradeStep.APPROVE: UpgradePaper(DAY, number="77/QĐ-UBND", signer="Chủ tịch"),
    UpgradeStep.REFUSE: UpgradePaper(DAY, number="78/UBND", signer="Chủ tịch", note="Chưa có kinh phí"),
    UpgradeStep.DEPLOY: UpgradePaper(DAY),
    UpgradeStep.REVIEW: UpgradePaper(DAY, note="Đơn vị cung cấp thấy làm được"),
    UpgradeStep.ANSWER: UpgradePaper(DAY, note="Đã hướng dẫn qua điện thoại"),
}
P, A, R, D = UpgradeStep.PROPOSE, UpgradeStep.APPROVE, UpgradeStep.REFUSE, UpgradeStep.DEPLOY
V, N = UpgradeStep.REVIEW, UpgradeStep.ANSWER
UPGRADE, COMMENT, SUPPORT = UpgradeKind
# Where each regulation is in force, and the Mondays on which.
IN_FORCE = {
    "KT18": ("kon-tum", date(2019, 10, 7)),
    "QN20": ("quang-ngai", DAY),
    "KT22": ("kon-tum", DAY),
    "DL24": ("dak-lak", DAY),
    "PT24": ("phu-tho", date(2024, 11, 4)),
}


class Register:
    """The register of a province, of Quảng Ngãi if none is named: Lead asks, Dttt records."""

    def __init__(self, place: Province, day: date = DAY) -> None:
        self.place = place
        self.day = day

    def at(self, day: date | None = None) -> datetime:
        return moment(f"{day or self.day} 09:00")

    def request(self, who: str = "lead", agency: str = "", day: date | None = None, **changes: Any) -> int:
        day = day or self.day
        return services.request_upgrade(
            actor=self.place.people[who],
            at=self.at(day),
            agency_id=self.place.agencies[agency or "lead"].pk,
            wish=replace(WISH, **changes),
            paper=UpgradePaper(day),
        )

    def record(self, number: int, step: UpgradeStep, who: str = "dttt", /, **changes: Any) -> None:
        day = changes.pop("day", self.day)
        version = changes.pop("version", UpgradeRequest.objects.get(id=number).version)
        paper = replace(PAPERS.get(step, UpgradePaper(day)), **{"on": day} | changes)
        services.record_upgrade(
            actor=self.place.people[who],
            at=self.at(day),
            upgrade_id=number,
            version=version,
            step=step,
            paper=paper,
        )

    def withdraw(self, number: int, who: str = "lead", version: int = 1) -> None:
        services.withdraw_upgrade(
            actor=self.place.people[who], at=self.at(), upgrade_id=number, version=version
        )

    def until(self, *steps: UpgradeStep, **changes: Any) -> int:
        number = self.request(**changes)
        for step in steps:
            self.record(number, step)
        return number

    def card(self, number: int) -> queries.UpgradeCard:
        card = queries.upgrade(self.place.name, number)
        assert card is not None
        return card

    def refused(self, number: int, *steps: UpgradeStep, who: str = "dttt") -> list[UpgradeStep]:
        """Which of the steps cannot be recorded now."""
        found = []
        for step in steps:
            try:
                with transaction.atomic():
                    self.record(number, step, who)
                    transaction.set_rollback(True)
            except (UpgradeNotAtThisStage, UpgradeNotApproved):
                found.append(step)
        return found


@pytest.fixture
def register(province_of: ProvinceOf) -> Register:
    return Register(province_of("quang-ngai"))


@pytest.fixture
def register_of(province_of: ProvinceOf) -> Callable[[str], Register]:
    """The register under a regulation."""

    def of(regulation: str) -> Register:
        province, day = IN_FORCE[regulation]
        return Register(province_of(province), day)

    return of


@pytest.mark.parametrize(
    "regulation", [pytest.param("PT24", marks=pytest.mark.clause("PT24-21.3", "PT24-21.5"))]
)
def test_a_comment_is_reviewed_with_the_provider_before_it_is_proposed(
    register_of: Callable[[str], Register], regulation: str
) -> None:
    register = register_of(regulation)
    number = register.request(kind=COMMENT)
    assert register.refused(number, P, A, R, D, V, N) == [P, A, R, D]
    with pytest.raises(BadUpgrade) as bad:
        register.record(number, V, note=" ")
    assert (set(bad.value.fields), bad.value.clauses) == ({"note"}, ("PT24-21.3", "PT24-21.5"))
    register.record(number, V)
    assert register.refused(number, V, A, R, D, P, N) == [V, A, R, D]
    register.record(number, P)
    assert register.refused(number, N, A, R, D) == [N, A, R]  # no committee approves under this regulation
    register.record(number, D)
    card = register.card(number)
    assert (card.kind, card.state) == (COMMENT, UpgradeState.DEPLOYED)
    assert [each.what for each in card.steps] == ["request", "review", "propose", "deploy"]
    assert card.steps[1].note == "Đơn vị cung cấp thấy làm được"
    with pytest.raises(Forbidden):
        register.record(register.request(kind=COMMENT, title="Khác"), V, "office")


@pytest.mark.parametrize(
    ("regulation", "after"),
    [
        pytest.param("QN20", [A, R], marks=pytest.mark.clause("QN20-23.4")),
        pytest.param("KT18", [D], marks=pytest.mark.any_regulation("what it says of users is not built")),
    ],
)
def test_a_problem_is_collected_by_the_department_and_answered_or_proposed(
    register_of: Callable[[str], Register], regulation: str, after: list[UpgradeStep]
) -> None:
    register = register_of(regulation)
    answered = register.until(N, kind=COMMENT)
    assert register.card(answered).state is UpgradeState.ANSWERED
    assert register.refused(answered, P, A, R, D, V, N) == [P, A, R, D, V, N]
    number = register.until(P, kind=COMMENT)
    assert register.refused(number, V, N, A, R, D) == [each for each in (V, N, A, R, D) if each not in after]
    listed = queries.upgrades(register.place.name, states=rules.OPEN)
    assert [(card.id, card.kind) for card in listed] == [(number, COMMENT)]


@pytest.mark.parametrize(
    ("regulation", "records"),
    [
        pytest.param("QN20", "dttt", marks=pytest.mark.clause("QN20-28.1#2")),
        pytest.param("DL24", "office", marks=pytest.mark.clause("DL24-18.4#2")),
        ("PT24", "dttt"),
    ],
)
def test_support_of_the_provider_is_asked_for_and_its_answer_recorded_by_who_runs_the_system(
    register_of: Callable[[str], Register], regulation: str, records: str
) -> None:
    register = register_of(regulation)
    number = register.request(kind=SUPPORT)
    for who in {"lead", "justice", "office", "dttt"} - {records}:
        with pytest.raises(Forbidden):
            register.record(number, N, who)
    assert register.refused(number, V, P, A, R, D, who=records) == [V, P, A, R, D]
    register.record(number, N, records)
    assert register.card(number).steps[-1].note == "Đã hướng dẫn qua điện thoại"


@pytest.mark.parametrize(
    ("regulation", "kinds"),
    [
        ("KT18", {COMMENT: "dttt"}),
        ("QN20", {UPGRADE: "dttt", COMMENT: "dttt", SUPPORT: "dttt"}),
        ("KT22", {}),
        ("DL24", {SUPPORT: "office"}),
        ("PT24", {COMMENT: "dttt", SUPPORT: "dttt"}),
    ],
)
def test_only_what_the_regulation_speaks_of_can_be_asked(
    register_of: Callable[[str], Register], regulation: str, kinds: dict[UpgradeKind, str]
) -> None:
    assert rules.recorders(law.regulation(regulation)) == kinds
    register = register_of(regulation)
    for kind in UpgradeKind:
        if kind in kinds:
            assert register.card(register.request(kind=kind, title=kind)).kind is kind
        else:
            with pytest.raises(UpgradesNotGoverned):
                register.request(kind=kind, title=kind)
    assert UpgradeRequest.objects.count() == len(kinds)


@pytest.mark.clause("QN20-17.2")
def test_requested_proposed_approved_and_deployed_with_its_history(register: Register) -> None:
    number = register.request()
    for days, step in enumerate((P, A, D), start=1):
        register.record(number, step, day=DAY + timedelta(days=days))
    card = register.card(number)
    assert (card.state, card.agency, card.title) == (UpgradeState.DEPLOYED, "Cơ quan lead", WISH.title)
    assert [(each.what, each.on.day, each.number, each.signer, each.by) for each in card.steps] == [
        ("request", 7, "", "", "Lead"),
        ("propose", 8, "12/TTr-STTTT", "", "Dttt"),
        ("approve", 9, "77/QĐ-UBND", "Chủ tịch", "Dttt"),
        ("deploy", 10, "", "", "Dttt"),
    ]
    assert (card.proposed, card.decided, card.deployed) == card.steps[1:]
    assert [act.act for act in audit.acts()] == [
        "upgrade_deploy",
        "upgrade_approve",
        "upgrade_propose",
        "upgrade_request",
    ]


@pytest.mark.clause("QN20-17.2")
@pytest.mark.parametrize("steps", [(), (P,), (P, R)])
def test_nothing_is_deployed_without_the_approval_of_the_committee(
    register: Register, steps: tuple[UpgradeStep, ...]
) -> None:
    number = register.until(*steps)
    before = register.card(number)
    with pytest.raises(UpgradeNotApproved) as refused:
        register.record(number, D)
    assert refused.value.clauses == ("QN20-17.2",)
    assert register.card(number) == before


@pytest.mark.clause("QN20-17.2")
def test_the_committee_decides_only_on_what_the_department_has_proposed(register: Register) -> None:
    number = register.request()
    for step in (A, R):
        with pytest.raises(UpgradeNotAtThisStage):
            register.record(number, step)
    register.record(number, P)
    register.record(number, R)
    assert register.card(number).state is UpgradeState.REFUSED


@pytest.mark.clause("QN20-17.2")
def test_agencies_ask_for_themselves_and_only_the_department_records(register: Register) -> None:
    for who in ("officer", "justice", "admin"):
        with pytest.raises(Forbidden):
            register.request(who)
    number = register.request()
    for who in ("lead", "office", "justice", "officer"):
        with pytest.raises(Forbidden):
            register.record(number, P, who)
    register.record(number, P, "admin")  # the province's administrator stands in for the department
    for who in ("lead", "office"):
        with pytest.raises(Forbidden):
            register.record(number, A, who)
    assert [each.what for each in register.card(number).steps] == ["request", "propose"]
    assert register.card(register.request("dttt", "dttt")).agency == "Cơ quan dttt"


@pytest.mark.parametrize(
    ("step", "changes", "wrong"),
    [
        (P, {"number": " ", "note": ""}, {"number", "note"}),
        (P, {"day": DAY - timedelta(days=1)}, {"on"}),
        (A, {"signer": "", "number": "x" * 61}, {"number", "signer"}),
        (R, {"note": " \n"}, {"note"}),
        (A, {"signer": "\u200b\u2060", "number": "\u3164"}, {"number", "signer"}),
        (R, {"note": "\u200b\u2060"}, {"note"}),
        (D, {"on": DAY + timedelta(days=1)}, {"on"}),
        (D, {"note": "x" * 2001}, {"note"}),
    ],
)
def test_a_step_says_its_day_paper_and_reason_in_their_order(
    register: Register, step: UpgradeStep, changes: dict[str, Any], wrong: set[str]
) -> None:
    number = register.until(*{P: (), A: (P,), R: (P,), D: (P, A)}[step])
    before = register.card(number)
    with pytest.raises(BadUpgrade) as refused:
        register.record(number, step, **changes)
    assert (set(refused.value.fields), refused.value.clauses) == (wrong, ("QN20-17.2",))
    assert register.card(number) == before


@pytest.mark.parametrize("field", ["title", "content", "reason"])
def test_a_request_says_what_is_wanted_and_why(register: Register, field: str) -> None:
    for text in (" \n ", "x" * 2001):
        with pytest.raises(BadUpgrade) as refused:
            register.request(**{field: text})
        assert set(refused.value.fields) == {field}
    assert UpgradeRequest.objects.count() == 0


def test_withdrawn_by_its_agency_only_before_it_is_proposed(register: Register) -> None:
    number = register.request()
    for who in ("dttt", "admin", "officer"):
        with pytest.raises(Forbidden):
            register.withdraw(number, who)
    with pytest.raises(UpgradeMoved):
        register.withdraw(number, version=2)
    with pytest.raises(NotFound):
        register.withdraw(number + 1)
    register.withdraw(number)
    assert register.card(number).state is UpgradeState.WITHDRAWN
    with pytest.raises(UpgradeNotAtThisStage):
        register.record(number, P)
    again = register.until(P)
    with pytest.raises(UpgradeNotAtThisStage):
        register.withdraw(again, version=2)


def test_a_step_recorded_by_hand_that_is_no_step_of_the_department_is_refused(register: Register) -> None:
    number = register.request()
    for step in (UpgradeStep.REQUEST, UpgradeStep.WITHDRAW):
        with pytest.raises(UpgradeNotAtThisStage):
            register.record(number, step)


def test_one_open_request_of_a_title_at_an_agency(register: Register) -> None:
    number = register.request()
    with pytest.raises(UpgradeKnown):
        register.request(title=f" {WISH.title}  ")
    register.record(number, P)
    with pytest.raises(UpgradeKnown):
        register.request()
    register.record(number, R)
    assert register.request() != number


def test_what_was_asked_and_what_happened_never_change(register: Register) -> None:
    number = register.until(P)
    changes: tuple[Callable[[], object], ...] = (
        lambda: UpgradeRequest.objects.update(content="khác"),
        lambda: UpgradeRequest.objects.update(kind=COMMENT),
        lambda: UpgradeRequest.objects.update(agency=register.place.agencies["office"]),
        lambda: UpgradeAct.objects.update(number="13"),
        lambda: UpgradeAct.objects.all()._raw_delete("default"),
        lambda: UpgradeAct.objects.create(upgrade_id=number, what="approve", on=DAY, at=register.at()),
    )
    before = register.card(number)
    for change in changes:
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert register.card(number) == before


@pytest.mark.parametrize(
    ("province", "day"),
    [
        ("kon-tum", "2019-10-07"),
        ("kon-tum", "2024-10-07"),
        ("dak-lak", "2024-10-07"),
        ("phu-tho", "2024-11-04"),
    ],
)
def test_where_the_regulation_asks_for_no_approval_there_is_no_register(
    province_of: ProvinceOf, province: str, day: str
) -> None:
    register, on = Register(province_of(province)), date.fromisoformat(day)
    with pytest.raises(UpgradesNotGoverned):
        register.request(day=on)
    row = UpgradeRequest.objects.create(
        province=province,
        agency=register.place.agencies["lead"],
        title="a",
        content="b",
        reason="c",
        regulation="QN20",
        state="requested",
    )
    with pytest.raises(UpgradesNotGoverned):
        register.record(row.pk, P, day=on)
    with pytest.raises(UpgradesNotGoverned):
        services.withdraw_upgrade(
            actor=register.place.people["lead"], at=register.at(on), upgrade_id=row.pk, version=1
        )
    assert UpgradeAct.objects.count() == 0


@pytest.mark.clause("QN20-17.2")
def test_the_register_lists_the_newest_first_by_state_and_agency(register: Register) -> None:
    refused, waiting = register.until(P, R), register.request(title="Khác")
    own = register.request("justice", "justice")
    listed = [card.id for card in queries.upgrades("quang-ngai")]
    assert listed == [own, waiting, refused]
    assert [card.id for card in queries.upgrades("quang-ngai", states=rules.OPEN)] == [own, waiting]
    lead = {register.place.agencies["lead"].pk}
    assert [card.id for card in queries.upgrades("quang-ngai", agency_ids=lead, before=waiting)] == [refused]
    assert queries.upgrades("dak-lak") == ()
    assert queries.upgrade("dak-lak", own) is None


@pytest.mark.django_db(transaction=True)
def test_of_two_who_record_a_decision_at_once_one_is_told(register: Register) -> None:
    number, barrier = register.until(P), threading.Barrier(2)

    def decides(step: UpgradeStep) -> str:
        barrier.wait(10)
        try:
            register.record(number, step, version=2)
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return step

    with ThreadPoolExecutor(2) as pool:
        became = list(pool.map(decides, (A, R)))
    assert became.count("catalogue.upgrade_moved") == 1
    card = register.card(number)
    assert card.decided is not None
    assert card.decided.what in became
    assert len(card.steps) == 3


@pytest.mark.django_db(transaction=True)
def test_the_same_request_sent_twice_at_once_stands_once(register: Register) -> None:
    barrier = threading.Barrier(2)

    def asks(_: int) -> str:
        barrier.wait(10)
        try:
            register.request()
        except Refusal as refusal:
            return refusal.code
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(asks, range(2))) == ["", "catalogue.upgrade_known"]
    assert UpgradeRequest.objects.count() == 1


@given(steps=st.lists(st.sampled_from(UpgradeStep), max_size=8))
@pytest.mark.parametrize("kind", UpgradeKind)
@pytest.mark.parametrize("name", ["KT18", "QN20", "DL24", "PT24"])
def test_whatever_is_tried_nothing_is_deployed_that_was_not_proposed_and_approved_where_it_must(
    name: str, kind: UpgradeKind, steps: list[UpgradeStep]
) -> None:
    regulation, state, done = law.regulation(name), UpgradeState.REQUESTED, []
    for step in steps:
        if step in rules.next_steps(regulation, kind, state):
            assert not rules.is_beyond_approval(regulation, state, step)
            state = rules.AFTER[step]
            done.append(step)
    before = {"QN20": [P, A], "PT24": [V, P] if kind is COMMENT else [P]}.get(name, [P])
    assert (state is UpgradeState.DEPLOYED) is (done == [*before, D])
    assert kind is not SUPPORT or done in ([], [N])


@pytest.mark.clause("QN20-17.2")
def test_only_one_regulation_asks_for_approval_through_the_department() -> None:
    asking = [name for name in IN_FORCE if rules.needs_approval(law.regulation(name))]
    assert asking == ["QN20"]
