"""The regulations say what their texts say: worked values, by regulation, with the clause that says it."""

import datetime as dt
from fractions import Fraction

import pytest

from motcua.kernel.dates import day_in_words
from motcua.kernel.limits import TimeLimit, TimeUnit
from motcua.law import queries
from motcua.law.errors import NoRegulation, UnknownKey, UnknownRegulation
from motcua.law.rules import Mark, Reference
from motcua.law.rules.schema import KEYS
from motcua.law.rules.values import plain_json

WORKED = [
    # KT18: "Trong thời hạn 1/2 ngày làm việc (kể từ khi nhận được hồ sơ đầy đủ, hợp lệ)"
    ("KT18", "intake.forward_limit", "0.5wd", ("KT18-14.4",)),
    ("KT18", "intake.forward_from", "complete_dossier", ("KT18-14.4",)),
    ("KT18", "result.ways_partial", ["counter"], ("KT18-8.2.a",)),
    ("KT18", "result.ways_full", ["online", "counter", "postal"], ("KT18-8.2.b",)),
    ("KT18", "refusal.leader_approval", True, ("KT18-15.2",)),
    ("KT18", "refund.strength", "mandatory", ("KT18-8.2.c#1",)),
    ("KT18", "report.agencies_before", "11-30", ("KT18-17.3#1",)),
    ("KT18", "levels.scale", ["2", "3", "4"], ("KT18-5.2#2", "KT18-7.1.a#1", "KT18-7.2.a#1")),
    # QN20: "kiểm soát", "tối đa một lần", "Chậm nhất 03 (ba) ngày", "phải thực hiện việc kết thúc hồ sơ"
    ("QN20", "supplement.control", "head_of_desk", ("QN20-11.2#2",)),
    ("QN20", "supplement.max_requests", 1, ("QN20-11.1#3",)),
    ("QN20", "intake.official_receipt", "stated_by_system", ("QN20-11.1#2",)),
    ("QN20", "result.max_visits", 1, ("QN20-7.2#3",)),
    ("QN20", "result.max_visits_remote", 0, ("QN20-7.3",)),
    ("QN20", "result.explicit_close", True, ("QN20-13.5",)),
    ("QN20", "question.forward_limit", "3cd", ("QN20-19.2",)),
    ("QN20", "refund.ground", ["agency_cannot", "withdrawal"], ("QN20-13.4#1",)),
    ("QN20", "refund.strength", "considered", ("QN20-13.4#1",)),
    ("QN20", "filing.wait_for_paper", False, ("QN20-7.2#1",)),
    ("QN20", "duty.content_from", "effect", ("QN20-6.1.a", "QN20-6.1.b-2")),
    ("QN20", "duty.process_term", "5wd", ("QN20-6.1.b-1",)),
    ("QN20", "duty.publish", "dttt", ("QN20-6.2.b-1", "QN20-23.2")),
    # KT22
    ("KT22", "account.required_for", "online_filing", ("KT22-7.2",)),
    ("KT22", "report.sole_source", True, ("KT22-23.10#2",)),
    ("KT22", "lookup.keys", ["code", "qr"], ("KT22-11.1.a", "KT22-11.1.b")),
    ("KT22", "operator.agency", "office", ("KT22-6.1", "KT22-22.10")),
    # DL24: "không quá 08 giờ làm việc kể từ khi hệ thống tiếp nhận", "13 ngày làm việc", "lần đầu tiên"
    ("DL24", "intake.forward_limit", "8wh", ("DL24-8.1.b", "DL24-19.1.d")),
    ("DL24", "intake.forward_from", "system_receipt", ("DL24-8.1.b", "DL24-19.1.d")),
    ("DL24", "intake.off_hours", "next_working_period", ("DL24-8.1.c#2",)),
    ("DL24", "intake.official_receipt", "entry_and_validity_notice", ("DL24-8.1.c#1",)),
    ("DL24", "supplement.max_requests", 1, ("DL24-8.1.a#3",)),
    ("DL24", "supplement.control", "leader", ("DL24-20.2",)),
    ("DL24", "receipt.optional_when_immediate", True, ("DL24-8.2#3",)),
    ("DL24", "petition.limit", "13wd", ("DL24-21.4#1",)),
    ("DL24", "petition.entry_limit", "8wh", ("DL24-21.3",)),
    ("DL24", "account.change_given_password", True, ("DL24-24.2#1",)),
    ("DL24", "lookup.keys", ["code", "personal_id", "name"], ("DL24-12.7.a", "DL24-12.7.b")),
    # PT24: "chậm nhất 01 ngày trước ngày hết hạn", "không quá một lần", "trong vòng 12 giờ"
    ("PT24", "apology.min_notice", "1wd", ("PT24-10.3#1",)),
    ("PT24", "apology.max_count", 1, ("PT24-10.3#2",)),
    ("PT24", "incident.recovery", "12h", ("PT24-21.6",)),
    ("PT24", "incident.fallback", "paper_log", ("PT24-23.8",)),
    ("PT24", "intake.off_hours", "next_working_period", ("PT24-9.2.c#2",)),
    ("PT24", "intake.forward_from", "first_step", ("PT24-9.2.b#2", "PT24-10.0")),
    ("PT24", "levels.scale", ["full", "partial"], ("PT24-2.3", "PT24-2.4", "PT24-18.1.a", "PT24-18.1.b")),
    ("PT24", "duty.publish_term", "5wd", ("PT24-23.7",)),
    ("PT24", "duty.national_term", "5wd", ("PT24-20.2",)),
    # "trước ngày 30/11 hàng năm"
    ("KT18", "catalogue.roadmap_before", "11-30", ("KT18-17.3#2",)),
]


