"""Accounts, posts, agencies and units."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from motcua.agencies.enums import AgencyLevel, Role, StaffState
from motcua.agencies.labels import LEVEL
from motcua.agencies.rules.cards import AgencyCard, UnitCard
from motcua.agencies.rules.reach import phones_in
from motcua.desk import labels
from motcua.desk.forms.choices import first_choice, named
from motcua.theme.day_fields import DayField
from motcua.theme.forms import FaceForm


class MailboxField(forms.CharField):
    """The mailbox of an agency; the service judges it."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Hộp thư điện tử của cơ quan"),
            required=False,
            max_length=200,
            help_text=_("Ví dụ: motcua@diachi.gov.vn."),
        )


class PhonesField(forms.CharField):
    """The numbers of an agency on one line, parted by semicolons."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Số điện thoại của cơ quan"),
            required=False,
            max_length=130,
            help_text=_("Số để người dân hỏi, nhiều nhất ba số, cách nhau bằng dấu chấm phẩy."),
        )

    def clean(self, value: Any) -> tuple[str, ...]:
        return phones_in(str(super().clean(value) or ""))


class NewOfficer(FaceForm):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=150)
    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=60,
        help_text=_("Chữ thường không dấu, chữ số, dấu chấm. Ví dụ: nguyen.thi.chi."),
    )
    email = forms.CharField(label=_("Thư điện tử công vụ"), required=False, max_length=254)
    phone = forms.CharField(label=_("Số điện thoại"), required=False, max_length=20)


class ChangeOfficer(FaceForm):
    """Only what differs from what the page showed is changed: somebody else may have mended the rest."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=150, show_hidden_initial=True)
    phone = forms.CharField(label=_("Số điện thoại"), required=False, max_length=20, show_hidden_initial=True)
    email = forms.CharField(
        label=_("Thư điện tử công vụ"),
        required=False,
        max_length=254,
        show_hidden_initial=True,
        help_text=_("Địa chỉ mới phải được chính người này xác nhận bằng mã thì mới lấy lại được mật khẩu."),
    )

    def as_shown(self) -> list[SafeString]:
        """What the page showed, in hidden fields."""
        return [bound.as_hidden(only_initial=True) for bound in self]

    def changes(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.changed_data}


