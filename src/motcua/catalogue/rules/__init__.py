"""What a procedure says, as plain values; e-forms and their checking; the reading of imported rows."""

from motcua.catalogue.rules.sheets import Fee, OfferedLimit, ProcedureSheet, RequiredDocument, Result

__all__ = ["Fee", "OfferedLimit", "ProcedureSheet", "RequiredDocument", "Result"]
