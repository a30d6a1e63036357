"""By which paper somebody else filed: the desk reads whether it came with the filing, or who has seen it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.accounts import acting
from tests.desk.conftest import At
from tests.desk.test_views_intake import INTAKE, entries
from tests.dossiers.world import World
from tests.portal.samples import upload

from motcua.accounts import services as accounts
from motcua.catalogue.rules.sheets import AUTHORITY_PAPER
from motcua.documents import services as documents
from motcua.dossiers.enums import Capacity
from motcua.dossiers.models import Dossier
from motcua.dossiers.rules.state import Applicant, DocumentRef
from motcua.theme.wording import long_moment

pytestmark = pytest.mark.django_db
PAPER = DocumentRef("paper", originals=1)
SAID = "Giấy ủy quyền số 12"


def page(chi: Client, dossier_id: Any) -> str:
    return chi.get(f"/noi-bo/ho-so/{dossier_id}/").content.decode()


@pytest.mark.parametrize(
    ("capacity", "brought", "words"),
    [
        (Capacity.AUTHORISED, DocumentRef(AUTHORITY_PAPER.key, originals=1), ""),
        (Capacity.HIRED, DocumentRef(AUTHORITY_PAPER.key, note="Gửi sau"), "người nộp ghi: Gửi sau)"),
    ],
)
def test_desk_reads_that_the_paper_of_an_online_filing_was_not_sent_and_why(
    world: World, at_desk: At, capacity: Capacity, brought: DocumentRef, words: str
) -> None:
    given = {"submitter_name": "Binh", "capacity": capacity, "authority": SAID, "documents": (PAPER, brought)}
    act = world.submit(world.draft(**given))
    assert f"{SAID} (không gửi kèm{'; ' + words if words else ')'}" in page(at_desk("chi"), act.dossier_id)


def test_nothing_is_said_of_a_paper_of_who_acts_by_law(world: World, at_desk: At) -> None:
    given = {"submitter_name": "Binh", "capacity": Capacity.REPRESENTATIVE, "authority": "Mẹ của chủ hồ sơ"}
    html = page(at_desk("chi"), world.submit(world.draft(**given)).dossier_id)
    assert "Mẹ của chủ hồ sơ</dd>" in html


@pytest.mark.parametrize(
    ("tick", "words"),
    [({"submitter_paper_seen": "on"}, "nơi tiếp nhận đã xem"), ({}, "nơi tiếp nhận chưa ghi")],
)
def test_counter_ticks_that_it_saw_the_paper(
    world: World, at_desk: At, tick: dict[str, str], words: str
) -> None:
    chi = at_desk("chi")
    named = {"submitter_name": "Binh", "submitter_capacity": "authorised", "submitter_paper": SAID}
    chi.post(INTAKE, entries(world, **named, **tick))
    made = Dossier.objects.get()
    assert world.state(str(made.pk)).contents.authority_seen is bool(tick)
    assert f"{SAID} ({words}" in page(chi, made.pk)


def entrusted(world: World) -> int:
    paper = documents.store(upload=upload(), name="b.pdf", actor=world.actor("an"), at=world.now).id
    return acting.mandate(world.people["an"], world.people["binh"], world.now, paper=paper)


def test_desk_reads_since_when_a_representative_acts_no_more_and_whose_number_it_sees(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    binh = world.people["binh"]
    made = entrusted(world)
    applicant = Applicant("An", phone=binh.phone, email=binh.email)
    act = world.draft(actor=world.actor("binh"), acting_by=f"uy-quyen-{made}", applicant=applicant)
    act = world.submit(act, actor=world.actor("binh"))
    assert "không còn nộp thay" not in page(at_desk("chi"), act.dossier_id)
    ended_at = world.now
    accounts.end_mandate(actor=world.actor("an"), mandate_id=made, at=ended_at)
    chi = at_desk("chi")
    with django_assert_max_num_queries(15):
        html = page(chi, act.dossier_id)
    assert f"Ủy quyền đã chấm dứt lúc {long_moment(ended_at)}." in html
    assert "của người nộp, nay không còn nộp thay" in html


def test_desk_reads_that_a_mandate_has_had_its_last_day(world: World, at_desk: At) -> None:
    made, begun = entrusted(world), world.now
    act = world.draft(actor=world.actor("binh"), acting_by=f"uy-quyen-{made}")
    act = world.submit(act, actor=world.actor("binh"))
    last = (begun + timedelta(days=30)).date()
    world.now = world.now + timedelta(days=31)
    assert f"Ủy quyền đã hết hạn sau ngày {last:%d/%m/%Y}." in page(at_desk("chi"), act.dossier_id)


def test_desk_reads_that_who_filed_has_left_the_organisation(world: World, at_desk: At) -> None:
    an, binh = world.people["an"], world.people["binh"]
    firm = acting.organisation(an, world.now)
    acting.join(firm, an, binh, world.now)
    act = world.draft(actor=world.actor("binh"), acting_by=f"to-chuc-{firm}")
    act = world.submit(act, actor=world.actor("binh"))
    chi = at_desk("chi")
    assert "không còn nộp thay" not in page(chi, act.dossier_id)
    left_at = world.now
    accounts.leave_organisation(actor=world.actor("binh"), organisation_id=firm, at=left_at)
    assert f"Người nộp đã thôi thuộc tổ chức lúc {long_moment(left_at)}." in page(chi, act.dossier_id)
