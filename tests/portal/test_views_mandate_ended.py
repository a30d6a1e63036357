"""What a representative meets whose mandate has ended, on pages that were open and on those gone back to."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from tests.accounts import acting
from tests.dossiers.world import World
from tests.portal import samples
from tests.portal.conftest import Browser

from motcua.accounts import services as accounts
from motcua.accounts.models import Mandate, Membership
from motcua.accounts.rules.acting import MemberRole
from motcua.documents import services as documents
from motcua.dossiers import services
from motcua.dossiers.models import Dossier, DossierEvent, DossierFile, ThreadMessage
from motcua.dossiers.rules.state import DocumentRef, SupplementItem
from motcua.dossiers.services import Act
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
TYPED = "Gia đình tôi xin nhận kết quả sớm"


@pytest.fixture
def binh(browser_of: Browser) -> Client:
    return browser_of("binh")


def stored(world: World, who: str) -> str:
    upload = samples.upload()
    return documents.store(upload=upload, name="b.pdf", actor=world.actor(who), at=world.now).id


def entrust(world: World) -> str:
    """An entrusts Bình; the key of it."""
    made = acting.mandate(world.people["an"], world.people["binh"], world.now, paper=stored(world, "an"))
    return f"uy-quyen-{made}"


def revoke(world: World) -> None:
    made = Mandate.objects.get(ended_at=None)
    accounts.end_mandate(actor=world.actor("an"), mandate_id=made.pk, at=world.now)


def file_for(world: World, key: str) -> Act:
    act = world.draft(actor=world.actor("binh"), acting_by=key)
    return world.submit(act, actor=world.actor("binh"))


def ask(world: World, act: Act) -> None:
    services.request_supplement(
        actor=world.actor("chi"),
        at=world.now,
        dossier_id=act.dossier_id,
        expected_version=world.state(act).version,
        items=(SupplementItem("paper", "Bản chụp rõ"),),
        reason="Ảnh mờ",
        guidance="Chụp lại",
    )


def sent(browser: Client, path: str, typed: dict[str, str]) -> Any:
    """A form of ours, as a browser sends it: it says from which page."""
    return browser.post(path, typed, headers={"referer": f"http://testserver{path}"})


def status_of(browser: Client, path: str) -> int:
    answer: Any = browser.get(path)
    if answer.streaming:
        assert b"".join(answer.streaming_content)
    return int(answer.status_code)


def told(answer: Any) -> str:
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "Ủy quyền của An cho bạn đã chấm dứt lúc" in text
    assert "từ một trang khác" not in text
    return text


def test_pages_and_downloads_are_closed_when_the_mandate_ends(world: World, binh: Client) -> None:
    """Above all to what whose matter it is has sent since."""
    act = file_for(world, entrust(world))
    ask(world, act)
    home = f"/ho-so-cua-toi/{act.dossier_id}/"
    kept = DossierFile.objects.filter(dossier_id=UUID(act.dossier_id)).first()
    assert kept is not None
    files = [f"{home}tep/{kept.file_id}/", f"{home}xac-nhan-da-gui/", f"{home}tai-ve/"]
    pages = [home, f"{home}bo-sung/", f"{home}rut/", f"/nop-ho-so/{act.dossier_id}/da-gui/"]
    assert {status_of(binh, path) for path in (*files, *pages)} == {200}
    revoke(world)
    file_id = stored(world, "an")
    services.supplement(
        actor=world.actor("an"),
        at=world.now,
        dossier_id=act.dossier_id,
        expected_version=world.state(act).version,
        documents=(DocumentRef("paper", file_id),),
    )
    for path in (*files, f"{home}tep/{file_id}/", *pages, f"{home}tin-nhan/", f"{home}bo-sung/1/da-gui/"):
        told(binh.get(path))
    assert home not in binh.get("/ho-so-cua-toi/").content.decode()


def test_message_that_comes_after_the_end_is_told_and_shown_to_its_writer(world: World, binh: Client) -> None:
    act = file_for(world, entrust(world))
    revoke(world)
    assert TYPED in told(sent(binh, f"/ho-so-cua-toi/{act.dossier_id}/tin-nhan/", {"text": TYPED}))
    assert not ThreadMessage.objects.exists()


@pytest.mark.parametrize("path", ["rut/", "bo-sung/giay-to/paper/", "bo-sung/xem-lai/"])
def test_what_is_sent_after_the_end_is_not_said_to_come_from_another_page(
    world: World, binh: Client, path: str
) -> None:
    act = file_for(world, entrust(world))
    ask(world, act)
    before = DossierEvent.objects.count()
    revoke(world)
    typed = {"reason": TYPED, "version": str(world.state(act).version)}
    assert TYPED in told(sent(binh, f"/ho-so-cua-toi/{act.dossier_id}/{path}", typed))
    assert DossierEvent.objects.count() == before


@pytest.mark.parametrize("path", ["rut/", "bo-sung/giay-to/paper/", "bo-sung/xem-lai/", "tin-nhan/"])
def test_who_may_only_see_any_more_is_told_so_and_not_led_away(world: World, binh: Client, path: str) -> None:
    """In an organisation: Bình filed, and then got another role."""
    made = acting.organisation(world.people["an"], world.now)
    row = acting.join(made, world.people["an"], world.people["binh"], world.now)
    act = file_for(world, f"to-chuc-{made}")
    ask(world, act)
    accounts.change_role(
        actor=world.actor("an"), organisation_id=made, membership_id=row, role=MemberRole.VIEWER, at=world.now
    )
    home = f"/ho-so-cua-toi/{act.dossier_id}/"
    assert binh.get(home).status_code == 200
    answer = sent(binh, home + path, {"reason": TYPED, "text": TYPED})
    assert answer.status_code == 403
    text = answer.content.decode()
    assert TYPED in text
    assert "chỉ cho phép xem" in text
    assert Dossier.objects.get(pk=UUID(act.dossier_id)).status == "awaiting_supplement"


# --- an organisation ---------------------------------------------------------------------------------------


def belong(world: World, who: str = "binh", role: MemberRole = MemberRole.FILER) -> tuple[int, int]:
    """Somebody in An's company; the ids of it and of their place there."""
    made = acting.organisation(world.people["an"], world.now)
    return made, acting.join(made, world.people["an"], world.people[who], world.now, role)


