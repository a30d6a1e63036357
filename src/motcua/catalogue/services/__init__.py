"""Changing the catalogue: importing procedures and promises, saying who settles them."""

from motcua.catalogue.services.competences import assign_competences
from motcua.catalogue.services.importing import import_file, import_procedures
from motcua.catalogue.services.loading import PROCEDURES, load_published
from motcua.catalogue.services.promises import import_promise_file, import_promises

__all__ = [
    "PROCEDURES",
    "assign_competences",
    "import_file",
    "import_procedures",
    "import_promise_file",
    "import_promises",
    "load_published",
]
