"""Processes are re-engineered and e-forms designed at the desk, beside what is in force."""

from __future__ import annotations

import json

import pytest
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules import wire

CODE = "1.000001"
LINES = "# Nội dung\nMục đích | đoạn văn\nSố bản | số nguyên | không bắt buộc"


@pytest.mark.clause("DL24-14.5")
def test_form_is_designed_tried_and_taken_along_and_the_one_in_force_stays(world: World, at_desk: At) -> None:
    leader, page = at_desk("hanh"), reverse("desk:eform_design", args=[CODE])
    assert catalogue.sheet(world.version.pk).eform[0].fields[0].key == "purpose"
    assert "Mục đích | chữ" in leader.get(page).content.decode()
    tried = leader.post(page, {"lines": LINES})
    assert tried.context["changes"].added == ("Số bản",)
    assert tried.context["changes"].other == ("Mục đích",)
    assert "Số bản (không bắt buộc)" in tried.content.decode()
    made = json.loads(leader.post(page, {"lines": LINES, "tai": "1"}).content)
    (section,) = (wire.section(each) for each in made["sections"])
    assert [(each.key, each.required) for each in section.fields] == [("purpose", True), ("so_ban", False)]
    catalogue.forget()
    assert len(catalogue.sheet(world.version.pk).eform[0].fields) == 1


@pytest.mark.clause("DL24-14.5")
def test_process_is_written_anew_beside_the_one_in_force(world: World, at_desk: At) -> None:
    leader = at_desk("hanh")
    begun = leader.post(
        reverse("desk:processes"), {"agency": str(world.agency.pk), "code": CODE, "variant": ""}
    )
    editor = leader.get(begun.url)
    assert editor.status_code == 200
    assert "examine" in editor.content.decode()


def test_faulty_lines_are_named_and_nothing_typed_is_lost(world: World, at_desk: At) -> None:
    page = at_desk("hanh").post(reverse("desk:eform_design", args=[CODE]), {"lines": "# A\nTuổi | năm"})
    assert page.status_code == 422
    text = page.content.decode()
    assert "Dòng 2: “năm” không phải cách trả lời." in text
    assert "Tuổi | năm" in text


def test_only_who_acts_for_an_agency_designs(world: World, at_desk: At) -> None:
    for path in (reverse("desk:eforms"), reverse("desk:eform_design", args=[CODE])):
        assert [at_desk(who).get(path).status_code for who in ("hanh", "dung")] == [200, 403]
    nothing = at_desk("hanh").get(reverse("desk:eforms") + "?q=khongcogi").content.decode()
    assert "Không tìm thấy thủ tục nào" in nothing
