"""The doors: one service per verb. Every face, import and schedule goes through these."""

from motcua.dossiers.services.beside import Beside, add_note, beside
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
from motcua.dossiers.services.intake import accept, decline, hand_over, request_supplement
from motcua.dossiers.services.kept import drop_list, keep_list, remember_list
from motcua.dossiers.services.reading import (
    candidates,
    file_of,
    open_dossier,
    outcomes_of,
    send_back_targets,
)
from motcua.dossiers.services.record import Act
from motcua.dossiers.services.results import announce, close, issue_result, return_result
from motcua.dossiers.services.settling import (
    approve,
    assign,
    complete_step,
    propose,
    refuse,
    send_back,
    stop,
)
from motcua.dossiers.services.slips import preview_of, slip_file
from motcua.dossiers.services.verify import Verification, verify

__all__ = [
    "Act",
    "Beside",
    "Export",
    "Verification",
    "Waiting",
    "accept",
    "add_note",
    "announce",
    "approve",
    "ask_for_export",
    "assign",
    "beside",
    "candidates",
    "close",
    "complete_step",
    "decline",
    "drop_list",
    "export_of",
    "file_of",
    "hand_over",
    "issue_result",
    "keep_list",
    "open_dossier",
    "outcomes_of",
    "preview_of",
    "propose",
    "refuse",
    "register_at_counter",
    "register_by_post",
    "remember_list",
    "request_supplement",
    "return_result",
    "save_draft",
    "send_back",
    "send_back_targets",
    "slip_file",
    "stop",
    "submit",
    "supplement",
    "verify",
    "waiting_for_decision",
    "withdraw",
    "write_export",
]
