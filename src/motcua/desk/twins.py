"""The same person asks for the same procedure again: two may be right, so the officer is asked, once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext, ngettext

from motcua.agencies.rules.cards import AgencyCard
from motcua.desk.counter import record_readings
from motcua.desk.forms.applicants import applicant_in
from motcua.dossiers import labels, queries

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import ProcedureSheet
    from motcua.desk.forms.bundle import BundleSheet

FIELD = "twice"
AT_MOST = 3  # are named


@dataclass(frozen=True, slots=True)
class Warned:
    """What is said before the same is taken in again. `mark` names person and procedure: a tick that bears it
    counts for no other. `is_waved` once the officer has ticked that it is another matter."""

    name: str
    mark: str
    is_waved: bool
    text: str
    twins: tuple[tuple[queries.Twin, str], ...] = ()

    @property
    def refusal(self) -> str:
        return gettext(
            "Hồ sơ chưa được nhận vì có hồ sơ khác cùng người, cùng thủ tục. Nếu cả hai đều đúng, hãy đánh "
            "dấu “Vẫn tiếp nhận hồ sơ này”."
        )


def twins_of(
    request: HttpRequest,
    desks: tuple[AgencyCard, ...],
    typed: Mapping[str, Any],
    sheet: ProcedureSheet | None,
    *,
    key: str = "",
) -> Warned | None:
    """The warning of one intake, once person and procedure are known; None where there is nothing to warn of.

    Only what lies at the officer's own desks is looked at; that it was read is kept.
    """
    which = _which(typed, sheet)
    found = _found(request, desks, [which] if which else [], [key])
    if which is None or which not in found:
        return None
    return _warned(FIELD, which, request.POST.get(FIELD, ""), found[which])


def warn_lines(request: HttpRequest, sheet: BundleSheet, desks: tuple[AgencyCard, ...]) -> None:
    """The warnings of the lines of a sheet whose forms have been made: of dossiers that lie there, and of
    lines above that say the same. One query for all lines."""
    asked = {}
    for line in sheet.lines:
        which = None if line.is_empty else _which(sheet.shared | line.typed, line.sheet)
        if which is not None:
            asked[line.index] = which
    found = _found(request, desks, asked.values(), [line.key for line in sheet.lines])
    first: dict[tuple[str, str], int] = {}
    for line in sheet.lines:
        which = asked.get(line.index)
        line.warned = None
        if which is None:
            continue
        above = first.setdefault(which, line.index)
        if which in found or above != line.index:
            name = line.name_of(FIELD)
            said, twins = request.POST.get(line.said_by(FIELD), ""), found.get(which, ())
            line.warned = _warned(name, which, said, twins, above=above if above != line.index else None)


def _which(typed: Mapping[str, Any], sheet: ProcedureSheet | None) -> tuple[str, str] | None:
    """Person and procedure, by number and code."""
    number = applicant_in(typed).personal_id if sheet is not None else ""
    return (number, sheet.code) if sheet is not None and number else None


def _found(
    request: HttpRequest,
    desks: tuple[AgencyCard, ...],
    wanted: Iterable[tuple[str, str]],
    but: Iterable[str],
) -> dict[tuple[str, str], tuple[queries.Twin, ...]]:
    units = (desk.desk_unit_id for desk in desks)
    found = queries.open_twins(wanted, (unit for unit in units if unit is not None), but=but)
    shown = [twin for twins in found.values() for twin in twins[:AT_MOST]]
    if shown:
        record_readings(request, (f"dossier:{twin.dossier_id}" for twin in shown))
    return found


def _warned(
    name: str,
    which: tuple[str, str],
    said: str,
    twins: tuple[queries.Twin, ...],
    *,
    above: int | None = None,
) -> Warned:
    mark, parts = ":".join(which), []
    if above is not None:
        text = gettext("Cùng người, cùng thủ tục với dòng %(number)d của tờ này.")
        parts.append(text % {"number": above + 1})
    if twins:
        text = ngettext(
            "Người này có %(count)d hồ sơ cùng thủ tục chưa kết thúc tại đây.",
            "Người này có %(count)d hồ sơ cùng thủ tục chưa kết thúc tại đây.",
            len(twins),
        )
        parts.append(text % {"count": len(twins)})
    named = tuple((twin, gettext(labels.STATUS[twin.status])) for twin in twins[:AT_MOST])
    return Warned(name, mark, said == mark, " ".join(parts), named)
