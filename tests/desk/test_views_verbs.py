"""Acting on a dossier from the pages: done once, refused clearly, nothing typed is lost."""

from __future__ import annotations

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import FileField
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.desk.conftest import At
from tests.desk.test_views_incidents import outage
from tests.documents import samples
from tests.dossiers.test_services_people import away
from tests.dossiers.world import World, moment, next_version, published, sheet, typed_at

from motcua.agencies.enums import UnitKind
from motcua.agencies.models import Position
from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.desk.forms.verbs import FORMS
from motcua.desk.forms.verbs.with_file import FormWithFile
from motcua.desk.pages_of_verbs import BY_VERB, PAGES
from motcua.documents import queries as documents
from motcua.documents import services as document_services
from motcua.documents.models import Tray
from motcua.documents.rules.addresses import key_of
from motcua.dossiers import services
from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.rules.state import DocumentRef, SupplementItem
from motcua.dossiers.services import Act
from motcua.process import queries as process
from motcua.process.rules import reading
from motcua.theme.wording import short_moment

pytestmark = pytest.mark.django_db

PDF = samples.pdf()


def address(act: Act, verb: Verb) -> str:
    return reverse("desk:verb", args=[act.dossier_id, BY_VERB[verb].slug])


def press(client: Client, world: World, act: Act, verb: Verb, **typed: object) -> object:
    """Open the page, fill it in and press the button, as a browser would."""
    shown = client.get(address(act, verb))
    assert shown.status_code == 200, shown.content.decode()
    given = {"version": shown.context["form"]["version"].value()}
    if shown.context["task"]:
        given["task_key"] = shown.context["task"].key
    return client.post(address(act, verb), given | typed)


def test_every_verb_page_has_its_form_and_its_words() -> None:
    assert {page.verb for page in PAGES} == set(FORMS)
    assert all(page.consequences and page.title and page.button and page.done for page in PAGES)


def test_life_of_a_dossier_by_the_pages_ends_closed(world: World, at_desk: At) -> None:
    act = world.register()
    chi, lan, dung, hanh, khoa = (at_desk(name) for name in ("chi", "lan", "dung", "hanh", "khoa"))
    press(chi, world, act, Verb.ACCEPT)
    press(chi, world, act, Verb.HAND_OVER, note="Kính chuyển")
    press(lan, world, act, Verb.ASSIGN, officer=str(world.people["dung"].pk))
    press(dung, world, act, Verb.PROPOSE, decision="grant", text="Đủ điều kiện")
    press(hanh, world, act, Verb.APPROVE)
    upload = SimpleUploadedFile("giay-phep.pdf", PDF, content_type="application/pdf")
    press(khoa, world, act, Verb.ISSUE_RESULT, number="12/GP", name="Giấy phép", upload=upload)
    press(chi, world, act, Verb.ANNOUNCE)
    press(chi, world, act, Verb.RETURN_RESULT, how="counter", who="applicant", proof="Đã ký sổ")
    assert world.state(act).status is Status.RETURNED
    press(chi, world, act, Verb.CLOSE)
    assert world.state(act).status is Status.CLOSED


def test_supplement_asked_and_brought_at_the_counter(world: World, at_desk: At) -> None:
    act, chi = world.register(), at_desk("chi")
    asked = {"ask_1": "on", "what_1": "Bản chính", "reason": "Thiếu", "guidance": "Mang bản chính"}
    press(chi, world, act, Verb.REQUEST_SUPPLEMENT, **asked)
    assert world.state(act).status is Status.AWAITING_SUPPLEMENT
    press(
        chi, world, act, Verb.SUPPLEMENT,
        paper_key_0="paper", brought_0="on", originals_0="1", copies_0="0", paper_note_0="",
    )  # fmt: skip
    assert world.state(act).status is Status.SUBMITTED


def test_papers_brought_after_a_registration_without_them_are_recorded_without_a_request(
    world: World, at_desk: At
) -> None:
    act, chi = world.register(documents=()), at_desk("chi")
    shown = chi.get(address(act, Verb.SUPPLEMENT)).content.decode()
    assert "Giấy chứng minh" in shown
    press(
        chi, world, act, Verb.SUPPLEMENT,
        paper_key_0="form", brought_0="on", originals_0="1", copies_0="0", paper_note_0="",
        paper_key_1="paper", brought_1="on", originals_1="1", copies_1="0", paper_note_1="",
    )  # fmt: skip
    assert "Đã ghi nhận 1 bản chính, 0 bản sao" in chi.get(address(act, Verb.SUPPLEMENT)).content.decode()
    press(chi, world, act, Verb.ACCEPT)
    assert world.state(act).status is Status.ACCEPTED


def test_papers_of_an_online_filing_are_not_offered_to_the_desk(world: World, at_desk: At) -> None:
    act = world.submit(world.draft())
    assert at_desk("chi").get(address(act, Verb.SUPPLEMENT)).status_code == 409


def test_declining_ends_the_dossier(world: World, at_desk: At) -> None:
    act = world.register()
    typed = {"reason": "Theo luật", "provision": "Điều 17 Nghị định số 61/2018/NĐ-CP"}
    press(at_desk("chi"), world, act, Verb.DECLINE, ground="by_law", **typed)
    assert world.state(act).status is Status.DECLINED


def test_send_back_reaches_the_step_before(world: World, at_desk: At) -> None:
    act = world.until("propose")
    press(at_desk("hanh"), world, act, Verb.SEND_BACK, to_step="examine", reason="Bổ sung căn cứ")
    assert [task.step_key for task in world.state(act).tasks] == ["examine"]


