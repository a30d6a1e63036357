"""Numbers and mailboxes of agencies, and the kinds of agencies that the regulations name."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.agencies.test_importing import AT, imported, row
from tests.dossiers.world import World, make_world

from motcua.accounts.models import Account
from motcua.agencies import queries, services
from motcua.agencies.enums import UnitKind
from motcua.agencies.errors import BadReach
from motcua.agencies.models import Agency
from motcua.agencies.rules import reach
from motcua.audit import queries as audit
from motcua.kernel.actors import SYSTEM

pytestmark = pytest.mark.django_db
PHONES = ["0262 3850 001", "0262.3850.002"]


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    queries.forget()
    yield
    queries.forget()


@pytest.fixture
def world(db: None, regulation: str) -> World:
    made = make_world(regulation=regulation)
    Account.objects.filter(username="giang").update(is_admin=True)
    made.people["giang"].refresh_from_db()
    return made


def change(world: World, who: str = "giang", **changes: object) -> None:
    given = {"phones": tuple(PHONES), "email": "motcua@dak-lak.example.vn"}
    services.change_agency(
        actor=world.actor(who),
        at=AT,
        agency_id=world.agency.pk,
        name=world.agency.name,
        address="1 Lê Duẩn",
        **given | changes,  # type: ignore[arg-type]
    )


@given(st.lists(st.sampled_from([*PHONES, "+84 262 385 0003"]), unique=True, max_size=3))
def test_numbers_written_on_one_line_are_read_back(numbers: list[str]) -> None:
    assert reach.phones_in(" ;  ".join(numbers)) == tuple(numbers)
    assert all(map(reach.is_phone, numbers))


@pytest.mark.parametrize("text", ["", "12345", "không có", "0262 3850 001 gặp anh Ba", "1" * 50])
def test_what_nobody_could_call_is_no_number(text: str) -> None:
    assert not reach.is_phone(text)


@pytest.mark.clause("QN20-18")
def test_administrator_writes_numbers_and_mailbox_and_the_chain_of_acts_knows(world: World) -> None:
    change(world)
    card = queries.agency(world.agency.pk)
    assert (card.phones, card.email) == (tuple(PHONES), "motcua@dak-lak.example.vn")
    (act,) = audit.acts(what=f"agency:{world.agency.pk}")
    assert (act.act, act.facts["phones"], act.facts["email"]) == (
        "agency_changed",
        "; ".join(PHONES),
        "motcua@dak-lak.example.vn",
    )


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"phones": ("gọi anh Ba",)}, {"phones"}),
        ({"phones": ("0262 385 0001",) * 4}, {"phones"}),
        ({"email": "motcua"}, {"email"}),
        ({"phones": ("x",), "email": "a b@c.vn"}, {"phones", "email"}),
    ],
)
def test_number_or_mailbox_that_nobody_could_use_is_refused(
    world: World, changes: dict[str, object], fields: set[str]
) -> None:
    with pytest.raises(BadReach) as refused:
        change(world, **changes)
    assert set(refused.value.fields) == fields
    assert (queries.agency(world.agency.pk).phones, audit.acts(limit=5)) == ((), ())


def test_name_changed_alone_leaves_the_numbers(world: World) -> None:
    change(world)
    change(world, phones=None, email=None)
    assert queries.agency(world.agency.pk).phones == tuple(PHONES)


def test_import_takes_numbers_and_a_file_without_them_takes_none_away() -> None:
    assert imported(row(phones=PHONES, email="xa@example.vn")) == ((1, 0, 0), [])
    assert imported(row()) == ((0, 0, 1), [])
    assert imported(row(phones=PHONES[:1])) == ((0, 1, 0), [])
    card = queries.agency_by_key("dak-lak", "xa-thu")
    assert (card.phones, card.email) == (tuple(PHONES[:1]), "xa@example.vn")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phones": ["gọi anh Ba"]}, "phones"),
        ({"phones": "0262 385 0001"}, "phones"),
        ({"phones": [*PHONES, "0262 385 0003", "0262 385 0004"]}, "phones"),
        ({"email": "khong-co-a-cong"}, "email"),
    ],
)
def test_import_refuses_a_row_with_a_number_nobody_could_call(changes: dict[str, object], field: str) -> None:
    counts, wrong = imported(row(**changes))
    assert (counts, wrong) == ((0, 0, 0), [f"1 {field}"])


def test_samples_of_a_demonstration_are_marked_until_somebody_writes_the_real_ones(world: World) -> None:
    services.load_province(province="phu-tho", actor=SYSTEM, at=AT, sample_reach=True)
    found = Agency.objects.filter(province="phu-tho").exclude(phones=[])
    assert found.count() == Agency.objects.filter(province="phu-tho").count()
    agency = found.order_by("id")[0]
    sample = queries.agency(agency.pk)
    assert sample.contact_is_sample
    assert sample.address.startswith("Số 1, đường Mẫu (địa chỉ mẫu), ")
    services.change_agency(
        actor=world.actor("giang"),
        at=AT,
        agency_id=agency.pk,
        name=agency.name,
        address="",
        phones=PHONES,
        email="",
    )
    queries.forget()
    card = queries.agency(agency.pk)
    assert (card.phones, card.contact_is_sample) == (tuple(PHONES), False)


@pytest.mark.clause("QN20-1.2", "KT18-2.1", "PT24-1.2")
@pytest.mark.parametrize("kind", ["public_service_unit", "association"])
@pytest.mark.any_regulation("the kinds of agencies are data of the province")
def test_public_service_unit_and_association_have_a_desk_and_everybody_a_dossier_needs(kind: str) -> None:
    given = row(key="don-vi", name_vi="Đơn vị Thử", kind=kind, level="province")
    assert imported(given) == ((1, 0, 0), [])
    card = queries.agency_by_key("dak-lak", "don-vi")
    assert queries.facts_of(card.id).kind == kind
    assert {unit.kind for unit in card.units} == set(UnitKind)
    assert imported(row(key="khac", kind="club")) == ((0, 0, 0), ["1 kind"])
