"""Putting right what was recorded by mistake."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.desk import labels as desk_labels
from motcua.desk.forms.choices import named
from motcua.desk.forms.verbs.base import VerbForm, reason_field
from motcua.dossiers import labels, services
from motcua.dossiers.enums import Correctable
from motcua.dossiers.errors import BadEstablishment, BadPassport, BadTaxCode, NationalityRequired
from motcua.dossiers.services import Act, reading
from motcua.kernel.errors import Refusal

_NEVER_EMPTY = {"name", "passport", "nationality", "organisation_number"}
_FIELDS: dict[type[Refusal], str] = {
    BadPassport: "passport",
    NationalityRequired: "nationality",
    BadTaxCode: "organisation_number",
    BadEstablishment: "organisation_number",
}


class Correct(VerbForm):
    """Which thing to put right, and the fields of each as they stand; only those of the chosen one count."""

    what = forms.ChoiceField(label=_("Đính chính gì"), widget=forms.RadioSelect())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        occasion = self.occasion
        self.open = reading.correctable(actor=occasion.actor, at=occasion.at, state=occasion.state)
        what = self.choice_field("what")
        what.choices = [(each.value, gettext(labels.CORRECTABLE[each])) for each in self.open]
        if len(self.open) == 1:
            what.initial = next(iter(self.open)).value
        for fields in self.open.values():
            for name, text in fields.items():
                self.fields[name] = self._field(name, text)
        self.fields["reason"] = reason_field(_("Lý do đính chính"))
        self.want(*(self.fields.keys() & _NEVER_EMPTY))

    def _field(self, name: str, text: str) -> forms.Field:
        label = gettext(desk_labels.CORRECTED[name])
        if name == "how":
            return forms.ChoiceField(
                label=label, choices=named(desk_labels.DELIVERY), initial=text, required=False
            )
        if name == "email":
            return forms.EmailField(label=label, initial=text, required=False, max_length=254)
        return forms.CharField(label=label, initial=text, required=False, max_length=300)

    def field_of(self, refusal: Refusal) -> str | None:
        return _FIELDS.get(type(refusal))

    def send(self) -> Act:
        what = Correctable(self.cleaned_data["what"])
        values = {name: self.cleaned_data[name] for name in self.open[what]}
        return services.correct(**self.common, what=what, values=values, reason=self.cleaned_data["reason"])
