"""A large run: its shares are played by processes of their own, some at a time, and told as one.

Each share is a `motcua simulate --share` of its own and keeps itself. So this process has nothing to lose:
when it is started again it asks the shares how far they are.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from motcua.config import processes
from motcua.config.postgres import PostgresError
from motcua.config.simulation import place
from motcua.config.simulation.plan import Plan
from motcua.config.simulation.report import Report
from motcua.config.simulation.running import Wishes

_LOOK_SECONDS = 0.2
_PATIENCE = 120.0  # seconds that a share gets to end its act, write its book and stop its server


def simulate(plan: Plan, wishes: Wishes, workers: int, console: Console) -> Report:
    """Play all shares that have not ended, `workers` at a time. Raises place.NotOurs, PostgresError.

    Ctrl-C and SIGTERM are passed on; the shares end what they are doing, and can go on another day.
    """
    if wishes.stop_at:
        raise place.NotOurs("--stop-at is asked of one share: name it with --share")
    place.refuse_what_is_given()
    with place.only_one(place.folder_of(plan)):
        waiting = list(plan.shares)
        playing: list[tuple[Plan, subprocess.Popen[bytes]]] = []
        try:
            while waiting or playing:
                while waiting and len(playing) < workers:
                    share = waiting.pop(0)
                    playing.append((share, _start(share, wishes)))
                playing = [each for each in playing if not _has_ended(*each, console)]
                time.sleep(_LOOK_SECONDS)
        except KeyboardInterrupt:
            console.print("Letting the shares end what they are doing.")
        finally:
            _stop([process for _, process in playing])
        return told(plan)


def told(plan: Plan) -> Report:
    """What the shares tell of themselves, without playing anything."""
    parts = [(share, place.kept(place.folder_of(share))) for share in plan.shares]
    return Report.merged(plan, [Report.from_json(share, each) for share, each in parts if each])


def _start(share: Plan, wishes: Wishes) -> subprocess.Popen[bytes]:
    words = ["--province", share.province, "--dossiers", share.dossiers, "--seed", share.seed]
    words += ["--start", share.start, "--share", share.share]
    words += ["--share-size", share.share_size, "--json"]
    words += ["--fresh"] if wishes.fresh else []
    words += ["--speed", wishes.hours_a_second] if wishes.hours_a_second else []
    folder = place.folder_of(share)
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "output.log").open("wb") as log:
        return processes.spawn(
            [sys.executable, "-m", "motcua.config.cli", "simulate", *map(str, words)],
            log=log,
            env=dict(os.environ),
        )


def _has_ended(share: Plan, process: subprocess.Popen[bytes], console: Console) -> bool:
    """Whether the process is over. Raises PostgresError if it did not get as far as telling."""
    if process.poll() is None:
        return False
    kept = place.kept(place.folder_of(share))
    if kept is None or not kept["ended"]:
        raise PostgresError(f"share {share.share} broke off: {_last_words(place.folder_of(share))}")
    report = Report.from_json(share, kept)
    held = "everything held" if report.holds else "SOMETHING DID NOT HOLD"
    console.print(f"Share {share.share}: {report.tally.done:,} acts, {held}.")
    return True


def _last_words(folder: Path) -> str:
    log = folder / "output.log"
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    return " / ".join(lines[-4:])


def _stop(processes_left: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes_left:
        process.send_signal(signal.SIGTERM)
    for process in processes_left:
        processes.stop(process, signal.SIGTERM, patience=_PATIENCE)
