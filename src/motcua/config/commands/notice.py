"""`motcua notice`: tell everybody about a planned stop or news, between two moments."""

from __future__ import annotations

import argparse
import sys

from motcua.config.typed import moment

HELP = "give, list and end public notices, such as a planned stop"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    give = acts.add_parser(
        "give",
        help="show a notice on the portal between two moments",
        description="Show a notice on the portal between two moments. When the stop itself begins and ends "
        "stands in its words.",
    )
    give.add_argument("title")
    give.add_argument("body")
    give.add_argument("--kind", choices=("stop", "news"), default="stop")
    give.add_argument(
        "--from",
        dest="start",
        type=moment,
        help="when people begin to SEE the notice, not when the stop begins: 2026-01-31T08:00, time of "
        "Vietnam; leave it out to show it from now on",
    )
    give.add_argument(
        "--to",
        dest="end",
        type=moment,
        required=True,
        help="until when it is shown, for a stop until it ends: 2026-01-31T17:00",
    )
    give.add_argument("--title-english", default="")
    give.add_argument("--body-english", default="")
    acts.add_parser("list", help="the newest notices with their numbers")
    end = acts.add_parser("end", help="show a notice no longer")
    end.add_argument("number", type=int)


def run(args: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    from motcua.kernel.errors import Refusal

    try:
        print({"give": _give, "list": _list, "end": _end}[args.act](args))
    except Refusal as refusal:
        print(f"motcua: {refusal}", file=sys.stderr)
        return 1
    return 0


def _give(args: argparse.Namespace) -> str:
    from django.utils import timezone

    from motcua.kernel.actors import SYSTEM
    from motcua.notify import services
    from motcua.notify.enums import NoticeKind

    now = timezone.localtime()
    number = services.give_notice(
        actor=SYSTEM,
        at=now,
        kind=NoticeKind(args.kind),
        title=args.title,
        body=args.body,
        shown_from=args.start or now,
        shown_to=args.end,
        title_english=args.title_english,
        body_english=args.body_english,
    )
    if args.start and args.start > now:
        print(
            f"motcua: nobody sees notice {number} before {args.start:%H:%M %d/%m/%Y}. If that is when the "
            f"stop begins, end it (`motcua notice end {number}`) and give it again without --from.",
            file=sys.stderr,
        )
        return f"notice {number} is shown from {args.start:%H:%M %d/%m/%Y} until {args.end:%H:%M %d/%m/%Y}"
    return f"notice {number} is shown from now until {args.end:%H:%M %d/%m/%Y}"


def _list(args: argparse.Namespace) -> str:
    from django.utils import timezone

    from motcua.notify import queries

    lines = [
        f"{each.id:>5}  {timezone.localtime(each.shown_from):%H:%M %d/%m/%Y} – "
        f"{timezone.localtime(each.shown_to):%H:%M %d/%m/%Y}  {each.kind.value:<4}  {each.title}"
        for each in queries.all_notices()
    ]
    return "\n".join(lines) or "no notices"


def _end(args: argparse.Namespace) -> str:
    from django.utils import timezone

    from motcua.kernel.actors import SYSTEM
    from motcua.notify import services

    services.end_notice(actor=SYSTEM, at=timezone.localtime(), notice_id=args.number)
    return f"notice {args.number} is over"
