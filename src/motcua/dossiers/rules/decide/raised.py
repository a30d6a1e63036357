"""Which rule raises a refusal that the decision behind the verb does not raise itself.

Such a refusal rests on what that rule names, and not on all that the verb rests on. A test compares the table
with the rules: a rule with a basis of its own that alone raises a kind stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from motcua.dossiers import errors
from motcua.dossiers.rules import behalf, completeness, consent, returning
from motcua.dossiers.rules.decide import intake, telling
from motcua.kernel.errors import Refusal

RAISED_BY: Mapping[type[Refusal], Callable[..., Any]] = {
    errors.RunByMinistry: completeness.check_province,
    errors.ChannelNotOffered: completeness.offered,
    errors.VariantUnknown: completeness.offered,
    errors.DeliveryUnknown: completeness.check_delivery,
    errors.DeliveryNotChosen: completeness.check_chosen,
    errors.CapacityRequired: completeness.check_submitter,
    errors.BringerNotEntrusted: behalf.brought,
    errors.WayNotRequested: returning.asked_for_way,
    errors.LetterWaits: telling.check_told,
    errors.DeskTellsThem: telling.for_desk_to_tell,
    errors.ConsentRequired: consent.check_consent,
    errors.TakenInForAnother: intake.check_ground,
}


def basis_of(refusal: Refusal) -> str:
    """What the rule that raised it says of itself; nothing where the decision itself did."""
    rule = RAISED_BY.get(type(refusal))
    return (rule.__doc__ or "") if rule else ""
