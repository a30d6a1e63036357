"""A procedure whose papers were never entered: that is said, and what somebody has can be sent."""

from __future__ import annotations

import pytest
from django.test import Client
from tests.dossiers.world import World, process_for, published, sheet
from tests.portal.conftest import Browser
from tests.portal.samples import upload

from motcua.agencies.enums import UnitKind
from motcua.dossiers import queries
from motcua.dossiers.models import Dossier

pytestmark = pytest.mark.django_db

CODE = "1.000603"
NONE_AT_ALL = ("Không phải nộp giấy tờ nào", "Không có giấy tờ bắt buộc", "không cần gửi giấy tờ")
OPENLY = "Danh sách giấy tờ của thủ tục này chưa được nhập vào trang này."


def offered(world: World, mark: str) -> int:
    content = sheet(code=CODE, title="Cấp giấy thử", components=(), provenance={"components": mark})
    process_for(CODE)
    return int(published(content, world.agency, world.units[UnitKind.DIVISION]).pk)


def words(client: Client, path: str) -> str:
    return " ".join(client.get(path).content.decode().split())


def test_sheet_says_that_the_papers_are_not_entered_and_whom_to_ask(world: World) -> None:
    offered(world, "not_found")
    page = words(Client(), f"/thu-tuc/{CODE}/")
    assert OPENLY in page
    assert "Danh sách giấy tờ chưa được nhập ở đây. Hãy hỏi bộ phận một cửa trước khi nộp." in page
    assert "Gửi ảnh hoặc tệp các giấy tờ mà bộ phận một cửa hướng dẫn" in page
    assert not [each for each in NONE_AT_ALL if each in page]


def test_sheet_of_an_empty_list_says_that_nothing_is_needed(world: World) -> None:
    offered(world, "none_listed")
    page = words(Client(), f"/thu-tuc/{CODE}/")
    assert [each in page for each in (*NONE_AT_ALL[:2], "chưa được nhập")] == [True, True, False]


def test_who_files_online_can_send_papers_of_their_own_and_need_not(
    world: World, browser_of: Browser
) -> None:
    an, version = browser_of("an"), offered(world, "not_found")
    draft = world.draft(with_papers=False, procedure_version_id=version).dossier_id
    page = words(an, f"/nop-ho-so/{draft}/giay-to/")
    assert OPENLY in page
    assert "Giấy tờ khác" in page
    assert "Đã đủ để gửi." in words(an, f"/nop-ho-so/{draft}/")
    an.post(f"/nop-ho-so/{draft}/giay-to/", {"file-giay-to-khac": upload()})
    (brought,) = queries.state_of(draft).contents.documents
    assert (brought.key, brought.name, bool(brought.file_id)) == ("giay-to-khac", "Giấy tờ khác", True)
    assert "giay-to.pdf" in words(an, f"/nop-ho-so/{draft}/xem-lai/")
    assert Dossier.objects.count() == 1
