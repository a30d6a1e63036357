"""A question that hangs on an answer says on which, for who has no script and on the printed sheet."""

from __future__ import annotations

import pytest
from tests.dossiers.world import sheet
from tests.portal.test_views_filing import page
from tests.portal.test_views_filing_cases import portal_with, started

from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules.agreeing import APPLICANT_KIND, CASE
from motcua.catalogue.rules.eforms import FormField, FormSection, Option
from motcua.catalogue.rules.sheets import ORGANISATION, PERSON
from motcua.portal.forms.eform import when_asked

FORM = (
    FormSection(
        "Nội dung",
        (
            FormField(
                "purpose",
                "Mục đích",
                FieldKind.CHOICE,
                options=(Option("loan", "Để vay vốn"), Option("marry", "Để đăng ký kết hôn")),
            ),
            FormField("partner", "Dự định kết hôn với ai", depends_on=("purpose", "marry")),
            FormField("note", "Ghi chú", required=False, depends_on=("purpose", "loan")),
            FormField("post", "Chức vụ", required=False, depends_on=(APPLICANT_KIND, ORGANISATION)),
            FormField("born", "Nơi sinh", required=False, depends_on=(APPLICANT_KIND, PERSON)),
            FormField("grade", "Hạng", required=False, depends_on=(CASE, "Nhà ở")),
        ),
    ),
)
HANGS = "Chỉ trả lời khi chọn: Để đăng ký kết hôn, ở câu “Mục đích”. Khi đó bắt buộc trả lời."


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("purpose", ""),
        ("partner", HANGS),
        ("note", "Chỉ trả lời khi chọn: Để vay vốn, ở câu “Mục đích”."),
        ("post", "Chỉ trả lời khi chủ hồ sơ là tổ chức."),
        ("born", "Chỉ trả lời khi chủ hồ sơ là cá nhân."),
        ("grade", "Chỉ trả lời trong trường hợp: Nhà ở."),
    ],
)
def test_question_says_when_it_is_answered(key: str, said: str) -> None:
    question = next(each for each in FORM[0].fields if each.key == key)
    assert when_asked(question, FORM) == said


@pytest.mark.django_db
def test_page_and_sheet_say_when_a_question_is_answered(monkeypatch: pytest.MonkeyPatch) -> None:
    _, an = portal_with(sheet(eform=FORM), monkeypatch)
    draft = started(an)
    shown = an.get(page(draft, "to-khai/1")).content.decode()
    assert f'mc-when__said">{HANGS}</p>' in shown
    assert "chủ hồ sơ là tổ chức" not in shown  # known already, and not asked
    printed = an.get("/thu-tuc/1.000001/cau-hoi/").content.decode()
    assert HANGS in printed
    assert "Chỉ trả lời khi chủ hồ sơ là tổ chức." in printed
