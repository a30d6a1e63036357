"""Regulations as values: the schema of keys, the reading of data files, timelines, clauses."""

from motcua.law.rules.clauses import Clause, Reading
from motcua.law.rules.regulation import Regulation
from motcua.law.rules.timelines import Timeline
from motcua.law.rules.values import Mark, Plain, Reference, Value

__all__ = ["Clause", "Mark", "Plain", "Reading", "Reference", "Regulation", "Timeline", "Value"]
