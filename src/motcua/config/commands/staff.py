"""`motcua staff`: give officers their posts and new passwords, where no administrator's page does it yet."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from motcua.agencies.rules.cards import UnitCard

HELP = "give officers posts and new passwords, end posts, close accounts"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    from motcua.agencies.enums import Role

    acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
    post = acts.add_parser("post", help="let an officer hold a role at a unit of an agency, from today on")
    post.add_argument("username")
    post.add_argument("--agency", required=True, help="code or key of the agency, such as H15.15")
    post.add_argument("--role", required=True, choices=[role.value for role in Role])
    post.add_argument("--unit", help="name of the unit; without it the one that does the work of the role")
    password = acts.add_parser("password", help="give a new password, to be changed at the next log-in")
    password.add_argument("username")
    close = acts.add_parser("close", help="close an account; its sessions end at once")
    close.add_argument("username")


def run(args: argparse.Namespace) -> int:
    """0 done, 1 refused."""
    from motcua.kernel.errors import Refusal

    try:
        print({"post": _post, "password": _password, "close": _close}[args.act](args))
    except Refusal as refusal:
        print(f"motcua: {refusal}", file=sys.stderr)
        return 1
    return 0


def _post(args: argparse.Namespace) -> str:
    from django.utils import timezone

    from motcua.agencies import services as agencies
    from motcua.agencies.enums import Role
    from motcua.kernel.actors import SYSTEM

    unit = _unit(args)
    agencies.give_position(
        actor=SYSTEM,
        account_id=_officer(args.username),
        unit_id=unit.id,
        role=Role(args.role),
        valid_from=timezone.localdate(),
    )
    return f"{args.username}: {args.role} at {unit.name}"


def _unit(args: argparse.Namespace) -> UnitCard:
    from django.conf import settings

    from motcua.agencies import queries
    from motcua.agencies.enums import Role, UnitKind
    from motcua.agencies.errors import UnknownAgency, UnknownUnit

    try:
        agency = queries.agency_by_code(settings.PROVINCE, args.agency)
    except UnknownAgency:
        agency = queries.agency_by_key(settings.PROVINCE, args.agency)
    kinds = {
        Role.RECEIVER: UnitKind.DESK,
        Role.DESK_HEAD: UnitKind.DESK,
        Role.POSTAL_STAFF: UnitKind.DESK,
        Role.APPROVER: UnitKind.LEADERSHIP,
        Role.CLERK: UnitKind.OFFICE,
        Role.ADMIN: UnitKind.OFFICE,
    }
    wanted = kinds.get(Role(args.role), UnitKind.DIVISION)
    units = [unit for unit in agency.units if (unit.name == args.unit if args.unit else unit.kind is wanted)]
    if not units:
        raise UnknownUnit()
    return units[0]


def _password(args: argparse.Namespace) -> str:
    from django.utils import timezone

    from motcua.accounts import services
    from motcua.kernel.actors import SYSTEM

    given = services.give_password(actor=SYSTEM, account_id=_officer(args.username), at=timezone.now())
    return f"{args.username}: the password to hand over is {given.password}"


def _close(args: argparse.Namespace) -> str:
    from django.utils import timezone

    from motcua.accounts import services
    from motcua.kernel.actors import SYSTEM

    officer = _officer(args.username)
    services.set_active(actor=SYSTEM, account_id=officer, is_active=False, at=timezone.now())
    return f"{args.username}: closed"


def _officer(username: str) -> int:
    from motcua.accounts import queries
    from motcua.kernel.errors import NotFound

    card = queries.find_officer(username)
    if card is None:
        raise NotFound()
    return card.id
