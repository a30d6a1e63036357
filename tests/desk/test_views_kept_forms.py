"""What an officer typed while the session ended by itself: kept over the log-in, given back in the form."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from django import forms
from django.test import Client
from tests.desk.conftest import At
from tests.desk.test_views_intake import INTAKE, entries
from tests.desk.test_views_several import SEVERAL, picked, proposed
from tests.dossiers.world import World

import motcua.desk.urls
import motcua.portal.urls  # noqa: F401 - every form is known once the pages are
from motcua.accounts.services.sessions import SEEN_AT
from motcua.desk.several import PICKED
from motcua.dossiers.models import Dossier
from motcua.theme import kept_forms
from motcua.theme.entries import of
from motcua.theme.forms import FaceForm

pytestmark = pytest.mark.django_db


def idle(client: Client) -> None:
    session = client.session
    session[SEEN_AT] = 1
    session.save()


def back_again(client: Client, world: World, name: str) -> None:
    client.force_login(world.people[name], backend="motcua.accounts.services.backends.EntryBackend")
    session = client.session
    session[SEEN_AT] = 2_000_000_000
    session.save()


def sent_too_late(client: Client, page: str, typed: dict[str, Any]) -> str:
    token = str(client.get(page).context["csrf_token"])
    idle(client)
    answer = client.post(
        page, typed | {"csrfmiddlewaretoken": token}, headers={"Referer": f"http://testserver{page}"}
    )
    return str(answer.headers["Location"])


def test_reason_typed_before_the_session_ended_stands_in_the_form_again(world: World, at_desk: At) -> None:
    dung = at_desk("dung")
    act = world.until("assign")
    page = f"/noi-bo/ho-so/{act.dossier_id}/trinh-duyet/"
    there = sent_too_late(dung, page, {"decision": "grant", "text": "Đủ điều kiện, <đề nghị> cấp."})
    assert there.startswith("/noi-bo/dang-nhap/?next=")
    assert "được giữ lại" in dung.get(there).content.decode()
    back_again(dung, world, "dung")
    text = dung.get(page).content.decode()
    assert "Đủ điều kiện, &lt;đề nghị&gt; cấp.</textarea>" in text
    assert "Những gì bạn đã gõ còn nguyên dưới đây." in text
    assert world.state(act).version == act.version


def test_form_of_an_address_without_a_page_comes_back_on_the_page_above(world: World, at_desk: At) -> None:
    """The session ended on the page of a refused form, whose address shows nothing to a new session."""
    chi = at_desk("chi")
    page = "/noi-bo/tra-ket-qua/"
    token = str(chi.get(page).context["csrf_token"])
    refused = f"{page}tim/?tra-lai=abcdefgh"
    idle(chi)
    typed = {"number": "H15-240304-0009 <x>", "csrfmiddlewaretoken": token}
    chi.post(f"{page}tim/", typed, headers={"Referer": f"http://testserver{refused}"})
    back_again(chi, world, "chi")
    led = chi.get(refused)
    assert (led.status_code, led.headers["Location"]) == (302, page)
    text = chi.get(page).content.decode()
    assert 'value="H15-240304-0009 &lt;x&gt;"' in text
    assert "Những gì bạn đã gõ còn nguyên dưới đây." in text
    assert chi.get(f"{page}tim/").status_code == 405  # for whoever typed nothing it stays what it is


def test_what_was_kept_is_dropped_by_its_button(world: World, at_desk: At) -> None:
    chi = at_desk("chi")
    sent_too_late(chi, INTAKE, entries(world, postal_number=""))
    back_again(chi, world, "chi")
    assert kept_forms.DROP in chi.get(INTAKE).content.decode()
    assert "Lê  Thị Bích" in chi.get(INTAKE).content.decode()
    answer = chi.post(INTAKE, {kept_forms.DROP: "1"})
    assert (answer.status_code, answer.headers["Location"]) == (302, INTAKE)
    text = chi.get(INTAKE).content.decode()
    assert "Lê  Thị Bích" not in text
    assert kept_forms.DROP not in text
    assert not Dossier.objects.exists()


def test_counter_intake_comes_back_whole_and_takes_nothing_in_by_itself(world: World, at_desk: At) -> None:
    """Its fields depend on the procedure that was chosen, so the page is drawn with what was typed."""
    chi = at_desk("chi")
    sent_too_late(chi, INTAKE, entries(world, postal_number="", note="Có người nhà đi cùng"))
    back_again(chi, world, "chi")
    answer = chi.get(INTAKE)
    text = answer.content.decode()
    assert 'value="Lê  Thị Bích"' in text
    assert "Có người nhà đi cùng" in text
    assert answer.context["form"].sheet.version_id == world.version.pk
    assert "Những gì bạn đã gõ còn nguyên dưới đây." in text
    assert not Dossier.objects.exists()
    assert chi.post(INTAKE, entries(world)).status_code == 302
    assert of(chi.session, kept_forms.KEPT) == {}


@pytest.mark.parametrize("is_wrong_first", [False, True])
def test_decisions_on_several_dossiers_come_back_with_what_was_written(
    world: World, at_desk: At, is_wrong_first: bool
) -> None:
    acts = [proposed(world), proposed(world)]
    hanh = at_desk("hanh")
    page = f"{SEVERAL}?{PICKED}={acts[0].dossier_id}&{PICKED}={acts[1].dossier_id}"
    if is_wrong_first:  # the page that says so has the same address
        assert hanh.post(page, picked(acts, "send_back", "")).status_code == 422
    sent_too_late(hanh, page, picked(acts, "send_back", "", reason="Thiếu chữ ký ở trang 2."))
    back_again(hanh, world, "hanh")
    text = hanh.get(page).content.decode()
    chosen = [each for each in re.findall(r"<input[^>]*radio[^>]*>", text) if " checked" in each]
    assert [re.findall(r'name="what_([^"]+)" value="(\w*)"', each) for each in chosen] == [
        [(acts[0].dossier_id, "send_back")]
    ]
    assert "Thiếu chữ ký ở trang 2.</textarea>" in text
    assert "Những gì bạn đã gõ còn nguyên dưới đây." in text
    assert [world.state(act).version for act in acts] == [act.version for act in acts]


def test_no_password_and_no_code_is_ever_kept() -> None:
    secret = {
        name
        for form in _all(FaceForm)
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.PasswordInput) or name == "code"
    }
    assert secret == kept_forms.SECRETS


def _all(kind: type[FaceForm]) -> set[type[FaceForm]]:
    return {kind}.union(*(_all(each) for each in kind.__subclasses__()))


def test_counter_intake_comes_along_into_the_other_language_and_takes_nothing_in(
    world: World, at_desk: At
) -> None:
    """Its fields depend on answers, so it is drawn by a look-up and not filled in from outside."""
    chi = at_desk("chi")
    typed = [list(pair) for pair in entries(world).items() if pair[0] != "action"]
    carried = json.dumps([{"action": INTAKE, "typed": typed, "files": [], "has_secrets": False}])
    address = chi.post("/ngon-ngu/", {"language": "en", "next": INTAKE, "typed": carried}).headers["Location"]
    page = chi.get(address).content.decode()
    assert 'lang="en"' in page
    for text in ("066 090 000 999", "5/3/1990", "0905000009"):
        assert f'value="{text}"' in page
    assert not Dossier.objects.exists()
