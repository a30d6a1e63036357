"""The command line as its users meet it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.config import cli
from motcua.config.postgres import Server


@pytest.fixture
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("cli")
    yield place
    Server(place / "postgres").erase()


def _run(state: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "MOTCUA_STATE_DIR": str(state)}
    command = [sys.executable, "-m", "motcua.config.cli", *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_every_command_tells_what_it_is_for(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["--help"])
    assert left.value.code == 0
    said = capsys.readouterr().out
    commands = (
        "case",
        "demo",
        "django",
        "due",
        "import",
        "init",
        "law",
        "maintenance",
        "migrate",
        "serve",
        "smtp",
        "staff",
        "verify",
        "worker",
    )
    assert [name for name in commands if not re.search(rf"\n    {name}\s", said)] == []


def test_command_that_does_not_exist_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["fly"])
    assert left.value.code == 2


def test_verify_without_tables_says_what_to_run(state: Path) -> None:
    done = _run(state, "verify", "--quiet")
    assert (done.returncode, done.stderr) == (
        1,
        "motcua: this database has no tables; run `motcua init`, or add --demo\n",
    )


@pytest.mark.parametrize("words", [("verify", "--quiet"), ("django", "migrate", "--plan")])
def test_database_that_does_not_answer_is_one_line_without_its_password(
    state: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"postgresql://chi:secret@/none?host={state}")
    done = _run(state, *words)
    assert (done.returncode, done.stderr) == (
        1,
        "motcua: the database does not answer; is it running, and does DATABASE_URL name it?\n",
    )


def test_wrong_setting_stops_with_a_sentence_that_names_it(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOTCUA_PROVINCE", "ha-noi")
    done = _run(state, "verify")
    assert done.returncode == 1
    assert done.stderr.startswith("motcua: MOTCUA_PROVINCE must be one of ")
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_import_takes_good_rows_names_bad_ones_and_keeps_nothing_of_them(state: Path) -> None:
    assert _run(state, "init", "--bare", "--quiet").returncode == 0
    body = json.loads((cli_data() / "procedures.json").read_text(encoding="utf-8"))
    good, bad = (
        body["procedures"][0],
        dict(body["procedures"][1], legal_time={"value": 3, "unit": "fortnight"}),
    )
    file = state / "procedures.json"
    file.write_text(json.dumps({"procedures": [good, bad]}), encoding="utf-8")

    done = _run(state, "import", "procedures", str(file))
    assert done.returncode == 1
    assert "legal_time.unit" in done.stdout
    assert done.stdout.splitlines()[-1].endswith("tạo mới 1, cập nhật 0, giữ nguyên 0, lỗi 1")

    again = _run(state, "import", "procedures", str(file))
    assert again.stdout.splitlines()[-1].endswith("tạo mới 0, cập nhật 0, giữ nguyên 1, lỗi 1")


def test_import_of_a_file_that_is_not_there_is_one_line(state: Path) -> None:
    done = _run(state, "import", "agencies", str(state / "none.json"))
    assert done.returncode == 1
    assert done.stderr.startswith("motcua: ")
    assert len(done.stderr.splitlines()) == 1


def cli_data() -> Path:
    return Path(cli.__file__).parent.parent / "catalogue" / "data"
