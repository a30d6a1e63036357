"""Several dossiers decided at once, and the return desk."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from tests.desk.conftest import At
from tests.dossiers.world import World, _officer

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.audit.models import ReadRecord
from motcua.desk.approval_cards import card_of
from motcua.desk.pages_of_verbs import BY_VERB
from motcua.desk.scanning import reference_in
from motcua.desk.several import PICKED
from motcua.desk.views import approvals
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Verb
from motcua.dossiers.models import Dossier, DossierTask
from motcua.dossiers.rules.state import SupplementItem
from motcua.dossiers.services import Act
from motcua.kernel.actors import Actor, ActorKind

pytestmark = pytest.mark.django_db
SEVERAL = "/noi-bo/phe-duyet/nhieu/"
LIST = "/noi-bo/phe-duyet/"
SCAN = "/noi-bo/tra-ket-qua/tim/"


def proposed(world: World, **changes: object) -> Act:
    return world.propose(world.assign(world.hand_over(world.accept(world.register()))), **changes)


def picked(acts: list[Act], *whats: str, **given: str) -> dict[str, Any]:
    """What the page sends: what was chosen for each of these, empty where nothing was."""
    chosen = {f"what_{act.dossier_id}": what for act, what in zip(acts, whats, strict=True) if what}
    picks = [f"{act.dossier_id}:{act.version}" for act in acts]
    return {"pick": picks} | chosen | given


def decide(client: Client, acts: list[Act], *, what: str, **given: str) -> list[tuple[str, bool, str]]:
    """(dossier, whether it was done, what is said) of each, as the page of outcomes shows it."""
    answer = client.post(SEVERAL, picked(acts, *[what] * len(acts), **given), follow=True)
    assert answer.redirect_chain == [("/noi-bo/phe-duyet/da-lam/", 302)]
    shown = [*answer.context["done"], *answer.context["refused"]]
    by_id = {each.dossier_id: each for each in shown}
    return [(a.dossier_id, by_id[a.dossier_id].is_done, by_id[a.dossier_id].said) for a in acts]


def test_ticked_dossiers_are_shown_with_their_proposals(world: World, at_desk: At) -> None:
    acts = [proposed(world, text="Đủ điều kiện cấp"), proposed(world)]
    answer = at_desk("hanh").get(SEVERAL, {PICKED: [act.dossier_id for act in acts]})
    assert [(card.id, card.proposal, card.back_to) for card, *_ in answer.context["cards"]] == [
        (act.dossier_id, "Đồng ý giải quyết", "examine") for act in acts
    ]
    assert "Đủ điều kiện cấp" in answer.content.decode()
    assert {world.state(act).status for act in acts} == {"in_progress"}


def test_what_follows_is_said_as_on_the_page_of_one_and_only_of_what_is_there(
    world: World, at_desk: At
) -> None:
    """Nobody tells the applicant at the decision to refuse: the paper comes first (ADR 0031)."""
    granted, refused = proposed(world), proposed(world, decision="refuse", text="Không đủ điều kiện")
    said = {}
    for acts in ([granted], [refused], [granted, refused]):
        answer = at_desk("hanh").get(SEVERAL, {PICKED: [act.dossier_id for act in acts]})
        said[len(acts), acts[0].dossier_id] = dict(answer.context["follows"])
        assert "được báo kèm lý do" not in answer.content.decode()
    one, other = BY_VERB[Verb.APPROVE], BY_VERB[Verb.REFUSE]
    approving, refusing = ({page.title: list(page.consequences)} for page in (one, other))
    assert said == {
        (1, granted.dossier_id): approving,
        (1, refused.dossier_id): refusing,
        (2, granted.dossier_id): approving | refusing,
    }


def test_each_of_several_names_the_step_and_the_people_that_come_next(world: World, at_desk: At) -> None:
    granted, refused = proposed(world), proposed(world, decision="refuse", text="Không đủ điều kiện")
    text = at_desk("hanh").get(SEVERAL, {PICKED: [granted.dossier_id, refused.dossier_id]}).content.decode()
    (task,) = world.state(world.approve(granted)).tasks
    for start in ("Nếu phê duyệt", "Nếu từ chối giải quyết"):
        assert len(re.findall(f"{start}: bước tiếp theo là “{task.name}” ở [^(<]+ \\(Khoa\\)\\.", text)) == 1


def test_each_of_several_says_where_nobody_is_there_to_take_the_next_step(world: World, at_desk: At) -> None:
    act = proposed(world)
    Position.objects.filter(account=world.people["khoa"]).delete()
    text = at_desk("hanh").get(SEVERAL, {PICKED: [act.dossier_id]}).content.decode()
    assert "hiện chưa có ai giữ vị trí để làm" in text


def test_reading_several_is_recorded_one_by_one(world: World, at_desk: At) -> None:
    acts = [proposed(world), proposed(world)]
    at_desk("hanh").get(SEVERAL, {PICKED: [act.dossier_id for act in acts]})
    assert sorted(ReadRecord.objects.values_list("what", flat=True)) == sorted(
        f"dossier:{act.dossier_id}" for act in acts
    )


def test_several_cost_as_few_queries_as_one(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    acts = [proposed(world) for _ in range(3)]
    hanh = at_desk("hanh")
    hanh.get(SEVERAL, {PICKED: [acts[0].dossier_id]})
    with django_assert_max_num_queries(15):
        hanh.get(SEVERAL, {PICKED: [act.dossier_id for act in acts]})


def test_approval_of_several_says_for_each_what_was_done_or_why_not(world: World, at_desk: At) -> None:
    good, to_refuse, changed = (
        proposed(world),
        proposed(world, decision="refuse", text="Thiếu"),
        proposed(world),
    )
    world.send_back(changed)
    said = decide(at_desk("hanh"), [good, to_refuse, changed], what="approve")
    assert [done for _, done, _ in said] == [True, False, False]
    assert said[0][2] == "Đã phê duyệt."
    assert [world.state(act).status.value for act in (good, to_refuse, changed)] == [
        "decided",
        "in_progress",
        "in_progress",
    ]


def test_words_for_all_are_said_to_be_for_those_without_their_own(world: World, at_desk: At) -> None:
    act, other = proposed(world), proposed(world)
    page = at_desk("hanh").get(SEVERAL, {PICKED: [act.dossier_id, other.dossier_id]}).content.decode()
    assert "Ghi chung cho các hồ sơ được phê duyệt mà không có ý kiến riêng." in page
    own = {f"text_{act.dossier_id}": "Ý riêng 17", "note": "Ý chung 18"}
    at_desk("hanh").post(SEVERAL, picked([act, other], "approve", "approve", **own))
    for each, has_own in ((act, True), (other, False)):
        shown = at_desk("hanh").get(reverse("desk:dossier", args=[each.dossier_id])).content.decode()
        assert ("Ý riêng 17" in shown, "Ý chung 18" in shown) == (has_own, not has_own)


def test_sending_back_several_needs_a_reason(world: World, at_desk: At) -> None:
    act = proposed(world)
    answer = at_desk("hanh").post(SEVERAL, picked([act], "send_back", reason=" "))
    assert [error.text for error in answer.context["page_errors"]] == ["Hãy ghi lý do trả lại."]
    assert world.state(act).version == act.version


def test_nothing_is_chosen_before_the_leader_does(world: World, at_desk: At) -> None:
    acts = [proposed(world), proposed(world)]
    hanh = at_desk("hanh")
    page = hanh.get(SEVERAL, {PICKED: [act.dossier_id for act in acts]})
    radios = re.findall(r"<input[^>]*type=.radio.[^>]*>", page.content.decode())
    assert len(radios) == 6
    chosen = [each for each in radios if "checked" in each]
    assert len(chosen) == 2
    assert all('value=""' in each for each in chosen)
    assert "Để lại, chưa quyết định" in page.content.decode()
    answer = hanh.post(SEVERAL, picked(acts, "", ""))
    first = answer.context["cards"][0][1].auto_id
    assert [(error.text, error.href) for error in answer.context["page_errors"]] == [
        ("Hãy chọn quyết định cho ít nhất một hồ sơ.", f"#{first}")
    ]
    assert [world.state(act).version for act in acts] == [act.version for act in acts]


def test_each_dossier_is_decided_as_was_chosen_for_it_and_the_rest_waits(world: World, at_desk: At) -> None:
    acts = [proposed(world) for _ in range(3)]
    sent = picked(acts, "approve", "send_back", "", note="Đồng ý", reason="Ghi rõ căn cứ")
    answer = at_desk("hanh").post(SEVERAL, sent, follow=True)
    assert [each.said for each in answer.context["done"]] == ["Đã phê duyệt.", "Đã trả lại để sửa."]
    states = [world.state(act) for act in acts]
    assert [state.status for state in states] == ["decided", "in_progress", "in_progress"]
    assert states[2].version == acts[2].version
    notes = [queries.history(act.dossier_id)[-1].note for act in acts[:2]]
    assert notes == ["Đồng ý", "Ghi rõ căn cứ"]


def test_proposal_to_refuse_is_refused_or_sent_back_and_not_approved(world: World, at_desk: At) -> None:
    act = proposed(world, decision="refuse", text="Thiếu")
    page = at_desk("hanh").get(SEVERAL, {PICKED: [act.dossier_id]}).content.decode()
    offered = [f'value="{what}"' in page for what in ("send_back", "refuse", "approve")]
    assert offered == [True, True, False]
    grant = proposed(world)
    page = at_desk("hanh").get(SEVERAL, {PICKED: [grant.dossier_id]}).content.decode()
    assert ('value="refuse"' in page, 'value="approve"' in page) == (False, True)
    assert re.search(r'type="radio"[^>]*value="" checked', page)


def test_several_are_decided_as_proposed_even_where_a_reason_was_written(world: World, at_desk: At) -> None:
    """What departs from the proposal is decided on its own page."""
    to_refuse, to_grant = proposed(world, decision="refuse", text="Thiếu"), proposed(world)
    said = decide(at_desk("hanh"), [to_refuse], what="approve", note="Đủ rồi")
    said += decide(at_desk("hanh"), [to_grant], what="refuse", **{f"text_{to_grant.dossier_id}": "Thiếu"})
    assert {each[1:] for each in said} == {
        (False, "Quyết định khác với đề xuất thì mở riêng hồ sơ và ghi lý do.")
    }
    assert [world.state(act).decision for act in (to_refuse, to_grant)] == [None, None]


def test_choice_can_be_taken_back_and_is_kept_when_the_page_comes_again(world: World, at_desk: At) -> None:
    acts = [proposed(world), proposed(world)]
    sent = picked(acts, "send_back", "", reason=" ") | {f"what_{acts[1].dossier_id}": ""}
    page = at_desk("hanh").post(SEVERAL, sent)
    radios = re.findall(r"<input[^>]*type=.radio.[^>]*>", page.content.decode())
    chosen = [re.findall(r'value="(\w*)"', each)[0] for each in radios if "checked" in each]
    assert chosen == ["send_back", ""]
    back = picked(acts, "approve", "") | {f"what_{acts[0].dossier_id}": ""}
    answer = at_desk("hanh").post(SEVERAL, back)
    assert [error.text for error in answer.context["page_errors"]] == [
        "Hãy chọn quyết định cho ít nhất một hồ sơ."
    ]


def test_what_nobody_proposed_is_not_chosen_for_all(
    world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = proposed(world)
    page = at_desk("hanh").get(SEVERAL, {PICKED: [act.dossier_id]}).content.decode()
    assert page.count("data-mc-as-proposed") == 1
    monkeypatch.setattr(approvals, "card_of", lambda *given: replace(card_of(*given), as_proposed=None))
    page = at_desk("hanh").get(SEVERAL, {PICKED: [act.dossier_id]}).content.decode()
    assert ('value="approve"' in page, "data-mc-as-proposed" in page) == (True, False)


def test_decision_that_nobody_knows_is_refused(world: World, at_desk: At) -> None:
    act = proposed(world)
    answer = at_desk("hanh").post(SEVERAL, picked([act], "stop"))
    assert [error.text for error in answer.context["page_errors"]] == ["Hãy chọn quyết định."]
    assert world.state(act).version == act.version


def test_sending_back_several_leads_each_to_its_proposer(world: World, at_desk: At) -> None:
    acts = [proposed(world), proposed(world)]
    said = decide(at_desk("hanh"), acts, what="send_back", reason="Ghi rõ căn cứ")
    assert [done for _, done, _ in said] == [True, True]
    assert [world.state(act).tasks[0].step_key for act in acts] == ["examine", "examine"]


def test_refused_as_proposed_with_the_words_of_the_proposal_or_of_the_leader(
    world: World, at_desk: At
) -> None:
    acts = [proposed(world, decision="refuse", text="Thiếu căn cứ") for _ in range(2)]
    own = {f"text_{acts[1].dossier_id}": "Không thuộc đối tượng"}
    said = decide(at_desk("hanh"), acts, what="refuse", **own)
    assert [each[1:] for each in said] == [(True, "Đã từ chối giải quyết.")] * 2
    notes = [queries.history(act.dossier_id)[-1].note for act in acts]
    assert notes == ["Thiếu căn cứ", "Không thuộc đối tượng"]
    again = decide(at_desk("hanh"), acts, what="refuse", **own)
    assert [done for _, done, _ in again] == [True, True]


def test_each_sent_back_may_have_a_reason_of_its_own(world: World, at_desk: At) -> None:
    acts = [proposed(world), proposed(world)]
    only = {f"text_{acts[0].dossier_id}": "Thiếu chữ ký"}
    refused = at_desk("hanh").post(SEVERAL, picked(acts, "send_back", "send_back", **only))
    assert [error.text for error in refused.context["page_errors"]] == ["Hãy ghi lý do trả lại."]
    assert "Thiếu chữ ký" in refused.content.decode()
    assert [world.state(act).version for act in acts] == [act.version for act in acts]
    decide(at_desk("hanh"), acts, what="send_back", reason="Ghi rõ căn cứ", **only)
    notes = [queries.history(act.dossier_id)[-1].note for act in acts]
    assert notes == ["Thiếu chữ ký", "Ghi rõ căn cứ"]


def test_all_of_a_page_are_ticked_and_none_without_script(world: World, at_desk: At) -> None:
    acts = [proposed(world), proposed(world)]
    hanh = at_desk("hanh")
    page = hanh.get(LIST).content.decode()
    assert page.count('name="ho-so"') == 2
    assert f'href="{LIST}?chon=tat-ca"' in page
    ticked = hanh.get(LIST, {"chon": "tat-ca"}).content.decode()
    found = re.findall(r'name="ho-so" value="([^"]+)" checked', ticked)
    assert sorted(found) == sorted(act.dossier_id for act in acts)
    assert f'href="{LIST}" data-mc-pick="none"' in ticked


def test_leader_goes_on_with_the_next_one_of_the_list(world: World, at_desk: At) -> None:
    acts = [proposed(world), proposed(world)]
    hanh = at_desk("hanh")
    first, second = (line.href for line in hanh.get(LIST).context["lines"])
    hanh.get(first)
    opened = next(act for act in acts if act.dossier_id in first)
    place = reverse("desk:verb", args=[opened.dossier_id, "phe-duyet"])
    assert "mở hồ sơ tiếp theo" in hanh.get(place).content.decode()
    given = {"version": opened.version, "task_key": world.task(opened), "tiep": "1"}
    done = hanh.post(place, given, follow=True)
    assert done.redirect_chain[-1][0].split("?")[0] == second.split("?")[0]
    last = next(act for act in acts if act.dossier_id in second)
    given = {"version": last.version, "task_key": world.task(last), "tiep": "1"}
    done = hanh.post(reverse("desk:verb", args=[last.dossier_id, "phe-duyet"]), given, follow=True)
    assert done.redirect_chain[-1][0].split("?")[0] == LIST


def test_who_came_from_elsewhere_is_not_led_on(world: World, at_desk: At) -> None:
    act = proposed(world)
    hanh = at_desk("hanh")
    place = reverse("desk:verb", args=[act.dossier_id, "phe-duyet"])
    assert "mở hồ sơ tiếp theo" not in hanh.get(place).content.decode()
    given = {"version": act.version, "task_key": world.task(act), "tiep": "1"}
    assert hanh.post(place, given).headers["Location"] == reverse("desk:dossier", args=[act.dossier_id])


def test_pressing_twice_decides_once_and_says_so(world: World, at_desk: At) -> None:
    act = proposed(world)
    hanh = at_desk("hanh")
    first = decide(hanh, [act], what="approve")
    again = decide(hanh, [act], what="approve")
    assert (first, world.state(act).version) == (again, act.version + 1)


def test_stale_tab_names_what_a_colleague_has_decided_meanwhile(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """By code and person, with who did what and when; those that may not be read are only counted."""
    acts = [proposed(world) for _ in range(3)]
    account = _officer("hoa")
    Position.objects.create(
        account=account,
        unit=world.units[UnitKind.LEADERSHIP],
        role=Role.APPROVER,
        valid_from=world.monday.date(),
    )
    other = Actor(ActorKind.OFFICER, str(account.pk), "Hoa")
    hanh = at_desk("hanh")
    for act in acts[:2]:
        task = {"task_key": world.task(act), "expected_version": act.version}
        services.approve(actor=other, at=world.later(minutes=5), dossier_id=act.dossier_id, **task)
    world.send_back(acts[2])
    hidden = "018f0000-0000-7000-8000-000000000000"
    sent = picked(acts, "approve", "approve", "refuse")
    sent["pick"].append(f"{hidden}:3")
    sent[f"what_{hidden}"] = "approve"
    with django_assert_max_num_queries(15):
        hanh.post(SEVERAL, sent)
    answer = hanh.get("/noi-bo/phe-duyet/da-lam/")
    said = {each.reference: (each.name, each.said) for each in answer.context["refused"]}
    for act in acts[:2]:
        name, what = said[world.state(act).reference]
        assert name == world.state(act).contents.applicant.name
        assert re.fullmatch(rf"Đã được {other.name} phê duyệt lúc \d\d:\d\d \d\d/\d\d/2024\.", what)
    assert "trả lại để sửa lúc" in said[world.state(acts[2]).reference][1]
    text = answer.content.decode()
    assert "Trong đó 1 hồ sơ không còn chờ bạn" in text
    assert not [each for each in (hidden, acts[0].dossier_id) if f">{each}" in text]


def test_decision_about_an_older_version_is_refused(world: World, at_desk: At) -> None:
    act = proposed(world)
    older = replace(act, version=act.version - 1)
    assert [done for _, done, _ in decide(at_desk("hanh"), [older], what="approve")] == [False]
    assert world.state(act).version == act.version


@pytest.mark.parametrize(("who", "status"), [("dung", 403), ("giang", 403), ("an", 403)])
def test_several_are_decided_by_leaders_only(world: World, at_desk: At, who: str, status: int) -> None:
    act = proposed(world)
    assert at_desk(who).get(SEVERAL, {PICKED: [act.dossier_id]}).status_code == status


@pytest.mark.parametrize("picks", [[], ["x"], ["018f0000-0000-7000-8000-000000000000"]])
def test_nothing_or_nonsense_chosen_changes_nothing(world: World, at_desk: At, picks: list[str]) -> None:
    answer = at_desk("hanh").get(SEVERAL, {PICKED: picks}, follow=True)
    assert answer.status_code == 200
    assert not answer.context.get("cards")


def test_what_was_ticked_stands_in_the_address_and_nothing_else_does(world: World, at_desk: At) -> None:
    """So it can be read again, gone back to and shown in the other language."""
    acts = [proposed(world), proposed(world)]
    hanh = at_desk("hanh")
    text = hanh.get(LIST).content.decode()
    assert f'<form method="get" action="{SEVERAL}">' in text
    assert re.findall(r'type="checkbox"[^>]*name="([^"]+)" value="([^"]+)"', text) == [
        (PICKED, act.dossier_id) for act in acts
    ]
    address = f"{SEVERAL}?{PICKED}={acts[0].dossier_id}&{PICKED}={acts[1].dossier_id}"
    for answer in (hanh.get(address), hanh.post(address, picked(acts, "send_back", "", reason=" "))):
        shown = answer.content.decode()
        assert [card.id for card, *_ in answer.context["cards"]] == [act.dossier_id for act in acts]
        back = re.search('name="next" value="([^"]+)"', shown)  # the switch of language
        assert back is not None
        assert re.sub("&tra-lai=[\\w-]+$", "", html.unescape(back[1])) == address
        assert '<form method="post" novalidate>' in shown  # sent to the address of the page
    assert hanh.post("/ngon-ngu/", {"language": "en", "next": address}).headers["Location"] == address
    assert "Decide 2 dossiers" in hanh.get(address).content.decode()


def test_dossiers_that_wait_no_more_are_counted_and_not_shown(world: World, at_desk: At) -> None:
    act = proposed(world)
    hanh = at_desk("hanh")
    decide(hanh, [act], what="approve")
    answer = hanh.get(SEVERAL, {PICKED: [act.dossier_id]})
    assert (answer.status_code, answer.context["cards"], answer.context["missing"]) == (200, [], 1)
    assert "Quyết định nhiều hồ sơ</h1>" in answer.content.decode()


# --- the return desk --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("scanned", "number"),
    [
        ("https://mot-cua.example.vn/tra-cuu/H15.15-240304-0001", "H15.15-240304-0001"),
        ("https://x/tra-cuu/YC-AB12-CD34?a=1", "YC-AB12-CD34"),
        ("  H15.15-240304-0001\n", "H15.15-240304-0001"),
        ("", ""),
    ],
)
def test_reference_in_what_a_scanner_types(scanned: str, number: str) -> None:
    assert reference_in(scanned) == number


def test_scan_of_a_slip_opens_the_handing_over_and_comes_back(world: World, at_desk: At) -> None:
    act = world.until("announce")
    chi = at_desk("chi")
    opened = chi.post(SCAN, {"number": f"http://testserver/tra-cuu/{act.code}"}, follow=True)
    assert opened.context["form"]["who"].value() == "applicant"
    given = {"version": act.version, "how": "counter", "who": "applicant", "proof": "Đã ký sổ"}
    done = chi.post(
        reverse("desk:verb", args=[act.dossier_id, "tra-ket-qua"]),
        given | {"and_close": "on", "ve": opened.context["then"]},
    )
    assert (done.headers["Location"], world.state(act).status) == ("/noi-bo/tra-ket-qua/", "closed")


def test_handing_over_without_closing_leaves_the_dossier_returned(world: World, at_desk: At) -> None:
    act = world.until("announce")
    given = {"version": act.version, "how": "counter", "who": "applicant", "proof": "Đã ký sổ"}
    at_desk("chi").post(reverse("desk:verb", args=[act.dossier_id, "tra-ket-qua"]), given)
    assert world.state(act).status == "returned"


def test_scan_of_a_returned_dossier_leads_to_closing(world: World, at_desk: At) -> None:
    act = world.until("give_back")
    answer = at_desk("chi").post(SCAN, {"number": act.code})
    assert answer.headers["Location"].partition("?")[0] == reverse(
        "desk:verb", args=[act.dossier_id, "ket-thuc"]
    )


@pytest.mark.parametrize("typed", ["{serial}", "{day}-{serial}", "{bare}"])
def test_end_of_a_code_opens_the_only_one_that_is_ready(world: World, at_desk: At, typed: str) -> None:
    act = world.until("announce")
    day, _, serial = str(act.code).rpartition("-")
    number = typed.format(serial=serial, day=day.rpartition("-")[2], bare=serial.lstrip("0"))
    answer = at_desk("chi").post(SCAN, {"number": number})
    assert answer.headers.get("Location", "").partition("?")[0] == reverse(
        "desk:verb", args=[act.dossier_id, "tra-ket-qua"]
    )


def test_end_of_a_code_that_several_have_is_a_list_to_choose_from(world: World, at_desk: At) -> None:
    acts = [world.until("announce"), world.until("announce"), world.until("propose")]
    for act, day in zip(acts, ("240301", "240302", "240303"), strict=True):
        Dossier.objects.filter(pk=act.dossier_id).update(code=f"H15.15-{day}-0042")
    answer = at_desk("chi").post(SCAN, {"number": "42"})
    hrefs = {reverse("desk:verb", args=[act.dossier_id, "tra-ket-qua"]) for act in acts[:2]}
    assert {href.partition("?")[0] for _each, href in answer.context["alike"]} == hrefs
    assert answer.context["page_errors"] == []
    (focused,) = re.findall(r"<(\w+)[^>]*\bautofocus\b[^>]*>", answer.content.decode())
    assert focused == "a"


def test_end_of_a_code_finds_nothing_that_is_not_ready(world: World, at_desk: At) -> None:
    act = world.until("propose")
    answer = at_desk("chi").post(SCAN, {"number": str(act.code).rpartition("-")[2]})
    assert [error.text for error in answer.context["page_errors"]] == [
        "Không có hồ sơ nào chờ trả mang số này ở cơ quan bạn. Hãy gõ cả mã hồ sơ để biết hồ sơ đang ở đâu."
    ]


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        (
            "propose",
            "Hồ sơ này chưa có kết quả để trả. Trạng thái: Đang giải quyết. "
            "Hồ sơ đang ở: approve – leadership.",
        ),
        (
            "close",
            "Hồ sơ này đã kết thúc, không còn kết quả chờ trả. Trạng thái: Đã trả kết quả, đóng hồ sơ.",
        ),
        ("", "Không có hồ sơ nào của cơ quan bạn mang số này."),
    ],
)
def test_scan_that_leads_nowhere_says_why(world: World, at_desk: At, verb: str, said: str) -> None:
    number = world.until(verb).code if verb else "H15.15-240304-9999"
    answer = at_desk("chi").post(SCAN, {"number": number})
    assert [error.text for error in answer.context["page_errors"]] == [said]
    page = answer.content.decode()  # the next scan takes the place of this one
    assert 'data-disable-auto-focus="true"' in page
    assert 'autofocus data-mc-scan=""' in page
    assert answer.context["scanned"]["number"].value() == number


def test_scan_of_a_result_that_is_not_at_the_desk_says_with_whom_it_is(world: World, at_desk: At) -> None:
    act = world.until("issue")
    DossierTask.objects.filter(dossier_id=act.dossier_id).update(kind="publish")
    row = Dossier.objects.get(pk=act.dossier_id)
    task = row.state["tasks"][0]
    task |= {"kind": "publish", "name": "Đăng tải", "unit_id": world.units[UnitKind.OFFICE].pk}
    row.save(update_fields=["state"])
    answer = at_desk("chi").post(SCAN, {"number": act.code})
    assert [error.text for error in answer.context["page_errors"]] == [
        "Kết quả của hồ sơ này chưa được chuyển đến bộ phận một cửa. Trạng thái: Đã có kết quả. "
        "Hồ sơ đang ở: Đăng tải – office."
    ]
    page = at_desk("chi").get(reverse("desk:verb", args=[act.dossier_id, "tra-ket-qua"])).content.decode()
    assert "<li>Đăng tải – office</li>" in page


def test_scan_is_for_the_desk_only(world: World, at_desk: At) -> None:
    assert at_desk("dung").post(SCAN, {"number": "1"}).status_code == 403


def to_be_looked_over(world: World) -> Act:
    """A request for a supplement that the head of the desk must see first."""
    items = (SupplementItem("paper", "Thiếu dấu"),)
    act = world.register()
    return services.request_supplement(**world._on(act, "chi"), items=items, reason="a", guidance="b")


@pytest.mark.clause("QN20-11.2#2")
def test_head_of_the_desk_ticks_and_agrees_to_requests_at_once(
    world: World, at_desk: At, settings: Settings
) -> None:
    settings.PROVINCE = "quang-ngai"
    world.people["head"] = _officer("head")
    desk = world.units[UnitKind.DESK]
    Position.objects.create(account=world.people["head"], unit=desk, role=Role.DESK_HEAD.value)
    acts = [to_be_looked_over(world), to_be_looked_over(world)]
    answer = at_desk("head").get(LIST)
    assert [line.pick for line in answer.context["lines"]] == [act.dossier_id for act in acts]
    assert answer.content.decode().count('name="ho-so"') == 2
    alone = "Hệ thống không báo được cho người nộp. Hãy gọi số 0905000001."
    page = at_desk("head").get(SEVERAL, {PICKED: [act.dossier_id for act in acts]})
    assert [card.to_tell for card, *_ in page.context["cards"]] == [alone] * 2
    assert "Hệ thống không báo được yêu cầu bổ sung cho người nộp 2 hồ sơ" in page.content.decode()
    head = at_desk("head")
    said = decide(head, acts, what="release")
    assert [each[2] for each in said] == ["Đã đồng ý yêu cầu bổ sung."] * 2
    assert head.get("/noi-bo/phe-duyet/da-lam/").content.decode().count(alone) == 2
    assert {world.state(act).status for act in acts} == {"awaiting_supplement"}


def test_dossier_picked_twice_counts_once(world: World, at_desk: At) -> None:
    act = proposed(world)
    hanh = at_desk("hanh")
    twice = [f"{act.dossier_id}:{act.version}"] * 2
    assert hanh.get(SEVERAL, {PICKED: twice}).context["missing"] == 0
    answer = hanh.post(SEVERAL, picked([act], "approve") | {"pick": twice}, follow=True)
    assert (len(answer.context["done"]), len(answer.context["refused"])) == (1, 0)


def asked_for(world: World) -> Act:
    """A supplement request of Dũng's that the leader has to agree to."""
    return services.request_supplement(
        **world._on(world.until("assign"), "dung"),
        items=(SupplementItem("paper", "Bản rõ"),),
        reason="Bản chụp mờ",
        guidance="Chụp lại",
    )


