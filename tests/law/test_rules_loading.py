"""Data files that do not hold together are refused, and every fault names file, key and reason."""

import datetime as dt
import tomllib

import pytest

from motcua.law.errors import Problem, UnknownKey
from motcua.law.rules.cited import CitedLaw, load_cited
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
    (
        'check_at_once = { value = true, clauses = ["DL24-8.1.b"], readings = "A9" }',
        "intake.check_at_once.readings",
        "expected a list of reading ids, not 'A9'",
    ),
    (
        "check_at_once = { value = true }",
        "intake.check_at_once",
        "no source: give clauses, by_reference or ours",
    ),
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
        "expected one of found, secondary, memory, missing, not 'sure'",
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


@pytest.mark.parametrize("clauses", ['"DL24-8.1.b"', "[]"])
def test_loader_clauses_that_are_no_list_or_an_empty_one_are_a_problem(clauses):
    _, problems = load(f"{HEAD}{VALID}[intake]\ncheck_at_once = {{ value = true, clauses = {clauses} }}")
    said = clauses.replace('"', "'")
    assert problems == [
        ("intake.check_at_once.clauses", f"expected a list of clause ids, not {said}"),
        ("intake.check_at_once", "no source: give clauses, by_reference or ours"),
    ]


def test_loader_value_keeps_its_clauses_its_readings_and_its_note():
    said = 'value = true, clauses = ["DL24-8.1.b"], readings = ["A9"], note = "Vì sao"'
    regulation, problems = load(f"{HEAD}{VALID}[intake]\ncheck_at_once = {{ {said} }}")
    value = regulation.get("intake.check_at_once")
    assert (value.clauses, value.readings, value.note, problems) == (("DL24-8.1.b",), ("A9",), "Vì sao", [])


@pytest.mark.parametrize(
    ("law", "first_day", "until"),
    [
        ("NĐ 45", dt.date(2025, 1, 1), dt.date(2025, 1, 1)),  # silent until then
        ("NĐ 45", dt.date(2024, 1, 29), None),  # in force as long as the regulation itself
        ("NĐ 45", dt.date(2020, 1, 1), None),
        ("NĐ 61", dt.date(2025, 1, 1), None),  # of this law nobody knows the day
    ],
)
def test_loader_value_of_a_younger_law_holds_from_its_first_day(law, first_day, until):
    loader = Loader("DL24.toml", CLAUSES, (), {"NĐ 45": CitedLaw(first_day)})
    reference = f'{{ law = "{law}", article = "Đ11", mark = "memory" }}'
    body = f"[intake]\ncheck_at_once = {{ value = true, by_reference = {reference} }}"
    regulation = loader.load(tomllib.loads(HEAD + VALID + body))
    value = regulation.get("intake.check_at_once")
    assert (value.by_reference.since, value.clauses, value.readings) == (until, (), ())


def test_loader_younger_law_of_a_regulation_without_a_first_day_is_no_crash():
    loader = Loader("DL24.toml", CLAUSES, (), {"NĐ 45": CitedLaw(dt.date(2025, 1, 1))})
    reference = '{ law = "NĐ 45", article = "Đ11", mark = "memory" }'
    body = f"[intake]\ncheck_at_once = {{ value = true, by_reference = {reference} }}"
    assert loader.load(tomllib.loads(HEAD + body)) is None
    assert [each.key for each in loader.problems] == ["validity"]


@pytest.mark.parametrize(
    ("old", "new", "key", "reason"),
    [
        (
            '"dak-lak"',
            '"ha-noi"',
            "province",
            "expected one of kon-tum, quang-ngai, dak-lak, phu-tho, not 'ha-noi'",
        ),
        ('title = "Quy chế"', 'title = " "', "title", "expected a text, not ' '"),
        ('title = "Quy chế"', "title = 3", "title", "expected a text, not 3"),
        ('title = "Quy chế"', "", "title", "expected a text, not None"),
        ("from = 2024-01-29", "from = 2024-01-29, until = 2025-01-01", "validity.until", "unknown key"),
        (
            ', clauses = ["DL24-META"]',
            "",
            "validity.clauses",
            "missing: name the clause that puts it in force",
        ),
        (
            "from = 2024-01-29",
            "from = 2024-01-29T08:00:00",
            "validity.from",
            "expected a date such as 2024-01-29, not datetime.datetime(2024, 1, 29, 8, 0)",
        ),
        (
            "from = 2024-01-29",
            'from = "2024-01-29"',
            "validity.from",
            "expected a date such as 2024-01-29, not '2024-01-29'",
        ),
    ],
)
def test_loader_broken_head_names_key_and_reason(old, new, key, reason):
    whole = HEAD + VALID
    assert old in whole
    regulation, problems = load(whole.replace(old, new))
    assert regulation is None
    assert problems == [(key, reason)]


def test_loader_short_name_that_is_no_text_names_no_file():
    _, problems = load((HEAD + VALID).replace('short_name = "DL24"', "short_name = 24"))
    assert problems[:2] == [
        ("short_name", "expected a text, not 24"),
        ("short_name", "'' does not fit the name of the file"),
    ]


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
        (
            '{ regulation = "DL24", from = 2024-03-01, to = 2024-02-01 }',
            ["a period cannot end (2024-02-01) before it starts (2024-03-01)"],
        ),
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


def test_clause_knows_whether_its_number_is_inferred_and_each_law_that_it_points_to():
    row = dict.fromkeys(COLUMNS, "x")
    rows = [
        row | {"id": "DL24-1", "inferred": "1", "refers_to": " NĐ 61 ; ;NĐ 45;"},
        row | {"id": "DL24-2", "inferred": "0", "refers_to": ""},
    ]
    registry, problems = load_clauses("clauses.csv", rows)
    assert problems == ()
    assert {key: (one.inferred, one.refers_to) for key, one in registry.items()} == {
        "DL24-1": (True, ("NĐ 61", "NĐ 45")),
        "DL24-2": (False, ()),
    }


@pytest.mark.parametrize(
    ("raw", "key", "reason"),
    [
        ({"since": dt.date(2018, 6, 21)}, "NĐ 61", "expected since and mark, known, amended"),
        ("2018-06-21", "NĐ 61", "expected since and mark, known, amended"),
        (
            {"since": "21/06/2018", "mark": "found"},
            "NĐ 61.since",
            "expected a date such as 2018-06-21, not '21/06/2018'",
        ),
        (
            {"since": dt.datetime(2018, 6, 21), "mark": "found"},  # noqa: DTZ001 - as TOML gives it
            "NĐ 61.since",
            "expected a date such as 2018-06-21, not datetime.datetime(2018, 6, 21, 0, 0)",
        ),
        (
            {"since": dt.date(2018, 6, 21), "mark": "missing"},
            "NĐ 61.mark",
            "expected found, secondary or memory, not 'missing'",
        ),
    ],
)
def test_day_of_a_cited_law_that_is_not_known_is_a_problem_and_others_stay(raw, key, reason):
    known = {"since": dt.date(2020, 5, 22), "mark": "memory"}
    since, problems = load_cited("cited.toml", {"NĐ 61": raw, "NĐ 45": known})
    assert since == {"NĐ 45": CitedLaw(dt.date(2020, 5, 22))}
    assert [(each.key, each.reason) for each in problems] == [(key, reason)]


def test_clauses_of_a_key_that_the_schema_does_not_know_are_not_asked_for(regulations):
    assert regulations["DL24"].clauses("intake.check_at_once") == ()
    with pytest.raises(UnknownKey):
        regulations["DL24"].clauses("intake.at_once")
