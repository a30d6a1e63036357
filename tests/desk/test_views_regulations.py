"""The administration's pages on the regulations."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils.html import escape
from pytest_django import Settings
from tests.desk.conftest import At
from tests.desk.tables import tables
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.desk.law_pages import duties
from motcua.desk.law_pages import regulation as pages
from motcua.dossiers import labels as dossier_labels
from motcua.dossiers import services
from motcua.dossiers.rules.resting import Ground
from motcua.kernel.actors import SYSTEM
from motcua.law import labels, queries
from motcua.law.rules.grounding import named_in
from motcua.law.rules.parties import is_at
from motcua.law.rules.schema import KEYS
from motcua.theme import regulations as words


@pytest.fixture
def lan(world: World, at_desk: At) -> Client:
    Account.objects.filter(username="lan").update(is_admin=True)
    return at_desk("lan")


@pytest.mark.parametrize("name", ["regulation", "compare", "roles"])
def test_page_on_regulations_for_an_ordinary_officer_is_forbidden(at_desk: At, name: str) -> None:
    assert at_desk("chi").get(reverse(f"desk:{name}")).status_code == 403


def test_regulation_page_shows_every_value_with_its_source(lan: Client) -> None:
    answer = lan.get(reverse("desk:regulation"))
    assert answer.context["shown"].short_name == "DL24"
    sheet, page = pages.sheet(queries.regulation("DL24")), answer.content.decode()
    shown = [line for group in sheet.groups for line in group.lines]
    assert sorted(line.key for line in shown) == sorted(
        value.key for value in queries.regulation("DL24").values
    )
    assert [line.key for line in shown if escape(line.label) not in page] == []
    assert [line.key for line in shown if escape(line.text) not in page] == []
    assert "08 giờ làm việc" in page
    assert "NĐ 45/2020/NĐ-CP Đ11" in page
    assert 'id="DL24-8.1.b"' in page
    assert "không quá 08 giờ làm việc" in page  # the words of the text itself
    assert (
        "Hồ sơ nhập ngoài giờ hành chính được tính từ ngày, giờ hành chính kế tiếp." in page
    )  # one of its parts
    assert "không từ lúc kiểm tra. → Nhắc ngay khi hồ sơ chờ;" in page  # reading A9


def test_regulation_of_another_province_is_not_found(lan: Client) -> None:
    assert lan.get(reverse("desk:one_regulation", args=["pt24"])).status_code == 404
    assert lan.get(reverse("desk:one_regulation", args=["hn01"])).status_code == 404


@pytest.mark.clause("QN20-3.3", "DL24-3.1")
def test_statement_of_conformity_says_what_is_met_what_is_missing_and_what_was_not_read(
    world: World, lan: Client, at_desk: At, regulation: str
) -> None:
    address = reverse("desk:conformity", args=[regulation.lower()])
    assert f'href="{address}"' in lan.get(reverse("desk:regulation")).content.decode()
    answer = lan.get(address)
    articles = {each.name: each for each in answer.context["statement"].articles}
    asked = {
        "QN20": ("Thông tư 32/2017/TT-BTTTT, Điều 5", ("QN20-3.3",), "đã đọc văn bản", "mức độ 4"),
        "DL24": (
            "Nghị định 45/2020/NĐ-CP, Điều 4",
            ("DL24-3.1",),
            "theo trí nhớ, cần kiểm tra",
            "dịch vụ toàn trình",
        ),
    }
    name, clauses, mark, level = asked[regulation]
    found = articles[name]
    assert (found.clauses, found.mark) == (clauses, mark)
    (paying,) = [each for each in found.lines if "hanh toán trực tuyến" in each.missing.vietnamese]
    assert paying.level == level
    assert paying.answer == {"QN20": "Chưa đáp ứng", "DL24": "Đáp ứng một phần"}[regulation]
    page = answer.content.decode()
    assert "(Sẽ làm trong phần việc “Thanh toán và tin nhắn”.)" in page
    assert ("Chưa đối chiếu" in page) is (regulation == "DL24")
    assert at_desk("chi").get(address).status_code == 403
    assert lan.get(reverse("desk:conformity", args=["pt24"])).status_code == 404


def test_regulations_of_which_nothing_was_compared_have_an_empty_statement(
    lan: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "cited_texts", lambda short_name: ())
    page = lan.get(reverse("desk:conformity", args=["dl24"])).content.decode()
    assert "Chưa lập bản thuyết minh cho quy chế này." in page


@pytest.mark.parametrize(
    ("today", "states", "first"),
    [
        (dt.date(2017, 1, 1), ["ahead", "ahead"], "KT18"),
        (dt.date(2022, 3, 23), ["now", "ahead"], "KT18"),
        (dt.date(2022, 3, 24), ["past", "now"], "KT22"),
    ],
)
def test_timeline_says_what_is_in_force_today(today: dt.date, states: list[str], first: str) -> None:
    stretches = pages.timeline("kon-tum", today)
    assert [stretch.when for stretch in stretches] == states
    found = pages.shown_first(stretches)
    assert found is not None
    assert found.short_name == first


def test_every_key_and_word_of_the_schema_has_a_name() -> None:
    assert set(labels.KEYS) == set(KEYS)
    assert set(labels.GROUPS) == {words.matter_of(key) for key in KEYS}
    assert set(labels.WORDS) == {word for spec in KEYS.values() for word in spec.allowed}


@pytest.mark.parametrize(
    ("regulation", "key", "text"),
    [
        ("KT18", "intake.forward_limit", "0,5 ngày làm việc"),
        ("KT22", "intake.paper_cutoff", "15 giờ 00 phút"),
        ("DL24", "issued.on", "19/01/2024"),
        ("KT18", "report.agencies_before", "30/11"),
        ("PT24", "levels.scale", "toàn trình; một phần"),
        ("QN20", "filing.wait_for_paper", "không"),
        ("DL24", "archive.retention", "chưa biết giá trị"),
        ("DL24", "dossier_code.pattern", "[mã cơ quan]-[ngày tiếp nhận]-[số thứ tự]"),
        ("QN20", "supplement.max_requests", "1"),
    ],
)
def test_value_is_said_in_words(regulation: str, key: str, text: str) -> None:
    value = queries.regulation(regulation).get(key)
    assert value is not None
    assert words.value_text(key, value.value) == text


def test_comparison_shows_the_chosen_side_by_side_with_differences_first(lan: Client) -> None:
    answer = lan.get(reverse("desk:compare"), {"quy-che": ["KT22", "QN20"]})
    page = answer.content.decode()
    shown = tables(page)
    heads = {tuple(head.split()[0] for head in rows[0]) for rows in shown}
    assert heads == {("Nội", "KT22", "QN20")}
    assert page.index("Khác nhau:") < page.index("Giống nhau:")
    counts = [int(each) for each in re.findall(r'<h2 [^>]*id="(?:khac|giong)">\D*(\d+) nội dung', page)]
    assert len(counts) == 2
    assert sum(counts) == sum(len(rows) - 1 for rows in shown)


def test_comparison_names_provinces_marks_the_own_one_and_leads_to_its_parts(lan: Client) -> None:
    answer = lan.get(reverse("desk:compare"), {"quy-che": ["DL24", "PT24"]})
    page = answer.content.decode()
    assert tables(page)[0][0][1:] == ["DL24 tỉnh Đắk Lắk (của tỉnh này)", "PT24 tỉnh Phú Thọ"]
    anchors = re.findall(r'href="#([^"]+)"', page)
    assert "khac-intake" in anchors
    assert [each for each in anchors if f'id="{each}"' not in page] == []


def test_comparison_without_a_choice_shows_all(lan: Client) -> None:
    answer = lan.get(reverse("desk:compare"), {"quy-che": ["KT22", "<b>"]})
    assert len(tables(answer.content.decode())[0][0]) == 1 + len(queries.law().regulations)


def test_dossier_under_another_regulation_is_shown_to_who_may_read_it(world: World, at_desk: At) -> None:
    number = world.state(world.until("assign")).reference
    answer = at_desk("chi").get(reverse("desk:under"), {"ma": number, "theo": "KT18"})
    page = answer.content.decode()
    assert "Theo KT18" in page
    points = {point.label: point for point in answer.context["points"]}
    assert {label for label, point in points.items() if point.differs} == {
        "Hạn chuyển đến bộ phận giải quyết",
        "Nộp phí, lệ phí: lúc nào, bằng cách nào",
        "Căn cứ tạm dừng tính thời hạn, ngoài chờ bổ sung",
        "Thời gian chờ bổ sung trong khi giải quyết",
        "Cách trả kết quả",
        # KT18 counts from the acceptance, which DL24's receipt lies before
        "Thời điểm tiếp nhận chính thức",
        "Ngày hẹn trả kết quả",
    }
    forwarding = points["Hạn chuyển đến bộ phận giải quyết"]
    assert forwarding.own.clauses == ("DL24-8.1.b", "DL24-19.1.d")
    assert forwarding.other.clauses == ("KT18-14.4",)
    # every clause named is a link to its words on the same page
    assert "KT18-14.4" in re.findall(r'href="#([^"]+)"', page)
    assert [one for one in re.findall(r'href="#([A-Z]{2}\d[^"]+)"', page) if f'id="{one}"' not in page] == []


def test_moment_that_is_kept_from_the_own_regulation_says_so_instead_of_a_clause(
    world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = world.state(world.until("assign")).reference
    own, other = services.explain_under(actor=SYSTEM, at=world.now, number=number, short_name="KT18")
    kept = replace(other, kept=("due_at",), grounds={**other.grounds, "due_at": Ground(())})
    monkeypatch.setattr(services, "explain_under", lambda **_: (own, kept))
    answer = at_desk("chi").get(reverse("desk:under"), {"ma": number, "theo": "KT18"})
    (point,) = (each for each in answer.context["points"] if each.label == "Ngày hẹn trả kết quả")
    assert (point.own.is_kept, point.other.is_kept) == (False, True)
    assert answer.content.decode().count("lấy theo quy chế của hồ sơ") == 1


def test_apology_outside_a_regulation_rests_on_the_law_that_holds_of_itself(
    world: World, at_desk: At
) -> None:
    number = world.state(world.until("assign")).reference
    answer = at_desk("chi").get(reverse("desk:under"), {"ma": number, "theo": "PT24"})
    own, other = next(p for p in answer.context["points"] if p.label == "Số lần được hẹn lại ngày trả").sides
    assert (own.text, own.clauses, [each.law for each in own.sources]) == (
        "1 lần",
        ("DL24-3.2",),
        ["NĐ 61/2018/NĐ-CP Đ19"],
    )
    assert (other.text, other.clauses, other.sources) == ("1 lần", ("PT24-10.3#2",), ())


@pytest.mark.parametrize(("who", "number"), [("lan", "H15-0"), ("chi", "'><script>")])
def test_dossier_that_is_not_there_is_said_on_the_page(
    world: World, at_desk: At, who: str, number: str
) -> None:
    answer = at_desk(who).get(reverse("desk:under"), {"ma": number, "theo": "KT18"})
    assert answer.status_code == 200
    assert "Không tìm thấy nội dung này." in answer.content.decode()
    assert "<script>'" not in answer.content.decode()


def test_dossier_of_others_is_refused_on_the_page(world: World, at_desk: At) -> None:
    number = world.state(world.until("assign")).reference
    answer = at_desk("giang").get(reverse("desk:under"), {"ma": number, "theo": "KT18"})
    assert "Hồ sơ này do Sở Tư pháp giải quyết. Chỉ người có việc ở hồ sơ" in answer.content.decode()
    assert "points" not in answer.context


def test_dossier_page_leads_to_what_another_regulation_would_say(world: World, at_desk: At) -> None:
    act = world.until("assign")
    number = world.state(act).reference
    page = at_desk("dung").get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    address = f"{reverse('desk:under')}?ma={number}"
    assert f'href="{address}"' in page
    asked = at_desk("dung").get(address)
    assert f'value="{number}"' in asked.content.decode()
    assert reverse("desk:compare") not in asked.content.decode()  # is for administrators


@pytest.mark.parametrize("name", ["KT18", "QN20", "KT22", "DL24", "PT24"])
def test_every_verb_names_clauses_that_speak_of_it_and_never_the_general_one(name: str) -> None:
    regulation = queries.law().regulations[name]
    known = queries.law().clauses
    rows = {row.label: row.clauses for row in duties.matrix(regulation).rows}
    assert rows["Đóng hồ sơ"] == (("QN20-13.5",) if name == "QN20" else ())
    silent = {
        dossier_labels.VERB[each.verb]
        for each in services.rights(regulation)
        if each.is_general and not named_in(each.grounds, regulation.short_name)
    }
    assert {label for label, clauses in rows.items() if not clauses} == silent
    for clauses in rows.values():
        for one in clauses:
            assert one.startswith(f"{name}-")
            assert any(is_at(clause, one) for clause in known)


def test_roles_page_shows_who_may_accept_and_by_which_clause(lan: Client) -> None:
    answer = lan.get(reverse("desk:roles"))
    heads, *rows = tables(answer.content.decode())[0]
    acts = {label: cells for label, *cells in rows}
    accept = dict(zip(heads[1:], acts["Tiếp nhận"], strict=True))
    assert {"DL24-8.1.c#1", "DL24-8.2#1"} <= set(accept.pop("Điều khoản").split())
    allowed = {column for column, cell in accept.items() if cell == "● được"}
    assert allowed == {"Tiếp nhận và trả kết quả", "Trưởng bộ phận một cửa"}
    assert {cell for column, cell in accept.items() if column not in allowed} == {"không được"}
    assert acts["Xin lỗi và hẹn lại"][-1] == "DL24-5.10"
    by_step = "◐ khi đang giữ một bước của hồ sơ"
    assert set(acts["Lên lịch xác minh"][:-1]) == {"không được", by_step}
    of_row = answer.content.decode().partition(">Đóng hồ sơ</th>")[2].partition("</tr>")[0]
    assert "không có điều khoản riêng" in of_row
    assert "DL24-" not in of_row
    assert ">Sở Nội vụ</span></summary>" in answer.content.decode()


def test_roles_are_shown_by_every_regulation_of_the_province(
    world: World, at_desk: At, settings: Settings
) -> None:
    """Dossiers stay under the one by which they were received; nobody may stop a clock that none stops."""
    settings.PROVINCE = "kon-tum"
    Account.objects.filter(pk=world.people["giang"].pk).update(is_admin=True)
    giang = at_desk("giang")
    page = giang.get(reverse("desk:roles")).content.decode()
    assert "(KT22)" in page
    assert 'href="?theo=KT18"' in page
    older = giang.get(reverse("desk:roles"), {"theo": "KT18"}).content.decode()
    rows = {label: cells for label, *cells in tables(older)[0][1:]}
    assert set(rows["Tạm dừng tính thời hạn"][:-1]) == {"không được"}
    assert "KT18-8.1.a" in rows["Tạm dừng tính thời hạn"][-1]
    now = {label: cells for label, *cells in tables(page)[0][1:]}
    assert {"KT22-6.2#1", "KT22-9#1"} <= set(now["Tiếp nhận"][-1].split())
    assert giang.get(reverse("desk:roles"), {"theo": "DL24"}).status_code == 404


def test_parts_that_are_drawn_once_follow_the_language_of_the_reader(lan: Client) -> None:
    for address, vietnamese, english in (
        (reverse("desk:roles"), ">không được<", ">may not<"),
        (reverse("desk:compare"), ">không quy định<", ">not said<"),
    ):
        lan.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
        assert vietnamese in lan.get(address).content.decode()
        lan.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        page = lan.get(address).content.decode()
        assert vietnamese not in page
        assert english in page
        lan.cookies[settings.LANGUAGE_COOKIE_NAME] = "vi"
        assert vietnamese in lan.get(address).content.decode()


@pytest.mark.parametrize("name", ["regulation", "roles"])
def test_clause_is_shown_whole_with_its_dashes(lan: Client, settings: Settings, name: str) -> None:
    settings.PROVINCE = "phu-tho"
    text = lan.get(reverse(f"desk:{name}")).content.decode()
    assert "thẩm tra, xác minh phải được lập thành hồ sơ" in text
