"""`motcua law show` and `motcua law check`."""

import json
import shutil
from importlib.resources import files
from pathlib import Path

import pytest

from motcua.config.cli import main
from motcua.law import queries
from motcua.law.errors import BadLaw


@pytest.fixture
def folder(tmp_path):
    """A copy of the data that a test may break."""
    shutil.copytree(Path(str(files("motcua.law") / "data")), tmp_path / "data")
    return tmp_path / "data"


def test_law_check_sound_data_says_so(capsys):
    assert main(["law", "check"]) == 0
    assert "5 regulations" in capsys.readouterr().out


def test_law_check_broken_files_are_all_named(folder, capsys):
    file = folder / "regulations" / "DL24.toml"
    file.write_text(file.read_text("utf-8").replace('"8wh"', '"8 giờ"'), "utf-8")
    (folder / "regulations" / "PT24.toml").write_text("this is = = not TOML", "utf-8")
    assert main(["law", "check", "--folder", str(folder)]) == 1
    error = capsys.readouterr().err
    assert "DL24.toml: intake.forward_limit.value: not a time limit: '8 giờ'" in error
    assert "PT24.toml: -: not TOML" in error


def test_law_check_missing_folder_is_one_line(tmp_path, capsys):
    assert main(["law", "check", "--folder", str(tmp_path / "none")]) == 1
    assert "cannot read" in capsys.readouterr().err


def test_load_broken_timeline_is_refused(folder):
    file = folder / "timelines.toml"
    file.write_text(file.read_text("utf-8").replace("to = 2022-03-23", "to = 2022-03-24"), "utf-8")
    with pytest.raises(BadLaw) as bad:
        queries.load(folder)
    assert [str(each) for each in bad.value.problems] == [
        "timelines.toml: kon-tum.regulations[0]: reaches outside the validity of KT18",
        "timelines.toml: kon-tum: KT18 and KT22 overlap",
    ]


def test_law_show_json_holds_values_with_their_sources(capsys):
    assert main(["law", "show", "dl24", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["validity"] == {"from": "2024-01-29", "to": None, "clauses": ["DL24-META"]}
    assert shown["values"]["intake.forward_limit"]["clauses"] == ["DL24-8.1.b", "DL24-19.1.d"]
    assert shown["values"]["intake.reply_limit"]["by_reference"]["law"] == "NĐ 45/2020/NĐ-CP"


def test_law_show_text_names_the_clause_of_each_value(capsys):
    assert main(["law", "show", "PT24"]) == 0
    assert "incident.recovery" in capsys.readouterr().out


def test_law_show_unknown_regulation_lists_the_known(capsys):
    assert main(["law", "show", "HN01"]) == 1
    assert "DL24, KT18, KT22, PT24, QN20" in capsys.readouterr().err
