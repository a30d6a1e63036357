"""A result that its owner fetched waits for the desk alone: list and page say so, and the desk sees it."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.accounts import acting
from tests.dossiers.world import World
from tests.portal.conftest import Browser
from tests.portal.samples import upload

from motcua.accounts.services.sessions import SEEN_AT
from motcua.desk import clock
from motcua.documents import services as documents
from motcua.documents.errors import NoSuchFile
from motcua.dossiers import queries, services
from motcua.dossiers.models import Dossier, DossierEvent, DossierFile
from motcua.dossiers.queries.fetched import fetched_of
from motcua.dossiers.rules.state import ResultDelivery
from motcua.dossiers.services import Act
from motcua.theme.downloads import stored_file
from motcua.theme.wording import long_moment

pytestmark = pytest.mark.django_db
LIST = "/ho-so-cua-toi/"
AWAITED = "bạn tải về ở mục “Kết quả”"


@pytest.fixture(autouse=True)
def _desk_clock(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: world.now)


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


def stored(world: World, who: str = "khoa") -> str:
    given = {"upload": upload(), "name": "giay-phep.pdf", "actor": world.actor(who), "at": world.now}
    return documents.store(**given).id


def ready(world: World, how: str = "online", act: Act | None = None) -> Act:
    """A dossier whose result, with its file, waits to be returned so."""
    act = act or world.submit(world.draft(delivery=ResultDelivery(how)))
    act = world.assign(world.hand_over(world.accept(act)))
    act = world.issue(world.approve(world.propose(act)), file_id=stored(world))
    return world.announce(act)


def page(act: Act, rest: str = "") -> str:
    return f"{LIST}{act.dossier_id}/{rest}"


def result_of(world: World, act: Act) -> str:
    return page(act, f"tep/{world.state(act).results[-1].file_id}/")


def fetch(client: Client, address: str) -> None:
    assert client.get(address).getvalue().startswith(b"%PDF")


def where(client: Client, **asked: str) -> dict[str, list[str]]:
    groups = client.get(LIST, asked).context["groups"]
    return {group.key: [row["dossier"].id for row in group.rows] for group in groups}


def kept() -> list[tuple[datetime, int]]:
    rows = DossierFile.objects.filter(fetched_at__isnull=False)
    return list(rows.values_list("fetched_at", "fetched_by_id"))


def desk(world: World) -> Client:
    client = Client()
    client.force_login(world.people["chi"], backend="motcua.accounts.services.backends.EntryBackend")
    session = client.session
    session[SEEN_AT] = int(time.time())
    session.save()
    return client


def desk_page(world: World, act: Act) -> str:
    return desk(world).get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()


def test_fetched_result_waits_no_longer_for_its_owner(world: World, an: Client) -> None:
    act, other = ready(world), ready(world)
    assert where(an) == {"can-lam": [other.dossier_id, act.dossier_id]}
    assert "đã tải kết quả" not in desk_page(world, act)
    before = DossierEvent.objects.count(), world.state(act)

    fetch(an, result_of(world, act))

    ((at, by),) = kept()
    assert by == world.people["an"].pk
    assert where(an) == {"can-lam": [other.dossier_id], "dang-lam": [act.dossier_id]}
    assert where(an, nhom="can-lam") == {"can-lam": [other.dossier_id]}
    assert where(an, nhom="dang-lam") == {"dang-lam": [act.dossier_id]}
    said = f"Bạn đã tải kết quả về lúc {long_moment(at)}; cơ quan còn ghi nhận việc trả."
    for address in (f"{LIST}?nhom=dang-lam", page(act)):
        text = an.get(address).content.decode()
        assert said in text
        assert "Đã tải kết quả" in text
        assert AWAITED not in text
    assert AWAITED in an.get(page(other)).content.decode()
    assert "Phía người nộp (An) đã tải kết quả trên Cổng lúc" in desk_page(world, act)
    assert "đã tải kết quả" not in desk_page(world, other)
    assert (DossierEvent.objects.count(), world.state(act)) == before  # the return is the desk's act
    assert services.verify().difference is None


def test_result_fetched_again_was_fetched_the_first_time(world: World, an: Client) -> None:
    act = ready(world)
    fetch(an, result_of(world, act))
    first = kept()
    world.later(minutes=90)
    fetch(an, result_of(world, act))
    assert kept() == first
    assert where(an) == {"dang-lam": [act.dossier_id]}


def test_fetched_result_that_was_returned_is_over(world: World, an: Client) -> None:
    act = ready(world)
    fetch(an, result_of(world, act))
    world.give_back(act, how="online", received_by="", proof="", form_signed=False)
    assert where(an) == {"da-xong": [act.dossier_id]}
    assert "còn ghi nhận việc trả" not in an.get(page(act)).content.decode()
    first = kept()
    fetch(an, result_of(world, act))
    assert kept() == first


def test_result_first_fetched_after_its_return_is_not_kept(world: World, an: Client) -> None:
    act = world.give_back(ready(world), how="online", received_by="", proof="", form_signed=False)
    fetch(an, result_of(world, act))
    assert kept() == []


def test_nobody_else_fetches_it(world: World, an: Client, browser_of: Browser) -> None:
    """Neither another citizen, who gets nothing, nor the desk, which reads it for its work."""
    act = ready(world)
    assert browser_of("binh").get(result_of(world, act)).status_code == 403
    assert browser_of("binh").get(page(act, "tai-ve/")).status_code == 403
    file_id = world.state(act).results[-1].file_id
    fetch(desk(world), reverse("desk:paper", args=[act.dossier_id, file_id]))
    services.note_fetched(
        actor=world.actor("binh"), at=world.now, dossier_id=act.dossier_id, file_ids=[str(file_id)]
    )
    assert kept() == []
    assert where(an) == {"can-lam": [act.dossier_id]}


def test_what_the_representative_fetched_is_told_to_both_by_name(world: World, browser_of: Browser) -> None:
    made = acting.mandate(world.people["an"], world.people["binh"], world.now, paper=stored(world, "an"))
    an, binh = browser_of("an"), browser_of("binh")
    given: dict[str, Any] = {"acting_by": f"uy-quyen-{made}", "delivery": ResultDelivery("online")}
    act = world.draft(actor=world.actor("binh"), **given)
    act = ready(world, act=world.submit(act, actor=world.actor("binh")))
    assert where(an) == where(binh) == {"can-lam": [act.dossier_id]}

    fetch(binh, result_of(world, act))

    assert where(an) == where(binh) == {"dang-lam": [act.dossier_id]}
    name = world.people["binh"].full_name
    for address in (LIST, page(act)):
        assert f"{name} đã tải kết quả về lúc" in an.get(address).content.decode()
        assert "Bạn đã tải kết quả về lúc" in binh.get(address).content.decode()


def test_result_that_is_to_be_collected_still_is_although_its_file_was_looked_at(
    world: World, an: Client
) -> None:
    act = ready(world, "counter")
    fetch(an, result_of(world, act))
    assert where(an) == {"can-lam": [act.dossier_id]}
    assert "còn ghi nhận việc trả" not in an.get(page(act)).content.decode()
    assert "đã tải kết quả trên Cổng" in desk_page(world, act)


def test_package_fetches_the_result_too_and_papers_do_not(world: World, an: Client) -> None:
    act = ready(world)
    own = page(act, f"tep/{uuid4()}/")
    assert an.get(own).status_code == 404
    assert kept() == []
    assert b"".join(an.get(page(act, "tai-ve/")).streaming_content)
    assert len(kept()) == 1
    assert where(an) == {"dang-lam": [act.dossier_id]}


def test_what_cannot_be_opened_was_not_fetched(
    world: World, an: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = ready(world)

    def missing(file_id: str) -> None:
        raise NoSuchFile

    monkeypatch.setattr("motcua.portal.views.own.stored_file", missing)
    assert an.get(result_of(world, act)).status_code == 404
    assert kept() == []
    monkeypatch.setattr("motcua.portal.views.own.stored_file", stored_file)
    assert an.head(result_of(world, act)).getvalue() == b""
    assert kept() == []  # who asked for headers got no file


@pytest.mark.parametrize("second", [True, False], ids=["another file", "paper alone"])
def test_result_of_two_papers_is_fetched_when_both_were(world: World, an: Client, second: bool) -> None:
    act = ready(world)
    row = Dossier.objects.get()
    first, more = row.state["results"][0], stored(world) if second else None
    row.state["results"] = [first | {"file_id": more}, first]
    row.save(update_fields=["state"])
    if more:
        DossierFile.objects.create(dossier=row, file_id=UUID(more), is_result=True)
    fetch(an, result_of(world, act))
    assert where(an) == {"can-lam": [act.dossier_id]}
    assert AWAITED in an.get(page(act)).content.decode()
    if more:
        fetch(an, page(act, f"tep/{more}/"))
        assert where(an) == {"dang-lam": [act.dossier_id]}
        assert queries.opened(act.dossier_id).fetched == fetched_of([row.pk])[row.pk]


def test_list_asks_as_much_for_many_fetched_results_as_for_one(world: World, an: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as found:
            an.get(LIST)
        return len(found)

    fetch(an, result_of(world, ready(world)))
    an.get(LIST)
    one = asked()
    for _ in range(3):
        fetch(an, result_of(world, ready(world)))
    assert (asked(), one <= 14) == (one, True)
    act = ready(world)
    fetch(an, result_of(world, act))
    with CaptureQueriesContext(connection) as found:
        an.get(page(act))
    assert len(found) <= 14
