"""Child processes that never outlive their parent."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

_PR_SET_PDEATHSIG = 1


def die_with_parent(sign: signal.Signals) -> Callable[[], None]:
    """A `preexec_fn` that makes the kernel send `sign` to the child when this process dies, even by SIGKILL.

    Changing the user clears the wish, so it must run after that; `subprocess` does so. On a system without
    `prctl` (not Linux) nothing happens.
    """
    parent = os.getpid()
    libc = ctypes.CDLL(None, use_errno=True)

    def before_exec() -> None:
        if not hasattr(libc, "prctl"):
            return
        libc.prctl(_PR_SET_PDEATHSIG, int(sign), 0, 0, 0)
        if os.getppid() != parent:  # the parent died before we could ask
            os.kill(os.getpid(), signal.SIGKILL)

    return before_exec


def spawn(
    command: Sequence[str | Path],
    *,
    log: IO[bytes] | int | None = None,
    env: Mapping[str, str] | None = None,
    uid: int | None = None,
    gid: int | None = None,
    cwd: Path | None = None,
    last_words: signal.Signals = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start `command` in a process group of its own, so that Ctrl-C reaches only us."""
    identity: dict[str, Any] = {} if uid is None else {"user": uid, "group": gid, "extra_groups": []}
    return subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=log,
        stderr=subprocess.STDOUT if log is not None else None,
        env=env,
        cwd=cwd,
        start_new_session=True,
        preexec_fn=die_with_parent(last_words),
        **identity,
    )


def stop(process: subprocess.Popen[bytes], *signals: signal.Signals, patience: float = 15) -> None:
    """Send each signal in turn until the process ends, waiting `patience` seconds; SIGKILL comes last."""
    for sign in (*(signals or (signal.SIGTERM,)), signal.SIGKILL):
        if process.poll() is not None:
            return
        process.send_signal(sign)
        try:
            process.wait(patience)
        except subprocess.TimeoutExpired:
            continue


def wait_until_gone(pid: int, patience: float) -> bool:
    """Whether the process `pid`, not our child, ends within `patience` seconds."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if not Path(f"/proc/{pid}").exists() or _is_zombie(pid):
            return True
        time.sleep(0.05)
    return False


def _is_zombie(pid: int) -> bool:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    except OSError:
        return True
    return stat.rpartition(")")[2].split()[0] == "Z"
