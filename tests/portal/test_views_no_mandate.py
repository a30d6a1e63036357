"""What people read of a procedure that nobody may be entrusted with, such as marriage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client
from tests.accounts import acting
from tests.accounts.people import PASSWORD
from tests.dossiers.world import World, published, sheet
from tests.portal import samples
from tests.portal.conftest import Browser
from tests.portal.test_views_acting import entries, hrefs

from motcua.accounts.models import Mandate
from motcua.agencies.enums import UnitKind
from motcua.catalogue.enums import OnlineLevel
from motcua.catalogue.rules import reading
from motcua.catalogue.services import importing
from motcua.documents import services as documents

pytestmark = pytest.mark.django_db
TEXT = "Điều 2 Thông tư 04/2020/TT-BTP"
BOTH = "Hai bên phải cùng có mặt để ký khi nhận kết quả."
EITHER = "Bên nam hoặc bên nữ đều nộp được."
SAID = f"Thủ tục này không được ủy quyền cho người khác nộp ({TEXT})"


@pytest.fixture
def marriage(world: World) -> str:
    """Another procedure of the agency, beside the one that may be entrusted."""
    content = sheet(
        code="1.000894",
        title="Đăng ký kết hôn",
        online_level=OnlineLevel.PARTIAL,
        no_mandate=TEXT,
        applicants=("person",),
        who_files=EITHER,
        must_come=BOTH,
        result_ways=("counter",),
        result_ways_basis="Điều 18 Luật Hộ tịch",
    )
    published(content, world.agency, world.units[UnitKind.DIVISION])
    return content.code


def begun(world: World, an: Client, code: str) -> str:
    """The id of a draft that An has begun for themselves."""
    typed = {
        "name": "Lê Văn An",
        "personal_id": world.people["an"].personal_id,
        "date_of_birth": "15/03/1990",
    }
    return an.post(f"/nop-ho-so/{code}/?cho=toi", typed).headers["Location"].split("/")[2]


def test_data_say_it_of_marriage_and_mark_it_as_from_memory() -> None:
    rows = json.loads(Path(importing.DATA, "procedures.json").read_text(encoding="utf-8"))["procedures"]
    found = [reading.sheet(row, eform=()) for row in rows if row.get("no_mandate")]
    assert [(each.code, each.no_mandate) for each in found] == [("1.000894", TEXT)]
    assert found[0].provenance["no_mandate"] == "unverified"
    assert found[0].who_files.startswith("Bên nam hoặc bên nữ đều nộp được")
    assert found[0].provenance["who_files"] == "unverified"
    assert found[0].must_come.startswith("Hai bên nam, nữ phải cùng có mặt")
    assert found[0].result_ways == ("counter",)
    assert (found[0].provenance["must_come"], found[0].provenance["result_ways"]) == ("unverified",) * 2
    assert (found[0].applicants, found[0].provenance["applicants"]) == (("person",), "unverified")


def test_sheet_offers_no_mandate_and_says_why(world: World, marriage: str) -> None:
    page = Client().get(f"/thu-tuc/{marriage}/").content.decode()
    assert SAID in page
    assert EITHER in page
    assert "Đối tượng thực hiện: cá nhân" in page
    assert "Cách nhận kết quả: đến nhận tại bộ phận một cửa (Điều 18 Luật Hộ tịch)" in page
    assert BOTH in page
    assert "Ủy quyền cho người khác nộp" not in page
    other = Client().get("/thu-tuc/1.000001/").content.decode()
    assert "Ủy quyền cho người khác nộp" in other
    assert SAID not in other
    assert "Cách nhận kết quả:" not in other


def test_form_of_a_mandate_leaves_it_out_and_says_so(
    world: World, marriage: str, browser_of: Browser
) -> None:
    world.people["an"].password = make_password(PASSWORD)
    world.people["an"].save(update_fields=["password"])
    an, page = browser_of("an"), "/tai-khoan/uy-quyen/moi/"
    assert "pháp luật không cho ủy quyền: Đăng ký kết hôn." in an.get(page).content.decode()
    found = an.get(f"{page}?tim=ket+hon").context["choice"].found
    assert [each.code for each in found if each.code == marriage] == []
    both = entries(scope="some", procedures=["1.000001", marriage], paper=samples.upload())
    answer = an.post(page, both)
    assert (answer.status_code, hrefs(answer)) == (422, ["#id_procedures"])
    assert "hãy bỏ dấu ở: Đăng ký kết hôn." in answer.content.decode()
    assert not Mandate.objects.exists()


def test_filing_offers_neither_who_gave_a_mandate_nor_a_paper_of_one(
    world: World, marriage: str, browser_of: Browser
) -> None:
    binh = browser_of("binh")
    paper = documents.store(upload=samples.upload(), name="x.pdf", actor=world.actor("an"), at=world.now)
    made = acting.mandate(world.people["an"], world.people["binh"], world.now, paper=paper.id)
    start = f"/nop-ho-so/{marriage}/"
    assert [each.key for each in binh.get("/nop-ho-so/1.000001/", follow=True).context["principals"]] == [
        f"uy-quyen-{made}"
    ]
    asked = binh.get(start, follow=True)
    assert asked.context["principals"] == ()
    assert SAID in asked.content.decode()
    again = binh.get(f"{start}?cho=uy-quyen-{made}", follow=True)
    assert again.context["principals"] == ()  # asked again
    assert binh.get(f"{start}?cho=khac", follow=True).context["principals"] == ()  # and so it is for others


def test_beginning_asks_for_nobody_else_and_says_who_files(
    world: World, marriage: str, browser_of: Browser
) -> None:
    an = browser_of("an")
    acting.organisation(world.people["an"], world.now)
    page = an.get(f"/nop-ho-so/{marriage}/", follow=True).content.decode()
    assert 'id="for-me"' in page
    assert EITHER in page
    assert BOTH in page
    for other in ('id="for-other"', "đại diện theo pháp luật", "giấy ủy quyền", 'value="to-chuc'):
        assert other not in page
    dossier_id = begun(world, an, marriage)
    again = an.get(f"/nop-ho-so/{dossier_id}/nop-cho-ai/")
    assert [value for value, _ in again.context["form"].fields["whose"].choices] == ["toi"]
    assert "giấy ủy quyền" not in again.content.decode()


def test_way_of_return_is_asked_for_among_what_the_procedure_allows(
    world: World, marriage: str, browser_of: Browser
) -> None:
    an = browser_of("an")
    assert an.get(f"/nop-ho-so/{marriage}/", follow=True).status_code == 200
    page = an.get(f"/nop-ho-so/{begun(world, an, marriage)}/nhan-ket-qua/")
    assert [value for value, _ in page.context["form"].fields["delivery"].choices] == ["counter"]
    assert BOTH in page.content.decode()


def test_beginning_of_what_is_for_persons_speaks_of_no_organisation(
    world: World, browser_of: Browser
) -> None:
    content = sheet(code="1.000777", title="Cấp giấy cho cá nhân", applicants=("person",))
    published(content, world.agency, world.units[UnitKind.DIVISION])
    an = browser_of("an")
    assert "Nộp cho một công ty" in an.get("/nop-ho-so/1.000001/", follow=True).content.decode()
    assert "Nộp cho một công ty" not in an.get("/nop-ho-so/1.000777/", follow=True).content.decode()


@pytest.mark.parametrize(
    ("conditions", "said"),
    [
        (None, "Chưa ghi nhận ở đây."),
        ((), "Không có."),
        (("Nam từ đủ 20 tuổi trở lên.",), "<li>Nam từ đủ 20 tuổi trở lên.</li>"),
    ],
)
def test_sheet_says_which_conditions_there_are_that_there_are_none_or_that_none_are_recorded(
    world: World, conditions: tuple[str, ...] | None, said: str
) -> None:
    content = sheet(code="1.000777", title="Có điều kiện", conditions=conditions)
    published(content, world.agency, world.units[UnitKind.DIVISION])
    page = Client().get("/thu-tuc/1.000777/").content.decode()
    part = page.partition('id="conditions"')[2].partition("</section>")[0]
    assert said in part
    assert sum(each in part for each in ("Chưa ghi nhận ở đây.", "Không có.", "<li>")) == 1
