"""By which paper somebody else filed: the desk reads whether it came with the filing, or who has seen it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from tests.desk.conftest import At
from tests.desk.test_views_intake import INTAKE, entries
from tests.dossiers.world import World

from motcua.catalogue.rules.sheets import AUTHORITY_PAPER
from motcua.dossiers.enums import Capacity
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import DocumentRef

pytestmark = pytest.mark.django_db
PAPER = DocumentRef("paper", originals=1)
SAID = "Giấy ủy quyền số 12"


def page(chi: Client, dossier_id: Any) -> str:
    return chi.get(f"/noi-bo/ho-so/{dossier_id}/").content.decode()


@pytest.mark.parametrize(
    ("capacity", "brought", "words"),
    [
        (Capacity.AUTHORISED, DocumentRef(AUTHORITY_PAPER.key, originals=1), ""),
        (Capacity.HIRED, DocumentRef(AUTHORITY_PAPER.key, note="Gửi sau"), "người nộp ghi: Gửi sau)"),
    ],
)
def test_desk_reads_that_the_paper_of_an_online_filing_was_not_sent_and_why(
    world: World, at_desk: At, capacity: Capacity, brought: DocumentRef, words: str
) -> None:
    given = {"submitter_name": "Binh", "capacity": capacity, "authority": SAID, "documents": (PAPER, brought)}
    act = world.submit(world.draft(**given))
    assert f"{SAID} (không gửi kèm{'; ' + words if words else ')'}" in page(at_desk("chi"), act.dossier_id)


def test_nothing_is_said_of_a_paper_of_who_acts_by_law(world: World, at_desk: At) -> None:
    given = {"submitter_name": "Binh", "capacity": Capacity.REPRESENTATIVE, "authority": "Mẹ của chủ hồ sơ"}
    html = page(at_desk("chi"), world.submit(world.draft(**given)).dossier_id)
    assert "Mẹ của chủ hồ sơ</dd>" in html


@pytest.mark.parametrize(
    ("tick", "words"),
    [({"submitter_paper_seen": "on"}, "nơi tiếp nhận đã xem"), ({}, "nơi tiếp nhận chưa ghi")],
)
def test_counter_ticks_that_it_saw_the_paper(
    world: World, at_desk: At, tick: dict[str, str], words: str
) -> None:
    chi = at_desk("chi")
    named = {"submitter_name": "Binh", "submitter_capacity": "authorised", "submitter_paper": SAID}
    chi.post(INTAKE, entries(world, **named, **tick))
    made = Dossier.objects.get()
    assert world.state(str(made.pk)).contents.authority_seen is bool(tick)
    assert f"{SAID} ({words}" in page(chi, made.pk)