@pytest.mark.parametrize(("short_name", "key", "expected", "clauses"), WORKED)
def test_value_of_a_regulation_is_what_its_clause_says(short_name, key, expected, clauses):
    value = queries.regulation(short_name).get(key)
    assert value is not None
    assert (plain_json(value.value), value.clauses) == (expected, clauses)


SILENT = [
    ("KT18", "intake.off_hours"),
    ("KT18", "apology.slip"),
    ("KT22", "intake.off_hours"),
    ("KT22", "refund.ground"),
    ("QN20", "intake.off_hours"),
    ("DL24", "result.explicit_close"),
    ("PT24", "supplement.control"),
    ("PT24", "refusal.leader_approval"),
]


@pytest.mark.parametrize(("short_name", "key"), SILENT)
def test_value_of_a_regulation_is_absent_where_its_text_is_silent(short_name, key):
    assert queries.regulation(short_name).get(key) is None
    assert queries.regulation(short_name).clauses(key) == ()


@pytest.mark.parametrize(
    ("short_name", "key", "law", "article", "mark"),
    [
        ("KT22", "apology.min_notice", "NĐ 61/2018/NĐ-CP", "Đ19", Mark.SECONDARY),
        ("KT22", "intake.paper_cutoff", "NĐ 61/2018/NĐ-CP", "Đ18", Mark.MEMORY),
        ("QN20", "dossier_code.pattern", "TT 01/2018/TT-VPCP", "Đ19", Mark.FOUND),
        ("PT24", "petition.limit", "QĐ 31/2021/QĐ-TTg", "Đ43-48", Mark.MISSING),
    ],
)
def test_value_by_reference_names_law_article_and_mark(short_name, key, law, article, mark):
    value = queries.regulation(short_name).get(key)
    assert value is not None
    assert value.by_reference == Reference(law, article, mark)


@pytest.mark.parametrize(
    ("short_name", "key", "first_day"),
    [
        ("KT18", "apology.max_count", dt.date(2018, 6, 21)),
        ("KT18", "intake.reply_limit", dt.date(2020, 5, 22)),
        ("KT22", "supplement.clock", dt.date(2022, 6, 23)),
        ("QN20", "supplement.clock", dt.date(2022, 6, 23)),
        ("DL24", "intake.any_desk", dt.date(2025, 7, 1)),
        ("KT18", "settlement.withdrawn_before_decision", dt.date(2025, 9, 15)),
        ("PT24", "settlement.withdrawn_before_decision", dt.date(2025, 9, 15)),
    ],
)
def test_value_by_reference_holds_from_the_first_day_of_the_law_that_gives_it(short_name, key, first_day):
    before = queries.regulation(short_name, first_day - dt.timedelta(days=1))
    assert (before.get(key), before.clauses(key)) == (None, queries.regulation(short_name).clauses(key))
    assert queries.regulation(short_name, first_day).get(key) == queries.regulation(short_name).get(key)


