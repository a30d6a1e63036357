"""What each regulation says, as its clauses read, and what the rules make of it.

Typed from the texts, not read from the data: a value that says something else fails here (ADR 0089).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from pytest_django import Settings
from tests.dossiers.saying import saying
from tests.dossiers.test_rules_life import CONTENTS, FACTS, FIRST, TARGET
from tests.dossiers.world import MONDAY, sheet, steps
from tests.regulations import PLACES

from motcua.agencies.enums import Role
from motcua.catalogue.enums import Change, OnlineLevel, ServiceKind
from motcua.catalogue.policy import named_bodies
from motcua.catalogue.rules import online, reminding
from motcua.catalogue.rules.duties import duties_of
from motcua.catalogue.rules.return_ways import of_level
from motcua.dossiers import errors
from motcua.dossiers.enums import Decision, DeclineGround
from motcua.dossiers.rules import commands, decide, fold
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.decide.intake import check_ground
from motcua.dossiers.rules.decide.lateness import may_apologise_again
from motcua.dossiers.rules.decide.supplements import requests_allowed
from motcua.dossiers.rules.facts import Facts
from motcua.dossiers.rules.moves import role_of
from motcua.dossiers.rules.notices import number_to_call
from motcua.dossiers.rules.receipt import forwarding_due
from motcua.dossiers.rules.returning import must_compare
from motcua.dossiers.rules.state import (
    Apology,
    Applicant,
    Contents,
    DocumentRef,
    ResultDelivery,
    State,
    SupplementItem,
)
from motcua.dossiers.rules.withdrawing import comes_too_late
from motcua.kernel.codes import dossier_code
from motcua.law import queries as law
from motcua.portal import province, publicity, words
from motcua.process.rules.definitions import ProcessDefinition
from motcua.theme.terms import terms_for

APOLOGY = Apology(MONDAY, "Thiếu người", MONDAY, MONDAY + timedelta(days=2), is_timely=True)
POSTAL = commands.Register(replace(TARGET, channel="postal"), CONTENTS, "key", "YC-1")
THREE = {"online", "counter", "postal"}
CRITERIA = (
    "Tác động lớn đến người dân, doanh nghiệp",
    "Số lượng hồ sơ lớn",
    "Liên quan nhiều cơ quan",
    "Đã có dữ liệu và cơ sở pháp lý",
    "Tiết kiệm chi phí, thời gian",
)
NUMBERED, NAMED = words.NUMBERED_LEVELS, words.ONLINE_LEVELS
ONLINE = replace(FIRST, contents=replace(CONTENTS, delivery=ResultDelivery("online")))
SENT = commands.Submit("key", "YC-1", CONSENT)


def under(name: str) -> Facts:
    return replace(FACTS, regulation=law.regulation(name))


def filed(facts: Facts) -> State:
    """Filed online, and not looked at yet."""
    state: State | None = None
    at = MONDAY
    for command in (ONLINE, SENT):
        at += timedelta(minutes=1)
        for event in decide(state, command, facts, at):
            state = fold(state, event, at)
    assert state is not None
    return state


# --- Ways in ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("KT18", marks=pytest.mark.clause("KT18-7.1.a#1", "KT18-7.2.a#2")),
        pytest.param("QN20", marks=pytest.mark.clause("QN20-10.1", "QN20-28.2")),
        pytest.param("KT22", marks=pytest.mark.clause("KT22-9#1", "KT22-1.2.g")),
        pytest.param("DL24", marks=pytest.mark.clause("DL24-7.1#1", "DL24-7.1#2")),
        pytest.param("PT24", marks=pytest.mark.clause("PT24-8.1", "PT24-8.2")),
    ],
)
def test_dossiers_come_online_and_by_post_under_every_regulation(name: str) -> None:
    facts = under(name)
    assert filed(facts).target.channel == "online"
    assert decide(None, POSTAL, facts, MONDAY)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("KT18", marks=pytest.mark.clause("KT18-14.2")),
        pytest.param("QN20", marks=pytest.mark.clause("QN20-11.1#3")),
        pytest.param("KT22", marks=pytest.mark.clause("KT22-9#1", "KT22-14.2bis.a#3")),
        pytest.param("DL24", marks=pytest.mark.clause("DL24-8.1.a#3")),
        pytest.param("PT24", marks=pytest.mark.clause("PT24-9.1.a", "PT24-9.2.a")),
    ],
)
@pytest.mark.parametrize("ground", [DeclineGround.INVALID_PAPERS, DeclineGround.NOT_SUPPLEMENTED])
def test_nobody_is_declined_for_papers_before_being_asked_for_better_ones(
    name: str, ground: DeclineGround
) -> None:
    facts = under(name)
    with pytest.raises(errors.NotAskedYet):
        check_ground(ground, filed(facts), facts, MONDAY + timedelta(hours=1))


@pytest.mark.parametrize(
    ("name", "online", "counter"),
    [
        pytest.param("KT18", 1, None, marks=pytest.mark.clause("KT18-14.2")),  # since the decree of 2018
        pytest.param("QN20", 1, None, marks=pytest.mark.clause("QN20-11.1#3")),
        pytest.param("KT22", 1, None, marks=pytest.mark.clause("KT22-9#1")),
        pytest.param("DL24", 1, None, marks=pytest.mark.clause("DL24-8.1.a#3")),
        pytest.param("PT24", 1, None, marks=pytest.mark.clause("PT24-9.2.a")),
    ],
)
def test_who_filed_online_is_guided_once(name: str, online: int | None, counter: int | None) -> None:
    regulation = law.regulation(name)
    assert [requests_allowed(channel, regulation) for channel in ("online", "counter")] == [online, counter]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        pytest.param("KT18", "H34.7-210308-0012", marks=pytest.mark.clause("KT18-7.2.a#2")),
        pytest.param("QN20", "H34.7-210308-0012", marks=pytest.mark.clause("QN20-11.3#2")),
        pytest.param(
            "KT22", "H34.7-210308-0012", marks=pytest.mark.clause("KT22-11.1.a", "KT22-14.2bis.a#1")
        ),
        pytest.param("DL24", "H34.7-210308-0012", marks=pytest.mark.clause("DL24-8.2#1")),
        pytest.param("PT24", "H34.7-210308-0012", marks=pytest.mark.clause("PT24-9.2bis#1")),
    ],
)
def test_code_is_agency_day_and_serial_with_dashes_between(name: str, code: str) -> None:
    pattern = law.regulation(name).text("dossier_code.pattern")
    assert dossier_code(str(pattern), agency="H34.7", on=date(2021, 3, 8), serial=12) == code


# --- On the way ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("KT18", marks=pytest.mark.clause("KT18-15.1.a")),
        pytest.param("QN20", marks=pytest.mark.clause("QN20-1.3", "QN20-30.1")),
        pytest.param("KT22", marks=pytest.mark.clause("KT22-1.1.b", "KT22-27.2")),
        pytest.param("DL24", marks=pytest.mark.clause("DL24-1.2", "DL24-26#1")),
        pytest.param("PT24", marks=pytest.mark.clause("PT24-3.2")),
    ],
)
def test_what_is_decided_is_taken_back_no_more_since_the_circular(name: str) -> None:
    """TT 03/2025 is in force since 15 September 2025; before it no text says until when."""
    decided = replace(filed(FACTS), decision=Decision.GRANT)
    given = law.regulation(name)
    assert comes_too_late(decided, given.on(date(2025, 9, 14))) is None
    assert isinstance(comes_too_late(decided, given.on(date(2025, 9, 15))), errors.TooLate)
    assert comes_too_late(replace(decided, decision=None), given.on(date(2025, 9, 15))) is None


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("KT18", marks=pytest.mark.clause("KT18-8.1.a")),
        pytest.param("QN20", marks=pytest.mark.clause("QN20-11.3#2")),
        pytest.param("KT22", marks=pytest.mark.clause("KT22-9#1")),
        pytest.param("PT24", marks=pytest.mark.clause("PT24-10.3#2")),
    ],
)
def test_one_new_date_may_be_set_and_no_second(name: str) -> None:
    state = filed(FACTS)
    again = replace(state, apologies=(APOLOGY,))
    given = law.regulation(name)
    assert (may_apologise_again(state, given), may_apologise_again(again, given)) == (True, False)


@pytest.mark.clause("PT24-10.3#4")
def test_who_left_neither_account_nor_mailbox_is_called_about_the_new_date() -> None:
    contents = Contents(Applicant("An", phone="0905000001"))
    state = replace(filed(FACTS), owner_id="", contents=contents)
    assert number_to_call(state, law.regulation("PT24")) == "0905000001"


@pytest.mark.clause("KT18-15.2")
def test_refusal_is_the_leaders_by_the_clause_on_refusals_alone() -> None:
    """Under KT18 the leader decides everything; without that clause a refusal would still be the leader's."""
    state = replace(filed(FACTS), proposal=Decision.REFUSE)
    deciding = next(step for step in steps() if step.key == "approve")
    passed_over = replace(deciding, role=Role.UNIT_HEAD.value)
    whole = tuple(passed_over if each.key == "approve" else each for each in steps())
    facts = replace(
        FACTS,
        regulation=saying("KT18", assignment__by="head"),
        definition=ProcessDefinition(1, "Quy trình", "1.000001", whole),
    )
    assert role_of(passed_over, state, facts) == Role.APPROVER.value
    assert role_of(passed_over, replace(state, proposal=Decision.GRANT), facts) == Role.UNIT_HEAD.value


