"""The runner itself: a wrong expectation is found, and the line of it is named."""

import re
from pathlib import Path

import pytest

from motcua.config.cases import BadCase, comparing, printing, read_case, run_case
from motcua.dossiers import labels
from motcua.dossiers.enums import Status
from motcua.dossiers.errors import WrongState

FOLDER = Path(__file__).parent

MUTATIONS = [
    # file, what is changed, into what, what the difference is about
    ("dl24-tet-holiday", "due: 2024-02-19T16:45", "due: 2024-02-19T17:30", "due"),
    ("dl24-tet-holiday", "worked: 1440", "worked: 1441", "clock/worked"),
    ("dl24-filed-in-tet", "received: 2024-02-15T07:30", "received: 2024-02-10T09:00", "received"),
    ("dl24-filed-in-tet", "code: 000.00.00.H15-240215-0001", "code: 000.00.00.H15-240215-0002", "code"),
    ("dl24-counter", "status: accepted", "status: submitted", "status"),
    ("dl24-counter", "to: em", "to: an", "messages"),
    ("dl24-counter", "documents: [intake_receipt]", "documents: []", "documents"),
    ("dl24-guided-once", "dossiers.already_guided", "dossiers.wrong_state", "refused"),
    ("dl24-guided-once", "clauses: [DL24-8.1.a#3]}", "clauses: [DL24-8.1.b]}", "refused/clauses"),
    ("dl24-only-the-head-assigns", "tasks: {examine: dung}", "tasks: {examine: phuc}", "tasks/examine/whose"),
    ("dl24-only-the-head-assigns", "tasks: {examine: dung}", "tasks: {approve: dung}", "tasks"),
    ("pt24-late", "late: true, ", "", None),
    ("pt24-late", "expect: {late: true}", "expect: {late: false}", "late"),
    ("kt18-half-day", "due: 2018-06-06T09:30", "due: 2018-06-06T13:30", "tasks/receive/due"),
    ("kt-change-of-regulation", "{regulation: KT18}}", "{regulation: KT22}}", "regulation"),
]


def changed(tmp_path, name, old, new):
    """A copy of a case with one place changed; the file and the line of the place."""
    text = (FOLDER / f"{name}.yaml").read_text("utf-8")
    place = text.rindex(old) if old in text else -1
    copy = tmp_path / f"{name}.yaml"
    copy.write_text(text[:place] + new + text[place + len(old) :] if place >= 0 else text, "utf-8")
    return copy, text[:place].count("\n") + 1


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "old", "new", "what"), [row for row in MUTATIONS if row[3]])
def test_runner_wrong_expectation_is_named_with_its_line(tmp_path, name, old, new, what):
    file, line = changed(tmp_path, name, old, new)
    result = run_case(read_case(file))
    assert not result.agrees
    assert [(each.what, each.line) for each in result.differences if each.what == what] == [(what, line)]
    assert re.search(rf"✗ line {line}, {what}: expected .+, happened .+", printing.as_text(result))


@pytest.mark.django_db
def test_runner_refusal_that_nobody_expected_breaks_the_story_off(tmp_path):
    file, _ = changed(
        tmp_path,
        "pt24-decline",
        'reason: " "}, expect: {refused: dossiers.reason_required',
        'reason: " "}, expect: {',
    )
    text = file.read_text("utf-8").replace("expect: {, status", "expect: {status")
    file.write_text(text, "utf-8")
    result = run_case(read_case(file))
    assert not result.agrees
    assert result.broken_off == "act 2 (line 7) did not go as written; 5 acts not played"
    assert len(result.acts) == 2


@pytest.mark.django_db
def test_runner_leaves_nothing_behind():
    from motcua.accounts.models import Account
    from motcua.dossiers.models import Dossier
    from motcua.notify.models import OutboxMessage

    run_case(read_case(FOLDER / "dl24-online-life.yaml"))
    assert (Dossier.objects.count(), Account.objects.count(), OutboxMessage.objects.count()) == (0, 0, 0)


@pytest.mark.django_db
def test_runner_act_of_somebody_without_an_account_is_explained(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(
        "title: t\nprovince: dak-lak\npeople:\n  em: {account: false}\n"
        "acts:\n- {at: 2024-03-05T08:00, by: em, do: file}\n",
        "utf-8",
    )
    result = run_case(read_case(file))
    assert result.broken_off == "act 1 (line 6): em has no account and cannot act"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        ("procedure: {code: '9.999999'}", "the scene cannot be set: the catalogue has no procedure 9.999999"),
        (
            "procedure: {code: '1.004873'}\nagency: khong-co",
            "the scene cannot be set: there is no agency 'khong-co' in dak-lak",
        ),
    ],
)
def test_runner_scene_that_cannot_be_set_is_explained(tmp_path, extra, reason):
    file = tmp_path / "case.yaml"
    file.write_text(
        f"title: t\nprovince: dak-lak\n{extra}\nacts:\n- {{at: 2024-03-05T08:00, by: an, do: file}}\n",
        "utf-8",
    )
    assert run_case(read_case(file)).broken_off == reason


@pytest.mark.django_db
def test_runner_calendar_that_is_none_is_a_fault_of_the_file(tmp_path):
    file = tmp_path / "case.yaml"
    file.write_text(
        "title: t\nprovince: dak-lak\ncalendar: {hours: {monday: ['11:00-10:00']}}\n"
        "acts:\n- {at: 2024-03-05T08:00, by: an, do: file}\n",
        "utf-8",
    )
    with pytest.raises(BadCase, match="opening hours must lie within one day"):
        run_case(read_case(file))


@pytest.mark.django_db
def test_result_as_json_has_every_difference(tmp_path):
    file, line = changed(tmp_path, "dl24-midday-break", "worked: 480", "worked: 481")
    row = printing.as_json(run_case(read_case(file)))
    assert (row["agrees"], row["clauses"]) == (False, ["DL24-8.1.c#2"])
    assert row["differences"] == [
        {
            "act": 2,
            "line": line,
            "what": "clock/worked",
            "expected": "481",
            "happened": "480",
            "agrees": False,
        }
    ]
    assert row["acts"][0]["happened"]["received"] == "2024-03-05T13:30"


def test_refusal_that_nobody_expected_is_printed_in_words():
    said = comparing.in_words(WrongState(status=Status.DECLINED.value))
    assert "declined" not in said
    assert labels.STATUS[Status.DECLINED] in said
