"""The desk's pages of heads and leaders: changing hands, absences, dates and pauses."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import At
from tests.desk.test_views_verbs import address, press
from tests.documents import samples
from tests.dossiers.wards import ward
from tests.dossiers.world import World, moment, typed_at
from tests.resilience.scenery import ask, ask_for_more

from motcua.accounts.rules import entries
from motcua.agencies.models import Absence, Agency, Position
from motcua.desk import clock, labels
from motcua.desk.dossier_page import course
from motcua.dossiers import services
from motcua.dossiers.enums import Correctable, DeclineGround, Status, Verb
from motcua.dossiers.rules.state import Applicant, DocumentRef, ResultDelivery
from motcua.theme.wording import long_moment

pytestmark = pytest.mark.django_db


def test_case_is_given_to_another_officer_by_the_page(world: World, at_desk: At) -> None:
    act, em = world.until("assign"), world.people["em"]
    answer = press(
        at_desk("lan"), world, act, Verb.REASSIGN,
        what="ca-ho-so", officer=str(em.pk), reason="Chuyển công tác",
    )  # fmt: skip
    assert answer.status_code == 302
    assert world.state(act).case_officer_id == str(em.pk)


def test_apology_shows_both_dates_at_the_desk_and_to_the_public(world: World, at_desk: At) -> None:
    act, hanh = world.until("assign"), at_desk("hanh")
    later = (clock.now() + timedelta(days=40)).date()
    later += timedelta(days=(7 - later.weekday()) % 7)  # a Monday
    answer = press(hanh, world, act, Verb.EXTEND, new_day=later.isoformat(), reason="Chờ xác minh")
    assert answer.status_code == 302, answer.content.decode()
    state = world.state(act)
    for page in (reverse("desk:dossier", args=[act.dossier_id]), reverse("portal:track", args=[act.code])):
        text = hanh.get(page).content.decode()
        assert "Chờ xác minh" in text
        for due in (state.promised_at, state.due_at):
            assert long_moment(due) in text
    slip = hanh.get(reverse("desk:slip", args=[act.dossier_id, state.version]))
    assert b"".join(slip.streaming_content)[:5] == b"%PDF-"


def test_pause_and_resume_by_the_pages(world: World, at_desk: At) -> None:
    act, an = world.until("assign"), Client()
    press(at_desk("dung"), world, act, Verb.PAUSE, reason="Nộp lệ phí 200.000 đồng")
    assert world.state(act).status is Status.AWAITING_PAYMENT
    assert "200.000" in at_desk("chi").get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    public = an.get(reverse("portal:track", args=[act.code])).content.decode()
    assert "Chờ nghĩa vụ tài chính" in public
    assert "200.000" not in public
    press(at_desk("chi"), world, act, Verb.RESUME, note="Biên lai 12")
    assert world.state(act).status is Status.IN_PROGRESS


def test_page_of_going_on_says_that_the_request_lapses_and_is_refused_while_it_is_awaited(
    world: World, at_desk: At
) -> None:
    act, chi = world.until("accept"), at_desk("chi")
    lapses = "không bổ sung theo yêu cầu đó được nữa"
    paused = services.pause(**world._on(act, "chi"), reason="Nộp lệ phí")
    assert lapses not in chi.get(address(paused, Verb.RESUME)).content.decode()
    act = ask_for_more(world, world.until("accept"), "chi")
    assert lapses in chi.get(address(act, Verb.RESUME)).content.decode()
    answer = press(chi, world, act, Verb.RESUME, note="Chưa bổ sung")
    assert "còn thời gian đến" in answer.content.decode()
    state = world.state(act)
    assert (state.status, state.supplements[-1].is_open) == (Status.AWAITING_SUPPLEMENT, True)
    world.later(days=8)
    press(chi, world, act, Verb.RESUME, note="Chưa bổ sung")
    assert world.state(act).status is Status.ACCEPTED


def test_question_is_asked_reminded_and_answered_by_the_pages(world: World, at_desk: At) -> None:
    act = answered = world.until("assign")
    ask(world, answered)  # makes the neighbouring unit
    act = world.until("assign")
    unit = Position.objects.get(account=world.people["quang"]).unit_id
    dung, quang = at_desk("dung"), at_desk("quang")
    press(dung, world, act, Verb.CONSULT, unit=str(unit), question="Có tranh chấp không", days="2")
    page = reverse("desk:dossier", args=[act.dossier_id])
    assert "Có tranh chấp không" in quang.get(page).content.decode()
    press(dung, world, act, Verb.REMIND, number="1", note="Nhắc")
    answer = press(quang, world, act, Verb.ANSWER, answer="Không tranh chấp")
    assert answer.headers["Location"] == reverse("desk:home")
    assert quang.get(page).status_code == 403
    assert "Không tranh chấp" in dung.get(page).content.decode()


def test_verification_is_planned_and_recorded_by_the_pages(world: World, at_desk: At) -> None:
    act, dung = world.until("assign"), at_desk("dung")
    said = {"place": "Thửa 12", "participants": "An và Dũng", "content": "Xem ranh giới"}
    press(
        dung,
        world,
        act,
        Verb.PLAN_VERIFICATION,
        with_applicant="on",
        where="elsewhere",
        **said,
        **typed_at("when", "08:00 01/12/2044"),
    )
    (planned,) = world.state(act).verifications
    assert planned.planned_for == moment("2044-12-01 08:00")
    form = dung.get(reverse("desk:verb", args=[act.dossier_id, "ghi-xac-minh"])).context["form"]
    assert form.is_wanted("upload")
    typed = {"number": "1"} | said | typed_at("when", "08:03 04/03/2024")
    refused = press(dung, world, act, Verb.RECORD_VERIFICATION, **typed)
    assert set(refused.context["form"].errors) == {"upload"}
    file = SimpleUploadedFile("bien-ban.pdf", samples.pdf(), content_type="application/pdf")
    press(
        dung, world, act, Verb.RECORD_VERIFICATION,
        number="1", upload=file, **said | {"content": "Đúng ranh giới"},
        **typed_at("when", "08:03 04/03/2024"),
    )  # fmt: skip
    (held,) = world.state(act).verifications
    assert (held.held_at, held.file_id is not None) == (moment("2024-03-04 08:03"), True)
    text = dung.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "Đúng ranh giới" in text
    assert "bien-ban.pdf" in text


@pytest.mark.clause("QN20-7.2#3")
def test_the_place_of_a_verification_is_chosen_among_the_desks_or_written(world: World, at_desk: At) -> None:
    act, dung = world.until("assign"), at_desk("dung")
    said = {"participants": "An và Dũng", "content": "Hỏi lại", **typed_at("when", "08:00 01/12/2044")}
    shown = dung.get(address(act, Verb.PLAN_VERIFICATION)).context["form"]
    desk = "desk, Sở Tư pháp"
    assert list(shown["where"].field.choices) == [("1", desk), ("elsewhere", "Nơi khác")]
    refused = press(dung, world, act, Verb.PLAN_VERIFICATION, where="elsewhere", **said)
    assert refused.context["form"].errors == {"place": ["Hãy ghi địa điểm xác minh."]}
    press(dung, world, act, Verb.PLAN_VERIFICATION, where="1", place="Thửa 12", **said)
    (planned,) = world.state(act).verifications
    assert (planned.place, planned.at_desk) == (desk, True)


def test_return_recorded_by_mistake_is_taken_back_by_the_page(world: World, at_desk: At) -> None:
    act, chi = world.until("give_back"), at_desk("chi")
    press(chi, world, act, Verb.CORRECT, what="return", reason="Trả nhầm hồ sơ")
    assert world.state(act).status is Status.READY
    text = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "Ghi nhầm là đã trả kết quả" in text
    assert "Trả nhầm hồ sơ" in text


def test_correction_shows_before_and_after_and_leaves_the_rest_alone(world: World, at_desk: At) -> None:
    act, chi = world.register(), at_desk("chi")
    shown = chi.get(reverse("desk:verb", args=[act.dossier_id, "dinh-chinh"])).context["form"]
    typed = {name: shown[name].value() for name in shown.open[Correctable.CONTACT]} | {"phone": "0905999999"}
    press(chi, world, act, Verb.CORRECT, what="contact", reason="Đổi số", **typed)
    person = world.state(act).contents.applicant
    assert (person.name, person.phone) == ("Nguyễn Văn An", "0905999999")
    text = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "“0905000001” → “0905999999”" in text


def test_correction_of_two_things_at_once_is_refused_where_the_other_stands(
    world: World, at_desk: At
) -> None:
    act, chi = world.register(), at_desk("chi")
    address = reverse("desk:verb", args=[act.dossier_id, "dinh-chinh"])
    shown = chi.get(address).context["form"]
    typed = {name: shown[name].value() for fields in shown.open.values() for name in fields}
    typed |= {"version": str(act.version), "what": "contact", "reason": "Đổi số", "phone": "0905999999"}
    both = chi.post(address, typed | {"delivery_address": "5 Lê Lợi"})
    assert [error.href for error in both.context["page_errors"]] == ["#id_delivery_address"]
    assert "chọn đính chính “Thông tin liên hệ của người nộp”" in both.context["page_errors"][0].text
    form = both.context["form"]
    assert (form["phone"].value(), form["delivery_address"].value()) == ("0905999999", "5 Lê Lợi")
    assert world.state(act).version == act.version
    assert chi.post(address, typed).status_code == 302
    assert world.state(act).contents.applicant.phone == "0905999999"


def test_refused_correction_words_what_stood_there_as_the_page_does_and_checks_the_phone(
    world: World, at_desk: At
) -> None:
    an = Applicant("Nguyễn Văn An", "066090000001", "0905000001", date_of_birth=date(1990, 9, 11))
    act, chi = world.register(applicant=an, delivery=ResultDelivery("postal", "5 Lê Lợi")), at_desk("chi")
    given = {"version": str(act.version), "what": "contact", "reason": "Đổi số", "phone": "0905999999"}
    both = chi.post(address(act, Verb.CORRECT), given | {"date_of_birth": "12/9/1990", "how": "counter"})
    said = {error.href: error.text for error in both.context["page_errors"]}
    assert "hoặc ghi lại “11/09/1990”" in said["#id_date_of_birth"]
    assert "hoặc ghi lại “Nhận qua bưu chính”" in said["#id_how"]
    form = chi.get(address(act, Verb.CORRECT)).context["form"]
    typed = {name: form[name].value() for name in form.open[Correctable.CONTACT]}
    wrong = chi.post(address(act, Verb.CORRECT), typed | given | {"phone": "09abc"})
    assert [(error.href, error.text) for error in wrong.context["page_errors"]] == [
        ("#id_phone", entries.BAD_PHONE)
    ]
    assert world.state(act).version == act.version


def test_correction_on_an_old_page_is_told_that_it_is_old(world: World, at_desk: At) -> None:
    act, chi = world.register(), at_desk("chi")
    address = reverse("desk:verb", args=[act.dossier_id, "dinh-chinh"])
    shown = chi.get(address).context["form"]
    typed = {name: shown[name].value() for fields in shown.open.values() for name in fields}
    typed |= {"version": str(act.version), "what": "contact", "reason": "Đổi số", "phone": "0905999999"}
    assert chi.post(address, typed).status_code == 302
    late = chi.post(address, typed | {"what": "delivery", "how": "counter", "reason": "Lấy tại quầy"})
    assert late.status_code == 409


def test_passport_is_put_right_by_the_page_and_a_fault_stands_beside_its_field(
    world: World, at_desk: At
) -> None:
    john = Applicant("John Smith", passport="M1234567", nationality="Anh")
    act, chi = world.register(applicant=john), at_desk("chi")
    address = reverse("desk:verb", args=[act.dossier_id, "dinh-chinh"])
    shown = chi.get(address).context["form"]
    typed = {name: shown[name].value() for name in shown.open[Correctable.CONTACT]}
    given = {"version": str(act.version), "what": "contact", "reason": "Đọc nhầm"} | typed
    wrong = chi.post(address, given | {"passport": "sai"})
    assert [error.href for error in wrong.context["page_errors"]] == ["#id_passport"]
    assert wrong.context["form"]["passport"].value() == "sai"
    assert chi.post(address, given | {"passport": "m 7654321"}).status_code == 302
    text = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "Số hộ chiếu, giấy tờ đi lại: “M1234567” → “M7654321”" in text


def test_number_is_read_off_a_scanned_card_and_put_right_with_the_paper_named(
    world: World, at_desk: At
) -> None:
    act, chi = world.register(), at_desk("chi")
    address = reverse("desk:verb", args=[act.dossier_id, "dinh-chinh"])
    card = "066085000009||Nguyễn Văn An|02031985|Nam|Ea Kao|12052022"
    given = {"version": str(act.version), "what": "identity", "reason": "Gõ nhầm", "personal_id": card}
    lacking = chi.post(address, given | {"date_of_birth": "2/3/1985"})
    assert [error.href for error in lacking.context["page_errors"]] == ["#id_seen"]
    wrong = chi.post(address, given | {"date_of_birth": "2/3/1990", "seen": "Thẻ căn cước"})
    assert [error.href for error in wrong.context["page_errors"]] == ["#id_personal_id"]
    assert chi.post(address, given | {"date_of_birth": "2/3/1985", "seen": "Thẻ căn cước"}).status_code == 302
    text = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    for words in ("“066090000001” → “066085000009”", "“” → “02/03/1985”", "Giấy tờ đã xem: Thẻ căn cước"):
        assert words in text


def test_letter_that_asks_for_another_way_of_return_is_attached(world: World, at_desk: At) -> None:
    act, chi = world.until("accept"), at_desk("chi")
    letter = SimpleUploadedFile("de-nghi.pdf", samples.pdf())
    typed = {"what": "delivery", "how": "postal", "delivery_address": "5 Lê Lợi", "reason": "Đề nghị đổi"}
    assert "Chỉ đổi khi người nộp đề nghị" in press(chi, world, act, Verb.CORRECT, **typed).content.decode()
    assert world.state(act).contents.delivery.how == "counter"
    typed |= {"requested_on": f"{world.now:%d/%m/%Y}", "request": "Đơn nộp tại quầy"}
    assert press(chi, world, act, Verb.CORRECT, **typed, upload=letter).status_code == 302
    (paper,) = world.state(act).request_papers
    text = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert "Giấy đề nghị của người nộp" in text
    assert reverse("desk:paper", args=[act.dossier_id, paper.file_id]) in text


def test_agencies_of_the_province_are_suggested_to_who_declines(world: World, at_desk: At) -> None:
    other = ward(world)
    page = at_desk("chi").get(reverse("desk:verb", args=[world.register().dossier_id, "tu-choi-tiep-nhan"]))
    text = page.content.decode()
    assert 'list="agencies-beside"' in text
    assert f'<option value="{other.name}"></option>' in text
    assert f'<option value="{world.agency.name}"></option>' not in text


@pytest.mark.parametrize("is_asked", [False, True])
def test_grounds_that_cannot_be_used_yet_are_told_and_not_offered(
    world: World, at_desk: At, is_asked: bool
) -> None:
    act, chi = world.until("submit"), at_desk("chi")
    if is_asked:
        act = ask_for_more(world, act)
    address = reverse("desk:verb", args=[act.dossier_id, "tu-choi-tiep-nhan"])
    page = chi.get(address)
    offered = {value for value, _ in page.context["form"].fields["ground"].choices}
    waiting = {"not_supplemented", "invalid_papers"} | ({"by_law"} if is_asked else set())
    assert offered == {ground.value for ground in DeclineGround} - waiting
    text = page.content.decode()
    assert "Chưa dùng được căn cứ “Hồ sơ không được bổ sung theo hướng dẫn”, “Giấy tờ" in text
    assert ("chưa được yêu cầu bổ sung lần nào" in text) is not is_asked
    answer = press(chi, world, act, Verb.DECLINE, ground="invalid_papers", reason="Mờ")  # of an older page
    assert answer.context["page_errors"]
    assert world.state(act).status != "declined"


def test_all_grounds_are_offered_once_what_was_handed_in_still_does_not_do(world: World, at_desk: At) -> None:
    act = ask_for_more(world, world.until("submit"))
    brought = tuple(DocumentRef(key, originals=1) for key in ("form", "paper"))
    services.supplement(**world._on(act, "chi"), documents=brought)
    page = at_desk("chi").get(reverse("desk:verb", args=[act.dossier_id, "tu-choi-tiep-nhan"]))
    assert len(page.context["form"].fields["ground"].choices) == len(DeclineGround)
    assert "Chưa dùng được căn cứ" not in page.content.decode()


def test_filing_is_passed_on_by_the_page_and_the_officer_is_led_home(world: World, at_desk: At) -> None:
    act, other = world.until("submit"), ward(world)
    answer = press(at_desk("chi"), world, act, Verb.REDIRECT, agency=str(other.pk), reason="Thuộc phường")
    assert answer.headers["Location"] == reverse("desk:home")
    assert world.state(act).target.agency_id == other.pk


def test_result_not_collected_is_noted_by_the_page(world: World, at_desk: At) -> None:
    act = world.until("announce")
    world.now += timedelta(days=7)
    press(at_desk("chi"), world, act, Verb.RECORD_NON_COLLECTION, note="Đã gọi, chưa đến")
    assert world.state(act).uncollected_at is not None


def test_absence_is_recorded_and_ended_by_the_page(world: World, at_desk: At) -> None:
    lan, today = at_desk("lan"), clock.now().date()
    typed = {
        "officer": str(world.people["dung"].pk),
        "substitute": str(world.people["em"].pk),
        "first_day": today.isoformat(),
        "last_day": (today + timedelta(days=2)).isoformat(),
        "reason": "Nghỉ phép",
    }
    path = reverse("desk:absences")
    assert lan.post(path, typed | {"reason": ""}).status_code == 200
    assert lan.post(path, typed).status_code == 302
    row = Absence.objects.get()
    assert (row.account_id, row.substitute_id) == (world.people["dung"].pk, world.people["em"].pk)
    shown = lan.get(path)
    assert [each.full_name for each, _away in shown.context["absences"]] == ["Dung"]
    assert lan.post(reverse("desk:end_absence", args=[row.pk])).status_code == 302
    assert list(lan.get(path).context["absences"]) == []
    days = {name: (today + timedelta(days=2)).isoformat() for name in ("first_day", "last_day")}
    assert lan.post(path, typed | days).status_code == 302
    coming = lan.get(path).content.decode()
    assert "Hủy<span" in coming
    assert "Đã trở lại" not in coming
    ahead = Absence.objects.get(ended_on__isnull=True)
    cancelled = lan.post(reverse("desk:end_absence", args=[ahead.pk]), follow=True).content.decode()
    assert "Đã hủy lần vắng mặt chưa bắt đầu" in cancelled
    empty = lan.post(path, typed | dict.fromkeys(days, "")).context["page_errors"]
    assert [error.text for error in empty] == ["Hãy nhập ngày bắt đầu.", "Hãy nhập ngày kết thúc."]


def test_absence_of_a_substitute_is_recorded_once_it_is_confirmed_and_the_list_says_so(
    world: World, at_desk: At
) -> None:
    hanh, path, today = at_desk("hanh"), reverse("desk:absences"), clock.now().date().isoformat()
    days = {"first_day": today, "last_day": today, "reason": "Nghỉ phép"}
    people = {name: str(each.pk) for name, each in world.people.items()}
    first = hanh.get(path).content.decode()
    assert "Tôi đã biết" not in first
    hanh.post(path, days | {"officer": people["dung"], "substitute": people["em"]})
    of_em = days | {"officer": people["em"], "substitute": people["lan"]}
    asked = hanh.post(path, of_em).content.decode()
    assert "Em đang thay Dung" in asked
    assert "Tôi đã biết" in asked
    assert Absence.objects.count() == 1
    shown = hanh.post(path, of_em | {"leaves_others": "on"}, follow=True).content.decode()
    assert Absence.objects.count() == 2
    assert "Người thay cũng vắng mặt" in shown


@pytest.mark.parametrize("name", ["dung", "chi", "giang"])
def test_absences_are_no_business_of_who_heads_nobody(world: World, at_desk: At, name: str) -> None:
    client = at_desk(name)
    assert client.get(reverse("desk:absences")).status_code == 403
    assert client.post(reverse("desk:end_absence", args=[1])).status_code in (403, 404)


def test_redirecting_offers_agencies_that_still_exist(world: World, at_desk: At) -> None:
    act = world.submit(world.draft())
    here, gone = ward(world), world.now.date() - timedelta(days=1)
    path = f"/noi-bo/ho-so/{act.dossier_id}/chuyen-co-quan/"
    assert here.name in at_desk("chi").get(path).content.decode()
    Agency.objects.filter(pk=here.pk).update(valid_to=gone)
    assert here.name not in at_desk("chi").get(path).content.decode()


@pytest.mark.clause("KT18-8.1.a")
def test_letter_is_called_late_only_where_a_law_asked_for_notice(world: World, at_desk: At) -> None:
    """Until 21 June 2018 no law knew the letter; the dossier stays late all the same."""
    act = world.until("assign")
    due_at = world.state(act).due_at
    assert due_at is not None
    world.now = due_at - timedelta(hours=1)  # on the day itself
    new_day = due_at.date() + timedelta(days=7)
    act = services.extend(**world._on(act, "hanh"), new_day=new_day, reason="Chờ xác minh")
    (letter,) = world.state(act).apologies
    assert not letter.is_timely
    shown = at_desk("hanh").get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert shown.count(labels.APOLOGY_LATE) == 2  # beside the letter and in the history
    view = services.open_dossier(actor=world.actor("hanh"), dossier_id=act.dossier_id, at=world.now)
    entry = next(each for each in view.history if each.kind == "extended")
    for day, said in (("2018-06-20", labels.APOLOGY_UNASKED), ("2018-06-21", labels.APOLOGY_LATE)):
        at = moment(f"{day} 09:00")
        then = replace(view, state=replace(view.state, apologies=(replace(letter, at=at),)))
        (apology,) = course.apologies(then)
        assert apology.lateness == said
        assert said in course.entry_of(replace(entry, at=at), then).body
