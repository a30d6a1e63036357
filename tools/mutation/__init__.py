"""Breaking the rules on purpose: does a case or a test notice, and is it one that carries the clause?

`make mutation` changes each function in `src/motcua/*/rules/` in small ways, one at a time, and runs the
tests that reach it. A change that no test notices *survives* and is listed in `docs/law/mutation.md`. A
clause is *proved* when a case or test that carries its id failed because a function that rests on it was
broken. See ADR 0010.
"""