def test_refuse_follows_a_proposal_to_refuse(world: World, at_desk: At) -> None:
    act = world.propose(world.until("assign"), decision="refuse", text="Không đủ điều kiện")
    press(at_desk("hanh"), world, act, Verb.REFUSE, reason="Không đủ điều kiện theo Điều 5")
    assert world.state(act).decision == "refuse"


def test_leader_decides_otherwise_with_a_reason_that_stands_with_the_result(
    world: World, at_desk: At
) -> None:
    act = world.propose(world.until("assign"), decision="refuse", text="Không đủ điều kiện")
    hanh, shown = at_desk("hanh"), reverse("desk:dossier", args=[act.dossier_id])
    main = [link.page.verb for link in hanh.get(shown).context["page"].main_verbs]
    assert Verb.APPROVE not in main
    answer = press(hanh, world, act, Verb.APPROVE)
    assert "Quyết định này khác với đề xuất của người thụ lý" in answer.content.decode()
    assert 'href="#id_note"' in answer.content.decode()
    assert world.state(act).decision is None
    press(hanh, world, act, Verb.APPROVE, note="Đủ điều kiện theo khoản 2")
    assert world.state(act).decision == "grant"
    text = hanh.get(shown).content.decode()
    assert (
        text.count("Quyết định khác với đề xuất của người thụ lý") == 2
    )  # beside the result, in the history
    assert text.count("Đủ điều kiện theo khoản 2") == 2


def test_refusal_against_a_proposal_to_grant_is_offered_beside_the_approval(
    world: World, at_desk: At
) -> None:
    act = world.propose(world.until("assign"))
    offered = {
        link.page.verb
        for link in at_desk("hanh")
        .get(reverse("desk:dossier", args=[act.dossier_id]))
        .context["page"]
        .other_verbs
    }
    assert Verb.REFUSE in offered
    press(at_desk("hanh"), world, act, Verb.REFUSE, reason="Không đủ điều kiện theo Điều 5")
    assert world.state(act).decided_against == "grant"


def test_stop_needs_the_applicants_request_and_ends_the_dossier(world: World, at_desk: At) -> None:
    act, chi = world.until("assign"), at_desk("chi")
    asked = {"requested_on": world.now.strftime("%d/%m/%Y"), "reason": "Sẽ nộp lại"}
    answer = press(chi, world, act, Verb.STOP, **asked)
    assert 'href="#id_request"' in answer.content.decode()
    assert world.state(act).status is Status.IN_PROGRESS
    press(chi, world, act, Verb.STOP, **asked, request="Đơn nộp tại quầy")
    assert world.state(act).status is Status.STOPPED
    text = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert f"Người nộp đề nghị ngày: {world.now:%d/%m/%Y}" in text
    assert "Đề nghị: Đơn nộp tại quầy" in text


@pytest.mark.parametrize("until", ["register", "assign"])  # at the counter, and minutes before a term ends
def test_desk_withdraws_only_as_the_applicant_asked_and_keeps_their_paper(
    world: World, at_desk: At, until: str
) -> None:
    act, chi = world.register() if until == "register" else world.until(until), at_desk("chi")
    asked = {"requested_on": world.now.strftime("%d/%m/%Y"), "reason": "Không cần nữa"}
    answer = press(chi, world, act, Verb.WITHDRAW, reason="Không cần nữa")
    assert all(f'href="#id_{name}"' in answer.content.decode() for name in ("requested_on", "request"))
    assert world.state(act).status not in (Status.WITHDRAWN, Status.STOPPED)
    letter = SimpleUploadedFile("bien-ban.pdf", samples.pdf())
    press(chi, world, act, Verb.WITHDRAW, **asked, request="Nói tại quầy, có biên bản", upload=letter)
    state = world.state(act)
    assert (state.status, [each.what for each in state.request_papers]) == (Status.WITHDRAWN, ["withdrawn"])
    text = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert f"Người nộp đề nghị ngày: {world.now:%d/%m/%Y}" in text
    assert "Đề nghị: Nói tại quầy, có biên bản" in text
    assert reverse("desk:paper", args=[act.dossier_id, state.request_papers[0].file_id]) in text


def test_stop_shows_the_notice_before_it_is_given_where_the_forms_know_one(world: World, at_desk: At) -> None:
    act = world.until("assign")
    assert "Xem trước phiếu" not in at_desk("chi").get(address(act, Verb.STOP)).content.decode()

    world.now = moment("2026-03-02 08:00")
    act, chi = world.until("assign"), at_desk("chi")
    text = chi.get(address(act, Verb.STOP)).content.decode()
    assert "Xem trước phiếu" in text
    assert "Thông báo dừng giải quyết hồ sơ được lập; người nộp xem và tải về được." in text
    asked = {"requested_on": "02/03/2026", "reason": "Sẽ nộp lại", "request": "Đơn nộp tại quầy"}
    shown = press(chi, world, act, Verb.STOP, **asked, preview="1")
    assert shown.headers["Content-Type"] == "application/pdf"
    assert world.state(act).status is Status.IN_PROGRESS
    press(chi, world, act, Verb.STOP, **asked)
    page = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "Thông báo dừng giải quyết hồ sơ" in page


def test_verb_done_is_confirmed_on_the_dossier_page(world: World, at_desk: At) -> None:
    act, chi = world.register(), at_desk("chi")
    answer = press(chi, world, act, Verb.ACCEPT)
    assert answer.status_code == 302
    assert "Đã tiếp nhận hồ sơ." in chi.get(answer.headers["Location"]).content.decode()


