"""Three days at the desk, walked in the browser: an officer's, a bad one, and the first of a commune."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from playwright.sync_api import Locator, Page
from tests.browser.conftest import NewVisitor, Visitor
from tests.browser.test_desk_pages import enter, registered
from tests.browser.town import CAST, PASSWORD, Town, officer

from motcua.accounts import queries as accounts
from motcua.accounts import services as account_services
from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role
from motcua.catalogue import queries as catalogue
from motcua.dossiers import queries, services
from motcua.dossiers.rules.state import SupplementItem
from motcua.dossiers.services import Act
from motcua.kernel.actors import SYSTEM, Actor, ActorKind

DOSSIERS = 10
ATTEST = "2.000884"  # a signature attested: simple papers, settled by the unit of Lâm and Dũng
FEW_KEYS = 8  # to take one in, after the scan: three digits, Enter, Space, Ctrl+Enter, and the next
PERSON = "[name=personal_id]:focus"
FEW_TO_PASS_ON = 3  # the main verb, its button, the next


class Hands:
    """Two hands on a keyboard: every key is counted, a scanner's typing is not."""

    def __init__(self, page: Page) -> None:
        self.page, self.count = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1

    def press_until(self, key: str, there: str) -> None:
        """Press, and wait for what shows that the next page is there and its keys answer."""
        self.press(key)
        self.page.locator(there).first.wait_for()
        self.page.wait_for_load_state("load")

    def press_on(self, key: str) -> None:
        """Press, and wait until the page has another address."""
        here = self.page.url
        self.press(key)
        self.page.wait_for_url(lambda url: url != here)

    def scan(self, text: str) -> None:
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Enter")
        self.page.locator("[name=procedure_text]:focus").wait_for()
        self.page.wait_for_load_state("load")


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


# --- An officer's day ---------------------------------------------------------------------------------
def test_officer_takes_in_ten_dossiers_and_hands_them_over_by_keyboard(
    visitor: NewVisitor, town: Town
) -> None:
    chi = enter(visitor, "chi", 1280)
    hands = Hands(chi.page)
    hands.press_until("n", PERSON)
    taken = [take_in(chi, hands, number) for number in range(DOSSIERS)]
    assert hands.count <= 1 + FEW_KEYS * DOSSIERS
    chi.go("/noi-bo/viec-cua-don-vi/")
    assert chi.page.locator("tbody tr").count() == DOSSIERS
    hands.count = 0
    hands.press("j")
    hands.press_on("Enter")
    for _ in taken:
        hands.press_on("Control+Enter")
        assert heading(chi.page) == "Chuyển hồ sơ cho đơn vị giải quyết"
        hands.press_on("Control+Enter")
        hands.press_on("t")
    assert hands.count == 2 + FEW_TO_PASS_ON * DOSSIERS
    chi.check()
    assert heading(chi.page) == "Việc chung của đơn vị"  # the list is done
    assert chi.page.locator("tbody tr").count() == 0
    waiting = [queries.state_of(dossier_id).tasks[0] for dossier_id in taken]
    assert "intake" not in {task.kind for task in waiting}
    assert {task.unit_id for task in waiting} == {settling_unit(town, ATTEST)}


def settling_unit(town: Town, code: str) -> int | None:
    version = catalogue.version_in_force(code, town.now().date())
    return catalogue.settling_unit(version, town.agency.id)


def take_in(chi: Visitor, hands: Hands, number: int) -> str:
    """One person at the counter: the card is scanned, all else is keys. The dossier's id."""
    page = chi.page
    hands.scan(f"0661900056{number:02}|240512345|Lê Thị Bình|05031990|Nữ|12 Lê Duẩn, Đắk Lắk|10052022")
    hands.press(*ATTEST[-3:])
    hands.press_until("Enter", "input[type=checkbox]:focus")
    hands.press("Space")
    hands.press_until("Control+Enter", ".mc-done__code")
    dossier_id = page.url.rstrip("/").rpartition("/")[2]
    hands.press_until("n", PERSON)
    return dossier_id


