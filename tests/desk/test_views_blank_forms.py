"""Blank forms at the desk: who sees the pages, what they say, and where else the forms then stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desk.conftest import At
from tests.documents import samples
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.catalogue import queries, services
from motcua.catalogue.enums import Change
from motcua.catalogue.models import BlankForm, Procedure
from motcua.catalogue.rules.announcing import Named
from motcua.catalogue.services import Decision
from motcua.catalogue.services.importing import publish_sheet
from motcua.kernel.actors import SYSTEM

pytestmark = pytest.mark.django_db
CODE = "1.000001"


@pytest.fixture
def giang(world: World, at_desk: At) -> Client:
    """The province's administrator."""
    Account.objects.filter(username="giang").update(is_admin=True, kind="officer")
    world.people["giang"].refresh_from_db()
    return at_desk("giang")


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def typed(content: bytes | None = None, name: str = "mau.pdf", **changes: str) -> dict[str, object]:
    file = SimpleUploadedFile(name, samples.pdf() if content is None else content)
    return {"file": file, "title": "Tờ khai cấp giấy", "source": "Thông tư số 4/2024/TT-BTP"} | changes


def put_up(browser: Client, component: str = "form", **changes: str) -> BlankForm:
    path = address("paper_forms", CODE, component)
    page = browser.post(path, typed(**changes) | {"seen": browser.get(path).context["seen"]})
    assert page.url == address("procedure_forms", CODE)
    return BlankForm.objects.latest("pk")


def said(page: object) -> str:
    return " ".join(page.content.decode().split())  # type: ignore[attr-defined]


def test_pages_are_for_those_who_act_for_an_agency(world: World, at_desk: At) -> None:
    pages = (address("blank_forms"), address("procedure_forms", CODE), address("paper_forms", CODE, "form"))
    for path in pages:
        codes = [at_desk(who).get(path).status_code for who in ("khoa", "hanh", "dung", "chi")]
        assert (path, codes) == (path, [200, 200, 403, 403])


def test_file_that_the_page_cannot_keep_is_asked_for_again_beside_what_is_wrong(giang: Client) -> None:
    page = giang.post(address("paper_forms", CODE, "form"), typed(source=""))
    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"source", "file"}
    assert "Hãy chọn lại tệp mẫu" in said(page)
    assert BlankForm.objects.count() == 0


def test_form_is_put_up_replaced_and_taken_down_and_its_history_stays(giang: Client) -> None:
    put_up(giang)
    made = put_up(giang, title="Tờ khai mới")
    page = said(giang.get(address("paper_forms", CODE, "form")))
    assert "Tờ khai mới (PDF," in page
    assert "thay bằng mẫu khác lúc" in page
    assert 'value="Tờ khai mới"' in page  # what another file of it will mostly be called
    assert "không tải được mẫu này nữa" in said(giang.get(address("drop_form", made.pk)))
    assert giang.post(address("drop_form", made.pk)).url == address("procedure_forms", CODE)
    assert "Chưa có tệp mẫu" in said(giang.get(address("procedure_forms", CODE)))
    assert giang.post(address("drop_form", made.pk)).status_code == 404


def test_history_is_offered_where_there_is_one(at_desk: At, giang: Client) -> None:
    hanh, page = at_desk("hanh"), address("procedure_forms", CODE)
    assert not hanh.get(page).context["here"].may_keep
    assert "Xem lịch sử" not in said(hanh.get(page))
    made = put_up(giang)
    for _ in range(2):
        assert said(hanh.get(page)).count("Xem lịch sử") == 1
        giang.post(address("drop_form", made.pk))  # what was taken down is history too


def test_form_is_not_put_up_over_another_that_came_meanwhile_until_that_was_seen(giang: Client) -> None:
    path = address("paper_forms", CODE, "form")
    seen = giang.get(path).context["seen"]
    put_up(giang)
    refused = giang.post(path, typed(title="Tờ khai mới") | {"seen": seen})
    assert refused.status_code == 422
    assert "vừa có mẫu khác được đăng" in said(refused)
    assert "Tờ khai cấp giấy (PDF," in said(refused)
    assert BlankForm.objects.count() == 1
    assert giang.post(path, typed(title="Tờ khai mới")).status_code == 422  # who sends none has seen none
    again = typed(title="Tờ khai mới") | {"seen": refused.context["seen"]}
    assert giang.post(path, again).status_code == 302


