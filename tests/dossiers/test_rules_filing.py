"""Filing decided without a database: what is offered, what is brought, what comes too late."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from tests.dossiers.test_rules_life import CONTENTS, FACTS, FIRST, TARGET
from tests.dossiers.world import MONDAY, moment, sheet

from motcua.catalogue.enums import FieldKind, OnlineLevel
from motcua.catalogue.rules.agreeing import APPLICANT_ID, AnswerRule, RuleKind
from motcua.catalogue.rules.eforms import FormField
from motcua.catalogue.rules.sheets import OfferedLimit, RequiredDocument
from motcua.dossiers import errors
from motcua.dossiers.rules import commands, decide, events, fold
from motcua.dossiers.rules.completeness import handed_in, missing_documents, offered
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.facts import Facts
from motcua.dossiers.rules.state import (
    Applicant,
    DocumentRef,
    EarlierPaper,
    ResultDelivery,
    State,
    SupplementItem,
    Target,
)
from motcua.kernel.errors import Refusal
from motcua.kernel.limits import TimeLimit
from motcua.law import queries as law

COUNTER = replace(TARGET, channel="counter")
NOT_ONLINE = replace(FACTS, sheet=sheet(online_level=OnlineLevel.NONE))
LIMIT = TimeLimit.parse("3wd")
COUNTER_ONLY = replace(FACTS, sheet=sheet(limits=(OfferedLimit("counter", None, LIMIT, "3", "working_day"),)))
BY_PIGEON = replace(CONTENTS, delivery=ResultDelivery("pigeon"))


def register(target: Target = COUNTER, contents: object = CONTENTS) -> commands.Register:
    return commands.Register(target, contents, "key", "YC-1")  # type: ignore[arg-type]


TO_BE_SENT = replace(FIRST, contents=replace(CONTENTS, delivery=ResultDelivery("online")))


def under(regulation: str, facts: Facts = FACTS) -> Facts:
    return replace(facts, regulation=law.regulation(regulation))


def filed(facts: Facts = FACTS) -> State:
    """A dossier sent online on Monday morning."""
    state = fold(None, decide(None, FIRST, facts, MONDAY)[0], MONDAY)
    return fold(state, decide(state, commands.Submit("key", "YC-1", CONSENT), facts, MONDAY)[0], MONDAY)


@pytest.mark.clause("DL24-3.4", "PT24-3.6", "QN20-21.5#1", "KT18-13.5")
@pytest.mark.parametrize("given", ["", "2025-1", CONTENTS.applicant.name])
def test_sending_without_consent_to_the_words_of_now_is_refused(given: str, regulation: str) -> None:
    facts = under(regulation)
    state = fold(None, decide(None, TO_BE_SENT, facts, MONDAY)[0], MONDAY)
    with pytest.raises(errors.ConsentRequired):
        decide(state, commands.Submit("key", "YC-1", given), facts, MONDAY)


def test_consent_is_kept_with_what_was_sent() -> None:
    assert filed().consent == CONSENT


@pytest.mark.parametrize("changes", [{"unfinished": {"phone": "12"}}, {"applicant": Applicant(" ")}])
def test_sending_what_is_not_finished_is_refused(changes: dict[str, Any]) -> None:
    draft = replace(FIRST, contents=replace(CONTENTS, **changes))
    state = fold(None, decide(None, draft, FACTS, MONDAY)[0], MONDAY)
    with pytest.raises(errors.DetailsUnfinished):
        decide(state, commands.Submit("key", "YC-1", CONSENT), FACTS, MONDAY)


@pytest.mark.parametrize("limits", [{"channels": ("counter",)}, {"variants": ("khác",)}])
def test_asking_for_a_paper_of_another_channel_or_case_is_refused(limits: dict[str, Any]) -> None:
    elsewhere = RequiredDocument("elsewhere", "Giấy của cách nộp khác", **limits)
    facts = replace(FACTS, sheet=replace(FACTS.sheet, components=(*FACTS.sheet.components, elsewhere)))
    state = replace(filed(), target=replace(TARGET, variant="này"))
    command = commands.RequestSupplement((SupplementItem("elsewhere", "bản rõ"),), "thiếu", "nộp thêm")
    with pytest.raises(errors.NotAComponent):
        decide(state, command, facts, MONDAY)


def asked(*items: str) -> State:
    state = filed()
    wanted = tuple(SupplementItem(one, "bản rõ") for one in items)
    command = commands.RequestSupplement(wanted, "mờ", "chụp lại")
    return fold(state, decide(state, command, FACTS, MONDAY)[0], MONDAY)


@pytest.mark.clause("PT24-8.0")
@pytest.mark.parametrize(
    ("command", "facts", "refusal"),
    [
        (FIRST, NOT_ONLINE, errors.ChannelNotOffered),
        (FIRST, COUNTER_ONLY, errors.ChannelNotOffered),
        (replace(FIRST, target=replace(TARGET, variant="khác")), FACTS, errors.VariantUnknown),
        (register(replace(COUNTER, variant="khác")), FACTS, errors.VariantUnknown),
    ],
)
def test_filing_in_a_way_the_procedure_does_not_offer_is_refused(
    command: commands.Command, facts: Facts, refusal: type[Exception], regulation: str
) -> None:
    with pytest.raises(refusal):
        decide(None, command, under(regulation, facts), MONDAY)


def test_procedure_that_is_not_online_is_taken_at_the_counter() -> None:
    (event,) = decide(None, register(), NOT_ONLINE, MONDAY)
    assert fold(None, event, MONDAY).target.channel == "counter"


@pytest.mark.parametrize("command", [replace(FIRST, contents=BY_PIGEON), register(contents=BY_PIGEON)])
def test_result_cannot_be_wanted_in_a_way_that_does_not_exist(command: commands.Command) -> None:
    with pytest.raises(errors.DeliveryUnknown):
        decide(None, command, FACTS, MONDAY)


def test_draft_cannot_be_sent_once_the_procedure_is_offered_online_no_more() -> None:
    state = fold(None, decide(None, FIRST, FACTS, MONDAY)[0], MONDAY)
    with pytest.raises(errors.ChannelNotOffered):
        decide(state, commands.Submit("key", "YC-1", CONSENT), NOT_ONLINE, MONDAY)


def test_supplement_with_nothing_in_it_is_refused() -> None:
    with pytest.raises(errors.NothingBrought):
        decide(asked("paper"), commands.Supplement(()), FACTS, MONDAY)


def test_supplement_is_something_only_with_a_file_or_a_paper() -> None:
    with pytest.raises(errors.StillMissing):
        decide(asked("paper"), commands.Supplement((DocumentRef("paper"),)), FACTS, MONDAY)


def test_supplement_of_the_form_stands_for_the_paper_form_and_for_no_other_paper() -> None:
    answer = commands.Supplement((), {"purpose": "mới"})
    (event,) = decide(asked("form"), answer, FACTS, MONDAY)
    assert isinstance(event, events.Supplemented)
    assert dict(event.contents.form_data) == {"purpose": "mới"}
    with pytest.raises(errors.StillMissing):
        decide(asked("form", "paper"), answer, FACTS, MONDAY)


BROUGHT = DocumentRef("paper", originals=1)


@pytest.mark.clause("DL24-8.1.a#3")
@pytest.mark.parametrize("accepted_at", [None, MONDAY], ids=["before acceptance", "after it"])
@pytest.mark.parametrize(
    ("command", "named"),
    [
        (commands.Supplement((BROUGHT, DocumentRef("stranger", copies=1))), "stranger"),
        (commands.Supplement((BROUGHT, DocumentRef("form"))), "Tờ khai"),  # would empty what was filed
        (commands.Supplement((BROUGHT,), {"purpose": "mới"}), "Tờ khai"),
    ],
    ids=["no paper of the procedure", "not asked for", "answers nobody asked for"],
)
def test_supplement_changes_nothing_that_was_not_asked_for(
    command: commands.Supplement, named: str, accepted_at: datetime | None
) -> None:
    state = replace(asked("paper"), accepted_at=accepted_at)
    with pytest.raises(errors.NotAskedFor) as refused:
        decide(state, command, FACTS, MONDAY)
    assert refused.value.params["names"] == named
    assert refused.value.clauses


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"purpose": ""}, errors.AnswersFaulty),
        ({"purpose": "x" * 5000}, errors.AnswersFaulty),
        ({"purpose": "mới", "la": "chen vào"}, errors.NotAskedFor),
    ],
    ids=["emptied", "too long", "no question of the form"],
)
def test_answers_of_a_supplement_are_checked_like_those_of_the_filing(
    answers: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        decide(asked("form"), commands.Supplement((), answers), FACTS, MONDAY)


def test_answers_of_a_supplement_agree_with_whose_dossier_it_is() -> None:
    """As at filing: rules of the form may name the number of the applicant, which no form asks."""
    (section, *_) = FACTS.sheet.eform
    own = AnswerRule(RuleKind.ONE_OF, "purpose", (APPLICANT_ID,), say="Phải là số của người đứng tên.")
    facts = replace(FACTS, sheet=replace(FACTS.sheet, eform=(replace(section, rules=(own,)),)))
    state = asked("form")
    number = "066090000001"
    applicant = replace(state.contents.applicant, personal_id=number)
    state = replace(state, contents=replace(state.contents, applicant=applicant))
    with pytest.raises(errors.AnswersFaulty) as refused:
        decide(state, commands.Supplement((), {"purpose": "066090000002"}), facts, MONDAY)
    assert "Phải là số của người đứng tên." in refused.value.params["faults"]
    assert decide(state, commands.Supplement((), {"purpose": number}), facts, MONDAY)


BORN = FormField("born", "Ngày sinh", FieldKind.DATE, not_after_today=True)


def with_birthday() -> Facts:
    (section, *_) = FACTS.sheet.eform
    form = replace(section, fields=(*section.fields, BORN))
    return replace(FACTS, sheet=replace(FACTS.sheet, eform=(form,)))


@pytest.mark.parametrize(
    ("answers", "faulty"),
    [
        ({"born": "khong phai ngay", "purpose": ""}, {"born"}),
        ({"born": "2099-01-01"}, {"born"}),
        ({"purpose": "Xin cấp", "zzz": "la"}, {"zzz"}),
        ({"born": "hôm qua", "zzz": ""}, {"born", "zzz"}),
    ],
    ids=["no day", "a day ahead", "no question of the form", "both"],
)
def test_desk_types_off_the_paper_form_only_what_answers_it_rightly(
    answers: dict[str, object], faulty: set[str]
) -> None:
    command = register(contents=replace(CONTENTS, form_data=answers))
    with pytest.raises(errors.AnswersFaulty) as refused:
        decide(None, command, with_birthday(), MONDAY)
    assert refused.value.params["fields"].keys() == faulty
    assert refused.value.clauses == ("DL24-7.1#1", "DL24-7.1#2", "DL24-7.1#3")


@pytest.mark.parametrize("answers", [{}, {"purpose": "", "born": " "}, {"born": "03/03/2024"}])
def test_desk_may_leave_open_what_the_paper_form_says(answers: dict[str, object]) -> None:
    command = register(contents=replace(CONTENTS, form_data=answers))
    (event,) = decide(None, command, with_birthday(), MONDAY)
    assert isinstance(event, events.Registered)
    assert event.contents.form_data == answers


def test_answers_that_are_not_given_anew_stay_and_come_from_the_form_only() -> None:
    state = asked("form")
    state = replace(state, contents=replace(state.contents, form_data={"purpose": "cũ", "la": "chen vào"}))
    (event,) = decide(state, commands.Supplement((), {"purpose": "mới"}), FACTS, MONDAY)
    assert isinstance(event, events.Supplemented)
    assert event.contents.form_data == {"purpose": "mới"}


def test_papers_handed_over_at_the_desk_bring_no_answers() -> None:
    command = commands.Supplement((BROUGHT,), {"purpose": "mới"})
    with pytest.raises(errors.NotAskedFor):
        decide(brought_to_the_desk(), command, AT_THE_DESK, MONDAY)


def test_supplement_replaces_the_paper_that_was_asked_for_and_keeps_the_others() -> None:
    brought = DocumentRef("paper", originals=1, note="mới")
    (event,) = decide(asked("paper"), commands.Supplement((brought,)), FACTS, MONDAY)
    kept = {one.key: one.note for one in event.contents.documents}
    assert kept == {"paper": "mới"}


def test_supplement_beside_a_paper_keeps_it_and_what_is_replaced_is_remembered() -> None:
    first, second, third = (DocumentRef("paper", file, copies=1) for file in ("a", "b", "c"))
    state, later = asked("paper"), MONDAY + timedelta(hours=1)
    state = replace(state, contents=replace(state.contents, documents=(first,)))
    beside = commands.Supplement((second,), beside=frozenset({"paper"}))
    (event,) = decide(state, beside, FACTS, later)
    joined = fold(state, event, later)
    assert joined.contents.documents == (first, second)
    assert joined.earlier_papers == ()
    (event,) = decide(state, commands.Supplement((third,)), FACTS, later)
    replaced = fold(state, event, later)
    assert replaced.contents.documents == (third,)
    assert replaced.earlier_papers == (EarlierPaper(first, later),)


def test_remark_that_a_paper_is_not_needed_does_not_stay_beside_the_paper() -> None:
    state, brought = asked("paper"), DocumentRef("paper", "a", copies=1)
    remark = DocumentRef("paper", note="không có")
    state = replace(state, contents=replace(state.contents, documents=(remark,)))
    command = commands.Supplement((brought,), beside=frozenset({"paper"}))
    (event,) = decide(state, command, FACTS, MONDAY)
    assert event.contents.documents == (brought,)


def test_each_check_of_a_filing_is_a_task_of_its_own() -> None:
    state = asked("paper")
    later = MONDAY + timedelta(hours=1)
    brought = commands.Supplement((DocumentRef("paper", originals=1),))
    again = fold(state, decide(state, brought, FACTS, later)[0], later)
    assert [task.key for task in filed().tasks + again.tasks] == ["check-1", "check-2"]


@pytest.mark.clause("DL24-8.1.c#1")
def test_filing_found_wanting_is_received_when_its_supplement_came() -> None:
    state, later = asked("paper"), moment("2024-03-05 10:00")
    brought = commands.Supplement((DocumentRef("paper", originals=1),))
    assert fold(state, decide(state, brought, FACTS, later)[0], later).received_at == later


@pytest.mark.clause("KT18-2.2")
def test_online_service_of_a_ministry_takes_no_filing_here_but_the_counter_does(regulation: str) -> None:
    facts = replace(
        under(regulation), sheet=sheet(ministry="Bộ Công an", ministry_address="https://bo.example.vn")
    )
    with pytest.raises(errors.RunByMinistry) as refused:
        decide(None, FIRST, facts, MONDAY)
    assert refused.value.params == {"ministry": "Bộ Công an"}
    assert decide(None, register(), facts, MONDAY)


@pytest.mark.parametrize(
    ("document", "is_shown", "channel", "expected"),
    [
        (DocumentRef("paper", originals=1, copies=2), False, "counter", (1, 2)),
        (DocumentRef("paper", "file", originals=1), False, "counter", (1, 0)),  # scanned, and still handed in
        (DocumentRef("paper", "file", copies=1), False, "postal", (0, 1)),
        (DocumentRef("paper", "file", copies=1), False, "online", (0, 0)),  # a file sent is no paper
        (DocumentRef("paper", originals=1), False, "online", (1, 0)),  # brought to the counter later
        (DocumentRef("paper", originals=1), True, "counter", (0, 0)),
    ],
)
def test_papers_handed_in_are_those_that_the_desk_keeps(
    document: DocumentRef, is_shown: bool, channel: str, expected: tuple[int, int]
) -> None:
    component = RequiredDocument("paper", "Giấy chứng minh", is_shown_only=is_shown)
    assert handed_in(document, component, channel) == expected


def test_case_has_the_term_and_the_papers_that_are_published_for_it() -> None:
    day = TimeLimit.parse("1wd")
    urgent = RequiredDocument("urgent", "Đơn đề nghị làm gấp", variants=("gấp",))
    made = sheet(
        components=(RequiredDocument("paper", "Giấy chứng minh"), urgent),
        limits=(
            OfferedLimit(None, None, LIMIT, "3", "working_day"),
            OfferedLimit(None, "gấp", day, "1", "working_day"),
        ),
        variants=("gấp", "thường"),
    )
    terms = {case: offered(made, "counter", case).limit for case in ("", "gấp", "thường")}
    assert terms == {"": LIMIT, "gấp": day, "thường": LIMIT}
    missing = {
        case: missing_documents(made, replace(COUNTER, variant=case), CONTENTS) for case in ("gấp", "thường")
    }
    assert missing == {"gấp": ("Đơn đề nghị làm gấp",), "thường": ()}


@pytest.mark.parametrize(
    ("condition", "note", "is_there"),
    [
        ("nếu thuộc hộ nghèo", "không thuộc hộ nghèo", True),
        ("nếu thuộc hộ nghèo", " ", False),
        ("", "không có", False),  # what everybody has to bring is not answered by a remark
    ],
)
def test_remark_stands_for_a_paper_only_where_the_paper_hangs_on_a_condition(
    condition: str, note: str, is_there: bool
) -> None:
    made = sheet(components=(RequiredDocument("poor", "Sổ hộ nghèo", condition=condition),))
    contents = replace(CONTENTS, documents=(DocumentRef("poor", note=note),))
    assert missing_documents(made, COUNTER, contents) == (() if is_there else ("Sổ hộ nghèo",))


@pytest.mark.parametrize(("how", "is_offered"), [("online", True), ("postal", True), ("counter", False)])
def test_filing_asks_for_its_result_in_a_way_that_the_level_has(how: str, is_offered: bool) -> None:
    facts = under("PT24")
    draft = replace(FIRST, contents=replace(CONTENTS, delivery=ResultDelivery(how, "12 Lê Duẩn")))
    state = fold(None, decide(None, draft, facts, MONDAY)[0], MONDAY)
    if is_offered:
        assert decide(state, commands.Submit("key", "YC-1", CONSENT), facts, MONDAY)
        return
    with pytest.raises(errors.WayNotOffered):
        decide(state, commands.Submit("key", "YC-1", CONSENT), facts, MONDAY)


POOR = RequiredDocument("poor", "Sổ hộ nghèo", condition="nếu thuộc hộ nghèo")
URGENT = RequiredDocument("urgent", "Đơn đề nghị làm gấp", variants=("gấp",), required=False)
AT_THE_DESK = replace(
    FACTS,
    sheet=sheet(
        components=(RequiredDocument("paper", "Giấy chứng minh"), POOR, URGENT), variants=("gấp", "thường")
    ),
)


def brought_to_the_desk(*documents: DocumentRef, variant: str = "thường") -> State:
    target = replace(COUNTER, variant=variant)
    (event,) = decide(None, register(target, replace(CONTENTS, documents=documents)), AT_THE_DESK, MONDAY)
    return fold(None, event, MONDAY)


def completed(state: State, *documents: DocumentRef) -> State:
    later = MONDAY + timedelta(hours=1)
    return fold(state, decide(state, commands.Supplement(documents), AT_THE_DESK, later)[0], later)


def test_what_was_lacking_at_the_desk_is_checked_anew_from_when_it_came() -> None:
    state = completed(
        brought_to_the_desk(), DocumentRef("paper", originals=1), DocumentRef("poor", note="không")
    )
    assert [(task.key, task.opened_at) for task in state.tasks] == [("check-2", MONDAY + timedelta(hours=1))]
    assert state.received_at == MONDAY + timedelta(hours=1)


def test_remark_on_a_paper_replaces_an_earlier_remark_but_no_paper() -> None:
    old, new = DocumentRef("poor", note="cũ"), DocumentRef("poor", note="mới")
    paper = DocumentRef("paper", originals=1)
    assert completed(brought_to_the_desk(paper, old), new).contents.documents == (paper, new)
    with pytest.raises(errors.NothingBrought):
        completed(brought_to_the_desk(paper, replace(old, copies=1)), new)


def test_paper_that_is_not_asked_for_in_this_case_is_not_taken_and_is_called_by_its_name() -> None:
    urgent = DocumentRef("urgent", originals=1, name="Đơn đề nghị làm gấp")
    assert completed(brought_to_the_desk(variant="gấp"), urgent)
    with pytest.raises(errors.NotAComponent) as refused:
        completed(brought_to_the_desk(), urgent, DocumentRef("stray", originals=1))
    assert refused.value.params == {"names": "Đơn đề nghị làm gấp; stray"}