def take_out(world: World, made: int, row: int) -> None:
    accounts.remove_member(
        actor=world.actor("an"), organisation_id=made, membership_id=row, at=world.later(hours=1)
    )


LOOKS = ("", "bo-sung/", "rut/", "tin-nhan/", "tai-ve/", "xac-nhan-da-gui/")


def test_who_was_taken_out_of_an_organisation_reads_so_at_each_address_of_its_dossiers(
    world: World, binh: Client
) -> None:
    made, row = belong(world)
    act = world.submit(
        world.draft(actor=world.actor("an"), acting_by=f"to-chuc-{made}"), actor=world.actor("an")
    )
    home = f"/ho-so-cua-toi/{act.dossier_id}/"
    assert binh.get(home).status_code == 200
    take_out(world, made, row)
    for path in LOOKS:
        answer = binh.get(home + path)
        text = answer.content.decode()
        assert answer.status_code == 403
        assert "Bạn không còn thuộc tổ chức này" in text
        assert "bạn không còn thuộc Công ty TNHH Hạt Cà Phê trên Cổng" in text
        assert "Từ 09 giờ" in text
        assert "người đại diện theo pháp luật của Công ty TNHH Hạt Cà Phê" in text
    answer = sent(binh, f"{home}tin-nhan/", {"text": TYPED})
    assert (answer.status_code, TYPED in answer.content.decode()) == (403, True)
    assert not ThreadMessage.objects.exists()


def test_who_left_an_organisation_reads_that_they_did(world: World, binh: Client) -> None:
    made, _ = belong(world)
    act = file_for(world, f"to-chuc-{made}")
    accounts.leave_organisation(actor=world.actor("binh"), organisation_id=made, at=world.later(hours=1))
    assert (
        "Bạn đã tự rời Công ty TNHH Hạt Cà Phê"
        in binh.get(f"/ho-so-cua-toi/{act.dossier_id}/").content.decode()
    )


