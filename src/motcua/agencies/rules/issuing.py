"""Which body issues officers' accounts, and which is told of changes of officers."""

from __future__ import annotations

from motcua.law.rules import Regulation


def issuing_party(regulation: Regulation) -> str | None:
    """The body that issues officers' accounts for the whole province; None where each agency does it for its
    own people.

    An account of the province's central log-in is entered here by the body that agencies tell of changes of
    officers. Where the text is silent, or only says by whose competence, agencies look after their own.

    Basis: KT22-22.6, DL24-6.2, DL24-11.6, PT24-3.4; our own reading beyond them (reading A46).
    """
    issuer = regulation.choice("account.officer_issuer")
    if issuer == "central_login":
        return regulation.choice("account.staff_told_to")
    return None if issuer == "by_competence" else issuer


def issuing_clauses(regulation: Regulation) -> tuple[str, ...]:
    """On which clauses it rests who issues them; empty where the text is silent."""
    return regulation.clauses("account.officer_issuer")
