"""Filing for somebody else: what shows that one may is asked for as a file, and not of who acts by law."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from tests.dossiers.test_rules_life import FACTS, TARGET
from tests.dossiers.world import MONDAY, World, sheet
from tests.portal import samples
from tests.portal.conftest import Browser

from motcua.catalogue.rules.sheets import AUTHORITY_PAPER, ProcedureSheet, RequiredDocument
from motcua.dossiers.enums import Capacity, PartKind, Status
from motcua.dossiers.errors import Incomplete
from motcua.dossiers.queries import state_of
from motcua.dossiers.rules.completeness import check_filing, lacking, papers_of_filing
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.preparation import preparation
from motcua.dossiers.rules.state import Applicant, Behalf, Contents, DocumentRef, ResultDelivery

KEY = AUTHORITY_PAPER.key
PROXY = RequiredDocument(
    "proxy", "Văn bản ủy quyền", required=False, condition="khi ủy quyền", is_for_others=True
)
PAPER = RequiredDocument("paper", "Giấy chứng minh")
BINH = Applicant("Trần Bình", "066090000777", "0905000001", "", "Buôn Hồ")
HIRED, ENTRUSTED, BY_LAW = Capacity.HIRED, Capacity.AUTHORISED, Capacity.REPRESENTATIVE
NAMED = Behalf("Trần Bình", "066090000777", ENTRUSTED, "Ủy quyền trên Cổng", "9")


def filing(capacity: Capacity | None = ENTRUSTED, *documents: DocumentRef) -> Contents:
    brought = (DocumentRef("paper", "f1"), *documents)
    submitter = "An" if capacity else ""
    wish = ResultDelivery("counter")
    return Contents(BINH, {"purpose": "x"}, brought, wish, submitter, capacity, "Giấy số 12")


def asked(
    contents: Contents, *papers: RequiredDocument, behalf: Behalf | None = None, channel: str = "online"
) -> Any:
    target = replace(TARGET, channel=channel)
    found = papers_of_filing(sheet(components=papers), target, contents, behalf)
    return {each.key: each.required for each in found}


# --- the rules --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("capacity", [ENTRUSTED, HIRED])
def test_who_is_entrusted_or_hired_is_asked_for_the_paper_by_any_procedure(capacity: Capacity) -> None:
    assert asked(filing(capacity), PAPER) == {"paper": True, KEY: True}
    assert asked(filing(capacity), PAPER, PROXY) == {"paper": True, "proxy": True}  # its own, and one only


@pytest.mark.parametrize("capacity", [None, BY_LAW, Capacity.POSTAL_STAFF])
def test_who_acts_by_law_or_carries_it_is_asked_for_none(capacity: Capacity | None) -> None:
    assert asked(filing(capacity), PAPER, PROXY) == {"paper": True, "proxy": False}
    assert asked(filing(capacity), PAPER) == {"paper": True}


def test_mandate_in_the_account_and_the_desk_have_seen_theirs() -> None:
    assert asked(filing(), PAPER, behalf=NAMED) == {"paper": True}
    assert asked(filing(), PAPER, channel="counter") == {"paper": True}


@pytest.mark.parametrize("papers", [(PAPER,), (PAPER, PROXY)])
def test_filing_waits_for_the_paper_or_a_reason(papers: tuple[RequiredDocument, ...]) -> None:
    asks = sheet(components=papers)
    key, name = (each := (*papers, AUTHORITY_PAPER)[1]).key, each.name
    target = replace(TARGET, channel="online")
    with pytest.raises(Incomplete) as refused:
        check_filing(asks, target, filing(), MONDAY.date())
    assert refused.value.params["documents"] == (name,)
    for brought in (DocumentRef(key, "f2"), DocumentRef(key, note="Bản chính gửi sau")):
        check_filing(asks, target, filing(ENTRUSTED, brought), MONDAY.date())
    part = preparation(asks, target, filing(), FACTS.regulation).part(PartKind.PAPERS)
    assert part is not None
    assert (part.left, part.wanted) == ((name,), 2)


def test_procedure_itself_lacks_nothing_without_it() -> None:
    """What the desk accepts, and may ask for, is measured by the published papers alone."""
    asks: ProcedureSheet = sheet(components=(PAPER,))
    assert lacking(asks, replace(TARGET, channel="online"), filing()) == ()
    assert asks.component(KEY) is None


# --- the pages --------------------------------------------------------------------------------------------


@pytest.fixture
def an(browser_of: Browser) -> Client:
    return browser_of("an")


@pytest.fixture
def draft(world: World) -> str:
    act = world.draft(
        applicant=BINH, submitter_name="An", capacity=ENTRUSTED, authority="Giấy ủy quyền số 12"
    )
    return act.dossier_id


@pytest.mark.django_db
def test_paper_is_counted_among_what_is_to_do_and_sent_as_a_file(an: Client, draft: str) -> None:
    overview = an.get(f"/nop-ho-so/{draft}/").content.decode()
    assert "Đã đủ để gửi" not in overview
    assert AUTHORITY_PAPER.name in overview
    assert f"Chưa có: {AUTHORITY_PAPER.name}." in an.get(f"/nop-ho-so/{draft}/xem-lai/").content.decode()
    an.post(f"/nop-ho-so/{draft}/giay-to/", {"version": "1", f"file-{KEY}": samples.upload()})
    assert KEY in {each.key for each in state_of(draft).contents.documents if each.file_id}
    assert "Đã đủ để gửi" in an.get(f"/nop-ho-so/{draft}/").content.decode()


@pytest.mark.django_db
def test_reason_in_its_place_is_read_back_before_it_is_sent(an: Client, draft: str) -> None:
    reason = "Bản chính đang ở phòng công chứng"
    an.post(f"/nop-ho-so/{draft}/giay-to/", {"version": "1", f"note-{KEY}": reason, "go_on": "1"})
    assert reason in an.get(f"/nop-ho-so/{draft}/xem-lai/").content.decode()
    agreed = {"version": "2", "declared": "on", "consented": "on", "words": CONSENT}
    an.post(f"/nop-ho-so/{draft}/xem-lai/", agreed)
    assert state_of(draft).status is Status.SUBMITTED


@pytest.mark.django_db
def test_parent_is_asked_for_no_paper_and_promised_no_look_at_one(an: Client, draft: str) -> None:
    page = an.get(f"/nop-ho-so/{draft}/tu-cach/").content.decode()
    assert "không cần giấy ủy quyền" in page
    assert "Cơ quan xem giấy tờ bạn nêu ở đây" not in page
    given = {"version": "1", "capacity": "representative", "authority": "Mẹ của chủ hồ sơ"}
    an.post(f"/nop-ho-so/{draft}/tu-cach/", given)
    overview = an.get(f"/nop-ho-so/{draft}/").content.decode()
    assert AUTHORITY_PAPER.name not in overview
    assert "Đã đủ để gửi" in overview


@pytest.mark.django_db
def test_paper_that_is_no_longer_asked_for_can_be_taken_back(an: Client, draft: str) -> None:
    an.post(f"/nop-ho-so/{draft}/giay-to/", {"version": "1", f"file-{KEY}": samples.upload()})
    given = {"version": "2", "capacity": "representative", "authority": "Mẹ của chủ hồ sơ"}
    an.post(f"/nop-ho-so/{draft}/tu-cach/", given)
    file_id = next(each.file_id for each in state_of(draft).contents.documents if each.key == KEY)
    assert f'value="{file_id}"' in an.get(f"/nop-ho-so/{draft}/giay-to/").content.decode()
    an.post(f"/nop-ho-so/{draft}/giay-to/", {"version": "3", "remove": file_id})
    assert KEY not in {each.key for each in state_of(draft).contents.documents}
