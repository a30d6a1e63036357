"""Officers at their desks in the browser: each opens the dossier and does what the page offers."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.town import PASSWORD
from tests.portal.samples import PDF

# The verbs of a straight life in their order; a page that offers several is asked for the first.
STRAIGHT_ON = (
    "tiep-nhan",
    "chuyen-xu-ly",
    "phan-cong",
    "trinh-duyet",
    "phe-duyet",
    "ban-hanh-ket-qua",
    "hoan-thanh-buoc",
    "bao-co-ket-qua",
    "tra-ket-qua",
)


ROUNDS = 20  # a straight life has ten acts


class Desk:
    """The browsers of the officers of one office; each logs in when first needed."""

    def __init__(self, visitor: NewVisitor, *, is_looked_at: bool = True) -> None:
        self.visitor, self.is_looked_at = visitor, is_looked_at
        self.open: dict[str, Visitor] = {}
        self.done: list[tuple[str, str]] = []  # (officer, verb) in the order in which they were done

    def at(self, username: str) -> Visitor:
        if username not in self.open:
            officer = self.visitor()
            officer.is_looked_at = self.is_looked_at
            officer.go("/noi-bo/dang-nhap/")
            officer.fill(username=username, password=PASSWORD)
            officer.press("Đăng nhập")
            self.open[username] = officer
        return self.open[username]

    def carry(self, dossier_id: str, team: tuple[str, ...], until: Callable[[], bool]) -> None:
        """Let the team act on the dossier, one after the other, until it is there. Fails if nobody can."""
        for _round in range(ROUNDS):
            if until():
                return
            if not any(self.act(username, dossier_id) for username in team):
                raise AssertionError(f"nobody of {team} can do anything; done so far: {self.done}")
        raise AssertionError(f"still not there after {ROUNDS} rounds; done so far: {self.done}")

    def act(self, username: str, dossier_id: str) -> bool:
        """Do the first verb of a straight life that the dossier's page offers; False if it offers none."""
        officer = self.at(username)
        page = officer.page
        page.goto(f"{officer.site}/noi-bo/ho-so/{dossier_id}/")
        for slug in STRAIGHT_ON:
            link = page.locator(f".mc-verbs a[href*='/{slug}/']").first
            if link.count():
                officer.check()
                link.click()
                officer.check()
                fill(page, slug)
                page.locator("main form button[type=submit]:not([name=preview])").last.click()
                officer.check()
                self.done.append((username, slug))
                return True
        return False


def fill(page: Page, slug: str) -> None:
    """What an officer enters for a verb."""
    form = page.locator("main form")
    match slug:
        case "phan-cong":
            choose(page, "officer")
        case "trinh-duyet":
            form.locator("[name=decision][value=grant]").check()
            form.locator("[name=text]").fill("Hồ sơ đủ điều kiện, đề nghị cấp.")
        case "ban-hanh-ket-qua":
            form.locator("[name=number]").fill("12/TLHT-BS")
            choose(page, "which")
            file = {"name": "trich-luc.pdf", "mimeType": "application/pdf", "buffer": PDF}
            form.locator("[name=upload]").set_input_files(file)  # type: ignore[arg-type]
        case "hoan-thanh-buoc":
            choose(page, "outcome")
        case "tra-ket-qua":
            form.locator("[name=how][value=online]").check()


def choose(page: Page, name: str) -> None:
    """The first choice of a list or of radio buttons, if there is a choice at all."""
    select = page.locator(f"select[name={name}]")
    if select.count():
        values = select.locator("option").evaluate_all("all => all.map(each => each.value)")
        select.select_option(next(value for value in values if value))
    elif page.locator(f"input[type=radio][name={name}]").count():
        page.locator(f"input[type=radio][name={name}]").first.check()