def test_nobody_hears_of_what_was_filed_after_they_had_gone_nor_of_drafts_of_others(
    world: World, binh: Client
) -> None:
    made, row = belong(world)
    draft = world.draft(actor=world.actor("an"), acting_by=f"to-chuc-{made}")
    accounts.remove_member(actor=world.actor("an"), organisation_id=made, membership_id=row, at=world.now)
    later = world.submit(
        world.draft(actor=world.actor("an"), acting_by=f"to-chuc-{made}"),
        actor=world.actor("an"),
        at=world.later(hours=3),
    )
    for act in (draft, later):
        answer = binh.get(f"/ho-so-cua-toi/{act.dossier_id}/")
        text = answer.content.decode()
        assert answer.status_code == 403
        assert "Hạt Cà Phê" not in text
        assert "tổ chức" not in text.lower().split("<main", 1)[1]


def test_strangers_hear_nothing_of_an_organisation(world: World, browser_of: Browser) -> None:
    """Also who was invited and never came, and whose invitation was taken back."""
    made = acting.organisation(world.people["an"], world.now)
    act = world.submit(
        world.draft(actor=world.actor("an"), acting_by=f"to-chuc-{made}"), actor=world.actor("an")
    )
    accounts.invite_member(
        actor=world.actor("an"), organisation_id=made, number=world.people["binh"].personal_id or "",
        name=world.people["binh"].full_name, role=MemberRole.FILER, at=world.now,
    )  # fmt: skip
    row = Membership.objects.get(ended_at=None, account=None)
    take_out(world, made, row.pk)
    answer = browser_of("binh").get(f"/ho-so-cua-toi/{act.dossier_id}/")
    assert answer.status_code == 403
    assert "Hạt Cà Phê" not in answer.content.decode()


def test_who_was_taken_out_and_comes_back_sees_the_dossiers_again(world: World, binh: Client) -> None:
    made, row = belong(world)
    act = file_for(world, f"to-chuc-{made}")
    take_out(world, made, row)
    acting.join(made, world.people["an"], world.people["binh"], world.later(hours=2), MemberRole.VIEWER)
    assert binh.get(f"/ho-so-cua-toi/{act.dossier_id}/").status_code == 200


# --- drafts -----------------------------------------------------------------------------------------------


def test_draft_of_an_ended_mandate_says_that_it_cannot_be_sent_and_what_can_be_done(
    world: World, binh: Client
) -> None:
    key = entrust(world)
    draft = world.draft(actor=world.actor("binh"), acting_by=key)
    pages = [f"/nop-ho-so/{draft.dossier_id}/{part}" for part in ("", "lien-he/", "giay-to/", "xem-lai/")]
    notice = "Bản đang soạn này không gửi được"
    assert not any(notice in binh.get(page).content.decode() for page in pages)
    assert "Không gửi được" not in binh.get("/ho-so-cua-toi/").content.decode()
    revoke(world)
    for page in pages:
        text = binh.get(page).content.decode()
        assert notice in text
        assert "Ủy quyền của An cho bạn đã chấm dứt lúc" in text
        assert f'href="/ho-so-cua-toi/{draft.dossier_id}/rut/"' in text
    assert 'name="declared"' not in binh.get(pages[-1]).content.decode()
    overview = binh.get(pages[0]).content.decode()
    assert "Đã đủ để gửi" not in overview
    assert "Làm tiếp" not in overview
    text = binh.get("/ho-so-cua-toi/").content.decode()
    assert "Không gửi được" in text
    assert "soạn tiếp bất cứ lúc nào" not in text
    entrust(world)
    assert not any(notice in binh.get(page).content.decode() for page in pages)


