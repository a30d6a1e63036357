"""Data files that do not hold together are refused, and every fault names file, key and reason."""

import tomllib

import pytest

from motcua.law.errors import Problem
from motcua.law.rules.clauses import COLUMNS, load_clauses, load_readings
from motcua.law.rules.loading import Loader
from motcua.law.rules.timelines import load_timelines

CLAUSES = {"DL24-META", "DL24-8.1.b", "DL24-8.1.c#2", "PT24-10.3#1"}
HEAD = """
short_name = "DL24"
title = "Quy chế"
decision = "04/2024/QĐ-UBND"
province = "dak-lak"
"""
VALID = 'validity = { from = 2024-01-29, clauses = ["DL24-META"] }\n'


def load(text, file="DL24.toml"):
    loader = Loader(file, CLAUSES, {"A9"})
    return loader.load(tomllib.loads(text)), [(each.key, each.reason) for each in loader.problems]


def test_loader_sound_file_gives_a_regulation():
    body = '[intake]\nforward_limit = { value = "8wh", clauses = ["DL24-8.1.b"], readings = ["A9"] }'
    regulation, problems = load(HEAD + VALID + body)
    assert problems == []
    assert regulation is not None
    assert str(regulation.limit("intake.forward_limit")) == "8wh"


BROKEN = [
    ('offhours = { value = "x", clauses = ["DL24-8.1.b"] }', "intake.offhours", "unknown key"),
    (
        'forward_limit = { value = "8 hours", clauses = ["DL24-8.1.b"] }',
        "intake.forward_limit.value",
        "not a time limit: '8 hours' (expected for example 8wh, 3wd, 15cd, 1mo, 12h)",
    ),
    (
        "forward_limit = { value = 8, clauses = ['DL24-8.1.b'] }",
        "intake.forward_limit.value",
        "expected a text, not 8",
    ),
    (
        'off_hours = { value = "tomorrow", clauses = ["DL24-8.1.c#2"] }',
        "intake.off_hours.value",
        "expected one of none, next_working_period, not 'tomorrow'",
    ),
    (
        'check_at_once = { value = "yes", clauses = ["DL24-8.1.b"] }',
        "intake.check_at_once.value",
        "expected true or false, not 'yes'",
    ),
    (
        'paper_cutoff = { value = "25:00", clauses = ["DL24-8.1.b"] }',
        "intake.paper_cutoff.value",
        "expected a time such as 15:00, not '25:00'",
    ),
    (
        "reply_channels = { value = [], clauses = ['DL24-8.1.b'] }",
        "intake.reply_channels.value",
        "expected a list that is not empty, not []",
    ),
    (
        "reply_channels = { value = ['sms', 'sms'], clauses = ['DL24-8.1.b'] }",
        "intake.reply_channels.value",
        "a word stands twice in ['sms', 'sms']",
    ),
    (
        'check_at_once = { value = true, clauses = ["DL24-99"] }',
        "intake.check_at_once.clauses",
        "unknown clause id 'DL24-99'",
    ),
    (
        'check_at_once = { value = true, clauses = ["PT24-10.3#1"] }',
        "intake.check_at_once.clauses",
        "PT24-10.3#1 is a clause of another regulation",
    ),
    ("check_at_once = { value = true }", "intake.check_at_once", "no source: give clauses or by_reference"),
    ("check_at_once = true", "intake.check_at_once", "expected a table with value and clauses"),
    (
        'check_at_once = { value = true, clauses = ["DL24-8.1.b"], reading = "A9" }',
        "intake.check_at_once.reading",
        "unknown key",
    ),
    (
        'check_at_once = { value = true, clauses = ["DL24-8.1.b"], readings = ["A99"] }',
        "intake.check_at_once.readings",
        "unknown reading 'A99'",
    ),
    (
        'check_at_once = { value = true, by_reference = { law = "NĐ 45", article = "Đ11", mark = "sure" } }',
        "intake.check_at_once.by_reference.mark",
        "expected one of found, memory, missing, not 'sure'",
    ),
    (
        'check_at_once = { value = true, by_reference = { law = "NĐ 45" } }',
        "intake.check_at_once.by_reference",
        "expected law, article and mark",
    ),
    (
        'check_at_once = { clauses = ["DL24-8.1.b"] }',
        "intake.check_at_once",
        "give a value, or by_reference with the mark missing and no value",
    ),
]


@pytest.mark.parametrize(("line", "key", "reason"), BROKEN)
def test_loader_broken_value_names_key_and_reason(line, key, reason):
    regulation, problems = load(f"{HEAD}{VALID}[intake]\n{line}")
    assert regulation is None
    assert problems == [(key, reason)]


@pytest.mark.parametrize(
    ("line", "key", "reason"),
    [
        (
            '[report]\nagencies_before = { value = "13-40", clauses = ["DL24-8.1.b"] }',
            "report.agencies_before.value",
            "expected month and day such as 11-30, not '13-40'",
        ),
        (
            '[issued]\non = { value = "19/01/2024", clauses = ["DL24-META"] }',
            "issued.on.value",
            "expected a date such as 2024-01-29, not '19/01/2024'",
        ),
        (
            '[supplement]\nmax_requests = { value = -1, clauses = ["DL24-8.1.b"] }',
            "supplement.max_requests.value",
            "expected a whole number, not negative, not -1",
        ),
        ('colour = "red"', "colour", "unknown key"),
    ],
)
def test_loader_broken_value_of_other_kinds_names_key_and_reason(line, key, reason):
    text = HEAD + (line + "\n" + VALID if line.startswith("colour") else VALID + line)
    regulation, problems = load(text)
    assert regulation is None
    assert problems == [(key, reason)]


