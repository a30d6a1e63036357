"""A citizen at a computer photographs papers with its camera, where there is one."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.conftest import NewVisitor
from tests.browser.test_desk_counter import browser, film  # noqa: F401 - the fixtures, a camera that plays a film
from tests.browser.test_papers import log_in, world  # noqa: F401 - the fixture
from tests.dossiers.world import World

from motcua.dossiers import queries

MAY = "document.featurePolicy.allowsFeature('camera')"


def test_papers_are_photographed_with_the_camera_of_the_computer(
    visitor: NewVisitor,
    world: World,  # noqa: F811 - the fixture
) -> None:
    an, draft = visitor(width=1280), world.draft(with_papers=False)
    log_in(an, world, "an")
    assert an.go(f"/nop-ho-so/{draft.dossier_id}/").evaluate(MAY) is False
    page = an.go(f"/nop-ho-so/{draft.dossier_id}/giay-to/")
    assert page.evaluate(MAY) is True
    paper = page.locator(".mc-upload-row", has=page.locator("#file-paper"))
    button = paper.get_by_role("button", name="Chụp bằng máy ảnh")
    an.check()
    button.click()
    for number in (1, 2):
        page.get_by_role("button", name="Chụp trang").click()
        page.get_by_role("img", name=str(number), exact=True).wait_for()
    an.check()
    an.press("Xong")
    expect(paper.locator(".mc-chosen__file")).to_have_text(["1.jpgBỏ", "2.jpgBỏ"])
    button.click()
    page.get_by_role("button", name="Chụp trang").click()
    page.get_by_role("img", name="1", exact=True).wait_for()
    an.press("Xong")
    expect(paper.locator(".mc-chosen__file")).to_have_text(["1.jpgBỏ", "2.jpgBỏ", "3.jpgBỏ"])
    an.check()
    an.press("Tải lên, ở lại trang này")
    expect(paper.locator(".mc-file__name a")).to_have_text(["1.jpg", "2.jpg", "3.jpg"])
    assert len(queries.state_of(draft.dossier_id).contents.documents) == 3


def test_pages_of_a_paper_are_photographed_and_joined(
    visitor: NewVisitor,
    world: World,  # noqa: F811 - the fixture
) -> None:
    an, draft = visitor(width=1280), world.draft(with_papers=False)
    log_in(an, world, "an")
    page = an.go(f"/nop-ho-so/{draft.dossier_id}/giay-to/paper/trang/")
    page.get_by_role("button", name="Chụp bằng máy ảnh").click()
    page.get_by_role("button", name="Chụp trang").click()
    page.get_by_role("img", name="1", exact=True).wait_for()
    an.press("Xong")
    an.press("Thêm vào")
    expect(page.get_by_role("heading", name="1 trang")).to_be_visible()
