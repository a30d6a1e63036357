"""What anybody may see: the catalogue, tracking without anything personal, accounts, the language."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from tests.dossiers.world import World, moment, published, sheet
from tests.portal.conftest import Browser
from tests.routes.registry import PORTAL

from motcua.accounts import queries as accounts
from motcua.accounts.models import Account
from motcua.agencies import queries as agencies
from motcua.agencies.enums import AgencyKind, AgencyLevel, UnitKind
from motcua.agencies.models import Agency
from motcua.catalogue.enums import PaymentTime
from motcua.catalogue.rules.sheets import Fee, RequiredDocument, Result
from motcua.dossiers import queries, services
from motcua.incidents import services as incidents
from motcua.incidents.enums import Scope
from motcua.kernel.money import Money
from motcua.notify.models import OutboxMessage
from motcua.portal import who
from motcua.theme import consents
from motcua.theme.wording import long_moment

pytestmark = pytest.mark.django_db

# The way into an account, and the machine in the hall: nobody looks for them in a search engine.
BEYOND_SEARCH = {
    *("portal:log_in", "portal:register", "portal:forgotten", "portal:reset", "portal:kiosk"),
    *("portal:kiosk_lookup",),
}

AN = {
    "full_name": "Nguyễn Văn Ân",
    "personal_id": "066090009999",
    "phone": "0912345678",
    "email": "an-moi@example.vn",
    "password": "trời xanh mây trắng 7",
    "accepts_terms": "on",
}


@pytest.fixture
def anybody(world: World) -> Client:
    return Client()


@pytest.mark.parametrize(
    ("language", "suggested", "other"),
    [("vi", "xây nhà", "build a house"), ("en", "build a house", "xây nhà")],
)
def test_home_suggests_words_of_the_language_that_is_read(
    anybody: Client, language: str, suggested: str, other: str
) -> None:
    anybody.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    page = anybody.get("/").content.decode()
    assert f'lang="{language}">{suggested}</a>' in page
    assert f">{other}</a>" not in page


@pytest.mark.parametrize(
    "address", ["/", "/thu-tuc/", "/tra-cuu/", "/kha-nang-tiep-can/", "/du-lieu-ca-nhan/"]
)
def test_page_is_open_to_everybody(anybody: Client, address: str) -> None:
    assert anybody.get(address).status_code == 200


def test_every_public_page_says_shortly_what_it_is(anybody: Client) -> None:
    """What search engines and messengers show: a title and a description that no other page has."""
    told: dict[str, tuple[str, str]] = {}
    for each in PORTAL:
        is_plain = not (each.who or each.given or each.session or each.query)
        address = reverse(each.route) if is_plain and each.route not in BEYOND_SEARCH else ""
        page = anybody.get(address) if address else None
        if page is None or page.status_code != 200 or "html" not in page.headers["Content-Type"]:
            continue
        text = page.content.decode()
        title, said = (
            re.search(mark, text) for mark in ("<title>([^<]+)", '<meta name="description" content="([^"]+)"')
        )
        told[each.route] = (title[1] if title else "", said[1] if said else "")
    assert [route for route, words in told.items() if not all(words)] == []
    assert len(told) > 10
    for words in zip(*told.values(), strict=True):
        assert sorted(set(words)) == sorted(words)


@pytest.mark.clause("KT18-5.2#3", "KT18-13.4#1")
def test_sheet_says_every_part_of_the_procedure_and_where_to_file(world: World, anybody: Client) -> None:
    """Its papers and how many, the time, who settles it, the fee, what comes of it, its legal basis."""
    content = sheet(
        code="1.000009",
        fees=(Fee("Lệ phí", Money(20_000)),),
        results=(Result("kq", "Giấy phép"),),
        legal_basis=("Nghị định số 1/2018/NĐ-CP",),
        components=(RequiredDocument("paper", "Giấy chứng minh", originals=1, copies=2),),
        agency_text="Sở Tư pháp",
    )
    published(content, world.agency, world.units[UnitKind.DIVISION])
    text = anybody.get("/thu-tuc/1.000009/").content.decode()
    for part, told in {
        "papers": ("Giấy chứng minh", "1 bản chính", "2 bản sao"),
        "time": ("03 ngày làm việc",),
        "place": ("Sở Tư pháp",),
        "fees": ("Lệ phí", "20.000 đồng"),
        "results": ("Giấy phép",),
        "basis": ("Nghị định số 1/2018/NĐ-CP", "?thu-tuc=1.000009"),
    }.items():
        section = text.partition(f'aria-labelledby="{part}"')[2].partition("</section>")[0]
        assert [each for each in told if each not in section] == [], part
    assert "/nop-ho-so/1.000009/" in text


@pytest.mark.clause("KT18-5.1.a#2")
def test_sector_lists_its_procedures_and_no_others(world: World, anybody: Client) -> None:
    other = sheet(code="1.000009", title="Cấp phép xây dựng", sector="Xây dựng")
    published(other, world.agency, world.units[UnitKind.DIVISION])
    for slug, own, strange in (
        ("tu-phap", "Cấp giấy phép thử nghiệm", "Cấp phép xây dựng"),
        ("xay-dung", "Cấp phép xây dựng", "Cấp giấy phép thử nghiệm"),
    ):
        text = anybody.get(f"/thu-tuc/linh-vuc/{slug}/").content.decode()
        assert (own in text, strange in text) == (True, False)


@pytest.mark.parametrize(
    "address", ["/thu-tuc/9.999999/", "/thu-tuc/linh-vuc/khong-co/", "/tra-cuu/KHONG-CO", "/khong-co/"]
)
def test_what_does_not_exist_is_not_found_in_words(anybody: Client, address: str) -> None:
    answer = anybody.get(address)
    assert answer.status_code == 404
    assert "<h1" in answer.content.decode()


def test_search_that_finds_nothing_says_what_to_try(anybody: Client) -> None:
    assert "không được cấp lại" in anybody.get("/thu-tuc/?q=mất sổ hộ khẩu").content.decode()
    assert "Không có thủ tục nào trên Cổng khớp với" in anybody.get("/thu-tuc/?q=zzzz").content.decode()


def test_search_that_finds_no_procedure_for_all_its_words_names_the_nearest_as_such(anybody: Client) -> None:
    html = anybody.get("/thu-tuc/?q=giấy phép thử nghiệm cho cháu ngoại").content.decode()
    assert "Không có thủ tục nào khớp mọi từ. Gần nhất:" in html
    assert "Cấp giấy phép thử nghiệm</a>" in html
    assert "khớp mọi từ" not in anybody.get("/thu-tuc/?q=giấy phép thử nghiệm").content.decode()


def test_statement_on_access_says_what_is_missing_and_whom_to_tell(anybody: Client) -> None:
    html = anybody.get("/kha-nang-tiep-can/").content.decode()
    assert "Những chỗ còn thiếu" in html
    assert "trình đọc màn hình Orca" in html
    assert "(TalkBack, VoiceOver)" in html
    assert 'href="/lien-he/"' in html
    assert "WCAG" not in html


def test_code_of_a_dossier_in_the_search_leads_to_tracking(anybody: Client) -> None:
    code = "000.00.00.H15-240207-0001"
    answer = anybody.get("/thu-tuc/", {"q": f" {code.lower()} "})
    assert answer.headers["Location"] == f"/tra-cuu/{code}"
    while_typing = anybody.get("/thu-tuc/", {"q": code}, headers={"HX-Request": "true"}).content.decode()
    assert f'href="/tra-cuu/{code}"' in while_typing


@pytest.mark.parametrize("asked", ["1.001193", "khai-sinh", "T25"])
def test_what_is_no_code_of_a_dossier_is_searched_for(anybody: Client, asked: str) -> None:
    assert anybody.get("/thu-tuc/", {"q": asked}).status_code == 200


def test_tracking_goes_to_an_address_that_can_be_kept(anybody: Client) -> None:
    assert anybody.post("/tra-cuu/", {"ma": " h15-1 "}).headers["Location"] == "/tra-cuu/H15-1"


def test_tracking_without_a_code_asks_for_it(anybody: Client) -> None:
    answer = anybody.post("/tra-cuu/", {"ma": ""})
    assert (answer.status_code, [error.href for error in answer.context["page_errors"]]) == (422, ["#ma"])


def test_tracking_shows_way_and_ledger_and_nothing_personal(world: World, anybody: Client) -> None:
    state = queries.state_of(world.until("approve").dossier_id)
    text = anybody.get(f"/tra-cuu/{state.code}").content.decode()
    assert "Đã tiếp nhận hồ sơ, hẹn trả kết quả" in text
    assert "Vì sao có ngày hẹn này?" in text
    person = state.contents.applicant
    officers = [account.full_name for name, account in world.people.items() if name != "an"]
    for secret in (person.name, person.personal_id, person.phone, person.email, *officers):
        assert not re.search(rf"\b{re.escape(secret)}\b", text)


def test_tracking_by_the_number_before_there_is_a_code(world: World, anybody: Client) -> None:
    state = queries.state_of(world.until("submit").dossier_id)
    assert anybody.get(f"/tra-cuu/{state.filing_number}/").status_code == 200


def test_tracking_a_draft_tells_nothing(world: World, anybody: Client) -> None:
    draft = world.draft()
    assert anybody.get(f"/tra-cuu/{draft.dossier_id}").status_code == 404


def test_registering_with_faults_keeps_all_but_the_password(anybody: Client) -> None:
    answer = anybody.post("/dang-ky/", AN | {"personal_id": "12"})
    text = answer.content.decode()
    assert [error.href for error in answer.context["page_errors"]] == ["#id_personal_id"]
    assert AN["full_name"] in text
    assert AN["password"] not in text


def test_registering_with_nothing_typed_begins_at_the_first_screen(anybody: Client) -> None:
    answer = anybody.post("/dang-ky/", dict.fromkeys(AN.keys() - {"accepts_terms"}, ""))
    hrefs = [error.href for error in answer.context["page_errors"]]
    assert hrefs == ["#id_full_name", "#id_personal_id"]
    last = anybody.post("/dang-ky/", {key: AN[key] for key in AN.keys() - {"accepts_terms"}})
    assert "Hãy đọc và đồng ý với điều khoản sử dụng trước khi đăng ký." in last.content.decode()


def test_registering_ends_with_an_account_that_can_log_in(anybody: Client) -> None:
    assert anybody.post("/dang-ky/", AN).headers["Location"] == "/dang-ky/xac-nhan/"
    wrong = anybody.post("/dang-ky/xac-nhan/", {"code": "000000"})
    assert [error.href for error in wrong.context["page_errors"]] == ["#id_code"]
    code = OutboxMessage.objects.filter(key="account.code").latest("id").context["code"]
    assert anybody.post("/dang-ky/xac-nhan/", {"code": code}).headers["Location"] == "/dang-nhap/"
    login = {"identifier": AN["email"], "password": AN["password"]}
    answer = anybody.post("/dang-nhap/", login)
    assert answer.headers["Location"] == "/ho-so-cua-toi/"
    note = answer.cookies["motcua_device"]
    assert (note["httponly"], note["samesite"], note["max-age"]) == (True, "Lax", 365 * 24 * 3600)


def test_tracking_says_from_when_a_filing_at_night_counts(anybody: Client, world: World) -> None:
    world.now = moment("2024-03-03 20:58")
    act = world.submit(world.draft())
    world.now = moment("2024-03-04 08:00")
    code = world.accept(act).code
    text = anybody.get(f"/tra-cuu/{code}").content.decode()
    assert "lúc 21 giờ 00 phút, ngày 03 tháng 3 năm 2024, vào ngày nghỉ hằng tuần, nên được tính" in text


def test_registering_with_the_number_of_an_account_looks_like_any_registration(world: World) -> None:
    pages = []
    for personal_id in (AN["personal_id"], world.people["an"].personal_id):
        browser = Client()
        answer = browser.post("/dang-ky/", AN | {"personal_id": personal_id})
        following = browser.get("/dang-ky/xac-nhan/").content.decode()
        again = browser.post("/dang-ky/gui-lai-ma/", follow=True).content.decode()
        wrong = browser.post("/dang-ky/xac-nhan/", {"code": "000000"}).content.decode()
        tokens = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"|tra-lai=[\w-]+|tra-lai%3D[\w-]+')
        pages.append(
            (answer.headers["Location"], *(tokens.sub("", page) for page in (following, again, wrong)))
        )
        world.later(hours=2)
    assert pages[0] == pages[1]
    assert "đăng nhập bằng tài khoản đã có" in pages[0][1]


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_logging_in_never_leads_to_another_site(anybody: Client, world: World, target: str) -> None:
    account = world.people["an"]
    account.set_password(AN["password"])
    account.save()
    anybody.get("/dang-nhap/", {"next": target})
    login = {"identifier": account.email, "password": AN["password"]}
    assert anybody.post("/dang-nhap/", login).headers["Location"] == "/ho-so-cua-toi/"


def test_wrong_password_keeps_the_name_and_tells_nothing_more(anybody: Client) -> None:
    answer = anybody.post("/dang-nhap/", {"identifier": "an@example.vn", "password": "khong-phai"})
    text = answer.content.decode()
    assert 'value="an@example.vn"' in text
    assert "khong-phai" not in text


def test_forgotten_password_answers_the_same_for_unknown_people(anybody: Client) -> None:
    for name in ("an@example.vn", "khong-ai@example.vn"):
        answer = anybody.post("/quen-mat-khau/", {"identifier": name})
        assert answer.headers["Location"] == "/quen-mat-khau/dat-lai/"


def test_forgotten_password_by_a_phone_says_the_same_whoever_bears_it(world: World, anybody: Client) -> None:
    """Of a number of nobody, of one person and of two the same is told; each of the two gets a letter."""
    an, binh = world.people["an"], world.people["binh"]
    Account.objects.filter(pk=an.pk).update(phone="0933333333", email_verified_at=world.now)
    Account.objects.filter(pk=binh.pk).update(phone="0933333333", email_verified_at=world.now)
    told = []
    for number in ("0933333333", "0944444444"):
        text = anybody.post("/quen-mat-khau/", {"identifier": number}, follow=True).content.decode()
        told.append(re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", text.partition("<main")[2]))
    assert told[0] == told[1]
    assert "mỗi tài khoản nhận một mã riêng" in told[0]
    assert "nhiều nhất 4 tài khoản" in told[0]
    assert "Mỗi phút gửi được một mã, mỗi giờ nhiều nhất năm mã." in told[0]
    sent = OutboxMessage.objects.filter(key="account.reset")
    assert set(sent.values_list("address", flat=True)) == {an.email, binh.email}
    by_name = anybody.post("/quen-mat-khau/", {"identifier": "khong-ai@example.vn"}, follow=True)
    assert "mỗi tài khoản nhận một mã riêng" not in by_name.content.decode()


def test_who_has_a_new_password_by_a_phone_is_told_to_log_in_by_another_name(
    world: World, anybody: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(who, "now", lambda: world.now)
    an = world.people["an"]
    Account.objects.filter(pk=an.pk).update(phone="0933333333", email_verified_at=world.now)
    for number, (name, says) in enumerate(
        (
            ("0933333333", "số định danh cá nhân hoặc thư điện tử và mật khẩu mới"),
            (an.email, ". Hãy đăng nhập bằng mật khẩu mới."),
        )
    ):
        world.later(minutes=2)
        anybody.post("/quen-mat-khau/", {"identifier": name})
        code = OutboxMessage.objects.filter(key="account.reset").latest("id").context["code"]
        typed = {"code": code, "new": f"sông dài cá lội {number}"}
        answer = anybody.post("/quen-mat-khau/dat-lai/", typed, follow=True)
        (message,) = answer.context["messages"]
        assert says in str(message)


def test_wrong_log_in_by_a_phone_says_what_helps_where_it_is_shared(anybody: Client) -> None:
    said = []
    for name in ("0933333333", "khong-ai@example.vn"):
        answer = anybody.post("/dang-nhap/", {"identifier": name, "password": "sai rồi"})
        said.append(answer.context["page_errors"][0].text)
    assert said[1] == "Thông tin đăng nhập hoặc mật khẩu không đúng."
    assert said[0].startswith(said[1])
    assert "đăng nhập bằng số định danh cá nhân" in said[0]


def test_code_to_reset_is_asked_for_again_within_the_limits(
    world: World, anybody: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(who, "now", lambda: world.now)
    Account.objects.filter(pk=world.people["an"].pk).update(email_verified_at=world.now)
    told = []
    for name, minutes in (("an@example.vn", 0), ("an@example.vn", 2), ("khong-ai@example.vn", 0)):
        anybody.post("/quen-mat-khau/", {"identifier": name})
        world.later(minutes=minutes)
        answer = anybody.post("/quen-mat-khau/gui-lai-ma/", follow=True)
        told.append([str(message) for message in answer.context["messages"]])
    assert told[0] == told[1] == told[2]
    sent = OutboxMessage.objects.filter(key="account.reset")
    assert sent.count() == 2  # the one that was asked for in the same minute was not sent


def test_code_to_reset_is_not_sent_again_without_a_first_asking(anybody: Client) -> None:
    assert anybody.post("/quen-mat-khau/gui-lai-ma/").headers["Location"] == "/quen-mat-khau/"


def test_who_has_lost_the_mailbox_is_told_where_to_go(anybody: Client) -> None:
    anybody.post("/quen-mat-khau/", {"identifier": "an@example.vn"})
    for path in ("/quen-mat-khau/", "/quen-mat-khau/dat-lai/"):
        text = anybody.get(path).content.decode()
        assert "mang thẻ căn cước tới" in text
        assert 'href="/lien-he/"' in text


def test_simple_password_is_told_before_the_terms_are_agreed_to(anybody: Client) -> None:
    answer = anybody.post("/dang-ky/", {**AN, "step": "3", "password": "1234567890", "accepts_terms": ""})
    assert [error.href for error in answer.context["page_errors"]] == ["#id_password", "#id_accepts_terms"]


def test_page_is_vietnamese_whatever_the_browser_speaks(anybody: Client) -> None:
    answer = anybody.get("/", headers={"accept-language": "en"})
    assert '<html lang="vi"' in answer.content.decode()


def test_page_is_english_for_who_has_chosen_it(anybody: Client) -> None:
    anybody.post("/ngon-ngu/", {"language": "en", "next": "/"})
    assert '<html lang="en"' in anybody.get("/").content.decode()
    assert translation.get_language() == "vi"


def test_refusal_that_no_page_answers_becomes_a_page(world: World, browser_of: Browser) -> None:
    answer = browser_of("binh").get(f"/ho-so-cua-toi/{world.until('accept').dossier_id}/")
    assert answer.status_code == 403
    assert "Bạn không có quyền" in answer.content.decode()


# --- outages ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("address", ["/", "/tra-cuu/", "/ky-ot/", "/cong-khai/thong-bao/"])
def test_outage_is_told_while_it_lasts(world: World, anybody: Client, address: str) -> None:
    assert "gặp sự cố" not in anybody.get(address).content.decode()
    hanh = {"actor": world.actor("hanh"), "at": world.now}
    place = {"scope": Scope.AGENCY, "agency_id": world.agency.pk}
    card = incidents.declare(**hanh, **place, what="Chi tiết nội bộ", began_at=world.now)
    text = anybody.get(address).content.decode()
    assert "Sở Tư pháp đang gặp sự cố" in text
    assert "Hệ thống đang gặp sự cố" not in text
    assert f"Từ {long_moment(card.window.began_at)}." in text
    assert "Chi tiết nội bộ" not in text
    over = world.now
    incidents.end(
        actor=world.actor("hanh"), at=over, incident_id=card.window.id, ended_at=over, remedy="Xong"
    )
    assert "gặp sự cố" not in anybody.get(address).content.decode()


def test_outage_of_one_desk_is_told_by_the_proper_name_of_the_desk(world: World, anybody: Client) -> None:
    type(world.agency).objects.filter(pk=world.agency.pk).update(name="Ủy ban nhân dân phường Nghĩa Lộ")
    desk = world.agency.units.get(pk=queries.state_of(world.register().dossier_id).target.posting.desk)
    type(desk).objects.filter(pk=desk.pk).update(name="Trung tâm Phục vụ hành chính công cấp xã")
    place = {"scope": Scope.DESK, "agency_id": world.agency.pk, "unit_id": desk.pk}
    hanh = {"actor": world.actor("hanh"), "at": world.now}
    incidents.declare(**hanh, **place, what="Mất điện", began_at=world.now)
    text = anybody.get("/").content.decode()
    assert "Trung tâm Phục vụ hành chính công phường Nghĩa Lộ đang gặp sự cố" in text


@pytest.mark.parametrize(("is_own", "told"), [(True, True), (False, False), (None, True)])
def test_page_of_a_dossier_tells_only_of_outages_that_touch_it(
    world: World, browser_of: Browser, is_own: bool | None, told: bool
) -> None:
    """Of its agency and of the whole province (None), not of an agency elsewhere."""
    far = Agency.objects.create(
        province=world.agency.province,
        key="xa-xa",
        code="H15.99",
        name="UBND xã Xa",
        level=AgencyLevel.COMMUNE,
        kind=AgencyKind.DEPARTMENT,
    )
    act = world.until("accept")
    Account.objects.filter(pk=world.people["hanh"].pk).update(is_admin=True)
    scope = Scope.PROVINCE if is_own is None else Scope.AGENCY
    agency_id = None if is_own is None else (world.agency if is_own else far).pk
    hanh = accounts.actor_of(accounts.account_card(world.people["hanh"].pk))
    incidents.declare(
        actor=hanh, at=world.now, scope=scope, agency_id=agency_id, what="Mất điện", began_at=world.now
    )
    an = browser_of("an")
    for address in (f"/tra-cuu/{act.code}", f"/ho-so-cua-toi/{act.dossier_id}/"):
        text = an.get(address).content.decode()
        assert ("đang gặp sự cố" in text) is told
        assert ("Trong giờ làm việc, cán bộ vẫn nhận hồ sơ trực tiếp" in text) is told


def test_outage_does_not_speak_of_taking_in_beside_a_dossier_that_has_ended(
    world: World, browser_of: Browser
) -> None:
    act = world.until("give_back")
    hanh = {"actor": world.actor("hanh"), "at": world.now}
    place = {"scope": Scope.AGENCY, "agency_id": world.agency.pk}
    incidents.declare(**hanh, **place, what="Mất điện", began_at=world.now)
    an = browser_of("an")
    for address in (f"/tra-cuu/{act.code}", f"/ho-so-cua-toi/{act.dossier_id}/"):
        text = an.get(address).content.decode()
        assert "Thông tin trên trang này có thể được cập nhật sau." in text
        assert "cán bộ vẫn nhận hồ sơ" not in text


def test_tracking_says_what_was_entered_from_the_paper_log(world: World, anybody: Client) -> None:
    act = world.register()
    hanh = {"actor": world.actor("hanh"), "at": world.now}
    place = {"scope": Scope.AGENCY, "agency_id": world.agency.pk}
    card = incidents.declare(**hanh, **place, what="Mất điện", began_at=world.now)
    with services.entered_late(incident_id=card.window.id, page="4", entered_at=world.now):
        done = services.accept(
            actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id, expected_version=act.version
        )
    text = anybody.get(f"/tra-cuu/{done.code}").content.decode()
    assert text.count("Nhập bổ sung từ sổ giấy khi có sự cố") == 1
    assert "trang 4" not in text


# --- paying and getting back ---
@pytest.mark.parametrize(
    ("province", "words", "absent"),
    [
        (
            "dak-lak",
            ("Bạn được hoàn lại", "Cơ quan không thực hiện được thủ tục", "Không hoàn phí khi"),
            "xem xét",
        ),
        ("quang-ngai", ("Cơ quan xem xét hoàn lại", "Người nộp rút hồ sơ"), "Bạn được hoàn lại"),
    ],
)
def test_sheet_says_when_fees_are_given_back(
    world: World, anybody: Client, settings, province: str, words: tuple[str, ...], absent: str
) -> None:
    settings.PROVINCE = province
    content = sheet(code="1.000002", fees=(Fee("Lệ phí", Money(8000)),))
    published(content, world.agency, world.units[UnitKind.DIVISION])
    text = anybody.get("/thu-tuc/1.000002/").content.decode()
    for each in (
        "Khi nào được hoàn phí",
        "Trả phí, lệ phí bằng cách nào",
        "Trang này chưa thu tiền trực tuyến",
        *words,
    ):
        assert each in text
    assert f"{absent} hoàn" not in text


@pytest.mark.clause("QN20-12.2")
def test_sheet_tells_amount_and_time_of_paying_as_the_procedure_has_them(
    world: World, anybody: Client, settings
) -> None:
    """Two procedures of one province: each has its own amount, and its announcement says when."""
    settings.PROVINCE = "quang-ngai"
    given = (("1.000002", 8000, PaymentTime.FILING), ("1.000003", 120000, PaymentTime.RESULT))
    for code, amount, due in given:
        more = (Fee("Phí khác", Money(5000)), Fee("Phí đã miễn", Money(0)))
        content = sheet(code=code, fees=(Fee("Lệ phí", Money(amount), due=due), *more))
        published(content, world.agency, world.units[UnitKind.DIVISION])
    cheap, dear = (anybody.get(f"/thu-tuc/1.00000{n}/").content.decode() for n in (2, 3))
    assert ("8.000 đồng" in cheap, "120.000 đồng" in cheap) == (True, False)
    assert ("<strong>8.000 đồng" in dear, "120.000 đồng" in dear) == (False, True)
    # in the table of fees, and in what the calculator tells
    assert (cheap.count("Nộp khi nộp hồ sơ"), cheap.count("Lệ phí: nộp khi nộp hồ sơ")) == (1, 1)
    assert (dear.count("Nộp khi nhận kết quả"), dear.count("Lệ phí: nộp khi nhận kết quả")) == (1, 1)
    for page in (cheap, dear):
        unsaid = "Thời điểm nộp chưa được công bố. Bộ phận một cửa cho biết khi tiếp nhận hồ sơ."
        assert page.count(unsaid) == 1  # of the one that costs something


def test_sheet_without_fees_speaks_of_no_refund(anybody: Client) -> None:
    assert "Khi nào được hoàn phí" not in anybody.get("/thu-tuc/1.000001/").content.decode()


# --- how an agency is reached ---
@pytest.mark.clause("QN20-18", "DL24-11.3")
def test_numbers_and_mailbox_of_an_agency_stand_where_people_look_for_it(
    world: World, anybody: Client
) -> None:
    Agency.objects.filter(pk=world.agency.pk).update(phones=["0262 3850 001"], email="stp@example.vn")
    for address in (
        f"/co-quan/{world.agency.pk}/",
        reverse("portal:information", args=["lien-he-co-quan"]),
        f"/thu-tuc/{world.version.procedure.code}/",
    ):
        text = anybody.get(address).content.decode()
        assert 'href="tel:02623850001"' in text, address
        assert 'href="mailto:stp@example.vn"' in text, address
        assert "không liên hệ được" not in text
    Agency.objects.filter(pk=world.agency.pk).update(marks={"contact": "sample"})
    agencies.forget()
    assert "không liên hệ được" in anybody.get(f"/co-quan/{world.agency.pk}/").content.decode()


RUN_BY = {
    "KT18": "Trung tâm Công nghệ thông tin và Truyền thông",
    "KT22": "Văn phòng Ủy ban nhân dân tỉnh",
    "QN20": "Sở Thông tin và Truyền thông",
    "DL24": "Văn phòng Ủy ban nhân dân tỉnh",
    "PT24": "Sở Thông tin và Truyền thông",
}


@pytest.mark.clause("KT22-6.1", "QN20-23.1#1", "DL24-14.1#3", "KT18-17.2#1", "PT24-21.1#1")
@pytest.mark.parametrize("address", ["/lien-he/", "/cong-khai/lien-he-co-quan/"])
def test_people_are_told_who_runs_the_system_under_the_regulation_in_force(
    world: World, anybody: Client, regulation: str, address: str
) -> None:
    """By the name of the text, where no agency listed here has its tasks."""
    text = " ".join(strip_tags(anybody.get(address).content.decode()).split())
    assert text.count("Cơ quan vận hành") == 1
    assert f"Cơ quan vận hành {RUN_BY[regulation]} (theo quy chế" in text


@pytest.mark.clause("KT18-2.2")
def test_sheet_of_a_ministrys_service_leads_to_the_ministry(world: World, anybody: Client) -> None:
    of_ministry = sheet(code="1.000002", ministry="Bộ Công an", ministry_address="https://bca.example.vn")
    published(of_ministry, world.agency, world.units[UnitKind.DIVISION])
    text = anybody.get("/thu-tuc/1.000002/").content.decode()
    assert "do Bộ Công an cung cấp" in text
    assert 'href="https://bca.example.vn"' in text


def test_words_on_who_reads_a_dossier_name_everybody_who_may(world: World) -> None:
    page = " ".join(Client().get("/du-lieu-ca-nhan/").content.decode().split())
    agreed = " ".join(str(point.answer) for point in consents.NOW.points)
    for name in ("bộ phận một cửa", "đơn vị giải quyết", "lãnh đạo", "văn thư", "hỏi ý kiến", "bưu chính"):
        assert name in page, name
        assert name in agreed, name
    assert "đang giải quyết hồ sơ" not in page + agreed
    assert {"2026-1", consents.NOW.key} <= consents.WORDINGS.keys()