@pytest.mark.clause("PT24-3.2")
def test_clock_stands_still_while_a_supplement_is_awaited_and_does_not_begin_anew() -> None:
    """QĐ 766 subtracts the time of a supplement: brought a working day later, the term ends a day later."""
    facts = replace(under("PT24"), regulation=saying("PT24", supplement__control="none"))
    accepted, asked, brought = (
        MONDAY + timedelta(hours=1),
        MONDAY + timedelta(days=1),
        MONDAY + timedelta(days=2),
    )
    state = filed(facts)
    for at, command in (
        (accepted, commands.Accept("H-1")),
        (asked, commands.RequestSupplement((SupplementItem("paper", "bản rõ"),), "mờ", "chụp lại")),
    ):
        for event in decide(state, command, facts, at):
            state = fold(state, event, at)
    before = state.due_at
    (event,) = decide(state, commands.Supplement(CONTENTS.documents), facts, brought)
    after = fold(state, event, brought).due_at
    assert before is not None
    assert after == before + timedelta(days=1)


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("KT18", marks=pytest.mark.clause("KT18-14.4")),
        pytest.param("DL24", marks=pytest.mark.clause("DL24-8.1.b", "DL24-19.1.d")),
    ],
)
def test_term_of_forwarding_is_for_what_was_filed_online_and_paper_has_its_own_hour(name: str) -> None:
    facts = under(name)
    paper, online = (forwarding_due(MONDAY, MONDAY, channel, facts) for channel in ("counter", "online"))
    assert paper == MONDAY.replace(hour=17, minute=30)
    assert online == {"KT18": MONDAY.replace(hour=14), "DL24": MONDAY + timedelta(days=1)}[name]


