"""Pages by which the keeping of terms is followed and urged, and on which late agencies own up in public."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from tests.browser.conftest import NewVisitor
from tests.browser.test_desk_pages import accepted, enter
from tests.browser.town import PROVINCE, Town

from motcua.accounts.models import Account
from motcua.desk import clock
from motcua.dossiers import queries, services
from motcua.worktime import queries as worktime


def test_terms_are_followed_and_an_agency_is_urged(
    visitor: NewVisitor, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = accepted(town)
    Account.objects.filter(username="hanh").update(is_admin=True)
    hanh = enter(visitor, "hanh")
    page = hanh.go("/noi-bo/theo-doi/")
    assert act.reference not in page.content()
    monkeypatch.setattr(clock, "now", lambda: town.now() + timedelta(days=9))
    month = f"{town.now():%Y-%m}"
    page = hanh.go(f"/noi-bo/theo-doi/?thang={month}")
    assert act.reference in page.content()
    page.get_by_role("link", name=re.compile("^Đôn đốc")).first.click()
    hanh.check()
    hanh.press("Gửi đôn đốc")  # without a word: the page says what is missing
    page.locator("[name=text]").fill("Xử lý hồ sơ đang quá hạn trong tuần này")
    hanh.press("Gửi đôn đốc")
    assert "Đã đôn đốc" in page.content()


def test_apologies_are_public_with_the_applicant_hidden(visitor: NewVisitor, town: Town) -> None:
    act = accepted(town)
    due_at = queries.state_of(act.dossier_id).due_at
    assert due_at is not None
    opens = worktime.published_calendar(PROVINCE).next_opening(due_at + timedelta(days=2))
    services.extend(
        actor=town.officers["hanh"],
        at=town.now(),
        dossier_id=act.dossier_id,
        expected_version=act.version,
        new_day=opens.date(),
        reason="Bà Lê Thị Bình vắng mặt khi xác minh",
    )
    anybody = visitor()
    page = anybody.go("/cong-khai/van-ban-xin-loi/")
    assert "L. T. B." in page.content()
    assert "Lê Thị Bình" not in page.content()


def test_question_to_others_asks_for_its_term(visitor: NewVisitor, town: Town) -> None:
    act = accepted(town)
    while (task := queries.state_of(act.dossier_id).tasks[0]).kind != "process":
        common = {"at": town.now(), "dossier_id": act.dossier_id, "expected_version": act.version}
        if task.kind == "intake":
            act = services.hand_over(actor=town.officers["chi"], task_key=task.key, **common)
        else:
            officer = town.officers["dung"].id
            act = services.assign(actor=town.officers["lam"], task_key=task.key, officer_id=officer, **common)
    dung_at_work = enter(visitor, "dung")
    page = dung_at_work.go(f"/noi-bo/ho-so/{act.dossier_id}/lay-y-kien/")
    page.locator("[name=question]").fill("Thửa đất có tranh chấp không")
    page.locator("[name=days]").fill("")
    dung_at_work.press("Gửi câu hỏi")
    assert not queries.state_of(act.dossier_id).consultations
