"""Acts outside of dossiers: what the page says of each post and body is what a real account with it may."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.catalogue.province import Province
from tests.desk.conftest import At
from tests.desk.tables import tables
from tests.dossiers.world import World, moment
from tests.incidents.test_operator import BODIES

from motcua.accounts.models import Account
from motcua.accounts.queries import actor_of
from motcua.agencies import policy as agency_policy
from motcua.agencies import queries as agencies
from motcua.agencies import services as agency_services
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.catalogue import policy as catalogue
from motcua.catalogue import services as catalogue_services
from motcua.catalogue.rules import upgrades
from motcua.desk.law_pages import outside
from motcua.dossiers import policy as dossiers
from motcua.dossiers import services as dossier_services
from motcua.dossiers.enums import Verb
from motcua.incidents import policy as incidents
from motcua.incidents import services as incident_services
from motcua.incidents.enums import Scope
from motcua.kernel.actors import Actor
from motcua.kernel.errors import Forbidden
from motcua.law import queries as law
from motcua.law.rules import Regulation
from motcua.notify import services as notify
from motcua.process import services as processes

pytestmark = pytest.mark.django_db
DAYS = {
    "KT18": ("kon-tum", "2019-10-07"),
    "KT22": ("kon-tum", "2024-10-07"),
    "QN20": ("quang-ngai", "2024-10-07"),
    "DL24": ("dak-lak", "2024-10-07"),
    "PT24": ("phu-tho", "2024-11-04"),
}


class Real:
    """An officer with one post, or the administrator of the province, asked by the doors' own policies."""

    def __init__(self, actor: Actor, at: datetime, regulation: Regulation, agency: Agency, own: Unit) -> None:
        self.actor, self.at, self.regulation = actor, at, regulation
        self.agency, self.own = agency, own

    def acts_for(self, party: str, *, agency_id: int | None = None) -> bool:
        body = (
            None if agency_id else agencies.agency_of_party(self.regulation.province, party, self.at.date())
        )
        wanted = agency_id or (body.id if body else None)
        return self.standing.acts_for(wanted, party)

    @property
    def standing(self) -> catalogue.Standing:
        return catalogue.standing_of(self.actor, self.at, self.regulation.province)

    def answers(self) -> dict[str, bool]:
        actor, at, agency_id = self.actor, self.at, self.agency.pk
        unit = Unit.objects.filter(agency=self.agency).first()
        unit_id = unit.pk if unit else None
        watched = dossiers.watched_by(actor, dossiers.footing_of(actor, at), at)
        posts = incidents.posts_of(actor, at)
        reports = incidents.agencies_whose_reports_are_read(actor, posts, at)
        scope = agency_policy.scope_of(actor, at)
        covered = agency_services.answered_for(actor=actor, on=at.date())
        acts = self.acts_for(catalogue.AGENCY, agency_id=agency_id)
        assessor = self.regulation.choice("catalogue.assessed_by") or ""
        recorders = set(upgrades.recorders(self.regulation).values())
        named = catalogue.named_bodies(self.regulation)
        own = self.acts_for(catalogue.AGENCY, agency_id=self.own.agency_id)
        return {
            "follow": watched is None or agency_id in watched,
            "urge": watched is None,
            "outages": incidents.may_declare(actor, posts, at, Scope.DESK, agency_id, unit_id),
            "reports": reports is None or agency_id in reports,
            "closures": agency_policy.may_close(actor, agency_id, at),
            "absences": any(each.unit_id == unit_id for each in covered),
            "announce": catalogue.may_announce(self.standing, agency_id),
            "duties": own or any(self.acts_for(party) for party in named),
            "forms": catalogue.may_keep_forms(self.standing, agency_id),
            "items": self.standing.is_province or acts,
            "processes": processes.may_write(actor, at, agency_id),
            "process_decisions": processes.may_decide(actor, at, agency_id),
            "propose": acts,
            "roadmap": acts,
            "assess": self.acts_for(assessor),
            "online_decisions": self.acts_for(assessor),
            "upgrades": bool(recorders) and acts,
            "upgrade_steps": any(self.acts_for(party) for party in recorders),
            "promises": scope.covers(agency_id),
            "reasons": dossiers.may_keep_reasons(actor, agency_id, at),
            "people": scope.covers(agency_id),
            "accounts": agency_policy.issuing(scope, self.regulation.province, at.date()).covers(agency_id),
            "tree": scope.is_province,
            "competences": scope.is_province,
            "wording": scope.is_province,
            "notices": scope.is_province,
        }


