"""From the yearly review to the decision: what goes online, who says so, and that nothing else does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from tests.catalogue.province import CODE, ROW, Province
from tests.dossiers.world import moment

from motcua.agencies import queries as agencies
from motcua.agencies.models import Unit
from motcua.audit import queries as audit
from motcua.catalogue import queries, services
from motcua.catalogue.enums import Change, OnlineLevel, ProposalState, ServiceKind
from motcua.catalogue.errors import (
    AssessorMayNotPropose,
    BadAssessment,
    BadDecision,
    BadProposal,
    BadRoadmap,
    DecisionKnown,
    LevelTooEarly,
    NotAnnounced,
    NotAtThisStage,
    NotOfThisAgency,
    NoWayOfReturn,
    ProcedureEnded,
    ProposalMoved,
    ProposalOpen,
    RoadmapSent,
)
from motcua.catalogue.models import Competence, OnlineDecision, Procedure, Proposal, ProposalAct
from motcua.catalogue.rules import online as rules
from motcua.catalogue.rules.announcing import Named
from motcua.catalogue.rules.online import Wish
from motcua.catalogue.services import OnlineDecisionEntry
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden
from motcua.law import queries as law

pytestmark = pytest.mark.django_db
ProvinceOf = Callable[[str], Province]
SOLUTION = dict.fromkeys(("business", "identification", "assurance", "sources"), "Đã xác định")
# A working day on which each regulation is in force.
DAYS = {
    "KT18": ("kon-tum", "2019-10-07"),
    "KT22": ("kon-tum", "2024-10-07"),
    "QN20": ("quang-ngai", "2024-10-07"),
    "DL24": ("dak-lak", "2024-10-07"),
    "PT24": ("phu-tho", "2024-11-04"),
}


class Office:
    """A province under one regulation, with a procedure that Sở Khác settles partly online."""

    def __init__(self, place: Province, regulation: str, *, is_announced: bool = True) -> None:
        self.place, self.regulation = place, regulation
        self.name, self.day = DAYS[regulation]
        row = ROW | ({"publication_decision": "9/QĐ-UBND"} if is_announced else {})
        past = date.fromisoformat(self.day) - timedelta(days=300)
        services.import_procedures(
            rows=[row],
            actor=SYSTEM,
            at=moment(f"{self.day} 07:00"),
            valid_from=past,
            is_bundled=not is_announced,  # as what came with the system, before anything was recorded here
        )
        lead = place.agencies["lead"]
        Competence.objects.create(
            procedure=Procedure.objects.get(code=CODE),
            agency=lead,
            settling_unit=Unit.objects.get(agency=lead),
        )
        self.assessor = law.regulation(regulation).choice("catalogue.assessed_by") or ""

    @property
    def wish(self) -> Wish:
        known = law.regulation(self.regulation).words("catalogue.criteria")
        return Wish(
            level=OnlineLevel.FULL,
            service_kind=ServiceKind.ADMINISTRATIVE,
            starts_on=date.fromisoformat(self.day) + timedelta(days=90),
            criteria=known[:1],
            reason="Nhiều hồ sơ mỗi năm",
            opinions="Các xã đồng ý",
            year=date.fromisoformat(self.day).year + 1,
            ministry="Bộ Tư pháp",
            ministry_number="1420/QĐ-BTP",
            ministry_signed_on=date.fromisoformat(self.day) - timedelta(days=9),
        )

    def at(self, hour: str = "09:00") -> dict[str, datetime]:
        return {"at": moment(f"{self.day} {hour}")}

    def propose(self, who: str = "lead", agency: str = "", **changes: object) -> int:
        return services.propose(
            actor=self.place.people[who],
            code=CODE,
            agency_id=self.place.agencies[agency or who].pk,
            wish=replace(self.wish, **changes),  # type: ignore[arg-type]
            **self.at(),
        )

    def assess(self, number: int, what: str, who: str = "", **changes: object) -> None:
        given = {"text": "Đủ điều kiện", "solution": SOLUTION} | changes
        services.assess(
            actor=self.place.people[who or self.assessor],
            proposal_id=number,
            version=Proposal.objects.get(id=number).version,
            what=what,
            **self.at("10:00"),
            **given,  # type: ignore[arg-type]
        )

    def decide(self, *approved: int, who: str = "", rejected: tuple[int, ...] = (), **changes: object) -> int:
        day = date.fromisoformat(self.day)
        entry = OnlineDecisionEntry(
            "77/QĐ-UBND", "Chủ tịch Ủy ban nhân dân tỉnh", day, day + timedelta(days=10), approved, rejected
        )
        return services.record_online_decision(
            actor=self.place.people[who or self.assessor],
            entry=replace(entry, **changes),  # type: ignore[arg-type]
            **self.at("11:00"),
        )

    def level_on(self, days: int) -> OnlineLevel:
        return queries.by_code(CODE, date.fromisoformat(self.day) + timedelta(days=days)).online_level

    def state(self, number: int) -> str:
        return Proposal.objects.get(id=number).state


@pytest.fixture
def office_of(province_of: ProvinceOf) -> Callable[..., Office]:
    def make(regulation: str, **more: bool) -> Office:
        return Office(province_of(DAYS[regulation][0]), regulation, **more)

    return make


OfficeOf = Callable[..., Office]


@pytest.mark.clause("KT22-18.2", "KT22-23.1#1", "QN20-15.2", "DL24-11.1#2", "PT24-18.1.0", "PT24-23.1#1")
@pytest.mark.parametrize("name", DAYS)
def test_proposed_assessed_and_decided_the_level_changes_on_the_day_in_force(
    office_of: OfficeOf, name: str
) -> None:
    office = office_of(name)
    number = office.propose()
    office.assess(number, "support")
    assert office.level_on(11) is OnlineLevel.PARTIAL
    office.decide(number)
    assert [office.level_on(days) for days in (0, 9, 10, 40)] == [
        OnlineLevel.PARTIAL,
        OnlineLevel.PARTIAL,
        OnlineLevel.FULL,
        OnlineLevel.FULL,
    ]
    ((decision, listed),) = queries.online_decisions(office.name)
    assert (decision.number, [(each.code, each.level) for each in listed]) == (
        "77/QĐ-UBND",
        [(CODE, OnlineLevel.FULL)],
    )


@pytest.mark.clause("PT24-18.1.0")
@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("ministry", {"ministry": " "}),
        ("ministry_number", {"ministry_number": ""}),
        ("ministry_signed_on", {"ministry_signed_on": None}),
        ("ministry_signed_on", {"ministry_signed_on": date(2024, 11, 5)}),
    ],
)
@pytest.mark.parametrize("name", ["PT24"])
def test_proposal_rests_on_a_decision_by_which_a_ministry_announced(
    office_of: OfficeOf, name: str, field: str, changes: dict[str, object]
) -> None:
    office = office_of(name)
    with pytest.raises(BadProposal) as refused:
        office.propose(**changes)
    assert (set(refused.value.fields), refused.value.clauses) == ({field}, ("PT24-18.1.0",))
    assert not Proposal.objects.exists()
    card = queries.proposal(office.name, office.propose())
    assert card is not None
    assert (card.ministry, card.ministry_number, card.ministry_signed_on) == (
        "Bộ Tư pháp",
        "1420/QĐ-BTP",
        date(2024, 10, 26),
    )


@pytest.mark.parametrize("name", ["KT22", "QN20", "DL24", "KT18"])
def test_where_the_text_does_not_ask_for_it_no_decision_of_a_ministry_is_named(
    office_of: OfficeOf, name: str
) -> None:
    office = office_of(name)
    assert office.propose(ministry="", ministry_number="", ministry_signed_on=None)


@pytest.mark.clause("KT18-13.2", "KT18-9.2#1")
def test_an_agency_brings_its_service_to_the_portal_with_the_department_that_assesses(
    office_of: OfficeOf,
) -> None:
    office = office_of("KT18")
    number = office.propose()
    assert office.assessor == "dttt"
    with pytest.raises(Forbidden):
        office.assess(number, "support", who="office")
    office.assess(number, "support")
    assert [
        act.actor_name for act in ProposalAct.objects.filter(proposal_id=number, note="Đủ điều kiện")
    ] == ["Dttt"]
    office.decide(number)
    day = date.fromisoformat(office.day) + timedelta(days=10)
    ((_, listed),) = queries.online_decisions(office.name)
    assert [each.code for each in listed] == [CODE]
    assert queries.by_code(CODE, day).online_level is OnlineLevel.FULL
    assert queries.settling_agencies(office.name, day) == {office.place.agencies["lead"].pk: 1}


@pytest.mark.clause("KT22-18.2", "QN20-15.2", "DL24-11.1#2", "PT24-18.1.0")
def test_an_import_never_changes_the_level_of_a_procedure_that_is_here(
    office_of: OfficeOf, regulation: str
) -> None:
    office = office_of(regulation)
    changed = ROW | {
        "name_vi": "Cấp giấy thử, tên mới",
        "online_level": "full",
        "publication_decision": "12/QĐ-UBND",
    }
    report = services.import_procedures(rows=[changed], actor=SYSTEM, at=moment(f"{office.day} 12:00"))
    assert (report.updated, len(report.warnings)) == (1, 1)
    assert queries.by_code(CODE).title == "Cấp giấy thử, tên mới"
    assert office.level_on(0) is OnlineLevel.PARTIAL


def test_what_was_not_approved_changes_nothing_and_may_be_proposed_again(office_of: OfficeOf) -> None:
    office = office_of("KT22")
    number = office.propose()
    office.assess(number, "oppose")
    office.decide(rejected=(number,))
    assert (office.state(number), office.level_on(30)) == ("rejected", OnlineLevel.PARTIAL)
    assert office.propose() != number


@pytest.mark.clause("KT22-17.1", "QN20-15.1")
@pytest.mark.parametrize("name", ["KT22", "QN20"])
def test_at_least_one_criterion_must_be_met(office_of: OfficeOf, name: str) -> None:
    office = office_of(name)
    for criteria in ((), ("một tiêu chí tự nghĩ ra",)):
        with pytest.raises(BadProposal) as refused:
            office.propose(criteria=criteria)
        assert set(refused.value.fields) == {"criteria"}
        assert refused.value.clauses == (("KT22-17.1",) if name == "KT22" else ("QN20-15.1",))
    office.propose()


@pytest.mark.clause("KT22-18.1", "QN20-15.1")
@pytest.mark.parametrize(
    ("name", "lacking"),
    [("KT22", {"starts_on", "opinions"}), ("QN20", {"starts_on"}), ("DL24", set()), ("PT24", set())],
)
def test_a_proposal_states_what_its_regulation_wants_stated(
    office_of: OfficeOf, name: str, lacking: set[str]
) -> None:
    office = office_of(name)
    found: set[str] = set()
    try:
        office.propose(starts_on=None, opinions="")
    except BadProposal as refusal:
        found = set(refusal.fields)
    assert found == lacking


@pytest.mark.clause("KT18-5.2#1", "KT22-17.2")
@pytest.mark.parametrize(("name", "clause"), [("KT18", "KT18-5.2#1"), ("KT22", "KT22-17.2")])
def test_only_what_was_announced_goes_online(office_of: OfficeOf, name: str, clause: str) -> None:
    office = office_of(name, is_announced=False)
    with pytest.raises(NotAnnounced) as refused:
        office.propose()
    assert refused.value.clauses == (clause,)
    day = date.fromisoformat(office.day)
    office.place.announce(
        at=f"{office.day} 08:00",
        signed_on=day,
        effective_on=day,
        procedures=(Named(CODE, "Cấp giấy thử", Change.NEW),),
    )
    office.propose()


@pytest.mark.clause("KT22-18.3", "QN20-15.2")
@pytest.mark.parametrize(("name", "may"), [("KT22", True), ("QN20", True), ("PT24", False)])
def test_the_office_proposes_by_itself_only_where_the_regulation_lets_it(
    office_of: OfficeOf, name: str, may: bool
) -> None:
    office = office_of(name)
    if may:
        assert office.state(office.propose("office")) == "submitted"
        return
    with pytest.raises(AssessorMayNotPropose) as refused:
        office.propose("office")
    assert refused.value.clauses == ("PT24-18.1.0",)


def test_an_agency_proposes_for_itself_only(office_of: OfficeOf) -> None:
    office = office_of("KT22")
    for who in ("officer", "justice"):
        with pytest.raises(Forbidden):
            office.propose(who, agency="lead")
    office.place.agencies["justice"].level = "commune"
    office.place.agencies["justice"].save()
    agencies.forget()
    with pytest.raises(NotOfThisAgency):
        office.propose("justice")


@pytest.mark.clause("KT22-18.2", "DL24-11.1#2")
@pytest.mark.parametrize("name", DAYS)
def test_only_the_body_named_assesses_and_records_the_decision(office_of: OfficeOf, name: str) -> None:
    office = office_of(name)
    number = office.propose()
    others = {"office", "dttt", "justice", "lead", "officer"} - {office.assessor}
    for who in others:
        with pytest.raises(Forbidden):
            office.assess(number, "support", who)
    for what in ("support", "return", "oppose"):
        with pytest.raises(BadAssessment) as refused:
            office.assess(number, what, text=" \n ")
        assert set(refused.value.fields) == {"text"}
    assert office.state(number) == "submitted"
    office.assess(number, "support")
    for who in others:
        with pytest.raises(Forbidden):
            office.decide(number, who=who)
    assert (office.state(number), OnlineDecision.objects.count()) == ("supported", 0)


@pytest.mark.clause("KT22-19.2.a")
def test_kon_tum_supports_only_what_its_solutions_are_settled_for(office_of: OfficeOf) -> None:
    office = office_of("KT22")
    number = office.propose()
    with pytest.raises(BadAssessment) as refused:
        office.assess(number, "support", solution=SOLUTION | {"assurance": " "})
    assert (set(refused.value.fields), refused.value.clauses) == ({"assurance"}, ("KT22-19.2.a",))
    office.assess(number, "support")
    card = queries.proposal(office.name, number)
    assert card is not None
    assert card.solution == SOLUTION


@pytest.mark.clause("QN20-15.2")
def test_returned_completed_and_assessed_again_with_its_history(office_of: OfficeOf) -> None:
    office = office_of("QN20")
    number = office.propose()
    office.assess(number, "return", text="Ghi rõ số hồ sơ")
    with pytest.raises(NotAtThisStage):
        office.assess(number, "support")
    services.change_proposal(
        actor=office.place.people["lead"],
        proposal_id=number,
        version=Proposal.objects.get(id=number).version,
        wish=replace(office.wish, reason="1200 hồ sơ mỗi năm"),
        **office.at("10:30"),
    )
    office.assess(number, "support")
    assert [(act.what, act.by) for act in queries.acts_of_proposal(number)] == [
        ("propose", "Lead"),
        ("return", "Office"),
        ("change", "Lead"),
        ("support", "Office"),
    ]
    acts = [act.act for act in audit.acts()]
    assert acts == ["proposal_support", "proposal_change", "proposal_return", "proposal_propose"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ProposalAct.objects.update(note="khác")


def test_withdrawn_by_its_agency_only_before_it_is_assessed(office_of: OfficeOf) -> None:
    office = office_of("DL24")
    number = office.propose()
    withdraw = {"proposal_id": number, "note": "", **office.at("10:00")}
    with pytest.raises(Forbidden):
        services.withdraw_proposal(actor=office.place.people["dttt"], version=1, **withdraw)
    with pytest.raises(ProposalMoved):
        services.withdraw_proposal(actor=office.place.people["lead"], version=7, **withdraw)
    services.withdraw_proposal(actor=office.place.people["lead"], version=1, **withdraw)
    assert office.state(number) == "withdrawn"
    with pytest.raises(NotAtThisStage):
        office.assess(number, "support")


def test_a_decision_takes_assessed_proposals_only_and_is_recorded_once(office_of: OfficeOf) -> None:
    office = office_of("DL24")
    number = office.propose()
    with pytest.raises(NotAtThisStage):
        office.decide(number)
    with pytest.raises(ProposalOpen):
        office.propose()
    office.assess(number, "support")
    with pytest.raises(BadDecision):
        office.decide()
    with pytest.raises(BadDecision):
        office.decide(number, rejected=(number,))
    early = date.fromisoformat(office.day) - timedelta(days=301)
    with pytest.raises(LevelTooEarly):
        office.decide(number, signed_on=early, effective_on=early)
    assert OnlineDecision.objects.count() == 0
    office.decide(number)
    again = office.propose(level=OnlineLevel.NONE)
    office.assess(again, "support")
    with pytest.raises(DecisionKnown):
        office.decide(again)


@pytest.mark.clause("KT18-17.3#2")
def test_kon_tum_roadmaps_are_due_before_30_november_of_the_year_before(office_of: OfficeOf) -> None:
    regulation = law.regulation("KT18")
    assert rules.roadmap_due(regulation, 2020) == date(2019, 11, 29)
    assert rules.receivers(regulation) == ("dttt",)
    office = office_of("KT18")
    office.propose()
    sent = {"actor": office.place.people["lead"], "agency_id": office.place.agencies["lead"].pk, "note": ""}
    services.send_roadmap(year=2020, at=moment("2019-11-30 08:00"), **sent)
    (card,) = queries.roadmaps("kon-tum", 2020)
    assert (card.count, card.due_on, card.sent_at > moment("2019-11-29 23:59")) == (
        1,
        date(2019, 11, 29),
        True,
    )
    with pytest.raises(RoadmapSent):
        services.send_roadmap(year=2020, at=moment("2019-12-02 08:00"), **sent)


@pytest.mark.clause("QN20-21.1", "KT22-18.1", "DL24-11.1#1")
@pytest.mark.parametrize(
    ("name", "to"), [("QN20", ("office", "dttt")), ("KT22", ("office",)), ("DL24", ("dttt",))]
)
def test_every_agency_sends_what_its_review_found(
    office_of: OfficeOf, name: str, to: tuple[str, ...]
) -> None:
    assert rules.receivers(law.regulation(name)) == to
    office = office_of(name)
    year = int(office.day[:4]) + 1
    sent = {"actor": office.place.people["lead"], "agency_id": office.place.agencies["lead"].pk}
    with pytest.raises(BadRoadmap):
        services.send_roadmap(year=year, note="", **sent, **office.at())
    with pytest.raises(BadRoadmap):
        services.send_roadmap(year=year + 5, note="Không có", **sent, **office.at())
    other = sent | {"actor": office.place.people["officer"]}
    with pytest.raises(Forbidden):
        services.send_roadmap(year=year, note="x", **other, **office.at())
    services.send_roadmap(year=year, note="Không có thủ tục nào đủ điều kiện", **sent, **office.at())
    (card,) = queries.roadmaps(office.name, year)
    last = date(year - 1, 12, 31) if name == "KT22" else None  # "yearly", and no day named
    assert (card.count, card.due_on) == (0, last)


@pytest.mark.clause("QN20-5.1", "KT22-18.1", "KT18-17.3#2", "DL24-11.1#1")
def test_the_review_list_shows_level_and_open_proposal(office_of: OfficeOf, regulation: str) -> None:
    office = office_of(regulation)
    lead, day = office.place.agencies["lead"].pk, date.fromisoformat(office.day)
    number = office.propose()
    (line,) = queries.review_list(office.name, lead, day)
    assert (line.code, line.level, line.proposal_id) == (CODE, OnlineLevel.PARTIAL, number)
    assert queries.review_list(office.name, office.place.agencies["office"].pk, day) == ()


@pytest.mark.clause("PT24-2.2")
def complete(office: Office, number: int) -> None:
    services.change_proposal(
        actor=office.place.people["lead"],
        proposal_id=number,
        version=Proposal.objects.get(id=number).version,
        wish=office.wish,
        **office.at("11:00"),
    )


@pytest.mark.clause("KT22-17.2")
@pytest.mark.parametrize("effect", [0, 30], ids=["repealed today", "to be repealed"])
@pytest.mark.parametrize("name", DAYS)
def test_nothing_is_proposed_or_decided_for_what_was_repealed(
    office_of: OfficeOf, name: str, effect: int
) -> None:
    """An approval would write a version without an end, and so revive the procedure."""
    office = office_of(name)
    number = office.propose()
    returned = name == "PT24"
    office.assess(number, "return" if returned else "support")
    day = date.fromisoformat(office.day)
    office.place.announce(
        at=f"{office.day} 10:30",
        signed_on=day,
        effective_on=day + timedelta(days=effect),
        procedures=(Named(CODE, "Cấp giấy thử", Change.REPEALED),),
    )
    act = (lambda: complete(office, number)) if returned else (lambda: office.decide(number))
    with pytest.raises(ProcedureEnded) as refused:
        act()
    assert refused.value.clauses
    assert Procedure.objects.get(code=CODE).versions.count() == 1
    assert OnlineDecision.objects.count() == 0
    if returned:
        return
    office.decide(rejected=(number,))
    with pytest.raises(ProcedureEnded):
        office.propose()


def test_services_are_told_apart_as_administrative_or_other(office_of: OfficeOf) -> None:
    office = office_of("PT24")
    number = office.propose(service_kind=ServiceKind.OTHER)
    office.assess(number, "support")
    office.decide(number)
    ((_decision, (service,)),) = queries.online_decisions(office.name)
    assert service.service_kind is ServiceKind.OTHER


@given(moves=st.lists(st.sampled_from(sorted(rules.MOVES)), max_size=12))
def test_no_way_leads_out_of_what_is_decided_or_withdrawn(moves: list[str]) -> None:
    state, seen = ProposalState.SUBMITTED, []
    for move in moves:
        before, after = rules.MOVES[move]
        if state in before:
            state = after
            seen.append(move)
    if ProposalState.APPROVED is state or ProposalState.REJECTED is state:
        assert seen[-1] in ("approve", "reject")
        assert {"support", "oppose"} & set(seen)
    if ProposalState.WITHDRAWN is state:
        assert seen[-1] == "withdraw"


def test_level_that_has_no_way_of_return_the_procedure_allows_is_not_proposed(
    province_of: ProvinceOf,
) -> None:
    office = Office(province_of("phu-tho"), "PT24")
    in_person = ROW | {
        "publication_decision": "9/QĐ-UBND",
        "result_ways": {"ways": ["counter"], "basis": "Điều 18 Luật Hộ tịch"},
    }
    report = services.import_procedures(rows=[in_person], actor=SYSTEM, **office.at("08:00"))
    assert (report.updated, report.failures) == (1, ())
    with pytest.raises(NoWayOfReturn) as refused:
        office.propose()
    assert refused.value.clauses == ("PT24-2.3",)
    assert not Proposal.objects.exists()


def test_list_for_a_year_whose_last_day_lay_before_its_regulation_is_never_late(office_of: OfficeOf) -> None:
    """KT22 came into force in March 2022: it asked for nothing until the end of 2021."""
    office = office_of("KT22")
    services.send_roadmap(
        actor=office.place.people["lead"],
        agency_id=office.place.agencies["lead"].pk,
        year=2022,
        note="Không có thủ tục nào đủ điều kiện",
        at=moment("2022-03-25 08:00"),
    )
    (card,) = queries.roadmaps(office.name, 2022)
    assert (card.due_on, card.is_late) == (None, False)
