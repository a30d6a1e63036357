"""Acts that are about no dossier: what is refused names the clauses of the regulation in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import ParamSpec, TypeVar, cast

from django.conf import settings

from motcua.kernel.dates import ZONE
from motcua.kernel.errors import Refusal, Technical
from motcua.law.errors import NoRegulation
from motcua.law.queries import regulation_in_force
from motcua.law.rules.grounding import Grounds

_P = ParamSpec("_P")
_T = TypeVar("_T")


def rests_on(
    *rules: Callable[..., object], names: str = ""
) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """A service that is called with the moment `at`, and whose refusals name the clauses of these rules and
    of the key `names`; without rules those that the service itself names.

    A refusal with clauses of its own keeps them, a `Technical` one has none. Where the regulation says
    nothing of the act, and where none is in force, the refusal says nothing either.
    """

    def lay(service: Callable[_P, _T]) -> Callable[_P, _T]:
        grounds = Grounds(rules or (service,), names)

        @wraps(service)
        def grounded(*args: _P.args, **kwargs: _P.kwargs) -> _T:
            try:
                return service(*args, **kwargs)
            except Refusal as refusal:
                if not (refusal.clauses or isinstance(refusal, Technical)):
                    at = cast(datetime, kwargs["at"])
                    refusal.clauses = in_force(grounds, at.astimezone(ZONE).date())
                raise

        vars(grounded)["grounds"] = grounds
        return grounded

    return lay


def grounds_of(service: Callable[..., object]) -> Grounds:
    """What was laid under the service by `rests_on`. Raises KeyError for one without."""
    return cast(Grounds, vars(service)["grounds"])


def in_force(grounds: Grounds, on: date) -> tuple[str, ...]:
    """The clauses of the regulation of the day; none where none is in force."""
    try:
        return grounds.under(regulation_in_force(settings.PROVINCE, on))
    except NoRegulation:
        return ()
