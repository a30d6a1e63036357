"""The receipt as whoever holds it reads it: the words of the PDF that a real acceptance made."""

from __future__ import annotations

import pytest
from tests.dossiers.world import World

from motcua.catalogue import queries as catalogue
from motcua.config.cases.papers import words_of
from motcua.documents import queries as documents
from motcua.documents.rules import wording
from motcua.dossiers import services

pytestmark = pytest.mark.django_db


def receipt(world: World, dossier_id: str, event: int) -> str:
    file_id = services.slip_file(actor=world.actor("chi"), at=world.now, dossier_id=dossier_id, event=event)
    with documents.open_content(file_id) as content:
        return words_of(content.read())


@pytest.mark.parametrize(
    "regulation",
    [
        pytest.param("DL24", marks=pytest.mark.clause("DL24-8.2#1")),
        pytest.param("PT24", marks=pytest.mark.clause("PT24-9.1.c")),
        pytest.param("KT22", marks=pytest.mark.clause("KT22-14.2bis.a#1")),
    ],
    indirect=True,
)
def test_receipt_bears_its_appointment_and_what_was_taken_in(world: World, regulation: str) -> None:
    act = world.accept(world.register())
    state = world.state(act)
    assert state.due_at is not None
    assert state.received_at is not None
    words = receipt(world, act.dossier_id, act.version)
    assert state.code is not None
    assert state.code in words
    assert state.contents.applicant.name in words
    assert f"Thời gian nhận hồ sơ: {wording.moment(state.received_at)}" in words
    assert f"Thời gian trả kết quả giải quyết hồ sơ: {wording.moment(state.due_at)}" in words
    handed_in = {paper.key for paper in state.contents.documents}
    names = {each.key: each.name for each in catalogue.sheet(world.version.pk).components}
    assert handed_in
    assert all(names[key] in words for key in handed_in)
    assert not [names[key] for key in names.keys() - handed_in if names[key] in words]