def test_loader_missing_validity_is_a_problem():
    regulation, problems = load(HEAD)
    assert regulation is None
    assert problems == [("validity", "missing: give from, perhaps to, and clauses")]


def test_loader_validity_that_ends_before_it_starts_is_a_problem():
    _, problems = load(HEAD + 'validity = { from = 2024-01-29, to = 2023-01-01, clauses = ["DL24-META"] }')
    assert [key for key, _ in problems] == ["validity"]


def test_loader_collects_every_problem_of_a_file():
    body = '[intake]\noffhours = 1\nforward_limit = { value = "x", clauses = ["DL24-99"] }\n'
    _, problems = load(HEAD + body, file="XX.toml")
    assert [key for key, _ in problems] == [
        "short_name",
        "validity",
        "intake.offhours",
        "intake.forward_limit.clauses",
        "intake.forward_limit.value",
    ]


def test_problem_reads_as_file_key_reason():
    assert (
        str(Problem("DL24.toml", "intake.off_hours", "unknown key"))
        == "DL24.toml: intake.off_hours: unknown key"
    )


@pytest.fixture
def regulations():
    regulation, problems = load(HEAD + VALID)
    assert problems == []
    return {"DL24": regulation}


@pytest.mark.parametrize(
    ("entries", "reasons"),
    [
        ('{ regulation = "DL24", from = 2024-01-29 }', []),
        ('{ regulation = "XX", from = 2024-01-29 }', ["unknown regulation 'XX'"]),
        ('{ regulation = "DL24", from = "x" }', ["from must be a date; to, if given, too"]),
        ('{ regulation = "DL24", since = 2024-01-29 }', ["expected regulation, from and perhaps to"]),
        ('{ regulation = "DL24", from = 2023-01-01 }', ["reaches outside the validity of DL24"]),
        (
            '{ regulation = "DL24", from = 2024-02-01, to = 2024-03-31 }, '
            '{ regulation = "DL24", from = 2024-03-01 }',
            ["DL24 and DL24 overlap"],
        ),
        (
            '{ regulation = "DL24", from = 2024-02-01, to = 2024-03-31 }, '
            '{ regulation = "DL24", from = 2024-04-02 }',
            ["a hole between DL24 and DL24"],
        ),
        (
            '{ regulation = "DL24", from = 2024-04-01, to = 2024-05-01 }, '
            '{ regulation = "DL24", from = 2024-02-01, to = 2024-03-01 }',
            ["DL24 and DL24 stand in the wrong order"],
        ),
    ],
)
def test_timeline_faults_are_named(regulations, entries, reasons):
    data = tomllib.loads(f'[dak-lak]\nname = "Đắk Lắk"\nregulations = [{entries}]')
    _, problems = load_timelines("timelines.toml", data, regulations)
    assert [each.reason for each in problems] == reasons


def test_timeline_of_another_province_is_a_problem(regulations):
    data = tomllib.loads(
        '[phu-tho]\nname = "Phú Thọ"\nregulations = [{ regulation = "DL24", from = 2024-01-29 }]'
    )
    _, problems = load_timelines("timelines.toml", data, regulations)
    assert [each.reason for each in problems] == ["DL24 belongs to dak-lak"]


def test_timeline_of_an_unknown_province_or_shape_is_a_problem(regulations):
    _, problems = load_timelines("timelines.toml", {"ha-noi": {"name": "Hà Nội"}}, regulations)
    assert [each.key for each in problems] == ["ha-noi", "ha-noi"]


def test_clause_registry_faults_are_named():
    row = dict.fromkeys(COLUMNS, "0")
    rows = [
        row | {"id": "DL24-1"},
        row | {"id": "DL24-1"},
        {"id": "DL24-2"},
        row | {"id": "DL24-3", "requirement_english": " "},
        row | {"id": "DL24-4", "parameter": ""},
    ]
    registry, problems = load_clauses("clauses.csv", rows)
    assert list(registry) == ["DL24-1", "DL24-3", "DL24-4"]
    assert [str(each) for each in problems] == [
        "clauses.csv: line 3: empty or repeated clause id 'DL24-1'",
        f"clauses.csv: line 4: missing columns: {', '.join(COLUMNS[1:])}",
        "clauses.csv: line 5: DL24-3 lacks its requirement in Vietnamese or in English",
        "clauses.csv: line 6: DL24-4 has its parameter in one language only",
    ]


def test_reading_with_an_unknown_clause_is_a_problem():
    words = dict.fromkeys(("issue", "issue_english", "reading", "reading_english"), "w")
    data = {"A1": {"clauses": ["DL24-99"], **words}, "A2": {"issue": "i"}}
    _, problems = load_readings("readings.toml", data, {})
    assert [(each.key, each.reason) for each in problems] == [
        ("A1.clauses", "unknown clause id 'DL24-99'"),
        ("A2", "a reading has clauses, issue and reading, both with English"),
    ]