def test_law_that_is_older_than_the_regulation_is_not_dated():
    value = queries.regulation("DL24").get("supplement.clock")
    assert value is not None
    assert value.by_reference == Reference("QĐ 766/QĐ-TTg", "chỉ số 2.1", Mark.SECONDARY)


@pytest.mark.parametrize("short_name", ["KT18", "KT22", "QN20", "DL24", "PT24"])
def test_every_regulation_says_what_binds_the_answer_and_the_apology(short_name):
    told = queries.regulation(short_name)
    limits = [str(told.limit(key)) for key in ("intake.reply_limit", "apology.min_notice")]
    assert (limits, told.number("apology.max_count")) == (["8wh", "1wd"], 1)


def test_readers_give_each_kind_in_its_own_type():
    kt18, kt22, dl24 = (queries.regulation(name) for name in ("KT18", "KT22", "DL24"))
    assert kt18.limit("intake.forward_limit") == TimeLimit(Fraction(1, 2), TimeUnit.WORKING_DAY)
    assert kt22.time("intake.paper_cutoff") == dt.time(15, 0)
    assert kt22.limit("petition.limit") is None
    assert dl24.date("issued.on") == dt.date(2024, 1, 19)
    assert dl24.number("supplement.max_requests") == 1
    assert dl24.flag("apology.published") is True
    assert dl24.text("dossier_code.pattern") == "{agency}-{date}-{serial}"
    assert dl24.words("lookup.keys_behind_login") == ("personal_id", "name")


def test_reader_of_an_unknown_key_or_of_another_kind_is_a_mistake_of_the_program():
    with pytest.raises(UnknownKey, match=r"intake\.offhours"):
        queries.regulation("DL24").get("intake.offhours")
    with pytest.raises(UnknownKey, match="is a choice, not a flag"):
        queries.regulation("DL24").flag("intake.off_hours")


@pytest.mark.parametrize(
    ("province", "on", "expected"),
    [
        ("kon-tum", dt.date(2018, 4, 20), "KT18"),
        ("kon-tum", dt.date(2022, 3, 23), "KT18"),
        ("kon-tum", dt.date(2022, 3, 24), "KT22"),
        ("kon-tum", dt.date(2026, 1, 1), "KT22"),
        ("quang-ngai", dt.date(2021, 1, 10), "QN20"),
        ("dak-lak", dt.date(2024, 1, 29), "DL24"),
        ("phu-tho", dt.date(2024, 10, 15), "PT24"),
    ],
)
@pytest.mark.clause("KT18-QD2", "KT22-QD2", "QN20-QD2", "DL24-META", "PT24-QD2")
def test_regulation_in_force_follows_the_timeline_of_the_province(province, on, expected):
    assert queries.regulation_in_force(province, on).short_name == expected


@pytest.mark.parametrize(
    ("province", "on"),
    [
        ("kon-tum", dt.date(2018, 4, 19)),
        ("quang-ngai", dt.date(2021, 1, 9)),
        ("dak-lak", dt.date(2024, 1, 28)),
        ("phu-tho", dt.date(2024, 10, 14)),
        ("ha-noi", dt.date(2024, 10, 14)),
    ],
)
@pytest.mark.clause("KT18-QD2", "QN20-QD2", "DL24-META", "PT24-QD2")
@pytest.mark.any_regulation("the provinces are named, and none has a regulation yet")
def test_regulation_in_force_before_the_first_one_is_refused(province, on):
    with pytest.raises(NoRegulation) as refusal:
        queries.regulation_in_force(province, on)
    assert refusal.value.code == "law.no_regulation"
    assert day_in_words(on) in str(refusal.value)


def test_regulation_of_an_unknown_name_is_refused():
    with pytest.raises(UnknownRegulation):
        queries.regulation("HN01")


def test_clause_registry_holds_every_clause_and_marks_inferred_numbers():
    law = queries.law()
    assert (len(law.clauses), len(law.readings)) == (638, 67)
    clause = queries.clause("DL24-8.1.b")
    assert clause is not None
    assert (clause.inferred, clause.regulation, clause.kind) == (True, "DL24", "deadline")
    assert queries.clause("DL24-99") is None


def test_every_key_of_the_schema_is_said_by_some_regulation():
    said = {value.key for regulation in queries.law().regulations.values() for value in regulation.values}
    # No text asks for a leader at intake; a province that wants one must be able to say so.
    assert set(KEYS) - said == {"decline.leader_approval"}
