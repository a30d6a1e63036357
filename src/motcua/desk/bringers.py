"""Who brings a dossier to the counter, and the right on the portal by which they do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from motcua.accounts import queries as accounts
from motcua.accounts.queries import acting
from motcua.dossiers.rules.behalf import behalf_of, fitting
from motcua.dossiers.services import Bringer

if TYPE_CHECKING:
    from motcua.accounts.rules.acting import Grant
    from motcua.dossiers.rules.state import Applicant, Behalf


@dataclass(frozen=True, slots=True)
class Right:
    """What the portal knows of who brings it: the account, and what it may do for this applicant."""

    account_id: int
    grant: Grant

    @property
    def behalf(self) -> Behalf:
        return behalf_of(self.grant)

    @property
    def bringer(self) -> Bringer:
        return Bringer(str(self.account_id), self.grant.key)

    def words(self) -> str:
        """What comes of it, said before the dossier is taken in."""
        if not self.grant.organisation_id:
            text = gettext(
                "%(authority)s. Hồ sơ sẽ gắn với tài khoản của chủ hồ sơ và của người được ủy quyền."
            )
            return text % {"authority": self.behalf.authority}
        text = gettext("%(authority)s. Hồ sơ sẽ gắn với %(name)s trên Cổng.")
        return text % {"authority": gettext(self.behalf.authority), "name": self.grant.name}


def right_of(*, number: str, name: str, applicant: Applicant, procedure_code: str, on: date) -> Right | None:
    """The right by which the person of this number and name brings a dossier of the applicant, if any.

    Number and name must both be those of an account: the officer reads them off the card. The applicant is a
    person whose account is surely theirs, or an organisation by its number.

    Basis: KT22-1.2.c, PT24-8.2.
    """
    bringer = accounts.same_citizen(number, name=name, born=None) if number and name else None
    if bringer is None:
        return None
    principal = None
    if applicant.personal_id:
        principal = accounts.same_citizen(
            applicant.personal_id, name=applicant.name, born=applicant.date_of_birth
        )
    grant = fitting(
        acting.grants_of(bringer.id, on),
        procedure_code,
        principal_id=str(principal.id) if principal else "",
        organisation_number=applicant.organisation_number,
    )
    return Right(bringer.id, grant) if grant else None
