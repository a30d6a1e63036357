"""Pages of acting for others: what they show, take and refuse; registration in three screens; the list."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from tests.accounts import acting
from tests.accounts.conftest import last_code
from tests.accounts.people import PASSWORD
from tests.documents.samples import docx, picture
from tests.dossiers.world import World, published, sheet
from tests.portal import samples
from tests.portal.conftest import Browser

from motcua.accounts.models import Account, Mandate, Membership, Organisation
from motcua.accounts.queries import acting as queries
from motcua.accounts.rules.acting import MemberRole
from motcua.agencies.enums import UnitKind
from motcua.catalogue.enums import FieldKind
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.dossiers.models import DossierFile
from motcua.dossiers.queries import state_of
from motcua.dossiers.rules.behalf import BELONGS, OWNS
from motcua.dossiers.rules.consent import CONSENT
from motcua.theme.answered_pages import KEPT
from motcua.theme.entries import of

pytestmark = pytest.mark.django_db
TYPED = {"full_name": "Lê Văn Em", "personal_id": "066090000099"}
REACH = {"phone": "0905000009", "email": "em@example.vn"}
SECRET = {"password": PASSWORD, "accepts_terms": "on"}
DETAILS = {"phone": "0905000001", "address": "12 Lê Duẩn", "version": "0"}


@pytest.fixture(autouse=True)
def passwords(world: World) -> None:
    for name in ("an", "binh"):
        world.people[name].password = make_password(PASSWORD)
        world.people[name].save(update_fields=["password"])


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


@pytest.fixture
def binh(browser_of: Browser) -> Client:
    return browser_of("binh")


def hrefs(answer: Any) -> list[str]:
    return [error.href for error in answer.context["page_errors"]]


def entries(**changes: Any) -> dict[str, Any]:
    given = {
        "name": "Binh", "number": "066090000002", "scope": "all", "since": "04/03/2024",
        "until": "04/04/2024", "password": PASSWORD,
    }  # fmt: skip
    return given | changes


# --- what waits for me ---------------------------------------------------------------------------


def test_mandate_that_waits_for_me_is_among_what_i_have_to_do(an: Client, binh: Client) -> None:
    an.post("/tai-khoan/uy-quyen/moi/", entries(paper=samples.upload()))
    path = f"/tai-khoan/uy-quyen/{Mandate.objects.get().pk}/"
    html = binh.get("/ho-so-cua-toi/").content.decode()
    work, _, _ = html.partition('id="group-dang-lam"')
    assert "Việc bạn cần làm" in work
    assert f'href="{path}"' in work
    assert path not in an.get("/ho-so-cua-toi/").content.decode()
    binh.post(path, {"act": "accept"})
    assert path not in binh.get("/ho-so-cua-toi/").content.decode()


def test_invitation_of_an_organisation_is_among_what_i_have_to_do(
    an: Client, binh: Client, world: World
) -> None:
    home = f"/tai-khoan/to-chuc/{acting.organisation(world.people['an'], world.now)}/"
    an.post(home + "moi/", {"name": "Binh", "number": "066090000002", "role": "viewer"})
    path = f"/tai-khoan/to-chuc/loi-moi/{Membership.objects.get(account=None).pk}/"
    assert f'href="{path}"' in binh.get("/ho-so-cua-toi/").content.decode()
    assert path not in an.get("/ho-so-cua-toi/").content.decode()
    shown = binh.get(path).content.decode()
    assert world.people["an"].full_name in shown
    assert "do người đại diện tự khai, chưa được đối chiếu" in shown


def test_who_may_only_look_at_an_organisation_reads_that_no_letters_come(
    an: Client, binh: Client, world: World
) -> None:
    made = acting.organisation(world.people["an"], world.now)
    acting.join(made, world.people["an"], world.people["binh"], world.now, role=MemberRole.VIEWER)
    none = "Bạn chỉ xem nên không nhận thư báo nào"
    home = f"/tai-khoan/to-chuc/{made}/"
    assert none in binh.get(home).content.decode()
    assert none not in an.get(home).content.decode()


@pytest.mark.parametrize("path", ["uy-quyen/", "uy-quyen/moi/", "to-chuc/", "to-chuc/moi/"])
def test_pages_of_acting_for_others_lead_to_their_help(an: Client, path: str) -> None:
    assert "#uy-quyen-va-to-chuc" in an.get(f"/tai-khoan/{path}").content.decode()


def test_what_is_missing_of_an_organisation_is_asked_in_whole_sentences(an: Client) -> None:
    html = an.post("/tai-khoan/to-chuc/moi/", {"name": ""}).content.decode()
    assert "Hãy chọn tổ chức được nhận biết bằng số nào." in html
    assert "Hãy nhập mã số của tổ chức." in html
    assert "?." not in html


def test_errors_of_an_organisation_stand_in_the_order_of_its_page(an: Client) -> None:
    page = an.post("/tai-khoan/to-chuc/moi/", {"name": ""})
    wanted = ["name", "number_kind", "number", "address", "represents"]
    assert [
        error.href.removeprefix("#id_").removesuffix("_0") for error in page.context["page_errors"]
    ] == wanted


# --- mandates ------------------------------------------------------------------------------------


def test_mandate_is_offered_accepted_and_ended_on_its_pages(an: Client, binh: Client) -> None:
    answer = an.post("/tai-khoan/uy-quyen/moi/", entries(paper=samples.upload()))
    assert answer.headers["Location"] == "/tai-khoan/uy-quyen/"
    made = Mandate.objects.get()
    path = f"/tai-khoan/uy-quyen/{made.pk}/"
    assert "Đồng ý nhận ủy quyền" in binh.get(path).content.decode()
    assert b"".join(binh.get(path + "giay/").streaming_content) == samples.PDF  # type: ignore[attr-defined]
    binh.post(path, {"act": "accept"})
    assert "Đang có hiệu lực" in an.get("/tai-khoan/uy-quyen/").content.decode()
    an.post(path, {"act": "end"})
    made.refresh_from_db()
    assert made.ended_by is not None
    assert "Đã chấm dứt" in binh.get(path).content.decode()


def test_form_of_a_mandate_keeps_the_paper_while_the_rest_is_mended(world: World, an: Client) -> None:
    wrong = entries(number="12", password="", scope="some", procedures="9.999999", paper=samples.upload())
    answer = an.post("/tai-khoan/uy-quyen/moi/", wrong)
    assert answer.status_code == 422
    (line,) = answer.context["held"].lines
    assert line.picture in answer.content.decode()
    mended = entries(scope="some", procedures="1.000001")
    assert an.post("/tai-khoan/uy-quyen/moi/", mended).status_code == 302
    assert str(Mandate.objects.get().paper) == line.page.file_id
    assert an.get("/tai-khoan/uy-quyen/moi/").context["held"].lines == []
    assert Mandate.objects.get().procedures == ["1.000001"]


def chosen(answer: Any) -> list[str]:
    return [card.code for card in answer.context["choice"].chosen]


def found(answer: Any) -> list[str]:
    return [card.code for card in answer.context["choice"].found]


@pytest.fixture
def three(world: World) -> list[str]:
    """The codes of three procedures in force: registering births, deaths, marriages."""
    names = {"1.000011": "khai sinh", "1.000012": "khai tử", "1.000013": "kết hôn"}
    for code, name in names.items():
        other = sheet(code=code, title=f"Thủ tục đăng ký {name}")
        published(other, world.agency, world.units[UnitKind.DIVISION])
    return list(names)


def test_procedures_are_searched_without_accents_and_gathered_one_search_after_another(
    an: Client, three: list[str]
) -> None:
    births, deaths, _ = three
    page = "/tai-khoan/uy-quyen/moi/"
    typed = entries(name="Trần Văn Bình", scope="some", password="")
    answer = an.post(page, typed | {"tim": "khai sinh", "was-tim": "", "find": "yes"})
    assert (answer.status_code, chosen(answer), found(answer)) == (200, [], [births])
    assert answer.context["page_errors"] == []
    ticked = typed | {"procedures": births, "tim": "khai tu", "was-tim": "khai sinh"}
    answer = an.post(page, ticked)  # Enter: words that were not looked for yet are, first
    assert (chosen(answer), found(answer)) == ([births], [deaths])
    html = answer.content.decode()
    assert 'value="Trần Văn Bình"' in html
    assert "Thủ tục đăng ký khai tử" in html
    assert Mandate.objects.count() == 0
    sent = entries(scope="some", procedures=[births, deaths], paper=samples.upload())
    assert an.post(page, sent | {"tim": "khai tu", "was-tim": "khai tu"}).status_code == 302
    assert Mandate.objects.get().procedures == [births, deaths]
    html = an.get("/tai-khoan/uy-quyen/").content.decode()
    assert "Thủ tục đăng ký khai sinh; Thủ tục đăng ký khai tử" in html


def test_procedure_that_was_unticked_is_not_taken_along(an: Client, three: list[str]) -> None:
    page = f"/tai-khoan/uy-quyen/moi/?thu-tuc={three[0]}"
    answer = an.get(page)
    assert (chosen(answer), answer.context["form"].initial["scope"]) == ([three[0]], "some")
    answer = an.post(page, entries(scope="some", tim="ket hon", find="yes"))
    assert (chosen(answer), found(answer)) == ([], [three[2]])


def test_search_keeps_the_paper_and_judges_nothing(an: Client, three: list[str]) -> None:
    page = "/tai-khoan/uy-quyen/moi/"
    looking = entries(number="12", scope="some", tim="xyz", find="yes", paper=samples.upload())
    answer = an.post(page, looking)
    html = answer.content.decode()
    assert "Không tìm thấy thủ tục nào khác với “xyz”" in html
    assert len(answer.context["held"].lines) == 1
    assert "govuk-error-message" not in html


def test_paper_of_a_mandate_is_photographed_page_by_page_and_joined(an: Client) -> None:
    page = "/tai-khoan/uy-quyen/moi/"
    shown = an.get(page)
    assert 'name="camera"' in shown.content.decode()
    assert "camera=(self)" in shown.headers["Permissions-Policy"]
    photo = samples.upload(picture("JPEG"), "trang-1.jpg")
    answer = an.post(page, entries(number="12", camera=photo, paper=samples.upload(), add="yes"))
    html = answer.content.decode()
    assert "Đã nhận 2 trang, theo thứ tự này" in html
    assert 'value="12"' in html  # typed, and not judged yet
    assert "govuk-error-message" not in html
    front, back = answer.context["held"].lines
    assert back.picture in html
    turned = an.post(page, entries(up=back.page.key))
    assert [line.page.key for line in turned.context["held"].lines] == [back.page.key, front.page.key]
    assert an.post(page, entries()).status_code == 302
    paper = stored.card(str(Mandate.objects.get().paper))
    assert (paper.media_type, documents.count_pages(paper)) == ("application/pdf", 2)


def test_paper_of_a_mandate_without_pages_stays_the_file_that_it_is(an: Client) -> None:
    page = "/tai-khoan/uy-quyen/moi/"
    answer = an.post(page, entries(password="", paper=samples.upload(docx(), "giay.docx")))
    assert "Tệp đã nhận: giay.docx" in answer.content.decode()
    assert an.post(page, entries(kept=answer.context["held"].token)).status_code == 302
    assert stored.card(str(Mandate.objects.get().paper)).name == "giay.docx"


def test_procedure_that_ended_stays_by_name_in_a_mandate_that_names_it(
    world: World, an: Client, three: list[str]
) -> None:
    made = acting.mandate(world.people["an"], world.people["binh"], world.now, procedures=(three[1],))
    ProcedureVersion.objects.filter(procedure__code=three[1]).update(valid_to=date(2024, 2, 1))
    html = an.get(f"/tai-khoan/uy-quyen/{made}/").content.decode()
    assert "Thủ tục đăng ký khai tử" in html
    assert "không còn hiệu lực" in html
    answer = an.post(
        "/tai-khoan/uy-quyen/moi/", entries(scope="some", procedures=three[1], paper=samples.upload())
    )
    assert (answer.status_code, hrefs(answer)) == (422, ["#id_procedures"])


def test_paper_of_somebody_else_is_not_taken(world: World, an: Client) -> None:
    card = documents.store(upload=samples.upload(), name="x.pdf", actor=world.actor("binh"), at=world.now)
    answer = an.post("/tai-khoan/uy-quyen/moi/", entries(kept=card.id))
    assert (answer.status_code, hrefs(answer)) == (422, ["#id_paper"])
    assert not Mandate.objects.exists()


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"number": "066090000001"}, "number"),
        ({"until": "03/03/2024"}, "until"),
        ({"until": "31/02/2024"}, "until"),
        ({"scope": "some", "procedures": ""}, "procedures"),
        ({"password": "sai"}, "password"),
    ],
)
def test_form_of_a_mandate_shows_each_fault_at_its_field(
    an: Client, change: dict[str, str], field: str
) -> None:
    answer = an.post("/tai-khoan/uy-quyen/moi/", entries(**change, paper=samples.upload()))
    assert (answer.status_code, hrefs(answer)) == (422, [f"#id_{field}"])


def test_form_of_a_mandate_shows_all_faults_at_once(an: Client) -> None:
    """Without the paper the end before the beginning and the wrong password are told too."""
    wrong = {"since": "15/03/2024", "until": "10/03/2024", "password": "sai"}
    answer = an.post("/tai-khoan/uy-quyen/moi/", entries(**wrong))
    assert (answer.status_code, hrefs(answer)) == (422, ["#id_until", "#id_paper", "#id_password"])
    answer = an.post("/tai-khoan/uy-quyen/moi/", entries(**wrong, name=""))
    assert hrefs(answer) == ["#id_name", "#id_until", "#id_paper", "#id_password"]
    assert len(answer.context["page_errors"]) == 4  # none is told twice
    assert not Mandate.objects.exists()


def test_page_of_who_offers_is_the_same_whether_or_not_anybody_is_there(world: World, an: Client) -> None:
    pages = []
    for number in ("066090000002", "066090000077"):
        an.post("/tai-khoan/uy-quyen/moi/", entries(number=number, paper=samples.upload()))
        made = Mandate.objects.latest("pk")
        page = an.get(f"/tai-khoan/uy-quyen/{made.pk}/").content.decode()
        whole = page + an.get("/tai-khoan/uy-quyen/").content.decode()
        an.post(f"/tai-khoan/uy-quyen/{made.pk}/", {"act": "end"})
        an.get("/tai-khoan/uy-quyen/")  # what was said of it is read
        Mandate.objects.filter(pk=made.pk).delete()
        plain = re.sub(r'value="[^"]{20,}"|\d\d giờ \d\d phút|\d\d:\d\d', "", whole)
        pages.append(plain.replace(f"/{made.pk}/", "").replace(number, ""))
    assert pages[0] == pages[1]


# --- organisations -------------------------------------------------------------------------------


def test_organisation_lives_on_its_pages(world: World, an: Client, binh: Client) -> None:
    declared = {
        "name": "Công ty TNHH Hạt Cà Phê", "number_kind": "tax_code", "number": "6001234567",
        "address": "12 Lê Duẩn", "represents": "on",
    }  # fmt: skip
    home = an.post("/tai-khoan/to-chuc/moi/", declared).headers["Location"]
    invited = {"name": "Binh", "number": "066090000002", "role": "viewer"}
    assert an.post(home + "moi/", invited).headers["Location"] == home
    row = Membership.objects.get(account__isnull=True)
    assert binh.get(home).status_code == 404
    assert "mời bạn" in binh.get("/tai-khoan/to-chuc/").content.decode()
    assert binh.post(f"/tai-khoan/to-chuc/loi-moi/{row.pk}/", {"act": "accept"}).headers["Location"] == home
    assert binh.get(home + "moi/").status_code == 403
    assert binh.get(home + f"nguoi/{row.pk}/").status_code == 403
    an.post(home + f"nguoi/{row.pk}/", {"act": "role", "role": "filer"})
    row = Membership.objects.get(account=world.people["binh"], ended_at__isnull=True)
    assert row.role == MemberRole.FILER
    an.post(home + "roi/")
    assert "ít nhất một người đại diện" in an.get(home).content.decode()
    an.post(home + f"nguoi/{row.pk}/", {"act": "pass_on"})
    assert an.post(home + "roi/").headers["Location"] == "/tai-khoan/to-chuc/"
    assert an.get(home).status_code == 404


def test_invitations_are_seen_by_who_runs_it_only(world: World, an: Client, binh: Client) -> None:
    made = acting.organisation(world.people["an"], world.now)
    acting.join(made, world.people["an"], world.people["binh"], world.now)
    an.post(f"/tai-khoan/to-chuc/{made}/moi/", {"name": "Lê Hoa", "number": "066090000055", "role": "viewer"})
    path = f"/tai-khoan/to-chuc/{made}/"
    assert ("Lê Hoa" in an.get(path).content.decode(), "Lê Hoa" in binh.get(path).content.decode()) == (
        True,
        False,
    )


# --- filing --------------------------------------------------------------------------------------


def test_filing_offers_those_for_whom_one_may_file(world: World, an: Client) -> None:
    assert an.get("/nop-ho-so/1.000001/", follow=True).context["principals"] == ()
    made = acting.organisation(world.people["an"], world.now)
    asked = an.get("/nop-ho-so/1.000001/", follow=True).context["principals"]
    assert [each.key for each in asked] == [f"to-chuc-{made}"]
    assert "form" in an.get("/nop-ho-so/1.000001/?cho=toi", follow=True).context


def test_whoever_files_for_an_organisation_too_says_for_whom(world: World, an: Client) -> None:
    path = "/nop-ho-so/1.000001/"
    alone = an.get(path, follow=True).content.decode()
    assert 'value="toi" checked' in alone
    acting.organisation(world.people["an"], world.now)
    within = an.get(path, follow=True)
    assert ('value="toi" checked' in within.content.decode(), within.context["page_errors"]) == (False, [])
    unsaid = an.get(path + "?tra-loi=1&lan=0199aaaa000070008000000000000001")
    assert [each.text for each in unsaid.context["page_errors"]] == ["Hãy chọn bạn nộp hồ sơ cho ai."]
    assert "principals" in unsaid.context


def test_draft_of_an_organisation_says_who_began_it(world: World, an: Client, binh: Client) -> None:
    made = acting.organisation(world.people["an"], world.now)
    acting.join(made, world.people["an"], world.people["binh"], world.now)
    an.post(f"/nop-ho-so/1.000001/?cho=to-chuc-{made}", DETAILS)
    an.post("/nop-ho-so/1.000001/?cho=toi", DETAILS)
    said = "người soạn: An"
    cards = binh.get("/ho-so-cua-toi/").content.decode()
    begun = binh.get("/nop-ho-so/1.000001/", follow=True).content.decode()
    assert (cards.count(said), begun.count(said)) == (1, 1)
    assert an.get("/ho-so-cua-toi/").content.decode().count(said) == 1


def test_what_is_read_before_sending_is_who_sends_and_not_who_prepared_it(
    world: World, an: Client, binh: Client
) -> None:
    made = acting.organisation(world.people["an"], world.now)
    acting.join(made, world.people["an"], world.people["binh"], world.now)
    act = world.draft(actor=world.actor("binh"), acting_by=f"to-chuc-{made}")
    dossier_id = act.dossier_id

    def said(browser: Client, path: str) -> list[str]:
        rows = {row["key"]: row["value"] for row in browser.get(path).context["summary"]}
        return [rows[key] for key in ("Người nộp thay", "Tư cách người nộp thay", "Căn cứ nộp thay")]

    as_owner = ["An", "Người đại diện theo pháp luật", OWNS]
    check = f"/nop-ho-so/{dossier_id}/xem-lai/"
    assert said(binh, check) == ["Binh", "Người được ủy quyền", BELONGS]
    assert said(an, check) == as_owner
    an.post(check, {"version": str(act.version), "words": CONSENT, "consented": "on", "declared": "on"})
    assert state_of(dossier_id).filed_at is not None
    assert said(an, f"/ho-so-cua-toi/{dossier_id}/") == as_owner
    assert said(binh, f"/ho-so-cua-toi/{dossier_id}/") == as_owner


def test_filing_for_an_organisation_types_neither_name_nor_number(world: World, an: Client) -> None:
    made = acting.organisation(world.people["an"], world.now)
    path = f"/nop-ho-so/1.000001/?cho=to-chuc-{made}"
    asked = set(an.get(path, follow=True).context["form"].fields)
    assert asked == {"phone", "email", "address"}
    forged = DETAILS | {"name": "Kẻ khác", "personal_id": "066090000077"}
    answer = an.post(path, forged)
    dossier_id = answer.headers["Location"].split("/")[2]
    applicant = state_of(dossier_id).contents.applicant
    assert (applicant.name, applicant.organisation_number) == ("Công ty TNHH Hạt Cà Phê", "6001234567")
    assert answer.headers["Location"] == f"/nop-ho-so/{dossier_id}/"
    assert "6001234567" in an.get(f"/nop-ho-so/{dossier_id}/lien-he/").content.decode()
    assert "Công ty TNHH Hạt Cà Phê" in an.get(f"/nop-ho-so/{dossier_id}/").content.decode()
    for closed in ("nop-cho-ai", "chu-ho-so", "tu-cach"):
        leads = an.get(f"/nop-ho-so/{dossier_id}/{closed}/").headers["Location"]
        assert leads == f"/nop-ho-so/{dossier_id}/"


def test_organisation_files_with_a_fixed_line_and_is_told_where_letters_go(world: World, an: Client) -> None:
    made = acting.organisation(world.people["an"], world.now, email="kho@example.vn")
    path = f"/nop-ho-so/1.000001/?cho=to-chuc-{made}"
    page = an.get(path, follow=True).content.decode()
    assert "Tổ chức chưa xác nhận hộp thư nào" in page
    assert "Mã số thuế hoặc mã số doanh nghiệp: 6001234567" in page
    Organisation.objects.filter(pk=made).update(email_verified_at=world.now)
    assert "Thư báo gửi tới hộp thư đã xác nhận" in an.get(path, follow=True).content.decode()
    answer = an.post(path, {"phone": "0262 385 1234", "email": "", "address": "12 Lê Duẩn"})
    dossier_id = answer.headers["Location"].split("/")[2]
    assert state_of(dossier_id).contents.applicant.phone == "02623851234"
    left_empty = an.post(f"/nop-ho-so/{dossier_id}/lien-he/", {"phone": "", "address": "x"})
    assert left_empty.context["form"].errors["phone"] == ["Hãy nhập số điện thoại liên hệ."]
    own = an.post("/nop-ho-so/1.000001/?cho=toi", DETAILS, follow=True).redirect_chain[-1][0]
    refused = an.post(f"/nop-ho-so/{own.split('/')[2]}/lien-he/", {"phone": "0262 385 1234", "address": "x"})
    assert hrefs(refused) == ["#id_phone"]  # a person is called on a mobile


def test_filing_under_a_mandate_types_neither_name_nor_number(world: World, binh: Client) -> None:
    paper = documents.store(upload=samples.upload(), name="x.pdf", actor=world.actor("an"), at=world.now)
    made = acting.mandate(world.people["an"], world.people["binh"], world.now, paper=paper.id)
    path = f"/nop-ho-so/1.000001/?cho=uy-quyen-{made}"
    assert set(binh.get(path, follow=True).context["form"].fields) == {"date_of_birth"}
    forged = {"date_of_birth": "15/03/1990", "name": "Kẻ khác", "personal_id": "066090000077"}
    answer = binh.post(path, forged)
    dossier_id = answer.headers["Location"].split("/")[2]
    assert answer.headers["Location"] == f"/nop-ho-so/{dossier_id}/lien-he/"
    applicant = state_of(dossier_id).contents.applicant
    assert (applicant.name, applicant.personal_id, applicant.date_of_birth) == (
        "An",
        "066090000001",
        date(1990, 3, 15),
    )
    for closed in ("nop-cho-ai", "tu-cach"):
        leads = binh.get(f"/nop-ho-so/{dossier_id}/{closed}/").headers["Location"]
        assert leads == f"/nop-ho-so/{dossier_id}/"


def test_what_the_representative_typed_stands_behind_no_other_name(world: World, binh: Client) -> None:
    reach = [
        FormField("requester_name", "Họ và tên", FieldKind.TEXT, required=True, prefill="full_name"),
        FormField("requester_address", "Nơi cư trú", FieldKind.TEXT, required=True, prefill="address"),
        FormField("requester_phone", "Điện thoại", FieldKind.PHONE, required=True, prefill="phone"),
    ]
    content = sheet(code="1.000009", eform=(FormSection("Người yêu cầu", tuple(reach)),))
    version = published(content, world.agency, world.units[UnitKind.DIVISION])
    paper = documents.store(upload=samples.upload(), name="x.pdf", actor=world.actor("an"), at=world.now)
    made = acting.mandate(world.people["an"], world.people["binh"], world.now, paper=paper.id)

    def begun(**more: Any) -> tuple[dict[str, Any], str]:
        act = world.draft(
            actor=world.actor("binh"), procedure_version_id=version.pk, form_data={}, documents=(), **more
        )
        there = f"/nop-ho-so/{act.dossier_id}/"
        groups = binh.get(there).context["groups"]
        hint = next(task.hint for group in groups for task in group.tasks if task.key == "questions-1")
        return binh.get(there + "to-khai/1/").context["form"].initial, hint

    shown, hint = begun(acting_by=f"uy-quyen-{made}")
    assert (shown["requester_name"], shown.get("requester_address"), shown.get("requester_phone")) == (
        "An",
        None,
        None,
    )
    assert hint == "Còn 2 câu chưa xong."
    shown, hint = begun()
    assert (shown["requester_address"], shown["requester_phone"]) == ("Buôn Ma Thuột", "0905000001")
    assert hint == "Đã điền sẵn từ thông tin bạn đã khai. Hãy xem lại rồi lưu."


def test_paper_of_the_mandate_goes_along_and_is_not_asked_again(world: World, binh: Client) -> None:
    proxy = RequiredDocument("proxy", "Văn bản ủy quyền", required=False, is_for_others=True)
    content = sheet(code="1.000009", components=(RequiredDocument("paper", "Giấy chứng minh"), proxy))
    version = published(content, world.agency, world.units[UnitKind.DIVISION])
    paper = documents.store(
        upload=samples.upload(), name="uy-quyen-cua-an.pdf", actor=world.actor("an"), at=world.now
    )
    made = acting.mandate(world.people["an"], world.people["binh"], world.now, paper=paper.id)
    act = world.draft(
        actor=world.actor("binh"), procedure_version_id=version.pk, acting_by=f"uy-quyen-{made}"
    )
    for page in ("giay-to", "xem-lai"):
        html = binh.get(f"/nop-ho-so/{act.dossier_id}/{page}/").content.decode()
        assert f"/ho-so-cua-toi/{act.dossier_id}/tep/{paper.id}/" in html
        assert "Văn bản ủy quyền" not in html
    assert b"".join(binh.get(f"/ho-so-cua-toi/{act.dossier_id}/tep/{paper.id}/").streaming_content)
    act = world.submit(act, actor=world.actor("binh"))
    assert DossierFile.objects.filter(dossier_id=act.dossier_id, file_id=paper.id).exists()


@pytest.mark.parametrize("key", ["to-chuc-1", "uy-quyen-1", "xyz"])
def test_filing_under_a_right_one_does_not_have_is_refused(binh: Client, world: World, key: str) -> None:
    acting.organisation(world.people["an"], world.now)
    assert binh.get(f"/nop-ho-so/1.000001/?cho={key}").status_code == 403


def test_principals_account_is_not_shown_to_the_representative(world: World, binh: Client) -> None:
    made = acting.mandate(world.people["an"], world.people["binh"], world.now)
    text = binh.get(f"/nop-ho-so/1.000001/?cho=uy-quyen-{made}", follow=True).content.decode()
    assert "066090000001" in text
    assert "an@example.vn" not in text


# --- my dossiers ---------------------------------------------------------------------------------


def test_list_shows_whose_each_is_and_goes_on(world: World, binh: Client) -> None:
    paper = documents.store(upload=samples.upload(), name="x.pdf", actor=world.actor("an"), at=world.now)
    made = acting.mandate(world.people["an"], world.people["binh"], world.now, paper=paper.id)
    act = world.submit(
        world.draft(actor=world.actor("binh"), acting_by=f"uy-quyen-{made}"), actor=world.actor("binh")
    )
    for _ in range(26):
        world.draft(actor=world.actor("binh"))
    page = binh.get("/ho-so-cua-toi/")
    groups = {group.key: group for group in page.context["groups"]}
    assert len(groups["dang-soan"].rows) == 10
    assert [row["dossier"].id for row in groups["dang-lam"].rows] == [act.dossier_id]
    assert "Chủ hồ sơ:" in page.content.decode()
    more = binh.get("/ho-so-cua-toi/" + groups["dang-soan"].next)
    (group,) = more.context["groups"]
    assert (len(group.rows), group.next) == (16, "")
    only = binh.get("/ho-so-cua-toi/?cua=nop-thay").context["groups"]
    assert [row["dossier"].id for row in only[0].rows] == [act.dossier_id]
    for wild in ("?nhom=can-lam&sau=%C4%90", "?cua=to-chuc-1", "?nhom=x&sau=y"):
        assert binh.get("/ho-so-cua-toi/" + wild).status_code == 200


# --- registration --------------------------------------------------------------------------------


def test_registration_takes_three_screens_and_makes_no_account_on_the_way(world: World) -> None:
    browser = Client()
    first = browser.post("/dang-ky/", {"step": "1", **TYPED})
    assert (first.status_code, first.context["number"]) == (200, 2)
    assert f'name="personal_id" value="{TYPED["personal_id"]}"' in first.content.decode()
    second = browser.post("/dang-ky/", {"step": "2", **TYPED, **REACH})
    assert (second.status_code, second.context["number"]) == (200, 3)
    assert not Account.objects.filter(personal_id=TYPED["personal_id"]).exists()
    last = browser.post("/dang-ky/", {"step": "3", **TYPED, **REACH, **SECRET})
    assert last.headers["Location"] == "/dang-ky/xac-nhan/"
    assert of(browser.session, KEPT) == {}
    assert Account.objects.get(personal_id=TYPED["personal_id"]).email == REACH["email"]


@pytest.mark.parametrize("step", ["2", "3"])
def test_going_back_keeps_what_was_typed_and_judges_nothing(step: str, world: World) -> None:
    typed = {"step": step, "back": "1", **TYPED, **REACH, "email": "em", "password": "bí mật"}
    answer = Client().post("/dang-ky/", typed)
    assert (answer.status_code, answer.context["number"]) == (200, int(step) - 1)
    text = answer.content.decode()
    for value in (TYPED["personal_id"], REACH["phone"], 'value="em"'):
        assert value in text
    assert "bí mật" not in text


@pytest.mark.parametrize(
    ("change", "number", "field"),
    [
        ({"personal_id": "12"}, 1, "personal_id"),
        ({"full_name": "An\x07"}, 1, "full_name"),
        ({"email": "em"}, 2, "email"),
        ({"password": "123"}, 3, "password"),
        ({"accepts_terms": ""}, 3, "accepts_terms"),
    ],
)
def test_fault_leads_to_its_screen(world: World, change: dict[str, str], number: int, field: str) -> None:
    answer = Client().post("/dang-ky/", {"step": "3", **TYPED, **REACH, **SECRET, **change})
    assert (answer.status_code, answer.context["number"]) == (422, number)
    assert f"#id_{field}" in hrefs(answer)


def test_what_waits_is_told_on_the_page_of_the_account(world: World, binh: Client) -> None:
    acting.mandate(world.people["an"], world.people["binh"], world.now, accepted=False)
    assert "Có 1 lời ủy quyền" in binh.get("/tai-khoan/").content.decode()
    assert len(queries.mandates_of(world.people["binh"].pk, world.now.date())) == 1


def test_mailbox_of_an_organisation_is_put_right_and_confirmed_by_its_representative(
    world: World, browser_of: Browser
) -> None:
    made = acting.organisation(world.people["an"], world.now, email="kho@example.vm")
    acting.join(made, world.people["an"], world.people["binh"], world.now)
    an, binh, home = browser_of("an"), browser_of("binh"), f"/tai-khoan/to-chuc/{made}/"
    waits = "Tổ chức chưa xác nhận hộp thư nào nên thư báo chỉ gửi cho những người được nộp hồ sơ"
    for browser in (an, binh):
        assert waits in browser.get(home).content.decode()
    assert waits in an.get(home + "hop-thu/").content.decode()
    for page in ("lien-he/", "hop-thu/"):
        assert binh.get(home + page).status_code == 403
        assert home + page not in binh.get(home).content.decode()
        assert home + page in an.get(home).content.decode()
    typed = {"address": "15 Lê Duẩn", "phone": "", "email": "kho@example.vn"}
    answer = an.post(f"{home}lien-he/", typed, follow=True)
    assert answer.redirect_chain[-1][0] == f"{home}hop-thu/"
    assert "Đã gửi mã tới hộp thư mới." in answer.content.decode()
    again = an.post(f"{home}hop-thu/", {"act": "send"}, follow=True)
    assert "Đã gửi mã tới kho@example.vn." in again.content.decode()
    wrong = an.post(f"{home}hop-thu/", {"code": "abc"})
    assert "Mã xác nhận không đúng" in wrong.content.decode()
    done = an.post(f"{home}hop-thu/", {"code": last_code("organisation.mailbox_code")}, follow=True)
    assert "Đã xác nhận hộp thư." in done.content.decode()
    assert waits not in binh.get(home).content.decode()
    assert an.get(f"{home}hop-thu/").status_code == 302


def test_only_representative_reads_that_they_must_pass_it_on_before_they_leave(
    world: World, browser_of: Browser
) -> None:
    an, binh = world.people["an"], world.people["binh"]
    firm = acting.organisation(an, world.now)
    acting.join(firm, an, binh, world.now)
    path = f"/tai-khoan/to-chuc/{firm}/roi/"
    text = browser_of("an").get(path).content.decode()
    assert "nên chưa rời được" in text
    assert '<form method="post" class="mc-buttons">' not in text
    assert '<form method="post" class="mc-buttons">' in browser_of("binh").get(path).content.decode()
