"""Governing the catalogue in the browser: from a decision to what citizens read, narrow and wide."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.town import PASSWORD, PROCEDURE, Town

from motcua.accounts import services as account_services
from motcua.agencies import services as agency_services
from motcua.kernel.actors import SYSTEM


def administrator(town: Town) -> None:
    """The province's administrator, who acts for the Office and for the department that assesses."""
    account_services.create_officer(
        actor=SYSTEM,
        username="quan",
        full_name="Đặng Quốc Quân",
        at=town.now(),
        is_admin=True,
        password=PASSWORD,
    )


def logged_in(visitor: NewVisitor, username: str, width: int) -> Visitor:
    officer = visitor(width=width)
    officer.go("/noi-bo/dang-nhap/")
    officer.fill(username=username, password=PASSWORD)
    officer.press("Đăng nhập")
    return officer


def test_from_the_decision_to_what_citizens_read(visitor: NewVisitor, town: Town) -> None:
    """The walk on a narrow screen; at its end the pages once more on a wide one."""
    width = 320
    today = town.now().date()
    agency_services.add_contact(
        actor=SYSTEM,
        at=town.now(),
        agency_id=town.agency.id,
        entry=agency_services.ContactEntry(
            "Trần Thị Chi, cán bộ tiếp nhận", "Hướng dẫn nộp hồ sơ", "0262 3850 001", "chi@example.vn"
        ),
    )
    khoa = logged_in(visitor, "khoa", width)
    khoa.go("/noi-bo/danh-muc/viec/")
    khoa.go("/noi-bo/danh-muc/quyet-dinh/")
    khoa.follow("Ghi nhận quyết định")
    khoa.press("Ghi nhận quyết định")
    khoa.fill(
        number="31/QĐ-UBND",
        title="Công bố danh mục thủ tục hành chính lĩnh vực hộ tịch",
        signer="Chủ tịch Ủy ban nhân dân tỉnh",
        signed_on=f"{today - timedelta(days=8)}",
        effective_on=f"{today - timedelta(days=8)}",
        changed=PROCEDURE,
    )
    khoa.press("Ghi nhận quyết định")
    khoa.follow("Cập nhật, công khai trên Hệ thống", exact=False)
    khoa.fill(proof="Công văn số 5/UBND-VP")
    khoa.press("Ghi nhận đã xong")
    khoa.go("/noi-bo/danh-muc/viec/")
    khoa.follow("Đăng trên trang thông tin của cơ quan", exact=False)
    khoa.fill(done_on=f"{today}", proof="Trang thông tin điện tử của phường")
    khoa.press("Ghi nhận đã xong")
    khoa.go("/noi-bo/danh-muc/viec/?loc=da-xong")

    # The review, a proposal, its assessment and the decision.
    khoa.go("/noi-bo/danh-muc/truc-tuyen/")
    khoa.follow("Rà soát và đề xuất của", exact=False)
    khoa.page.locator(f"a[href*='/{PROCEDURE}/']").first.click()
    khoa.check()
    khoa.press("Gửi đề xuất")
    khoa.page.locator("[name=level]").first.check()
    khoa.fill(reason="Hơn một nghìn hồ sơ mỗi năm; làm trong quý I.")
    khoa.press("Gửi đề xuất")
    proposal = khoa.page.url
    khoa.go("/noi-bo/danh-muc/truc-tuyen/")
    khoa.follow("Rà soát và đề xuất của", exact=False)
    khoa.press("Gửi lộ trình")

    # A process, from the one in force.
    khoa.go("/noi-bo/danh-muc/quy-trinh/")
    khoa.fill(code=PROCEDURE)
    khoa.press("Bắt đầu dự thảo")
    khoa.page.locator("[name='s2-action']").fill("Kiểm tra sổ gốc và dự thảo bản sao")
    khoa.page.locator("[name='s2-time']").fill("nhanh")
    khoa.press("Lưu và kiểm tra")
    khoa.page.locator("[name='s2-time']").fill("30")
    khoa.page.locator("[name='s2-time_unit']").select_option("working_day")
    khoa.page.locator("[name=act][value=add-2]").click()
    khoa.check()
    khoa.page.locator("[name='s3-action']").fill("Niêm yết công khai")
    khoa.page.locator("[name='s3-only_if']").fill("có khiếu nại")
    khoa.page.locator("[name='s3-shares_time']").check()
    khoa.page.locator("[name='s3-time']").fill("2")
    khoa.press("Lưu và kiểm tra")
    khoa.page.locator("[name='s3-time']").fill("")
    khoa.press("Lưu và kiểm tra")
    assert "chỉ khi có khiếu nại" in khoa.page.inner_text("main")
    assert "chung với bước trên" in khoa.page.inner_text("main")
    draft = khoa.page.url
    khoa.follow("Soạn dự thảo quyết định để trình ký")
    khoa.go(draft)
    khoa.fill(override="Bảng đã được ký như vậy")
    khoa.press("Gửi phê duyệt")

    # Something that the regulation wants public.
    khoa.go("/noi-bo/danh-muc/cong-khai/")
    khoa.follow("Đăng thông tin")
    khoa.page.locator("[name=kind]").select_option("evaluation")
    khoa.fill(title="Kết quả đánh giá quý III", body="98% hồ sơ đúng hẹn.", source="Công văn số 6/UBND-VP")
    khoa.press("Đăng công khai")
    khoa.follow("Kết quả đánh giá quý III")

    administrator(town)
    quan = logged_in(visitor, "quan", width)
    quan.fill(current=PASSWORD, new=f"{PASSWORD} mới", again=f"{PASSWORD} mới")
    quan.page.locator("main form button[type=submit]").last.click()
    quan.check()
    if "dieu-khoan" in quan.page.url:
        quan.page.locator("main form button[type=submit]").last.click()
        quan.check()
    quan.go(proposal)
    quan.page.locator("[name=what]").first.check()
    quan.fill(text="Đủ điều kiện kỹ thuật.")
    quan.press("Ghi ý kiến thẩm định")
    quan.go("/noi-bo/danh-muc/truc-tuyen/quyet-dinh/")
    quan.fill(number="40/QĐ-UBND", signed_on=f"{today}", effective_on=f"{today + timedelta(days=5)}")
    quan.page.locator("main table select").first.select_option("approve")
    quan.press("Ghi nhận quyết định")
    quan.go("/noi-bo/danh-muc/truc-tuyen/?loc=quyet-dinh")
    quan.go("/noi-bo/danh-muc/lo-trinh/")
    quan.go(draft)
    quan.fill(number="41/QĐ-UBND", signed_on=f"{today}", effective_on=f"{today + timedelta(days=1)}")
    quan.press("Ban hành quy trình")
    quan.go(f"/noi-bo/quan-tri/co-quan/{town.agency.id}/lien-he/")
    quan.go("/noi-bo/danh-muc/quyet-dinh/")

    an = visitor(width=width, script=False)
    for path in ("danh-muc-truc-tuyen/", "danh-gia/", "quy-trinh/", f"quy-trinh/?thu-tuc={PROCEDURE}"):
        an.go(f"/cong-khai/{path}")
    an.go("/cong-khai/lien-he-co-quan/")
    an.go(f"/co-quan/{town.agency.id}/")
    page = an.go(f"/thu-tuc/{PROCEDURE}/")
    assert re.search(r"31/QĐ-UBND", page.content())

    wide = logged_in(visitor, "khoa", 1280)
    lists = ("viec/", "quyet-dinh/", "quyet-dinh/them/", "truc-tuyen/", "quy-trinh/", "cong-khai/")
    for path in (*lists, "cong-khai/them/", f"ra-soat/{town.agency.id}/"):
        wide.go(f"/noi-bo/danh-muc/{path}")
    wide.go(proposal)
    wide.go(draft)
    for path in ("danh-muc-truc-tuyen/", f"quy-trinh/?thu-tuc={PROCEDURE}", "lien-he-co-quan/"):
        wide.go(f"/cong-khai/{path}")

    dung = logged_in(visitor, "dung", 1280)
    page = dung.go("/noi-bo/danh-muc/viec/")
    assert "không có quyền" in page.content()
    assert page.locator("a[href='/noi-bo/danh-muc/viec/']").count() == 0
