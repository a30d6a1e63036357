"""Numbering the paper with which a dossier is answered: which one it is, and who puts its number right."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse
from tests.desk.conftest import At
from tests.desk.test_views_verbs import address, press
from tests.dossiers.world import STEPS, World, next_version, process_for, published, steps

from motcua.agencies.enums import UnitKind
from motcua.catalogue import queries as catalogue
from motcua.catalogue.rules.sheets import Result
from motcua.dossiers.enums import Decision, Verb
from motcua.dossiers.rules.result_names import REPLY
from motcua.dossiers.services import Act
from motcua.process.enums import StepKind
from motcua.process.rules.definitions import ProcessDefinition

pytestmark = pytest.mark.django_db
NOTICE, LICENCE = "Thông báo nội dung cần sửa đổi, bổ sung", "Giấy chứng nhận đăng ký"


def publish(world: World, *names: str) -> None:
    """Let the world go on with a procedure that publishes these results."""
    results = tuple(Result("", name) for name in names)
    content = replace(catalogue.sheet(world.version.pk), code="1.000002", results=results)
    world.version = published(content, world.agency, world.units[UnitKind.DIVISION])
    world.process = process_for(content.code)


def refused(world: World) -> Act:
    act = world.until("assign")
    return world.refuse(world.propose(act, decision=Decision.REFUSE, text="Không đủ điều kiện"))


def test_of_several_results_none_is_chosen_beforehand(world: World, at_desk: At) -> None:
    publish(world, NOTICE, LICENCE)
    act, khoa = world.until("approve"), at_desk("khoa")
    form = khoa.get(address(act, Verb.ISSUE_RESULT)).context["form"]
    assert [label for _, label in form["which"].field.choices] == [NOTICE, LICENCE, "Văn bản khác"]
    assert (form["which"].value(), form["name"].value()) == (None, None)
    again = press(khoa, world, act, Verb.ISSUE_RESULT, number="1/GCN")
    assert "which" in again.context["form"].errors
    assert world.state(act).results == ()
    press(khoa, world, act, Verb.ISSUE_RESULT, number="1/GCN", which="1")
    assert world.state(act).results[-1].name == LICENCE


def test_the_one_result_of_a_procedure_is_chosen_beforehand(world: World, at_desk: At) -> None:
    publish(world, LICENCE)
    act = world.until("approve")
    form = at_desk("khoa").get(address(act, Verb.ISSUE_RESULT)).context["form"]
    assert form["which"].value() == "0"


def test_another_paper_is_named_and_no_name_is_passed_over(world: World, at_desk: At) -> None:
    publish(world, NOTICE, LICENCE)
    act, khoa = world.until("approve"), at_desk("khoa")
    unnamed = press(khoa, world, act, Verb.ISSUE_RESULT, number="1", which="other")
    assert "name" in unnamed.context["form"].errors
    both = press(khoa, world, act, Verb.ISSUE_RESULT, number="1", which="0", name="Quyết định")
    assert "which" in both.context["form"].errors
    assert world.state(act).results == ()
    press(khoa, world, act, Verb.ISSUE_RESULT, number="1", which="other", name="Quyết định")
    assert world.state(act).results[-1].name == "Quyết định"


@pytest.mark.clause("DL24-9.2#1", "PT24-10.2#1")
def test_refusal_is_answered_by_a_paper_with_the_reason_and_offered_no_result(
    world: World, at_desk: At
) -> None:
    publish(world, LICENCE)
    act, khoa = refused(world), at_desk("khoa")
    page = khoa.get(address(act, Verb.ISSUE_RESULT))
    assert "which" not in page.context["form"].fields
    assert page.context["form"]["name"].value() == REPLY
    assert LICENCE not in page.content.decode()
    press(khoa, world, act, Verb.ISSUE_RESULT, number="2/VP", name=REPLY)
    assert world.state(act).results[-1].name == REPLY


def test_receiver_who_numbered_the_result_puts_its_name_right(world: World, at_desk: At) -> None:
    unnumbered = tuple(row for row in STEPS if row[1] is not StepKind.CLERICAL)
    code = world.version.procedure.code
    next_version(world, ProcessDefinition(0, "Quy trình", code, steps(unnumbered)))
    act, chi = world.until("approve"), at_desk("chi")
    press(chi, world, act, Verb.ISSUE_RESULT, number="1/GP", name="Giấy")
    asked = {"what": "result", "number": "12/GP", "result_name": LICENCE, "reason": "Ghi nhầm"}
    press(chi, world, act, Verb.CORRECT, **asked)
    paper = world.state(act).results[-1]
    assert (paper.number, paper.name) == ("12/GP", LICENCE)
    shown = chi.get(reverse("desk:dossier", args=[act.dossier_id])).content.decode()
    assert LICENCE in shown


def test_receiver_who_did_not_number_it_is_not_offered_to_put_it_right(world: World, at_desk: At) -> None:
    act = world.until("announce")
    chi = at_desk("chi")
    assert chi.get(address(act, Verb.CORRECT)).status_code == 200
    asked = {"what": "result", "number": "12/GP", "result_name": LICENCE, "reason": "Ghi nhầm"}
    press(chi, world, act, Verb.CORRECT, **asked)
    assert world.state(act).version == act.version
