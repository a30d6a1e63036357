"""The command line: `motcua <command>`. Each command is a module of `motcua.config.commands`.

A command module has `HELP`, `add_arguments(parser)` and `run(args) -> int`; heavy imports belong in `run`.
It may set `NEEDS_DJANGO = False` (pure arithmetic), `NEEDS_DATABASE = False` (brings its own server), either
as a function of the arguments where it depends on them, or `ENVIRONMENT` (its own defaults of environment
variables).
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import os
import pkgutil
import signal
import sys
from collections.abc import Iterator
from types import FrameType, ModuleType

from motcua.config import commands

_NO_ANSWER = ("OperationalError", "ConnectionTimeout", "PoolTimeout")  # also of a wrong password or name


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 refused or differing, 2 wrong usage)."""
    args = _parser(_modules()).parse_args(argv)
    signal.signal(signal.SIGTERM, _stop)
    if args.demo:
        os.environ["MOTCUA_DEMO"] = "yes"
    try:
        with _prepared(args):
            return int(args.module.run(args) or 0)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # the reader, such as `head`, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        told = _sentence(error)
        if told is None:
            raise
        print(f"motcua: {told}", file=sys.stderr)
        return 1


def _sentence(error: Exception) -> str | None:
    """What is to be said of a database that has no tables or does not answer; None for anything else.

    Never the address: it may hold a password.
    """
    cause = type(error.__cause__)
    if cause.__name__ == "UndefinedTable":
        return "this database has no tables; run `motcua init`, or add --demo"
    if cause.__module__.startswith("psycopg") and cause.__name__ in _NO_ANSWER:
        return "the database does not answer; is it running, and does DATABASE_URL name it?"
    return None


def _modules() -> dict[str, ModuleType]:
    names = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    return {name: importlib.import_module(f"{commands.__name__}.{name}") for name in names}


def _parser(modules: dict[str, ModuleType]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua", description="Một Cửa: one-stop shop of a province.")
    parser.add_argument(
        "--demo", action="store_true", help="work on the demo's data instead of the real ones"
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in modules.items():
        child = subparsers.add_parser(
            name.replace("_", "-").rstrip("-"), help=module.HELP, description=module.HELP
        )
        module.add_arguments(child)
        child.set_defaults(module=module)
    return parser


@contextlib.contextmanager
def _prepared(args: argparse.Namespace) -> Iterator[None]:
    """What the command needs: key, settings, Django and a running database."""
    module: ModuleType = args.module
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    for name, value in getattr(module, "ENVIRONMENT", {}).items():
        os.environ.setdefault(name, value)
    needs_django = _needs(args, "NEEDS_DJANGO", otherwise=True)
    needs_database = _needs(args, "NEEDS_DATABASE", otherwise=needs_django)
    with contextlib.ExitStack() as stack:
        if needs_django:
            from motcua.config.env import BadSetting
            from motcua.config.postgres import PostgresError

            try:
                _set_up_django()
                if needs_database:
                    stack.enter_context(_database())
            except (BadSetting, PostgresError) as error:
                sys.exit(f"motcua: {error}")
        yield


def _needs(args: argparse.Namespace, what: str, *, otherwise: bool) -> bool:
    need = getattr(args.module, what, otherwise)
    return bool(need(args) if callable(need) else need)


def _set_up_django() -> None:
    from motcua.config import places, secret

    secret.ensure(places.state_dir())
    import django

    django.setup()


@contextlib.contextmanager
def _database() -> Iterator[None]:
    """The embedded server with our database in it, unless DATABASE_URL names another."""
    if os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"):
        yield
        return
    from django.conf import settings

    from motcua.config.postgres import Server

    with Server(settings.STATE_DIR / "postgres", kept_up=True) as server:
        server.ensure_database(settings.DATABASES["default"]["NAME"])
        yield


def _stop(number: int, frame: FrameType | None) -> None:
    """SIGTERM ends a command as Ctrl-C does: in order."""
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main())
