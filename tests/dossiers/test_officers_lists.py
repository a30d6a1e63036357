"""What officers look for in their lists: who waits longest, what was entered from paper, who was typed."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from tests.dossiers.test_services_late import Outage
from tests.dossiers.test_services_turns import ASK
from tests.dossiers.test_stopped_late import shown
from tests.dossiers.world import World

from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, Correctable, PauseGround
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.choices import Choice
from motcua.dossiers.rules.state import Applicant

pytestmark = pytest.mark.django_db


def waiting(world: World) -> str:
    act = services.request_supplement(**world._on(world.submit(world.draft()), "chi") | ASK)
    return (world.release(act) if world.state(act).proposed_supplement else act).dossier_id


def test_whoever_waits_longest_stands_on_top_whatever_was_changed_since(world: World) -> None:
    first = waiting(world)
    world.later(days=1)
    second = waiting(world)
    assert shown(world, "chi", Box.WAITING) == [first, second]
    world.later(days=1)
    services.write_to_desk(
        actor=world.actor("an"), at=world.later(minutes=1), dossier_id=first, text="Tôi đang xin bản sao"
    )
    services.correct(
        actor=world.actor("chi"),
        at=world.later(minutes=1),
        dossier_id=first,
        expected_version=world.state(first).version,
        what=Correctable.CONTACT,
        reason="Đổi số",
        values={"phone": "0905000009"},
    )
    assert shown(world, "chi", Box.WAITING) == [first, second]
    assert shown(world, "chi", Box.WAITING, Choice(columns=())) == [first, second]


def test_since_when_is_found_by_the_migration(world: World) -> None:
    waiting(world)
    services.pause(
        **world._on(world.until("assign"), "dung"), ground=PauseGround.FINANCIAL_OBLIGATION, reason="Nộp thuế"
    )
    world.until("accept")
    right = list(Dossier.objects.order_by("id").values_list("id", "waits_since"))
    assert sum(since is not None for _, since in right) == 2
    Dossier.objects.update(waits_since=None)
    with connection.cursor() as cursor:
        cursor.execute(import_module("motcua.dossiers.migrations.0035_waits_since").SINCE)
    assert list(Dossier.objects.order_by("id").values_list("id", "waits_since")) == right


def registered(world: World, name: str, number: int) -> str:
    applicant = Applicant(name, f"0660900{number:05}")
    return world.accept(world.register(applicant=applicant)).dossier_id


def found(world: World, typed: str) -> list[str]:
    return [hit.id for hit in queries.find(world.actor("chi"), typed, at=world.now)]


def test_search_has_the_person_who_was_typed_before_those_who_share_the_words(world: World) -> None:
    wanted = registered(world, "Nguyễn Văn Bảy", 77777)
    for number in range(3):
        registered(world, f"Nguyễn Văn Bảy{number}", number)
    assert found(world, "nguyen van bay")[0] == wanted
    assert len(found(world, "nguyen van bay")) == 4
    assert found(world, "bay 77777") == [wanted]


def test_search_finds_the_number_in_which_a_code_ends(world: World) -> None:
    acts = [registered(world, f"Trần Thị {name}", number) for number, name in enumerate("ABC")]
    code = world.state(acts[1]).code
    assert code is not None
    assert found(world, code[-4:])[0] == acts[1]
    assert found(world, code[-4:].lstrip("0"))[0] == acts[1]
    assert found(world, code) == [acts[1]]


def test_search_asks_twice_at_most(world: World, django_assert_max_num_queries: object) -> None:
    registered(world, "Nguyễn Văn Bảy", 77777)
    world.later(days=1)
    with django_assert_max_num_queries(3):  # the posts, who was typed, who else
        found(world, "van bay")


def test_list_of_a_procedure_is_narrowed_by_the_last_digits_of_its_code(world: World) -> None:
    act = world.until("accept")
    end = world.version.procedure.code[-3:]
    assert act.dossier_id in shown(world, "chi", Box.UNIT, Choice(procedure=end)) + shown(
        world, "chi", Box.MINE, Choice(procedure=end)
    )


def test_what_was_entered_today_from_paper_is_among_what_was_done_today(world: World) -> None:
    act = world.register()
    outage = Outage(world)
    world.now = outage.began_at + timedelta(days=1)
    with outage.log(entered_at=world.now):
        services.accept(
            actor=world.actor("chi"),
            at=outage.inside,
            dossier_id=act.dossier_id,
            expected_version=act.version,
        )
    assert world.state(act).accepted_at == outage.inside
    assert shown(world, "chi", Box.TODAY) == [act.dossier_id]
    assert shown(world, "hanh", Box.TODAY) == []
    world.now += timedelta(days=1)
    assert shown(world, "chi", Box.TODAY) == []
