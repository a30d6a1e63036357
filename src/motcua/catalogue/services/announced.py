"""Whether a procedure may run here: what was repealed does not, and some regulations run only what was
announced."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from motcua.catalogue.enums import Change, Publication
from motcua.catalogue.models import AnnouncedProcedure, ProcedureVersion
from motcua.catalogue.policy import regulation_of
from motcua.kernel.text import visible


def is_announced(code: str, publication_decision: str, at: datetime) -> bool:
    """Whether the procedure may be published here: by the decision it names or one that was recorded.

    True wherever the regulation in force does not ask for it, or none is in force.

    Basis: KT22-17.2.
    """
    regulation = regulation_of(settings.PROVINCE, at)
    if regulation is None or not regulation.flag("catalogue.only_announced") or visible(publication_decision):
        return True
    return _announced(code).exists()


def repealed_by(code: str) -> str:
    """The number of the decision by which the procedure is repealed; empty if none is recorded, or a later
    one announces it again.

    Basis: KT22-17.2.
    """
    last = _announced(code).values_list("change", "announcement__number").first()
    return last[1] if last is not None and last[0] == Change.REPEALED else ""


def end_repealed(code: str, effective_on: date) -> None:
    """End the version of a procedure that a recorded decision repeals: its last day is the one before the
    decision takes effect. One that begins then or later, for the decision was recorded late, ends with its
    first day: what was published never changes but for its end.

    Nothing is ended where a later decision announces the procedure again. Within the transaction that
    records the decision.

    Basis: KT22-17.2, QN20-6.2.b-1, PT24-23.7, KT18-13.4#2, DL24-11.4.
    """
    if _announced(code).filter(announcement__effective_on__gt=effective_on).exists():
        return
    rows = ProcedureVersion.objects.select_for_update(of=("self",), no_key=True).filter(
        procedure__code=code, state=Publication.PUBLISHED
    )
    for row in rows.exclude(valid_to__lt=effective_on):
        row.valid_to = max(row.valid_from, effective_on - timedelta(days=1))
        row.save(update_fields=["valid_to"])


def _announced(code: str) -> QuerySet[AnnouncedProcedure]:
    """What was decided on the procedure, the decision that takes effect last first."""
    rows = AnnouncedProcedure.objects.filter(code=code, announcement__province=settings.PROVINCE)
    return rows.order_by("-announcement__effective_on", "-announcement__signed_on", "-id")
