"""Importing processes, generating standard ones, setting them up and changing them on a screen."""

from motcua.process.services.drafts import (
    Approval,
    DraftView,
    approve_draft,
    begin_draft,
    decides,
    drop_draft,
    may_decide,
    may_write,
    open_draft,
    return_draft,
    submit_draft,
    write_draft,
    writes,
)
from motcua.process.services.importing import import_file, import_processes
from motcua.process.services.loading import load_published
from motcua.process.services.standards import generate_standard, generate_standards

__all__ = [
    "Approval",
    "DraftView",
    "approve_draft",
    "begin_draft",
    "decides",
    "drop_draft",
    "generate_standard",
    "generate_standards",
    "import_file",
    "import_processes",
    "load_published",
    "may_decide",
    "may_write",
    "open_draft",
    "return_draft",
    "submit_draft",
    "write_draft",
    "writes",
]
