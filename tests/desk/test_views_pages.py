"""Who sees what: lists, the dossier page, papers, slips."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.desk.conftest import At
from tests.dossiers.world import World, moment, process_for, published, sheet

from motcua.agencies.enums import UnitKind
from motcua.audit.models import ReadRecord
from motcua.catalogue.rules.sheets import OfferedLimit
from motcua.desk.forms.verbs.steering import WHOLE_CASE
from motcua.desk.lists import SLUGS
from motcua.dossiers import labels, services
from motcua.dossiers.enums import Box
from motcua.dossiers.rules.state import SupplementItem
from motcua.theme import consents

pytestmark = pytest.mark.django_db


def page(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


@pytest.mark.parametrize(
    "name", ["home", "search", "intake", "register", "incidents", "officers", "new_officer", "outbox"]
)
def test_page_without_log_in_leads_to_the_officers_entry(db: None, name: str) -> None:
    answer = Client().get(page(name))
    assert (answer.status_code, answer.headers["Location"].partition("?")[0]) == (302, page("log_in"))


def test_desk_for_a_citizen_is_forbidden(at_desk: At) -> None:
    assert at_desk("an").get(page("home")).status_code == 403


def test_dossier_page_says_from_when_a_filing_at_night_counts(world: World, at_desk: At) -> None:
    world.now = moment("2024-03-04 19:58")
    act = world.submit(world.draft())
    world.now = moment("2024-03-05 08:00")
    act = world.accept(act)
    text = at_desk("chi").get(page("dossier", act.dossier_id)).content.decode()
    assert "lúc 20 giờ 00 phút, ngày 04 tháng 3 năm 2024, ngoài giờ làm việc của cơ quan, nên được" in text


@pytest.mark.clause("DL24-3.4", "PT24-3.6", "QN20-21.5#1", "KT18-13.5")
def test_dossier_page_shows_what_the_sender_agreed_to_about_their_data(world: World, at_desk: At) -> None:
    sent, entered = world.until("submit"), world.register()
    page_of_sent = at_desk("chi").get(page("dossier", sent.dossier_id))
    assert "Người gửi đã đồng ý cho dùng dữ liệu cá nhân lúc" in page_of_sent.content.decode()
    assert page_of_sent.context["page"].agreement.at == world.state(sent).filed_at
    for point in consents.NOW.points:
        assert str(point.answer) in page_of_sent.content.decode()
    words = page_of_sent.content.decode().partition("mc-unprinted")[2].partition("</details>")[0]
    assert str(consents.NOW.points[-1].answer) in words  # too long for paper
    assert at_desk("chi").get(page("dossier", entered.dossier_id)).context["page"].agreement is None


def test_home_by_post_opens_the_list_to_start_with(at_desk: At) -> None:
    opened = {
        name: at_desk(name).get(page("home")).headers["Location"] for name in ("chi", "dung", "hanh", "khoa")
    }
    assert opened == {
        "chi": "/noi-bo/viec-cua-don-vi/",
        "dung": "/noi-bo/viec-cua-toi/",
        "hanh": "/noi-bo/phe-duyet/",
        "khoa": "/noi-bo/viec-cua-don-vi/",
    }


def test_home_without_a_post_says_so(at_desk: At) -> None:
    assert "chưa được gắn vị trí công tác" in at_desk("giang").get(page("home")).content.decode()


def test_worklist_shows_what_waits_with_its_pill(world: World, at_desk: At) -> None:
    world.until("submit")
    text = at_desk("chi").get(page("worklist", "viec-cua-don-vi")).content.decode()
    assert "Nguyễn Văn An" in text
    assert "mc-pill" in text


def test_worklist_of_an_unknown_name_is_not_found(at_desk: At) -> None:
    assert at_desk("chi").get(page("worklist", "khong-co")).status_code == 404


def test_worklist_without_work_is_an_empty_page(at_desk: At) -> None:
    assert (
        "Không có hồ sơ nào ở đây" in at_desk("dung").get(page("worklist", "viec-cua-toi")).content.decode()
    )


@pytest.mark.parametrize(
    ("box", "said"),
    [
        (Box.MINE, "hồ sơ gấp nhất"),
        (Box.WAITING, "chờ lâu nhất ở trên cùng"),
        (Box.TODAY, "Hồ sơ bạn vừa xử lý trong ngày hôm nay"),
        (Box.DONE, "Hồ sơ đã kết thúc"),
    ],
)
def test_empty_worklist_says_what_it_will_hold(at_desk: At, box: Box, said: str) -> None:
    shown = at_desk("chi").get(page("worklist", SLUGS[box])).content.decode()
    assert "Không có hồ sơ nào ở đây" in shown
    assert said in shown


@pytest.mark.parametrize(("verb", "slug"), [("announce", "tra-ket-qua"), ("close", "da-xong")])
def test_worklist_shows_no_time_left_where_none_runs(world: World, at_desk: At, verb: str, slug: str) -> None:
    world.until(verb)
    (line,) = at_desk("chi").get(page("worklist", slug)).context["lines"]
    assert line.pill is None


def test_worklist_longer_than_a_page_goes_on_by_keyset(world: World, at_desk: At) -> None:
    for _ in range(31):
        world.register()
    client = at_desk("chi")
    first = client.get(page("worklist", "viec-cua-don-vi"))
    second = client.get(first.context["next"])
    seen = [line.item.dossier_id for line in (*first.context["lines"], *second.context["lines"])]
    assert (len(seen), len(set(seen)), second.context["next"]) == (31, 31, "")


def test_dossier_page_offers_only_the_verbs_open_to_the_officer(world: World, at_desk: At) -> None:
    act = world.register()
    offered = {
        name: [link.page.verb.value for link in _links(at_desk(name), act.dossier_id)]
        for name in ("chi", "dung", "hanh")
    }
    assert offered == {
        "chi": [
            *("accept", "supplement", "request_supplement", "redirect", "correct"),
            *("attach_document", "decline", "withdraw"),
        ],
        "dung": [],
        "hanh": ["reassign"],
    }


def _links(client: Client, dossier_id: str) -> list[object]:
    shown = client.get(page("dossier", dossier_id)).context["page"]
    return [*shown.main_verbs, *shown.other_verbs]


def test_dossier_page_for_a_strange_officer_is_forbidden(world: World, at_desk: At) -> None:
    assert at_desk("giang").get(page("dossier", world.register().dossier_id)).status_code == 403


def test_dossier_page_of_an_unknown_dossier_is_not_found(at_desk: At) -> None:
    assert at_desk("chi").get(page("dossier", "018f0000-0000-7000-8000-000000000000")).status_code == 404


def test_dossier_page_opened_is_recorded_as_a_reading(world: World, at_desk: At) -> None:
    act = world.register()
    at_desk("chi").get(page("dossier", act.dossier_id))
    assert list(ReadRecord.objects.values_list("what", "actor_name")) == [
        (f"dossier:{act.dossier_id}", "Chi")
    ]


def test_dossier_page_explains_the_due_moment(world: World, at_desk: At) -> None:
    act = world.accept(world.register())
    text = at_desk("chi").get(page("dossier", act.dossier_id)).content.decode()
    assert "Hẹn trả lúc" in text
    assert "mc-ledger__row--worked" in text


def test_receipt_is_a_pdf_shown_with_safe_headers(world: World, at_desk: At) -> None:
    act = world.accept(world.register())
    answer = at_desk("chi").get(page("slip", act.dossier_id, act.version))
    content = b"".join(answer.streaming_content)
    assert (content[:5], answer.headers["Content-Type"]) == (b"%PDF-", "application/pdf")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Disposition"].startswith("inline")


def test_receipt_for_a_strange_officer_is_forbidden(world: World, at_desk: At) -> None:
    act = world.accept(world.register())
    assert at_desk("giang").get(page("slip", act.dossier_id, act.version)).status_code == 403


def test_search_by_name_without_accents_finds_the_dossier(world: World, at_desk: At) -> None:
    act = world.register()
    found = at_desk("chi").post(page("search"), {"asked": "nguyen van an"}, follow=True).context["found"]
    assert [row["hit"].id for row in found] == [act.dossier_id]


@pytest.mark.clause("KT22-11.1.d", "QN20-14.1.d", "DL24-12.7.b", "PT24-11.1.b")
def test_search_by_the_full_number_opens_the_dossier(world: World, at_desk: At) -> None:
    act = world.accept(world.register())
    answer = at_desk("chi").post(page("search"), {"asked": act.code}, follow=True)
    assert answer.redirect_chain[-1][0] == page("dossier", act.dossier_id)
    due = world.state(act).due_at
    assert due is not None
    for told in ("Đã tiếp nhận", f"{due:%H:%M}", f"{due:%d/%m/%Y}"):
        assert told in answer.content.decode()


def test_search_of_a_strange_officer_finds_nothing(world: World, at_desk: At) -> None:
    world.register()
    assert at_desk("giang").post(page("search"), {"asked": "nguyen"}, follow=True).context["found"] == []


@pytest.mark.parametrize(
    ("name", "argument"),
    [("worklist", "viec-cua-don-vi"), ("intake", ""), ("dossier", "act"), ("verb", "yeu-cau-bo-sung")],
)
def test_page_asks_the_database_little(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries, name: str, argument: str
) -> None:
    act = world.accept(world.register())
    for _ in range(3):
        world.register()
    known = {"dossier": [act.dossier_id], "verb": [act.dossier_id, argument], "intake": []}
    address, chi = page(name, *known.get(name, [argument])), at_desk("chi")
    chi.get(address)  # what is kept in memory is read once
    with django_assert_max_num_queries(16):
        assert chi.get(address).status_code == 200


def test_giving_to_another_asks_little_however_many_tasks_are_open(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    act = world.propose(world.assign(world.hand_over(world.accept(world.register()))))
    address, hanh = page("verb", act.dossier_id, "giao-nguoi-khac"), at_desk("hanh")
    hanh.get(address)  # what is kept in memory is read once
    with django_assert_max_num_queries(15):
        form = hanh.get(address).context["form"]
    assert [key for key, _ in form.fields["what"].choices] == [WHOLE_CASE, world.task(act)]
    offered = {int(key) for key, _ in form.fields["officer"].choices}
    assert {world.people["dung"].pk, world.people["hanh"].pk} <= offered


# --- the register and the routing slip ----------------------------------------------------------------------
def _register(client: Client, world: World, **more: str):
    asked = {"desk": str(world.units[UnitKind.DESK].pk), "first": "01/03/2024", "last": "31/03/2024"}
    return client.get(page("register"), asked | more)


def test_register_shows_what_the_desk_took_in(world: World, at_desk: At) -> None:
    code = world.state(world.accept(world.register())).code
    client = at_desk("chi")
    assert "rows" not in client.get(page("register")).context
    answer = _register(client, world)
    (row,) = answer.context["rows"]
    line = row["line"]
    assert (line.number, line.code, line.applicant) == ("240304-0001", code, "Nguyễn Văn An")
    said = " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())
    assert re.search(r"Hẹn trả \d\d:\d\d \d\d/\d\d/2024 Đã trả –", said)  # no moment without its name
    assert line.status in said


def test_register_tells_the_state_once(world: World, at_desk: At) -> None:
    items = (SupplementItem("paper", "Bản sao hộ chiếu"),)
    act = world.accept(world.register())
    services.request_supplement(**world._on(act, "chi"), items=items, reason="Mờ", guidance="Chụp lại")
    (row,) = _register(at_desk("chi"), world).context["rows"]
    anew = "sẽ hẹn lại khi hồ sơ tiếp tục"
    assert (row["line"].note, row["line"].status) == (f"Chờ bổ sung; {anew}", "Chờ bổ sung")
    assert row["note"] == anew


def test_register_longer_than_a_page_goes_on_by_keyset(world: World, at_desk: At) -> None:
    for _ in range(26):
        world.accept(world.register())
    client = at_desk("chi")
    first = _register(client, world)
    second = client.get(page("register") + first.context["next"])
    assert [len(each.context["rows"]) for each in (first, second)] == [25, 1]
    assert second.context["next"] == ""


@pytest.mark.parametrize(("kind", "start"), [("pdf", b"%PDF"), ("xlsx", b"PK")])
def test_register_is_given_on_paper_and_as_a_spreadsheet(
    world: World, at_desk: At, kind: str, start: bytes
) -> None:
    world.accept(world.register())
    answer = _register(at_desk("chi"), world, dang=kind)
    assert (answer.status_code, answer.content[: len(start)]) == (200, start)
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "given",
    [
        {"first": "x"},
        {"first": "01/04/2024"},
        {"first": "31/12/2023"},
        {"desk": "999999"},
        {"desk": "' OR 1"},
    ],
)
def test_register_asked_wrongly_is_answered_on_the_page(
    world: World, at_desk: At, given: dict[str, str]
) -> None:
    answer = _register(at_desk("chi"), world, **given)
    assert answer.status_code == 200
    assert answer.context["page_errors"]
    assert "rows" not in answer.context


@pytest.mark.parametrize(("name", "status"), [("chi", 200), ("hanh", 200), ("dung", 403), ("giang", 403)])
def test_register_is_for_the_desk_and_the_leaders(world: World, at_desk: At, name: str, status: int) -> None:
    assert at_desk(name).get(page("register")).status_code == status


def test_routing_slip_opens_from_the_dossier_page(world: World, at_desk: At) -> None:
    act = world.accept(world.register())
    client = at_desk("chi")
    address = page("routing_slip", act.dossier_id)
    assert address in client.get(page("dossier", act.dossier_id)).content.decode()
    assert client.get(address).content.startswith(b"%PDF")
    assert at_desk("giang").get(address).status_code == 403


def test_acknowledgement_is_among_the_slips_of_what_was_sent_online(world: World, at_desk: At) -> None:
    act, client = world.until("submit"), at_desk("chi")
    address = page("acknowledgement", act.dossier_id)
    assert address in client.get(page("dossier", act.dossier_id)).content.decode()
    assert client.get(address).content.startswith(b"%PDF")
    assert at_desk("giang").get(address).status_code == 403
    counter = world.register()
    assert "xac-nhan-da-gui" not in client.get(page("dossier", counter.dossier_id)).content.decode()
    assert client.get(page("acknowledgement", counter.dossier_id)).status_code == 404


def test_menu_folds_without_script_and_says_where_one_is(world: World, at_desk: At) -> None:
    world.submit(world.draft())
    chi = at_desk("chi")
    text = chi.get(page("worklist", "viec-cua-don-vi")).content.decode()
    menu, rail = text.split('<nav class="mc-rail"')
    assert "<details" in menu.split('<nav class="mc-menu"')[1]
    assert '<span class="mc-menu__here">Việc chung của đơn vị</span>' in menu
    links = [part.split('"')[0] for part in menu.split('mc-rail__link" href="')[1:]]
    assert links == [part.split('"')[0] for part in rail.split('mc-rail__link" href="')[1:]]
    assert "data-mc-key" not in menu.split('<nav class="mc-menu"')[1]
    assert '<span class="mc-menu__here">Bàn làm việc</span>' in chi.get(page("search")).content.decode()


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("15", "day", "15 ngày"),
        ("4", "hour", "4 giờ"),
        ("5", "unknown", "5 (văn bản công bố không nêu rõ đơn vị)"),
    ],
)
def test_term_with_which_the_law_does_not_count_is_said_in_words(
    world: World, at_desk: At, value: str, unit: str, words: str
) -> None:
    assert labels.printed_term("", f"{value} {unit}") == words  # as slips have it
    content = sheet(code="1.000002", limits=(OfferedLimit(None, None, None, value, unit),))
    version = published(content, world.agency, world.units[UnitKind.DIVISION])
    process_for(content.code)
    act = world.accept(world.submit(world.draft(procedure_version_id=version.pk)))
    text = at_desk("chi").get(page("dossier", act.dossier_id)).content.decode()
    assert words in text
    assert f"{value} {unit}" not in text
