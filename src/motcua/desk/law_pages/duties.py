"""Who may do what, by which clause; and what the regulation gives to each party."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as N_

from motcua.agencies.enums import Role
from motcua.desk import labels as desk_labels
from motcua.desk.law_pages.regulation import ClauseWords, clause_words
from motcua.dossiers import labels, services
from motcua.dossiers.enums import Verb
from motcua.law import labels as law_labels
from motcua.law import queries
from motcua.law.rules import Regulation
from motcua.law.rules.grounding import named_in

# What the desk does with a request to which the leader has agreed, and with one that needs nobody to agree.
_AGREED = {Verb.RELEASE_SUPPLEMENT: N_("Gửi yêu cầu bổ sung đã được đồng ý")}
_ASKED = {
    Verb.RELEASE_SUPPLEMENT: N_("Gửi yêu cầu bổ sung cho người nộp"),
    Verb.RETURN_SUPPLEMENT: N_("Trả lại yêu cầu bổ sung chưa gửi cho người đề nghị"),
}
MAY, BY_STEP = "may", "by-step"


@dataclass(frozen=True, slots=True)
class VerbRow:
    """One verb: for each column whether it may (`MAY`, `BY_STEP` where only while a step of the process lies
    there, else empty), and the clauses of this regulation that speak of the act; none where its text does
    not."""

    label: str
    cells: tuple[str, ...]
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    columns: tuple[str, ...]
    rows: tuple[VerbRow, ...]


@dataclass(frozen=True, slots=True)
class PartyDuties:
    """A party under the regulation: the posts of the system it acts through, and its clauses."""

    key: str
    name: str
    posts: tuple[str, ...]
    clauses: tuple[ClauseWords, ...]


def matrix(regulation: Regulation) -> Matrix:
    """Computed from the policy of the dossiers; the clauses are those the decisions rest on."""
    columns = (gettext("Người nộp"), *(gettext(desk_labels.ROLE[role]) for role in Role))
    rows = (row for right in services.rights(regulation) for row in _rows(right, regulation))
    return Matrix(columns, tuple(rows))


def _rows(right: services.Right, regulation: Regulation) -> tuple[VerbRow, ...]:
    """One row; two where the text gives the agreement to one and the sending on to another.
    Where nobody has to agree, the sending on alone is left.

    Basis: KT18-15.2, DL24-20.2, KT22-6.2#1, KT22-9#1, PT24-3.2; by reference NĐ 61/2018 Đ5 (found).
    """
    label = gettext(labels.VERB.get(right.verb, right.verb.value))
    row = _row(label, right.posts - right.relays, right, regulation)
    if not right.relays:
        return (row,)
    if right.posts > right.relays:
        return row, _row(gettext(_AGREED[right.verb]), right.relays, right, regulation)
    return (_row(gettext(_ASKED[right.verb]), right.relays, right, regulation),)


def _row(label: str, posts: frozenset[Role], right: services.Right, regulation: Regulation) -> VerbRow:
    of_text = () if right.is_general else (right.else_by,)
    marks = {role: BY_STEP if role in right.by_step else MAY for role in posts}
    return VerbRow(
        label=label,
        cells=(MAY if right.owner else "", *(marks.get(role, "") for role in Role)),
        clauses=named_in(right.grounds, regulation.short_name) or of_text,
    )


def parties(regulation: Regulation) -> tuple[PartyDuties, ...]:
    """The role catalogue of the province under this regulation."""
    return tuple(
        PartyDuties(
            key=duties.party.key,
            name=gettext(law_labels.PARTIES[duties.party.key]),
            posts=tuple(gettext(desk_labels.ROLE[Role(post)]) for post in duties.party.posts),
            clauses=tuple(clause_words(frozenset(duties.clauses))),
        )
        for duties in queries.law().duties.get(regulation.short_name, ())
    )
