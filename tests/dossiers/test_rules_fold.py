"""What single events make of a dossier, where a life that goes well would not show it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.dossiers.test_rules_life import CONTENTS, FACTS, FIRST, TARGET
from tests.dossiers.test_rules_obey_values import accepted, after
from tests.dossiers.world import MONDAY

from motcua.dossiers.enums import Capacity, Decision, DeclineGround, Status
from motcua.dossiers.rules import commands, decide, events, fold, refold
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.events import Move
from motcua.dossiers.rules.state import Behalf, State, Verification

MINUTE = timedelta(minutes=1)
SUBMIT = commands.Submit("key", "YC-1", CONSENT)
OPEN = State(Status.IN_PROGRESS, 4, TARGET, CONTENTS, accepted_at=MONDAY)


def test_dossier_begins_with_a_draft_or_a_registration_and_with_nothing_else() -> None:
    with pytest.raises(ValueError, match="does not begin with closed"):
        fold(None, events.Closed(), MONDAY)
    with pytest.raises(ValueError, match="at least one event"):
        refold(())


def test_answer_to_a_filing_is_owed_until_it_is_given_and_no_step_after_it_is_one() -> None:
    filed = after(FACTS, FIRST, SUBMIT)
    (check,) = filed.tasks
    assert filed.reply_due_at == check.due_at is not None
    taken_in = accepted()
    assert taken_in.tasks[0].due_at is not None
    assert taken_in.reply_due_at is None


@pytest.mark.parametrize("minutes", [0, 1])
def test_supplement_request_answers_a_filing_and_is_late_only_after_the_last_minute(minutes: int) -> None:
    filed = after(FACTS, FIRST, SUBMIT)
    assert filed.reply_due_at is not None
    at = filed.reply_due_at + minutes * MINUTE
    asked = fold(filed, events.SupplementRequested((), "mờ", "chụp lại", "1"), at)
    assert asked.reply_due_at is None
    assert asked.answered_late_at == (at if minutes else None)


def test_counter_filing_is_answered_whenever_it_is_and_never_too_late() -> None:
    filed = after(FACTS, FIRST, SUBMIT)
    at_desk = replace(filed, target=replace(TARGET, channel="counter"))
    asked = fold(at_desk, events.SupplementRequested((), "mờ", "chụp lại", "1"), MONDAY + timedelta(days=90))
    assert asked.answered_late_at is None


@pytest.mark.parametrize(("sent_by", "stands"), [("", "Bình"), ("Giang", "Giang")])
def test_who_brought_it_stays_unless_a_colleague_sent_it(sent_by: str, stands: str) -> None:
    draft = State(Status.DRAFT, 1, TARGET, replace(CONTENTS, submitter_name="Bình"))
    sent = events.Submitted(MONDAY, "DL24", "YC-1", "key", Move(), submitter_name=sent_by)
    assert fold(draft, sent, MONDAY).contents.submitter_name == stands


def test_draft_of_a_firm_is_sent_in_the_name_of_who_sends_it() -> None:
    firm = Behalf("Công ty", "6001234567", Capacity.REPRESENTATIVE, "Đại diện", organisation_id="7")
    state = after(FACTS, replace(FIRST, behalf=firm))
    colleague = replace(FACTS, actor=replace(FACTS.actor, name="Giang"))
    (event,) = decide(state, SUBMIT, colleague, MONDAY + MINUTE)
    sent = fold(state, event, MONDAY + MINUTE)
    assert sent.contents.submitter_name == "Giang"


@pytest.mark.parametrize(
    ("competent", "kept"), [("", "lý do"), ("UBND xã", "lý do\nCơ quan có thẩm quyền: UBND xã.")]
)
def test_reason_of_a_decline_says_where_to_go_if_anybody_did(competent: str, kept: str) -> None:
    event = events.Declined(DeclineGround.NOT_COMPETENT, "lý do", "1/TC", competent)
    assert fold(after(FACTS, FIRST, SUBMIT), event, MONDAY).reason == kept


def test_slip_bears_the_number_of_the_event_that_issued_it() -> None:
    state = accepted()
    assert [slip.event for slip in state.slips] == [state.version]
    again = fold(state, events.ReceiptIssued("H15-1"), MONDAY + timedelta(hours=1))
    assert [slip.event for slip in again.slips] == [state.version, state.version + 1]


# --- Verifications -----------------------------------------------------------------------------------------
def plan(number: int, day: int, **changes: Any) -> Verification:
    given = Verification(number, MONDAY + timedelta(days=day), "Thửa 12", "An", "Ranh giới")
    return replace(given, **changes)


@pytest.mark.parametrize(("called_off", "kept"), [("", ""), ("mưa", "mưa")])
def test_proposal_calls_off_what_is_planned_and_nothing_that_was_held(called_off: str, kept: str) -> None:
    held, off = plan(1, 1, held_at=MONDAY), plan(2, 2, called_off="bão")
    state = replace(OPEN, verifications=(held, off, plan(3, 3)))
    proposed = events.Proposed(Decision.GRANT, "đủ", Move(), called_off=called_off)
    assert fold(state, proposed, MONDAY).verifications == (held, off, plan(3, 3, called_off=kept))


def test_verification_that_was_held_keeps_its_own_plan() -> None:
    state = replace(OPEN, verifications=(plan(1, 1), plan(2, 2, with_applicant=True), plan(3, 3)))
    recorded = events.VerificationRecorded(2, MONDAY, "Thửa 14", "An, Bình", "Mốc giới", "file")
    first, second, third = fold(state, recorded, MONDAY).verifications
    assert (first, third) == (plan(1, 1), plan(3, 3))
    assert second == Verification(
        2, MONDAY + timedelta(days=2), "Thửa 14", "An, Bình", "Mốc giới", True, MONDAY, "file"
    )


def test_verification_that_nobody_had_planned_was_without_plan_and_applicant() -> None:
    recorded = events.VerificationRecorded(1, MONDAY, "Thửa 14", "Cán bộ xã", "Mốc giới", None)
    (held,) = fold(OPEN, recorded, MONDAY).verifications
    assert (held.planned_for, held.with_applicant, held.held_at) == (None, False, MONDAY)
