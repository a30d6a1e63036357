"""On which clauses a refusal rests: those of the applying regulation that the rule which raises it names.

A refusal that was raised with clauses of its own keeps them. Else it carries those that `refused` names for
its kind; else what the rule says in its docstring that raises it (`raised`), or the decision behind the verb,
as far as it belongs to the dossier's regulation. Where these name none of that regulation, it carries the
clause of the text that speaks of the act (`_BY_TEXT`); where no text speaks of it either (it rests on a law
by reference, or on our own reading), the clause by which dossiers are settled within the prescribed process
at all (`of_text`, and nowhere else). What rests on no clause is a `Technical` refusal and stays without.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from motcua.dossiers.rules.decide.raised import basis_of
from motcua.dossiers.rules.decide.refused import BY_PROCESS, resting_on
from motcua.dossiers.rules.decide.table import grounds
from motcua.kernel.errors import Refusal, Technical
from motcua.law.rules.grounding import named_in

# Where no rule behind a verb names a clause of a regulation, though its text speaks of the act. Read from the
# five texts; an act of which a text says nothing is not here.
_INTAKE_TO_RESULT = (
    "hand_over", "assign", "entrust", "consult", "answer", "remind", "plan_verification",
    "call_off_verification", "record_verification", "complete_step", "propose", "approve", "refuse",
    "issue_result",
)  # fmt: skip
_BY_TEXT: dict[str, dict[str, str]] = {
    "KT18": {
        "decline": "KT18-14.2",
        "answer": "KT18-8.1.b",
        "remind": "KT18-8.1.b",
        "supplement": "KT18-6.2#2",
        "announce": "KT18-15.1.b",
    },
    "KT22": {
        "issue_receipt": "KT22-14.2bis.a#1",
        "release_supplement": "KT22-6.2#1",
        "return_supplement": "KT22-14.2bis.a#2",
        **dict.fromkeys(_INTAKE_TO_RESULT, "KT22-9#1"),
        "announce": "KT22-9#1",
    },
    "QN20": {
        "decline": "QN20-11.3#1",
        "redirect": "QN20-11.3#1",
        "hand_over": "QN20-4.2",
        "answer": "QN20-11.4#2",
        "remind": "QN20-11.4#2",
        **dict.fromkeys(("complete_step", "propose", "approve", "refuse", "issue_result"), "QN20-21.2#2"),
    },
    "DL24": {"save_draft": "DL24-12.4#1", "extend": "DL24-5.10"},
    "PT24": {
        "release_supplement": "PT24-3.2",
        "return_supplement": "PT24-9.1.a",
        "announce": "PT24-10.1.e",
    },
}


def of_text(verb: str, regulation: str) -> tuple[str, bool]:
    """(clause, whether it is the general one) for a verb whose rule names no clause of the regulation.

    The clause of the text that speaks of the act, else that by which dossiers are settled by the prescribed
    process.
    """
    found = _BY_TEXT[regulation].get(verb)
    return (found, False) if found else (BY_PROCESS[regulation], True)


@contextmanager
def grounded(verb: str, regulation: str, channel: str = "") -> Iterator[None]:
    """A refusal from inside names the clauses on which it rests, unless it does so itself."""
    try:
        yield
    except Refusal as refusal:
        if not (refusal.clauses or isinstance(refusal, Technical)):
            own = resting_on(refusal, verb, regulation, channel) or named_in(basis_of(refusal), regulation)
            refusal.clauses = own or clauses_of(verb, regulation)
        raise


@cache
def clauses_of(verb: str, regulation: str) -> tuple[str, ...]:
    """The clauses of the regulation (its short name) on which the rule behind the verb rests, else the one
    that the text has for the act (`of_text`)."""
    return named_in(grounds(verb), regulation) or of_text(verb, regulation)[:1]


def clauses_in(docstring: str | None, regulation: str) -> tuple[str, ...]:
    """The same of any rule, by what it says of itself."""
    return named_in(docstring, regulation) or of_text("", regulation)[:1]
