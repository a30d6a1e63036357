"""A repealed procedure takes no new dossiers; those under way go on to their end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.dossiers.world import World

from motcua.catalogue.models import ProcedureVersion
from motcua.dossiers import errors
from motcua.dossiers.enums import Status
from motcua.dossiers.models import Dossier

pytestmark = pytest.mark.django_db


def repeal(world: World) -> None:
    """The last day of the procedure is that of the world; a day passes."""
    ProcedureVersion.objects.filter(pk=world.version.pk).update(valid_to=world.now.date())
    world.later(days=1)


@pytest.mark.clause("KT22-17.2")
def test_nothing_is_filed_for_a_repealed_procedure_and_what_was_filed_goes_on(
    world: World, regulation: str
) -> None:
    draft, sent = world.draft(), world.submit(world.draft())
    world.register()  # on the last day
    repeal(world)
    before = Dossier.objects.count()
    for begin in (lambda: world.submit(draft), world.draft, world.register):
        with pytest.raises(errors.ProcedureOver) as refused:
            begin()
        assert refused.value.clauses
        assert refused.value.params["day"] == (world.now - timedelta(days=1)).date()
    assert Dossier.objects.count() == before
    assert world.state(draft).status is Status.DRAFT  # kept, with all that was typed
    assert world.state(world.accept(sent)).status is Status.ACCEPTED


def test_procedure_with_a_later_version_has_not_ended(world: World) -> None:
    repeal(world)
    later = ProcedureVersion.objects.get(pk=world.version.pk)
    later.pk, later.number = None, later.number + 1
    later.valid_from, later.valid_to = world.now.date(), None
    later.save()
    assert world.submit(world.draft(procedure_version_id=later.pk))
