"""Asking pages over HTTP and taking the time: closed loop (as fast as it goes) and at a steady rate."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tools.bench.place import HOST, PORT


@dataclass(frozen=True, slots=True)
class Page:
    """What to ask: the path, the cookies, and a text that the right answer contains."""

    path: str
    cookie: str = ""
    proof: bytes = b""


@dataclass(slots=True)
class Tally:
    seconds: list[float] = field(default_factory=list)
    failures: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Outcome:
    per_second: float
    p50_ms: float
    p95_ms: float
    p99_ms: float
    requests: int
    failures: int
    page_kb: float


def closed_loop(pages: Sequence[Page], *, connections: int, seconds: float) -> Outcome:
    """Every connection asks the next page as soon as it has the last one."""
    stop_at = time.perf_counter() + seconds

    def run(number: int, tally: Tally) -> None:
        client = http.client.HTTPConnection(HOST, PORT, timeout=30)
        place = number * 7919
        while time.perf_counter() < stop_at:
            _ask(client, pages[place % len(pages)], tally, time.perf_counter())
            place += connections
        client.close()

    return _outcome(_in_threads(run, connections), seconds)


def steady(pages: Sequence[Page], *, per_second: float, connections: int, seconds: float) -> Outcome:
    """Requests at fixed moments, whatever the answers take; waiting for a free connection counts."""
    begin = time.perf_counter() + 0.1
    total = int(per_second * seconds)
    lock, taken = threading.Lock(), iter(range(total))

    def run(number: int, tally: Tally) -> None:
        client = http.client.HTTPConnection(HOST, PORT, timeout=30)
        while True:
            with lock:
                turn = next(taken, None)
            if turn is None:
                break
            planned = begin + turn / per_second
            time.sleep(max(0.0, planned - time.perf_counter()))
            _ask(client, pages[turn * 7919 % len(pages)], tally, planned)
        client.close()

    return _outcome(_in_threads(run, connections), seconds)


def _ask(client: http.client.HTTPConnection, page: Page, tally: Tally, since: float) -> None:
    headers = {"Cookie": page.cookie} if page.cookie else {}
    try:
        client.request("GET", page.path, headers=headers)
        answer = client.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException):
        client.close()  # the next request connects again
        tally.failures += 1
        return
    tally.seconds.append(time.perf_counter() - since)
    tally.bytes += len(body)
    if answer.status != 200 or page.proof not in body:
        tally.failures += 1


def _in_threads(run: Callable[[int, Tally], None], count: int) -> Tally:
    tallies = [Tally() for _ in range(count)]
    threads = [threading.Thread(target=run, args=(n, tally)) for n, tally in enumerate(tallies)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    whole = Tally()
    for tally in tallies:
        whole.seconds += tally.seconds
        whole.failures += tally.failures
        whole.bytes += tally.bytes
    return whole


def _outcome(tally: Tally, seconds: float) -> Outcome:
    taken = sorted(tally.seconds) or [float("nan")]
    return Outcome(
        per_second=round(len(tally.seconds) / seconds, 1),
        p50_ms=_percentile(taken, 50),
        p95_ms=_percentile(taken, 95),
        p99_ms=_percentile(taken, 99),
        requests=len(tally.seconds),
        failures=tally.failures,
        page_kb=round(tally.bytes / max(1, len(tally.seconds)) / 1024, 1),
    )


def _percentile(taken: list[float], percent: int) -> float:
    return round(1000 * taken[min(len(taken) - 1, len(taken) * percent // 100)], 1)
