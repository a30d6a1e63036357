"""A filing that ends unanswered, or a dossier that ends at the desk, when the desk's term had passed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.dossiers.test_queries_lists import listed
from tests.dossiers.test_services_extracts import table
from tests.dossiers.test_services_late import Outage
from tests.dossiers.test_services_unending import end, figures, take_back
from tests.dossiers.test_under import under
from tests.dossiers.world import World

from motcua.agencies import queries as agencies
from motcua.desk.dossier_page import contents, course
from motcua.desk.lines import _line
from motcua.dossiers import labels, queries, services
from motcua.dossiers.enums import Box, Lateness, PauseGround
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.decide.undone import forwarding_overrun, is_overrun
from motcua.dossiers.rules.state import ClockPause
from motcua.dossiers.services import Act, exports

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


def just_late(world: World, act: Act) -> Act:
    """A minute after what the desk owes is due."""
    (task,) = world.state(act).tasks
    assert task.due_at is not None
    world.now = task.due_at + MINUTE
    return act


def late_ones() -> dict[str, int]:
    return {name: count for _, name, count in figures() if name in ("answered_late", "forwarded_late")}


def unanswered(world: World) -> Act:
    return just_late(world, world.submit(world.draft()))


def unforwarded(world: World) -> Act:
    return just_late(world, world.until("accept"))


def test_filing_withdrawn_unanswered_is_counted_and_its_history_says_so(world: World) -> None:
    act = unanswered(world)
    by = world.state(act).reply_due_at
    act = end(world, act, by="an")
    state = world.state(act)
    assert (state.unanswered_by, state.unforwarded_by, state.answered_late_at) == (by, None, None)
    assert late_ones() == {"answered_late": 1}
    (line,) = queries.followed(world.agency.province, None, *world.month, world.now)
    assert (line.answered_late, line.forwarded_late, line.finished_late) == (1, 0, 0)
    assert services.verify().difference is None


@pytest.mark.parametrize("verb", ["withdraw", "stop"])
def test_dossier_that_ended_at_the_desk_is_counted_until_the_ending_is_taken_back(
    world: World, verb: str
) -> None:
    act = unforwarded(world)
    (by,) = (task.due_at for task in world.state(act).tasks)
    act = end(world, act, verb)
    assert (world.state(act).unforwarded_by, world.state(act).unanswered_by) == (by, None)
    assert late_ones() == {"forwarded_late": 1}
    act = take_back(world, act)
    assert (world.state(act).unforwarded_by, late_ones()) == (None, {})
    act = world.hand_over(act)  # and then counts for itself, once
    assert late_ones() == {"forwarded_late": 1}
    act = end(world, act, verb)
    assert (world.state(act).unforwarded_by, late_ones()) == (None, {"forwarded_late": 1})
    assert services.verify().difference is None


def test_term_that_is_kept_to_the_minute_is_not_broken(world: World) -> None:
    for make in (unanswered, unforwarded):
        act = make(world)
        world.now -= 2 * MINUTE  # every act takes one
        state = world.state(end(world, act, by="an"))
        assert (state.unanswered_by, state.unforwarded_by) == (None, None)
    assert late_ones() == {}


def test_what_was_recorded_on_paper_in_time_is_not_late_when_it_is_entered_late(world: World) -> None:
    act = world.submit(world.draft())
    outage = Outage(world)
    by = world.state(act).reply_due_at
    assert by is not None
    given = {"reason": "Thôi", "requested_on": outage.inside.date(), "request": "Đơn nộp tại quầy"}
    with outage.log(entered_at=by + timedelta(hours=1)):
        services.withdraw(
            actor=world.actor("chi"), at=outage.inside, dossier_id=act.dossier_id,
            expected_version=act.version, **given,
        )  # fmt: skip
    assert (world.state(act).unanswered_by, late_ones()) == (None, {})


def test_handing_over_runs_on_while_the_clock_stands_and_a_term_of_a_step_does_not(world: World) -> None:
    act = world.until("accept")
    ground = {"ground": PauseGround.FINANCIAL_OBLIGATION, "reason": "Nộp thuế"}
    act = services.pause(**world._on(act, "chi"), **ground)
    state = world.state(act)
    (task,) = state.tasks
    assert task.due_at is not None
    late = task.due_at + MINUTE
    assert forwarding_overrun(state, late) == task.due_at
    own = replace(task, limit="4wh")
    assert not is_overrun(state, own, late)
    stopped_late = replace(state, pauses=(ClockPause(late, "financial_obligation"),))
    assert is_overrun(stopped_late, own, late + timedelta(days=9))


@pytest.mark.parametrize(
    ("make", "said", "row", "words"),
    [
        (unanswered, "Kết thúc khi chưa được trả lời", "Không được trả lời trong hạn", "Trả lời chậm"),
        (unforwarded, "Kết thúc khi chưa được chuyển", "Không được chuyển trong hạn", "Chuyển chậm"),
    ],
)
def test_it_is_said_where_such_breaches_are_looked_for(
    world: World, make: object, said: str, row: str, words: str
) -> None:
    assert callable(make)
    act = end(world, make(world), by="an")
    view = services.open_dossier(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id)
    newest = course.history(view)[0]
    assert said in newest.body
    assert row in {each.key for each in contents.facts(view)}
    is_accepted = world.state(act).accepted_at is not None
    assert (
        "Không chuyển hồ sơ trong hạn" in labels.register_note(world.state(act), world.now)
    ) is is_accepted
    (item,) = listed(world, "chi", Box.DONE, Choice(lateness=Lateness.LATE)).items
    calendar = agencies.calendar_of(world.agency.pk, world.now.date())
    length, hours = exports._step_stands(item, calendar, world.now + timedelta(days=30))
    assert (length, hours) == ("trễ 2 phút làm việc", 0.03)
    shown = _line(item, calendar, world.now + timedelta(days=30), "", names_unit=False).shown_pill
    assert shown is not None
    assert shown.text == f"bước {length}"
    services.make_extracts(at=world.now + timedelta(days=1))
    (newest_day, *_) = queries.extracts(world.agency.province, before=None, limit=1)
    assert [line["Trả lời, chuyển chậm"] for line in table(newest_day.file_id)][-1] == words


def test_comparison_says_of_each_regulation_whether_its_term_was_broken(world: World) -> None:
    world.now = world.now.replace(hour=8, minute=0)
    act = world.accept(world.submit(world.draft()))
    world.now += timedelta(hours=7, minutes=30)
    act = end(world, act, by="an")
    own, other = under(world, act, "KT18")  # half a working day there, eight working hours here
    assert (own.forwarded_late, other.forwarded_late) == (False, True)


def test_extract_names_an_answer_and_a_handing_over_that_came_late(world: World) -> None:
    act = world.accept(unanswered(world))
    world.later(days=2)
    world.hand_over(act)
    services.make_extracts(at=world.later(days=1))
    (day,) = queries.extracts(world.agency.province, before=None, limit=5)
    assert [line["Trả lời, chuyển chậm"] for line in table(day.file_id)] == ["Chuyển chậm"]
