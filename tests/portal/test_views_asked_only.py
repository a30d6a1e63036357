"""Who changes an answer or the case sees what is not sent any more, and nothing of it goes out unseen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client
from tests.dossiers.world import World, sheet
from tests.portal.samples import upload
from tests.portal.test_views_filing import AGREED, MINE, page, post, state
from tests.portal.test_views_filing_cases import CASES, portal_with, started

from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.dossiers import services
from motcua.dossiers.models import DossierFile

pytestmark = pytest.mark.django_db

ABROAD = RequiredDocument("abroad", "Giấy của nước ngoài", variants=CASES[1:])
LEFT = "Trường hợp đã chọn không yêu cầu giấy tờ này"
FORM = (
    FormSection(
        "Nội dung",
        (
            FormField("purpose", "Mục đích"),
            FormField("partner", "Dự định kết hôn với ai", depends_on=("purpose", "kết hôn")),
            FormField("number", "Số của người đó", depends_on=("partner", "Bình")),
        ),
    ),
)


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> tuple[World, Client, str]:
    """A draft with papers and answers of the case and the answer before."""
    plain = sheet(variants=CASES, eform=FORM)
    content = replace(plain, components=(*plain.components, ABROAD))
    world, an = portal_with(content, monkeypatch)
    draft = started(an, f"{MINE}&truong-hop={CASES[1]}")
    post(an, draft, "to-khai/1", purpose="kết hôn", partner="Bình", number="066090000009")
    files = {"file-paper": upload(name="giay.pdf"), "file-abroad": upload(name="ngoai.pdf")}
    post(an, draft, "giay-to", upload="yes", **files)
    post(an, draft, "nhan-ket-qua", delivery="counter")
    post(an, draft, "truong-hop", variant=CASES[0])
    post(an, draft, "to-khai/1", purpose="vay vốn", partner="Bình", number="066090000009")
    return world, an, draft


def file_of(draft: str, key: str) -> str:
    return next(each.file_id or "" for each in state(draft).contents.documents if each.key == key)


def test_paper_of_the_case_before_is_shown_and_not_sent(changed: tuple[World, Client, str]) -> None:
    world, an, draft = changed
    for name in ("giay-to", "xem-lai"):
        shown = an.get(page(draft, name))
        text = shown.content.decode()
        assert LEFT in text
        assert f'name="remove" value="{file_of(draft, "abroad")}"' in text
        assert [row.paper.key for row in shown.context["stays_behind"]] == ["abroad"]
    assert [row.paper.key for row in shown.context["worth_showing"]] == ["paper"]
    left = file_of(draft, "abroad")
    answer = post(an, draft, "xem-lai", **AGREED)
    assert answer.headers["Location"] == page(draft, "da-gui")
    assert [each.key for each in state(draft).contents.documents] == ["paper"]
    own = an.get(f"/ho-so-cua-toi/{draft}/").content.decode()
    assert "ngoai.pdf" not in own
    assert "giay.pdf" in own
    assert not DossierFile.objects.filter(dossier_id=draft, file_id=left).exists()
    assert an.get(f"/ho-so-cua-toi/{draft}/tep/{left}/").status_code == 404
    held = services.open_dossier(actor=world.actor("chi"), at=world.later(), dossier_id=draft)
    assert left not in held.files
    assert services.verify().difference is None


def test_paper_that_is_not_sent_can_be_taken_back_on_both_pages(changed: tuple[World, Client, str]) -> None:
    _, an, draft = changed
    address = page(draft, "giay-to")
    given = {"version": state(draft).version, "remove": file_of(draft, "abroad")}
    answer = an.post(f"{address}?ve=xem-lai", {**given, "back": "yes"})
    assert answer.headers["Location"] == page(draft, "xem-lai")
    assert [each.key for each in state(draft).contents.documents] == ["paper"]
    text = an.get(page(draft, "xem-lai")).content.decode()
    assert "Đã bỏ: ngoai.pdf." in text
    assert LEFT not in text


def test_who_changes_back_sends_what_was_there(changed: tuple[World, Client, str]) -> None:
    _, an, draft = changed
    post(an, draft, "truong-hop", variant=CASES[1])
    assert LEFT not in an.get(page(draft, "xem-lai")).content.decode()
    post(an, draft, "to-khai/1", purpose="kết hôn", partner="Bình", number="066090000009")
    post(an, draft, "xem-lai", **AGREED)
    filed = state(draft).contents
    assert {each.key for each in filed.documents} == {"paper", "abroad"}
    assert filed.form_data["number"] == "066090000009"


def test_answer_that_is_not_asked_any_more_is_neither_read_back_nor_sent(
    changed: tuple[World, Client, str],
) -> None:
    world, an, draft = changed
    assert state(draft).contents.form_data["number"] == "066090000009"
    assert an.get(page(draft, "to-khai/1")).context["form"]["partner"].value() == "Bình"
    checked = an.get(page(draft, "xem-lai"))
    assert checked.context["answers"][0]["rows"] == [{"key": "Mục đích", "value": "vay vốn"}]
    post(an, draft, "xem-lai", **AGREED)
    assert dict(state(draft).contents.form_data) == {"purpose": "vay vốn"}
    own = an.get(f"/ho-so-cua-toi/{draft}/").content.decode()
    assert "066090000009" not in own
    opened = services.open_dossier(actor=world.actor("chi"), at=world.later(), dossier_id=draft)
    assert dict(opened.state.contents.form_data) == {"purpose": "vay vốn"}
