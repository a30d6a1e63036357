"""What of the law is built, shown and open: computed from the source, the cases and the tests, never typed.

A clause is *implemented* by the functions whose `Basis:` names it and by those that read a value which a
regulation takes from it, unless it is open; what data alone say of it is recorded, not implemented. It is
*shown* by the worked cases and tests that carry its id and are on record as having failed when it was broken
(`proof`, from the mutation run): at this code, or earlier. Who carries it and is not on record shows nothing,
whatever it asserts: the clause stays open as not proved yet, or for what `law/data/open.toml` says honestly.
"""

from motcua.config.coverage.computing import Coverage, Covered, compute

__all__ = ["Coverage", "Covered", "compute"]
