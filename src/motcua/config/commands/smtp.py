"""`motcua smtp`: a local mail server that keeps what was sent, for trying things out."""

from __future__ import annotations

import argparse
from pathlib import Path

HELP = "run a local mail server that keeps every message as a file"
NEEDS_DJANGO = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bind", default="127.0.0.1:1025", metavar="HOST:PORT")
    parser.add_argument(
        "--folder", type=Path, help="where messages are kept (default: mail/ in the state folder)"
    )


def run(args: argparse.Namespace) -> int:
    from motcua.config import mailbox, places

    host, _, port = args.bind.rpartition(":")
    folder = args.folder or places.state_dir() / "mail"
    print(f"Mail server on {args.bind}, messages in {folder}", flush=True)
    mailbox.serve(host, int(port), folder)
    return 0
