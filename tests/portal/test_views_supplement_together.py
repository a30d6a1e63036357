"""A supplement of an organisation that one person begins and another goes on with."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests.accounts import acting
from tests.dossiers.world import World, make_world, sheet
from tests.portal.conftest import Browser
from tests.portal.samples import upload
from tests.portal.test_views_supplement import asked, at

from motcua.accounts import services as accounts
from motcua.accounts.models import Account
from motcua.accounts.rules.acting import MemberRole
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.dossiers import queries
from motcua.dossiers.services import Act
from motcua.portal import who

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(browser_of: Browser) -> tuple[Client, Client]:
    return browser_of("an"), browser_of("binh")


def of_company(world: World, wanted: str = "paper", **more: Any) -> tuple[int, int, Act]:
    """An's company with Bình in it; what An filed for it is asked to be supplemented."""
    made = acting.organisation(world.people["an"], world.now)
    row = acting.join(made, world.people["an"], world.people["binh"], world.now)
    draft = world.draft(actor=world.actor("an"), acting_by=f"to-chuc-{made}", **more)
    return made, row, asked(world, wanted, act=world.submit(draft, actor=world.actor("an")))


def bring(client: Client, act: Act, name: str) -> Any:
    return client.post(at(act, "giay-to/paper/"), {"file-paper": upload(name=name), "upload": "yes"})


def opened(client: Client, path: str) -> int:
    answer: Any = client.get(path)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return int(answer.status_code)


def names(client: Client, act: Act) -> list[str]:
    (row,) = client.get(at(act, "giay-to/paper/")).context["lines"]
    return [each.name for each in row.sent]


def files(client: Client, act: Act) -> list[str]:
    (row,) = client.get(at(act, "giay-to/paper/")).context["lines"]
    return [each.file_id for each in row.sent]


def test_what_one_brings_another_goes_on_with_and_sends(world: World, two: tuple[Client, Client]) -> None:
    an, binh = two
    _, _, act = of_company(world)
    bring(binh, act, "cua-binh.pdf")
    assert names(an, act) == ["cua-binh.pdf"]
    (file_id,) = files(an, act)
    assert opened(an, f"/tep-cua-toi/{file_id}/") == 200
    assert opened(an, f"/tep-cua-toi/{file_id}/trang/1/") == 200
    bring(an, act, "cua-an.pdf")
    assert names(binh, act) == ["cua-binh.pdf", "cua-an.pdf"]
    page = an.get(at(act, "xem-lai/")).context
    answer = an.post(
        at(act, "xem-lai/"), {"version": page["version"], "seen": page["seen"], "declared": "on"}
    )
    assert answer["Location"] == at(act, "1/da-gui/")
    held = {each.file_id for each in queries.state_of(act.dossier_id).contents.documents}
    assert file_id in held
    assert binh.get(at(act)).status_code == 302  # nothing is asked any more


def test_list_and_pages_say_who_saved_a_part_last(world: World, two: tuple[Client, Client]) -> None:
    an, binh = two
    _, _, act = of_company(world)
    assert "lưu lần cuối" not in an.get(at(act)).content.decode()
    bring(binh, act, "a.pdf")
    for page in (at(act), at(act, "giay-to/paper/")):
        assert re.search(r"Binh lưu lần cuối lúc \d\d:\d\d \d\d/\d\d/\d{4}\.", an.get(page).content.decode())
        assert "Bạn lưu lần cuối lúc" in binh.get(page).content.decode()
    assert "Người khác được nộp hồ sơ của tổ chức cũng thấy" in an.get(at(act)).content.decode()
    an.post(at(act, "giay-to/paper/"), {"was-files": "", "upload": "yes"})  # nothing was changed
    assert "Binh lưu lần cuối" in an.get(at(act)).content.decode()
    bring(an, act, "b.pdf")
    assert "An lưu lần cuối" in binh.get(at(act)).content.decode()


TWO = (
    FormSection(
        "Người yêu cầu", (FormField("name", "Họ và tên"), FormField("purpose", "Mục đích", required=False))
    ),
)


