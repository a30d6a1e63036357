"""Decisions that announce procedures, the duties that follow under each regulation, and how late they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st
from tests.catalogue.province import CODE, ROW, Province
from tests.dossiers.world import moment
from tests.regulations import PLACES

from motcua.audit import queries as audit
from motcua.catalogue import policy, queries, services
from motcua.catalogue.enums import Change, DutyKind, DutyState
from motcua.catalogue.errors import (
    AnnouncementKnown,
    BadAnnouncement,
    BadAsking,
    BadProof,
    CorrectionsOpen,
    DutyDone,
    NotCorrected,
    NothingToCheck,
    NotOnTheSystem,
    StillOnTheSystem,
    UnknownProcedure,
)
from motcua.catalogue.models import Announcement, Duty, ProcedureVersion
from motcua.catalogue.rules import announcing
from motcua.catalogue.rules import duties as rules
from motcua.catalogue.rules.announcing import Named
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden
from motcua.kernel.limits import TimeLimit
from motcua.law import queries as law
from motcua.notify.models import OutboxMessage
from motcua.worktime.queries import published_calendar
from motcua.worktime.rules import local

pytestmark = pytest.mark.django_db
ProvinceOf = Callable[[str], Province]
RECORDED_BY = {
    "QN20": ["office", "dttt", "lead", "admin"],
    "KT22": ["office", "lead", "admin"],
    "PT24": ["office", "lead", "admin"],
}
# What the agency that leads has to do, and what of it is late ten days after the effect.
OWN_DUTIES = {
    "KT22": (["publish"], set()),
    "DL24": (["publish", "website"], set()),
    "PT24": (["publish"], {"publish"}),
}
# By which clause, who says that it is done, and how many days too late.
BROUGHT_UP_TO_DATE = {
    "KT18": ("KT18-13.4#2", "lead", 0),
    "QN20": ("QN20-6.2.b-1", "dttt", 0),
    "DL24": ("DL24-11.4", "lead", 0),
    "PT24": ("PT24-23.7", "lead", 3),
}


def plain(rows: dict[str, Duty]) -> dict[str, tuple[str, str | None]]:
    """Kind → (whose, the last day of its term)."""
    return {
        kind: (row.party, str(local(row.due_at).date()) if row.due_at else None) for kind, row in rows.items()
    }


@pytest.mark.clause("QN20-6.1.a", "QN20-6.1.c", "QN20-6.2.a", "QN20-6.2.b-1", "QN20-23.2")
def test_quang_ngai_content_is_due_five_working_days_after_the_effect(province_of: ProvinceOf) -> None:
    """In force on Friday 15 November 2024: Monday is the first of the five days, Friday the 22nd the last."""
    place = province_of("quang-ngai")
    rows = place.announce()
    assert plain(rows) == {
        "content": ("agency", "2024-11-22"),
        "send": ("agency", None),
        "publish": ("dttt", None),
        "set_up": ("dttt", None),
        "check": ("office", None),
    }
    assert rows["content"].agency == place.agencies["lead"]
    assert rows["publish"].agency == place.agencies["dttt"]
    assert rows["content"].clauses[0] == "QN20-6.1.a"


@pytest.mark.clause("QN20-6.1.b-1", "QN20-6.1.b-2")
def test_quang_ngai_without_an_internal_process_it_is_due_in_the_same_term(province_of: ProvinceOf) -> None:
    rows = province_of("quang-ngai").announce(has_process=False)
    assert plain(rows)["process"] == ("agency", "2024-11-22")
    assert plain(rows)["content"] == ("agency", "2024-11-22")


@pytest.mark.clause("PT24-20.2", "PT24-23.7")
def test_phu_tho_counts_from_the_signing_for_the_office_and_the_agency(province_of: ProvinceOf) -> None:
    """Signed on Monday 4 November 2024: the fifth working day after it is Monday the 11th."""
    rows = province_of("phu-tho").announce()
    assert plain(rows) == {
        "publish": ("agency", "2024-11-11"),
        "national": ("office", "2024-11-11"),
        "set_up": ("office", None),
        "check": ("office", None),
    }


@pytest.mark.clause("PT24-17", "PT24-20.1")
def test_phu_tho_the_office_controls_each_procedure_that_is_provided(province_of: ProvinceOf) -> None:
    """Đ17 refers to NĐ 45/2020 Đ20 as KT22-16 does: what is announced is checked, by the Office alone."""
    place = province_of("phu-tho")
    row = place.announce()["check"]
    assert (row.party, row.agency, row.due_at) == ("office", place.agencies["office"], None)
    assert row.clauses == ["PT24-17", "PT24-20.1"]
    for who in ("lead", "dttt", "justice"):
        with pytest.raises(Forbidden):
            place.fulfil(row, who, "2024-11-20")
    place.fulfil(row, "office", "2024-11-21", proof="Biên bản kiểm tra 3")
    card = queries.duty(place.name, row.pk, moment("2024-11-22 09:00"))
    assert card is not None
    assert (card.state, card.done_on, card.done_by) == (DutyState.DONE, date(2024, 11, 21), "Office")


# Whose check it is, and of whom a correction may be asked: by which day the regulation is in force.
CHECKED = {
    "QN20": (("office", "admin"), ("dttt", "lead"), date(2024, 11, 4)),
    "KT22": (("office", "admin"), ("lead",), date(2024, 11, 4)),
    "PT24": (("office", "admin"), ("lead",), date(2024, 11, 4)),
    "KT18": (("justice", "admin"), ("lead",), date(2021, 11, 1)),
}


@pytest.mark.clause("QN20-6.3", "KT22-16", "PT24-17", "KT18-11")
@pytest.mark.parametrize("name", CHECKED)
def test_what_was_published_is_checked_sent_back_and_put_right(province_of: ProvinceOf, name: str) -> None:
    """Asked by the body that checks alone; put right only by content that came afterwards; then checked."""
    checkers, correctors, signed = CHECKED[name]
    place = province_of(PLACES[name][0])
    day = [signed + timedelta(days=number) for number in range(12)]
    at = [moment(f"{each} 10:00") for each in day]
    services.import_procedures(rows=[ROW], actor=SYSTEM, at=at[1])
    check = place.announce(at=f"{day[1]} 11:00", signed_on=signed, effective_on=signed)["check"]
    to = "dttt" if "dttt" in correctors else "agency"

    def ask(who: str, when: int, **changes: str) -> int:
        given = {"to": to, "asked": "Thời hạn ghi 5 ngày, quyết định ghi 3 ngày"} | changes
        return services.ask_correction(actor=place.people[who], at=at[when], duty_id=check.pk, **given)

    for who in set(place.people) - set(checkers):
        with pytest.raises(Forbidden):
            ask(who, 2)
    for changes, field in (({"asked": " "}, "asked"), ({"to": "nobody"}, "to")):
        with pytest.raises(BadAsking) as refused:
            ask(checkers[0], 2, **changes)
        assert set(refused.value.fields) == {field}
    asked = Duty.objects.get(pk=ask(checkers[0], 2))
    assert (asked.agency, asked.clauses) == (place.agencies[correctors[0]], check.clauses)
    told = OutboxMessage.objects.filter(key="desk.correction_asked", channel="in_app")
    assert [(row.recipient_name, row.context["asked"]) for row in told] == [
        (correctors[0].title(), "Thời hạn ghi 5 ngày, quyết định ghi 3 ngày")
    ]

    with pytest.raises(CorrectionsOpen):
        place.fulfil(check, checkers[0], str(day[3]))
    with pytest.raises(NotCorrected):  # what was there before does not do
        place.fulfil(asked, correctors[0], str(day[3]))
    services.import_procedures(rows=[ROW | {"name_vi": "Cấp giấy thử, đã sửa"}], actor=SYSTEM, at=at[4])
    with pytest.raises(Forbidden):
        place.fulfil(asked, "officer", str(day[5]))
    place.fulfil(asked, correctors[0], str(day[3]), at=f"{day[5]} 10:00")
    place.fulfil(check, checkers[0], str(day[6]))
    found = {card.kind: card for card in queries.duties(place.name, at[7], is_done=True)}
    assert (found[DutyKind.CORRECT].done_on, found[DutyKind.CHECK].done_on) == (day[4], day[6])

    again = ask(checkers[0], 8)  # the check goes on after it was recorded
    asked_again = queries.duty(place.name, again, at[9])
    assert asked_again is not None
    assert asked_again.state is DutyState.PROMPT
    acts = [act.act for act in audit.acts()]
    assert acts[:4] == ["correction_asked", "duty_fulfilled", "duty_fulfilled", "correction_asked"]


@pytest.mark.clause("QN20-6.3")
@pytest.mark.parametrize("kind", ["content", "publish"])
def test_a_correction_is_asked_from_a_check_only(province_of: ProvinceOf, kind: str) -> None:
    place = province_of("quang-ngai")
    row = place.announce()[kind]
    with pytest.raises(NothingToCheck):
        services.ask_correction(
            actor=place.people["lead" if kind == "content" else "dttt"],
            at=moment("2024-11-21 10:00"),
            duty_id=row.pk,
            to="agency",
            asked="Sai thời hạn",
        )
    assert Duty.objects.filter(kind="correct").count() == 0


@pytest.mark.clause("PT24-20.2")
def test_holidays_do_not_count(province_of: ProvinceOf) -> None:
    """Signed on 27 December 2024, a Friday: 1 January is off, so the fifth day is Monday 6 January."""
    rows = province_of("phu-tho").announce(
        at="2025-01-02 09:00", signed_on=date(2024, 12, 27), effective_on=date(2024, 12, 27)
    )
    assert plain(rows)["national"] == ("office", "2025-01-06")


@pytest.mark.parametrize(
    ("name", "signed", "expected"),
    [
        pytest.param(
            "kon-tum",
            date(2019, 5, 6),
            {"publish": "agency", "website": "agency", "set_up": "agency", "check": "justice"},
            marks=pytest.mark.clause("KT18-13.4#2", "KT18-11"),
        ),
        pytest.param(
            "kon-tum",
            date(2023, 5, 8),
            {"publish": "agency", "set_up": "office", "check": "office"},
            marks=pytest.mark.clause("KT22-16"),
        ),
        pytest.param(
            "dak-lak",
            date(2024, 5, 6),
            {"publish": "agency", "website": "agency", "set_up": "office"},
            marks=pytest.mark.clause("DL24-11.4"),
        ),
    ],
    ids=["KT18", "KT22", "DL24"],
)
def test_promptly_is_a_duty_without_a_last_day_and_never_late(
    province_of: ProvinceOf, name: str, signed: date, expected: dict[str, str]
) -> None:
    rows = province_of(name).announce(at="2024-11-20 09:00", signed_on=signed, effective_on=signed)
    assert plain(rows) == {kind: (party, None) for kind, party in expected.items()}
    (first, *_) = queries.duties(name, moment("2026-01-05 09:00"))
    assert (first.state, first.late_days) == (DutyState.PROMPT, 0)


@pytest.mark.clause("QN20-5.2", "QN20-21.4")
def test_a_change_has_to_be_worked_into_content_and_process_before_it_counts_as_done(
    province_of: ProvinceOf,
) -> None:
    """What was on the system before the change does not do; what was brought in after it does."""
    place = province_of("quang-ngai")
    services.import_procedures(rows=[ROW], actor=SYSTEM, at=moment("2024-10-01 10:00"))
    changed = (Named(CODE, "Cấp giấy thử", Change.CHANGED),)
    rows = place.announce(procedures=changed, has_process=False)
    assert {"content", "process", "publish", "set_up"} <= set(rows)
    with pytest.raises(NotOnTheSystem):
        place.fulfil(rows["publish"], "dttt", "2024-11-20")
    new = ROW | {"name_vi": "Cấp giấy thử, nội dung mới", "publication_decision": "12/QĐ-UBND"}
    services.import_procedures(rows=[new], actor=SYSTEM, at=moment("2024-11-21 10:00"))
    place.fulfil(rows["publish"], "dttt", "2024-11-21", at="2024-11-21 16:00")
    card = queries.duty(place.name, rows["publish"].pk, moment("2024-11-22 09:00"))
    assert card is not None
    assert (card.state, card.done_on, card.done_by) == (DutyState.DONE, date(2024, 11, 21), "Dttt")
    assert queries.by_code(CODE, date(2024, 11, 22)).title == "Cấp giấy thử, nội dung mới"


def test_a_repealed_procedure_is_only_taken_down(province_of: ProvinceOf) -> None:
    repealed = (Named(CODE, "Cấp giấy thử", Change.REPEALED),)
    rows = province_of("quang-ngai").announce(procedures=repealed, has_process=False)
    assert set(rows) == {"publish"}


@pytest.mark.clause("QN20-6.1.a")
def test_lateness_is_told_in_working_days(province_of: ProvinceOf) -> None:
    place = province_of("quang-ngai")
    rows = place.announce()
    asked = moment("2024-11-22 09:00"), moment("2024-11-25 09:00"), moment("2024-12-02 09:00")
    found = [next(d for d in queries.duties("quang-ngai", at) if d.kind == "content") for at in asked]
    assert [(card.state, card.late_days) for card in found] == [
        (DutyState.OPEN, 0),
        (DutyState.OVERDUE, 1),
        (DutyState.OVERDUE, 6),
    ]
    place.fulfil(rows["content"], "lead", "2024-11-26", at="2024-12-02 09:00")
    card = queries.duty("quang-ngai", rows["content"].pk, moment("2025-06-02 09:00"))
    assert card is not None
    assert (card.state, card.late_days, card.done_by) == (DutyState.DONE_LATE, 2, "Lead")


@pytest.mark.clause("PT24-20.2")
@pytest.mark.parametrize(
    ("day", "state", "late"), [("2024-11-11", DutyState.DONE, 0), ("2024-11-12", DutyState.DONE_LATE, 1)]
)
def test_done_on_the_last_day_is_in_time(
    province_of: ProvinceOf, day: str, state: DutyState, late: int
) -> None:
    place = province_of("phu-tho")
    rows = place.announce(at="2024-11-05 09:00")
    place.fulfil(rows["national"], "office", day, at=f"{day} 21:00")
    card = queries.duty("phu-tho", rows["national"].pk, moment("2024-11-13 09:00"))
    assert card is not None
    assert (card.state, card.late_days) == (state, late)


@pytest.mark.clause("PT24-23.7", "KT18-13.4#2", "DL24-11.4", "QN20-6.2.b-1")
def test_the_system_itself_tells_when_a_procedure_was_brought_up_to_date(
    province_of: ProvinceOf, regulation: str
) -> None:
    """Signed on a Monday, in the catalogue on Thursday of the week after: late where five days are given."""
    clause, who, late = BROUGHT_UP_TO_DATE[regulation]
    place = province_of(PLACES[regulation][0])
    signed = date(2021, 11, 1) if regulation == "KT18" else date(2024, 11, 4)
    day = [signed + timedelta(days=number) for number in range(15)]
    earlier = moment(f"{signed - timedelta(days=30)} 10:00")  # what was there before the decision does not do
    services.import_procedures(rows=[ROW | {"name_vi": "Cấp giấy thử, cũ"}], actor=SYSTEM, at=earlier)
    rows = place.announce(at=f"{day[1]} 09:00", signed_on=signed, effective_on=signed)
    with pytest.raises(NotOnTheSystem) as refused:
        place.fulfil(rows["publish"], who, str(day[2]))
    assert clause in refused.value.clauses
    # A mended word is an edition after the signing, but carries nothing out; so does one of another decision.
    for number, text in ((3, ""), (4, "Quyết định số 112/QĐ-UBND"), (5, "12/QĐ-UBND-SĐ")):
        mended = ROW | {"name_vi": f"Cấp giấy thử, sửa chữ {number}", "publication_decision": text}
        services.import_procedures(
            rows=[mended], actor=SYSTEM, at=moment(f"{day[number]} 10:00"), is_bundled=True
        )
        with pytest.raises(NotOnTheSystem):
            place.fulfil(rows["publish"], who, str(day[6]), at=f"{day[6]} 10:00")
    row = ROW | {"publication_decision": "Quyết định số 12/QĐ-UBND ngày ký"}
    report = services.import_procedures(rows=[row], actor=SYSTEM, at=moment(f"{day[10]} 10:00"))
    assert report.failures == ()
    place.fulfil(rows["publish"], who, str(day[2]), at=f"{day[11]} 10:00")
    card = queries.duty(place.name, rows["publish"].pk, moment(f"{day[14]} 09:00"))
    assert card is not None
    assert (card.done_on, card.late_days) == (day[10], late)
    assert card.state is (DutyState.DONE_LATE if late else DutyState.DONE)


def test_what_was_repealed_must_be_down_before_it_counts_as_done(province_of: ProvinceOf) -> None:
    place = province_of("phu-tho")
    services.import_procedures(rows=[ROW], actor=SYSTEM, at=moment("2024-10-20 10:00"))
    rows = place.announce(at="2024-11-05 09:00", procedures=(Named(CODE, "Cấp", Change.REPEALED),))
    for day in ("2024-11-06", "2024-11-14"):  # repealed from the 15th: in force until then
        with pytest.raises(StillOnTheSystem) as refused:
            place.fulfil(rows["publish"], "lead", day)
        assert "PT24-23.7" in refused.value.clauses
    place.fulfil(rows["publish"], "lead", "2024-11-15")


REPEALED = (Named(CODE, "Cấp giấy thử", Change.REPEALED),)
NAMING = ROW | {"publication_decision": "9/QĐ-UBND"}


@pytest.mark.clause("KT22-17.2")
def test_a_repeal_ends_the_version_and_only_a_new_decision_brings_it_back(
    province_of: ProvinceOf, regulation: str
) -> None:
    place = province_of(PLACES[regulation][0])
    services.import_procedures(rows=[NAMING], actor=SYSTEM, at=moment("2024-10-20 10:00"))
    version = ProcedureVersion.objects.get(procedure__code=CODE)
    place.announce(at="2024-11-05 09:00", procedures=REPEALED)  # takes effect on the 15th
    assert queries.by_code(CODE, date(2024, 11, 14)).version_id == version.pk
    with pytest.raises(UnknownProcedure):
        queries.by_code(CODE, date(2024, 11, 15))
    assert queries.ended_on(CODE, date(2024, 11, 14)) is None
    assert queries.ended_on(CODE, date(2024, 11, 15)) == date(2024, 11, 14)
    mended = NAMING | {"name_vi": "Cấp giấy thử, sửa chữ"}
    for at in ("2024-11-06 10:00", "2024-12-02 10:00"):  # also before its last day
        report = services.import_procedures(rows=[mended], actor=SYSTEM, at=moment(at))
        assert [each.field for each in report.failures] == ["code"]
    again = {"number": "20/QĐ-UBND", "signed_on": date(2024, 12, 2), "effective_on": date(2024, 12, 2)}
    place.announce(at="2024-12-02 11:00", **again)
    report = services.import_procedures(rows=[mended], actor=SYSTEM, at=moment("2024-12-03 10:00"))
    assert report.failures == ()
    assert queries.by_code(CODE, date(2024, 12, 3)).title == "Cấp giấy thử, sửa chữ"
    # What was repealed long ago and announced again since is not ended by entering the old decision now.
    old = {"number": "2/QĐ-UBND", "signed_on": date(2024, 10, 25), "effective_on": date(2024, 10, 25)}
    place.announce(at="2024-12-04 09:00", procedures=REPEALED, **old)
    assert queries.by_code(CODE, date(2024, 12, 4)).title == "Cấp giấy thử, sửa chữ"


def test_a_repeal_that_is_recorded_late_ends_what_begins_later_with_its_first_day(
    province_of: ProvinceOf,
) -> None:
    place = province_of("phu-tho")
    services.import_procedures(rows=[ROW], actor=SYSTEM, at=moment("2024-10-20 10:00"))
    for at, starts in (("2024-11-18 10:00", "2024-11-18"), ("2024-11-19 10:00", "2024-12-01")):
        row = ROW | {"name_vi": f"Cấp giấy thử từ {starts}", "valid_from": starts}
        services.import_procedures(rows=[row], actor=SYSTEM, at=moment(at))
    place.announce(at="2024-11-20 09:00", procedures=REPEALED)
    found = ProcedureVersion.objects.order_by("number").values_list("valid_to", flat=True)
    assert list(found) == [date(2024, 11, 14), date(2024, 11, 18), date(2024, 12, 1)]
    assert queries.ended_on(CODE, date(2024, 11, 20)) == date(2024, 11, 18)


@pytest.mark.clause("QN20-6.2.a", "QN20-22.2", "QN20-23.2", "KT22-23.3", "PT24-23.3")
def test_decisions_are_recorded_by_those_whom_the_regulation_names(
    province_of: ProvinceOf, regulation: str
) -> None:
    """The Office, who leads, and the department that publishes where the regulation has one that does."""
    place = province_of(PLACES[regulation][0])
    recorded = []
    for who in place.people:
        with suppress(Forbidden):
            place.announce(who, number=f"{who}/QĐ-UBND")
            recorded.append(who)
    assert recorded == RECORDED_BY[regulation]
    assert Announcement.objects.count() == len(recorded)


@pytest.mark.parametrize(
    ("name", "day", "sees"),
    [
        pytest.param("kon-tum", "2019-10-07", True, marks=pytest.mark.clause("KT18-11")),
        ("dak-lak", "2024-10-07", False),
    ],
)
def test_the_department_of_justice_oversees_only_where_the_regulation_has_it_check(
    province_of: ProvinceOf, name: str, day: str, sees: bool
) -> None:
    place = province_of(name)
    standing = policy.standing_of(place.people["justice"], moment(f"{day} 09:00"), name)
    assert (standing.oversees, standing.acts_for(place.agencies["justice"].pk)) == (sees, True)
    assert policy.standing_of(place.people["officer"], moment(f"{day} 09:00"), name).is_empty


@pytest.mark.parametrize(
    ("kind", "may"), [("content", {"lead"}), ("check", {"office", "admin"}), ("publish", {"dttt", "admin"})]
)
def test_what_was_done_is_recorded_by_whose_duty_it_is(
    province_of: ProvinceOf, kind: str, may: set[str]
) -> None:
    place = province_of("quang-ngai")
    row_of_it = ROW | {"publication_decision": "12/QĐ-UBND"}
    services.import_procedures(rows=[row_of_it], actor=SYSTEM, at=moment("2024-11-14 10:00"))
    row = place.announce()[kind]
    done = set()
    for who in place.people:
        try:
            with transaction.atomic():
                place.fulfil(row, who, "2024-11-20")
                done.add(who)
                raise IntegrityError
        except (Forbidden, IntegrityError):
            pass
    assert done == may


def test_proof_and_day_are_checked_and_nothing_is_recorded_twice(province_of: ProvinceOf) -> None:
    place = province_of("quang-ngai")
    row = place.announce()["content"]
    for day, proof, field in (
        ("2024-11-20", "  ", "proof"),
        ("2024-11-21", "Công văn", "done_on"),
        ("2024-11-03", "Công văn", "done_on"),
    ):
        with pytest.raises(BadProof) as refused:
            place.fulfil(row, "lead", day, at="2024-11-20 10:00", proof=proof)
        assert set(refused.value.fields) == {field}
    place.fulfil(row, "lead", "2024-11-20")
    with pytest.raises(DutyDone):
        place.fulfil(row, "lead", "2024-11-20")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": " "}, "number"),
        ({"signed_on": date(2024, 11, 21)}, "signed_on"),
        ({"effective_on": date(2024, 11, 3)}, "effective_on"),
        ({"procedures": ()}, "new"),
        ({"procedures": (Named(CODE, "", Change.NEW),)}, "new"),
        ({"procedures": (Named(CODE, "A", Change.NEW), Named(CODE, "B", Change.CHANGED))}, "new"),
    ],
)
def test_a_decision_that_does_not_hold_together_is_refused(
    province_of: ProvinceOf, changes: dict[str, object], field: str
) -> None:
    place = province_of("quang-ngai")
    with pytest.raises(BadAnnouncement) as refused:
        place.announce(**changes)
    assert field in refused.value.fields
    assert (Announcement.objects.count(), audit.acts()) == (0, ())


def test_a_decision_is_recorded_once_and_never_changes(province_of: ProvinceOf) -> None:
    place = province_of("quang-ngai")
    row = place.announce()["content"]
    with pytest.raises(AnnouncementKnown):
        place.announce()
    with pytest.raises(IntegrityError), transaction.atomic():
        Announcement.objects.update(effective_on=date(2025, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=row.pk).update(due_at=moment("2030-01-01 08:00"))


def test_recording_and_fulfilling_stand_in_the_chain(province_of: ProvinceOf) -> None:
    place = province_of("quang-ngai")
    place.fulfil(place.announce()["content"], "lead", "2024-11-20")
    assert [(act.act, act.actor_name) for act in audit.acts()] == [
        ("duty_fulfilled", "Lead"),
        ("announcement_recorded", "Quản trị"),
    ]
    assert audit.verify_acts() is None


@pytest.mark.clause("KT22-23.1#2", "DL24-11.1#3", "PT24-23.1#2")
def test_an_agency_watches_its_own_duties_page_by_page(province_of: ProvinceOf, regulation: str) -> None:
    kinds, late = OWN_DUTIES[regulation]
    place = province_of(PLACES[regulation][0])
    many = tuple(Named(f"1.00{n:04}", f"Thủ tục {n}", Change.NEW) for n in range(20))
    place.announce(procedures=many)
    at, own = moment("2024-11-25 09:00"), {place.agencies["lead"].pk}
    seen = []
    cursor = ""
    while page := queries.duties(place.name, at, agency_ids=own, after=cursor, limit=7):
        seen += page
        cursor = page[-1].cursor
    assert len({card.id for card in seen}) == len(seen)
    assert Counter(card.kind.value for card in seen) == dict.fromkeys(kinds, 20)
    assert queries.count_overdue(place.name, at, own) == 20 * len(late)
    overdue = queries.duties(place.name, at, agency_ids=own, only_late=True)
    assert {card.kind.value for card in overdue} == late
    with CaptureQueriesContext(connection) as asked:
        queries.duties(place.name, at)
    assert len(asked) == 1


@pytest.mark.clause("KT22-4.2#1", "DL24-3.3#1", "PT24-3.3", "QN20-6.1.c")
def test_the_newest_decision_tells_who_answers_for_the_content(
    province_of: ProvinceOf, regulation: str
) -> None:
    place = province_of(PLACES[regulation][0])
    place.announce()
    place.announce(number="13/QĐ-UBND", signed_on=date(2024, 11, 12), effective_on=date(2024, 11, 15))
    found = queries.provenance(place.name, CODE)
    assert found is not None
    assert (found.number, found.agency) == ("13/QĐ-UBND", "Cơ quan lead")


def test_lines_of_a_decision_are_read_and_bad_ones_named() -> None:
    text = "1.004873.000.00.00.H15 - Cấp giấy\n\n2.000635  Cấp bản sao\nkhông có mã\n1.000001"
    found, bad = announcing.named(text, Change.CHANGED)
    assert [(each.code, each.title) for each in found] == [
        ("1.004873", "Cấp giấy"),
        ("2.000635", "Cấp bản sao"),
        ("1.000001", ""),
    ]
    assert bad == (4,)


@given(
    day=st.dates(date(2021, 3, 1), date(2025, 6, 1)),
    days=st.integers(1, 15),
)
def test_a_term_ends_after_exactly_so_many_working_days(day: date, days: int) -> None:
    calendar = published_calendar("phu-tho")
    due = rules.due_of(calendar, TimeLimit.parse(f"{days}wd"), day)
    assert due is not None
    last = local(due).date()
    assert rules.working_days_after(calendar, day, last) == days
    assert calendar.day(last).hours
    assert rules.state_of(due, last, due) is DutyState.DONE
    assert rules.state_of(due, last + timedelta(days=1), due) is DutyState.DONE_LATE


def test_every_regulation_says_who_publishes_and_who_sets_up() -> None:
    for name in law.law().regulations:
        kinds = {
            spec.kind: spec
            for spec in rules.duties_of(law.regulation(name), change=Change.NEW, has_process=False)
        }
        assert {DutyKind.PUBLISH, DutyKind.SET_UP} <= set(kinds)
        assert all(spec.clauses for spec in kinds.values())
