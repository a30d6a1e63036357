"""The simulation: a plausible year of a province, played through the real services, checked after every act.

`plan` is what settles a run, `place` gives it a database of its own, `book` keeps in it how far the run is,
`world` the province and its people. `arrivals` says when dossiers come in, `happenings` when officers are
away and the system is down. `course` looks at a dossier as it stands and says what somebody does next;
`trouble` lets the wrong people try, and the right ones do it wrongly. `rights` and `invariants` say what must
hold, by other ways than the code that they watch. `performing` does one thing and looks, `playing` does all
of them in the order of their moments, `tally` keeps count, `report` tells. `running` is the whole of it, with
a bar and with Ctrl-C; `sharing` has the shares of a large run played by processes of their own.
`together` lets several people act on the same dossiers at once.
"""
