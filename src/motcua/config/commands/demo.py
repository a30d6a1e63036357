"""`motcua demo`: a whole province with sample data, on this machine, until Ctrl-C."""

from __future__ import annotations

import argparse

HELP = "run a whole province with sample data until Ctrl-C"
NEEDS_DJANGO = False


def add_arguments(parser: argparse.ArgumentParser) -> None:
    provinces = ("kon-tum", "quang-ngai", "dak-lak", "phu-tho")
    parser.add_argument("--province", choices=provinces, default="dak-lak")
    parser.add_argument("--dossiers", type=int, default=300, help="how many are played (default 300)")
    parser.add_argument("--port", type=int, default=8000, help="of the web server, or the next free one")


def run(args: argparse.Namespace) -> int:
    from motcua.config.demo import supervisor

    return supervisor.run(args.province, args.dossiers, args.port)
