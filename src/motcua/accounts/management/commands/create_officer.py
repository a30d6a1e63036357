"""`motcua django create_officer`: the first administrator, and officers where there is no screen."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext

from motcua.accounts import services
from motcua.accounts.errors import FieldErrors
from motcua.kernel.actors import SYSTEM


class Command(BaseCommand):
    help = "create an officer's account and print the password to hand over"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="Latin letters, digits, dots and dashes")
        parser.add_argument("full_name", help="as it stands on papers, in quotation marks")
        parser.add_argument("--email", default="")
        parser.add_argument("--phone", default="")
        parser.add_argument("--admin", action="store_true", help="may create and close officers' accounts")

    def handle(self, *args: Any, **options: Any) -> None:
        """Who can run this has the machine: the system acts, and no right is asked."""
        try:
            given = services.create_officer(
                actor=SYSTEM,
                username=options["username"],
                full_name=options["full_name"],
                email=options["email"],
                phone=options["phone"],
                is_admin=options["admin"],
                at=timezone.localtime(),
            )
        except FieldErrors as refused:
            lines = [f"{field}: {gettext(sentence)}" for field, sentence in sorted(refused.fields.items())]
            raise CommandError("\n".join(lines)) from None
        self.stdout.write(f"username: {given.account.username}\npassword: {given.password}")
        self.stdout.write("The password must be changed at the first log-in. It is shown only now.")