ProvinceOf = Callable[[str], Province]


def _agency(province: str, key: str) -> Unit:
    agency = Agency.objects.create(province=province, key=key, name=key, level="province", kind="department")
    return Unit.objects.create(agency=agency, key="vp", name="Văn phòng", kind="office")


def _officer(unit: Unit | None, role: Role | None, at: datetime) -> Actor:
    number = Account.objects.count()
    account = Account.objects.create(
        kind="officer",
        username=f"who{number}",
        full_name=f"Người {number}",
        created_at=at,
        is_admin=unit is None,
    )
    if unit and role:
        Position.objects.create(account=account, unit=unit, role=role)
    return actor_of(account)


@pytest.mark.parametrize("name", list(DAYS))
def test_what_the_page_says_is_what_a_real_account_may(name: str, settings: Settings) -> None:
    province, day = DAYS[name]
    settings.PROVINCE = province
    for queries in (agencies,):
        queries.forget()
    at, regulation = moment(f"{day} 09:00"), law.regulation(name)
    home, other = _agency(province, "so-khac"), _agency(province, "so-xa")
    bodies = {party: _agency(province, key) for party, key in {**BODIES, "justice": "so-tu-phap"}.items()}
    for unit in (home, other):  # somebody whose absence is recorded
        _officer(unit, Role.CASE_OFFICER, at)
    said = {act.key: act for act in outside.ACTS}
    for column, _ in outside.columns(regulation):
        if column == outside.PROVINCE:
            asked = [Real(_officer(None, None, at), at, regulation, other.agency, home)]
        elif column in bodies:
            own = bodies[column]
            asked = [
                Real(_officer(own, role, at), at, regulation, other.agency, own) for role in outside.POSTS
            ]
        else:
            asked = [Real(_officer(home, Role(column), at), at, regulation, home.agency, home)]
        found = [each.answers() for each in asked]
        real = {key: any(one[key] for one in found) for key in said}
        assert {key: outside.may(act, column, regulation) for key, act in said.items()} == real, column
    agencies.forget()


@pytest.mark.clause("KT22-22.6")
@pytest.mark.parametrize(
    ("name", "issuers"),
    [
        ("KT22", {"office"}),
        ("DL24", {"office"}),
        ("PT24", {"admin"}),
        ("QN20", {"admin"}),
        ("KT18", {"admin"}),
    ],
)
def test_accounts_are_made_by_whom_the_regulation_names(name: str, issuers: set[str]) -> None:
    regulation = law.regulation(name)
    act = next(each for each in outside.ACTS if each.key == "accounts")
    found = {column for column, _ in outside.columns(regulation) if outside.may(act, column, regulation)}
    assert found - {outside.PROVINCE} == issuers
    assert ("KT22-22.6" in outside.clauses_of(act, regulation)) == (name == "KT22")


@pytest.mark.parametrize("name", list(DAYS))
def test_every_row_names_clauses_of_that_regulation_only_and_somebody_who_may(name: str) -> None:
    found = outside.table(law.regulation(name))
    assert all(any(row.cells) for row in found.rows)
    assert {one.partition("-")[0] for row in found.rows for one in row.clauses} == {name}
    follow = next(row for row in found.rows if row.key == "follow")
    assert follow.clauses


def test_page_shows_whom_the_regulation_lets_follow_and_run_the_system(world: World, at_desk: At) -> None:
    Account.objects.filter(username="lan").update(is_admin=True)
    client: Client = at_desk("lan")
    answer = client.get(reverse("desk:roles"))
    _, columns, *rows = tables(answer.content.decode())[1]
    allowed = {
        label: {column for column, cell in zip(columns, cells, strict=True) if cell == "● được"}
        for label, *cells, _ in rows
    }
    label = {act.key: act.label for act in outside.ACTS}
    office = "Văn phòng Ủy ban nhân dân tỉnh"
    assert allowed[label["urge"]] == {office, "Quản trị cấp tỉnh"}
    assert allowed[label["people"]] == {"Quản trị", "Quản trị cấp tỉnh"}
    heads = {"Lãnh đạo phê duyệt", "Phụ trách đơn vị", "Trưởng bộ phận một cửa"}
    assert allowed[label["absences"]] == heads
    assert office in allowed[label["outages"]]
    assert "Việc ngoài hồ sơ" in answer.content.decode()


