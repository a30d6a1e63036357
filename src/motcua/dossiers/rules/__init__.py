"""What may happen to a dossier, and what a dossier is after it happened. Pure Python.

`decide(state, command, facts, at)` answers with events or raises a refusal; `fold(state, event)` is total.
"""

from motcua.dossiers.rules.decide import decide
from motcua.dossiers.rules.fold import fold, refold

__all__ = ["decide", "fold", "refold"]
