"""What keys and words of the regulations are called on pages and in the law book."""

from motcua.law.labels.keys import GROUPS, KEYS
from motcua.law.labels.parties import PARTIES
from motcua.law.labels.words import CODE_PARTS, ISSUES, MARKS, WORDS

__all__ = ["CODE_PARTS", "GROUPS", "ISSUES", "KEYS", "MARKS", "PARTIES", "WORDS"]
