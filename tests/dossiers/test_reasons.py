"""Templates of reasons: what is put into a text, who keeps them, who is offered which."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.world import MONDAY, World, make_world

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Agency, Position
from motcua.audit import queries as audit
from motcua.catalogue import queries as catalogue
from motcua.config.demo.reasons import SAMPLES, keep_samples
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Verb
from motcua.dossiers.errors import (
    BadReasonTemplate,
    ReasonTemplateChanged,
    ReasonTemplateTaken,
    TooManyReasonTemplates,
)
from motcua.dossiers.models import ReasonTemplate
from motcua.dossiers.rules.reasons import VERBS, filled, has_gap
from motcua.dossiers.services.reasons import MOST
from motcua.kernel.actors import SYSTEM
from motcua.kernel.errors import Forbidden, NotFound


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    for each in (agencies, catalogue):
        each.forget()
    yield
    for each in (agencies, catalogue):
        each.forget()


@pytest.fixture
def world(db: None) -> World:
    """Khoa is the administrator of the agency as well."""
    made = make_world()
    Position.objects.create(account=made.people["khoa"], unit=made.units[UnitKind.OFFICE], role=Role.ADMIN)
    return made


def add(world: World, **changes: Any) -> int:
    asked = {
        "actor": world.actor("khoa"),
        "at": world.later(minutes=1),
        "agency_id": world.agency.pk,
        "verb": Verb.DECLINE,
        "title": "Thiếu giấy tờ",
        "text": "Hồ sơ thiếu […].",
    }
    return services.add_reason(**asked | changes)


@given(st.text(max_size=60), st.text(max_size=60))
def test_template_comes_after_what_is_written_and_only_once(written: str, template: str) -> None:
    once = filled(written, template)
    assert filled(once, template) == once
    assert once.startswith(written.strip())
    assert template.strip() in once


@pytest.mark.parametrize(
    ("text", "has"), [("Thiếu […]", True), ("Thiếu [...] rồi", True), ("Khoản [1]", False), ("", False)]
)
def test_gap_is_what_the_template_left_open(text: str, has: bool) -> None:
    assert has_gap(text) is has


def test_agency_is_offered_its_own_first_and_then_those_of_the_province(world: World) -> None:
    other = Agency.objects.create(
        province="dak-lak", key="khac", name="Sở Khác", level="province", kind="department"
    )
    for changes in (
        {"actor": SYSTEM, "agency_id": None, "title": "Ăn"},
        {"title": "Bão"},
        {"title": "An"},
        {"actor": SYSTEM, "agency_id": other.pk, "title": "Của sở khác"},
        {"verb": Verb.STOP, "title": "Việc khác"},
    ):
        add(world, **changes)
    offered = queries.reasons_for(Verb.DECLINE, world.agency.pk)
    assert [card.title for card in offered] == ["An", "Bão", "Ăn"]


def test_verb_without_templates_is_offered_none(world: World) -> None:
    assert queries.reasons_for(Verb.ACCEPT, world.agency.pk) == ()
    with pytest.raises(BadReasonTemplate):
        add(world, verb=Verb.ACCEPT)


def test_templates_of_a_verb_that_had_them_once_are_kept_and_shown_to_nobody(world: World) -> None:
    number = add(world)
    ReasonTemplate.objects.filter(pk=number).update(verb=Verb.WITHDRAW.value)
    assert queries.reasons_of(world.agency.pk) == ()
    assert queries.reasons_for(Verb.WITHDRAW, world.agency.pk) == ()
    assert queries.reason(number) is None


def test_samples_of_the_demo_are_templates_that_can_be_kept(db: None) -> None:
    keep_samples(MONDAY)
    shown = queries.reasons_of(None)
    assert sorted(card.title for card in shown) == sorted(title for _, title, _ in SAMPLES)


@pytest.mark.parametrize("who", ["chi", "hanh", "lan", "giang"])
def test_template_by_who_administers_nothing_is_refused(world: World, who: str) -> None:
    with pytest.raises(Forbidden):
        add(world, actor=world.actor(who))


def test_administrator_of_an_agency_keeps_no_templates_of_the_province(world: World) -> None:
    kept = add(world, actor=SYSTEM, agency_id=None)
    given = {"actor": world.actor("khoa"), "at": world.now, "template_id": kept, "version": 1}
    with pytest.raises(Forbidden):
        add(world, agency_id=None)
    with pytest.raises(Forbidden):
        services.change_reason(**given, title="Khác", text="Khác")
    with pytest.raises(Forbidden):
        services.drop_reason(**given)


@pytest.mark.parametrize(
    "changes", [{"title": " "}, {"title": "x" * 81}, {"text": "\n"}, {"text": "x" * 2001}]
)
def test_template_without_words_is_refused(world: World, changes: dict[str, str]) -> None:
    with pytest.raises(BadReasonTemplate):
        add(world, **changes)


@pytest.mark.parametrize("agency_id", [0, None])
def test_two_templates_of_one_name_are_refused_until_one_is_dropped(
    world: World, agency_id: int | None
) -> None:
    place = {"actor": SYSTEM, "agency_id": world.agency.pk if agency_id == 0 else None}
    kept = add(world, **place)
    with pytest.raises(ReasonTemplateTaken):
        add(world, **place)
    services.drop_reason(actor=SYSTEM, at=world.now, template_id=kept, version=1)
    add(world, **place)


def test_more_templates_than_can_be_looked_through_are_refused(world: World) -> None:
    for number in range(MOST):
        add(world, title=f"Mẫu {number}")
    with pytest.raises(TooManyReasonTemplates):
        add(world, title="Một mẫu nữa")
    add(world, title="Một mẫu nữa", verb=Verb.STOP)


def test_change_from_an_old_page_is_refused_and_each_act_is_in_the_chain(world: World) -> None:
    kept = add(world)
    given = {"actor": world.actor("khoa"), "template_id": kept}
    services.change_reason(**given, at=world.later(minutes=1), version=1, title="Mới", text="Mới")
    for version in (1, 3):
        with pytest.raises(ReasonTemplateChanged):
            services.change_reason(**given, at=world.now, version=version, title="Cũ", text="Cũ")
        with pytest.raises(ReasonTemplateChanged):
            services.drop_reason(**given, at=world.now, version=version)
    services.drop_reason(**given, at=world.later(minutes=1), version=2)
    with pytest.raises(ReasonTemplateChanged):
        services.drop_reason(**given, at=world.now, version=2)
    with pytest.raises(NotFound):
        services.drop_reason(actor=SYSTEM, at=world.now, template_id=kept + 1, version=1)
    acts = audit.acts(what=f"reason:{kept}")
    assert [(act.act, act.facts["text"]) for act in acts] == [
        ("reason_dropped", "Mới"),
        ("reason_changed", "Mới"),
        ("reason_added", "Hồ sơ thiếu […]."),
    ]
    assert queries.reason(kept) is None
    assert len(VERBS) == len(set(VERBS))
