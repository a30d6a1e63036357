"""On which clauses each point rests that is compared between two regulations.

Nothing is typed twice: a value carries its clauses in the data of the law, a rule names in its docstring what
it rests on. Where the regulation states none of the values, the clauses that the rule names of it stand;
where it states nothing at all, the law that holds of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from motcua.catalogue.rules import return_ways
from motcua.dossiers.rules import money, receipt, returning
from motcua.dossiers.rules.decide import lateness, supplements
from motcua.law.rules import Mark, Reference
from motcua.law.rules.grounding import named_in
from motcua.worktime.rules import local

if TYPE_CHECKING:
    from motcua.dossiers.rules.facts import Facts
    from motcua.dossiers.rules.state import State
    from motcua.law.rules import Regulation

_FULL = ("result.ways_full", "payment.ways_full")
_PARTIAL = ("result.ways_partial", "payment.ways_partial")
_NEW_DATE = (Reference("NĐ 61/2018/NĐ-CP", "Đ19", Mark.SECONDARY),)
_REPLY = (Reference("NĐ 45/2020/NĐ-CP", "Đ11", Mark.FOUND),)


@dataclass(frozen=True, slots=True)
class Ground:
    """What a point rests on; both empty where the text is silent and nothing stands in its place."""

    clauses: tuple[str, ...]
    references: tuple[Reference, ...] = ()


def grounds_of(state: State, facts: Facts) -> Mapping[str, Ground]:
    """The ground of each point, by the field of the verdict that it explains."""
    regulation, level = facts.regulation, str(facts.sheet.online_level)
    _, payment = _PARTIAL if level == "partial" else _FULL
    shown = return_ways.ways(facts.sheet, state.target.channel, regulation)
    is_collected = returning.goes_back(state, regulation) == "counter"
    visits = "result.max_visits" if is_collected else "result.max_visits_remote"
    start = ("intake.official_receipt", "intake.off_hours", "supplement.clock_at_intake")

    def ground(rule: Callable[..., object], *keys: str, silent: tuple[Reference, ...] = ()) -> Ground:
        found = _ground(regulation, rule, keys, silent)
        if state.received_at is None:
            return found
        day = local(state.received_at).date()  # what changed a law later is not told
        return replace(found, references=tuple(each.on(day) for each in found.references))

    return {
        "received_at": ground(receipt.official_receipt, *start),
        "reply_due": ground(receipt.reply_due, "intake.reply_limit", silent=_REPLY),
        "forwarding_due": ground(receipt.forwarding_due, *_forwarding_keys(state.target.channel, regulation)),
        "due_at": ground(receipt.due_of, "intake.official_receipt", "intake.off_hours", "supplement.clock"),
        "supplements_allowed": ground(
            supplements.request, "supplement.max_requests", "supplement.count_applies"
        ),
        "supplement_clock": ground(supplements.is_running, "supplement.clock"),
        "supplement_control": ground(
            supplements.controller,
            "supplement.control",
            "supplement.control_stages",
            "supplement.through_desk",
        ),
        "pause_grounds": ground(lateness.pause, "pause.grounds"),
        "apology_notice": ground(lateness.is_timely, "apology.min_notice", silent=_NEW_DATE),
        "apologies_allowed": ground(lateness.may_apologise_again, "apology.max_count", silent=_NEW_DATE),
        "result_ways": ground(return_ways.ways, *_naming(shown, level, regulation)),
        "visits_allowed": ground(returning.visits_asked, visits),
        "papers_to_bring": ground(returning.papers_to_bring, "receipt.papers_to_bring", "filing.paper_check"),
        "payment_ways": ground(
            money.payment_terms, payment, "payment.time_per_procedure", "payment.on_collection"
        ),
        "fees": ground(money.fees_due, "receipt.fees_to_pay"),
        "refunds": ground(money.refund_terms, "refund.ground", "refund.strength", "refund.none_when_settled"),
    }


def _naming(shown: tuple[str, ...], level: str, regulation: Regulation) -> tuple[str, ...]:
    """The values that name the ways which are shown: that of the level if it names them all, else the other.

    No level holds for what came over the counter or by post, so that its own may name less than there is.
    "Other ways" names all. Where neither names all, those that name one.
    """
    mine, other = (_PARTIAL[0], _FULL[0]) if level == "partial" else (_FULL[0], _PARTIAL[0])
    named = {key: set(regulation.words(key)) for key in (mine, other)}
    whole = [key for key, words in named.items() if "other" in words or words >= set(shown)]
    return tuple(whole[:1] or (key for key, words in named.items() if words & set(shown)))


def _forwarding_keys(channel: str, regulation: Regulation) -> tuple[str, ...]:
    """The values by which `receipt.forwarding_due` goes for this channel."""
    start = regulation.choice("intake.forward_from")
    if start == "paper_cutoff" and channel == "online":
        return ("intake.forward_at_once",)
    if start == "paper_cutoff" or channel not in (regulation.words("intake.forward_applies") or (channel,)):
        return ("intake.paper_cutoff",)
    return ("intake.forward_from", "intake.forward_limit", "intake.forward_applies")


def _ground(
    regulation: Regulation, rule: Callable[..., object], keys: tuple[str, ...], silent: tuple[Reference, ...]
) -> Ground:
    stated = [value for value in map(regulation.get, keys) if value is not None]
    clauses = tuple(dict.fromkeys(one for value in stated for one in value.clauses))
    references = [value.by_reference for value in stated if value.by_reference is not None]
    if stated:
        return Ground(clauses, tuple(dict.fromkeys(references)))
    return Ground(named_in(rule.__doc__, regulation.short_name), silent)
