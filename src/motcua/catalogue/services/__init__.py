"""Changing the catalogue: importing procedures and promises, saying who settles them."""

from motcua.catalogue.services.competences import (
    TakenOver,
    assign_competences,
    end_competence,
    give_competence,
    take_over_competences,
)
from motcua.catalogue.services.importing import import_file, import_procedures
from motcua.catalogue.services.loading import PROCEDURES, load_published
from motcua.catalogue.services.promises import import_promise_file, import_promises

__all__ = [
    "PROCEDURES",
    "TakenOver",
    "assign_competences",
    "end_competence",
    "give_competence",
    "import_file",
    "import_procedures",
    "import_promise_file",
    "import_promises",
    "load_published",
    "take_over_competences",
]
