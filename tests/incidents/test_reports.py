"""What people report who find something wrong: who is told, how often, and what becomes of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.dossiers.world import World
from tests.incidents.test_services import declare

from motcua.accounts.rules.limits import limit
from motcua.incidents import policy, queries, services
from motcua.incidents.enums import ReportKind, Whom
from motcua.incidents.errors import BadGround, BadReport, ReportNotOffered, TooManyReports
from motcua.incidents.models import Incident, Report
from motcua.incidents.rules import reports as rules
from motcua.law import queries as law
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
OUTAGE, ACCOUNT, MISUSE = ReportKind
ADDRESSES = ["dttt=a@x.vn", "office=c@x.vn", "provider=d@x.vn", "assigned_unit=e@x.vn"]


def say(world: World, kind: ReportKind = OUTAGE, **changes: Any) -> str:
    given: dict[str, Any] = {"kind": kind, "what": "Trang trắng", "place": "here", "at": world.now}
    return str(services.report(**given | changes))


def letters() -> list[str]:
    return sorted(OutboxMessage.objects.filter(key="incident.reported").values_list("address", flat=True))


@pytest.mark.clause("DL24-10.2")
def test_anybody_reports_an_outage_and_whom_the_regulation_names_is_told(world: World, settings: Any) -> None:
    settings.INCIDENT_CONTACTS = ADDRESSES
    number = say(world, page=" Nộp  hồ sơ ", contact="0905 000 001")
    row = Report.objects.get()
    assert (str(row.pk), row.what, row.page, row.contact, row.by_id) == (
        number,
        "Trang trắng",
        "Nộp hồ sơ",
        "0905 000 001",
        "",
    )
    assert row.told == {"dttt": 1, "office": 1, "assigned_unit": 1}
    assert letters() == ["a@x.vn", "c@x.vn", "e@x.vn"]
    assert "Trang trắng" in str(OutboxMessage.objects.filter(address="a@x.vn").get().context)


@pytest.mark.clause("DL24-24.6", "PT24-24.2#2")
def test_a_lost_account_is_told_to_the_body_that_runs_the_system(
    world: World, settings: Any, regulation: str
) -> None:
    settings.INCIDENT_CONTACTS = ADDRESSES
    say(world, ACCOUNT, what="Có người đổi mật khẩu của tôi")
    assert letters() == {"DL24": ["c@x.vn"], "PT24": ["a@x.vn"]}[regulation]
    said = OutboxMessage.objects.get(key="incident.reported", channel="email").context
    assert said["what"] == "Có người đổi mật khẩu của tôi"


@pytest.mark.clause("DL24-24.4")
def test_officers_report_misuse_and_infected_files_and_nobody_else(world: World, settings: Any) -> None:
    settings.INCIDENT_CONTACTS = ADDRESSES
    with pytest.raises(ReportNotOffered):
        say(world, MISUSE)
    assert Report.objects.count() == 0
    say(world, MISUSE, what="Tệp có mã độc", officer=world.actor("chi"), agency_id=world.agency.pk)
    (hour,) = queries.reported(agency_ids=frozenset({world.agency.pk}))
    assert (hour.kind, hour.first.by, hour.first.agency) == (MISUSE, "Chi", world.agency.name)
    assert letters() == ["a@x.vn", "c@x.vn", "e@x.vn"]
    assert queries.reported(agency_ids=frozenset()) == ()


def test_what_may_be_reported_stands_in_the_regulation() -> None:
    found = {
        name: [rules.offered(law.regulation(name), is_officer=officer) for officer in (False, True)]
        for name in ("KT18", "KT22", "QN20", "DL24", "PT24")
    }
    assert found == {
        "KT18": [(OUTAGE,), (OUTAGE,)],
        "KT22": [(OUTAGE,), (OUTAGE,)],
        "QN20": [(OUTAGE,), (OUTAGE,)],
        "DL24": [(OUTAGE, ACCOUNT), (OUTAGE, ACCOUNT, MISUSE)],
        "PT24": [(OUTAGE, ACCOUNT), (OUTAGE, ACCOUNT)],
    }
    assert rules.offered(None, is_officer=True) == (OUTAGE,)
    assert rules.whom(None, OUTAGE) == (Whom.DTTT, Whom.OFFICE)
    assert rules.whom(law.regulation("KT18"), ACCOUNT) == (Whom.ICT_CENTRE,)


@pytest.mark.clause("DL24-10.2")
def test_several_of_one_hour_are_gathered_and_told_once(world: World, settings: Any) -> None:
    settings.INCIDENT_CONTACTS = ["dttt=a@x.vn"]
    start = world.now = world.now.replace(minute=0)
    for minutes in (5, 20, 59):
        say(world, at=start + timedelta(minutes=minutes), what=f"sau {minutes} phút")
    say(world, ACCOUNT, at=start + timedelta(minutes=30))
    assert letters() == ["a@x.vn"]
    say(world, at=start + timedelta(minutes=60), what="giờ sau")
    assert letters() == ["a@x.vn", "a@x.vn"]
    gathered = queries.reported(agency_ids=None)
    assert [(each.kind, each.hour, [one.what for one in each.reports]) for each in gathered] == [
        (OUTAGE, start + timedelta(hours=1), ["giờ sau"]),
        (OUTAGE, start, ["sau 59 phút", "sau 20 phút", "sau 5 phút"]),
        (ACCOUNT, start, ["Trang trắng"]),
    ]
    older = queries.reported(agency_ids=None, before=str(gathered[1].reports[0].id))
    assert [one.what for each in older if each.kind is OUTAGE for one in each.reports] == [
        "sau 20 phút",
        "sau 5 phút",
    ]
    assert [each.hour for each in queries.reported(agency_ids=None, limit=1)] == [start + timedelta(hours=1)]


def test_reports_from_one_place_have_an_end_within_the_hour(world: World) -> None:
    most = limit("report.most_from_one_place")
    for minutes in range(most):
        say(world, at=world.now + timedelta(minutes=minutes))
    with pytest.raises(TooManyReports):
        say(world, at=world.now + timedelta(minutes=most))
    say(world, at=world.now + timedelta(minutes=most), place="elsewhere")
    say(world, at=world.now + timedelta(minutes=61))
    assert Report.objects.count() == most + 2


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"what": " \n "}, {"what"}),
        ({"what": "\u200b\u2060"}, {"what"}),
        ({"what": "x" * 2001}, {"what"}),
        ({"page": "x" * 201, "contact": "y" * 201}, {"page", "contact"}),
    ],
)
def test_a_report_says_what_is_wrong_and_no_more_than_fits(
    world: World, changes: dict[str, str], wrong: set[str]
) -> None:
    with pytest.raises(BadReport) as refused:
        say(world, **changes)
    assert set(refused.value.fields) == wrong
    assert Report.objects.count() == 0


@pytest.mark.clause("DL24-10.2")
def test_an_outage_is_declared_on_a_fresh_report_of_one(world: World) -> None:
    number, other = say(world), say(world, ACCOUNT)
    card = declare(world, ground=number)
    assert card.ground is not None
    assert (str(card.ground.id), card.ground.what) == (number, "Trang trắng")
    for wrong in (other, "x", "0" * 32):
        with pytest.raises(BadGround):
            declare(world, ground=wrong)
    world.later(hours=25)
    with pytest.raises(BadGround):
        declare(world, ground=number)
    assert Incident.objects.count() == 1


def test_what_was_reported_never_changes(world: World) -> None:
    say(world)
    for change in (lambda: Report.objects.update(what="khác"), lambda: Report.objects.all().delete()):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()
    assert Report.objects.get().what == "Trang trắng"


@pytest.mark.clause("DL24-10.2", "DL24-24.4")
def test_reports_are_read_by_who_leads_or_heads_a_desk_and_all_of_them_by_who_runs_the_system(
    world: World,
) -> None:
    def read(name: str) -> frozenset[int] | None:
        actor, at = world.actor(name), world.now
        return policy.agencies_whose_reports_are_read(actor, policy.posts_of(actor, at), at)

    own = frozenset({world.agency.pk})
    assert {name: read(name) for name in ("hanh", "chi", "dung")} == {
        "hanh": own,
        "chi": frozenset(),
        "dung": frozenset(),
    }
    world.people["dung"].is_admin = True
    world.people["dung"].save()
    assert read("dung") is None


@pytest.mark.parametrize("moment", [timedelta(0), timedelta(hours=24), timedelta(hours=24, seconds=1)])
def test_a_report_is_ground_as_long_as_an_outage_may_be_declared(moment: timedelta, world: World) -> None:
    at: datetime = world.now
    within, calendar = timedelta(hours=24), queries.calendar_at(None, at)
    assert rules.is_ground(OUTAGE, at, at + moment, within, calendar) is (moment <= within)
    assert not rules.is_ground(OUTAGE, at + timedelta(seconds=1), at, within, calendar)
    assert not rules.is_ground(MISUSE, at, at, within, calendar)
