"""The command line: `motcua <command>`. Each command is a module of `motcua.config.commands`."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from types import ModuleType

from motcua.config import commands


def _modules() -> dict[str, ModuleType]:
    names = sorted(module.name for module in pkgutil.iter_modules(commands.__path__))
    return {name: importlib.import_module(f"{commands.__name__}.{name}") for name in names}


def _parser(modules: dict[str, ModuleType]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="motcua", description="Một Cửa: one-stop shop of a province.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, module in modules.items():
        child = subparsers.add_parser(
            name.replace("_", "-").rstrip("-"), help=module.HELP, description=module.HELP
        )
        module.add_arguments(child)
        child.set_defaults(module=module)
    return parser


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0 done, 1 refused or differing, 2 wrong usage)."""
    args = _parser(_modules()).parse_args(argv)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
    if getattr(args.module, "NEEDS_DJANGO", True):
        import django

        django.setup()
    return int(args.module.run(args) or 0)


if __name__ == "__main__":
    sys.exit(main())
