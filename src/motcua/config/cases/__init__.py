"""Worked cases: stories in YAML that are played through the real services. See docs/cases.md."""

from motcua.config.cases.model import BadCase, Case, CaseResult, Line
from motcua.config.cases.reading import read_case
from motcua.config.cases.running import run_case

__all__ = ["BadCase", "Case", "CaseResult", "Line", "read_case", "run_case"]
