"""Changing the catalogue: importing it, recording decisions, what is done after them, what goes online."""

from motcua.catalogue.services.announcing import (
    Decision,
    ask_correction,
    complete_by_system,
    fulfil_duty,
    record_announcement,
)
from motcua.catalogue.services.blank_forms import FormEntry, put_up_form, take_down_form
from motcua.catalogue.services.competences import (
    TakenOver,
    assign_competences,
    end_competence,
    give_competence,
    take_over_competences,
)
from motcua.catalogue.services.importing import import_file, import_procedures
from motcua.catalogue.services.loading import PROCEDURES, load_published
from motcua.catalogue.services.online import (
    OnlineDecisionEntry,
    assess,
    change_proposal,
    propose,
    record_online_decision,
    send_roadmap,
    withdraw_proposal,
)
from motcua.catalogue.services.promises import (
    PromisePlan,
    PromiseWish,
    end_promise,
    import_promise_file,
    import_promises,
    make_promise,
    planned_promise,
    terms_online,
)
from motcua.catalogue.services.publicity import ItemEntry, change_item, publish_item, withdraw_item
from motcua.catalogue.services.upgrades import record_upgrade, request_upgrade, withdraw_upgrade

__all__ = [
    "PROCEDURES",
    "Decision",
    "FormEntry",
    "ItemEntry",
    "OnlineDecisionEntry",
    "PromisePlan",
    "PromiseWish",
    "TakenOver",
    "ask_correction",
    "assess",
    "assign_competences",
    "change_item",
    "change_proposal",
    "complete_by_system",
    "end_competence",
    "end_promise",
    "fulfil_duty",
    "give_competence",
    "import_file",
    "import_procedures",
    "import_promise_file",
    "import_promises",
    "load_published",
    "make_promise",
    "planned_promise",
    "propose",
    "publish_item",
    "put_up_form",
    "record_announcement",
    "record_online_decision",
    "record_upgrade",
    "request_upgrade",
    "send_roadmap",
    "take_down_form",
    "take_over_competences",
    "terms_online",
    "withdraw_item",
    "withdraw_proposal",
    "withdraw_upgrade",
]
