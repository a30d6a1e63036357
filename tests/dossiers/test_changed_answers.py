"""Which answers of an e-form a supplement replaced, as the events of a dossier tell."""

from __future__ import annotations

from typing import Any

from motcua.dossiers.queries.course import changed_by
from motcua.dossiers.rules.answering import ChangedAnswer, answers_before, changed_answers

FILED = {"name": "Minh Tâm", "capital": "5000000", "area": "120,5"}
NEXT = {"name": "Minh Tâm", "capital": "6000000", "phone": "0905000001"}
CHANGES = (
    ChangedAnswer("capital", "5000000", "6000000"),
    ChangedAnswer("phone", None, "0905000001"),
    ChangedAnswer("area", "120,5", None),
)


def event(seq: int, kind: str, answers: dict[str, Any] | None) -> tuple[int, str, dict[str, Any]]:
    return seq, kind, {} if answers is None else {"contents": {"form_data": answers}}


def test_only_what_differs_is_a_change_and_the_older_version_follows_from_it() -> None:
    assert changed_answers(FILED, NEXT) == CHANGES
    assert answers_before(NEXT, CHANGES) == FILED
    assert changed_answers(FILED, dict(FILED)) == ()


def test_empty_answer_says_no_more_than_none() -> None:
    assert changed_answers({"area": ""}, {}) == ()
    assert changed_answers({}, {"area": None}) == ()


def test_supplement_is_compared_with_what_stood_there_and_a_draft_with_nothing() -> None:
    happened = [
        event(1, "draft_saved", {"name": "M"}),
        event(2, "draft_saved", FILED),
        event(3, "submitted", None),
        event(4, "supplement_requested", None),
        event(5, "supplemented", NEXT),
        event(6, "supplemented", NEXT),
        event(7, "supplemented", FILED),
    ]
    back = tuple(ChangedAnswer(each.key, each.after, each.before) for each in CHANGES)
    found = changed_by(happened)
    assert set(found) == {5, 7}
    assert found[5] == CHANGES
    assert set(found[7]) == set(back)
