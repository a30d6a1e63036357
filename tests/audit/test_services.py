"""Recording reads, and a table that lets nobody change them."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from motcua.audit import queries, services
from motcua.audit.models import ReadRecord
from motcua.audit.rules import append_only
from motcua.kernel.actors import Actor, ActorKind

AT = datetime(2024, 2, 7, 8, 30, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
CHI = Actor(ActorKind.OFFICER, "3", "Trần Thị Kim Chi")
DUNG = Actor(ActorKind.OFFICER, "4", "Lê Văn Dũng")
WHAT = "dossier:018d0000-0000-7000-8000-000000000000"

pytestmark = pytest.mark.django_db


def record(actor: Actor = CHI, what: str = WHAT, at: datetime = AT) -> None:
    services.record_read(actor=actor, what=what, why="Kiểm tra hồ sơ", at=at)


def test_record_read_keeps_who_what_why_and_when():
    record()
    assert queries.reads_of(WHAT) == (
        queries.Read(ActorKind.OFFICER, "3", "Trần Thị Kim Chi", WHAT, "Kiểm tra hồ sơ", AT),
    )


def test_reads_of_one_thing_are_newest_first_and_nobody_elses():
    for minutes, actor in enumerate((CHI, DUNG, CHI)):
        record(actor, at=AT + timedelta(minutes=minutes))
    record(what="dossier:khác")
    assert [read.actor_id for read in queries.reads_of(WHAT)] == ["3", "4", "3"]
    assert [read.at.minute for read in queries.reads_of(WHAT, limit=2)] == [32, 31]


@pytest.mark.parametrize(("what", "why"), [("", "vì việc"), (WHAT, "")])
def test_record_read_without_what_or_why_raises(what, why):
    with pytest.raises(ValueError, match="what was read and why"):
        services.record_read(actor=CHI, what=what, why=why, at=AT)


@pytest.mark.parametrize(
    ("verb", "statement"),
    [
        ("UPDATE", "UPDATE audit_readrecord SET why = 'khác'"),
        ("DELETE", "DELETE FROM audit_readrecord"),
        ("TRUNCATE", "TRUNCATE audit_readrecord"),
    ],
)
@pytest.mark.clause("KT18-4.3")
@pytest.mark.any_regulation("the database keeps what was written under every regulation alike")
def test_append_only_change_of_a_row_is_refused_by_the_database(verb, statement):
    record()
    with (
        pytest.raises(IntegrityError, match=f"{verb} of audit_readrecord refused"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert ReadRecord.objects.count() == 1


def test_append_only_statement_that_touches_no_row_passes():
    assert ReadRecord.objects.filter(why="không có").update(why="khác") == 0


def test_append_only_taken_back_lets_the_table_go():
    _, backward = append_only.sql_for("audit_readrecord")
    record()
    with connection.cursor() as cursor:
        cursor.execute(backward)
    assert ReadRecord.objects.all().delete()[0] == 1


def test_append_only_parent_of_partitions_guards_each_of_them():
    forward, _ = append_only.sql_for("audit_parted")
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE audit_parted (id int) PARTITION BY RANGE (id)")
        cursor.execute("CREATE TABLE audit_parted_1 PARTITION OF audit_parted FOR VALUES FROM (0) TO (9)")
        cursor.execute(forward)
        cursor.execute("CREATE TABLE audit_parted_2 PARTITION OF audit_parted FOR VALUES FROM (9) TO (99)")
        cursor.execute("INSERT INTO audit_parted VALUES (1), (10)")
        for table in ("audit_parted", "audit_parted_1", "audit_parted_2"):
            with pytest.raises(IntegrityError), transaction.atomic():
                cursor.execute(f"DELETE FROM {table}")  # noqa: S608 - names from above


def test_acts_at_a_place_are_found_by_an_index_however_long_the_chain() -> None:
    for number in range(40):
        at = {"at": f"agency:{number % 20}"} if number % 2 else {}
        services.record_act(actor=CHI, act="x", what=f"account:{number}", at=AT, facts=at)
    services.record_act(actor=CHI, act="x", what="agency:1", at=AT, facts={})
    found = queries.acts_at("agency:1", limit=2)
    assert [act.what for act in found] == ["agency:1", "account:21"]
    assert not queries.acts_at("agency:0")
    assert queries.has_act_at("account:21", ["agency:7", "agency:1"])
    assert not queries.has_act_at("account:21", ["agency:7"])
    with connection.cursor() as cursor, CaptureQueriesContext(connection) as asked:
        cursor.execute("ANALYZE audit_actrecord")
        cursor.execute("SET LOCAL enable_seqscan = off")
        queries.acts_at("agency:1", limit=2)
        cursor.execute("EXPLAIN " + asked.captured_queries[-1]["sql"])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "act_record_by_place" in plan
    assert "act_record_by_what" in plan
