"""The doors: one service per verb. Every face, import and schedule goes through these."""

from motcua.dossiers.services.acknowledgements import acknowledgement
from motcua.dossiers.services.asking import (
    answer,
    consult,
    entrust,
    plan_verification,
    record_verification,
    remind,
)
from motcua.dossiers.services.beside import Beside, add_note, beside
from motcua.dossiers.services.bundles import (
    MOST_AT_ONCE,
    Sheet,
    bundle_by_key,
    bundle_of,
    receipts_of,
    take_in,
)
from motcua.dossiers.services.closures import (
    ClosurePlan,
    close_agency,
    in_words_of,
    plan_closure,
    reopen_agency,
    tell_of_closure,
)
from motcua.dossiers.services.deciding import Waiting, waiting_for_decision
from motcua.dossiers.services.exports import Export, ask_for_export, export_of, write_export
from motcua.dossiers.services.filing import (
    register_at_counter,
    register_by_post,
    save_draft,
    submit,
    supplement,
    withdraw,
)
from motcua.dossiers.services.intake import (
    accept,
    decline,
    hand_over,
    redirect,
    release_supplement,
    request_supplement,
    return_supplement,
)
from motcua.dossiers.services.kept import drop_list, keep_list, remember_list
from motcua.dossiers.services.late import entered_late
from motcua.dossiers.services.own import FOR_OTHERS, MINE, OwnDossiers, Whose, own_dossiers, principals
from motcua.dossiers.services.packages import Package, PackedFile, package_of
from motcua.dossiers.services.presence import HEARD_EVERY, go_on_looking, leave, look
from motcua.dossiers.services.reading import (
    askable,
    candidates,
    file_of,
    givable,
    open_dossier,
    outcomes_of,
    redirectable,
    send_back_targets,
)
from motcua.dossiers.services.reasons import add_reason, change_reason, drop_reason
from motcua.dossiers.services.record import Act
from motcua.dossiers.services.registers import register_of, register_pdf, register_workbook
from motcua.dossiers.services.results import (
    announce,
    close,
    correct,
    invite,
    issue_result,
    record_non_collection,
    return_result,
)
from motcua.dossiers.services.rights import Right, rights
from motcua.dossiers.services.settling import (
    approve,
    assign,
    complete_step,
    propose,
    refuse,
    send_back,
    stop,
)
from motcua.dossiers.services.slips import preview_of, routing_slip, slip_file
from motcua.dossiers.services.steering import extend, pause, reassign, resume
from motcua.dossiers.services.thread import (
    Thread,
    answer_from_desk,
    settle_thread,
    thread_of,
    write_to_desk,
)
from motcua.dossiers.services.under import explain_under
from motcua.dossiers.services.verify import Difference, Folded, Verification, verify, verify_from, verify_one
from motcua.dossiers.services.watching import urge, watched

__all__ = [
    "FOR_OTHERS",
    "HEARD_EVERY",
    "MINE",
    "MOST_AT_ONCE",
    "Act",
    "Beside",
    "ClosurePlan",
    "Difference",
    "Export",
    "Folded",
    "OwnDossiers",
    "Package",
    "PackedFile",
    "Right",
    "Sheet",
    "Thread",
    "Verification",
    "Waiting",
    "Whose",
    "accept",
    "acknowledgement",
    "add_note",
    "add_reason",
    "announce",
    "answer",
    "answer_from_desk",
    "approve",
    "ask_for_export",
    "askable",
    "assign",
    "beside",
    "bundle_by_key",
    "bundle_of",
    "candidates",
    "change_reason",
    "close",
    "close_agency",
    "complete_step",
    "consult",
    "correct",
    "decline",
    "drop_list",
    "drop_reason",
    "entered_late",
    "entrust",
    "explain_under",
    "export_of",
    "extend",
    "file_of",
    "givable",
    "go_on_looking",
    "hand_over",
    "in_words_of",
    "invite",
    "issue_result",
    "keep_list",
    "leave",
    "look",
    "open_dossier",
    "outcomes_of",
    "own_dossiers",
    "package_of",
    "pause",
    "plan_closure",
    "plan_verification",
    "preview_of",
    "principals",
    "propose",
    "reassign",
    "receipts_of",
    "record_non_collection",
    "record_verification",
    "redirect",
    "redirectable",
    "refuse",
    "register_at_counter",
    "register_by_post",
    "register_of",
    "register_pdf",
    "register_workbook",
    "release_supplement",
    "remember_list",
    "remind",
    "reopen_agency",
    "request_supplement",
    "resume",
    "return_result",
    "return_supplement",
    "rights",
    "routing_slip",
    "save_draft",
    "send_back",
    "send_back_targets",
    "settle_thread",
    "slip_file",
    "stop",
    "submit",
    "supplement",
    "take_in",
    "tell_of_closure",
    "thread_of",
    "urge",
    "verify",
    "verify_from",
    "verify_one",
    "waiting_for_decision",
    "watched",
    "withdraw",
    "write_export",
    "write_to_desk",
]
