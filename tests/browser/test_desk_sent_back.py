"""Work that comes back, and work given to who is away, in the browser: said where it is needed, legible."""

from __future__ import annotations

from datetime import timedelta

from playwright.sync_api import ViewportSize
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.inspection import SCROLLING
from tests.browser.test_desk_pages import accepted, enter
from tests.browser.test_desk_work import proposed
from tests.browser.town import Town

from motcua.agencies import services as agencies
from motcua.dossiers import queries, services
from motcua.dossiers.services import Act
from motcua.worktime.rules import local

REASON = (
    "Dự thảo chưa nêu căn cứ tại Điều 16 và ghi sai ngày sinh của chủ hồ sơ. Hãy đối chiếu lại với tờ khai."
)


def sent_back(town: Town) -> Act:
    act = proposed(town)
    (task,) = queries.state_of(act.dossier_id).tasks
    common = {"at": town.now(), "dossier_id": act.dossier_id, "expected_version": act.version}
    return services.send_back(
        actor=town.officers["hanh"], task_key=task.key, to_step=_back_to(act), reason=REASON, **common
    )


def _back_to(act: Act) -> str:
    state = queries.state_of(act.dossier_id)
    return services.send_back_targets(state, state.tasks[0])[-1].key


def looked_at(visitor: Visitor, path: str) -> None:
    """Wide and on a telephone, nothing beside the page."""
    page = visitor.go(path)
    visitor.check()
    for width in (360, 1280):
        page.set_viewport_size(ViewportSize(width=width, height=900))
        assert page.evaluate(SCROLLING) == []


def test_officer_reads_why_it_came_back_and_the_leader_compares(visitor: NewVisitor, town: Town) -> None:
    act = sent_back(town)
    path = f"/noi-bo/ho-so/{act.dossier_id}/"
    dung = enter(visitor, "dung")
    looked_at(dung, "/noi-bo/thong-bao/")
    assert f"Hồ sơ {act.reference} được trả lại để làm lại" in dung.page.inner_text("main")
    looked_at(dung, "/noi-bo/viec-cua-don-vi/")
    assert dung.page.locator("tbody .mc-tag", has_text="được trả lại").count() == 1
    looked_at(dung, path)
    looked_at(dung, f"{path}trinh-duyet/")
    assert dung.page.locator(".mc-notice", has_text=REASON).count() == 1
    (task,) = queries.state_of(act.dossier_id).tasks
    services.propose(
        actor=town.officers["dung"],
        at=town.now(),
        dossier_id=act.dossier_id,
        expected_version=act.version,
        task_key=task.key,
        decision="grant",
        text="Đã nêu căn cứ và sửa ngày sinh.",
    )
    hanh = enter(visitor, "hanh")
    looked_at(hanh, "/noi-bo/phe-duyet/")
    looked_at(hanh, f"/noi-bo/phe-duyet/nhieu/?ho-so={act.dossier_id}")
    looked_at(hanh, f"{path}phe-duyet/")
    assert hanh.page.locator(".mc-notice", has_text="Đề xuất lúc đó: Đồng ý giải quyết").count() == 1


def test_head_who_gives_work_to_an_absent_officer_sees_it(visitor: NewVisitor, town: Town) -> None:
    act = accepted(town)
    (task,) = queries.state_of(act.dossier_id).tasks
    common = {"at": town.now(), "dossier_id": act.dossier_id, "expected_version": act.version}
    services.hand_over(actor=town.officers["chi"], task_key=task.key, **common)
    today = local(town.now()).date()
    agencies.record_absence(
        actor=town.officers["hanh"],
        at=town.now(),
        account_id=int(town.officers["dung"].id),
        substitute_id=int(town.officers["lam"].id),
        first_day=today,
        last_day=today + timedelta(days=1),
        reason="Nghỉ phép",
    )
    lam, path = enter(visitor, "lam"), f"/noi-bo/ho-so/{act.dossier_id}/"
    looked_at(lam, f"{path}giao-nguoi-khac/")
    lam.page.get_by_label("vắng từ").check()
    lam.page.get_by_label("Lý do", exact=True).fill("Chia lại việc trong đơn vị.")
    lam.press("Giao việc")
    assert lam.page.get_by_text("làm thay.").count() == 1
    looked_at(lam, path)