# --- The head of the desk on a bad day ----------------------------------------------------------------
def test_head_of_desk_brings_a_bad_day_in_order(visitor: NewVisitor, town: Town) -> None:
    """A dossier forgotten at the desk is late, a receiver is away, and a request waits for the leader."""
    desk = town.agency.desk_unit_id
    assert desk is not None
    at = town.now() - timedelta(days=30)
    town.officers["mai"] = officer("mai", "Lê Ngọc Mai", desk, Role.DESK_HEAD, at)
    town.officers["thao"] = officer("thao", "Vũ Hồng Thảo", desk, Role.RECEIVER, at)
    forgotten = long_ago(town)
    asked = requested(town)
    fresh = registered(town)

    mai = enter(visitor, "mai", 1280)
    page = mai.page
    mai.follow("Vắng mặt và người thay")
    page.get_by_label("Người vắng mặt").select_option(label=CAST["chi"][0])
    page.get_by_label("Người thay", exact=True).select_option(label="Vũ Hồng Thảo")
    today = town.now().date()
    mai.fill(first_day=today.isoformat(), last_day=(today + timedelta(days=2)).isoformat(), reason="Ốm")
    mai.press("Ghi nhận")
    assert page.locator("tbody tr").inner_text().startswith(CAST["chi"][0])

    mai.go(f"/noi-bo/ho-so/{fresh.dossier_id}/")
    mai.follow("Giao cho người khác")
    page.get_by_label("Vũ Hồng Thảo", exact=True).check()  # whoever is away is offered with her name too
    mai.fill(reason="Chị Chi nghỉ ốm")
    mai.press("Giao việc")

    page.locator(".mc-rail a").filter(has_text="Sắp trễ và đã trễ").click()
    mai.check()
    assert "trễ" in page.locator("tbody tr").first.inner_text()
    page.locator(".mc-work__name").first.click()
    mai.check()
    mai.follow("Chuyển hồ sơ cho đơn vị giải quyết")
    mai.press("Chuyển xử lý")
    assert queries.state_of(forgotten.dossier_id).tasks[0].kind != "intake"

    thao = enter(visitor, "thao", 360)
    thao.go("/noi-bo/viec-cua-toi/")
    assert thao.page.locator(".mc-work__name").count() == 1

    hanh = enter(visitor, "hanh", 1280)
    hanh.go(f"/noi-bo/ho-so/{asked.dossier_id}/")
    hanh.follow("Đồng ý gửi yêu cầu bổ sung", exact=False)
    hanh.press("Đồng ý, chuyển bộ phận một cửa gửi")
    mai.go(f"/noi-bo/ho-so/{asked.dossier_id}/")
    mai.follow("Gửi yêu cầu bổ sung cho người nộp")
    mai.press("Gửi yêu cầu bổ sung")
    assert queries.state_of(asked.dossier_id).status == "awaiting_supplement"
    hanh.follow("Theo dõi thực hiện")  # it lies at the unit, with nobody by name
    hanh.follow("1 việc đang trễ", exact=False)
    assert heading(hanh.page) == "Cần đôn đốc"
    hanh.page.locator(".mc-work__name").click()
    assert hanh.page.url.partition("?")[0].endswith(f"/noi-bo/ho-so/{forgotten.dossier_id}/")
    assert hanh.page.get_by_role("link", name="Giao cho người khác").count()
    hanh.follow("Xin lỗi và hẹn lại ngày trả kết quả")
    hanh.fill(new_day=working_day(town).isoformat(), reason="Hồ sơ bị bỏ quên tại quầy")
    hanh.press("Lập phiếu xin lỗi")  # nothing reaches the applicant: it has to be handed over

    code = queries.state_of(forgotten.dossier_id).code
    told = visitor(width=360, script=False).go(f"/tra-cuu/{code}").locator("main").inner_text()
    assert "Hồ sơ bị bỏ quên tại quầy" in told


def long_ago(town: Town) -> Act:
    """Accepted four weeks ago and still at the desk."""
    at = town.now() - timedelta(days=28)
    act = registered(town, at=at)
    return services.accept(
        actor=town.officers["chi"], at=at, dossier_id=act.dossier_id, expected_version=act.version
    )


