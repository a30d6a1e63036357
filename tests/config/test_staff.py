"""`motcua staff` and `motcua import procedures`: a new installation can be put to work."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import pytest
from tests.dossiers.world import MONDAY, make_world

from motcua.agencies.models import Position
from motcua.catalogue import queries as catalogue
from motcua.config.commands import import_, staff
from motcua.process import queries as process

pytestmark = pytest.mark.django_db


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    staff.add_arguments(parser)
    return staff.run(parser.parse_args(words))


def test_post_is_given_at_the_unit_of_the_role(capsys: pytest.CaptureFixture[str]) -> None:
    world = make_world()
    assert run("post", "giang", "--agency", "H15.15", "--role", "receiver") == 0
    assert Position.objects.get(account=world.people["giang"]).unit.kind == "desk"
    assert capsys.readouterr().out == "giang: receiver at desk\n"


@pytest.mark.parametrize(
    "words",
    [
        ("post", "nobody", "--agency", "H15.15", "--role", "receiver"),
        ("post", "giang", "--agency", "H99", "--role", "receiver"),
        ("post", "chi", "--agency", "H15.15", "--role", "receiver"),  # holds it already
        ("password", "nobody"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(
    words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    make_world()
    assert run(*words) == 1
    assert capsys.readouterr().err.startswith("motcua: ")


def test_closed_account_is_not_active() -> None:
    world = make_world()
    assert run("close", "giang") == 0
    world.people["giang"].refresh_from_db()
    assert not world.people["giang"].is_active


def test_imported_procedure_without_a_table_gets_the_standard_process(tmp_path: Path) -> None:
    row = {
        "id": "thu-tuc-moi",
        "code": "1.999999",
        "name_vi": "Thủ tục mới",
        "field": "Hộ tịch",
        "level": ["commune"],
        "agency": "UBND cấp xã",
        "legal_time": {"value": 7, "unit": "working_day"},
        "components": [],
        "results": [],
        "online_level": "full",
        "legal_basis": [],
        "provenance": {},
        "source": "thử",
    }
    file = tmp_path / "procedures.json"
    file.write_text(json.dumps([row]), encoding="utf-8")
    report = import_._import("procedures", file, MONDAY)

    assert report.failures == ()
    version = catalogue.version_in_force("1.999999")
    kinds = [str(step.kind) for step in process.definition_for("1.999999").steps]
    assert (catalogue.sheet(version).title, kinds[0], kinds[-1]) == ("Thủ tục mới", "intake", "return")
    assert "approve" in kinds


def test_file_that_cannot_be_read_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "deep.json"
    file.write_text("[" * 100_000, encoding="utf-8")
    args = argparse.Namespace(subject="procedures", file=file, dry_run=False)
    assert import_.run(args) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1