@pytest.mark.clause("KT18-7.1.a#1", "KT18-7.1.a#2")
@pytest.mark.parametrize(("level", "is_compared"), [(OnlineLevel.PARTIAL, True), (OnlineLevel.FULL, False)])
def test_scans_of_level_three_are_compared_when_the_result_is_fetched_and_no_others(
    level: OnlineLevel, is_compared: bool
) -> None:
    state = filed(FACTS)
    sent = (DocumentRef("paper", file_id="0190a2c4-0000-7000-8000-000000000001"),)
    state = replace(state, contents=replace(state.contents, documents=sent))
    assert must_compare(state, sheet(online_level=level), "counter", law.regulation("KT18")) is is_compared


@pytest.mark.parametrize(
    ("name", "level", "ways"),
    [
        pytest.param("KT18", "partial", {"counter"}, marks=pytest.mark.clause("KT18-8.2.a")),
        pytest.param("KT18", "full", THREE, marks=pytest.mark.clause("KT18-8.2.b")),
        pytest.param("KT22", "partial", THREE, marks=pytest.mark.clause("KT22-12.1")),
        pytest.param("KT22", "full", THREE, marks=pytest.mark.clause("KT22-12.1")),
        pytest.param("PT24", "full", {"online", "postal"}, marks=pytest.mark.clause("PT24-2.3")),
    ],
)
def test_result_comes_back_in_the_ways_of_its_level(name: str, level: str, ways: set[str]) -> None:
    assert set(of_level(level, "online", law.regulation(name))) == ways


