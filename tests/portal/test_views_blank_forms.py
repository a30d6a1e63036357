"""Blank forms where citizens need them: on the sheet, beside the paper of a filing and of a supplement."""

from __future__ import annotations

import io

import pytest
from django.test import Client
from pytest_django import Settings
from tests.documents import samples
from tests.dossiers.world import World
from tests.portal.conftest import Browser

from motcua.accounts.models import Account
from motcua.accounts.queries import actor_of
from motcua.catalogue import services
from motcua.catalogue.services import FormEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def form(world: World) -> int:
    """A form of the paper that filings ask for."""
    Account.objects.filter(username="giang").update(is_admin=True)
    entry = FormEntry("Mẫu giấy chứng minh", "Thông tư số 4", io.BytesIO(samples.odt()), "mau.odt")
    actor = actor_of(Account.objects.get(username="giang"))
    return services.put_up_form(
        actor=actor, at=world.now, version_id=world.version.pk, component="paper", entry=entry, seen=()
    )


def said(page: object) -> str:
    return " ".join(page.content.decode().split())  # type: ignore[attr-defined]


def test_sheet_says_type_and_size_before_it_is_fetched(world: World, form: int) -> None:
    page = said(Client().get("/thu-tuc/1.000001/"))
    assert (
        f'<a class="govuk-link" href="/mau-don/{form}/">Tải mẫu: Mẫu giấy chứng minh (ODT, 1 KB)</a>' in page
    )
    assert "Theo Thông tư số 4" in page


def test_english_reader_is_told_that_the_source_is_vietnamese(
    world: World, form: int, settings: Settings
) -> None:
    reader = Client()
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = said(reader.get("/thu-tuc/1.000001/"))
    assert 'Source, in Vietnamese: <span lang="vi">Thông tư' in page
    assert "By <" not in page


def test_sheet_without_files_names_the_papers_and_pretends_nothing(world: World) -> None:
    page = said(Client().get("/thu-tuc/1.000001/"))
    assert "Giấy chứng minh" in page
    assert "Tải mẫu" not in page


def test_form_stands_beside_its_paper_in_a_filing(world: World, browser_of: Browser, form: int) -> None:
    act = world.draft()
    assert f"/mau-don/{form}/" in said(browser_of("an").get(f"/nop-ho-so/{act.dossier_id}/giay-to/"))
