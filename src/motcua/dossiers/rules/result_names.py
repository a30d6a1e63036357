"""What the paper is called with which a dossier is answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from motcua.dossiers.enums import Decision

if TYPE_CHECKING:
    from motcua.catalogue.rules.sheets import ProcedureSheet

# As the letter to the applicant calls it; recorded with the dossier, so Vietnamese in every language.
REPLY = "Văn bản trả lời, có ghi lý do"


def proposed_names(decision: Decision | None, sheet: ProcedureSheet) -> tuple[str, ...]:
    """The names among which whoever numbers the paper chooses: the results that the procedure publishes. Who
    is refused gets none of them, but a written answer with the reason.

    Basis: DL24-9.2#1, PT24-10.2#1; what the answer is called is ours (ADR 0103).
    """
    if decision is Decision.REFUSE:
        return (REPLY,)
    return tuple(dict.fromkeys(each.name for each in sheet.results))
