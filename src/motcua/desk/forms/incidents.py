"""Declaring and ending an incident, and entering afterwards what was written on paper meanwhile."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from motcua.agencies.rules.cards import AgencyCard
from motcua.agencies.rules.naming import in_full
from motcua.desk.forms.refused import tell_beside
from motcua.desk.forms.verbs.base import note_field, reason_field
from motcua.dossiers import services
from motcua.dossiers.errors import (
    BeforeLastEvent,
    DoerHadNoPost,
    EnteredTooLate,
    OutsidePlace,
    OutsideWindow,
    Overtaken,
    PageRequired,
)
from motcua.incidents import labels
from motcua.incidents.enums import Scope
from motcua.incidents.errors import EndsBeforeEntry, EvidenceRequired, ForLeaders, TooLongAgo
from motcua.incidents.queries import IncidentCard, ReportHour
from motcua.kernel.errors import Refusal
from motcua.theme import wording
from motcua.theme.day_fields import MomentField
from motcua.theme.forms import FaceForm

PREFIX = "late"


@dataclass(frozen=True, slots=True)
class Place:
    """Where an outage may be: what the form calls it, and its scope with agency and unit."""

    key: str
    name: str
    scope: Scope
    agency_id: int | None = None
    unit_id: int | None = None


class Declare(FaceForm):
    """`place` is a scope with its place: `province`, `agency-3`, `desk-7`. With `ended_at` it is over."""

    place = forms.ChoiceField(label=_("Phạm vi sự cố"))
    began_at = MomentField(label=_("Xảy ra từ lúc"))
    evidence = note_field(_("Căn cứ cho thấy hệ thống ngừng từ lúc đó"))
    ground = forms.ChoiceField(label=_("Căn cứ vào lượt báo"), required=False)
    what = reason_field(
        _("Sự cố gì"), _("Ví dụ: mất điện tại bộ phận một cửa; không truy cập được hệ thống.")
    )
    ended_at = MomentField(
        label=_("Hoạt động trở lại lúc"), required=False, help_text=_("Để trống nếu sự cố chưa hết.")
    )
    remedy = note_field(_("Đã khắc phục thế nào"), _("Cần ghi khi sự cố đã hết."))

    def __init__(
        self,
        *args: Any,
        within: timedelta,
        places: Sequence[Place],
        now: datetime,
        hours: Iterable[ReportHour] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        grounds = [(str(hour.first.id), told_of(hour)) for hour in hours]
        self.choice_field("ground").choices = [("", gettext("Không có, tự phát hiện")), *grounds]
        if not grounds:
            del self.fields["ground"]
        self.choice_field("place").choices = [(place.key, place.name) for place in places]
        self.fields["evidence"].help_text = gettext(
            "Chỉ cần khi sự cố bắt đầu đã quá %(hours)s giờ, không kể ngày nghỉ: biên bản, công văn, thông "
            "báo mất điện, mất mạng; ghi số và ngày."
        ) % {"hours": within // timedelta(hours=1)}
        self.initial.setdefault("began_at", now)

    def where(self) -> dict[str, Any]:
        """Scope, agency and unit as the service takes them."""
        scope, _dash, number = self.cleaned_data["place"].partition("-")
        place = {"scope": Scope(scope)}
        if scope == Scope.AGENCY:
            return place | {"agency_id": int(number)}
        return place | {"unit_id": int(number)} if scope == Scope.DESK else place

    def tells(self, refusal: Refusal) -> bool:
        """Say beside its field what the refusal has against the moments; False if it is about others."""
        return tell_beside(self, refusal, _MOMENTS)


_MOMENTS: dict[type[Refusal], str] = {
    EvidenceRequired: "evidence",
    ForLeaders: "began_at",
    TooLongAgo: "ended_at",
    EndsBeforeEntry: "ended_at",
}


def places_of(agencies: Iterable[AgencyCard]) -> Iterator[Place]:
    """Every place of an outage that there is at these agencies, the whole province last."""
    for agency in agencies:
        desk = agency.unit(agency.desk_unit_id) if agency.desk_unit_id else None
        if desk:
            name = in_full(desk.name, agency.name)
            yield Place(f"desk-{desk.id}", name, Scope.DESK, agency.id, desk.id)
        yield Place(f"agency-{agency.id}", agency.name, Scope.AGENCY, agency.id)
    yield Place("province", gettext(labels.SCOPE[Scope.PROVINCE]), Scope.PROVINCE)


class End(FaceForm):
    ended_at = MomentField(label=_("Hoạt động trở lại lúc"))
    remedy = reason_field(_("Đã khắc phục thế nào"))

    def __init__(self, *args: Any, now: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ended_at", now)

    def tells(self, refusal: Refusal) -> bool:
        """Say beside its field what the refusal has against the moment; False if it is about others."""
        return tell_beside(self, refusal, _MOMENTS)


class PaperEntry(FaceForm):
    """Beside the form of a verb: it happened on paper during this incident. Empty: it happens now; with a
    moment, a page or a doer and no incident it is refused, for nobody writes those of what happens now."""

    incident = forms.ChoiceField(label=_("Việc này đã làm trên giấy trong lúc có sự cố"), required=False)
    happened_at = MomentField(label=_("Đã làm lúc"), required=False)
    page = forms.CharField(label=_("Trang của sổ giấy"), required=False, max_length=40)
    done_by = forms.CharField(
        label=_("Người đã làm, nếu là người khác"),
        required=False,
        max_length=150,
        help_text=_("Họ và tên đầy đủ của người giữ vị trí vào lúc đó, kể cả khi nay đã thôi giữ."),
    )

    def __init__(self, *args: Any, windows: Sequence[IncidentCard], **kwargs: Any) -> None:
        super().__init__(*args, prefix=PREFIX, **kwargs)
        choices = [("", gettext("Không, việc này làm bây giờ"))]
        self.choice_field("incident").choices = choices + [
            (card.window.id, span_of(card)) for card in windows
        ]

    @property
    def is_late(self) -> bool:
        return self.is_bound and has_typed(self.data)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("incident") and "incident" not in self.errors and has_typed(self.data):
            self.add_error("incident", gettext("Chọn sự cố, hoặc bỏ giờ, trang sổ và tên người đã ghi."))
        if data.get("incident") and not data.get("happened_at") and "happened_at" not in self.errors:
            self.add_error("happened_at", gettext("Hãy nhập lúc đã làm việc này."))
        if data.get("incident") and not data.get("page") and "page" not in self.errors:
            self.add_error("page", gettext(PageRequired.message))
        return data

    def tells(self, refusal: Refusal) -> bool:
        """Say beside its field what the refusal has against the entry; False if it is about another thing."""
        return tell_beside(self, refusal, _FIELDS)


def has_typed(data: Mapping[str, Any]) -> bool:
    """Whether anything was typed into the form of what was done on paper."""
    return any(str(data[name]).strip() for name in data if name.startswith(f"{PREFIX}-"))


def paper_entry(posted: QueryDict | None, windows: Sequence[IncidentCard]) -> PaperEntry | None:
    """The form of what was done on paper, if there is an incident to choose, or it was filled in while there
    was one: what says that it was done on paper is never taken as done now."""
    is_filled = posted is not None and has_typed(posted)
    return PaperEntry(posted, windows=windows) if windows or is_filled else None


_FIELDS: dict[type[Refusal], str] = {
    OutsidePlace: "incident",
    EnteredTooLate: "incident",
    OutsideWindow: "happened_at",
    BeforeLastEvent: "happened_at",
    Overtaken: "happened_at",
    PageRequired: "page",
    DoerHadNoPost: "done_by",
}


@dataclass(frozen=True, slots=True)
class Entering:
    """When an act happened, and the context in which its service is called."""

    at: datetime
    form: PaperEntry | None

    def tells(self, refusal: Refusal) -> bool:
        """Whether the refusal was about what is entered from paper; then it stands beside its field."""
        return self.form is not None and self.form.tells(refusal)

    @contextmanager
    def context(self, now: datetime) -> Iterator[None]:
        with self._log(now) if self.form else nullcontext():
            yield

    def _log(self, now: datetime) -> Any:
        assert self.form is not None
        data = self.form.cleaned_data
        return services.entered_late(
            incident_id=data["incident"], page=data["page"], entered_at=now, done_by=data["done_by"]
        )


def entering(form: PaperEntry | None, now: datetime) -> Entering | None:
    """The moment and context of the act; None if the form says "on paper" and is not filled in rightly."""
    if form is None or not form.is_late:
        return Entering(now, None)
    return Entering(form.cleaned_data["happened_at"], form) if form.is_valid() else None


def span_of(card: IncidentCard) -> str:
    """`Sự cố từ 08:00 04/03/2024 đến 10:00 04/03/2024`."""
    window = card.window
    began = wording.short_moment(window.began_at)
    if window.ended_at is None:
        return gettext("Sự cố từ %(began)s, chưa kết thúc") % {"began": began}
    return gettext("Sự cố từ %(began)s đến %(ended)s") % {
        "began": began,
        "ended": wording.short_moment(window.ended_at),
    }


def told_of(hour: ReportHour) -> str:
    """`3 lượt báo từ 08:05 04/03/2024: Không mở được trang nộp hồ sơ`."""
    words = {
        "count": len(hour.reports),
        "began": wording.short_moment(hour.first.at),
        "what": Truncator(" ".join(hour.first.what.split())).chars(60),
    }
    return (
        ngettext(
            "%(count)d lượt báo từ %(began)s: %(what)s",
            "%(count)d lượt báo từ %(began)s: %(what)s",
            len(hour.reports),
        )
        % words
    )
