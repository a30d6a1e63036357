"""`motcua due`, as an operator runs it."""

from __future__ import annotations

import json

import pytest

from motcua.config import cli

ASK = ["due", "--province", "dak-lak", "--received", "2024-02-07T16:45", "--limit", "3wd"]


def test_due_prints_the_due_moment_and_the_ledger(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(ASK) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[:6] == [
        "Tiếp nhận:        16 giờ 45 phút, ngày 07 tháng 02 năm 2024",
        "Tính thời hạn từ: 16 giờ 45 phút, ngày 07 tháng 02 năm 2024",
        "Thời hạn:         03 ngày làm việc",
        "Hẹn trả kết quả:  16 giờ 45 phút, ngày 19 tháng 02 năm 2024",
        "Lịch làm việc:    Lịch làm việc mẫu, tỉnh Đắk Lắk (sample)",
        "",
    ]
    assert lines[9] == (
        "08/02/2024 00:00  15/02/2024 00:00      168:00  Ngoài giờ làm việc    Tết Nguyên Đán"
    )
    assert len(lines) == 7 + 17


def test_due_prints_the_days_of_a_term_in_days(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["due", "--province", "dak-lak", "--received", "2024-03-05T08:00", "--limit", "5cd"]) == 0
    rows = [line.split(maxsplit=3) for line in capsys.readouterr().out.splitlines()[-3:]]
    assert [(first, last, count) for first, last, count, _ in rows] == [
        ("05/03/2024", "05/03/2024", "1"),
        ("06/03/2024", "10/03/2024", "5"),
        ("11/03/2024", "11/03/2024", "1"),
    ]
    assert [what for *_, what in rows][1] == "tính vào thời hạn"


def test_due_json_is_one_object_with_a_ledger_without_gaps(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*ASK, "--json", "--pause", "2024-02-15T10:00/2024-02-15T14:00"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["due_at"] == "2024-02-20T08:45:00+07:00"
    assert found["effective_start"] == found["received_at"] == "2024-02-07T16:45:00+07:00"
    assert found["calendar"]["validity"] == {"from": "2018-01-01", "to": "2027-12-31"}
    segments = found["segments"]
    assert [one["to"] for one in segments[:-1]] == [two["from"] for two in segments[1:]]
    assert (segments[0]["from"], segments[-1]["to"]) == (found["received_at"], found["due_at"])
    assert sum(one["minutes"] for one in segments if one["kind"] == "worked") == 3 * 480
    assert sum(one["minutes"] for one in segments if one["kind"] == "paused") == 120
    assert segments[2] == {
        "kind": "closed",
        "from": "2024-02-08T00:00:00+07:00",
        "to": "2024-02-15T00:00:00+07:00",
        "minutes": 10080,
        "reason": "Tết Nguyên Đán",
        "detail": "",
        "label": "Tết Nguyên Đán",
    }


ANSWERS = [
    (["--limit", "8wh"], "2024-02-15T16:45:00+07:00"),
    (["--limit", "15cd"], "2024-02-22T17:30:00+07:00"),
    (["--limit", "1mo"], "2024-03-07T17:30:00+07:00"),
    (["--limit", "1wd", "--cutoff", "15:00"], "2024-02-15T17:30:00+07:00"),
    (
        ["--received", "2024-03-15T17:00", "--limit", "2wh", "--agency", "H15.MAU.01"],
        "2024-03-16T09:00:00+07:00",
    ),
    (["--received", "2024-03-12T02:00Z", "--limit", "1wh"], "2024-03-12T10:00:00+07:00"),
    (["--received", "20240312T0200Z", "--limit", "1wh"], "2024-03-12T10:00:00+07:00"),
    (["--received", "2024-03-12 00:00:00", "--limit", "1wh"], "2024-03-12T08:30:00+07:00"),
    (["--pause", "2024-02-15T10:00/"], None),
]


@pytest.mark.parametrize(("options", "expected"), ANSWERS)
def test_due_json_answers(
    capsys: pytest.CaptureFixture[str], options: list[str], expected: str | None
) -> None:
    assert cli.main([*ASK, "--json", *options]) == 0
    assert json.loads(capsys.readouterr().out)["due_at"] == expected


def test_due_says_when_holidays_are_a_forecast(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*ASK, "--received", "2027-03-12T09:00"]) == 0
    assert "Lưu ý:            lịch nghỉ lễ của năm này là dự kiến" in capsys.readouterr().out.splitlines()


def test_due_says_when_the_calendar_was_not_valid(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([*ASK, "--province", "kon-tum", "--received", "2025-07-01T09:00"]) == 0
    note = "Lưu ý:            ngày tiếp nhận nằm ngoài thời gian hiệu lực của lịch làm việc"
    assert note in capsys.readouterr().out.splitlines()


def notes_of(capsys: pytest.CaptureFixture[str], received: str) -> list[str]:
    assert cli.main([*ASK, "--received", received]) == 0
    lines = capsys.readouterr().out.splitlines()
    return [line.removeprefix("Lưu ý:").strip() for line in lines if line.startswith("Lưu ý:")]


NOT_VALID = "ngày tiếp nhận nằm ngoài thời gian hiệu lực của lịch làm việc"
UNKNOWN = "chưa có dữ liệu ngày nghỉ lễ năm {}, ngày hẹn chưa trừ ngày nghỉ lễ của năm đó"


@pytest.mark.parametrize(
    ("received", "notes"),
    [
        ("2028-02-07T09:00", [UNKNOWN.format(2028), NOT_VALID]),
        ("2027-12-30T09:00", [UNKNOWN.format(2028)]),
        ("2017-12-29T09:00", [UNKNOWN.format(2017), NOT_VALID]),
        ("2018-01-02T09:00", []),
    ],
)
def test_due_says_which_years_have_no_holidays_on_record(
    capsys: pytest.CaptureFixture[str], received: str, notes: list[str]
) -> None:
    assert notes_of(capsys, received) == notes
    assert cli.main([*ASK, "--received", received, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["warnings"] == notes


@pytest.mark.parametrize(
    ("received", "limit", "last"),
    [
        ("2024-01-31T09:00", "1mo", "29/02/2024"),
        ("2024-01-29T09:00", "1mo", ""),
        ("2024-01-31T09:00", "2mo", ""),
    ],
)
def test_due_names_its_rounding_where_the_month_is_shorter(
    capsys: pytest.CaptureFixture[str], received: str, limit: str, last: str
) -> None:
    assert cli.main([*ASK, "--received", received, "--limit", limit, "--json"]) == 0
    rounded = [one for one in json.loads(capsys.readouterr().out)["warnings"] if "không có ngày 31" in one]
    assert [one.rpartition(" ")[2] for one in rounded] == ([last] if last else [])


@pytest.mark.parametrize("code", ["H15.07", "H15.X05", "H15.MAU.01"])
def test_due_takes_the_code_of_any_published_agency(capsys: pytest.CaptureFixture[str], code: str) -> None:
    assert cli.main([*ASK, "--agency", code]) == 0


REFUSALS = [
    (["--agency", "nope"], "--agency: no agency 'nope' in dak-lak; a code looks like H15.MAU.01"),
    (["--agency", "H15.MAU.1"], "--agency: no agency 'H15.MAU.1' in dak-lak; near: H15.MAU.01"),
    (["--agency", "so noi vu"], "--agency: no agency 'so noi vu' in dak-lak; near: H15.13 (Sở Nội vụ)"),
    (["--limit", "3 days"], "not a time limit: '3 days'"),
    (["--limit", "-3wd"], "not a time limit: '-3wd'"),
    (["--limit", "0.5mo"], "month takes a whole number"),
    (["--limit", "99999999wd"], "calendars reach from 1990 to 2150"),
    (["--limit", "99999mo"], "a limit of 99999mo ends beyond every calendar"),
    (["--limit", "99999999cd"], "a limit of 99999999cd ends beyond every calendar"),
    (["--limit", "9999999999h"], "a limit of 9999999999h ends beyond every calendar"),
    (["--received", "yesterday"], "--received: not a moment: 'yesterday'"),
    (["--received", "2024-03-12"], "--received: '2024-03-12' says no time of day"),
    (["--received", "2024-03-12T08:00:30"], "--received: '2024-03-12T08:00:30' is more exact than a minute"),
    (["--pause", "2024-03-12/2024-03-13"], "--pause: '2024-03-12' says no time of day"),
    (["--received", "2024-02-30T08:00"], "--received: not a moment"),
    (["--received", "1776-07-04T08:00"], "calendars reach from 1990 to 2150, not to 1776"),
    (["--pause", "2024-02-15T10:00"], "--pause: '2024-02-15T10:00' is not FROM/TO"),
    (["--pause", "2024-02-15T10:00/2024-02-14T10:00"], "a pause cannot end"),
    (["--pause", "x/y"], "--pause: not a moment: 'x'"),
    (["--cutoff", "3pm"], "--cutoff: not a time of day: '3pm'"),
    (["--limit", "3cd", "--cutoff", "15:00"], "a same-day cut-off belongs to working time, not to 3cd"),
    (["--province", "ha-noi"], "no calendar for province 'ha-noi'; there are: dak-lak, kon-tum"),
]


@pytest.mark.parametrize(("options", "message"), REFUSALS)
def test_due_bad_input_is_one_line_and_exit_status_two(
    capsys: pytest.CaptureFixture[str], options: list[str], message: str
) -> None:
    joined = [f"{options[0]}={options[1]}", *options[2:]]
    assert cli.main([*ASK, *joined]) == 2
    printed = capsys.readouterr()
    assert (printed.out, printed.err.count("\n")) == ("", 1)
    assert printed.err.startswith(f"motcua due: {message}")


@pytest.mark.parametrize(
    ("province", "received", "expected"),
    [
        ("quang-ngai", "2022-03-05T09:00", "2022-03-10T17:30:00+07:00"),  # no rule: Saturday is the start
        ("dak-lak", "2024-03-16T09:00", "2024-03-25T17:30:00+07:00"),  # moved to Monday, ends on Saturday
        ("kon-tum", "2017-03-04T09:00", "2017-03-09T17:30:00+07:00"),  # no regulation yet
    ],
)
def test_due_reads_the_off_hours_rule_of_the_province(
    capsys: pytest.CaptureFixture[str], province: str, received: str, expected: str
) -> None:
    ask = ["due", "--province", province, "--received", received, "--limit", "5cd", "--json"]
    assert cli.main(ask) == 0
    assert json.loads(capsys.readouterr().out)["due_at"] == expected
