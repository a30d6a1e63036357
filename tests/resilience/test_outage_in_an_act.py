"""The database is killed in the middle of an act: nothing half written, and the same process works on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import Error, connection
from pytest_django import DjangoDbBlocker
from tests.dossiers.world import World, make_world
from tests.resilience import outage
from tests.resilience.conftest import forget_all

from motcua.config.postgres import Server
from motcua.documents.models import StoredFile
from motcua.dossiers import queries, services
from motcua.dossiers.enums import DeclineGround
from motcua.dossiers.models import CodeSerial, Dossier, DossierEvent, DossierTask
from motcua.dossiers.services import Act, tables
from motcua.kernel.errors import NotFound
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.slow

Doing = Callable[[World], Act]


@pytest.fixture(scope="module")
def server(django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with django_db_blocker.unblock(), outage.durable_database(tmp_path_factory.mktemp("outage")) as running:
        yield running


@pytest.fixture(scope="module")
def world(server: Server) -> World:
    forget_all()
    return make_world()


def everything() -> dict[str, Any]:
    """All that an act may change."""
    return {
        "dossiers": sorted(Dossier.objects.values_list("id", "version", "status", "code")),
        "events": DossierEvent.objects.count(),
        "tasks": sorted(DossierTask.objects.values_list("dossier_id", "key")),
        "serials": sorted(CodeSerial.objects.values_list("agency_code", "on_day", "last")),
        "messages": OutboxMessage.objects.count(),
        "files": StoredFile.objects.count(),
    }


def before_the_commit(patch: pytest.MonkeyPatch, server: Server) -> None:
    """All is said, the letters too; the server dies before it hears that this is to be kept."""
    write = tables.write

    def write_and_die(*args: Any, **kwargs: Any) -> None:
        write(*args, **kwargs)
        outage.kill(server)

    patch.setattr(tables, "write", write_and_die)


def while_the_dossier_is_locked(patch: pytest.MonkeyPatch, server: Server) -> None:
    lock = tables.lock

    def lock_and_die(*args: Any) -> Any:
        row = lock(*args)
        outage.kill(server)
        return row

    patch.setattr(tables, "lock", lock_and_die)


MOMENTS = (while_the_dossier_is_locked, before_the_commit)


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: moment.__name__)
def test_act_cut_off_leaves_nothing_and_is_done_again_by_the_same_process(
    server: Server, world: World, monkeypatch: pytest.MonkeyPatch, moment: Any
) -> None:
    act = world.submit(world.draft())
    before = everything()
    with monkeypatch.context() as patch:
        moment(patch, server)
        with pytest.raises(Error):
            world.accept(act)
    outage.start_again(server)

    assert everything() == before
    assert services.verify().difference is None
    done = world.accept(act)
    assert done.version == act.version + 1
    (serial,) = CodeSerial.objects.values_list("last", flat=True)
    assert (done.code or "").endswith(f"-{serial:04d}")
    assert Dossier.objects.exclude(code=None).count() == serial
    assert services.verify().difference is None


@pytest.mark.parametrize("verb", ["draft", "register", "decline", "hand_over"])
def test_other_acts_cut_off_leave_nothing_either(
    server: Server, world: World, monkeypatch: pytest.MonkeyPatch, verb: str
) -> None:
    acts: dict[str, Doing] = {
        "draft": lambda world: world.draft(),
        "register": lambda world: world.register(),
        "decline": lambda world: services.decline(
            actor=world.actor("chi"),
            at=world.later(minutes=1),
            dossier_id=act.dossier_id,
            expected_version=act.version,
            ground=DeclineGround.BY_LAW,
            provision="Điều 17 Nghị định số 61/2018/NĐ-CP",
            reason="Theo quy định",
        ),
        "hand_over": lambda world: world.hand_over(act),
    }
    act = world.until("accept" if verb == "hand_over" else "submit")
    before = everything()
    with monkeypatch.context() as patch:
        before_the_commit(patch, server)
        with pytest.raises(Error):
            acts[verb](world)
    outage.start_again(server)
    assert everything() == before
    acts[verb](world)
    assert services.verify().difference is None


@pytest.mark.parametrize("way", ["online", "counter"])
def test_commit_whose_answer_was_lost_and_sent_again_is_one_dossier(
    server: Server, world: World, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    """The worst moment: it is kept, but nobody heard so. The person presses the button once more."""
    act = world.draft()

    def do() -> Act:
        return world.submit(act) if way == "online" else world.register(submission_key="lost-answer")

    before = everything()
    with monkeypatch.context() as patch:
        commit = connection._commit

        def commit_and_die() -> None:
            commit()
            outage.kill(server)
            raise Error("the answer was lost")

        patch.setattr(connection, "_commit", commit_and_die)
        with pytest.raises(Error):
            do()
    outage.start_again(server)

    first = everything()
    assert first["events"] == before["events"] + 1
    again = do()
    assert everything() == first
    assert queries.state_of(again.dossier_id).filed_at is not None
    assert services.verify().difference is None


def test_act_that_was_answered_is_kept_whatever_happens_next(server: Server, world: World) -> None:
    act = world.accept(world.register())
    outage.kill(server)
    outage.start_again(server)
    assert queries.state_of(act.dossier_id).code == act.code
    assert services.verify().difference is None


def test_reading_while_the_database_is_away_fails_at_once_and_works_after(
    server: Server, world: World
) -> None:
    act = world.register()
    outage.kill(server)
    with pytest.raises(Error):
        queries.state_of(act.dossier_id)
    with pytest.raises(Error):
        services.verify()
    outage.start_again(server)
    assert queries.state_of(act.dossier_id).version == 1
    with pytest.raises(NotFound):
        queries.state_of("018f0000-0000-7000-8000-000000000000")
