"""What of a draft is sent: answers to questions that are asked, papers that the case asks for, no more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.dossiers.test_rules_filing import under
from tests.dossiers.test_rules_life import CONTENTS, FACTS, FIRST, TARGET
from tests.dossiers.world import MONDAY, sheet

from motcua.catalogue.rules import agreeing, eforms
from motcua.catalogue.rules.eforms import FormField, FormSection
from motcua.catalogue.rules.sheets import AUTHORITY_PAPER, OfferedLimit, RequiredDocument
from motcua.dossiers import errors
from motcua.dossiers.queries.course import changed_by
from motcua.dossiers.rules import commands, decide, events, fold
from motcua.dossiers.rules.completeness import as_sent
from motcua.dossiers.rules.consent import CONSENT
from motcua.dossiers.rules.facts import Facts
from motcua.dossiers.rules.files import held
from motcua.dossiers.rules.state import Contents, DocumentRef, ResultDelivery, State
from motcua.kernel.limits import TimeLimit

HOUSE, OTHERS = "nhà ở", "công trình khác"
CHAIN = (
    FormSection("Một", (FormField("who", "Ai"), FormField("members", "Gồm ai", depends_on=("who", "nhà")))),
    FormSection(
        "Hai",
        (
            FormField("number", "Số của họ", depends_on=("members", "nhiều")),
            FormField("kind", "Hạng", depends_on=(agreeing.CASE, OTHERS)),
        ),
    ),
)
DRAWING = RequiredDocument("drawing", "Bản vẽ", variants=(OTHERS,))
SHEET = sheet(
    variants=(HOUSE, OTHERS),
    components=(
        RequiredDocument("form", "Tờ khai", is_form=True),
        RequiredDocument("paper", "Giấy"),
        DRAWING,
    ),
    limits=(OfferedLimit(None, None, TimeLimit.parse("3wd"), "3", "working_day"),),
    eform=CHAIN,
)
PAPERS = (DocumentRef("paper", "scan"), DocumentRef("drawing", "plan", name="Bản vẽ"))
CHANGED = replace(
    CONTENTS,
    form_data={"who": "tôi", "members": "nhiều", "number": "066090000009", "kind": "III"},
    documents=PAPERS,
    delivery=ResultDelivery("online"),
)


def drafted(contents: Contents, case: str, facts: Facts) -> State:
    command = replace(FIRST, target=replace(TARGET, variant=case), contents=contents)
    return fold(None, decide(None, command, facts, MONDAY)[0], MONDAY)


def sent(contents: Contents, case: str, facts: Facts) -> tuple[State, State]:
    """The draft, and the dossier that was sent."""
    draft = drafted(contents, case, facts)
    (event,) = decide(draft, commands.Submit("key", "YC-1", CONSENT), facts, MONDAY)
    return draft, fold(draft, event, MONDAY)


@pytest.mark.clause("DL24-3.4", "PT24-3.6", "QN20-21.5#1", "KT18-13.5")
def test_what_is_not_asked_any_more_stays_in_the_draft(regulation: str) -> None:
    draft, filed = sent(CHANGED, HOUSE, under(regulation, replace(FACTS, sheet=SHEET)))
    assert (draft.contents.form_data, draft.contents.documents) == (CHANGED.form_data, PAPERS)
    assert filed.contents.form_data == {"who": "tôi"}
    assert filed.contents.documents == PAPERS[:1]


def test_file_that_was_not_sent_does_not_belong_to_the_dossier() -> None:
    draft, filed = sent(CHANGED, HOUSE, replace(FACTS, sheet=SHEET))
    in_draft = held({}, draft)
    assert held(in_draft, filed, draft) == {"scan": False}
    assert held({"replaced": False}, filed, filed) == {"scan": False, "replaced": False}


def test_who_changes_back_has_lost_nothing_and_sends_it() -> None:
    answers = {**CHANGED.form_data, "who": "nhà"}
    draft, filed = sent(replace(CHANGED, form_data=answers), OTHERS, replace(FACTS, sheet=SHEET))
    assert filed.contents == draft.contents
    event = decide(draft, commands.Submit("key", "YC-1", CONSENT), replace(FACTS, sheet=SHEET), MONDAY)[0]
    assert isinstance(event, events.Submitted)
    assert event.contents is None  # the draft says it already


def test_answer_that_does_not_count_stands_for_no_answer_and_paper_of_another_case_for_no_paper() -> None:
    facts = replace(FACTS, sheet=SHEET)
    only_drawing = replace(CHANGED, documents=PAPERS[1:])
    with pytest.raises(errors.Incomplete) as refused:
        sent(only_drawing, HOUSE, facts)
    assert refused.value.params["documents"] == ("Giấy",)


def test_paper_of_a_mandate_goes_along_as_it_is_shown() -> None:
    power = DocumentRef(AUTHORITY_PAPER.key, "power")
    contents = replace(CHANGED, documents=(*PAPERS, power))
    assert power in as_sent(SHEET, replace(TARGET, variant=HOUSE), contents, None).documents


def test_answers_left_behind_are_no_change_of_a_supplement() -> None:
    """The history compares what was declared, not what the draft held."""
    history = [
        (1, "draft_saved", {"contents": {"form_data": dict(CHANGED.form_data)}}),
        (2, "submitted", {"contents": {"form_data": {"who": "tôi"}}}),
        (3, "supplemented", {"contents": {"form_data": {"who": "tôi"}}}),
    ]
    assert changed_by(history) == {}
    history[1] = (2, "submitted", {"contents": None})
    assert [each.key for each in changed_by(history)[3]] == ["members", "number", "kind"]


@st.composite
def forms(draw: st.DrawFn) -> tuple[FormSection, ...]:
    """Forms in which anything may hang on anything, itself and in circles too."""
    keys = [f"q{number}" for number in range(draw(st.integers(1, 6)))]
    on = st.none() | st.tuples(st.sampled_from([*keys, agreeing.CASE]), st.sampled_from(["a", "b", OTHERS]))
    fields = [FormField(key, key, required=False, depends_on=draw(on)) for key in keys]
    cut = draw(st.integers(0, len(fields)))
    return FormSection("Một", tuple(fields[:cut])), FormSection("Hai", tuple(fields[cut:]))


@given(
    eform=forms(),
    typed=st.dictionaries(
        st.sampled_from([f"q{number}" for number in range(7)]), st.sampled_from(["a", "b", ""])
    ),
    case=st.sampled_from([HOUSE, OTHERS]),
)
def test_no_answer_is_sent_to_a_question_that_is_not_asked(
    eform: tuple[FormSection, ...], typed: dict[str, str], case: str
) -> None:
    facts = replace(FACTS, sheet=replace(SHEET, eform=eform, components=(SHEET.components[1], DRAWING)))
    _, filed = sent(replace(CHANGED, form_data=typed), case, facts)
    said = filed.contents.form_data
    known = {**said, agreeing.CASE: case}
    questions = {each.key: each for section in eform for each in section.fields}
    for key in said:
        assert eforms.is_asked(questions[key], known), key
        on = questions[key].depends_on
        assert on is None or on[0] in known
    left_out = typed.keys() - said.keys() & questions.keys()
    assert all(not eforms.is_asked(questions[key], known) for key in left_out if key in questions)


def test_question_behind_one_that_is_not_asked_is_not_asked() -> None:
    data = {"who": "tôi", "members": "nhiều", "number": "1"}
    assert eforms.asked(CHAIN, data) == {"who"}
    assert eforms.check(CHAIN, data)[1] == {}
    assert eforms.asked(CHAIN, {**data, "who": "nhà"}) == {"who", "members", "number"}
