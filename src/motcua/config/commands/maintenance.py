"""`motcua maintenance`: stop the system as planned, with a page that says why; start it again."""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from typing import TYPE_CHECKING

from motcua.config.typed import moment

if TYPE_CHECKING:
    from motcua.notify.services import StopEntry
    from motcua.theme.stops import Stop

HELP = "stop the system as planned, with a page that says so, and start it again"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    on = acts.add_parser("on", help="from now on people get the page of maintenance; what only reads stays")
    on.add_argument("--until", type=moment, help="2026-01-31T22:00, time of Vietnam: when it works again")
    on.add_argument("--reason", help="why, in Vietnamese: people read it")
    on.add_argument("--reason-english", default="")
    on.add_argument(
        "--notice", type=int, metavar="NUMBER", help="take both from the notice that told of it beforehand"
    )
    acts.add_parser("off", help="the system works again; the notice that told of the stop is over")
    acts.add_parser("status", help="whether it is on, since when, until when and why")


def NEEDS_DATABASE(args: argparse.Namespace) -> bool:
    return bool(args.act != "status")


def run(args: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    from motcua.kernel.errors import Refusal

    try:
        print({"on": _on, "off": _off, "status": _status}[args.act](args))
    except (Refusal, ValueError) as refusal:
        print(f"motcua: {refusal}", file=sys.stderr)
        return 1
    return 0


def _on(args: argparse.Namespace) -> str:
    """The act and the switch in one transaction; without a database the act is recorded at the end."""
    from django.db import OperationalError, transaction
    from django.utils import timezone

    from motcua.kernel.actors import SYSTEM
    from motcua.notify import services
    from motcua.theme import stops

    now = timezone.localtime()
    if stops.current() is not None:
        raise ValueError("it is on already; see `motcua maintenance status`")
    entry = _entry(args, now)
    try:
        with transaction.atomic():
            services.begin_stop(actor=SYSTEM, at=now, stop=entry)
            stops.begin(_switch(entry, now, was_recorded=True))
    except OperationalError:
        services.check_stop(entry, now)
        stops.begin(_switch(entry, now, was_recorded=False))
        return f"{_said(entry)}; the database is away, so the act is recorded by `motcua maintenance off`"
    return _said(entry)


def _entry(args: argparse.Namespace, now: datetime) -> StopEntry:
    from dataclasses import replace

    from motcua.notify import services

    if args.notice is None:
        if args.until is None or args.reason is None:
            raise ValueError("say --until and --reason, or --notice")
        return services.StopEntry(args.until, args.reason, args.reason_english)
    told = services.stop_of_notice(args.notice, at=now)
    return replace(
        told,
        until=args.until or told.until,
        reason=args.reason or told.reason,
        reason_english=args.reason_english or (told.reason_english if args.reason is None else ""),
    )


def _switch(entry: StopEntry, now: datetime, *, was_recorded: bool) -> Stop:
    from motcua.theme.stops import Stop

    return Stop(now, entry.until, entry.reason, entry.reason_english, entry.notice_id, was_recorded)


def _said(entry: StopEntry) -> str:
    return f"maintenance is on until {entry.until:%H:%M %d/%m/%Y}"


def _off(args: argparse.Namespace) -> str:
    from django.db import transaction
    from django.utils import timezone

    from motcua.kernel.actors import SYSTEM
    from motcua.notify import services
    from motcua.theme import stops

    stop = stops.current()
    if stop is None:
        raise ValueError("it is off already")
    entry = services.StopEntry(stop.until, stop.reason, stop.reason_english, stop.notice_id)
    with transaction.atomic():
        services.end_stop(
            actor=SYSTEM,
            at=timezone.localtime(),
            stop=entry,
            began_at=stop.began_at,
            was_recorded=stop.was_recorded,
        )
        stops.end()
    return "the system works again"


def _status(args: argparse.Namespace) -> str:
    from django.utils import timezone

    from motcua.theme import stops

    stop = stops.current()
    if stop is None:
        return "off"
    late = ", which has passed" if stop.is_overdue(timezone.localtime()) else ""
    return f"on since {stop.began_at:%H:%M %d/%m/%Y}, until {stop.until:%H:%M %d/%m/%Y}{late}: {stop.reason}"
