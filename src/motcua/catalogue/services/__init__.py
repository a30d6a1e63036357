"""Changing the catalogue: importing procedures, saying who settles them."""

from motcua.catalogue.services.competences import assign_competences
from motcua.catalogue.services.importing import import_file, import_procedures
from motcua.catalogue.services.loading import PROCEDURES, load_published

__all__ = ["PROCEDURES", "assign_competences", "import_file", "import_procedures", "load_published"]