def test_verb_page_says_what_will_happen(world: World, at_desk: At) -> None:
    text = at_desk("chi").get(address(world.register(), Verb.REQUEST_SUPPLEMENT)).content.decode()
    assert "Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ được lập để in" in text


def test_missing_field_is_named_and_the_rest_is_kept(world: World, at_desk: At) -> None:
    act = world.register()
    answer = press(at_desk("chi"), world, act, Verb.DECLINE, reason="Thuộc thẩm quyền cấp xã")
    text = answer.content.decode()
    assert (answer.status_code, world.state(act).status) == (200, Status.SUBMITTED)
    assert 'href="#id_ground"' in text
    assert "Thuộc thẩm quyền cấp xã" in text


def test_text_beside_a_paper_that_is_not_ticked_is_not_lost_in_silence(world: World, at_desk: At) -> None:
    act, texts = (
        world.register(),
        {"what_0": "Ký lại", "what_1": "Bản rõ hơn", "reason": "r", "guidance": "g"},
    )
    answer = press(at_desk("chi"), world, act, Verb.REQUEST_SUPPLEMENT, ask_0="on", **texts)
    assert list(answer.context["form"].errors) == ["ask_1"]
    assert world.state(act).status is Status.SUBMITTED
    press(at_desk("chi"), world, act, Verb.REQUEST_SUPPLEMENT, ask_0="on", ask_1="on", **texts)
    assert len(world.state(act).supplements[-1].items) == 2


def test_form_of_a_substitute_says_for_whom_they_act(world: World, at_desk: At) -> None:
    act = world.until("assign")
    page = address(act, Verb.PROPOSE)
    assert at_desk("dung").get(page).context["in_place_of"] == ""
    away(world, "dung", "em")
    shown = at_desk("em").get(page)
    assert shown.context["in_place_of"] == world.people["dung"].full_name
    assert "Bạn làm thay:" in shown.content.decode()


def test_supplement_request_where_papers_are_unknown_names_them_in_words(world: World, at_desk: At) -> None:
    unknown = sheet(code="2.001661", components=(), provenance={"components": "not_found"})
    version = published(unknown, world.agency, world.units[UnitKind.DIVISION])
    act = world.register(procedure_version_id=version.pk, documents=())
    chi = at_desk("chi")
    shown = chi.get(address(act, Verb.REQUEST_SUPPLEMENT)).content.decode()
    assert "Danh sách giấy tờ của thủ tục này chưa được nhập vào hệ thống." in shown
    assert "Thành phần hồ sơ đã công bố" not in shown
    texts = {"reason": "Thiếu giấy tờ", "guidance": "Nộp tại quầy"}
    answer = press(chi, world, act, Verb.REQUEST_SUPPLEMENT, ask_0="on", **texts)
    assert [(each.text, each.href) for each in answer.context["page_errors"]] == [
        ("Hãy ghi tên từng giấy tờ cần bổ sung.", "#id_what_0")
    ]
    assert re.search(r'govuk-input--error" type="text" name="what_0"', answer.content.decode())
    press(chi, world, act, Verb.REQUEST_SUPPLEMENT, ask_0="on", what_0="Sơ yếu lý lịch", **texts)
    (item,) = world.state(act).supplements[-1].items
    assert "Sơ yếu lý lịch" in item.what


def test_request_for_the_form_calls_it_what_everybody_calls_it(world: World, at_desk: At) -> None:
    form = RequiredDocument("e-form", "Mẫu điện tử tương tác", channels=("online",), is_form=True)
    content = sheet(code="1.000009", components=(form,))
    version = published(content, world.agency, world.units[UnitKind.DIVISION])
    act = world.submit(world.draft(procedure_version_id=version.pk, documents=()))
    chi = at_desk("chi")
    shown = chi.get(address(act, Verb.REQUEST_SUPPLEMENT)).content.decode()
    texts = {"reason": "Sai mục đích", "guidance": "Khai lại"}
    press(chi, world, act, Verb.REQUEST_SUPPLEMENT, ask_0="on", **texts)
    (item,) = world.state(act).supplements[-1].items
    assert item.what == "Tờ khai điện tử"
    assert "Mẫu điện tử tương tác" not in shown + chi.get(f"/noi-bo/ho-so/{act.dossier_id}/").content.decode()


def test_supplement_request_without_a_tick_keeps_the_texts(world: World, at_desk: At) -> None:
    act = world.register()
    answer = press(
        at_desk("chi"), world, act, Verb.REQUEST_SUPPLEMENT, what_0="Ký lại", reason="r", guidance="g"
    )
    assert 'href="#id_ask_0"' in answer.content.decode()
    assert 'value="Ký lại"' in answer.content.decode()
    empty = press(at_desk("chi"), world, act, Verb.REQUEST_SUPPLEMENT)
    assert [each.href for each in empty.context["page_errors"]] == ["#id_ask_0", "#id_reason", "#id_guidance"]


