"""Tampering is found, and the first row that differs is named."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from tests.desk.test_views_verbs import PDF
from tests.dossiers.world import World

from motcua.documents import services as documents
from motcua.dossiers import services
from motcua.dossiers.models import DossierFile
from motcua.dossiers.rules.state import DocumentRef
from motcua.kernel.errors import NotFound

pytestmark = pytest.mark.django_db


def tamper(statement: str, *params: object) -> None:
    """Change rows as somebody with the keys of the database would: with the guarding triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(statement, params)
        cursor.execute("SET session_replication_role = origin")


def difference(world: World) -> str:
    return str(services.verify().difference)


@pytest.mark.clause("KT18-4.3")
def test_database_itself_refuses_to_change_an_event(world: World) -> None:
    world.until("accept")
    for statement in ("UPDATE dossiers_dossierevent SET kind = 'x'", "DELETE FROM dossiers_dossierevent"):
        with (
            pytest.raises(DatabaseError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "UPDATE dossiers_dossierevent SET payload = jsonb_set(payload, '{note}', '\"x\"') WHERE seq = 3",
            "event {id}/3: the hash does not fit the content",
        ),
        (
            "UPDATE dossiers_dossierevent SET actor_name = 'Ai đó' WHERE seq = 2",
            "event {id}/2: the hash does not fit the content",
        ),
        (
            "UPDATE dossiers_dossierevent SET payload = jsonb_set(payload, '{note}', '1.5') WHERE seq = 3",
            "dossier {id}: an event holds what cannot have been written",
        ),
        (
            "UPDATE dossiers_dossierevent SET actor_kind = 'x' WHERE seq = 2",
            "event {id}/2: the hash does not fit the content",
        ),
        ("DELETE FROM dossiers_dossierevent WHERE seq = 2", "event {id}/3: event 2 is missing"),
        (
            "DELETE FROM dossiers_dossierevent WHERE seq = 3",
            "dossier {id}: the last hash is not that of the last event",
        ),
        (
            "UPDATE dossiers_dossier SET due_at = due_at + interval '1 day'",
            "dossier {id}: column due_at differs",
        ),
        ("UPDATE dossiers_dossiertask SET role = 'clerk'", "task {id}/receive-2: column role differs"),
        ("DELETE FROM dossiers_dossiertask", "task {id}/receive-2: is missing"),
        ("UPDATE dossiers_issuedslip SET number = '7'", "slip {id}: the slips are not those of the events"),
    ],
)
def test_tampered_row_is_named(world: World, statement: str, found: str) -> None:
    act = world.until("accept")
    tamper(statement)
    assert difference(world) == found.format(id=act.dossier_id)


def test_paper_that_becomes_the_result_is_no_tampering(world: World) -> None:
    card = documents.store(
        upload=SimpleUploadedFile("a.pdf", PDF), name="a.pdf", actor=world.actor("an"), at=world.now
    )
    act = world.submit(world.draft(documents=(DocumentRef("paper", file_id=card.id),)))
    for verb in ("accept", "hand_over", "assign", "propose", "approve"):
        act = getattr(world, verb)(act)
    world.issue(act, file_id=card.id)
    assert DossierFile.objects.get(dossier_id=act.dossier_id, file_id=card.id).is_result
    assert services.verify().difference is None


def test_tampered_figure_is_named(world: World) -> None:
    world.until("accept")
    tamper("UPDATE dossiers_dailyfigure SET count = 7 WHERE figure = 'accepted'")
    assert "stored 7, the events make 1" in difference(world)


def test_dossier_taken_away_by_force_is_named(world: World) -> None:
    act = world.until("accept")
    tamper("DELETE FROM dossiers_dossier")
    tamper("DELETE FROM dossiers_dailyfigure")
    assert difference(world) == f"event {act.dossier_id}: its dossier is missing"


def test_draft_taken_away_by_force_is_named(world: World) -> None:
    act = world.draft()
    tamper("DELETE FROM dossiers_dossier")
    assert difference(world) == f"event {act.dossier_id}: its dossier is missing"


