"""Passwords that are printed on the screen need no costly hash: the demo has a hundred of them."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class QuickHasher(Argon2PasswordHasher):
    """Argon2 at its lowest cost. Never used outside the demo."""

    time_cost = 1
    memory_cost = 64
    parallelism = 1