def test_form_of_a_version_that_is_over_is_listed_and_taken_down(
    world: World, giang: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = put_up(giang)
    later = world.now + timedelta(days=2)
    renamed = replace(
        queries.sheet(world.version.pk),
        components=tuple(
            replace(paper, name=f"{paper.name} mới") for paper in queries.sheet(world.version.pk).components
        ),
    )
    procedure = Procedure.objects.get(code=CODE)
    publish_sheet(procedure, renamed, world.version, later.date(), SYSTEM, later)
    monkeypatch.setattr("motcua.desk.clock.now", lambda: later)
    listed = said(giang.get(address("procedure_forms", CODE)))
    assert "Mẫu của phiên bản đã thay" in listed
    assert f'href="{address("drop_form", made.pk)}"' in listed
    fetched = Client().get(f"/mau-don/{made.pk}/")  # a dossier may have begun with it
    assert b"".join(fetched.streaming_content).startswith(b"%PDF-")  # type: ignore[arg-type]
    assert "ở mọi phiên bản" in said(giang.get(address("drop_form", made.pk)))
    assert giang.post(address("drop_form", made.pk)).url == address("blank_forms")
    assert Client().get(f"/mau-don/{made.pk}/").status_code == 404
    assert "Mẫu của phiên bản đã thay" not in said(giang.get(address("procedure_forms", CODE)))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"content": samples.picture("PNG"), "name": "mau.png"}, "không thuộc loại được nhận"),
        ({"content": b""}, "không có nội dung"),
        ({"source": ""}, "Hãy nhập văn bản ban hành mẫu."),
        ({"title": " "}, "Hãy nhập tên mẫu."),
    ],
)
def test_what_cannot_be_put_up_is_said_and_what_was_typed_stays(
    giang: Client, changes: dict[str, object], words: str
) -> None:
    page = giang.post(address("paper_forms", CODE, "form"), typed(**changes))  # type: ignore[arg-type]
    assert page.status_code == 422
    assert words in said(page)
    assert ("Tờ khai cấp giấy" in said(page)) is ("title" not in changes)
    assert not BlankForm.objects.exists()
    assert "Hãy chọn tệp mẫu." in said(giang.post(address("paper_forms", CODE, "form"), {}))


def test_agency_reads_the_forms_and_keeps_them_once_it_leads(
    world: World, at_desk: At, giang: Client
) -> None:
    made, khoa = put_up(giang), at_desk("khoa")
    path = address("paper_forms", CODE, "form")
    assert "Gỡ mẫu này" not in said(khoa.get(path))
    assert khoa.post(path, typed()).status_code == 403
    assert khoa.post(address("drop_form", made.pk)).status_code == 403
    assert BlankForm.objects.filter(ended_at__isnull=False).count() == 0
    today = world.now.date()
    named = (Named(CODE, "Cấp giấy", Change.CHANGED),)
    decision = Decision(
        "8/QĐ-UBND", "Công bố", "Chủ tịch", today, today, world.agency.pk, named, has_process=True
    )
    services.record_announcement(actor=SYSTEM, at=world.later(minutes=1), decision=decision)
    assert put_up(khoa).pk > made.pk


@pytest.mark.parametrize("path", ["khong-co/", f"{CODE}/khong-co/", f"{CODE}/form/?ban=7"])
def test_what_is_not_there_is_not_found(giang: Client, path: str) -> None:
    assert giang.get(address("blank_forms") + path).status_code == 404


def test_list_finds_procedures_and_shows_what_was_put_up_last(giang: Client) -> None:
    assert "Chưa có mẫu nào được đăng" in said(giang.get(address("blank_forms")))
    put_up(giang)
    assert "Tờ khai cấp giấy" in said(giang.get(address("blank_forms")))
    assert "Không tìm thấy" in said(giang.get(address("blank_forms") + "?q=khongcogi"))


def test_counter_offers_the_form_beside_its_paper(world: World, at_desk: At, giang: Client) -> None:
    made, chi = put_up(giang), at_desk("chi")
    intake = {"version_id": world.version.pk, "agency": world.agency.pk, "channel": "counter"}
    with CaptureQueriesContext(connection) as seen:
        page = said(chi.post(address("intake"), intake | {"action": "look"}))
    assert f'href="/mau-don/{made.pk}/" target="_blank"' in page
    assert len([each for each in seen if "catalogue_blankform" in each["sql"]]) == 1


def test_everybody_can_have_the_form_and_nothing_else(giang: Client) -> None:
    made = put_up(giang)
    card = queries.blank_form(made.pk)
    answer = Client().get(f"/mau-don/{made.pk}/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Disposition"].endswith(
        "T%E1%BB%9D%20khai%20c%E1%BA%A5p%20gi%E1%BA%A5y.pdf"
    )
    assert len(b"".join(answer.streaming_content)) == card.size  # type: ignore[arg-type]
    for number in (made.pk + 1, 0, 2**70):
        assert Client().get(f"/mau-don/{number}/").status_code == 404