@pytest.mark.parametrize(
    ("level", "first"),
    [
        pytest.param("partial", ("counter",), marks=pytest.mark.clause("QN20-13.2")),
        pytest.param("full", ("online", "postal"), marks=pytest.mark.clause("QN20-13.3")),
    ],
)
def test_where_other_ways_are_open_those_that_the_text_names_come_first(
    level: str, first: tuple[str, ...]
) -> None:
    found = of_level(level, "online", law.regulation("QN20"))
    assert (found[: len(first)], set(found)) == (first, THREE)


# --- Terms of use ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "name",
    [
        pytest.param("QN20", marks=pytest.mark.clause("QN20-30.1")),
        pytest.param("KT22", marks=pytest.mark.clause("KT22-27.2")),
        pytest.param("DL24", marks=pytest.mark.clause("DL24-26#1")),
    ],
)
def test_reader_of_the_terms_is_told_that_laws_which_replace_cited_ones_apply(name: str) -> None:
    assert terms_for("applicants", law.regulation(name)).replaced_laws_apply


@pytest.mark.clause("QN20-21.6")
def test_officers_read_which_law_forbids_what() -> None:
    (decree,) = terms_for("officers", law.regulation("QN20")).laws
    assert decree.name == "Nghị định 45/2020/NĐ-CP, Điều 6 khoản 2"


# --- The catalogue ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "public"),
    [
        pytest.param(
            "KT18",
            {
                "services": ("KT18-5.1.a#1",),
                "procedures": ("KT18-5.2#3",),
                "levels": ("KT18-5.1.a#1",),
                "online_list": ("KT18-17.3#2",),
                "time_limits": ("KT18-3.2", "KT18-13.4#1"),
                "fees": ("KT18-3.2",),
                "process": ("KT18-5.2#3", "KT18-13.4#1"),
                "guidance": ("KT18-5.1.b#1",),
                "use": ("KT18-5.1.b#2",),
            },
            marks=pytest.mark.clause(
                "KT18-5.1.a#1", "KT18-5.2#3", "KT18-3.2", "KT18-13.4#1", "KT18-5.1.b#1", "KT18-5.1.b#2"
            ),
        ),
        pytest.param(
            "QN20",
            {
                "services": ("QN20-7.1#2",),
                "procedures": ("QN20-7.1#2",),
                "online_list": ("QN20-15.2",),
                "contacts": ("QN20-18",),
            },
            marks=pytest.mark.clause("QN20-7.1#2", "QN20-18"),
        ),
        pytest.param(
            "KT22",
            {
                "services": ("KT22-23.1#2",),
                "procedures": ("KT22-23.1#2",),
                "online_list": ("KT22-18.2",),
            },
            marks=pytest.mark.clause("KT22-23.1#2"),
        ),
        pytest.param(
            "DL24",
            {
                "services": ("DL24-5.1",),
                "online_list": ("DL24-11.1#2",),
                "guidance": ("DL24-5.3",),
                "notices": ("DL24-5.4",),
                "statistics": ("DL24-5.6",),
                "use": ("DL24-5.6",),
                "evaluation": ("DL24-5.5#1",),
                "petitions": ("DL24-5.5#2",),
                "contacts": ("DL24-5.7", "DL24-11.3"),
                "hotline": ("DL24-5.7",),
                "payment": ("DL24-5.8",),
                "postal": ("DL24-5.9",),
                "apologies": ("DL24-5.10",),
                "catalogues": ("DL24-5.2",),
            },
            marks=pytest.mark.clause(
                "DL24-5.1",
                "DL24-5.3",
                "DL24-5.4",
                "DL24-5.6",
                "DL24-5.7",
                "DL24-5.8",
                "DL24-5.9",
                "DL24-5.10",
            ),
        ),
        pytest.param(
            "PT24",
            {
                "services": ("PT24-5.1",),
                "online_list": ("PT24-18.1.0",),
                "guidance": ("PT24-5.7#1",),
                "statistics": ("PT24-5.2",),
                "evaluation": ("PT24-5.3",),
                "petitions": ("PT24-5.8",),
                "payment": ("PT24-5.5",),
                "store": ("PT24-5.6",),
                "other": ("PT24-5.4", "PT24-5.9"),
            },
            marks=pytest.mark.clause("PT24-5.1", "PT24-5.2", "PT24-5.4", "PT24-5.7#1", "PT24-5.9"),
        ),
    ],
)  # fmt: skip
def test_what_is_public_is_what_the_text_lists(name: str, public: dict[str, tuple[str, ...]]) -> None:
    regulation = law.regulation(name)
    assert {
        each.key: each.clauses(regulation) for each in publicity.KINDS if each.clauses(regulation)
    } == public