@pytest.mark.parametrize("table", ["dossiertask", "issuedslip", "dossierfile"])
def test_row_of_no_dossier_is_named(world: World, table: str) -> None:
    card = documents.store(
        upload=SimpleUploadedFile("a.pdf", PDF), name="a.pdf", actor=world.actor("an"), at=world.now
    )
    world.accept(world.submit(world.draft(documents=(DocumentRef("paper", file_id=card.id),))))
    tamper("DELETE FROM dossiers_dossierevent")
    for other in {"dossiertask", "issuedslip", "dossierfile"} - {table}:
        tamper(f"DELETE FROM dossiers_{other}")  # noqa: S608 - our own names
    tamper("DELETE FROM dossiers_dossier")
    assert "its dossier is missing" in difference(world)


@pytest.mark.parametrize("last", [0, 70])
def test_serial_that_no_code_shows_is_named(world: World, last: int) -> None:
    world.until("accept")
    assert services.verify().difference is None
    tamper("UPDATE dossiers_codeserial SET last = %s", last)
    assert difference(world).startswith("serial ")


def test_state_written_by_an_older_release_is_no_tampering(world: World) -> None:
    """Fields that came later are absent in it, and stand for their defaults."""
    world.until("accept")
    tamper("UPDATE dossiers_dossier SET state = state - 'apologies' - 'answered_late_at'")
    assert services.verify().difference is None
    tamper("UPDATE dossiers_dossier SET state = state - 'received_at'")
    assert "column state differs" in difference(world)


def test_state_with_a_field_that_nobody_knows_is_named(world: World) -> None:
    world.until("accept")
    tamper("UPDATE dossiers_dossier SET state = state || '{\"lạ\": 1}'")
    assert "column state differs" in difference(world)


def test_one_dossier_is_folded_again_and_only_that_one(world: World) -> None:
    sound, broken = world.until("accept"), world.until("accept")
    tamper("UPDATE dossiers_dossiertask SET role = 'clerk' WHERE dossier_id = %s", broken.dossier_id)
    assert services.verify_from(sound.dossier_id, None).difference is None
    found = services.verify_from(broken.dossier_id, None).difference
    assert found is not None
    assert (found.table, found.what) == ("task", "column role differs")


def test_unknown_dossier_cannot_be_verified(world: World) -> None:
    with pytest.raises(NotFound):
        services.verify_from("00000000-0000-0000-0000-000000000000", None)


def test_look_that_knows_the_last_one_folds_on_from_there(world: World) -> None:
    act = world.until("submit")
    looked = services.verify_from(act.dossier_id, None)
    known = looked.folded
    assert (looked.difference, known and known.state) == (None, world.state(act))
    world.accept(act)
    whole, onwards = (services.verify_from(act.dossier_id, each) for each in (None, known))
    assert whole == onwards
    assert onwards.folded is not None
    assert onwards.folded.state.version == act.version + 1


def test_what_is_asked_beside_a_look_is_answered(world: World) -> None:
    act = world.until("submit")
    beside = [("SELECT count(*) FROM dossiers_dossierevent WHERE kind = %s", ["submitted"]), ("SELECT 7", [])]
    looked = services.verify_from(act.dossier_id, None, beside)
    assert (looked.difference, looked.beside) == (None, (1, 7))


def test_look_that_knows_the_last_one_sees_what_was_done_meanwhile(world: World) -> None:
    act = world.until("submit")
    known = services.verify_from(act.dossier_id, None).folded
    world.accept(act)
    tamper("UPDATE dossiers_dossierevent SET actor_name = 'Ai đó' WHERE seq = 3")
    looked = services.verify_from(act.dossier_id, known)
    assert (looked.difference and looked.difference.what, looked.folded) == (
        "the hash does not fit the content",
        None,
    )


def test_look_that_knows_the_last_one_sees_rows_that_differ(world: World) -> None:
    act = world.until("accept")
    known = services.verify_from(act.dossier_id, None).folded
    for statement, table in (
        ("UPDATE dossiers_dossiertask SET role = 'clerk'", "task"),
        ("UPDATE dossiers_dossier SET due_at = due_at + interval '1 minute'", "dossier"),
        ("UPDATE dossiers_dossier SET last_hash = sha256(last_hash)", "dossier"),
        ("DELETE FROM dossiers_issuedslip", "slip"),
    ):
        with transaction.atomic():
            tamper(statement)
            found = services.verify_from(act.dossier_id, known).difference
            transaction.set_rollback(True)
        assert found is not None, statement
        assert found.table == table
