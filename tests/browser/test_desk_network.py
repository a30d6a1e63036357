"""A form of the desk whose network breaks off: nothing typed is lost, and nothing is done twice."""

from __future__ import annotations

from playwright.sync_api import expect
from tests.browser.cables import Cable, Cut
from tests.browser.conftest import NewVisitor
from tests.browser.test_desk_pages import accepted, registered
from tests.browser.town import PASSWORD, Town
from tests.documents import samples

from motcua.dossiers import queries
from motcua.dossiers.enums import Status
from motcua.theme.wording import short_day
from motcua.worktime.rules import local


def test_form_whose_network_breaks_off_stays_and_is_done_once(
    visitor: NewVisitor, town: Town, cable: Cable
) -> None:
    act = accepted(town)
    chi = visitor()
    chi.page.clock.install()  # a second click within a second counts as the first; it need not be waited for
    page = chi.go(f"{cable.url}/noi-bo/dang-nhap/")
    chi.fill(username="chi", password=PASSWORD)
    chi.press("Đăng nhập")
    chi.go(f"{cable.url}/noi-bo/ho-so/{act.dossier_id}/dung-giai-quyet/")
    asked_on = short_day(local(town.now()).date())
    chi.fill(requested_on=asked_on, request="Đơn nộp tại quầy", reason="Sẽ nộp lại sau")
    letter = {"name": "don.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()}
    page.locator("[name=upload]").set_input_files(letter)  # type: ignore[arg-type]  # a plain dict
    said = page.locator("[data-mc-sending]")
    button = page.get_by_role("button", name="Ghi nhận dừng giải quyết", exact=True)
    for cut in (Cut.BEFORE, Cut.ANSWERS):
        cable.set(cut)
        button.click()
        chi.wait_until_sent()
        expect(said).to_contain_text("việc đã ghi thì không ghi lần thứ hai")
        assert page.locator("[name=reason]").input_value() == "Sẽ nộp lại sau"
        assert page.locator("[name=upload]").evaluate("field => field.files[0].name") == "don.pdf"
        cable.set(Cut.NOT)
        page.clock.fast_forward(1_500)
        stopped = Status.STOPPED if cut is Cut.ANSWERS else Status.ACCEPTED
        assert queries.state_of(act.dossier_id).status is stopped
        chi.complaints.clear()  # the browser's own word of the broken line
    chi.check()
    chi.press("Ghi nhận dừng giải quyết")
    assert page.get_by_role("heading", level=1).inner_text() == "Việc này đã được ghi nhận"
    history = queries.history(act.dossier_id)
    assert [entry.kind for entry in history].count("stopped") == 1
    assert len(queries.state_of(act.dossier_id).request_papers) == 1


def test_form_that_is_refused_or_taken_over_a_whole_cable_leads_on(
    visitor: NewVisitor, town: Town, cable: Cable
) -> None:
    act = registered(town)
    chi = visitor(width=360)
    page = chi.go(f"{cable.url}/noi-bo/dang-nhap/")
    chi.fill(username="chi", password=PASSWORD)
    chi.press("Đăng nhập")
    chi.go(f"{cable.url}/noi-bo/ho-so/{act.dossier_id}/dinh-chinh/")
    page.locator("[name=what][value=contact]").check()
    chi.fill(phone="0905999999")
    chi.press("Đính chính")
    assert "tra-lai=" in page.url  # the page of the refused form, where Back finds it
    assert page.title().startswith("Lỗi:")
    assert page.locator("[name=phone]").input_value() == "0905999999"
    chi.fill(reason="Người nộp báo đổi số")
    chi.press("Đính chính")
    assert page.url.endswith(f"/noi-bo/ho-so/{act.dossier_id}/")
    assert queries.state_of(act.dossier_id).contents.applicant.phone == "0905999999"
