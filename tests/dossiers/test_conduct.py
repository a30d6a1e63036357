"""What regulations forbid is published, with its laws; a trace remains of who reads, and of who changes."""

from __future__ import annotations

import html

import pytest
from django.test import Client
from tests.dossiers.test_verify import difference, tamper
from tests.dossiers.world import World

from motcua.audit.models import ReadRecord
from motcua.dossiers import services
from motcua.kernel.errors import Forbidden
from motcua.law import queries as law
from motcua.theme.terms import spelt_out


@pytest.mark.django_db
@pytest.mark.clause("KT22-5", "DL24-4", "PT24-4.1")
def test_forbidden_acts_are_published_and_leave_a_trace_or_are_refused(world: World, regulation: str) -> None:
    """Every law to which the regulation points, each act of it that is known here; then what one tries."""
    page = html.unescape(Client().get("/dieu-khoan/").content.decode())
    laws = law.regulation(regulation).words("prohibited.basis")
    assert {"KT22": 2, "DL24": 5, "PT24": 3}[regulation] == len(laws)
    for named in laws:
        assert spelt_out(named) in page
        for group in law.forbidden(named):
            assert [act.vietnamese for act in group.acts if act.vietnamese not in page] == []
    act = world.until("accept")
    with pytest.raises(Forbidden):
        services.open_dossier(actor=world.actor("giang"), at=world.now, dossier_id=act.dossier_id)
    before = ReadRecord.objects.count()
    services.open_dossier(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id)
    assert ReadRecord.objects.count() == before + 1
    assert services.verify().difference is None
    tamper("UPDATE dossiers_dossierevent SET actor_name = 'Ai đó' WHERE seq = 2")
    assert difference(world) == f"event {act.dossier_id}/2: the hash does not fit the content"