def test_words_that_no_decision_would_keep_are_refused_and_nothing_is_decided(
    world: World, at_desk: At
) -> None:
    asked, granted = asked_for(world), proposed(world)
    hanh = at_desk("hanh")

    def refused(*whats: str, **given: str) -> set[str]:
        answer = hanh.post(SEVERAL, picked([asked, granted], *whats, **given))
        assert answer.status_code == 422
        assert [world.state(act).version for act in (asked, granted)] == [asked.version, granted.version]
        return set(answer.context["form"].errors)

    own = f"text_{asked.dossier_id}"
    assert refused("release", "approve", **{own: "Nhớ ghi rõ trang"}) == {own}
    assert refused("", "approve", **{own: "Để mai"}) == {own}
    assert refused("release", "", note="Đồng ý") == {"note"}
    assert refused("release", "approve", reason="Sửa lại") == {"reason"}
    alone = f"text_{granted.dossier_id}"
    assert refused("release", "approve", note="Chung", **{alone: "Riêng"}) == {"note"}


@pytest.mark.clause("DL24-20.2")
def test_supplement_requests_are_agreed_to_or_sent_back_with_other_decisions_at_once(
    world: World, at_desk: At
) -> None:
    agreed, back, granted = asked_for(world), asked_for(world), proposed(world)
    acts, hanh = [agreed, back, granted], at_desk("hanh")
    assert hanh.get(LIST).content.decode().count('name="ho-so"') == 3
    page = hanh.get(SEVERAL, {PICKED: [act.dossier_id for act in acts]})
    assert [card.offered for card, *_ in page.context["cards"]] == [
        ("release", "return_request", ""), ("release", "return_request", ""), ("approve", "send_back", "")
    ]  # fmt: skip
    assert not any(card.to_tell for card, *_ in page.context["cards"])  # the desk sends it, and is told then
    for words in ("Giấy chứng minh: Bản rõ", "Bản chụp mờ", "Chụp lại"):
        assert words in page.content.decode()
    lacking = hanh.post(SEVERAL, picked(acts, "release", "return_request", "approve"))
    assert [error.text for error in lacking.context["page_errors"]] == ["Hãy ghi lý do trả lại."]
    assert [world.state(act).version for act in acts] == [act.version for act in acts]
    sent = picked(acts, "release", "return_request", "approve", reason="Đã có trong hồ sơ")
    answer = hanh.post(SEVERAL, sent, follow=True)
    assert [each.said for each in answer.context["done"]] == [
        "Đã đồng ý yêu cầu bổ sung.", "Đã trả lại yêu cầu bổ sung.", "Đã phê duyệt."
    ]  # fmt: skip
    states = [world.state(act) for act in acts]
    assert [task.kind for task in states[0].tasks if task.kind == "relay"] == ["relay"]
    assert (states[1].proposed_supplement, states[2].status) == (None, "decided")
    again = hanh.post(SEVERAL, sent, follow=True)  # the button was pressed twice
    assert [each.is_done for each in again.context["done"]] == [True, True, True]


def test_decision_that_does_not_fit_a_supplement_request_is_refused_and_changes_nothing(
    world: World, at_desk: At
) -> None:
    act = asked_for(world)
    (said,) = decide(at_desk("hanh"), [act], what="approve")
    assert not said[1]
    assert world.state(act).version == act.version
