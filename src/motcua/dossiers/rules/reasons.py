"""Templates of reasons: which verbs have them, and how one is put into what stands there already."""

from __future__ import annotations

from motcua.dossiers.enums import Verb

# In the order of the work. What an officer writes about one case only (a correction, an answer) has none, nor
# has a withdrawal: when and how the applicant asked are fields of their own, and why is in their words.
VERBS = (
    Verb.DECLINE,
    Verb.REDIRECT,
    Verb.REQUEST_SUPPLEMENT,
    Verb.RETURN_SUPPLEMENT,
    Verb.SEND_BACK,
    Verb.REASSIGN,
    Verb.ENTRUST,
    Verb.CALL_OFF_VERIFICATION,
    Verb.INVITE,
    Verb.PAUSE,
    Verb.EXTEND,
    Verb.REFUSE,
    Verb.STOP,
    Verb.RECORD_NON_COLLECTION,
)
# A refusal is written first where it is proposed: the templates of refusing are offered there as well.
BORROWED = {Verb.PROPOSE: Verb.REFUSE}
GAPS = ("[…]", "[...]")  # what a template leaves to be written


def filled(written: str, template: str) -> str:
    """The template after what is written already; once only, however often it is chosen."""
    before, text = written.strip(), template.strip()
    if not before or text in before:
        return before or text
    return f"{before}\n{text}"


def has_gap(text: str) -> bool:
    """Whether a place that the template left open was not filled in."""
    return any(gap in text for gap in GAPS)