class NewOfficerOfAgency(NewOfficer):
    """An agency's administrator gives the account its first post at once."""

    unit_id = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)
    role = forms.TypedChoiceField(label=_("Vai trò"), coerce=Role)
    valid_from = DayField(label=_("Từ ngày"))

    def __init__(self, *args: Any, units: Iterable[UnitCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, units=units, with_admin=False)


class FindOfficer(FaceForm):
    """What is searched for, and what narrows the list; names of the latter stand in addresses."""

    asked = forms.CharField(label=_("Tên hoặc tên đăng nhập"), required=False, max_length=100)
    co_quan = forms.TypedChoiceField(label=_("Cơ quan"), required=False, coerce=int, empty_value=None)
    vai_tro = forms.ChoiceField(label=_("Vai trò"), required=False)
    tinh_trang = forms.ChoiceField(label=_("Tình trạng"), required=False)

    def __init__(self, *args: Any, agencies: Iterable[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = gettext("Tất cả")
        choices = {
            "co_quan": [(str(number), name) for number, name in agencies],
            "vai_tro": named(labels.ROLE)(),
            "tinh_trang": named(labels.STAFF_STATE)(),
        }
        for name, options in choices.items():
            self.choice_field(name).choices = first_choice(everything, options)

    def filters(self) -> dict[str, str]:
        """What narrows the list, as the address holds it; what makes no sense is passed over."""
        self.is_valid()
        return {name: str(self.cleaned_data[name]) for name in _FILTERS if self.cleaned_data.get(name)}

    def wanted(self) -> dict[str, Any]:
        """The same for the query of the list."""
        found = self.filters()
        return {
            "agency_id": int(found["co_quan"]) if "co_quan" in found else None,
            "role": Role(found["vai_tro"]) if "vai_tro" in found else None,
            "state": StaffState(found["tinh_trang"]) if "tinh_trang" in found else None,
        }

    def as_chosen(self) -> FindOfficer:
        """The form with what was taken, without errors: a stale address is no fault of whoever follows it."""
        self.unjudged(**dict.fromkeys(_FILTERS, "") | self.filters())
        return self


_FILTERS = ("co_quan", "vai_tro", "tinh_trang")


class ChooseAgency(FaceForm):
    """At which agency; its name in the address is that of the filter of accounts."""

    co_quan = forms.TypedChoiceField(label=_("Cơ quan"), coerce=int)

    def __init__(self, *args: Any, agencies: Iterable[AgencyCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(card.id), card.name) for card in agencies]
        self.choice_field("co_quan").choices = first_choice(gettext("Chọn cơ quan"), choices)


class FindAgency(FaceForm):
    q = forms.CharField(label=_("Tìm cơ quan theo tên hoặc mã"), required=False, max_length=100)


class GivePost(FaceForm):
    """A post for an officer who is known, at an agency that is known."""

    unit_id = forms.TypedChoiceField(label=_("Đơn vị"), coerce=int)
    role = forms.TypedChoiceField(label=_("Vai trò"), coerce=Role)
    valid_from = DayField(label=_("Từ ngày"))
    valid_to = DayField(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa biết."))

    def __init__(self, *args: Any, units: Iterable[UnitCard], with_admin: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        set_choices(self, units=units, with_admin=with_admin)


class Appoint(GivePost):
    """The same from the side of the agency: who gets it is named, or looked for by letters of the name."""

    username = forms.CharField(
        label=_("Tên đăng nhập của cán bộ"),
        max_length=60,
        help_text=_("Không nhớ thì gõ vài chữ của họ tên rồi bấm “Tìm cán bộ”."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields(["username"])


class Relieve(FaceForm):
    """A last day, or at once: then no day is asked."""

    at_once = forms.BooleanField(
        label=_("Thu hồi ngay"),
        required=False,
        help_text=_("Khi giao nhầm: người này thôi quyền ở vị trí từ lúc ghi; việc đã làm vẫn giữ nguyên."),
    )
    last_day = DayField(label=_("Ngày làm việc cuối cùng ở vị trí này"))

    def full_clean(self) -> None:
        self.fields["last_day"].required = not (self.is_bound and self.data.get("at_once"))
        super().full_clean()


class NewAgency(FaceForm):
    name = forms.CharField(label=_("Tên cơ quan"), min_length=3, max_length=300)
    kind = forms.ChoiceField(label=_("Loại cơ quan"), choices=named(labels.AGENCY_KIND))
    level = forms.ChoiceField(label=_("Cấp"), choices=named(LEVEL), initial=AgencyLevel.COMMUNE)
    code = forms.RegexField(
        label=_("Mã định danh"),
        regex=r"^H\d{2}(\.\d{1,3}){0,3}$",
        required=False,
        max_length=20,
        help_text=_(
            "Ví dụ H15.15. Để trống thì hệ thống đặt mã tạm có chữ X, không nhầm với mã thật. "
            "Mã tạm và mã có phần ba chữ số như H15.200 không in lên hồ sơ: hồ sơ mang mã của tỉnh."
        ),
        error_messages={"invalid": _("Mã định danh có dạng H15.15 hoặc H15.33.12.")},
    )
    parent_id = forms.TypedChoiceField(
        label=_("Cơ quan cấp trên"), coerce=int, required=False, empty_value=None
    )
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=500)
    phones = PhonesField()
    email = MailboxField()
    valid_from = DayField(label=_("Hoạt động từ ngày"), required=False)

    def __init__(self, *args: Any, above: Iterable[AgencyCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.choice_field("parent_id")
        field.choices = first_choice(gettext("Không có"), ((str(card.id), card.name) for card in above))


class ChangeAgency(FaceForm):
    name = forms.CharField(label=_("Tên cơ quan"), min_length=3, max_length=300)
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=500)
    phones = PhonesField()
    email = MailboxField()


class IdentifyAgency(FaceForm):
    code = forms.CharField(
        label=_("Mã định danh"),
        max_length=20,
        help_text=_(
            "Ví dụ H15.15. Mã có phần ba chữ số như H15.200 không in lên hồ sơ: hồ sơ mang mã của tỉnh."
        ),
    )
    parent_id = forms.TypedChoiceField(
        label=_("Cơ quan cấp trên"), coerce=int, required=False, empty_value=None
    )

    def __init__(self, *args: Any, above: Iterable[AgencyCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.choice_field("parent_id")
        field.choices = first_choice(gettext("Không có"), ((str(card.id), card.name) for card in above))


class EndUnit(FaceForm):
    last_day = DayField(label=_("Ngày hoạt động cuối cùng"))


class EndAgency(EndUnit):
    successor_id = forms.TypedChoiceField(
        label=_("Cơ quan kế thừa"),
        coerce=int,
        required=False,
        empty_value=None,
        help_text=_("Người dân mở trang của cơ quan cũ được chỉ tới cơ quan này."),
    )

    def __init__(self, *args: Any, others: Iterable[AgencyCard], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.choice_field("successor_id")
        field.choices = first_choice(gettext("Không có"), ((str(card.id), card.name) for card in others))


class NewUnit(FaceForm):
    name = forms.CharField(label=_("Tên đơn vị"), min_length=2, max_length=300)
    kind = forms.ChoiceField(label=_("Loại đơn vị"), choices=named(labels.UNIT_KIND))


class RenameUnit(FaceForm):
    name = forms.CharField(label=_("Tên mới của đơn vị"), min_length=2, max_length=300)


def set_choices(form: FaceForm, *, units: Iterable[UnitCard], with_admin: bool) -> None:
    """Units of the agency, and the roles that the actor may give."""
    unit, role = form.choice_field("unit_id"), form.choice_field("role")
    offered = [(str(each.id), each.name) for each in units if each.is_offered]
    unit.choices = first_choice(gettext("Chọn đơn vị"), offered)
    roles = {key: text for key, text in labels.ROLE.items() if with_admin or key is not Role.ADMIN}
    role.choices = first_choice(gettext("Chọn vai trò"), named(roles)())
