"""Acts of a case by which an agency closes for some time: they are about no dossier."""

from __future__ import annotations

from collections.abc import Callable

from motcua.agencies import queries as agencies
from motcua.agencies.services import ClosureWish
from motcua.config.cases.reading import MAIN, moment
from motcua.config.cases.stage import Stage
from motcua.dossiers import services


def _announce(stage: Stage) -> None:
    """The agency's officers are told at once; the applicants too, whom the worker tells seconds later."""
    agency = stage.scene.agency
    wish = ClosureWish(
        agency_id=agency.id,
        starts_at=moment(stage.text("starts")),
        ends_at=moment(stage.text("ends")),
        reason=stage.text("reason", "Mất điện theo kế hoạch"),
        source=stage.text("source", "Thông báo của cơ quan"),
    )
    seen = agencies.closures_mark(agency.id)
    card = services.close_agency(actor=stage.scene.actor(stage.act.by), at=stage.act.at, wish=wish, seen=seen)
    stage.scene.closures[stage.text("closure", MAIN)] = card.id
    agencies.forget()  # calendars are kept in memory for some seconds
    services.tell_of_closure(closure_id=card.id, is_withdrawn=False, at=stage.act.at)


def _withdraw(stage: Stage) -> None:
    closure_id = stage.scene.closure(stage.text("closure", MAIN))
    services.reopen_agency(actor=stage.scene.actor(stage.act.by), at=stage.act.at, closure_id=closure_id)
    agencies.forget()
    services.tell_of_closure(closure_id=closure_id, is_withdrawn=True, at=stage.act.at)


TABLE: dict[str, Callable[[Stage], None]] = {
    "announce_closure": _announce,
    "withdraw_closure": _withdraw,
}
