"""Templates of reasons: offered on the pages of the verbs, kept on pages of administrators."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from tests.desk.conftest import At
from tests.desk.test_views_verbs import address as verb_address
from tests.desk.test_views_verbs import press
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.desk.forms.verbs import FORMS
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.rules.reasons import BORROWED, VERBS
from motcua.kernel.actors import SYSTEM

pytestmark = pytest.mark.django_db
TEXT = "Hồ sơ thiếu […]. Đề nghị bổ sung."


@pytest.fixture
def khoa(world: World, at_desk: At) -> Client:
    """The administrator of the department."""
    Position.objects.create(account=world.people["khoa"], unit=world.units[UnitKind.OFFICE], role=Role.ADMIN)
    return at_desk("khoa")


@pytest.fixture
def giang(world: World, at_desk: At) -> Client:
    """The province's administrator."""
    Account.objects.filter(username="giang").update(is_admin=True)
    world.people["giang"].refresh_from_db()
    return at_desk("giang")


def address(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def kept(world: World, verb: Verb = Verb.DECLINE, **changes: object) -> int:
    given = {"agency_id": world.agency.pk, "title": "Thiếu giấy tờ", "text": TEXT} | changes
    return services.add_reason(actor=SYSTEM, at=world.later(minutes=1), verb=verb, **given)


def test_every_verb_with_templates_has_a_text_for_them_and_each_with_a_reason_has_templates() -> None:
    texts = {verb: FORMS[verb].filled_from_templates[0] for verb in VERBS}
    assert [verb for verb, name in texts.items() if name not in FORMS[verb].base_fields] == []
    offering = {
        verb for verb, form in FORMS.items() if set(form.filled_from_templates) & set(form.base_fields)
    }
    assert offering <= set(VERBS) | set(BORROWED)


def test_templates_of_refusing_are_offered_where_a_refusal_is_proposed(world: World, at_desk: At) -> None:
    number = kept(world, Verb.REFUSE, title="Không đủ điều kiện", text="Không đủ điều kiện theo quy định.")
    kept(world, Verb.DECLINE)
    act = world.assign(world.hand_over(world.accept(world.register())))
    dung = at_desk("dung")
    shown = dung.get(verb_address(act, Verb.PROPOSE)).content.decode()
    assert "Mẫu lý do từ chối" in shown
    assert f'<option value="{number}">Không đủ điều kiện</option>' in shown
    assert "Thiếu giấy tờ" not in shown
    given = {"decision": "refuse", "text": "Đã thẩm định.", "fill": "text", "reason_template": str(number)}
    page = press(dung, world, act, Verb.PROPOSE, **given)
    assert page.context["form"]["text"].value() == "Đã thẩm định.\nKhông đủ điều kiện theo quy định."
    assert page.context["form"]["decision"].value() == "refuse"
    assert world.state(act).decision is None


def test_template_is_offered_and_fills_the_reason_without_doing_anything(world: World, at_desk: At) -> None:
    act, number = world.register(), kept(world)
    chi = at_desk("chi")
    shown = chi.get(verb_address(act, Verb.DECLINE))
    assert "Thiếu giấy tờ" in shown.content.decode()
    typed = {
        "fill": "1",
        "reason_template": str(number),
        "reason": "Kính gửi Ông/Bà,",
        "ground": "by_law",
    }
    page = chi.post(verb_address(act, Verb.DECLINE), typed | {"version": act.version})
    assert page.status_code == 200
    assert page.context["form"]["reason"].value() == f"Kính gửi Ông/Bà,\n{TEXT}"
    assert page.context["form"]["ground"].value() == "by_law"
    assert page.context["form"]["version"].value() == str(act.version)
    assert page.context["page_errors"] == []
    assert world.state(act).version == act.version


def test_rows_of_a_supplement_request_survive_the_filling(world: World, at_desk: At) -> None:
    act, number = world.register(), kept(world, Verb.REQUEST_SUPPLEMENT)
    typed = {"fill": "1", "reason_template": str(number), "ask_1": "on", "what_1": "Ký vào trang 2"}
    page = at_desk("chi").post(verb_address(act, Verb.REQUEST_SUPPLEMENT), typed | {"version": act.version})
    form = page.context["form"]
    assert (form["ask_0"].value(), form["ask_1"].value(), form["what_1"].value()) == (
        False,
        True,
        "Ký vào trang 2",
    )
    assert form["reason"].value() == TEXT


def test_template_fills_the_guidance_of_a_supplement_request_if_that_is_asked(
    world: World, at_desk: At
) -> None:
    act, number = world.register(), kept(world, Verb.REQUEST_SUPPLEMENT)
    typed = {"fill": "guidance", "reason_template": str(number), "reason": "Thiếu chữ ký"}
    page = at_desk("chi").post(verb_address(act, Verb.REQUEST_SUPPLEMENT), typed | {"version": act.version})
    form = page.context["form"]
    assert (form["reason"].value(), form["guidance"].value()) == ("Thiếu chữ ký", TEXT)
    assert f'<option value="{number}" selected>' in page.content.decode()  # it may go into the reason too
    typed = {"reason": "Thiếu chữ ký", "guidance": TEXT, "ask_0": "on", "version": act.version}
    page = at_desk("chi").post(verb_address(act, Verb.REQUEST_SUPPLEMENT), typed)
    assert list(page.context["form"].errors) == ["guidance"]


@pytest.mark.parametrize("chosen", ["", "0", "x", "9" * 40])
def test_template_that_is_not_offered_fills_nothing(world: World, at_desk: At, chosen: str) -> None:
    act = world.register()
    kept(world)
    foreign = kept(world, Verb.STOP)
    for number in (chosen, str(foreign)):
        typed = {"fill": "1", "reason_template": number, "reason": "Của tôi", "version": act.version}
        page = at_desk("chi").post(verb_address(act, Verb.DECLINE), typed)
        assert page.context["form"]["reason"].value() == "Của tôi"


def test_reason_with_an_open_gap_is_not_sent(world: World, at_desk: At) -> None:
    act = world.register()
    chi = at_desk("chi")
    page = press(
        chi,
        world,
        act,
        Verb.DECLINE,
        ground="by_law",
        provision="Điều 17 Nghị định số 61/2018/NĐ-CP",
        reason=TEXT,
    )
    assert list(page.context["form"].errors) == ["reason"]
    assert world.state(act).status is Status.SUBMITTED


def test_administrator_of_the_agency_keeps_its_own_and_reads_the_provinces(
    world: World, khoa: Client, giang: Client
) -> None:
    shared = kept(world, agency_id=None, title="Dùng chung")
    khoa.post(address("new_reason"), {"verb": "decline", "title": "Riêng", "text": TEXT})
    page = khoa.get(address("reasons"))
    assert page.context["agency"].id == world.agency.pk
    own = [card for _verb, cards in page.context["own"] for card in cards]
    assert [card.title for card in own] == ["Riêng"]
    assert "Dùng chung" in page.content.decode()
    assert khoa.get(address("reason", shared)).status_code == 404
    assert khoa.post(address("drop_reason", shared), {"version": "1"}).status_code == 404
    assert giang.get(address("reason", shared)).status_code == 200
    assert giang.get(address("reasons"), {"co-quan": world.agency.pk}).context["agency"].id == world.agency.pk


def test_administrator_changes_and_drops_a_template(world: World, khoa: Client) -> None:
    number = kept(world)
    page = khoa.get(address("reason", number))
    given = {"version": page.context["form"]["version"].value(), "title": "Khác", "text": "Lời khác"}
    assert khoa.post(address("reason", number), given).status_code == 302
    stale = khoa.post(address("reason", number), given)
    assert stale.status_code == 422
    assert "vừa được người khác sửa" in stale.content.decode()
    assert queries.reason(number).text == "Lời khác"
    assert khoa.post(address("drop_reason", number), {"version": "1"}).status_code == 409
    assert khoa.post(address("drop_reason", number), {"version": "2"}).status_code == 302
    assert queries.reason(number) is None


@pytest.mark.parametrize(
    ("typed", "field"),
    [({"title": ""}, "title"), ({"text": "x" * 2001}, "text"), ({"verb": "accept"}, "verb")],
)
def test_bad_template_is_told_beside_its_field(
    world: World, khoa: Client, typed: dict[str, str], field: str
) -> None:
    given = {"verb": "decline", "title": "Riêng", "text": TEXT} | typed
    page = khoa.post(address("new_reason"), given)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [field])


def test_pages_are_for_administrators_and_their_agencies(world: World, khoa: Client, at_desk: At) -> None:
    number = kept(world)
    chi = at_desk("chi")
    assert [chi.get(address(name)).status_code for name in ("reasons", "new_reason")] == [403, 403]
    assert chi.get(address("reason", number)).status_code == 403
    for other in ("999999", "x", "9" * 30):
        assert khoa.get(address("reasons"), {"co-quan": other}).status_code == 404
    assert khoa.get(address("reason", 2**70)).status_code == 404
