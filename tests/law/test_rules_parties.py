"""Who has duties under which regulation."""

from __future__ import annotations

import pytest

from motcua.agencies.enums import Role
from motcua.law import labels, queries
from motcua.law.rules.parties import POSTS, is_at, load_parties

CLAUSES = ("DL24-8.1.a#1", "DL24-8.1.b", "DL24-8.10", "DL24-20.2")


def duties(short_name: str) -> dict[str, tuple[str, ...]]:
    return {each.party.key: each.clauses for each in queries.law().duties[short_name]}


def test_every_clause_on_a_role_is_given_to_somebody():
    given = {one for each in queries.law().duties.values() for found in each for one in found.clauses}
    roles = {one.id for one in queries.law().clauses.values() if one.kind == "role"}
    assert roles - given == set()


def test_every_regulation_names_its_parties_and_every_party_has_a_name():
    law = queries.law()
    assert set(law.duties) == set(law.regulations)
    named = {each.party.key for found in law.duties.values() for each in found}
    assert named <= set(labels.PARTIES)


def test_posts_of_parties_are_those_of_the_agencies():
    assert {role.value for role in Role} == POSTS


@pytest.mark.parametrize(
    ("regulation", "operator", "clause"),
    [
        ("KT22", "office", "KT22-6.1"),
        ("QN20", "dttt", "QN20-23.1#1"),
        ("DL24", "office", "DL24-14.1#3"),
        ("KT18", "ict_centre", "KT18-17.2#1"),
        ("PT24", "dttt", "PT24-21.1#1"),
    ],
)
def test_operator_of_the_regulation_has_the_duty_to_operate(regulation, operator, clause):
    assert queries.regulation(regulation).choice("operator.agency") == operator
    assert clause in duties(regulation)[operator]


def test_postal_staff_have_a_post_of_their_own_where_the_regulation_lets_them_in():
    (staff,) = (each for each in queries.law().duties["KT22"] if each.party.key == "postal_staff")
    assert (staff.party.posts, "KT22-1.2.g" in staff.clauses) == (("postal_staff",), True)
    assert "postal_staff" not in duties("KT18")


def test_what_article_24_asks_of_officers_is_not_given_to_applicants():
    """DL24-24.1 to 24.4 speak of staff, 24.5 to 24.9 of whoever files."""
    found = duties("DL24")
    of_staff = {one for one in found["case_officer"] if is_at(one, "DL24-24")}
    of_applicants = {one for one in found["applicant"] if is_at(one, "DL24-24")}
    assert of_staff == {one for one in found["receiver"] if is_at(one, "DL24-24")}
    assert of_staff & of_applicants == set()
    assert {one[:9] for one in of_staff} == {f"DL24-24.{point}" for point in (1, 2, 3, 4)}
    assert {one[:9] for one in of_applicants} == {f"DL24-24.{point}" for point in (5, 6, 7, 8, 9)}


def test_place_covers_what_lies_below_it_only():
    assert [one for one in CLAUSES if is_at(one, "DL24-8.1")] == ["DL24-8.1.a#1", "DL24-8.1.b"]


def test_faults_of_the_file_are_named():
    data = {
        "parties": {"office": {"posts": ["boss"]}},
        "DL24": {"office": ["8.1", "99"], "king": ["1"]},
        "XX": {"office": []},
    }
    found, problems = load_parties("parties.toml", data, CLAUSES, {"DL24"})
    assert [str(each) for each in problems] == [
        "parties.toml: parties.office: unknown post 'boss'",
        "parties.toml: DL24.king: unknown party",
        "parties.toml: DL24.office: no clause at '99'",
        "parties.toml: XX: not a regulation with its parties",
    ]
    assert found["DL24"][0].clauses == ("DL24-8.1.a#1", "DL24-8.1.b")
    assert [str(each) for each in load_parties("p", {}, CLAUSES, ())[1]] == ["p: parties: missing"]
