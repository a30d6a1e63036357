"""Portal and one-stop shop are one system: what is done at one is seen at the other."""

from __future__ import annotations

import io
import re
import time
from dataclasses import replace
from urllib.parse import urlsplit

import pypdf
import pytest
from django.test import Client
from pytest_django import Settings
from tests.documents import codes
from tests.dossiers.world import World, moment, published, sheet
from tests.portal.conftest import Browser

from motcua.accounts.services.sessions import SEEN_AT
from motcua.agencies import queries as agencies
from motcua.agencies.enums import UnitKind
from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.rules.sheets import Fee, OfferedLimit
from motcua.config import addresses
from motcua.desk import clock
from motcua.documents import queries as documents
from motcua.dossiers import queries, services
from motcua.kernel.limits import TimeLimit
from motcua.kernel.money import Money
from motcua.law import queries as law

pytestmark = pytest.mark.django_db


@pytest.fixture
def chi(world: World, browser_of: Browser, monkeypatch: pytest.MonkeyPatch) -> Client:
    """Chi at the desk, whose clock is that of the portal."""
    monkeypatch.setattr(clock, "now", lambda: world.later(minutes=1))
    client = browser_of("chi")
    session = client.session
    session[SEEN_AT] = int(time.time())
    session.save()
    return client


def move_to_kon_tum(world: World, settings: Settings) -> None:
    """Kon Tum in 2021, under KT18."""
    settings.PROVINCE = world.agency.province = "kon-tum"
    world.agency.save()
    agencies.forget()
    world.now = moment("2021-06-01 08:00")


@pytest.mark.clause("KT22-2.1", "KT22-2.1.a", "DL24-1.1", "PT24-2.1", "QN20-4.1")
def test_portal_and_desk_show_the_same_dossier(world: World, chi: Client) -> None:
    """Filed on the portal it stands at the desk; accepted and settled there, anybody sees how it stands."""
    anybody = Client()
    assert 'href="/nop-ho-so/1.000001/"' in anybody.get("/thu-tuc/1.000001/").content.decode()
    act = world.submit(world.draft())
    reference = queries.state_of(act.dossier_id).reference
    assert reference in chi.get("/noi-bo/viec-cua-don-vi/").content.decode()
    page = chi.get(f"/noi-bo/ho-so/{act.dossier_id}/tiep-nhan/")
    chi.post(
        f"/noi-bo/ho-so/{act.dossier_id}/tiep-nhan/", {"version": page.context["form"]["version"].value()}
    )
    code = queries.state_of(act.dossier_id).code
    assert code
    shown = anybody.get(f"/tra-cuu/{code}").content.decode()
    assert "Đã tiếp nhận" in shown
    assert "Kết quả đã có" not in shown

    act = replace(act, version=queries.state_of(act.dossier_id).version)
    for verb in ("hand_over", "assign", "propose", "approve", "issue", "announce"):
        act = getattr(world, verb)(act)
    assert "Kết quả đã có" in anybody.get(f"/tra-cuu/{code}").content.decode()
    (figures,) = queries.followed(world.agency.province, None, *world.month, world.now)
    assert (figures.filed, figures.settled, figures.finished_late) == (1, 1, 0)


@pytest.mark.clause("KT22-11.1.b", "QN20-14.1.c", "PT24-9.2bis#1", "DL24-8.2#1")
def test_address_on_the_receipt_opens_how_the_dossier_stands(world: World, chi: Client) -> None:
    """The QR code of the paper holds this address: a telephone opens it, and the scanner at the desk finds
    the dossier by it."""
    act = world.until("accept")
    slip = services.slip_file(
        actor=world.actor("an"), at=world.now, dossier_id=act.dossier_id, event=act.version
    )
    with documents.open_content(slip) as file:
        paper = file.read()
    (page, *_) = pypdf.PdfReader(io.BytesIO(paper)).pages
    printed = " ".join(page.extract_text().replace("\u200b", "").split())
    assert f"Mã hồ sơ: {act.code}" in printed
    (address,) = re.findall(r"https?://\S+/tra-cuu/\S+", printed)
    assert address.endswith(f"/{act.code}")
    scanned = codes.read_off(paper)
    assert scanned.partition("#")[0] == address
    shown = Client().get(urlsplit(scanned).path).content.decode()
    assert "Đã tiếp nhận" in shown
    found = chi.post("/noi-bo/tim/", {"asked": scanned}, follow=True)
    assert found.redirect_chain[-1][0] == f"/noi-bo/ho-so/{act.dossier_id}/"


