"""The register of upgrade requests at the desk: who sees it, what its forms do, what they refuse."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import World
from tests.incidents.test_operator import at_a_body

from motcua.agencies.enums import Role
from motcua.catalogue import queries, services
from motcua.catalogue.enums import UpgradeState
from motcua.catalogue.models import UpgradeRequest
from motcua.catalogue.rules.upgrades import UpgradePaper, UpgradeWish
from motcua.theme.wording import short_day

pytestmark = pytest.mark.django_db
TYPED = {
    "kind": "upgrade",
    "title": "Nhắn tin khi sắp đến hạn",
    "content": "Báo trước một ngày.",
    "reason": "Nhiều người hỏi.",
}


@pytest.fixture
def khoa(at_desk: At) -> Client:
    """The clerk, who acts for the agency."""
    return at_desk("khoa")


@pytest.fixture
def giang(world: World, at_desk: At) -> Client:
    """An administrator of the department."""
    world.people["giang"].kind = "officer"
    world.people["giang"].save()
    at_a_body(world, "giang", "dttt", Role.ADMIN)
    return at_desk("giang")


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def asked(world: World, title: str) -> int:
    return services.request_upgrade(
        actor=world.actor("khoa"),
        at=world.later(minutes=1),
        agency_id=world.agency.pk,
        wish=UpgradeWish(title, "b", "c"),
        paper=UpgradePaper(world.now.date()),
    )


@pytest.mark.clause("QN20-17.2")
def test_from_the_request_to_the_deployment(world: World, khoa: Client, giang: Client) -> None:
    day = short_day(world.now.date())
    new = address("new_upgrade")
    typed = TYPED | {"agency": world.agency.pk, "number": "4/SXD", "on": day}
    assert khoa.post(new, typed | {"reason": ""}).status_code == 422
    assert UpgradeRequest.objects.count() == 0
    page = khoa.post(new, typed)["Location"]
    number = UpgradeRequest.objects.get().pk
    assert page == address("upgrade", number)
    twice = khoa.post(new, typed)
    assert twice.status_code == 422
    assert "đang có một yêu cầu cùng tên" in twice.content.decode()

    propose = address("propose_upgrade", number)
    proposal = {"number": "12/TTr", "on": day, "note": "Đề nghị chấp thuận", "version": 1}
    assert khoa.post(propose, proposal).status_code == 403
    assert giang.get(propose)["Location"] == page
    assert "Ghi nhận đề xuất" not in khoa.get(page).content.decode()
    assert "Ghi nhận đề xuất" in giang.get(page).content.decode()
    assert giang.post(propose, proposal | {"number": ""}).status_code == 422
    assert giang.post(propose, proposal)["Location"] == page
    stale = giang.post(propose, proposal)
    assert stale.status_code == 422
    assert "Yêu cầu đã thay đổi" in stale.content.decode()

    early = giang.post(address("deploy_upgrade", number), {"on": day, "version": 2})
    assert early.status_code == 422
    assert "chưa được Ủy ban nhân dân tỉnh chấp thuận" in early.content.decode()
    decision = {"outcome": "approve", "number": "77/QĐ-UBND", "on": day, "signer": "Chủ tịch", "version": 2}
    assert giang.post(address("decide_upgrade", number), decision | {"outcome": ""}).status_code == 422
    assert giang.post(address("decide_upgrade", number), decision)["Location"] == page
    assert giang.post(address("deploy_upgrade", number), {"on": day, "version": 3})["Location"] == page
    card = queries.upgrade("quang-ngai", number)
    assert card is not None
    assert card.state is UpgradeState.DEPLOYED
    shown = khoa.get(page).content.decode()
    for said in ("12/TTr", "77/QĐ-UBND", "Chủ tịch", "đã triển khai", "Số 4/SXD"):
        assert said in shown
    listed = khoa.get(address("upgrades") + "?loc=da-quyet-dinh").content.decode()
    assert "77/QĐ-UBND" in listed
    assert "QN20-17.2" in listed


@pytest.mark.clause("PT24-21.3", "PT24-21.5")
def test_a_comment_goes_from_the_agency_over_the_review_to_the_proposal(
    world: World, khoa: Client, giang: Client
) -> None:
    day = short_day(world.now.date())
    form = khoa.get(address("new_upgrade")).context["form"]
    assert [value for value, _ in form["kind"].field.choices] == ["comment", "support"]
    typed = TYPED | {"agency": world.agency.pk, "number": "", "on": day}
    assert khoa.post(address("new_upgrade"), typed).status_code == 422  # no upgrades under this regulation
    page = khoa.post(address("new_upgrade"), typed | {"kind": "comment"})["Location"]
    number = UpgradeRequest.objects.get().pk
    shown = giang.get(page).content.decode()
    assert "Ghi nhận rà soát" in shown
    assert "Ghi nhận trả lời" in shown
    assert "Ghi nhận đề xuất" not in shown
    early = giang.post(
        address("propose_upgrade", number), {"number": "1", "on": day, "note": "Nên", "version": 1}
    )
    assert early.status_code == 422
    assert "Ở giai đoạn này" in early.content.decode()
    review = {"on": day, "note": "Đơn vị cung cấp thấy làm được", "version": 1}
    assert giang.post(address("review_upgrade", number), review | {"note": ""}).status_code == 422
    assert khoa.post(address("review_upgrade", number), review).status_code == 403
    assert giang.post(address("review_upgrade", number), review)["Location"] == page
    proposal = {"number": "12/TTr", "on": day, "note": "Đề xuất phương án", "version": 2}
    assert giang.post(address("propose_upgrade", number), proposal)["Location"] == page
    assert "Ghi nhận quyết định" not in giang.get(page).content.decode()
    assert giang.post(address("deploy_upgrade", number), {"on": day, "version": 3})["Location"] == page
    listed = khoa.get(address("upgrades") + "?loc=da-quyet-dinh").content.decode()
    for said in ("Vướng mắc, góp ý về hệ thống", "12/TTr", "PT24-21.3", "PT24-21.5"):
        assert said in listed


@pytest.mark.clause("DL24-18.4#2", "QN20-28.1#2")
def test_support_of_the_provider_is_asked_for_and_answered(
    world: World, at_desk: At, khoa: Client, regulation: str
) -> None:
    world.people["giang"].kind = "officer"
    world.people["giang"].save()
    at_a_body(world, "giang", {"DL24": "office", "QN20": "dttt"}[regulation], Role.ADMIN)
    runs, day = at_desk("giang"), short_day(world.now.date())
    typed = TYPED | {"kind": "support", "agency": world.agency.pk, "number": "", "on": day}
    page = khoa.post(address("new_upgrade"), typed)["Location"]
    number = UpgradeRequest.objects.get().pk
    answer = {"answer-on": day, "answer-note": "Đã cử người đến hướng dẫn", "answer-version": 1}
    assert khoa.post(address("answer_upgrade", number), answer).status_code == 403
    assert runs.get(address("answer_upgrade", number))["Location"] == page
    refused = runs.post(address("answer_upgrade", number), answer | {"answer-note": ""})
    assert (refused.status_code, refused.content.decode().count("Ghi nhận trả lời</button>")) == (422, 1)
    assert runs.post(address("answer_upgrade", number), answer)["Location"] == page
    assert "Đã cử người đến hướng dẫn" in khoa.get(page).content.decode()
    assert f"{regulation}-" in khoa.get(address("upgrades")).content.decode()


@pytest.mark.clause("QN20-17.2")
def test_a_refusal_says_why_and_a_request_is_withdrawn(world: World, khoa: Client, giang: Client) -> None:
    day = short_day(world.now.date())
    first, second = asked(world, "một"), asked(world, "hai")
    page = address("upgrade", second)
    assert giang.post(address("withdraw_upgrade", second), {"version": 1}).status_code == 403
    assert khoa.post(address("withdraw_upgrade", second), {"version": "x"}).status_code == 409
    assert khoa.post(address("withdraw_upgrade", second), {"version": 1})["Location"] == page
    assert "Rút yêu cầu</button>" not in khoa.get(page).content.decode()
    giang.post(
        address("propose_upgrade", first), {"number": "1", "on": day, "note": "Không nên", "version": 1}
    )
    refusal = {"outcome": "refuse", "number": "78/UBND", "on": day, "signer": "Chủ tịch", "version": 2}
    answer = giang.post(address("decide_upgrade", first), refusal)
    assert answer.status_code == 422
    assert [set(form.errors) for _, form in answer.context["forms"]] == [{"note"}]
    assert giang.post(address("decide_upgrade", first), refusal | {"note": "Hết tiền"}).status_code == 302
    assert "Hết tiền" in khoa.get(address("upgrade", first)).content.decode()


@pytest.mark.clause("QN20-17.2")
def test_pages_are_for_those_who_act_for_an_agency_and_show_its_own_requests(
    world: World, at_desk: At, giang: Client
) -> None:
    own = asked(world, "một")
    pages = [address("upgrades"), address("new_upgrade"), address("upgrade", own)]
    for path in pages:
        assert [at_desk(who).get(path).status_code for who in ("khoa", "hanh", "dung", "chi")] == [
            200,
            200,
            403,
            403,
        ]
        assert Client().get(path).status_code == 302
        assert giang.get(path).status_code == 200
    assert at_desk("khoa").get(address("upgrade", 10**30)).status_code == 404
    assert at_desk("khoa").get(address("upgrade", own + 1)).status_code == 404
    link = f'href="{address("upgrades")}"'
    home = address("home")
    assert link in at_desk("khoa").get(home, follow=True).content.decode()
    assert link not in at_desk("dung").get(home, follow=True).content.decode()
    at_a_body(world, "dung", "ict_centre", Role.CLERK)  # another agency's clerk
    assert at_desk("dung").get(address("upgrade", own)).status_code == 403
    assert "một" not in at_desk("dung").get(address("upgrades")).content.decode()


@pytest.mark.parametrize("regulation", ["KT22"], indirect=True)
def test_where_the_regulation_speaks_of_no_requests_there_is_no_page_and_no_way_to_it(
    world: World, khoa: Client, regulation: str
) -> None:
    for path in (address("upgrades"), address("new_upgrade"), address("upgrade", 1)):
        answer = khoa.get(path)
        assert answer.status_code == 404
        assert "không quy định việc gửi yêu cầu loại này" in answer.content.decode()
    assert khoa.post(address("new_upgrade"), TYPED | {"agency": world.agency.pk}).status_code == 404
    assert address("upgrades") not in khoa.get(address("home"), follow=True).content.decode()


@pytest.mark.clause("QN20-17.2")
def test_the_list_asks_the_same_number_of_questions_however_long_and_has_pages(
    world: World, khoa: Client
) -> None:
    asked(world, "yêu cầu 0")
    khoa.get(address("upgrades"))  # agencies are remembered from the first look on
    with CaptureQueriesContext(connection) as few:
        khoa.get(address("upgrades"))
    for number in range(1, 45):
        asked(world, f"yêu cầu {number}")
    with CaptureQueriesContext(connection) as many:
        answer = khoa.get(address("upgrades"))
    assert len(many) == len(few) <= 15
    assert len(answer.context["lines"]) == 40
    second: Any = khoa.get(address("upgrades") + answer.context["next"])
    assert [line["card"].title for line in second.context["lines"]][-1] == "yêu cầu 0"
    assert len(second.context["lines"]) == 5
