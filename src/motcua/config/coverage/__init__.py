"""What of the law is built, shown and open: computed from the source, the cases and the tests, never typed.

A clause is *implemented* by the functions whose `Basis:` names it and by those that read a value which a
regulation takes from it, unless it is open; what data alone say of it is recorded, not implemented. It is
*shown* by the worked cases and tests that carry its id and assert something that it is about; otherwise
`law/data/open.toml` must say honestly why not yet. Whether what shows a clause fails when a rule is broken
is known from the mutation run (`proof`): proved at this code, proved earlier, not proved, or outside that
run.
"""

from motcua.config.coverage.computing import Coverage, Covered, compute

__all__ = ["Coverage", "Covered", "compute"]
