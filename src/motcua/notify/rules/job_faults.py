"""Why a job failed, in a form that names nobody: which kind of fault, what it is called, where it happened.

What an exception says is never kept. It may hold what somebody typed, an address or a password; the whole of
it stands in the log of the worker only.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType

from motcua.kernel.errors import Refusal

_OURS, _AROUND = "motcua", "config/failed_jobs.py"  # the second is around every job
_LONGEST_NAME, _LONGEST_PLACE, _LONGEST_SAID = 100, 200, 500
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_AWAY = frozenset({"OperationalError", "InterfaceError", "ConnectorException"})
_OF_MAIL = frozenset({"SMTPException", "gaierror", "SSLError", "HTTPError", "TransportError"})


class JobFault(StrEnum):
    """What an administrator can tell apart, for each asks something else of them."""

    DATABASE = "database"
    NO_ROOM = "no_room"
    FILES = "files"
    NETWORK = "network"
    MEMORY = "memory"
    REFUSED = "refused"
    UNKNOWN_TASK = "unknown_task"
    PROGRAM = "program"


@dataclass(frozen=True, slots=True)
class Why:
    """`name` is the class of the error or the code of the refusal, `place` a file of ours and its line.

    `said` is the sentence of a refusal before anything was put into it."""

    fault: JobFault
    name: str
    place: str = ""
    said: str = ""


def why(error: BaseException) -> Why:
    """What can be told of an error that ended a job."""
    fault = _fault(error)
    if isinstance(error, Refusal):
        return Why(fault, error.code, _place(error.__traceback__), error.message[:_LONGEST_SAID])
    return Why(fault, type(error).__name__[:_LONGEST_NAME], _place(error.__traceback__))


def _fault(error: BaseException) -> JobFault:
    names = {each.__name__ for each in type(error).__mro__}
    if isinstance(error, Refusal):
        return JobFault.REFUSED
    if names & _AWAY:
        return JobFault.DATABASE
    if isinstance(error, MemoryError):
        return JobFault.MEMORY
    if isinstance(error, ConnectionError | TimeoutError) or names & _OF_MAIL:
        return JobFault.NETWORK
    if isinstance(error, OSError):
        return JobFault.NO_ROOM if error.errno in _NO_ROOM else JobFault.FILES
    return JobFault.PROGRAM


def _place(traceback: TracebackType | None) -> str:
    """The last line of ours that was reached, as a path below the package; empty if none was."""
    found = ""
    while traceback is not None:
        path = traceback.tb_frame.f_code.co_filename
        _, sign, below = path.rpartition(f"/{_OURS}/")
        if sign and below != _AROUND:
            found = f"{below}:{traceback.tb_lineno}"
        traceback = traceback.tb_next
    return found[-_LONGEST_PLACE:]
