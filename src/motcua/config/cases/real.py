"""Agencies and procedures of the real data, loaded when a case names a procedure by its code."""

from __future__ import annotations

from datetime import datetime, time

from motcua.agencies import services as agencies
from motcua.catalogue import queries as catalogue
from motcua.catalogue import services as catalogues
from motcua.catalogue.errors import UnknownProcedure
from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.config.cases import publishing
from motcua.config.cases.model import Case
from motcua.kernel.actors import SYSTEM
from motcua.process import services as processes
from motcua.worktime.rules import ZONE


class NotThere(Exception):
    """The real data do not hold what the case names; the message says what."""


def load(case: Case) -> None:
    """Load the agencies of the province, the procedures and their processes."""
    at = datetime.combine(case.first_day - publishing.EVE, time.min, ZONE)
    agencies.load_province(province=case.province, actor=SYSTEM, at=at, keep_closed_open=True)
    catalogues.load_published(province=case.province, actor=SYSTEM, at=at)
    processes.load_published(actor=SYSTEM, at=at)


def version_of(case: Case) -> int:
    """The version of the procedure that the case names. Raises NotThere."""
    code = str(case.procedure["code"])
    try:
        return catalogue.version_in_force(code)
    except UnknownProcedure:
        raise NotThere(f"the catalogue has no procedure {code}") from None


def sheet_of(case: Case) -> ProcedureSheet:
    """The sheet of that procedure. Its process is the approved or generated one, unless the case writes one.

    Raises NotThere.
    """
    sheet = catalogue.sheet(version_of(case))
    if "steps" in case.procedure:
        publishing.publish_process(case, sheet, began=case.first_day)
    return sheet
