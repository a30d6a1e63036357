"""`motcua serve`: the web server."""

from __future__ import annotations

import argparse

HELP = "run the web server"
ENVIRONMENT = {"MOTCUA_DB_POOL": "4"}  # one connection for each thread of a worker


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--bind", default="127.0.0.1:8000", metavar="HOST:PORT")
    parser.add_argument("--workers", type=int, default=2, help="processes (default 2, with 4 threads each)")
    parser.add_argument(
        "--access-log", action="store_true", help="a line for each request, without addresses"
    )


def run(args: argparse.Namespace) -> int:
    from motcua.config import web

    web.serve(bind=args.bind, workers=args.workers, access_log=args.access_log)
    return 0