def test_what_is_typed_in_a_draft_after_the_end_is_kept_on_its_page(world: World, binh: Client) -> None:
    draft = world.draft(actor=world.actor("binh"), acting_by=entrust(world))
    revoke(world)
    typed = {"phone": "0905000009", "email": "", "address": TYPED, "version": "1"}
    answer = binh.post(f"/nop-ho-so/{draft.dossier_id}/lien-he/", typed)
    assert answer.status_code == 422
    assert TYPED in answer.content.decode()
    assert [error.text[:38] for error in answer.context["page_errors"]] == [
        "Ủy quyền của An cho bạn đã chấm dứt lú"
    ]


def test_list_with_drafts_for_others_asks_once_which_of_them_can_be_sent(
    world: World, binh: Client, django_assert_max_num_queries: Any
) -> None:
    key = entrust(world)
    for _ in range(5):
        world.draft(actor=world.actor("binh"), acting_by=key)
    revoke(world)
    with django_assert_max_num_queries(15):
        assert binh.get("/ho-so-cua-toi/").content.decode().count("Không gửi được") == 5


# --- letters ----------------------------------------------------------------------------------------------


def letter(browser: Client, account_id: int, key: str) -> str:
    row = OutboxMessage.objects.filter(account_id=account_id, key=key, channel="in_app").latest("pk")
    return browser.get(f"/hop-thu/{row.pk}/").content.decode()


def test_letter_that_asks_for_an_answer_no_longer_does_when_none_is_wanted(
    world: World, binh: Client
) -> None:
    account = world.people["binh"]
    made = acting.mandate(world.people["an"], account, world.now, accepted=False)
    organisation = acting.organisation(world.people["an"], world.now)
    accounts.invite_member(
        actor=world.actor("an"),
        organisation_id=organisation,
        number=account.personal_id or "",
        name=account.full_name,
        role=MemberRole.VIEWER,
        at=world.now,
    )
    keys, over = ("mandate.offered", "organisation.invited"), "đã được rút lại"
    for key in keys:
        text = letter(binh, account.pk, key)
        assert "Xem và trả lời" in text
        assert over not in text
    accounts.end_mandate(actor=world.actor("an"), mandate_id=made, at=world.now)
    row = Membership.objects.get(account__isnull=True)
    accounts.remove_member(
        actor=world.actor("an"), organisation_id=organisation, membership_id=row.pk, at=world.now
    )
    for key in keys:
        text = letter(binh, account.pk, key)
        assert "Xem và trả lời" not in text
        assert over in text
        assert "đã rút lại" in letter(binh, account.pk, key.split(".")[0] + ".withdrawn")


# --- organisations ----------------------------------------------------------------------------------------


def test_who_is_alone_in_an_organisation_is_offered_to_close_it(world: World, browser_of: Browser) -> None:
    an = browser_of("an")
    made = acting.organisation(world.people["an"], world.now)
    home = f"/tai-khoan/to-chuc/{made}/"
    assert "Đóng tổ chức" in an.get(home).content.decode()
    draft = world.draft(actor=world.actor("an"), acting_by=f"to-chuc-{made}")
    assert 'value="close"' in an.get(home + "roi/").content.decode()
    assert "chưa đóng được" in an.post(home + "roi/", {"act": "close"}, follow=True).content.decode()
    services.withdraw(
        actor=world.actor("an"), at=world.now, dossier_id=draft.dossier_id, expected_version=1, reason="Bỏ"
    )
    answer = an.post(home + "roi/", {"act": "close"}, follow=True)
    assert "Đã đóng tổ chức trên Cổng." in answer.content.decode()
    assert an.get(home).status_code == 404


def test_number_that_is_declared_again_leads_to_the_organisation_that_has_it(
    world: World, browser_of: Browser
) -> None:
    an = browser_of("an")
    made = acting.organisation(world.people["an"], world.now)
    again = {
        "name": "Công ty", "number_kind": "tax_code", "number": "6001234567", "address": "12 Lê Duẩn",
        "represents": "on",
    }  # fmt: skip
    answer = an.post("/tai-khoan/to-chuc/moi/", again)
    assert answer.status_code == 422
    assert f'href="/tai-khoan/to-chuc/{made}/"' in answer.content.decode()
    assert [error.href for error in answer.context["page_errors"]] == ["#id_number"]
