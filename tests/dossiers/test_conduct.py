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
from motcua.portal import who
from motcua.theme.terms import spelt_out


@pytest.mark.django_db
@pytest.mark.clause("KT18-4.5", "KT22-5", "DL24-4", "PT24-4.1")
def test_forbidden_acts_are_published_and_leave_a_trace_or_are_refused(
    world: World, regulation: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every law to which the regulation points, each act of it that is known here, and those that the text
    names itself; then what one tries."""
    monkeypatch.setattr(who, "now", lambda: world.now)
    page = html.unescape(Client().get("/dieu-khoan/").content.decode())
    rules = law.regulation(regulation)
    laws = [each for each in rules.words("prohibited.basis") if not each.startswith(regulation)]
    assert {"KT18": 0, "KT22": 4, "DL24": 5, "PT24": 4}[regulation] == len(laws)
    own = rules.words("prohibited.acts")
    assert {"KT18": 7, "KT22": 0, "DL24": 0, "PT24": 1}[regulation] == len(own)
    assert [act for act in own if act not in page] == []
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
