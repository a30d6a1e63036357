"""What the worker does for dossiers."""

from __future__ import annotations

from django.utils import timezone
from procrastinate.contrib.django import app

from motcua.dossiers.services import closures, exports, extracts, mandate_ends, reminders


@app.task(name=exports.TASK)
def export_list(export_id: int) -> None:
    """Write a list as a spreadsheet."""
    exports.write_export(export_id=export_id, at=timezone.now())


@app.periodic(cron="11 2 * * *", periodic_id="clear_exports")
@app.task(name="dossiers.clear_exports", queueing_lock="dossiers.clear_exports")
def clear_exports(timestamp: int) -> int:
    """Every night: throw away spreadsheets that have lain long enough; answers how many."""
    return exports.clear_exports(at=timezone.now())


@app.task(name=closures.TASK)
def tell_of_closure(closure_id: int, is_withdrawn: bool) -> None:
    """Tell applicants that nobody would be there at the promised moment, or that somebody will."""
    closures.tell_of_closure(closure_id=closure_id, is_withdrawn=is_withdrawn, at=timezone.now())


@app.periodic(cron="*/10 * * * *", periodic_id="remind_of_questions")
@app.task(name="dossiers.remind_of_questions", queueing_lock="dossiers.remind_of_questions")
def remind_of_questions(timestamp: int) -> int:
    """Every ten minutes: chase the answers that are late; answers how many."""
    return reminders.remind_of_overdue(at=timezone.now())


@app.periodic(cron="41 1 * * *", periodic_id="make_extracts")
@app.task(name="dossiers.make_extracts", queueing_lock="dossiers.make_extracts")
def make_extracts(timestamp: int) -> int:
    """Every night: write out how dossiers were received and handled; answers how many days."""
    return extracts.make_extracts(at=timezone.now())


@app.periodic(cron="25 1 * * *", periodic_id="tell_of_ends_of_mandates")
@app.task(name="dossiers.tell_of_ends_of_mandates", queueing_lock="dossiers.tell_of_ends_of_mandates")
def tell_of_ends_of_mandates(timestamp: int) -> int:
    """Every day: tell both sides of mandates that end soon; answers of how many."""
    return mandate_ends.tell_of_ends(at=timezone.now())
