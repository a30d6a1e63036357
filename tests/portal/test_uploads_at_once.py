"""Two devices send a paper at one moment: real threads, real transactions; neither paper is lost."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier
from typing import Any

import pytest
from django.test import Client
from tests.dossiers.test_concurrency import at_once
from tests.dossiers.world import World, make_world
from tests.portal.samples import upload
from tests.portal.test_views_own import asked
from tests.portal.test_views_supplement_together import of_company

from motcua.documents import services as documents
from motcua.documents.services import trays
from motcua.dossiers import queries
from motcua.portal import who

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Each device has looked at what stands there before either of them has stored its file."""
    made, both = make_world(), Barrier(2)
    real, at = documents.store, made.later(minutes=1)

    def store(**given: Any) -> Any:
        card = real(**given)
        both.wait(20)
        return card

    monkeypatch.setattr(documents, "store", store)
    monkeypatch.setattr(who, "now", lambda: max(at, made.now))
    return made


def browser_of(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name], backend="motcua.accounts.services.backends.EntryBackend")
    return client


def device(world: World, address: str, name: str, whose: str = "an", **data: Any) -> Callable[[], int]:
    client = browser_of(world, whose)
    sent = {"file-paper": upload(name=name), "upload": "yes", **data}
    return lambda: client.post(address, sent).status_code


def test_two_papers_of_a_filing_at_one_moment_are_both_kept(world: World) -> None:
    draft = world.draft(with_papers=False)
    address = f"/nop-ho-so/{draft.dossier_id}/giay-to/"
    devices = [device(world, address, f"{name}.pdf", version=draft.version) for name in "ab"]
    assert at_once(*devices) == [302, 302]
    assert len([each for each in queries.state_of(draft.dossier_id).contents.documents if each.file_id]) == 2


@pytest.mark.usefixtures("transactional_db")
def test_paper_that_comes_while_the_supplement_is_sent_is_in_it_or_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Both come to what lies ready at one moment: whoever is second learns of it."""
    made = make_world()
    monkeypatch.setattr(who, "now", lambda: max(made.later(minutes=1), made.now))
    act = asked(made, "paper")
    home = f"/ho-so-cua-toi/{act.dossier_id}/bo-sung/"
    bringing, sending = (browser_of(made, "an") for _ in range(2))
    sending.post(f"{home}giay-to/paper/", {"file-paper": upload(name="a.pdf"), "upload": "yes"})
    seen = sending.get(f"{home}xem-lai/").context
    both, first_calls, real = Barrier(2), iter((True, True)), trays.hold

    def hold(**given: Any) -> dict[str, Any]:
        if next(first_calls, False):
            both.wait(20)
        return real(**given)

    monkeypatch.setattr(trays, "hold", hold)
    brought, sent = at_once(
        lambda: bringing.post(f"{home}giay-to/paper/", {"file-paper": upload(name="b.pdf"), "upload": "yes"}),
        lambda: sending.post(f"{home}xem-lai/", {name: seen[name] for name in ("version", "seen")}),
    )
    was_late = brought.headers["Location"] == f"/ho-so-cua-toi/{act.dossier_id}/"
    was_sent = sent.headers.get("Location") == f"{home}1/da-gui/"
    assert was_late == was_sent
    state = queries.state_of(act.dossier_id)
    assert (state.supplement_awaited() is None) == was_sent
    if was_late:
        told = bringing.get(brought.headers["Location"]).content.decode()
        assert "Phần bổ sung đã được gửi từ một trang khác" in told
    else:
        assert "Có phần vừa được sửa ở một trang khác" in sent.content.decode()
        assert len(bringing.get(f"{home}giay-to/paper/").context["row"].sent) == 2


def test_two_papers_of_a_supplement_at_one_moment_are_both_kept(world: World) -> None:
    act = asked(world, "paper")
    address = f"/ho-so-cua-toi/{act.dossier_id}/bo-sung/giay-to/paper/"
    assert at_once(*(device(world, address, f"{name}.pdf") for name in "ab")) == [302, 302]
    assert [len(row.sent) for row in browser_of(world, "an").get(address).context["lines"]] == [2]


def test_papers_that_two_people_of_an_organisation_bring_at_one_moment_are_both_kept(world: World) -> None:
    _, _, act = of_company(world)
    address = f"/ho-so-cua-toi/{act.dossier_id}/bo-sung/giay-to/paper/"
    assert at_once(*(device(world, address, f"{name}.pdf", name) for name in ("an", "binh"))) == [302, 302]
    (row,) = browser_of(world, "binh").get(address).context["lines"]
    assert sorted(each.name for each in row.sent) == ["an.pdf", "binh.pdf"]
