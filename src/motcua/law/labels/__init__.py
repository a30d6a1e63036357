"""What keys and words of the regulations are called on pages and in the law book."""

from motcua.law.labels.keys import GROUPS, KEYS
from motcua.law.labels.parties import PARTIES
from motcua.law.labels.words import MARKS, WORDS

__all__ = ["GROUPS", "KEYS", "MARKS", "PARTIES", "WORDS"]
