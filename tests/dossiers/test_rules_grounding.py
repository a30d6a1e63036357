"""Every refusal names clauses of the regulation that applies, or is of a kind that rests on none."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.dossiers.test_rules_life import CONTENTS, TARGET
from tests.dossiers.world import World

from motcua.dossiers import errors, rules, services
from motcua.dossiers.enums import DeclineGround, Status, Verb
from motcua.dossiers.rules.decide import refused as refused_table
from motcua.dossiers.rules.decide import table
from motcua.dossiers.rules.decide.grounding import clauses_of, grounded, of_text
from motcua.dossiers.rules.decide.raised import RAISED_BY
from motcua.dossiers.rules.decide.refused import resting_on
from motcua.dossiers.rules.decide.refused import rows as refused_rows
from motcua.dossiers.rules.decide.supplements import controller
from motcua.dossiers.rules.state import State
from motcua.kernel.errors import Forbidden, Refusal, Technical
from motcua.law import queries as law


@pytest.mark.parametrize("regulation", sorted(law.law().regulations))
@pytest.mark.parametrize("verb", list(Verb))
def test_grounds_of_every_verb_under_every_regulation_are_clauses_of_it(verb: Verb, regulation: str) -> None:
    known = law.law().clauses
    named = clauses_of(verb, regulation)
    assert named
    for one in named:
        assert one.startswith(f"{regulation}-")
        assert one in known


def test_refusal_with_clauses_of_its_own_keeps_them() -> None:
    with pytest.raises(errors.AlreadyExtended) as refused, grounded(Verb.EXTEND, "PT24"):
        raise errors.AlreadyExtended(clauses=("PT24-10.3#2",))
    assert refused.value.clauses == ("PT24-10.3#2",)


def test_technical_refusal_stays_without_clauses() -> None:
    with pytest.raises(errors.Stale) as refused, grounded(Verb.ACCEPT, "DL24"):
        raise errors.Stale()
    assert refused.value.clauses == ()


@pytest.mark.django_db
def test_stranger_at_the_desk_is_refused_with_the_clauses_that_give_the_act_to_others(world: World) -> None:
    act = world.until("submit")
    with pytest.raises(Forbidden) as refused:
        world.accept(act, actor=world.actor("giang"))
    assert refused.value.clauses == ("DL24-19.1.a",)


@pytest.mark.django_db
def test_draft_by_an_officer_is_refused_with_clauses(world: World) -> None:
    with pytest.raises(Forbidden) as refused:
        world.draft(actor=world.actor("chi"))
    assert refused.value.clauses == clauses_of(Verb.SAVE_DRAFT, "DL24")


@pytest.mark.django_db
def test_act_without_reason_names_the_clauses_of_its_rule(world: World) -> None:
    act = world.until("submit")
    with pytest.raises(errors.ReasonRequired) as refused:
        services.decline(
            actor=world.actor("chi"),
            at=world.now + timedelta(minutes=1),
            dossier_id=act.dossier_id,
            expected_version=act.version,
            ground=DeclineGround.DUPLICATE,
            reason=" ",
        )
    assert refused.value.clauses == ("DL24-8.1.a#3",)


@pytest.mark.parametrize("regulation", sorted(law.law().regulations))
@pytest.mark.parametrize(
    ("kind", "verb"),
    [
        (errors.PartTermTooLong, "entrust"),
        (errors.VerificationUndescribed, "record_verification"),
        (errors.BadVerificationTime, "record_verification"),
        (errors.VisitWhenClosed, "invite"),
        (errors.ReasonOfOursRequired, "approve"),
        (errors.ReasonOfOursRequired, "reassign"),
        (errors.ReasonTooLong, "extend"),
        (errors.NewDateTooFar, "extend"),
    ],
)
def test_what_is_ours_names_no_clause_and_says_that_it_is_ours(
    kind: type[Refusal], verb: str, regulation: str
) -> None:
    with pytest.raises(Refusal) as refused, grounded(verb, regulation, "counter"):
        raise kind()
    assert refused.value.clauses == ()
    assert "hệ thống đặt" in kind.message
    assert "quy chế không quy định" in kind.message


def test_what_rests_on_no_clause_says_why() -> None:
    assert [kind for kind in Technical.__subclasses__() if not (kind.__doc__ or "").strip()] == []
    assert not issubclass(Forbidden, Technical)


def test_every_verb_names_the_events_that_its_rule_decides() -> None:
    for command, decide in table._ALL:
        decided = set(re.findall(r"events\.(\w+)", decide.__annotations__["return"]))
        named = {event.__name__ for event in table.OUTCOMES[command.VERB]}
        assert named == decided, command.VERB
    assert set(table.OUTCOMES) == set(Verb)


@pytest.mark.parametrize(
    ("refusal", "verb", "regulation", "channel", "clauses"),
    [
        (errors.Incomplete(), "accept", "QN20", "counter", ("QN20-11.3#2",)),
        (errors.Incomplete(), "accept", "QN20", "online", ("QN20-11.3#1", "QN20-11.3#2")),
        (errors.Incomplete(), "accept", "KT18", "counter", ("KT18-14.1", "KT18-14.3#1")),
        (errors.Incomplete(), "accept", "PT24", "counter", ("PT24-9.1.0#1", "PT24-9.1.c")),
        (errors.WrongState(), "announce", "DL24", "online", ("DL24-9.1.a#2",)),
        (errors.PauseNotAllowed(), "pause", "KT18", "online", ("KT18-8.1.a",)),
        (errors.PauseNotAllowed(), "pause", "DL24", "online", ("DL24-9.1.a#2",)),  # A40: no text has a pause
        (errors.ResultFirst(), "announce", "DL24", "online", ("DL24-9.1.e", "DL24-20.1.b")),
        (errors.ReasonRequired(), "decline", "PT24", "counter", ("PT24-9.1.b",)),
        (errors.ReasonRequired(), "decline", "PT24", "online", ("PT24-9.2.a",)),
    ],
)
def test_refusal_names_what_it_rests_on_and_not_all_that_its_rule_does(
    refusal: Refusal, verb: str, regulation: str, channel: str, clauses: tuple[str, ...]
) -> None:
    with pytest.raises(Refusal) as refused, grounded(verb, regulation, channel):
        raise refusal
    assert refused.value.clauses == clauses


def test_every_clause_of_a_kind_of_refusal_is_one_of_its_regulation() -> None:
    named = refused_rows()
    assert len(named) > 30
    assert [pair for pair in named if pair[1] not in law.law().clauses] == []
    assert [pair for pair in named if not pair[1].startswith(f"{pair[0]}-")] == []


@pytest.mark.parametrize(
    ("verb", "regulation", "clause", "is_general"),
    [
        ("announce", "KT18", "KT18-15.1.b", False),
        ("close", "KT18", "KT18-15.1.a", True),
        ("extend", "DL24", "DL24-5.10", False),
    ],
)
def test_verb_whose_rule_names_no_clause_rests_on_the_text_or_on_the_process_at_large(
    verb: str, regulation: str, clause: str, is_general: bool
) -> None:
    assert of_text(verb, regulation) == (clause, is_general)


def test_refusal_of_a_kind_that_no_row_names_rests_on_none_of_them() -> None:
    assert resting_on(errors.TooLate(), "withdraw", "DL24", "online") == ()


@pytest.mark.parametrize(("status", "role"), [(Status.SUBMITTED, ""), (Status.IN_PROGRESS, "approver")])
def test_supplement_request_is_controlled_only_at_the_stage_that_the_regulation_names(
    status: Status, role: str
) -> None:
    state = State(status, 1, TARGET, CONTENTS)
    assert controller(state, law.regulation("DL24")) == role


@pytest.mark.parametrize(
    ("refusal", "verb", "regulation", "clauses"),
    [
        # Online, where the procedure is not offered so: the ways of filing, and what was announced online.
        (errors.ChannelNotOffered(), "save_draft", "PT24", ("PT24-8.0",)),
        (errors.ChannelNotOffered(), "save_draft", "DL24", ("DL24-7.1#1", "DL24-7.1#2", "DL24-7.2")),
        (errors.ChannelNotOffered(), "submit", "QN20", ("QN20-7.1#1",)),
        (errors.ChannelNotOffered(), "register_at_counter", "KT22", ("KT22-19.2.b",)),
        (errors.ChannelNotOffered(), "save_draft", "KT18", ("KT18-5.1.a#1",)),
        (errors.RunByMinistry(ministry="Bộ Công an"), "save_draft", "KT18", ("KT18-2.2",)),
        (errors.CapacityRequired(), "save_draft", "KT22", ("KT22-1.2.c", "KT22-1.2.g")),
        (errors.DeliveryNotChosen(), "submit", "DL24", ("DL24-9.3#1",)),
        # The rule names nothing of this regulation: what the verb rests on.
        (errors.RunByMinistry(ministry="Bộ Công an"), "save_draft", "DL24", ("DL24-12.4#1",)),
        # Who issues a result owes no apology for it.
        (Forbidden(), "issue_result", "PT24", ("PT24-10.1.e",)),
        (Forbidden(), "issue_result", "KT22", ("KT22-9#1",)),
        # The text speaks of the act though no rule names it.
        (Forbidden(), "answer", "QN20", ("QN20-11.4#2",)),
        # One decision stands behind what is registered at the counter and by post.
        (Forbidden(), "register_by_post", "KT22", ("KT22-1.2.c", "KT22-1.2.g")),
        # No text of Kon Tum's of 2018 speaks of closing.
        (Forbidden(), "close", "KT18", ("KT18-15.1.a",)),
    ],
)
def test_refusal_rests_on_what_the_rule_names_that_raises_it(
    refusal: Refusal, verb: str, regulation: str, clauses: tuple[str, ...]
) -> None:
    with pytest.raises(Refusal) as refused, grounded(verb, regulation, "online"):
        raise refusal
    assert refused.value.clauses == clauses


def test_every_rule_that_alone_raises_a_refusal_on_a_basis_of_its_own_is_known_to_do_so() -> None:
    deciders = {decide.__name__ for _, decide in table._ALL}
    raised: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for file in sorted(Path(rules.__file__).parent.rglob("*.py")):
        for rule, kind in _raised_without_clauses(ast.parse(file.read_text(encoding="utf-8"))):
            raised[kind].add((rule.name, ast.get_docstring(rule) or ""))
    alone = {kind: one for kind, (one, *others) in raised.items() if not others}
    expected = {
        kind: name
        for kind, (name, says) in alone.items()
        if name not in deciders and re.search(r"Basis:[^;]*\b[A-Z]{2}\d{2}-", says)
    }
    known = {kind.__name__: rule.__name__ for kind, rule in RAISED_BY.items()}
    without = {kind.__name__ for kind in Technical.__subclasses__()}
    less_than_the_rule = {
        kind.__name__ for row in refused_table._ROWS if not row.verbs for kind in row.kinds
    } | {"TakerRequired", "TakerNotEntrusted"}
    assert {
        kind: name for kind, name in expected.items() if kind not in without | less_than_the_rule
    } == known


def _raised_without_clauses(module: ast.Module) -> Iterator[tuple[ast.FunctionDef, str]]:
    for rule in ast.walk(module):
        for step in ast.walk(rule) if isinstance(rule, ast.FunctionDef) else ():
            match step:
                case ast.Raise(exc=ast.Call(func=ast.Name(id=kind), keywords=said)):
                    if not any(each.arg == "clauses" for each in said):
                        yield rule, kind