@pytest.mark.parametrize(
    ("verb", "decision", "said"),
    [("approve", "grant", "Đã phê duyệt"), ("refuse", "refuse", "Đã từ chối giải quyết")],
)
def test_decision_is_told_to_whoever_goes_on_with_the_dossier(
    world: World, at_desk: At, verb: str, decision: str, said: str
) -> None:
    act = getattr(world, verb)(world.propose(world.until("assign"), decision=decision))
    khoa = at_desk("khoa")
    listed = khoa.get("/noi-bo/viec-cua-don-vi/").content.decode()
    assert (said in listed, "Đề xuất:" in listed) == (True, False)
    assert said in khoa.get(address(act, Verb.ISSUE_RESULT)).content.decode()
    head = khoa.get(f"/noi-bo/ho-so/{act.dossier_id}/").content.decode().partition("</h1>")[0]
    assert said in head.partition("mc-dossier-head__line")[2]
    world.issue(act)
    returns = at_desk("chi").get("/noi-bo/tra-ket-qua/").content.decode()
    assert (said in returns, "Đề xuất:" in returns) == (True, False)


def test_accept_of_an_incomplete_dossier_names_what_is_missing(world: World, at_desk: At) -> None:
    act = world.register(documents=())
    answer = press(at_desk("chi"), world, act, Verb.ACCEPT, note="đủ")
    assert "Hồ sơ chưa đủ" in answer.content.decode()
    assert world.state(act).status is Status.SUBMITTED


def test_stale_page_is_refused_with_news_and_the_typed_text(world: World, at_desk: At) -> None:
    act = world.until("hand_over")
    chi = at_desk("chi")
    shown = chi.get(address(act, Verb.STOP))
    world.assign(act)
    typed = {"requested_on": "04/03/2024", "request": "Đơn", "reason": "Theo quyết định của tòa án"}
    answer = chi.post(address(act, Verb.STOP), {"version": shown.context["form"]["version"].value(), **typed})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Hồ sơ vừa được người khác cập nhật" in text
    assert "Theo quyết định của tòa án" in text
    assert [news.title for news in answer.context["news"]] == ["Phân công thụ lý"]
    assert reverse("desk:dossier", args=[act.dossier_id]) in text


def test_stale_page_says_what_was_chosen_too(world: World, at_desk: At) -> None:
    """What is sent again by one press has to be read before."""
    act, dung = world.until("assign"), at_desk("dung")
    version = dung.get(address(act, Verb.PROPOSE)).context["form"]["version"].value()
    typed = {"version": version - 1, "decision": "refuse", "text": "Không đủ điều kiện"}
    answer = dung.post(address(act, Verb.PROPOSE), typed)
    assert answer.status_code == 409
    said = [text for _, text in answer.context["typed"]]
    assert said == ["Không đủ điều kiện giải quyết", "Không đủ điều kiện"]


