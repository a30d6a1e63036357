"""The table on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

Line = tuple[str, str, str]
BEGIN, END = "<!-- figures: written by `python -m tools.bench --record` -->", "<!-- end of figures -->"


AIM_MS = 100
SLOWEST = 12  # pages named one by one in the document; the screen and the JSON have all


def record(figures: dict[str, Any], document: Path) -> None:
    """Put the figures of this run into the document, between its two marks."""
    text = document.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    rows = "\n".join(f"| {what} | {figure} | {note} |" for what, figure, note in _lines(figures))
    table = f"| What | Figure | Note |\n|---|---:|---|\n{rows}"
    document.write_text(f"{before}{BEGIN}\n{table}\n{END}{after}", encoding="utf-8")


def print_table(figures: dict[str, Any], console: Console) -> None:
    table = Table(title="Một Cửa: bench", title_justify="left")
    table.add_column("What")
    table.add_column("Figure", justify="right")
    table.add_column("Note")
    for line in _lines(figures):
        table.add_row(*line)
    console.print(table)
    console.print(_table_of_pages(figures.get("routes", ())))


def _table_of_pages(pages: Sequence[dict[str, Any]]) -> Table:
    table = Table(title="Every page, time of the server", title_justify="left")
    table.add_column("Page")
    for heading in ("p50 ms", "p95 ms", "queries"):
        table.add_column(heading, justify="right")
    table.add_column("")
    for page in pages:
        note = "" if set(page["answers"]) <= {200, "200"} else f"answered {page['answers']}"
        table.add_row(
            page["page"], f"{page['p50_ms']:.1f}", f"{page['p95_ms']:.1f}", str(page["queries"]), note
        )
    return table


def _lines(figures: dict[str, Any]) -> Iterator[Line]:
    machine = figures["machine"]
    yield (
        "Machine",
        f"{machine['cores']} cores",
        f"{machine['processor']}, {machine['memory_gb']} GB, Linux {machine['kernel']}, "
        f"Python {machine['python']}, PostgreSQL {machine['postgresql']}, "
        f"load {machine['load_before']} before and {machine['load_after']} after",
    )
    yield "Durable one-row commits", f"{machine['durable_commits_per_second']:,}/s", "one connection"
    yield from _due_dates(figures["due_dates"])
    yield from _lives(figures["lives"])
    yield from _stored(figures["stored"])
    for name, label in (("tracking", "Tracking page"), ("worklist", "Worklist")):
        yield from _page(label, figures["pages"][name])
    yield from _routes(figures.get("routes", []))
    for name, found in figures["memory"].items():
        note = f"{found['processes']} processes, RSS {found['rss_mb']:,.0f} MB"
        yield f"Memory of {name}", f"{found['pss_mb']:,.0f} MB", f"PSS; {note}"


def _due_dates(found: dict[str, float]) -> Iterator[Line]:
    kinds = ", ".join(
        f"{name} {rate:,.0f}"
        for name, rate in found.items()
        if name not in ("mixed", "ledgers_15wd", "table_ms")
    )
    yield "Due dates, one core", f"{found['mixed']:,.0f}/s", f"mixed; {kinds}"
    yield "Ledgers of 15 working days", f"{found['ledgers_15wd']:,.0f}/s", "due moment with all its segments"


def _lives(found: dict[str, Any]) -> Iterator[Line]:
    note = f"{found['lives']} lives, {found['transactions'] / found['lives']:.1f} durable transactions each"
    yield "Full lives, services", f"{found['per_second']:.1f}/s", note
    each = found["statements"] / found["lives"]
    same = (
        "same rows" if not found["differing_tables"] else f"DIFFERS: {', '.join(found['differing_tables'])}"
    )
    yield "Full lives, plain SQL", f"{found['floor_per_second']:.1f}/s", f"{each:.0f} statements each; {same}"
    yield "Services of the floor", f"{found['share_of_floor']:.0%}", "aim: 40 % or more"
    share = found["floor_processor_ms"] / found["processor_ms"]
    each_ms = f"{found['processor_ms']:.0f} ms a life, floor {found['floor_processor_ms']:.0f} ms"
    yield "The same by processor time", f"{share:.0%}", f"services {each_ms}; ours and the database's"
    slowest = sorted(found["milliseconds"].items(), key=lambda pair: -pair[1])
    yield "Median of a service", "", ", ".join(f"{name} {value:.1f} ms" for name, value in slowest)


def _stored(found: dict[str, Any]) -> Iterator[Line]:
    yield "Dossiers stored", f"{found['dossiers']:,}", f"{found['load_seconds']:.0f} s to copy them in"
    parts = ", ".join(
        f"{name.partition('_')[2]} {value:,}" for name, value in found["bytes"].items() if name != "total"
    )
    yield "Bytes for a dossier", f"{found['bytes']['total']:,}", f"with indexes: {parts}"
    if verified := found.get("verified"):
        outcome = verified["difference"] or "every hash holds, every row refolds"
        yield "Verified", f"{verified['per_second']:,.0f}/s", f"{verified['dossiers']:,} dossiers: {outcome}"


def _routes(pages: Sequence[dict[str, Any]]) -> Iterator[Line]:
    """In one line how many pages keep the aim, then the slowest ones."""
    if not pages:
        return
    within = sum(1 for page in pages if page["p95_ms"] <= AIM_MS)
    most = max(page["queries"] for page in pages)
    yield (
        f"Pages of the server within {AIM_MS} ms",
        f"{within} of {len(pages)}",
        f"p95 of each; at most {most} queries",
    )
    slowest = "; ".join(f"{page['page']} {page['p95_ms']:.0f} ms" for page in pages[:SLOWEST])
    yield "Slowest pages, p95", "", slowest


def _page(label: str, found: dict[str, Any]) -> Iterator[Line]:
    used = found["processor_ms"]
    yield (
        label,
        f"{used['web'] + used['database']:.1f} ms",
        f"processor: web {used['web']}, database {used['database']}",
    )
    for name, outcome in found.items():
        if name == "processor_ms":
            continue
        note = (
            f"{name}: p50 {outcome['p50_ms']} ms, p95 {outcome['p95_ms']} ms, p99 {outcome['p99_ms']} ms; "
            f"{outcome['requests']} requests, {outcome['failures']} failed, {outcome['page_kb']} KB"
        )
        yield label, f"{outcome['per_second']:.1f}/s", note
