"""Which procedures an agency settles."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.agencies.enums import Role
from motcua.agencies.rules.cards import UNITS_OF_ROLE, UnitCard
from motcua.catalogue.rules.cards import ProcedureCard
from motcua.desk.forms.choices import first_choice
from motcua.theme.forms import FaceForm


class FindProcedure(FaceForm):
    q = forms.CharField(
        label=_("Tìm thủ tục"),
        required=False,
        max_length=100,
        help_text=_("Gõ mã, ba số cuối của mã, hoặc vài chữ trong tên. Ví dụ: khai sinh, 1.001193, 193."),
    )


class GiveCompetence(FaceForm):
    """One of the procedures that were found, and the unit that will settle it."""

    code = forms.ChoiceField(label=_("Thủ tục"), widget=forms.RadioSelect)
    unit_id = forms.TypedChoiceField(label=_("Đơn vị giải quyết"), coerce=int)

    def __init__(
        self, *args: object, found: Iterable[ProcedureCard], units: Iterable[UnitCard], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.choice_field("code").choices = [(card.code, f"{card.title} ({card.code})") for card in found]
        kinds = UNITS_OF_ROLE[Role.CASE_OFFICER]
        offered = [(str(unit.id), unit.name) for unit in units if unit.kind in kinds]
        self.choice_field("unit_id").choices = offered


class TakeOver(FaceForm):
    like_id = forms.TypedChoiceField(label=_("Như cơ quan nào"), coerce=int)

    def __init__(self, *args: object, models: Iterable[tuple[int, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        field = self.choice_field("like_id")
        field.choices = first_choice(
            gettext("Chọn cơ quan"), ((str(number), name) for number, name in models)
        )
