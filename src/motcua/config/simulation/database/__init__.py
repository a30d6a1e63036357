"""The engine of the simulation's own database: what needs no answer travels with what comes next."""
