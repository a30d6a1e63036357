"""What staff under contract may do: of the postal enterprise, or of another enterprise hired for it.

They are no officers. They take in and hand over as far as the regulation gives that to them; whatever asks
something of the applicant, refuses, decides or puts right stays with the officers of the desk.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.dossiers.enums import WITH_RESULT, Status, Verb
from motcua.dossiers.rules.returning import goes_back

if TYPE_CHECKING:
    from motcua.dossiers.rules.state import State
    from motcua.law.rules import Regulation

ACTS = "contracted.acts"
RECEIVE, ENTER_BY_POST = "receive", "enter_by_post"
RETURN, RETURN_BY_POST = "return", "return_by_post"
_REGISTERING = frozenset({Verb.REGISTER_AT_COUNTER, Verb.REGISTER_BY_POST})
_RETURNING = frozenset({Verb.RETURN_RESULT, Verb.RECORD_NON_COLLECTION})


def may_use(verb: Verb, state: State, regulation: Regulation) -> bool:
    """Whether the regulation gives the verb to contracted staff, for this dossier as it stands.

    They act only on what lies before them (`is_before_them`), so never on what they may not read. Whom the
    regulation has receive dossiers accepts what was filed online, too: it hires them to receive, and counts
    them among those who receive on the System, without a word on how a dossier came. To ask, to refuse, to
    show the way elsewhere and to forward is none of it (reading A80).

    Basis: KT22-1.2.g, KT22-6.2#1, QN20-28.2, KT18-8.2.b, DL24-9.3#1, PT24-10.4#1.
    """
    acts = regulation.words(ACTS)
    if verb in _REGISTERING:  # there is no dossier yet
        return RECEIVE in acts or (verb is Verb.REGISTER_BY_POST and ENTER_BY_POST in acts)
    if verb is Verb.ACCEPT:
        return RECEIVE in acts and is_being_taken_in(state, regulation)
    return verb in _RETURNING and _is_before_them_to_return(state, regulation)


def may_return_so(how: str, state: State, regulation: Regulation) -> bool:
    """Whether they may hand the result over in this way: the post carries what was agreed to go by post.

    Basis: KT22-1.2.g, QN20-28.2, KT18-8.2.b, DL24-9.3#1, PT24-10.4#1.
    """
    acts = regulation.words(ACTS)
    if RETURN in acts:
        return how != "online"
    return how == "postal" and _is_theirs_to_return(state, regulation)


def is_before_them(state: State, regulation: Regulation) -> bool:
    """Whether the dossier lies with them at this moment: to be taken in, or its result to be handed over.

    Basis: DL24-3.4, PT24-3.6, KT18-13.5.
    """
    return is_being_taken_in(state, regulation) or _is_before_them_to_return(state, regulation)


def is_being_taken_in(state: State, regulation: Regulation) -> bool:
    """Whether it is a filing that they bring or take in, before an officer settles it. Who only enters what
    is carried has nothing to do with what was filed online.

    Basis: KT22-1.2.g, QN20-28.2.
    """
    acts = regulation.words(ACTS)
    if state.status not in (Status.SUBMITTED, Status.ACCEPTED):
        return False
    return RECEIVE in acts or (
        ENTER_BY_POST in acts and state.target.channel == "postal" and state.status is Status.SUBMITTED
    )


def _is_before_them_to_return(state: State, regulation: Regulation) -> bool:
    return state.status in WITH_RESULT and _is_theirs_to_return(state, regulation)


def _is_theirs_to_return(state: State, regulation: Regulation) -> bool:
    acts, how = regulation.words(ACTS), goes_back(state, regulation)
    if RETURN in acts:
        return how != "online"
    return RETURN_BY_POST in acts and how == "postal"
