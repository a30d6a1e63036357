"""What the QR on a slip says."""

from __future__ import annotations

from urllib.parse import quote

from motcua.documents.rules import slips, wording
from motcua.kernel.text import fold


def payload(slip: slips.AnySlip, named: str = "") -> str:
    """The tracking address, and behind `#` the least that the law wants in the code.

    A telephone opens the page; what stands behind `#` is for machines that read the paper and is never
    sent to a server: procedure, identifier of the person, name of the paper, system, time of issue and,
    on the receipt, the appointment. `named` is the name of the paper on the form of its day.

    Basis: KT22-11.1.b, QN20-14.1.c; fields by reference TT 01/2023 Điều 26 (found).
    """
    fields = {
        "hs": "" if slip.code in slip.tracking_url else slip.code,
        "tthc": slip.procedure_code,
        "dd": slip.personal_id,
        "giay": _plain(named or slips.title(slips.kind_of(slip))),
        "ht": _plain(slip.system_name),
        "cap": wording.compact_moment(slip.issued_at),
    }
    if isinstance(slip, slips.IntakeReceipt) and slip.due_at:
        fields["hen"] = wording.compact_moment(slip.due_at)
    told = "&".join(f"{key}={quote(value, safe='.-')}" for key, value in fields.items() if value)
    return f"{slip.tracking_url}#{told}"


def _plain(text: str) -> str:
    return "-".join(fold(text.replace(",", " ")).split())
