"""Whether the answers of an e-form agree with each other: a closed set of kinds of rules, written as data.

A rule stands in the section in which its fault is told, beside one field of that section; what it compares
with may stand in any section. Where something it needs is not answered, or not rightly, it says nothing: each
field says by itself what is missing.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from motcua.kernel.dates import read_day
from motcua.kernel.numbers import read_decimal

T = TypeVar("T", str, date, Decimal)


class RuleKind(StrEnum):
    """What is asked of `field`. The others are those that the rule names besides."""

    ANY_OF = "any_of"  # it or one of the others is answered
    NEEDED = "needed"  # it is answered; only with a condition
    ONE_OF = "one_of"  # the first of the others says the same as it or as one of the rest
    AGREED = "agreed"  # it is not answered no: without this nothing can be done
    SAME = "same"  # it says the same as the other
    OFFERED = "offered"  # nothing; the other's answer stands there at first, and may be changed
    DIFFERS = "differs"  # it says something else than the other
    BEFORE = "before"  # its day is before the other's
    NOT_BEFORE = "not_before"  # its day is not before the other's
    AT_MOST = "at_most"  # its number is not above the other's


HOW_MANY = {  # others: at least, at most
    RuleKind.ANY_OF: (1, 9),
    RuleKind.NEEDED: (0, 0),
    RuleKind.ONE_OF: (1, 9),
    RuleKind.AGREED: (0, 0),
}
# What is known of a dossier without being asked: rules may name it, and questions may hang on it.
APPLICANT_ID = "applicant_id"  # the number of whoever the dossier is for
APPLICANT_KIND = "applicant_kind"  # whether that is a person or an organisation, as `sheets` names them
CASE = "applicant_case"  # the case of the procedure that was chosen, empty for none
KNOWN = frozenset({APPLICANT_ID, APPLICANT_KIND, CASE})
ONE_OTHER = (1, 1)


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """`when` is a question and the answers to it with which the rule holds; without it, it always holds.

    `say` is the Vietnamese sentence beside the field, empty where there is no fault to tell; `source` says
    where the rule is from. Where a fault is told at the field `unless_told` already, this one would only say
    it again.
    """

    kind: RuleKind
    field: str
    others: tuple[str, ...]
    say: str
    when: tuple[str, tuple[str, ...]] | None = None
    source: str = ""
    unless_told: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """All questions that the rule speaks of."""
        beside = (*self.others, self.unless_told, self.when[0] if self.when else "")
        return frozenset({self.field, *beside}) - {""}


def read_rule(item: Mapping[str, Any]) -> AnswerRule:
    """A rule from data. Raises ValueError for keys, kinds and types that no rule has."""
    unknown = set(item) - {"kind", "field", "others", "say", "when", "source", "unless_told"}
    if unknown:
        raise ValueError(f"a rule has no {', '.join(sorted(unknown))}")
    kind = RuleKind(item.get("kind", ""))
    field, source = (_line(item, key) for key in ("field", "source"))
    say = "" if kind is RuleKind.OFFERED else _line(item, "say")
    others = _lines(item.get("others", []), "others")
    least, most = HOW_MANY.get(kind, ONE_OTHER)
    if not least <= len(others) <= most or field in others or len(set(others)) < len(others):
        raise ValueError(f"a rule of kind {kind} names {least} to {most} other questions")
    unless_told = _line(item, "unless_told") if "unless_told" in item else ""
    if unless_told == field:
        raise ValueError("a rule is not silenced by its own field")
    when = item.get("when")
    if when is None:
        if kind is RuleKind.NEEDED:
            raise ValueError("a rule of kind needed says when")
        return AnswerRule(kind, field, others, say, None, source, unless_told)
    if not isinstance(when, Mapping) or set(when) != {"field", "is"}:
        raise ValueError("when has a field and what it is")
    answers = _lines(when["is"], "is")
    if not answers:
        raise ValueError("when names at least one answer")
    return AnswerRule(kind, field, others, say, (_line(when, "field"), answers), source, unless_told)


def rule_to_json(rule: AnswerRule) -> dict[str, Any]:
    when = {"when": {"field": rule.when[0], "is": list(rule.when[1])}} if rule.when else {}
    others = {"others": list(rule.others)} if rule.others else {}
    return {
        "kind": str(rule.kind),
        "field": rule.field,
        **others,
        **when,
        **({"say": rule.say} if rule.say else {}),
        "source": rule.source,
        **({"unless_told": rule.unless_told} if rule.unless_told else {}),
    }


def check_known(rules: Iterable[AnswerRule], own: Iterable[str], known: Iterable[str]) -> None:
    """Refuse rules that speak of questions the form does not have, or tell their fault in another section.

    Raises ValueError.
    """
    own, known = frozenset(own), frozenset(known) | KNOWN
    for rule in rules:
        if rule.field not in own:
            raise ValueError(f"{rule.field} is not asked in the section of its rule")
        if strangers := rule.keys - known:
            raise ValueError(f"no question is called {', '.join(sorted(strangers))}")


def disagreements(rules: Iterable[AnswerRule], answers: Mapping[str, str]) -> dict[str, str]:
    """The sentence beside each field that does not agree with the others; of several rules the first."""
    found: dict[str, str] = {}
    for rule in rules:
        is_told = bool(found.keys() & {rule.field, rule.unless_told})
        if not is_told and _holds_now(rule, answers) and not _JUDGES[rule.kind](rule, answers):
            found[rule.field] = rule.say
    return found


def needed(rules: Iterable[AnswerRule], answers: Mapping[str, str]) -> frozenset[str]:
    """The fields that have to be answered with these answers of other questions."""
    return frozenset(
        each.field for each in rules if each.kind is RuleKind.NEEDED and _holds_now(each, answers)
    )


def offered(rules: Iterable[AnswerRule], answers: Mapping[str, str]) -> dict[str, str]:
    """What stands in a field at first, because another answer says it already."""
    found: dict[str, str] = {}
    for each in rules:
        gives = each.kind in (RuleKind.SAME, RuleKind.OFFERED) and _holds_now(each, answers)
        if gives and (answer := answers.get(each.others[0])):
            found[each.field] = answer
    return found


def _holds_now(rule: AnswerRule, answers: Mapping[str, str]) -> bool:
    return rule.when is None or answers.get(rule.when[0], "") in rule.when[1]


def _any_of(rule: AnswerRule, answers: Mapping[str, str]) -> bool:
    return any(answers.get(key) for key in (rule.field, *rule.others))


def _needed(rule: AnswerRule, answers: Mapping[str, str]) -> bool:
    return bool(answers.get(rule.field))


def _agreed(rule: AnswerRule, answers: Mapping[str, str]) -> bool:
    return answers.get(rule.field, "") != "no"


def _one_of(rule: AnswerRule, answers: Mapping[str, str]) -> bool:
    named, *rest = (_plain(answers.get(key, "")) for key in rule.others)
    return not named or named in (_plain(answers.get(rule.field, "")), *rest)


def _offered(rule: AnswerRule, answers: Mapping[str, str]) -> bool:
    return True


def _same(rule: AnswerRule, answers: Mapping[str, str]) -> bool:
    one, other = _both(rule, answers, _plain)
    return one is None or other is None or one == other


def _differs(rule: AnswerRule, answers: Mapping[str, str]) -> bool:
    one, other = _both(rule, answers, _plain)
    return one is None or other is None or one != other


def _before(rule: AnswerRule, answers: Mapping[str, str]) -> bool:
    one, other = _both(rule, answers, read_day)
    return one is None or other is None or one < other


def _not_before(rule: AnswerRule, answers: Mapping[str, str]) -> bool:
    one, other = _both(rule, answers, read_day)
    return one is None or other is None or one >= other


def _at_most(rule: AnswerRule, answers: Mapping[str, str]) -> bool:
    one, other = _both(rule, answers, read_decimal)
    return one is None or other is None or one <= other


def _both(
    rule: AnswerRule, answers: Mapping[str, str], read: Callable[[str], T | None]
) -> tuple[T | None, T | None]:
    one, other = (answers.get(key, "") for key in (rule.field, rule.others[0]))
    return (read(one) if one else None), (read(other) if other else None)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def _line(item: Mapping[str, Any], key: str) -> str:
    text = item.get(key)
    if not isinstance(text, str) or not text.strip():
        raise ValueError(f"{key} is a text")
    return text


def _lines(value: Any, key: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) and each for each in value):
        raise ValueError(f"{key} is a list of texts")
    return tuple(value)


_JUDGES: Mapping[RuleKind, Callable[[AnswerRule, Mapping[str, str]], bool]] = {
    RuleKind.ANY_OF: _any_of,
    RuleKind.NEEDED: _needed,
    RuleKind.AGREED: _agreed,
    RuleKind.ONE_OF: _one_of,
    RuleKind.SAME: _same,
    RuleKind.OFFERED: _offered,
    RuleKind.DIFFERS: _differs,
    RuleKind.BEFORE: _before,
    RuleKind.NOT_BEFORE: _not_before,
    RuleKind.AT_MOST: _at_most,
}
