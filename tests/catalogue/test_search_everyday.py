"""What people type, and the procedure that they mean: among the first three, whatever the spelling."""

from __future__ import annotations

from datetime import datetime

import pytest

from motcua.catalogue import queries, services
from motcua.kernel.actors import SYSTEM
from motcua.worktime.rules import ZONE

pytestmark = pytest.mark.django_db

BIRTH, DEATH, MARRIAGE, SINGLE, CHANGE = "1.001193", "1.000656", "1.000894", "1.004873", "1.004859"
EXTRACT, COPY, SIGNATURE, ADOPTION = "2.000635", "2.000815", "2.000884", "2.001263"
RESIDENCE, STAY, POOR, BIRTH_BUNDLE = "1.004222", "1.004194", "1.011607", "2.000986"
SHOP, SHOP_CHANGE, SHOP_END, COMPANY, COOPERATIVE = "1.001612", "2.000720", "1.001266", "2.001610", "1.005280"
HOUSE, LAND_FIRST, PARCEL, LAND_NEW_OWNER, LAND_RENEW = (
    "1.013225",
    "1.013978",
    "1.012784",
    "2.000983",
    "1.012783",
)
LAND_QUARREL, MORTGAGE, ALLOWANCE, RECORD = "1.012812", "1.011441", "1.001776", "3.000333"
DRIVING, VEHICLE, TRANSPORT, FOOD, NATIONALITY = "3.000347", "1.012575", "1.000703", "2.001827", "2.002039"

MEANT = {
    # as people say it
    "làm khai sinh": BIRTH,
    "làm giấy khai sinh cho con": BIRTH,
    "vợ tôi mới sinh con": BIRTH,
    "mất giấy khai sinh": EXTRACT,
    "xin lại giấy khai sinh": EXTRACT,
    "sửa giấy khai sinh": CHANGE,
    "sai ngày sinh": CHANGE,
    "đổi họ cho con": CHANGE,
    "bố mất": DEATH,
    "báo tử": DEATH,
    "làm đám cưới": MARRIAGE,
    "đăng ký kết hôn": MARRIAGE,
    "giấy độc thân": SINGLE,
    "xác nhận chưa vợ": SINGLE,
    "xin con nuôi": ADOPTION,
    "photo công chứng": COPY,
    "sao y bản chính": COPY,
    "chứng chữ ký": SIGNATURE,
    "nhập hộ khẩu": RESIDENCE,
    "chuyển hộ khẩu": RESIDENCE,
    "đăng ký ở trọ": STAY,
    "thẻ bảo hiểm y tế cho bé": BIRTH_BUNDLE,
    "xin sổ hộ nghèo": POOR,
    "mở quán ăn": SHOP,
    "mở quán cà phê": SHOP,
    "mở tiệm tạp hóa": SHOP,
    "giấy phép kinh doanh": SHOP,
    "đổi tên quán": SHOP_CHANGE,
    "nghỉ bán hàng": SHOP_END,
    "mở công ty": COMPANY,
    "lập hợp tác xã": COOPERATIVE,
    "xin phép xây nhà": HOUSE,
    "làm sổ đỏ lần đầu": LAND_FIRST,
    "sang tên đất": LAND_NEW_OWNER,
    "sang tên sổ đỏ": LAND_NEW_OWNER,
    "đổi sổ đỏ": LAND_RENEW,
    "tách sổ": PARCEL,
    "tranh chấp đất với hàng xóm": LAND_QUARREL,
    "thế chấp sổ đỏ vay ngân hàng": MORTGAGE,
    "tiền người già": ALLOWANCE,
    "trợ cấp khuyết tật": ALLOWANCE,
    "xin giấy lý lịch tư pháp": RECORD,
    "giấy xác nhận không tiền án": RECORD,
    "đổi bằng lái xe": DRIVING,
    "đăng ký xe máy mới": VEHICLE,
    "xin phép chạy xe khách": TRANSPORT,
    "giấy vệ sinh thực phẩm": FOOD,
    "nhập quốc tịch": NATIONALITY,
    # without accents
    "lam khai sinh": BIRTH,
    "mo quan an": SHOP,
    "sang ten dat": LAND_NEW_OWNER,
    "nhap ho khau": RESIDENCE,
    "doi bang lai": DRIVING,
    # with slips of the keyboard
    "khai sihn": BIRTH,
    "đăng ký kêt hôm": MARRIAGE,
    "giấy phép xay dugn": HOUSE,
    "thuong tru": RESIDENCE,
    "ly lich tu phapp": RECORD,
    "dang ky tam tur": STAY,
    "tach thuaw": PARCEL,
}


@pytest.fixture
def published() -> None:
    at = datetime(2025, 12, 1, 9, 0, tzinfo=ZONE)
    services.import_file(services.PROCEDURES, actor=SYSTEM, at=at)


@pytest.mark.usefixtures("published")
def test_what_people_type_is_among_the_first_three() -> None:
    astray = {
        text: [card.title for card in queries.search(text, 3)]
        for text, code in MEANT.items()
        if code not in [card.code for card in queries.search(text, 3)]
    }
    assert astray == {}
