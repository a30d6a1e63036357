"""What another regulation would say to a dossier."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.dossiers.saying import saying
from tests.dossiers.test_clauses_shown import sent
from tests.dossiers.test_registers import elsewhere
from tests.dossiers.test_services_mending import redirect
from tests.dossiers.test_services_turns import ask, bring
from tests.dossiers.wards import ward
from tests.dossiers.world import World, moment

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.audit.models import ReadRecord
from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.config.commands import law as command
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Correctable, PauseGround, RefundAnswer, RefundGround
from motcua.dossiers.rules import events
from motcua.dossiers.rules.events import Event
from motcua.dossiers.rules.facts import Facts
from motcua.dossiers.rules.resting import grounds_of
from motcua.dossiers.rules.state import DocumentRef, SupplementItem
from motcua.dossiers.rules.under import Verdict, verdict
from motcua.dossiers.services.gather import facts_for
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden, NotFound
from motcua.law import queries as law
from motcua.law.errors import UnknownRegulation
from motcua.law.rules import Mark, Reference

pytestmark = pytest.mark.django_db


def under(world: World, act: services.Act, short_name: str) -> tuple[Verdict, Verdict]:
    number = world.state(act).reference
    return services.explain_under(actor=SYSTEM, at=world.now, number=number, short_name=short_name)


def test_own_verdict_is_what_the_dossier_has(world: World) -> None:
    act = world.until("hand_over")
    state = world.state(act)
    own, other = under(world, act, "DL24")
    assert own == other
    assert (own.received_at, own.due_at, own.objections) == (state.received_at, state.due_at, ())


def test_regulation_without_off_hours_rule_takes_the_entry_as_the_receipt(world: World) -> None:
    world.now = moment("2024-03-04 22:00")
    act = world.submit(world.draft())
    own, other = under(world, act, "QN20")
    assert own.received_at == moment("2024-03-05 07:30")
    assert other.received_at == world.state(act).filed_at == moment("2024-03-04 22:02")


def test_forwarding_term_is_that_of_the_other_regulation_and_may_be_missed(world: World) -> None:
    world.now = moment("2024-03-04 08:00")
    act = world.submit(world.draft())
    world.now = moment("2024-03-04 09:00")
    act = world.accept(act)
    world.now = moment("2024-03-04 16:00")
    act = world.hand_over(act)
    own, other = under(world, act, "KT18")
    assert (own.forwarding_due, own.forwarded_late) == (moment("2024-03-05 08:02"), False)
    # half of an eight-hour day from the acceptance, over the midday break
    assert other.forwarding_due is not None
    assert other.forwarding_due < moment("2024-03-04 16:00")
    assert other.forwarded_late


def test_second_supplement_request_is_refused_by_a_regulation_that_guides_once(world: World) -> None:
    act = world.submit(world.draft())
    act = ask(world, act, "chi")
    act = bring(world, act)
    act = ask(world, act, "chi", again_ground="Bản bổ sung bị mờ")
    history = queries.events_of(act.dossier_id)
    state = world.state(act)
    facts = facts_for(state.target, None, world.actor("chi"), world.now)
    ungrounded = [(replace(e, again_ground="") if hasattr(e, "again_ground") else e, at) for e, at in history]
    silent = saying("KT18", supplement__max_requests=None, supplement__count_applies=None)
    strict, by_decree, free = (
        verdict(ungrounded, replace(facts, regulation=each))
        for each in (law.regulation("DL24"), law.regulation("KT18"), silent)
    )
    assert [(one.code, one.clauses) for one in by_decree.objections] == [
        ("dossiers.already_guided", ("KT18-14.2",))
    ]
    assert [(one.code, one.clauses) for one in strict.objections] == [
        ("dossiers.already_guided", ("DL24-8.1.a#3",))
    ]
    assert (strict.supplements_made, strict.supplements_allowed) == (2, 1)
    assert (free.objections, free.supplements_allowed) == ((), None)


def test_explaining_changes_nothing_and_is_recorded_as_a_reading(world: World) -> None:
    act = world.until("assign")
    before = world.state(act)
    number = before.reference
    services.explain_under(actor=world.actor("chi"), at=world.now, number=number, short_name="PT24")
    assert world.state(act) == before
    assert services.verify().difference is None
    assert ReadRecord.objects.get(why="Đối chiếu hồ sơ với quy chế PT24").what == f"dossier:{act.dossier_id}"


def test_explaining_asks_the_right_to_read(world: World) -> None:
    number = world.state(world.until("assign")).reference
    with pytest.raises(Forbidden):
        services.explain_under(actor=world.actor("giang"), at=world.now, number=number, short_name="PT24")
    with pytest.raises(NotFound):
        services.explain_under(actor=SYSTEM, at=world.now, number="000", short_name="PT24")
    with pytest.raises(UnknownRegulation):
        services.explain_under(actor=SYSTEM, at=world.now, number=number, short_name="XX")


def test_command_compare_prints_a_dossier_under_another_regulation(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    import argparse

    number = world.state(world.until("assign")).reference
    asked = argparse.Namespace(action="compare", dossier=number, under="KT18", regulations=[], json=False)
    assert command.run(asked) == 0
    out = capsys.readouterr().out
    assert "    KT18  [KT18-14.4]\n" in out
    assert "    DL24  silent → NĐ" not in out
    assert "    DL24  [DL24-3.2] → NĐ 61/2018/NĐ-CP Đ19 (secondary)\n" in out
    assert f"{number}: DL24 (its own) and KT18" in out
    assert "≠ forwarding_due" in out


def test_what_was_passed_on_is_answered_and_forwarded_from_when_it_came_there(world: World) -> None:
    """As the acceptance has it (reading A44): the other agency forwards nothing before it has it."""
    other_agency = ward(world)
    world.now = moment("2024-03-04 07:58")
    act = world.submit(world.draft())
    act = redirect(world, act, other_agency.pk, at=moment("2024-03-04 14:00"))
    act = world.accept(act, actor=world.actor("hue"), at=moment("2024-03-05 09:00"))
    recorded = next(task.due_at for task in world.state(act).tasks if task.kind == "intake")
    assert recorded == moment("2024-03-05 14:00")
    act = world.hand_over(act, actor=world.actor("hue"), at=moment("2024-03-05 09:10"))
    for one in under(world, act, "DL24"):
        assert (one.forwarding_due, one.forwarded_late) == (recorded, False)
        assert (one.reply_due, one.replied_late) == (moment("2024-03-05 14:00"), False)
        assert one.received_at == world.state(act).received_at
    _own, other = under(world, act, "KT18")
    assert (other.received_at, other.forwarding_due) == (
        moment("2024-03-05 09:00"),
        moment("2024-03-05 15:00"),
    )


def test_answer_is_late_where_who_had_it_first_passed_it_on_too_late(world: World) -> None:
    act = world.until("submit")
    due = world.state(act).reply_due_at
    assert due is not None
    act = redirect(world, act, ward(world).pk, at=due + timedelta(minutes=1))
    act = world.accept(act, actor=world.actor("hue"), at=due + timedelta(minutes=2))
    assert [one.replied_late for one in under(world, act, "DL24")] == [True, True]


def test_receipt_hangs_on_no_way_of_return_that_would_have_been_refused(world: World) -> None:
    """Off hours, with a way of return that the full level of PT24 does not have."""
    world.now = moment("2024-03-01 21:00")
    act = world.submit(world.draft())
    state = world.state(act)
    facts = facts_for(state.target, state.process_id, SYSTEM, world.now, state.received_at)
    full = replace(facts, sheet=replace(facts.sheet, online_level=OnlineLevel.FULL))
    by = {
        name: verdict(queries.events_of(act.dossier_id), replace(full, regulation=law.regulation(name)))
        for name in ("QN20", "PT24")
    }
    assert by["QN20"].received_at == state.filed_at
    assert by["PT24"].received_at == moment("2024-03-04 07:30")
    assert [(one.code, one.keeps_own_law) for one in by["PT24"].objections] == [
        ("dossiers.way_not_offered", False)
    ]
    assert "PT24-9.2.c#1" in by["PT24"].grounds["received_at"].clauses


def test_moment_that_is_kept_rests_on_no_clause_of_the_other_regulation(world: World) -> None:
    act = world.accept(world.submit(world.draft()))
    facts = _facts(world, act)
    asked = RequiredDocument("another", "Giấy tờ khác")
    more = replace(facts, sheet=replace(facts.sheet, components=(*facts.sheet.components, asked)))
    other = verdict(queries.events_of(act.dossier_id), replace(more, regulation=law.regulation("KT22")))
    assert other.kept == ("due_at", "received_at")
    assert {key: other.grounds[key].clauses for key in other.kept} == {"due_at": (), "received_at": ()}
    assert other.grounds["forwarding_due"].clauses


@pytest.mark.parametrize(
    ("level", "channel", "name", "clauses"),
    [
        (OnlineLevel.FULL, "online", "PT24", ("PT24-2.3",)),
        (OnlineLevel.FULL, "counter", "PT24", ("PT24-10.4#1",)),
        (OnlineLevel.PARTIAL, "online", "PT24", ("PT24-10.4#1",)),
        (OnlineLevel.FULL, "counter", "QN20", ("QN20-13.3",)),
        (OnlineLevel.PARTIAL, "online", "KT18", ("KT18-8.2.a",)),
    ],
)
def test_ways_of_return_rest_on_the_clause_that_names_them(
    world: World, level: OnlineLevel, channel: str, name: str, clauses: tuple[str, ...]
) -> None:
    state = world.state(world.until("submit"))
    facts = facts_for(state.target, state.process_id, SYSTEM, world.now, state.received_at)
    asked = replace(facts, sheet=replace(facts.sheet, online_level=level), regulation=law.regulation(name))
    there = replace(state, target=replace(state.target, channel=channel))
    assert grounds_of(there, asked)["result_ways"].clauses == clauses


def test_apology_is_decided_anew_and_told_with_its_clauses(world: World) -> None:
    act = world.until("assign")
    world.now = world.state(act).due_at - timedelta(minutes=30)  # under every law too late for its notice
    act = services.extend(
        **world._on(act, "hanh"),
        new_day=(world.now + timedelta(days=7)).date(),
        reason="Chờ kết quả xác minh",
    )
    own, other = under(world, act, "PT24")
    assert (own.apologies_made, own.apologies_late, other.apologies_late) == (1, 1, 1)
    assert (str(other.apology_notice), other.apologies_allowed) == ("1wd", 1)
    assert other.grounds["apology_notice"].clauses == ("PT24-10.3#1",)
    assert own.grounds["apology_notice"].clauses == ("DL24-3.2",)
    assert [str(each) for each in own.grounds["apology_notice"].references] == [
        "NĐ 61/2018/NĐ-CP Đ19 (secondary)"
    ]


def test_clock_runs_on_by_the_receipt_of_the_other_regulation(world: World) -> None:
    """Counted from the acceptance the term ends later, also after a pause."""
    world.now = moment("2024-03-04 22:00")
    act = world.submit(world.draft())
    world.now = moment("2024-03-05 09:00")
    act = world.assign(world.hand_over(world.accept(act)))
    act = services.pause(
        **world._on(act, "dung"),
        ground=PauseGround.FINANCIAL_OBLIGATION,
        reason="Chờ nộp thuế",
    )
    world.now += timedelta(days=1)
    act = services.resume(**world._on(act, "dung"), note="Đã nộp")
    own, other = under(world, act, "KT22")
    assert own.due_at == world.state(act).due_at
    assert (own.pauses_made, own.pause_grounds) == (1, ("financial_obligation",))
    ground = own.grounds["pause_grounds"]
    assert (ground.clauses, ground.references) == ((), (Reference("", "", Mark.OURS),))
    assert other.objections == ()
    assert other.due_at is not None
    assert other.due_at - own.due_at == timedelta(minutes=91)  # from 7:30 to the acceptance at 9:01


def test_what_is_open_and_past_its_date_is_late_where_that_regulation_lets_the_clock_run(
    world: World,
) -> None:
    """A supplement stops the clock of one and not of the other: on the day asked about only one is late."""
    act = services.request_supplement(
        **world._on(world.until("assign"), "dung"),
        items=(SupplementItem("paper", "Chụp lại"),),
        reason="Mờ",
        guidance="Rõ góc",
    )
    for who, step in (("hanh", "control"), ("chi", "relay")):
        (key,) = (task.key for task in world.state(act).tasks if task.kind == step)
        act = services.release_supplement(**world._on(act, who), task_key=key)
    world.later(days=30)
    own, other = under(world, act, "KT18")
    assert (own.supplement_clock, own.is_late) == ("pause", False)
    assert (other.supplement_clock, other.is_late) == ("runs", True)
    assert other.due_at is not None
    assert other.due_at < world.now
    assert other.grounds["supplement_clock"].clauses == ("KT18-8.1.a",)
    open_past = world.until("assign")
    assert [one.is_late for one in under(world, open_past, "KT22")] == [False, False]
    world.later(days=30)
    assert [one.is_late for one in under(world, open_past, "KT22")] == [True, True]


def test_what_nobody_answered_or_forwarded_is_late_on_the_day_asked_about(world: World) -> None:
    filed, accepted = world.until("submit"), world.until("accept")
    assert [under(world, each, "PT24")[0].replied_late for each in (filed, accepted)] == [False, False]
    world.later(days=5)
    own, _ = under(world, filed, "PT24")
    assert own.replied_late
    own, _ = under(world, accepted, "PT24")
    assert (own.replied_late, own.forwarded_late) == (False, True)


def test_refunds_visits_and_control_are_those_of_each_regulation(world: World) -> None:
    act = world.until("assign")
    own, other = under(world, act, "QN20")
    assert own.refunds == {RefundGround.AGENCY_CANNOT: RefundAnswer.OWED}
    assert other.refunds == {
        RefundGround.AGENCY_CANNOT: RefundAnswer.CONSIDERED,
        RefundGround.WITHDRAWAL: RefundAnswer.CONSIDERED,
    }
    assert other.grounds["refunds"].clauses == ("QN20-13.4#1", "QN20-13.4#2")
    assert (own.visits_allowed, other.visits_allowed, other.visits_made) == (None, 1, 1)
    assert other.grounds["visits_allowed"].clauses == ("QN20-7.2#3",)
    assert (own.supplement_control, other.supplement_control) == ("leader", "head_of_desk")


def test_request_at_intake_needs_agreement_where_the_regulation_controls_that_stage(world: World) -> None:
    act = ask(world, world.submit(world.draft()), "chi")
    own, other = under(world, act, "QN20")
    assert (own.controlled, other.controlled) == (0, 1)
    assert other.grounds["supplement_control"].clauses == ("QN20-11.2#2",)


def test_acceptance_that_lacked_certified_papers_counts_from_itself_under_that_regulation(
    world: World,
) -> None:
    """KT18 would have refused it and counts from acceptance: no receipt of DL24 stands as its own."""
    world.now = moment("2024-03-04 13:48")
    act = world.submit(world.draft())
    world.now = moment("2024-03-04 15:28")
    act = world.accept(act)
    state = world.state(act)
    facts = facts_for(state.target, state.process_id, world.actor("chi"), world.now)
    full = replace(facts, sheet=replace(facts.sheet, online_level=OnlineLevel.FULL))
    history = queries.events_of(act.dossier_id)
    other = verdict(history, replace(full, regulation=law.regulation("KT18")))
    assert [(one.code, one.clauses, one.keeps_own_law) for one in other.objections] == [
        ("dossiers.certified_papers_required", ("KT18-7.2.a#1", "KT18-7.2.a#2"), False)
    ]
    assert other.received_at == history[-1][1]
    assert other.received_at != state.received_at


def test_refused_act_that_nothing_helps_says_that_its_moments_are_of_the_own_law(world: World) -> None:
    act = world.accept(world.submit(world.draft()))
    state = world.state(act)
    facts = facts_for(state.target, state.process_id, world.actor("chi"), world.now)
    asked = RequiredDocument("another", "Giấy tờ khác")
    more = replace(facts, sheet=replace(facts.sheet, components=(*facts.sheet.components, asked)))
    other = verdict(queries.events_of(act.dossier_id), replace(more, regulation=law.regulation("KT22")))
    told = [(one.kind, one.code, one.keeps_own_law) for one in other.objections]
    assert ("accepted", "dossiers.incomplete", True) in told
    assert other.received_at == state.received_at


def test_decline_that_was_taken_back_is_no_answer_under_any_law(world: World) -> None:
    world.now = moment("2024-03-04 08:00")
    act = world.submit(world.draft())
    due = world.state(act).reply_due_at
    assert due is not None
    act = services.decline(
        **world._on(act, "chi"),
        ground="by_law",
        provision="Điều 17 Nghị định số 61/2018/NĐ-CP",
        reason="Theo quy định",
    )
    back = {"what": Correctable.DECLINE, "reason": "Nhầm", "at": due + timedelta(minutes=1)}
    act = services.correct(**world._on(act, "chi") | back)
    act = world.accept(act, at=due + timedelta(minutes=2))
    for name in ("QN20", "DL24"):
        for each in under(world, act, name):
            assert (each.replied_late, each.objections) == (True, ())
            assert each.due_at is not None


def test_request_that_was_taken_back_is_no_answer_and_none_of_those_allowed_under_any_law(
    world: World,
) -> None:
    """Under the other regulation, too, the check goes on with the term that this one gives it."""
    world.now = moment("2024-03-04 08:00")
    act = world.submit(world.draft())
    due = world.state(act).reply_due_at
    assert due is not None
    act = ask(world, act, "chi")
    back = {"what": Correctable.SUPPLEMENT, "reason": "Nhầm", "at": due + timedelta(minutes=1)}
    act = services.correct(**world._on(act, "chi") | back)
    act = world.accept(act, at=due + timedelta(minutes=2))
    for name in ("QN20", "PT24"):
        for each in under(world, act, name):
            assert each.replied_late
            assert "corrected" not in {one.kind for one in each.objections}
            assert (each.supplements_made, each.controlled) == (0, 0)


def test_request_that_was_taken_back_stopped_the_clock_of_no_regulation(world: World) -> None:
    world.now = moment("2024-03-04 08:00")
    act = world.assign(world.hand_over(world.accept(world.submit(world.draft()))))
    act = ask(world, act, "dung")
    back = {"what": Correctable.SUPPLEMENT, "reason": "Nhầm", "at": world.now + timedelta(days=2)}
    act = services.correct(**world._on(act, "lan") | back)
    for name in ("KT18", "PT24"):
        own, other = under(world, act, name)
        assert own.due_at == world.state(act).due_at
        assert own.controlled == other.controlled == 0
        assert "corrected" not in {one.kind for one in other.objections}


@pytest.mark.parametrize("verb", ["withdraw_at_desk", "stop"])
def test_ending_that_was_taken_back_is_none_under_any_law(world: World, verb: str) -> None:
    """Under the other regulation, too, the steps go on with the terms that this one gives them."""
    world.now = moment("2024-03-04 08:00")
    act = world.assign(world.hand_over(world.accept(world.submit(world.draft()))))
    without = {name: under(world, act, name) for name in ("QN20", "PT24", "KT18")}
    act = getattr(world, verb)(act)
    back = {"what": Correctable.ENDING, "reason": "Nhầm", "at": world.now + timedelta(days=2)}
    act = services.correct(**world._on(act, "chi") | back)
    for name, before in without.items():
        for was, each in zip(before, under(world, act, name), strict=True):
            assert each.due_at == was.due_at
            assert each.refunds == was.refunds
            assert "corrected" not in {one.kind for one in each.objections}


def test_question_without_a_term_is_refused_by_the_regulations_that_ask_for_one(world: World) -> None:
    act = world.until("assign")
    far = elsewhere(UnitKind.DIVISION)
    Position.objects.create(account=world.people["giang"], unit=far, role=Role.UNIT_HEAD.value)
    act = services.consult(**world._on(act, "dung"), unit_id=far.pk, question="Có ý kiến gì?", limit="2wd")
    with_term = under(world, act, "PT24")
    assert [one for each in with_term for one in each.objections if one.kind == "consulted"] == []
    history = [(_without_limit(event), at) for event, at in queries.events_of(act.dossier_id)]
    facts = _facts(world, act)
    found = {
        name: [
            (one.kind, one.code, one.clauses, one.keeps_own_law)
            for one in verdict(history, replace(facts, regulation=law.regulation(name))).objections
            if one.kind == "consulted"
        ]
        for name in ("DL24", "PT24", "QN20", "KT18")
    }
    assert found == {
        "DL24": [
            ("consulted", "dossiers.consult_term_required", ("DL24-9.1.b#1", "DL24-9.1.b#2"), False),
        ],
        "PT24": [
            ("consulted", "dossiers.consult_term_required", ("PT24-10.1.b#1", "PT24-10.1.b#2"), False),
        ],
        "QN20": [],
        "KT18": [],
    }


def _facts(world: World, act: services.Act) -> Facts:
    state = world.state(act)
    return facts_for(state.target, state.process_id, SYSTEM, world.now, state.received_at)


def _without_limit(event: Event) -> Event:
    if not isinstance(event, events.Consulted):
        return event
    (asked,) = event.move.opened
    return replace(event, move=replace(event.move, opened=(replace(asked, limit=""),)))


def test_result_given_without_comparing_is_refused_where_the_law_has_it_compared(world: World) -> None:
    paper = sent(world, "an")
    act = world.accept(world.submit(world.draft(documents=(DocumentRef("paper", file_id=paper),))))
    for verb in ("hand_over", "assign", "propose", "approve", "issue", "announce", "give_back"):
        act = getattr(world, verb)(act)
    own, other = under(world, act, "QN20")
    assert own.objections == ()
    returned = [one for one in other.objections if one.kind == "result_returned"]
    assert [(one.code, one.clauses) for one in returned] == [
        ("dossiers.papers_not_compared", ("QN20-7.2#2",))
    ]
    history = [(_compared(event), at) for event, at in queries.events_of(act.dossier_id)]
    facts = _facts(world, act)
    compared = verdict(history, replace(facts, regulation=law.regulation("QN20")))
    assert [one for one in compared.objections if one.kind == "result_returned"] == []


def _compared(event: Event) -> Event:
    if not isinstance(event, events.ResultReturned):
        return event
    return replace(event, handing=replace(event.handing, papers_compared=True))


def test_result_given_in_a_way_that_was_not_agreed_is_refused_where_the_way_is_agreed(world: World) -> None:
    act = world.until("give_back")
    history = [
        (replace(event, handing=replace(event.handing, how="postal")), at)
        if isinstance(event, events.ResultReturned)
        else (event, at)
        for event, at in queries.events_of(act.dossier_id)
    ]
    facts = _facts(world, act)
    found = verdict(history, replace(facts, regulation=law.regulation("PT24"))).objections
    assert [(one.code, one.clauses) for one in found if one.kind == "result_returned"] == [
        ("dossiers.way_not_agreed", ("PT24-10.4#2",))
    ]