# --- What is refused names what the page names --------------------------------------------------
SERVICES = (agency_services, catalogue_services, incident_services, notify, processes)
WITHOUT = {  # what no row of the page is about
    *("ask_for_identity", "check_identity"),  # at the counter, with the card in hand
    *("choose_topics", "mark_all_read"),  # one's own letters
    *("send_again", "send_now", "send_all_now", "retry_job"),  # the running of the system
}


def test_every_service_beside_dossiers_that_refuses_somebody_has_its_grounds() -> None:
    found = {
        name: service
        for module in SERVICES
        for name, service in vars(module).items()
        if name in module.__all__ and "Forbidden" in (getattr(service, "__doc__", None) or "")
    }
    assert {name for name, service in found.items() if "grounds" not in vars(service)} == WITHOUT
    assert len(found) > 50


@pytest.mark.parametrize("name", list(DAYS))
def test_who_is_refused_reads_the_clauses_of_the_page(name: str, settings: Settings) -> None:
    province, day = DAYS[name]
    settings.PROVINCE = province
    agencies.forget()
    at, regulation = moment(f"{day} 09:00"), law.regulation(name)
    home = _agency(province, "so-khac")
    for key in {**BODIES, "justice": "so-tu-phap"}.values():
        _agency(province, key)
    nobody = _officer(home, Role.RECEIVER, at)
    on: dict[str, Any] = {"actor": nobody, "at": at}
    away = _officer(home, Role.CASE_OFFICER, at)
    wish = agency_services.ClosureWish(home.agency_id, at, at + timedelta(hours=2), "Mất điện", "Công văn 1")
    tried: dict[str, Callable[[], object]] = {
        "follow": lambda: dossier_services.watched(**on),
        "urge": lambda: dossier_services.urge(**on, agency_id=home.agency_id, text="Khẩn trương"),
        "outages": lambda: incident_services.declare(
            **on, scope=Scope.DESK, what="Mất điện", began_at=at, unit_id=home.pk
        ),
        "closures": lambda: agency_services.planned_closure(**on, wish=wish),
        "absences": lambda: agency_services.record_absence(
            **on,
            account_id=int(away.id),
            substitute_id=int(nobody.id),
            first_day=at.date(),
            last_day=at.date(),
            reason="Nghỉ phép",
        ),
        "processes": lambda: processes.begin_draft(**on, agency_id=home.agency_id, code="1.000656"),
        "propose": lambda: catalogue_services.propose(
            **on, code="1.000656", agency_id=home.agency_id, wish=Mock()
        ),
        "roadmap": lambda: catalogue_services.send_roadmap(
            **on, agency_id=home.agency_id, year=at.year, note="Đã rà soát"
        ),
        "online_decisions": lambda: catalogue_services.record_online_decision(**on, entry=Mock()),
        "people": lambda: agency_services.add_unit(
            **on, agency_id=home.agency_id, name="Phòng mới", kind=UnitKind.DIVISION
        ),
        "accounts": lambda: agency_services.add_officer(**on, full_name="Lê Văn Mới", username="moi"),
        "tree": lambda: agency_services.add_agency(**on, entry=Mock()),
        "competences": lambda: catalogue_services.give_competence(
            **on, agency_id=home.agency_id, code="1.000656", unit_id=home.pk
        ),
        "wording": lambda: notify.reword_letter(**on, key="x", text=Mock(), why="", seen=0),
        "notices": lambda: notify.give_notice(
            **on, kind=Mock(), title="Nghỉ lễ", body="Nghỉ lễ", shown_from=at, shown_to=at + timedelta(days=1)
        ),
        "reasons": lambda: dossier_services.add_reason(
            **on, agency_id=home.agency_id, verb=Verb.DECLINE, title="Mẫu", text="Mẫu"
        ),
    }
    said = {act.key: outside.clauses_of(act, regulation) for act in outside.ACTS}
    for key, act in tried.items():
        with pytest.raises(Forbidden) as refused:
            act()
        assert refused.value.clauses == said[key], key
        assert outside.forbidden(key, at).clauses == said[key]
