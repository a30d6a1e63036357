"""Other documents of a dossier: to whose part they belong, who sees them, and that they stay."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings
from tests.documents import samples
from tests.dossiers.world import World
from tests.resilience.scenery import upload

from motcua.documents import services as documents
from motcua.dossiers import services
from motcua.dossiers.enums import DossierPart, Status
from motcua.dossiers.errors import FileNotYours, TitleRequired, TooManyDocuments
from motcua.dossiers.models import DossierFile
from motcua.dossiers.services import Act
from motcua.kernel.errors import Forbidden, NotFound
from motcua.notify.models import OutboxMessage
from motcua.notify.queries import wording


def paper(world: World, by: str, name: str = "cong-van.pdf", pages: int = 1) -> str:
    content = samples.pdf(pages=pages)
    return documents.store(
        upload=upload(name, content), name=name, actor=world.actor(by), at=world.later(minutes=1)
    ).id


def attach(world: World, act: Act, by: str, **changes: Any) -> Act:
    given = world._on(act, by) | {"part": DossierPart.SETTLING, "title": "Công văn trả lời"}
    if "file_id" not in changes:
        changes["file_id"] = paper(world, by)
    return services.attach_document(**given | changes)


def readable(world: World, act: Act, by: str, file_id: str) -> bool:
    asked = {"actor": world.actor(by), "at": world.later(minutes=1), "dossier_id": act.dossier_id}
    try:
        return services.file_of(**asked, file_id=file_id) == file_id
    except NotFound:
        return False


@pytest.mark.clause("KT22-14.2bis.a#6", "KT22-14.2bis.b#3")
def test_documents_of_both_parts_stay_with_the_dossier_and_are_seen_by_whom_it_was_said(world: World) -> None:
    act = world.until("assign")
    inside, outside = paper(world, "dung"), paper(world, "chi", "giay.pdf", pages=2)
    act = attach(world, act, "dung", file_id=inside)
    act = attach(
        world,
        act,
        "chi",
        file_id=outside,
        part=DossierPart.DESK,
        title=" Giấy   giới thiệu ",
        for_applicant=True,
    )
    kept = [(each.number, each.part, each.title, each.for_applicant) for each in world.state(act).attached]
    assert kept == [
        (1, DossierPart.SETTLING, "Công văn trả lời", False),
        (2, DossierPart.DESK, "Giấy giới thiệu", True),
    ]
    links = DossierFile.objects.filter(dossier_id=act.dossier_id, file_id__in=(inside, outside))
    assert set(links.values_list("is_result", flat=True)) == {False}
    assert [readable(world, act, "lan", each) for each in (inside, outside)] == [True, True]
    assert [readable(world, act, "an", each) for each in (inside, outside)] == [False, True]
    assert services.verify().difference is None


def test_package_of_the_applicant_holds_what_was_added_for_them(world: World) -> None:
    act = attach(world, world.until("assign"), "dung", title="Trích lục", for_applicant=True)
    act = world.tell(attach(world, act, "dung", title="Tờ trình nội bộ"))
    found = services.package_of(actor=world.actor("an"), at=world.later(minutes=1), dossier_id=act.dossier_id)
    assert [each.about for each in found.files if each.about in ("Trích lục", "Tờ trình nội bộ")] == [
        "Trích lục"
    ]


@pytest.mark.parametrize(
    ("by", "part"),
    [
        ("an", DossierPart.DESK), ("giang", DossierPart.SETTLING), ("chi", DossierPart.SETTLING),
        ("dung", DossierPart.DESK),
    ],
)  # fmt: skip
def test_document_of_another_part_is_refused(world: World, by: str, part: DossierPart) -> None:
    act = world.until("assign")
    with pytest.raises(Forbidden):
        attach(world, act, by, part=part)
    assert world.state(act).attached == ()


def test_document_of_somebody_elses_upload_or_without_a_title_is_refused(world: World) -> None:
    act = world.until("assign")
    with pytest.raises(FileNotYours):
        attach(world, act, "dung", file_id=paper(world, "chi"))
    for title in ("  ", "a" * 201):
        with pytest.raises(TitleRequired):
            attach(world, act, "dung", title=title)


def test_what_settles_adds_nothing_before_the_acceptance(world: World) -> None:
    with pytest.raises(Forbidden):
        attach(world, world.until("submit"), "dung")
    act = attach(world, world.until("give_back"), "khoa")
    assert world.state(act).status is Status.RETURNED


def test_applicant_is_told_by_letter_of_what_is_for_them_and_of_nothing_else(world: World) -> None:
    act = attach(world, world.until("assign"), "dung", title="Tờ trình nội bộ")
    letters = OutboxMessage.objects.filter(key="dossier.document_attached")
    assert not letters.exists()
    act = attach(world, act, "dung", title="Trích lục", for_applicant=True)
    assert not letters.exists()
    world.tell(act)
    bodies = [wording(each.key, each.context, recipient="Nguyễn Văn An").body for each in letters.all()]
    assert bodies
    for body in bodies:
        assert f"thêm vào hồ sơ {world.state(act).reference}" in body
        assert "xem được: Trích lục." in body


def test_document_beyond_the_bound_is_refused_and_changes_nothing(world: World, settings: Settings) -> None:
    settings.MOST_OTHER_DOCUMENTS = 1
    act = attach(world, world.until("assign"), "dung")
    with pytest.raises(TooManyDocuments) as refusal:
        attach(world, act, "dung", title="Thêm nữa", for_applicant=True)
    assert refusal.value.params == {"most": 1}
    assert [each.title for each in world.state(act).attached] == ["Công văn trả lời"]
    assert not OutboxMessage.objects.filter(key="dossier.document_attached").exists()