@pytest.mark.parametrize(
    ("name", "ends"),
    [
        pytest.param("KT18", "dichvucong.kontum.gov.vn", marks=pytest.mark.clause("KT18-1", "KT18-6.1")),
        pytest.param("KT22", "dichvucong.kontum.gov.vn", marks=pytest.mark.clause("KT22-3.1")),
        pytest.param("QN20", ".quangngai.gov.vn", marks=pytest.mark.clause("QN20-8.1")),
        pytest.param("DL24", "dichvucong.daklak.gov.vn", marks=pytest.mark.clause("DL24-6.1")),
        pytest.param("PT24", "dichvucong.phutho.gov.vn", marks=pytest.mark.clause("PT24-11.1.a")),
    ],
)
def test_services_are_reached_at_the_address_of_the_regulation(
    world: World, settings: Settings, name: str, ends: str
) -> None:
    """At the configured address, also by a link from an agency's site; at no other address."""
    domain = law.regulation(name).text("site.domain")
    assert domain is not None
    assert domain.endswith(ends)
    anybody, link = Client(), "/thu-tuc/1.000001/"
    assert anybody.get(link, headers={"host": domain}).status_code == 400
    settings.ALLOWED_HOSTS = addresses.answered(f"https://{domain}", ["dich-vu.example.vn"])
    for host in (domain, "dich-vu.example.vn"):
        for place in ("/dang-nhap/", "/tra-cuu/"):
            assert anybody.get(place, headers={"host": host}).status_code == 200
    asked = {"host": domain, "referer": "https://so-tu-phap.example.vn/"}
    page = anybody.get(link, headers=asked).content.decode()
    assert 'href="/nop-ho-so/1.000001/"' in page
    assert 'href="/huong-dan/"' in page
    assert anybody.get(link, headers={"host": "evil.example.org"}).status_code == 400


@pytest.mark.clause("KT18-5.1.a#1")
def test_agency_can_link_to_the_list_of_its_services_with_their_levels(
    world: World, settings: Settings
) -> None:
    move_to_kon_tum(world, settings)
    levels = (
        ("1.000002", OnlineLevel.PARTIAL),
        ("1.000003", OnlineLevel.NONE),
        ("1.000004", OnlineLevel.FULL),
    )
    for code, level in levels:
        published(sheet(code=code, online_level=level), world.agency, world.units[UnitKind.DIVISION])
    text = Client().get(f"/co-quan/{world.agency.pk}/").content.decode()
    rows = {row.split("</span>")[0][-8:]: row for row in text.split('<span class="mc-nowrap">')[1:]}
    assert "mức độ 4" in rows["1.000004"]
    assert "mức độ 3" in rows["1.000002"]
    assert "Mức độ 2" in rows["1.000003"]


@pytest.mark.clause("KT18-3.1")
def test_sheet_answers_what_people_ask_on_one_page_in_plain_words(world: World, settings: Settings) -> None:
    """What to bring, how long, what it costs, where: with headings, and no code of ours among the words."""
    move_to_kon_tum(world, settings)
    terms = (("counter", "3wd"), ("online", "2wd"))
    limits = tuple(OfferedLimit(channel, None, TimeLimit.parse(term), "", "") for channel, term in terms)
    content = sheet(code="1.000002", fees=(Fee("Lệ phí", Money(8000)),), limits=limits)
    published(content, world.agency, world.units[UnitKind.DIVISION])
    text = Client().get("/thu-tuc/1.000002/").content.decode()
    table = text.partition(">Thời hạn giải quyết</h2>")[2].partition("</table>")[0]
    rows = [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in table.split("</tr>")]
    assert rows[1:] == [
        "Nộp trực tiếp tại bộ phận một cửa 03 ngày làm việc",
        "Nộp trực tuyến 02 ngày làm việc",
        "",
    ]
    for asked in ("Thành phần hồ sơ", "Thời hạn giải quyết", "Phí, lệ phí", "Kết quả bạn nhận được"):
        assert f">{asked}</h2>" in text
    for told in (
        "Giấy chứng minh",
        "3 ngày làm việc",
        "8.000 đồng",
        world.agency.name,
        "Nộp hồ sơ trực tuyến",
    ):
        assert told in text
    read = " ".join(re.sub("<[^>]+>", " ", text).split())  # tokens in attributes may hold any letters
    for ours in ("working_day", "3wd", "OnlineLevel", " full "):
        assert ours not in read