def test_what_a_regulation_does_not_want_public_is_public_by_none_of_its_clauses() -> None:
    (services,) = (each for each in publicity.KINDS if each.key == "services")
    assert services.clauses(saying("DL24", publicity__services=False)) == ()


@pytest.mark.parametrize(
    ("name", "duties"),
    [
        pytest.param(
            "KT18",
            ["publish agency", "website agency", "set_up agency", "check justice"],
            marks=pytest.mark.clause("KT18-13.4#1", "KT18-13.4#2", "KT18-13.3", "KT18-11"),
        ),
        pytest.param(
            "QN20",
            [
                "content agency 5wd effect",
                "process agency 5wd effect",
                "send agency",
                "publish dttt",
                "set_up dttt",
                "check office",
            ],
            marks=pytest.mark.clause(
                "QN20-6.1.a", "QN20-6.1.b-1", "QN20-6.1.b-2", "QN20-6.2.a", "QN20-6.2.b-1", "QN20-6.2.b-2",
                "QN20-6.3",
            ),
        ),
        pytest.param(
            "KT22",
            ["publish agency", "set_up office", "check office"],
            marks=pytest.mark.clause("KT22-23.3", "KT22-19.2.b", "KT22-16"),
        ),
        pytest.param(
            "DL24",
            ["publish agency", "website agency", "set_up office"],
            marks=pytest.mark.clause("DL24-11.4", "DL24-11.3", "DL24-14.3"),
        ),
        pytest.param(
            "PT24",
            ["publish agency 5wd signing", "national office 5wd signing", "set_up office", "check office"],
            marks=pytest.mark.clause("PT24-23.7", "PT24-20.1", "PT24-20.2", "PT24-17"),
        ),
    ],
)  # fmt: skip
def test_decision_that_announces_procedures_leaves_these_duties(name: str, duties: list[str]) -> None:
    found = duties_of(law.regulation(name), change=Change.NEW, has_process=False)
    told = [
        f"{each.kind.value} {each.party} {each.limit} {each.counted_from}"
        if each.limit
        else f"{each.kind.value} {each.party}"
        for each in found
    ]
    assert told == duties