def requested(town: Town) -> Act:
    """A case officer has asked for a supplement; the regulation has the leader look at it first."""
    act = registered(town)
    chi, lam, dung = (town.officers[name] for name in ("chi", "lam", "dung"))

    def common(act: Act) -> dict[str, object]:
        return {"at": town.now(), "dossier_id": act.dossier_id, "expected_version": act.version}

    act = services.accept(actor=chi, **common(act))  # type: ignore[arg-type]
    act = services.hand_over(actor=chi, task_key=key(act), **common(act))  # type: ignore[arg-type]
    if queries.state_of(act.dossier_id).tasks[0].kind == "assign":  # not every process has this step
        give = common(act) | {"officer_id": dung.id, "task_key": key(act)}
        act = services.assign(actor=lam, **give)  # type: ignore[arg-type]
    state = queries.state_of(act.dossier_id)
    component = catalogue.sheet(state.target.procedure_version_id).components[0].key
    return services.request_supplement(
        actor=dung,
        items=[SupplementItem(component, "Ký vào tờ khai")],
        reason="Tờ khai chưa ký",
        guidance="Ký ở cuối tờ khai rồi gửi lại",
        **common(act),  # type: ignore[arg-type]
    )


def key(act: Act) -> str:
    return queries.state_of(act.dossier_id).tasks[0].key


def working_day(town: Town) -> object:
    """The first day on which the commune works, from a week ahead on."""
    ahead = town.now() + timedelta(days=7)
    return agencies.calendar_of(town.agency.id, ahead.date()).next_opening(ahead).date()


# --- The first day of a commune -----------------------------------------------------------------------
NEW = "Ủy ban nhân dân xã Mới Lập"
PEOPLE = (
    ("Hồ Thị Nhận", "ho.nhan", "Trung tâm Phục vụ hành chính công", "Tiếp nhận và trả kết quả"),
    ("Bùi Văn Lý", "bui.ly", "Tư pháp", "Thụ lý"),
    ("Đinh Thị Duyệt", "dinh.duyet", "Lãnh đạo", "Lãnh đạo phê duyệt"),
)


def test_administrator_sets_up_a_commune_that_settles_its_first_dossier(
    visitor: NewVisitor, town: Town
) -> None:
    admin = town.officers["lam"]
    account_services.set_admin(actor=SYSTEM, account_id=int(admin.id), is_admin=True, at=town.now())
    quan = enter(visitor, "lam", 1280)
    page = quan.page
    quan.follow("Cơ quan, đơn vị")
    quan.follow("Thêm cơ quan")
    quan.press("Thêm cơ quan")  # without a name
    assert page.title().startswith("Lỗi:")
    quan.fill(name=NEW, address="01 Hùng Vương")
    page.get_by_label("Loại cơ quan").select_option(label="Ủy ban nhân dân cấp xã")
    quan.press("Thêm cơ quan")
    assert heading(page) == NEW
    where = page.url

    quan.follow("Thêm đơn vị")
    quan.fill(name="Tổ lưu động")
    quan.press("Thêm đơn vị")
    quan.follow("Đổi tên Tổ lưu động")
    quan.fill(name="Tổ lưu động số 1")
    quan.press("Đổi tên")
    quan.follow("Thủ tục cơ quan giải quyết")
    assert "chưa nhận được hồ sơ" in page.inner_text("main")
    quan.follow("Nhận như cơ quan khác")
    page.get_by_label("Như cơ quan nào", exact=True).select_option(label=town.agency.name)
    quan.press("Giao các thủ tục")
    settled = page.locator("tbody tr").count()
    assert settled == len(catalogue.settled_by(town.agency.id, town.now().date()))
    quan.fill(q="chung thuc chu ky")
    page.locator("main").get_by_role("button", name="Tìm").click()
    quan.check()
    assert 0 < page.locator("tbody tr").count() < settled

    given = {username: hire(quan, full_name, username) for full_name, username, _, _ in PEOPLE}
    for full_name, username, unit, role in PEOPLE:
        quan.go(where)
        quan.follow("Giao vị trí công tác")
        quan.fill(username=username)
        choose(page.get_by_label("Đơn vị"), unit)
        choose(page.get_by_label("Vai trò"), role)
        quan.press("Giao vị trí")
        assert full_name in page.inner_text("main")
    quan.follow(full_name)
    for act in ("Cấp mật khẩu mới", "Khóa tài khoản"):
        quan.follow(act)
        quan.follow("Không làm")

    nhan = visitor(width=1280)
    begin(nhan, "ho.nhan", given["ho.nhan"])
    assert heading(nhan.page) == "Việc chung của đơn vị"
    hands = Hands(nhan.page)
    hands.press_until("n", PERSON)
    first = take_in(nhan, hands, 1)
    state = queries.state_of(first)
    assert (agencies.agency(state.target.agency_id).name, bool(state.code)) == (NEW, True)
    quan.go("/noi-bo/quan-tri/nhat-ky/")
    assert "Giao thủ tục như một cơ quan khác" in page.inner_text("main")

    nhan.go(f"/noi-bo/ho-so/{first}/")
    nhan.follow("Chuyển hồ sơ cho đơn vị giải quyết")
    assert "Chưa có ai làm được bước tiếp theo" in nhan.page.inner_text("main")
    staff_what_is_empty(quan, where)
    nhan.go(nhan.page.url)
    assert "Chưa có ai làm được bước tiếp theo" not in nhan.page.inner_text("main")
    nhan.press("Chuyển xử lý")
    settle(town, first)
    nhan.go("/noi-bo/tra-ket-qua/")
    nhan.page.locator(".mc-work__name").click()
    nhan.follow("Trả kết quả")
    nhan.fill(proof="Ký nhận tại quầy")
    nhan.press("Trả kết quả")
    assert queries.state_of(first).status in ("returned", "closed")


