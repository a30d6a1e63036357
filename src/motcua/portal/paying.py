"""What a dossier costs whoever files it, and when and how that is paid, as their pages tell it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext

from motcua.catalogue.enums import Channel, PaymentTime
from motcua.catalogue.rules.fees import FeesToPay
from motcua.dossiers import labels, queries
from motcua.dossiers.enums import ENDED
from motcua.dossiers.queries import DossierView

ONLINE = frozenset({"online", "national_platform"})  # ways of a regulation that this system does not have yet


@dataclass(frozen=True, slots=True)
class ToPay:
    """The fees of a dossier, each with when it is due; `how` are sentences on the way of paying and on what
    nobody published, none where nothing is left to say."""

    fees: FeesToPay
    how: tuple[str, ...]

    @property
    def has_unknown(self) -> bool:
        """Whether another decision sets one of the amounts."""
        return any(fee.amount is None for fee in self.fees.fees)


def of(view: DossierView, at: datetime, answers: Mapping[str, Any] | None = None) -> ToPay:
    """By channel and case of the dossier, under the procedure version and the regulation that it has; with
    these `answers` of the e-form in place of those that it has.

    Basis: DL24-5.8, PT24-5.1, KT18-7.1.b, KT18-7.2.b#1, KT18-7.2.b#2, DL24-19.1.c, DL24-24.8, PT24-24.4.
    """
    fees = queries.fees_of(view.state, view.sheet, at.date(), answers)
    is_online = view.state.target.channel == Channel.ONLINE
    is_to_say = not fees.is_nothing and is_online and view.status not in ENDED
    if is_to_say and all(fee.is_on_request or fee.is_free for fee in fees.fees):
        return ToPay(fees, (gettext("Chỉ phải trả khoản mà bạn xin thêm, tại bộ phận một cửa."),))
    return ToPay(fees, _how(view, fees, at) if is_to_say else ())


def _how(view: DossierView, fees: FeesToPay, at: datetime) -> tuple[str, ...]:
    offer = queries.paying_of(view.state, view.sheet, at.date())
    is_accepted = view.state.accepted_at is not None
    is_due_on_filing = any(fee.due and fee.due.time is PaymentTime.FILING for fee in fees.fees)
    said = [] if is_accepted or is_due_on_filing else [gettext("Khi gửi hồ sơ, bạn chưa phải trả tiền.")]
    said.append(
        gettext(
            "Trang này chưa thu tiền trực tuyến. Hiện nay hãy trả tại bộ phận một cửa hoặc theo thông báo "
            "của cơ quan giải quyết."
        )
    )
    is_open = fees.total is None
    if is_open and not is_accepted and all(fee.amount is not None for fee in fees.fees):
        said.append(
            gettext("Tổng số tiền chưa tính được ở đây; bộ phận một cửa cho biết khi tiếp nhận hồ sơ.")
        )
    is_on_request = queries.is_receipt_on_request(view.state, view.sheet, at.date())
    is_on_receipt = offer is not None and offer.is_on_receipt and not is_on_request
    if is_on_receipt and not is_accepted and not is_open:
        said.append(gettext("Khi hồ sơ được tiếp nhận, giấy tiếp nhận ghi lại số tiền phải nộp."))
    if offer is not None and offer.ways:
        # One line above says that nothing can be paid online here: naming it would say the contrary. And
        # "other ways as the rules have it" names none.
        ways = "; ".join(gettext(labels.PAYMENT[way]) for way in offer.ways if way not in (*ONLINE, "other"))
        if ways:
            said.append(gettext("Các cách nộp khác theo quy định của tỉnh: %(ways)s.") % {"ways": ways})
    return (*said, *_unsaid(fees, is_accepted=is_accepted))


def _unsaid(fees: FeesToPay, *, is_accepted: bool) -> tuple[str, ...]:
    """That nobody published when some fees are paid, and who tells it."""
    names = fees.of_unsaid_time
    if not names:
        return ()
    told = {"fees": "; ".join(names)}
    if is_accepted:
        return (gettext("Thời điểm nộp chưa được công bố, hãy hỏi bộ phận một cửa: %(fees)s.") % told,)
    return (
        gettext("Thời điểm nộp chưa được công bố, bộ phận một cửa cho biết khi tiếp nhận: %(fees)s.") % told,
    )
