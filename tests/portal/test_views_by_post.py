"""An unsigned filing of level 4 is followed by its certified papers: what the applicant and the desk see."""

from __future__ import annotations

import time

import pytest
from django.test import Client
from pytest_django import Settings
from tests.documents.test_services_slips import without_spaces
from tests.dossiers.test_acknowledgement import slip_of
from tests.dossiers.world import World, make_world, sheet
from tests.regulations import PLACES

from motcua.accounts.services.sessions import SEEN_AT
from motcua.catalogue.enums import OnlineLevel
from motcua.desk import clock
from motcua.dossiers.enums import Status
from motcua.dossiers.errors import CertifiedPapersRequired
from motcua.law import queries as law
from motcua.notify.models import OutboxMessage
from motcua.notify.queries import wording
from motcua.portal import who

TOLD = "Gửi thêm hồ sơ giấy qua bưu điện"


@pytest.fixture(params=[OnlineLevel.FULL])
def level_four(
    db: None, settings: Settings, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> World:
    settings.PROVINCE = PLACES["KT18"][0]
    made = make_world(sheet(online_level=request.param), regulation="KT18")
    for module in (who, clock):
        monkeypatch.setattr(module, "now", lambda: made.later(minutes=1))
    return made


def client_of(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.people[name], backend="motcua.accounts.services.backends.EntryBackend")
    session = client.session
    session[SEEN_AT] = int(time.time())
    session.save()
    return client


@pytest.mark.clause("KT18-7.2.a#2")
def test_applicant_is_told_before_and_after_sending_what_to_post_and_which_code_to_write(
    level_four: World,
) -> None:
    client, act = client_of(level_four, "an"), level_four.draft()
    assert TOLD in client.get(f"/nop-ho-so/{act.dossier_id}/xem-lai/").content.decode()
    act = level_four.submit(act)
    for page in (f"/nop-ho-so/{act.dossier_id}/da-gui/", f"/ho-so-cua-toi/{act.dossier_id}/"):
        text = client.get(page).content.decode()
        assert TOLD in text
        assert f"Ghi mã <strong>{act.reference}</strong>" in text
        assert "Trả lời chậm nhất" not in text
    level_four.accept(act, certified_by_post=True)
    assert TOLD not in client.get(f"/ho-so-cua-toi/{act.dossier_id}/").content.decode()


GROUND = "(có ghi mã hồ sơ và hồ sơ có chứng thực của các cơ quan, tổ chức có thẩm quyền)"


@pytest.mark.clause("KT18-7.2.a#2")
def test_paper_and_letter_say_in_the_words_of_the_clause_that_papers_follow_by_post(
    level_four: World,
) -> None:
    published = law.text("KT18")
    assert published is not None
    assert any(GROUND in paragraph.words for paragraph in published.paragraphs)
    level_four.agency.address = "1 Trần Hưng Đạo"
    level_four.agency.save()
    act = level_four.submit(level_four.draft())
    letter = OutboxMessage.objects.filter(key="dossier.acknowledged").first()
    assert letter is not None
    shown = wording(letter.key, letter.context, recipient="Nguyễn Văn An", language="vi")
    english = wording(letter.key, letter.context, recipient="Nguyễn Văn An", language="en")
    found = slip_of(level_four, act)
    for text in (GROUND, act.reference, "Sở Tư pháp, 1 Trần Hưng Đạo"):
        assert without_spaces(text) in found
        assert text in shown.body
    assert "chưa cần làm gì thêm" not in shown.body
    assert f"write the code {act.reference} on the papers" in english.body


@pytest.mark.clause("KT18-7.2.a#2")
def test_desk_takes_it_in_only_when_it_says_that_the_certified_papers_are_there(level_four: World) -> None:
    act = level_four.submit(level_four.draft())
    client, page = client_of(level_four, "chi"), f"/noi-bo/ho-so/{act.dossier_id}/tiep-nhan/"
    assert f"ghi mã {act.reference}" in client.get(page).content.decode()
    refused = client.post(page, {"version": str(act.version), "note": ""})
    assert str(CertifiedPapersRequired.message) in refused.content.decode()
    assert (refused.status_code, level_four.state(act).status) == (200, Status.SUBMITTED)
    client.post(page, {"version": str(act.version), "note": "", "certified_by_post": "on"})
    assert level_four.state(act).status is Status.ACCEPTED
    history = client.get(f"/noi-bo/ho-so/{act.dossier_id}/").content.decode()
    assert "Hồ sơ giấy có chứng thực, ghi mã hồ sơ, đã đến qua bưu điện." in history


@pytest.mark.parametrize("level_four", [OnlineLevel.PARTIAL], indirect=True)
def test_level_three_asks_for_nothing_by_post(level_four: World) -> None:
    act = level_four.submit(level_four.draft())
    assert TOLD not in client_of(level_four, "an").get(f"/ho-so-cua-toi/{act.dossier_id}/").content.decode()
    letter = OutboxMessage.objects.filter(key="dossier.acknowledged").first()
    assert letter is not None
    shown = wording(letter.key, letter.context, recipient="Nguyễn Văn An", language="vi")
    assert "chưa cần làm gì thêm" in shown.body
    assert without_spaces(GROUND) not in slip_of(level_four, act)
    text = client_of(level_four, "chi").get(f"/noi-bo/ho-so/{act.dossier_id}/tiep-nhan/").content.decode()
    assert "certified_by_post" not in text
    assert level_four.state(level_four.accept(act)).status is Status.ACCEPTED