def staff_what_is_empty(quan: Visitor, where: str) -> None:
    """The head of the unit and the clerk, whom the page of the agency names as missing."""
    for full_name, username, role, unit in (
        ("Trịnh Thị Trưởng", "trinh.truong", "Phụ trách đơn vị", "Tư pháp"),
        ("Cao Văn Thư", "cao.thu", "Văn thư", ""),
    ):
        hire(quan, full_name, username)
        quan.go(where)
        empty = quan.page.get_by_role("region", name="Vị trí còn trống").locator("li").filter(has_text=role)
        empty.filter(has_text=unit).first.get_by_role("link").click()
        quan.fill(username=username)
        quan.press("Giao vị trí")
        assert full_name in quan.page.inner_text("main")


def settle(town: Town, dossier_id: str) -> None:
    """From the unit to the desk, by those who were hired: each step by whoever holds its post."""
    who = {"assign": "trinh.truong", "review": "trinh.truong", "approve": "dinh.duyet", "clerical": "cao.thu"}
    while (task := queries.state_of(dossier_id).tasks[0]).kind != "return":
        officer_ = accounts.find_officer(who.get(task.kind, "bui.ly"))
        assert officer_ is not None
        common: dict[str, Any] = {
            "actor": Actor(ActorKind.OFFICER, str(officer_.id), officer_.full_name),
            "at": town.now(),
            "dossier_id": dossier_id,
            "expected_version": None,
            "task_key": task.key,
        }
        settler = accounts.find_officer("bui.ly")
        assert settler is not None
        if task.kind == "assign":
            services.assign(**common, officer_id=str(settler.id))
        elif task.kind == "process" and queries.state_of(dossier_id).proposal is None:
            services.propose(**common, decision="grant", text="Đủ điều kiện")
        elif task.kind == "approve":
            services.approve(**common)
        elif task.kind == "clerical" and queries.state_of(dossier_id).status == "decided":
            services.issue_result(**common, number="01/CTCK", name="Chứng thực chữ ký")
        else:
            services.complete_step(**common)


def hire(quan: Visitor, full_name: str, username: str) -> str:
    """An account made; the password that is shown once."""
    quan.go("/noi-bo/quan-tri/can-bo/tao-moi/")
    quan.fill(full_name=full_name, username=username)
    quan.press("Tạo tài khoản")
    return quan.page.locator("code").inner_text()


def begin(newcomer: Visitor, username: str, given: str) -> None:
    """The first log-in: another password, the duties, and only then work."""
    newcomer.go("/noi-bo/dang-nhap/")
    newcomer.fill(username=username, password=given)
    newcomer.press("Đăng nhập")
    newcomer.go("/noi-bo/tiep-nhan/")
    assert heading(newcomer.page) == "Đổi mật khẩu"
    newcomer.fill(current=given, new=PASSWORD, again=PASSWORD)
    newcomer.press("Đổi mật khẩu")
    newcomer.go("/noi-bo/")
    newcomer.press("Tôi đã đọc và sẽ thực hiện")


def choose(select: Locator, beginning: str) -> None:
    """The first choice whose words hold these."""
    for label in select.locator("option").all_inner_texts():
        if beginning.lower() in label.lower():
            select.select_option(label=label)
            return
    raise AssertionError(f"no choice has “{beginning}”: {select.locator('option').all_inner_texts()}")
