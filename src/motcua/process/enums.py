"""Words of internal processes."""

from __future__ import annotations

from enum import StrEnum


class StepKind(StrEnum):
    INTAKE = "intake"
    ASSIGN = "assign"
    PROCESS = "process"
    REVIEW = "review"
    APPROVE = "approve"
    CLERICAL = "clerical"
    OPINION = "opinion"  # waits for somebody outside the unit; the case officer records the answer
    PUBLISH = "publish"
    RETURN = "return"


class DraftState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    DROPPED = "dropped"
