"""What the papers of sample lives are called."""

from __future__ import annotations

import pytest
from tests.dossiers.world import sheet

from motcua.catalogue.rules.sheets import Result
from motcua.config.demo.papers import result_name
from motcua.dossiers.enums import Decision
from motcua.dossiers.rules.result_names import REPLY

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
