"""Whether a procedure may run here: some regulations run only what was announced."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from motcua.catalogue.models import AnnouncedProcedure
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
    return AnnouncedProcedure.objects.filter(code=code, announcement__province=settings.PROVINCE).exists()