@pytest.mark.parametrize(
    ("name", "assessor", "receivers", "last_day", "is_asked", "on_ministry"),
    [
        pytest.param(
            "KT18", "dttt", ("dttt",), date(2019, 11, 29), True, False,
            marks=pytest.mark.clause("KT18-17.3#2"),
        ),
        pytest.param(
            "QN20", "office", ("office", "dttt"), None, True, False,
            marks=pytest.mark.clause("QN20-15.1", "QN20-15.2", "QN20-21.1"),
        ),
        pytest.param(
            "KT22", "office", ("office",), date(2025, 12, 31), True, False,
            marks=pytest.mark.clause("KT22-18.1", "KT22-18.2"),
        ),
        pytest.param(
            "DL24", "dttt", ("dttt",), None, False, False,
            marks=pytest.mark.clause("DL24-11.1#1", "DL24-11.1#2"),
        ),
        pytest.param(
            "PT24", "office", ("office",), None, False, True, marks=pytest.mark.clause("PT24-18.1.0")
        ),
    ],
)  # fmt: skip
def test_review_of_what_goes_online_is_sent_where_and_when_the_text_says(
    name: str,
    assessor: str,
    receivers: tuple[str, ...],
    last_day: date | None,
    is_asked: bool,
    on_ministry: bool,
) -> None:
    regulation = law.regulation(name)
    assert online.assessed_by(regulation) == assessor
    assert online.receivers(regulation) == receivers
    assert assessor in named_bodies(regulation)
    year = last_day.year + 1 if last_day else 2026
    assert reminding.roadmap_last_day(regulation, year) == last_day
    assert reminding.is_asked(regulation) is is_asked
    assert online.asks_for_ministry(regulation) is on_ministry


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("QN20", marks=pytest.mark.clause("QN20-15.1")),
        pytest.param("KT22", marks=pytest.mark.clause("KT22-17.1")),
    ],
)
def test_proposal_meets_at_least_one_of_the_five_criteria(name: str) -> None:
    wish = online.Wish(
        level=OnlineLevel.FULL,
        service_kind=ServiceKind.ADMINISTRATIVE,
        starts_on=date(2024, 6, 3),
        criteria=(),
        reason="Nhiều hồ sơ mỗi năm",
        opinions="Các xã đồng ý",
        year=2024,
    )

    def is_at_fault(*criteria: str) -> bool:
        given = replace(wish, criteria=criteria)
        regulation, today = law.regulation(name), date(2024, 3, 4)
        found = online.faults_of(given, regulation, was_level=OnlineLevel.NONE, today=today)
        return "criteria" in found.fields

    assert [is_at_fault(each) for each in CRITERIA] == [False] * 5
    assert is_at_fault()


@pytest.mark.clause("KT18-17.3#2")
def test_roadmaps_go_to_the_department_that_is_named_for_them_whoever_assesses() -> None:
    assert online.receivers(saying("KT18", catalogue__assessed_by="office")) == ("dttt",)


@pytest.mark.clause("KT18-17.3#2")
def test_yearly_review_without_a_day_ends_with_its_year() -> None:
    """KT18 gives a day as well; what "hằng năm" says by itself shows once that day is taken away."""
    no_day = saying("KT18", catalogue__roadmap_before=None, catalogue__roadmap_to=None)
    assert reminding.roadmap_last_day(no_day, 2020) == date(2019, 12, 31)
    assert online.receivers(no_day) == ("dttt",)


@pytest.mark.parametrize(
    ("name", "level", "called"),
    [
        pytest.param("KT18", OnlineLevel.FULL, NUMBERED, marks=pytest.mark.clause("KT18-7.1.a#1")),
        pytest.param("KT18", OnlineLevel.NONE, NUMBERED, marks=pytest.mark.clause("KT18-5.2#2")),
        pytest.param("QN20", OnlineLevel.FULL, NUMBERED, marks=pytest.mark.clause("QN20-13.2")),
        pytest.param("QN20", OnlineLevel.PARTIAL, NUMBERED, marks=pytest.mark.clause("QN20-13.3")),
        pytest.param("KT22", OnlineLevel.FULL, NUMBERED, marks=pytest.mark.clause("KT22-23.1#1")),
        pytest.param("PT24", OnlineLevel.FULL, NAMED, marks=pytest.mark.clause("PT24-2.3", "PT24-18.1.a")),
        pytest.param("PT24", OnlineLevel.PARTIAL, NAMED, marks=pytest.mark.clause("PT24-2.4", "PT24-18.1.b")),
    ],
)
def test_level_is_called_by_its_number_only_where_the_text_counts_levels(
    name: str, level: OnlineLevel, called: dict[OnlineLevel, str], settings: Settings
) -> None:
    settings.PROVINCE, monday = PLACES[name]
    assert province.level_name(level, monday.date()) == called[level]