def test_answers_of_two_are_put_together_and_a_contradiction_is_told(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = make_world(sheet(eform=TWO))
    monkeypatch.setattr(who, "now", lambda: world.later(minutes=1))
    an, binh = Client(), Client()
    for client, name in ((an, "an"), (binh, "binh")):
        client.force_login(world.people[name], backend="motcua.accounts.services.backends.EntryBackend")
    _, _, act = of_company(world, "form", form_data={"name": "An", "purpose": "Cũ"})
    page = at(act, "to-khai/1/")
    drawn = {"was-name": "An", "was-purpose": "Cũ", "go_on": "yes"}
    an.post(page, drawn | {"name": "Nguyễn Văn An", "purpose": "Cũ"})
    binh.post(page, drawn | {"name": "An", "purpose": "Đi học"})
    form = an.get(page).context["form"]
    assert [form[key].value() for key in ("name", "purpose")] == ["Nguyễn Văn An", "Đi học"]
    answer = binh.post(page, drawn | {"name": "Ai khác", "purpose": "Đi học"})
    assert "Nguyễn Văn An" in answer.content.decode()
    assert an.get(page).context["form"]["name"].value() == "Nguyễn Văn An"


def test_two_at_once_lose_nothing(world: World, browser_of: Browser) -> None:
    an, binh = browser_of("an"), browser_of("binh")
    _, _, act = of_company(world)
    old = an.get(at(act, "giay-to/paper/")).context["lines"][0].sent
    assert old == ()
    bring(an, act, "mot.pdf")
    bring(binh, act, "hai.pdf")  # from a page that showed nothing
    assert names(an, act) == ["mot.pdf", "hai.pdf"]
    seen = binh.get(at(act, "xem-lai/")).context
    bring(an, act, "ba.pdf")
    answer = binh.post(
        at(act, "xem-lai/"), {"version": seen["version"], "seen": seen["seen"], "declared": "on"}
    )
    assert answer.status_code == 422
    assert names(binh, act) == ["mot.pdf", "hai.pdf", "ba.pdf"]


def test_pages_that_one_lays_ready_another_joins(world: World, two: tuple[Client, Client]) -> None:
    an, binh = two
    _, _, act = of_company(world)
    pages = at(act, "giay-to/paper/trang/")
    binh.post(pages, {"files": upload(name="trang-1.pdf"), "add": "yes"})
    assert len(an.get(pages).context["lines"]) == 1
    answer = an.post(pages, {"files": upload(name="trang-2.pdf"), "use": "yes"})
    assert answer.status_code == 302
    assert len(names(binh, act)) == 1


def test_file_that_lies_ready_is_nobodys_who_does_not_file_for_the_organisation(
    world: World, two: tuple[Client, Client], browser_of: Browser
) -> None:
    an, binh = two
    made, row, act = of_company(world)
    bring(an, act, "a.pdf")
    (file_id,) = files(an, act)
    paths = (f"/tep-cua-toi/{file_id}/", f"/tep-cua-toi/{file_id}/trang/1/")
    assert [opened(binh, path) for path in paths] == [200, 200]
    accounts.change_role(
        actor=world.actor("an"), organisation_id=made, membership_id=row, role=MemberRole.VIEWER, at=world.now
    )
    assert [opened(binh, path) for path in paths] == [404, 404]
    world.people["khach"] = Account.objects.create(
        kind="citizen", full_name="Khách", personal_id="066090000003",
        email="khach@example.vn", email_verified_at=world.now, created_at=world.now,
    )  # fmt: skip
    assert [opened(browser_of("khach"), path) for path in paths] == [404, 404]


def test_file_of_a_colleague_in_a_draft_of_the_organisation_opens(
    world: World, two: tuple[Client, Client]
) -> None:
    an, binh = two
    made, _, _ = of_company(world)
    draft = world.draft(actor=world.actor("an"), acting_by=f"to-chuc-{made}", with_papers=False)
    page = f"/nop-ho-so/{draft.dossier_id}/giay-to/"
    version = queries.state_of(draft.dossier_id).version
    an.post(page, {"version": version, "file-paper": upload(name="a.pdf"), "upload": "yes"})
    (file_id,) = [
        each.file_id for each in queries.state_of(draft.dossier_id).contents.documents if each.file_id
    ]
    assert binh.get(page).status_code == 200
    assert opened(binh, f"/tep-cua-toi/{file_id}/") == 200


def test_supplement_of_a_person_is_seen_by_nobody_else_and_names_nobody(
    world: World, two: tuple[Client, Client]
) -> None:
    an, _ = two
    act = asked(world, "paper")
    bring(an, act, "a.pdf")
    page = an.get(at(act)).content.decode()
    assert "lưu lần cuối" not in page
    assert "miễn là đăng nhập cùng tài khoản" in page