def test_verb_pressed_twice_is_done_once(world: World, at_desk: At) -> None:
    act, chi = world.register(), at_desk("chi")
    version = chi.get(address(act, Verb.ACCEPT)).context["form"]["version"].value()
    first, second = (chi.post(address(act, Verb.ACCEPT), {"version": version}) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert world.state(act).version == version + 1
    text = second.content.decode()
    assert "từ lần bấm trước của bạn. Lần bấm sau không ghi thêm gì" in text
    assert "Việc này đã được ghi nhận lúc 0" in text
    assert "Chưa có gì bạn vừa làm được ghi nhận" not in text
    assert [news.title for news in second.context["news"]] == ["Tiếp nhận hồ sơ, hẹn trả kết quả"]
    assert reverse("desk:dossier", args=[act.dossier_id]) in text


def test_verb_that_may_be_done_twice_is_said_to_be_done_and_offered_again(world: World, at_desk: At) -> None:
    act, dung = world.until("assign"), at_desk("dung")
    version = dung.get(address(act, Verb.PLAN_VERIFICATION)).context["form"]["version"].value()
    typed = {"where": "elsewhere", "place": "Thửa đất", "participants": "Dũng", "content": "Ranh giới"}
    typed["version"] = version
    typed |= typed_at("when", "08:00 01/12/2044")
    first, second = (dung.post(address(act, Verb.PLAN_VERIFICATION), typed) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert second.context["is_done"]
    again = dung.post(address(act, Verb.PLAN_VERIFICATION), dict(second.context["again"]))
    assert again.status_code == 302
    assert len(world.state(act).verifications) == 2


def test_another_verb_of_the_same_officer_is_told_as_news(world: World, at_desk: At) -> None:
    act, chi = world.register(), at_desk("chi")
    version = chi.get(address(act, Verb.WITHDRAW)).context["form"]["version"].value()
    chi.post(address(act, Verb.ACCEPT), {"version": version})
    asked = {"requested_on": world.now.strftime("%d/%m/%Y"), "request": "Đơn", "reason": "Không cần nữa"}
    late = chi.post(address(act, Verb.WITHDRAW), {"version": version, **asked})
    assert late.status_code == 409
    assert not late.context["is_done"]


def test_same_verb_of_a_colleague_is_not_told_as_ones_own(world: World, at_desk: At) -> None:
    post = Position.objects.get(account=world.people["chi"])
    Position.objects.create(account=world.people["giang"], unit=post.unit, role=post.role)
    act, giang = world.register(), at_desk("giang")
    version = giang.get(address(act, Verb.ACCEPT)).context["form"]["version"].value()
    world.accept(act)
    late = giang.post(address(act, Verb.ACCEPT), {"version": version})
    assert (late.status_code, late.context["is_done"]) == (409, False)
    text = late.content.decode()
    assert "Việc này đã được Chi làm lúc 0" in text
    assert "trước khi bạn bấm nút" in text
    assert "Chưa có gì bạn vừa làm được ghi nhận" in text
    assert late.context["again"] == ()


def test_another_act_of_a_colleague_is_told_as_news_only(world: World, at_desk: At) -> None:
    act, chi = world.register(), at_desk("chi")
    version = chi.get(address(act, Verb.WITHDRAW)).context["form"]["version"].value()
    world.accept(act)
    asked = {"requested_on": world.now.strftime("%d/%m/%Y"), "request": "Đơn", "reason": "Không cần nữa"}
    late = chi.post(address(act, Verb.WITHDRAW), {"version": version, **asked})
    assert (late.status_code, late.context["by_others"]) == (409, None)


def test_verb_in_the_wrong_state_is_refused_calmly(world: World, at_desk: At) -> None:
    answer = at_desk("chi").get(address(world.until("accept"), Verb.ACCEPT))
    assert answer.status_code == 409
    assert "Hiện bạn không làm được việc này" in answer.content.decode()


@pytest.mark.parametrize(("who", "status"), [("giang", 403), ("dung", 409)])
def test_verb_without_the_right_is_refused(world: World, at_desk: At, who: str, status: int) -> None:
    act = world.register()
    answer = at_desk(who).post(address(act, Verb.ACCEPT), {"version": act.version})
    assert (answer.status_code, world.state(act).version) == (status, act.version)


def test_task_of_a_colleague_is_refused(world: World, at_desk: At) -> None:
    act = world.until("assign")
    answer = at_desk("em").get(address(act, Verb.PROPOSE))
    assert answer.status_code == 409


def test_unknown_verb_is_not_found(world: World, at_desk: At) -> None:
    act = world.register()
    assert at_desk("chi").get(f"/noi-bo/ho-so/{act.dossier_id}/xoa-het/").status_code == 404


def test_post_without_csrf_token_is_refused(world: World, at_desk: At) -> None:
    act, chi = world.register(), at_desk("chi")
    chi.handler.enforce_csrf_checks = True
    answer = chi.post(address(act, Verb.ACCEPT), {"version": act.version})
    assert (answer.status_code, world.state(act).status) == (403, Status.SUBMITTED)


def test_result_file_of_a_wrong_type_is_refused_and_the_number_kept(world: World, at_desk: At) -> None:
    act = world.until("approve")
    upload = SimpleUploadedFile(
        "giay-phep.pdf", b"MZ\x90\x00" + b"\x00" * 200, content_type="application/pdf"
    )
    answer = press(
        at_desk("khoa"), world, act, Verb.ISSUE_RESULT, number="12/GP", name="Giấy phép", upload=upload
    )
    text = answer.content.decode()
    assert 'href="#id_upload"' in text
    assert 'value="12/GP"' in text
    assert world.state(act).results == ()


def test_result_file_once_taken_in_is_not_lost_by_another_error(world: World, at_desk: At) -> None:
    act, khoa = world.until("approve"), at_desk("khoa")
    upload = SimpleUploadedFile("giay-phep.pdf", PDF, content_type="application/pdf")
    again = press(khoa, world, act, Verb.ISSUE_RESULT, number="", name="Giấy phép", upload=upload)
    assert "Đã nhận 1 trang" in again.content.decode()
    press(khoa, world, act, Verb.ISSUE_RESULT, number="1", name="G")
    card = documents.card(world.state(act).results[0].file_id or "")
    assert card.name == "giay-phep.pdf"  # as it came: nothing was to be joined
    assert not Tray.objects.exists()


def test_file_without_pages_is_not_lost_by_another_error(world: World, at_desk: At) -> None:
    act, khoa = world.until("approve"), at_desk("khoa")
    word = SimpleUploadedFile("giay-phep.docx", samples.docx())
    again = press(khoa, world, act, Verb.ISSUE_RESULT, number="", name="Giấy phép", upload=word)
    assert "Tệp đã nhận: giay-phep.docx" in again.content.decode()
    kept = again.context["form"]["kept"].value()
    press(khoa, world, act, Verb.ISSUE_RESULT, number="1", name="G", kept=kept)
    assert documents.card(world.state(act).results[0].file_id or "").name == "giay-phep.docx"


def test_pages_of_a_result_are_ordered_and_turned_before_it_is_issued(world: World, at_desk: At) -> None:
    act, khoa = world.until("approve"), at_desk("khoa")
    sides = [SimpleUploadedFile(name, samples.picture("JPEG")) for name in ("sau.jpg", "truoc.jpg")]
    typed = {"number": "12/GP", "name": "Giấy phép"}
    page = press(khoa, world, act, Verb.ISSUE_RESULT, **typed, upload=sides, add="yes")
    assert (page.status_code, world.state(act).results) == (200, ())
    back, front = page.context["form"].held.lines
    page = press(khoa, world, act, Verb.ISSUE_RESULT, **typed, up=front.page.key)
    page = press(khoa, world, act, Verb.ISSUE_RESULT, **typed, turn=back.page.key)
    assert 'value="12/GP"' in page.content.decode()
    lines = page.context["form"].held.lines
    assert [(line.card.name, line.page.turn) for line in lines] == [("truoc.jpg", 0), ("sau.jpg", 90)]
    assert khoa.get(lines[1].picture).headers["Content-Type"] == "image/jpeg"
    assert [at_desk("chi").get(each).status_code for each in (lines[1].picture, lines[1].file)] == [404, 404]
    press(khoa, world, act, Verb.ISSUE_RESULT, **typed)
    card = documents.card(world.state(act).results[0].file_id or "")
    with documents.open_content(card.id) as file:
        assert len(PdfReader(io.BytesIO(file.read())).pages) == 2
    assert not Tray.objects.exists()


def test_several_files_of_one_paper_become_one_and_what_has_no_pages_is_named(
    world: World, at_desk: At
) -> None:
    act, khoa = world.until("approve"), at_desk("khoa")
    word = SimpleUploadedFile("a.docx", samples.docx())
    refused = press(
        khoa, world, act, Verb.ISSUE_RESULT, number="1", name="G",
        upload=[SimpleUploadedFile("mat-truoc.pdf", PDF), word],
    )  # fmt: skip
    assert "“a.docx” không ghép thành trang được" in refused.content.decode()
    assert "Đã nhận 1 trang" in refused.content.decode()  # the other file is not spoilt by it
    back = SimpleUploadedFile("mat-sau.jpg", samples.picture("JPEG"))
    press(khoa, world, act, Verb.ISSUE_RESULT, number="1", name="G", upload=back)
    card = documents.card(world.state(act).results[0].file_id or "")
    assert card.name == "mat-truoc.pdf"
    with documents.open_content(card.id) as file:
        assert len(PdfReader(io.BytesIO(file.read())).pages) == 2


def test_result_file_is_downloaded_only_through_the_dossier(world: World, at_desk: At) -> None:
    act, khoa = world.until("approve"), at_desk("khoa")
    upload = SimpleUploadedFile("giay-phep.pdf", PDF, content_type="application/pdf")
    press(khoa, world, act, Verb.ISSUE_RESULT, number="1", name="G", upload=upload)
    file_id = world.state(act).results[0].file_id
    path = reverse("desk:paper", args=[act.dossier_id, file_id])
    other = reverse("desk:paper", args=[world.register().dossier_id, file_id])
    answer = at_desk("chi").get(path)
    assert b"".join(answer.streaming_content) == PDF
    assert [at_desk("giang").get(path).status_code, at_desk("chi").get(other).status_code] == [403, 404]
    documents.content_storage().delete(key_of(documents.card(file_id).sha256))
    lost = at_desk("chi").get(path)
    assert lost.status_code == 503
    assert "giay-phep.pdf" in lost.content.decode()
    assert "sự cố lưu trữ" in lost.content.decode()


def test_proposed_supplement_is_read_and_released_by_the_leader(world: World, at_desk: At) -> None:
    act = world.until("assign")
    given = {
        "version": str(act.version),
        "ask_1": "on",
        "what_1": "Bản rõ",
        "reason": "Mờ",
        "guidance": "Chụp lại",
    }
    page = reverse("desk:verb", args=[act.dossier_id, "yeu-cau-bo-sung"])
    assert at_desk("dung").post(page, given).status_code == 302
    hanh = at_desk("hanh")
    page = reverse("desk:verb", args=[act.dossier_id, "dong-y-yeu-cau-bo-sung"])
    shown = hanh.get(page).content.decode()
    for words in ("Đề xuất yêu cầu bổ sung của Dung", "Giấy chứng minh: Bản rõ", "Mờ", "Chụp lại"):
        assert words in shown
    state = world.state(act)
    hanh.post(page, {"version": str(state.version), "task_key": state.tasks[-1].key})
    state, chi = world.state(act), at_desk("chi")
    assert state.status == "in_progress"
    shown = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "Gửi yêu cầu bổ sung cho người nộp" in shown
    chi.post(page, {"version": str(state.version), "task_key": state.tasks[-1].key})
    assert world.state(act).status == "awaiting_supplement"


def test_proposed_supplement_is_returned_with_a_reason(world: World, at_desk: At) -> None:
    act = world.until("assign")
    proposed = services.request_supplement(
        **world._on(act, "dung"), items=(SupplementItem("paper", "x"),), reason="Mờ", guidance="Chụp lại"
    )
    page = reverse("desk:verb", args=[act.dossier_id, "tra-lai-yeu-cau-bo-sung"])
    key = world.state(proposed).tasks[-1].key
    typed = {"version": str(proposed.version), "task_key": key}
    assert at_desk("hanh").post(page, typed).context["page_errors"]
    at_desk("hanh").post(page, typed | {"reason": "Đủ rồi"})
    assert world.state(act).proposed_supplement is None


def test_applicant_is_asked_to_come_and_told_when(world: World, at_desk: At) -> None:
    act = world.until("accept")
    page = reverse("desk:verb", args=[act.dossier_id, "moi-den"])
    typed = {
        "version": str(act.version),
        "purpose": "Đối chiếu",
        "ground": "",
    } | typed_at("visit_at", "8h 6/3/24")
    chi = at_desk("chi")
    assert chi.post(page, typed | {"visit_at_day": "mai"}).context["page_errors"]
    for when in ({"visit_at_time": "3h"}, {"visit_at_day": "10/3/24"}, {"visit_at_day": "4/1/2160"}):
        refused = chi.post(page, typed | when)
        assert ["visit_at" in error.href for error in refused.context["page_errors"]] == [True]
    chi.post(page, typed)
    (visit,) = world.state(act).visits
    assert (visit.visit_at, visit.purpose) == (moment("2024-03-06 08:00"), "Đối chiếu")
    shown = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "Hẹn lúc: 08:00 06/03/2024" in shown


def test_return_asks_whether_papers_were_compared_where_the_regulation_says_so(
    world: World, at_desk: At, settings
) -> None:
    settings.PROVINCE = "quang-ngai"
    card = document_services.store(
        upload=SimpleUploadedFile("a.pdf", PDF), name="a.pdf", actor=world.actor("an"), at=world.now
    )
    act = world.submit(world.draft(documents=(DocumentRef("paper", file_id=card.id),)))
    for verb in ("accept", "hand_over", "assign", "propose", "approve", "issue", "announce"):
        act = getattr(world, verb)(act)
    page = reverse("desk:verb", args=[act.dossier_id, "tra-ket-qua"])
    typed = {"version": str(act.version), "how": "counter", "who": "applicant", "proof": "Ký"}
    chi = at_desk("chi")
    assert chi.post(page, typed).context["page_errors"]
    chi.post(page, typed | {"papers_compared": "on"})
    assert (world.state(act).status, world.state(act).handing.papers_compared) == ("returned", True)


def test_return_of_a_refusal_asks_for_no_comparison_and_goes_online(
    world: World, at_desk: At, settings
) -> None:
    settings.PROVINCE = "quang-ngai"
    card = document_services.store(
        upload=SimpleUploadedFile("a.pdf", PDF), name="a.pdf", actor=world.actor("an"), at=world.now
    )
    act = world.submit(world.draft(documents=(DocumentRef("paper", file_id=card.id),)))
    for verb in ("accept", "hand_over", "assign"):
        act = getattr(world, verb)(act)
    act = world.refuse(world.propose(act, decision="refuse", text="Không đủ điều kiện"))
    paper = document_services.store(
        upload=SimpleUploadedFile("b.pdf", PDF), name="b.pdf", actor=world.actor("khoa"), at=world.now
    )
    act = world.announce(world.issue(act, file_id=paper.id))
    page = reverse("desk:verb", args=[act.dossier_id, "tra-ket-qua"])
    chi = at_desk("chi")
    form = chi.get(page).context["form"]
    assert not {"papers_compared", "form_signed"} & set(form.fields)
    assert [key for key, _ in form.fields["how"].choices] == ["counter", "online"]
    owner = Client()
    owner.force_login(world.people["an"], backend="motcua.accounts.services.backends.EntryBackend")
    own = owner.get(reverse("portal:own_dossier", args=[act.dossier_id])).content.decode()
    assert "không phải mang bản chính" in own
    assert "Bản chính:" not in own
    assert "Giấy tiếp nhận hồ sơ và hẹn trả kết quả, hoặc mã hồ sơ" not in own
    assert "tải về được ở dưới; bạn không phải đến nhận" in own
    chi.post(page, {"version": str(act.version), "how": "online"})
    assert world.state(act).status == "returned"


def test_slip_is_shown_before_it_is_issued_and_nothing_has_happened(world: World, at_desk: At) -> None:
    act = world.register()
    before = world.state(act)
    given = {"version": act.version, "preview": "1"}
    answer = at_desk("chi").post(reverse("desk:verb", args=[act.dossier_id, "tiep-nhan"]), given)
    assert (answer.headers["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert world.state(act) == before
    assert world.accept(act).code.endswith("0001")  # the number it showed was not used up


def test_slip_of_an_act_entered_from_the_paper_log_is_shown(world: World, at_desk: At) -> None:
    act = world.register()
    happened = world.now + timedelta(minutes=10)
    given = {
        "version": act.version,
        "preview": "1",
        "late-incident": outage(world),
        "late-page": "12",
    } | typed_at("late-happened_at", short_moment(happened))
    answer = at_desk("chi").post(reverse("desk:verb", args=[act.dossier_id, "tiep-nhan"]), given)
    assert answer.content[:5] == b"%PDF-"
    assert world.state(act).version == act.version


def test_slip_that_waits_for_somebodys_agreement_is_shown(world: World, at_desk: At) -> None:
    act = world.until("assign")  # a leader has to agree to what the officer asks for
    given = {
        "version": act.version,
        "preview": "1",
        "ask_0": "on",
        "what_0": "a",
        "ask_1": "on",
        "what_1": "b",
        "reason": "x",
        "guidance": "y",
    }
    answer = at_desk("dung").post(reverse("desk:verb", args=[act.dossier_id, "yeu-cau-bo-sung"]), given)
    assert answer.content.startswith(b"%PDF-")
    assert world.state(act).version == act.version


def test_slip_of_a_refused_act_shows_the_refusal(world: World, at_desk: At) -> None:
    act = world.register()
    given = {"version": act.version, "preview": "1", "reason": ""}
    answer = at_desk("chi").post(reverse("desk:verb", args=[act.dossier_id, "tu-choi-tiep-nhan"]), given)
    assert answer.context["page_errors"]
    assert world.state(act).version == act.version


def test_who_ends_a_step_before_one_of_some_cases_is_asked_which_case_it_is(
    world: World, at_desk: At
) -> None:
    row = {
        "name_vi": "Thử",
        "steps": [
            {"order": 1, "kind": "intake", "action": "Nhận", "time": None},
            {"order": 2, "kind": "opinion", "action": "Hỏi", "time": None, "only_if": "có khiếu nại"},
            {"order": 3, "kind": "process", "action": "Thẩm định", "time": None},
            {"order": 4, "kind": "approve", "action": "Duyệt", "time": None},
            {"order": 5, "kind": "return", "action": "Trả", "time": None},
        ],
    }
    next_version(world, reading.definition(row, procedure_code=world.version.procedure.code))
    process.forget()
    act = world.until("accept")
    chi = at_desk("chi")
    page = chi.get(address(act, Verb.HAND_OVER))
    assert "có khiếu nại" in page.content.decode()
    for typed in ({}, {"outcome": "back"}):  # nothing is chosen for the officer
        answer = press(chi, world, act, Verb.HAND_OVER, **typed)
        assert list(answer.context["form"].errors) == ["outcome"]
    assert world.state(act).version == act.version
    assert press(chi, world, act, Verb.HAND_OVER, outcome="if-s2").status_code == 302
    assert [task.name for task in world.state(act).tasks] == ["Hỏi"]
    another = world.until("accept")
    assert press(chi, world, another, Verb.HAND_OVER, outcome="done").status_code == 302
    assert [task.name for task in world.state(another).tasks] == ["Thẩm định"]
    dung = at_desk("dung").get(address(another, Verb.PROPOSE))
    assert "outcome" not in dung.context["form"].fields  # behind it all dossiers go one way


def test_form_of_a_verb_has_the_focus_when_it_is_opened_and_not_beside_an_error(
    world: World, at_desk: At
) -> None:
    act, chi = world.register(), at_desk("chi")
    opened = chi.get(address(act, Verb.WITHDRAW)).content.decode()
    assert 'aria-labelledby="act-title act-dossier" data-mc-begin=""' in opened
    scanned = chi.get(address(act, Verb.WITHDRAW), {"ve": "tra-ket-qua"}).content.decode()
    assert 'data-mc-begin="always"' in scanned
    refused = press(chi, world, act, Verb.WITHDRAW, reason="").content.decode()
    assert "Hãy nhập lý do" in refused
    assert "data-mc-begin" not in refused


def test_request_for_the_form_says_which_sections_can_be_named(world: World, at_desk: At) -> None:
    """Who files is led to what the words name (`sections_named`), so officers are told the words."""
    act = world.until("submit")
    page = at_desk("chi").get(reverse("desk:verb", args=[act.dossier_id, "yeu-cau-bo-sung"]))
    assert page.content.decode().count("Các mục: Nội dung.") == 1


@pytest.mark.parametrize(
    ("days", "typed", "said"),
    [
        (1, None, "Muộn hơn ngày đang hẹn 2 ngày làm việc."),  # from the morning to the evening
        (None, "Chủ nhật", "Cơ quan nghỉ ngày này"),
        (-1, None, "không sau ngày đang hẹn"),
        (None, "31/12/2100", "Ngày hẹn lại quá xa: muộn nhất là "),
        (None, "04/01/2160", ""),  # no day that could be meant
        (None, "04/01/1960", "không sau ngày đang hẹn"),
        (None, "32/13/2024", ""),
        (None, "", ""),
    ],
)
def test_apology_says_how_far_beyond_the_promise_the_day_lies_and_does_nothing_yet(
    world: World, at_desk: At, days: int | None, typed: str | None, said: str
) -> None:
    act, hanh = world.until("assign"), at_desk("hanh")
    due = world.state(act).due_at
    assert due is not None
    day = typed or ""
    if typed == "Chủ nhật":
        day = f"{due + timedelta(days=6 - due.weekday() + 7):%d/%m/%Y}"
    if days is not None:
        day = f"{due + timedelta(days=days):%d/%m/%Y}"
    given = {"version": act.version, "new_day": day, "reason": "Chờ ý kiến", "reckon": "yes"}
    shown = hanh.post(address(act, Verb.EXTEND), given)
    assert (shown.status_code, world.state(act).version) == (200, act.version)
    beyond = shown.context["form"].beyond
    assert said in beyond if said else beyond == ""
    assert "Chờ ý kiến" in shown.content.decode()
    assert not shown.context["page_errors"]


def test_leader_reads_what_of_the_reason_everybody_will_read_before_the_letter_goes_out(
    world: World, at_desk: At
) -> None:
    act, hanh = world.until("assign"), at_desk("hanh")
    due = world.state(act).due_at
    assert due is not None
    given = {"version": act.version, "new_day": f"{due + timedelta(days=7):%d/%m/%Y}", "preview": "1"}
    named, public = "Vì cán bộ Trần Thị Chi nghỉ ốm.", "Vì cán bộ … nghỉ ốm."
    shown = hanh.post(address(act, Verb.EXTEND), given | {"reason": named, "reckon": "yes"})
    assert public in shown.content.decode().partition('id="public-reason"')[2]
    for reason, is_warned in ((named, True), ("Vì chờ cán bộ xã Ea Kao xác minh.", False)):
        pdf = hanh.post(address(act, Verb.EXTEND), given | {"reason": reason})
        text = " ".join("".join(p.extract_text() for p in PdfReader(io.BytesIO(pdf.content)).pages).split())
        assert reason in text
        assert ("Chỉ có trên bản xem trước" in text, public in text) == (is_warned, is_warned)
    assert not world.state(act).apologies
    quiet = hanh.post(address(act, Verb.EXTEND), given | {"reason": "Chờ ý kiến", "reckon": "yes"})
    assert "Ai cũng đọc được" not in quiet.content.decode()


def test_every_field_for_files_tells_one_that_is_too_big_before_it_travels(world: World, at_desk: At) -> None:
    with_files = {verb: form for verb, form in FORMS.items() if issubclass(form, FormWithFile)}
    assert len(with_files) >= 6
    for form in set(FORMS.values()) - set(with_files.values()):
        assert not any(isinstance(field, FileField) for field in form.base_fields.values())
    act = world.accept(world.register())
    page = at_desk("chi").get(address(act, Verb.ATTACH_DOCUMENT)).content.decode()
    (field,) = re.findall(r'<input type="file"[^>]*>', page)
    assert 'data-mc-max-bytes="20971520"' in field
    assert 'data-mc-too-big="Tệp lớn hơn 20 MB. Hãy chọn tệp nhỏ hơn."' in field
