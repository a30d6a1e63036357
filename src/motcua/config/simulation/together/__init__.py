"""Several people at once: processes that act on the same dossiers of the same offices, with real commits.

Nothing is settled by a seed here but what is filed: who comes first is up to the machine. `claims` is what
each process says it did, and whether the events say the same; `playing` is one of the processes, `running`
all of them and the look at everything when they are done.
"""
