"""On which clauses a refusal of one kind rests, where that is less than what the rule behind the verb names.

A rule names all that an act rests on: its numbers, its papers, its terms. A refusal rests on the one thing
that was missing. What has no row here carries the clauses of the rule that raises it (`grounding`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from motcua.dossiers import errors
from motcua.kernel.errors import Forbidden, Refusal

# Who settles does so by the process that the regulation prescribes, and not otherwise.
BY_PROCESS = {
    "KT18": "KT18-15.1.a",
    "QN20": "QN20-11.3#2",
    "KT22": "KT22-6.2#1",
    "DL24": "DL24-9.1.a#2",
    "PT24": "PT24-10.1.a#2",
}
_GENERAL = {name: (clause,) for name, clause in BY_PROCESS.items()}


@dataclass(frozen=True, slots=True)
class _Row:
    """Refusals of these kinds, of these verbs and channels (none named: of all), under each regulation."""

    kinds: tuple[type[Refusal], ...]
    clauses: Mapping[str, tuple[str, ...]]
    verbs: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()


_ON_PAPER = ("counter", "postal")
_OF_RESULT = ("announce", "return_result", "complete_step")
# Read from the five texts; a regulation that is not named says nothing of it, and the rule's clauses stand.
_ROWS: tuple[_Row, ...] = (
    # The state of the dossier, the open step, the order of what happened: the process, and no clause of the
    # act itself.
    _Row(
        (
            errors.WrongState,
            errors.NoSuchTask,
            errors.WrongTask,
            errors.NotYourTask,
            errors.BeforeLastEvent,
            errors.Overtaken,
        ),
        _GENERAL,
    ),
    # Who decides is whoever the process makes competent.
    _Row((errors.DecidedFurtherOn,), _GENERAL),
    # Taken in is what was checked and found complete.
    _Row(
        (errors.Incomplete,),
        {"PT24": ("PT24-9.1.0#1", "PT24-9.1.c"), "QN20": ("QN20-11.3#2",)},
        ("accept",),
        _ON_PAPER,
    ),
    _Row(
        (errors.Incomplete,),
        {
            "KT18": ("KT18-14.1", "KT18-14.3#1"),
            "QN20": ("QN20-11.3#1", "QN20-11.3#2"),
            "KT22": ("KT22-14.2bis.a#2",),
            "DL24": ("DL24-19.1.a", "DL24-19.1.d"),
            "PT24": ("PT24-9.2.0#1", "PT24-9.2.b#1"),
        },
        ("accept",),
    ),
    # Who may take in or decline is who checks what comes.
    _Row(
        (Forbidden,),
        {"PT24": ("PT24-9.1.0#1",), "QN20": ("QN20-11.3#2",)},
        ("accept",),
        _ON_PAPER,
    ),
    _Row(
        (Forbidden,),
        {
            "KT18": ("KT18-14.1",),
            "QN20": ("QN20-11.3#1",),
            "DL24": ("DL24-19.1.a",),
            "PT24": ("PT24-9.2.0#1",),
        },
        ("accept",),
    ),
    # What is not taken in is given back with the reason, by its slip.
    _Row((Refusal,), {"PT24": ("PT24-9.1.b",)}, ("decline",), _ON_PAPER),
    _Row(
        (errors.ReasonRequired, errors.WayRequired, errors.ProvisionRequired, Forbidden),
        {
            "KT18": ("KT18-14.2",),
            "KT22": ("KT22-14.2bis.a#3",),
            "DL24": ("DL24-8.1.a#3",),
            "PT24": ("PT24-9.2.a",),
        },
        ("decline", "redirect"),
    ),
    _Row(
        (Refusal,),
        {"KT22": ("KT22-14.2bis.a#3",), "DL24": ("DL24-8.1.a#3",)},
        ("decline",),
    ),
    # Answers that a supplement brings are to be right as it was asked for.
    _Row(
        (errors.AnswersFaulty,),
        {
            "KT18": ("KT18-14.2",),
            "QN20": ("QN20-11.2#1",),
            "KT22": ("KT22-8.3",),
            "DL24": ("DL24-8.1.a#3", "DL24-20.2"),
            "PT24": ("PT24-9.2.a",),
        },
        ("supplement",),
    ),
    # Declined for want of a supplement is what was told what it lacks, by the slip of declining.
    _Row(
        (errors.NotAskedYet,),
        {
            "KT18": ("KT18-14.2",),
            "QN20": ("QN20-11.1#3",),
            "PT24": ("PT24-9.1.b", "PT24-9.2.a"),
        },
    ),
    # What may be asked for is what is missing of the published papers.
    _Row((errors.NotAComponent,), {"PT24": ("PT24-9.1.a",)}, ("request_supplement",), _ON_PAPER),
    _Row(
        (errors.NotAComponent,),
        {
            "KT18": ("KT18-14.2",),
            "QN20": ("QN20-11.1#3",),
            "KT22": ("KT22-14.2bis.a#2",),
            "DL24": ("DL24-8.1.a#3",),
            "PT24": ("PT24-9.2.a",),
        },
        ("request_supplement",),
    ),
    # Nobody has to come for what goes online or by post.
    _Row((errors.NotCollectedHere,), {"QN20": ("QN20-7.3",)}),
    # Who works on a dossier proposes, and whoever leads decides on that.
    _Row(
        (errors.ProposalFirst, errors.OwnProposal),
        {"KT18": ("KT18-15.0",), "DL24": ("DL24-9.1.a#2",), "PT24": ("PT24-10.1.a#2",)},
    ),
    _Row(
        (errors.OpinionAwaited, errors.OpinionNotChased),
        {"DL24": ("DL24-9.1.b#2",), "PT24": ("PT24-10.1.b#2",)},
    ),
    _Row(
        (errors.VerificationAwaited,),
        {"DL24": ("DL24-9.1.c",), "PT24": ("PT24-10.1.c#1", "PT24-10.1.c#2")},
    ),
    _Row(
        (errors.ReasonRequired,),
        {
            "KT18": ("KT18-15.2",),
            "DL24": ("DL24-9.2#1", "DL24-20.2"),
            "PT24": ("PT24-10.2#1",),
        },
        ("propose", "refuse", "stop"),
    ),
    _Row(
        (errors.NotRequested,),
        {
            "KT18": ("KT18-15.2",),
            "QN20": ("QN20-13.4#1",),
            "DL24": ("DL24-9.2#1", "DL24-20.2"),
            "PT24": ("PT24-10.2#1",),
        },
        ("stop", "withdraw"),
    ),
    _Row((Forbidden,), {"DL24": ("DL24-9.2#1", "DL24-20.2"), "PT24": ("PT24-10.2#1",)}, ("refuse", "stop")),
    # A regulation that knows no pause has the dossier settled within the announced time.
    _Row((errors.PauseNotAllowed,), {"KT18": ("KT18-8.1.a",)}, ("pause",)),
    # A result is at the desk before anybody is told of it or given it.
    _Row(
        (errors.ResultFirst,),
        {
            "KT18": ("KT18-15.1.b",),
            "KT22": ("KT22-9#1",),
            "DL24": ("DL24-9.1.e", "DL24-20.1.b"),
            "PT24": ("PT24-10.1.e",),
        },
        _OF_RESULT,
    ),
    _Row(
        (errors.BadHanding, errors.NoElectronicResult),
        {"DL24": ("DL24-9.3#1", "DL24-19.1.đ"), "PT24": ("PT24-10.4#1",)},
        ("return_result",),
    ),
    # Whoever takes a result for somebody else is hired or entrusted with it as the law has it.
    _Row(
        (errors.TakerRequired, errors.TakerNotEntrusted, errors.BadPersonalId, errors.BadPassport),
        {"KT22": ("KT22-1.2.c",), "PT24": ("PT24-8.2",)},
        ("return_result",),
    ),
)


def resting_on(refusal: Refusal, verb: str, regulation: str, channel: str) -> tuple[str, ...]:
    """The clauses on which this refusal rests; none where no row is about it."""
    for row in _ROWS:
        if (
            isinstance(refusal, row.kinds)
            and regulation in row.clauses
            and verb in (row.verbs or (verb,))
            and channel in (row.channels or (channel,))
        ):
            return row.clauses[regulation]
    return ()


def rows() -> tuple[tuple[str, str], ...]:
    """Every regulation with each clause that the table names for it."""
    return tuple((name, one) for row in _ROWS for name, named in row.clauses.items() for one in named)
