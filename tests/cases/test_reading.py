"""A file that is not a case is refused with the path, the line and the reason of every fault."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from tests.kernel.letters import has_own_letters

from motcua.config.cases import BadCase, read_case
from motcua.config.cli import main
from motcua.kernel.bilingual import Bilingual
from motcua.law import queries as law

FOLDER = Path(__file__).parent
GOOD = "title: t\nprovince: dak-lak\nacts:\n- {at: 2024-03-05T08:00, by: an, do: file}\n"


def faults(tmp_path, text):
    file = tmp_path / "case.yaml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(BadCase) as bad:
        read_case(file)
    return [(fault.path, fault.line) for fault in bad.value.faults], str(bad.value)


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))

BAD = [
    ("", [("", 1)], "the file is empty"),
    ("title: [", [("", 1)], "expected the node content"),
    ("title: t\ntitle: u", [("", 2)], "'title' stands twice"),
    (b"\xff\xfe\x00", [("", 1)], "not UTF-8 text"),
    ("- 1", [("", 1)], "is not of type 'object'"),
    ("province: dak-lak\nacts: []", [("", 1), ("acts", 2)], "'title' is missing"),
    (GOOD.replace("dak-lak", "ha-noi"), [("province", 2)], "'ha-noi' is not one of"),
    (GOOD + "colour: red\n", [("", 1)], "unknown: 'colour'"),
    (GOOD.replace("do: file", "do: eat"), [("acts/0/do", 4)], "'eat' is not one of"),
    (GOOD.replace("2024-03-05T08:00", "tomorrow"), [("acts/0/at", 4)], "'tomorrow' does not fit."),
    (GOOD.replace("2024-03-05T08:00", "2024-02-31T08:00"), [("acts/0/at", 4)], "no moment of the calendar"),
    (GOOD.replace("by: an", "by: zoe"), [("acts/0/by", 4)], "nobody is called 'zoe'"),
    (GOOD.replace("by: an, ", ""), [("acts/0", 4)], "'by' is missing"),
    (GOOD.replace("do: file", "do: accept, with: {colour: red}"), [("acts/0/with", 4)], "unknown: 'colour'"),
    (GOOD.replace("do: file", "do: file, expect: {}"), [("acts/0/expect", 4)], "non-empty"),
    (
        GOOD.replace("do: file", "do: file, expect: {status: eaten}"),
        [("acts/0/expect/status", 4)],
        "'eaten' is not one of",
    ),
    (GOOD.replace("do: file", "do: register_at_counter"), [("acts/0", 4)], "'with/applicant' is missing"),
    (GOOD + "clauses: [DL24-99]\n", [("clauses/0", 5)], "unknown clause 'DL24-99'"),
    (GOOD + "readings: [A99]\n", [("readings/0", 5)], "unknown reading 'A99'"),
    (GOOD + "procedure: {limit: soon}\n", [("procedure/limit", 5)], "A time limit: 8wh"),
    (GOOD + "procedure: {code: '1.001193', title: t}\n", [("procedure", 5)], "either a code or the parts"),
    (GOOD + "agency: so-tu-phap\n", [("agency", 5)], "goes with a procedure given by code"),
    (
        GOOD + "procedure:\n  steps:\n  - {key: a, kind: process, outcomes: [{key: x, to: [b]}]}\n",
        [("procedure/steps/0", 7)],
        "there is no step 'b'",
    ),
    (
        GOOD + "procedure:\n  steps:\n  - {key: a, kind: process}\n  - {key: a, kind: approve}\n",
        [("procedure/steps/1", 8)],
        "the step 'a' stands twice",
    ),
    (GOOD + "dates: {from: 2024-01-01, to: 2024-01-31}\n", [("acts/0/at", 4)], "not within"),
    (GOOD + "procedure: {limit: 1.5cd}\n", [("procedure/limit", 5)], "A time limit: 8wh"),
    (GOOD + "procedure: {cutoff: '25:00'}\n", [("procedure/cutoff", 5)], "is not an hour of the day"),
    (GOOD + "people: {em: {posts_until: 2024-02-31}}\n", [("people/em/posts_until", 5)], "is not a day"),
    (GOOD + "title2: *x\n", [("", 5)], "references to other places"),
    (GOOD + "x: !!python/object:os.system y\n", [("", 5)], "could not determine a constructor"),
    ("&a [*a]", [("", 1)], "references to other places"),
    (BOMB, [("", 2)], "references to other places"),
    ("[" * 3000, [("", 1)], "nested too deeply"),
    (GOOD + "dates: {from: 2024-13-01, to: 2024-01-31}\n", [("dates/from", 5)], "is not a day"),
]


@pytest.mark.parametrize(("text", "places", "reason"), BAD)
def test_reading_bad_file_names_place_and_reason(tmp_path, text, places, reason):
    found, message = faults(tmp_path, text)
    assert found == places
    assert reason in message


def test_reading_names_every_fault_at_once(tmp_path):
    found, _ = faults(
        tmp_path, GOOD.replace("by: an", "by: zoe").replace("T08:00", "T25:00") + "clauses: [X]\n"
    )
    assert found == [("clauses/0", 5), ("acts/0/by", 4), ("acts/0/at", 4)]


def test_reading_yaml_words_stay_what_is_written(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(
        GOOD.replace("title: t", "title: no") + "calendar: {closed: [{on: 2024-03-06}]}\n", "utf-8"
    )
    case = read_case(file)
    assert (case.title, case.calendar) == (Bilingual("no"), {"closed": [{"on": "2024-03-06"}]})


# What they hold is the house's own promise; no clause says it.
OF_THE_HOUSE = {
    "dl24-closure-announced",
    "dl24-fee-at-the-counter",
    "dl24-letter-through-the-desk",
    "dl24-papers-of-an-online-filing",
    "dl24-sent-twice",
    "dl24-whose-act-it-is",
    "kt22-fee-when-received",
    "kt22-whose-act-it-is",
    "pt24-fee-on-notice",
    "pt24-whose-act-it-is",
}


def test_cases_show_every_regulation_and_at_least_twenty_five():
    cases = [read_case(file) for file in sorted(FOLDER.glob("*.yaml"))]
    assert len(cases) >= 25
    shown = {clause.partition("-")[0] for case in cases for clause in case.clauses}
    assert shown == set(law.law().regulations)
    assert {Path(case.file).stem for case in cases if not case.clauses} == OF_THE_HOUSE


def test_cases_are_told_in_vietnamese_with_english_beside_it():
    cases = [read_case(file) for file in sorted(FOLDER.glob("*.yaml"))]
    told = [(case.file, text) for case in cases for text in (case.title, case.note) if text]
    assert [file for file, text in told if not has_own_letters(text.vietnamese)] == []
    assert [file for file, text in told if text.english in ("", text.vietnamese)] == []


def test_case_run_bad_and_missing_files_give_no_traceback(tmp_path, capsys):
    bad = tmp_path / "bad.yaml"
    bad.write_text("title: 3\n", "utf-8")
    assert main(["case", "run", str(bad), str(tmp_path / "none.yaml")]) == 1
    shown = capsys.readouterr()
    assert "bad.yaml\n  line 1: (file): 'province' is missing" in shown.err
    assert "No such file or directory" in shown.err
    assert shown.out == "0 cases played, 0 differ, 2 files are not cases\n"


def test_case_run_plays_on_a_scratch_server_of_its_own(tmp_path):
    """The command as people call it: another process, its own server, nothing left behind."""
    good = FOLDER / "dl24-filed-in-tet.yaml"
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text(good.read_text("utf-8").replace("due: 2024-02-19", "due: 2024-02-20"), "utf-8")
    command = [sys.executable, "-m", "motcua.config.cli", "case", "run", "--json", str(good), str(wrong)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, "")
    first, second = json.loads(done.stdout)
    assert (first["agrees"], second["agrees"]) == (True, False)
    assert [each["what"] for each in second["differences"]] == ["due"]
