"""The ordinary ways through the system, of which nothing is asserted but that they lead to their end.

They carry no clause, and look at nothing that a clause asks for: no moment, no wording, no refusal. So what
breaks one of them breaks everything, and says nothing about who noticed it. The run that proves clauses asks
them beside the carriers (`tools.mutation.proving`): they are its control set. Whoever adds one keeps to that.
"""

from __future__ import annotations

import time

import pytest
from django.test import Client
from tests.accounts.people import PASSWORD, citizen
from tests.dossiers.world import World

from motcua.accounts.services.sessions import SEEN_AT
from motcua.dossiers import queries
from motcua.dossiers.enums import Status

pytestmark = pytest.mark.django_db
BACKEND = "motcua.accounts.services.backends.EntryBackend"


def browser(world: World, name: str) -> Client:
    """That person's browser, logged in."""
    client = Client()
    client.force_login(world.people[name], backend=BACKEND)
    session = client.session
    session[SEEN_AT] = int(time.time())
    session.save()
    return client


def test_what_is_filed_online_is_settled_returned_and_closed(world: World) -> None:
    assert world.until("close").status == Status.CLOSED


def test_what_comes_to_the_counter_is_settled_too(world: World) -> None:
    act = world.accept(world.register())
    for verb in ("hand_over", "assign", "propose", "approve", "issue", "announce"):
        act = getattr(world, verb)(act)
    assert act.status == Status.READY


def test_citizen_logs_in_and_finds_procedure_and_dossier(world: World) -> None:
    act = world.accept(world.submit(world.draft()))
    code = queries.state_of(act.dossier_id).code
    anybody, an = Client(), browser(world, "an")
    pages = ("/", "/thu-tuc/", "/thu-tuc/1.000001/", f"/tra-cuu/{code}", "/cong-khai/")
    assert [anybody.get(page, follow=True).status_code for page in pages] == [200] * len(pages)
    assert an.get(f"/ho-so-cua-toi/{act.dossier_id}/").status_code == 200
    card = citizen("Lê Giang", personal_id="066190000002", email="giang@example.vn")
    entered = anybody.post("/dang-nhap/", {"identifier": "066190000002", "password": PASSWORD}, follow=True)
    assert entered.context["user"].pk == card.id


def test_officers_see_lists_and_dossier(world: World) -> None:
    act = world.accept(world.submit(world.draft()))
    chi = browser(world, "chi")
    pages = ("", "viec-cua-don-vi/", f"ho-so/{act.dossier_id}/", "tim/?q=An", "so-theo-doi/")
    assert [chi.get(f"/noi-bo/{page}", follow=True).status_code for page in pages] == [200] * len(pages)
