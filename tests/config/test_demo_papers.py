"""What the papers of sample lives are called."""

from __future__ import annotations

from datetime import date, datetime
from random import Random

import pytest
from tests.dossiers.world import sheet

from motcua.catalogue.rules.sheets import Result
from motcua.catalogue.services.importing import DATA, eform
from motcua.config.demo.papers import answers, result_name
from motcua.dossiers.enums import Decision
from motcua.dossiers.rules.result_names import REPLY
from motcua.dossiers.rules.state import Applicant
from motcua.worktime.rules import ZONE

LICENCE = "Giấy chứng nhận đăng ký hộ kinh doanh"


@pytest.mark.parametrize(
    "beside",
    [
        "Thông báo bằng văn bản nội dung cần sửa đổi, bổ sung của Cơ quan đăng ký kinh doanh cấp xã",
        "Văn bản của Cơ quan đăng ký kinh doanh cấp xã thông báo lý do từ chối",
        "Văn bản không phê duyệt kết quả thẩm định báo cáo đánh giá tác động môi trường",
    ],
)
def test_sample_grant_is_not_recorded_as_a_paper_that_grants_nothing(beside: str) -> None:
    published = sheet(results=(Result("", beside), Result("", LICENCE)))
    assert result_name(Decision.GRANT, published) == LICENCE
    assert result_name(Decision.REFUSE, published) == REPLY
    assert result_name(Decision.GRANT, sheet()) == "Kết quả giải quyết"


@pytest.mark.parametrize("form", sorted(each.stem for each in (DATA / "eforms").glob("*.json")))
def test_person_of_a_sample_filing_has_one_name_and_one_birth_date(form: str) -> None:
    an = Applicant(
        "Nguyễn Văn An", "066090000001", "0905000001", "an@example.vn", "Buôn Ma Thuột",
        date_of_birth=date(1990, 3, 15),
    )  # fmt: skip
    for seed in range(30):
        given = answers(
            sheet(eform=eform(form)), an, "", datetime(2024, 3, 4, 9, 0, tzinfo=ZONE), Random(seed)
        )
        own = [key.removesuffix("id") for key, value in given.items() if value == an.personal_id]
        own += [key.removesuffix("name") for key, value in given.items() if value == an.name]
        assert {given.get(f"{stem}birth_date", "15/03/1990") for stem in own} <= {"15/03/1990"}
        assert {given.get(f"{stem}name", an.name) for stem in own} <= {an.name}
