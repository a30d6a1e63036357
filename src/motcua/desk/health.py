"""The health of the installation in words: what answers, what is slow, what runs full."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from motcua.agencies import queries as agencies
from motcua.documents import queries as documents
from motcua.dossiers import queries as dossiers
from motcua.notify import queries as notify
from motcua.theme import wording

HEART_STOPS_AFTER = timedelta(seconds=60)
MAIL_IS_LATE_AFTER = timedelta(minutes=10)
SLOW_FROM = timedelta(seconds=0.5)  # an answer of the database that people notice
NAMED = 10  # agencies with empty posts that are named, of however many there are
DISK_IS_LOW_BELOW = 0.10  # of the disk


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    is_well: bool
    found: str
    advice: str = ""
    links: tuple[tuple[str, str], ...] = ()  # (words, address) of the pages where it is put right


def checks(now: datetime) -> list[Check]:
    """Everything that must work, asked just now. The mail server is called: keep it out of transactions."""
    started = time.perf_counter()
    pulse = notify.pulse()
    taken = timedelta(seconds=time.perf_counter() - started)
    return [
        Check(gettext("Cơ sở dữ liệu"), True, answered_in(taken)),
        _worker(pulse.worker_seen_at, now),
        _mail_server(),
        _outbox(pulse, now),
        _jobs(),
        *_store(),
        _posts(now.date()),
    ]


def answered_in(taken: timedelta) -> str:
    """How quickly the database answered, in words that say whether it is slow."""
    if taken < SLOW_FROM:
        return gettext("Trả lời ngay.")
    seconds = f"{taken.total_seconds():.1f}".replace(".", ",")
    return gettext("Trả lời chậm: mất %(n)s giây.") % {"n": seconds}


def _worker(seen_at: datetime | None, now: datetime) -> Check:
    name = gettext("Tiến trình chạy việc nền")
    advice = gettext("Khởi động lại dịch vụ chạy việc nền (motcua worker). Khi nó dừng, thư không được gửi.")
    if seen_at is None:
        return Check(name, False, gettext("Chưa thấy tiến trình nào."), advice)
    found = gettext("Báo còn sống lúc %(at)s.") % {"at": wording.short_moment(seen_at)}
    return Check(name, now - seen_at < HEART_STOPS_AFTER, found, advice)


def _mail_server() -> Check:
    answers = notify.mail_answers()
    found = gettext("Trả lời.") if answers else gettext("Không trả lời, hoặc không cho đăng nhập.")
    return Check(
        gettext("Máy chủ thư"), answers, found, gettext("Kiểm tra máy chủ thư; thư chờ sẽ tự gửi lại.")
    )


def _outbox(pulse: notify.Pulse, now: datetime) -> Check:
    name, waiting = gettext("Thư gửi đi"), pulse.oldest_waiting_at
    advice = gettext("Mở “Thư gửi đi” để xem thư không gửi được.")
    if held := notify.outbox_stuck(now + MAIL_IS_LATE_AFTER):
        most = notify.COUNT_UP_TO
        shown = {"shown": str(held) if held < most else f"{most - 1}+"}
        found = ngettext(
            "%(shown)s thư chưa gửi được, còn chờ lần thử sau.",
            "%(shown)s thư chưa gửi được, còn chờ lần thử sau.",
            held,
        )
        page = (gettext("Thư đang chờ gửi"), f"{reverse('desk:outbox')}?tt=waiting")
        how = gettext("Khi máy chủ thư hoạt động lại, có thể gửi ngay ở trang:")
        return Check(name, False, found % shown, how, (page,))
    if waiting is not None and now - waiting > MAIL_IS_LATE_AFTER:
        found = gettext("Có thư chờ từ %(at)s.") % {"at": wording.short_moment(waiting)}
        return Check(name, False, found, advice)
    values = {"n": pulse.failed + pulse.expired, "late": pulse.expired}
    found = gettext("Không có thư nào bị chậm; %(n)d thư không gửi được.") % values
    if pulse.expired:
        found += " " + gettext("Trong đó %(late)d thư đã quá lúc cần đến (như mã xác nhận): bỏ qua.") % values
    return Check(name, pulse.failed == 0, found, advice)


def _jobs() -> Check:
    """Whether everything that the system does by itself went through."""
    name, failed = gettext("Việc nền"), notify.job_counts().get("failed", 0)
    if not failed:
        return Check(name, True, gettext("Không có việc nào hỏng."))
    text = ngettext("%(n)d việc không chạy được.", "%(n)d việc không chạy được.", failed) % {"n": failed}
    advice = gettext("Lý do nằm trong nhật ký của motcua worker. Sửa xong thì chạy lại ở trang:")
    return Check(name, False, text, advice, ((gettext("Việc nền"), reverse("desk:jobs")),))


def _posts(today: date) -> Check:
    """Whether the agencies have somebody for every step of what they settle."""
    name = gettext("Vị trí công tác ở các cơ quan")
    empty = Counter(post.agency_id for post in dossiers.empty_posts(settings.PROVINCE, today))
    if not empty:
        return Check(name, True, gettext("Cơ quan nào nhận hồ sơ cũng đủ người cho các bước."))
    text = ngettext(
        "%(n)d cơ quan nhận hồ sơ mà còn vị trí chưa có ai giữ; hồ sơ sẽ dừng ở bước đó.",
        "%(n)d cơ quan nhận hồ sơ mà còn vị trí chưa có ai giữ; hồ sơ sẽ dừng ở bước đó.",
        len(empty),
    )
    cards = agencies.cards(list(empty)[:NAMED])
    links = tuple((card.name, reverse("desk:agency", args=[card.id])) for card in cards)
    advice = gettext("Mở trang của cơ quan để giao những vị trí còn trống:")
    return Check(name, False, text % {"n": len(empty)}, advice, links)


def _store() -> list[Check]:
    state = documents.store_state()
    found = gettext("Ghi được.") if state.is_usable else gettext("Không ghi được.")
    advice = gettext("Kiểm tra quyền ghi của thư mục, hoặc kho lưu trữ.")
    checks = [Check(gettext("Kho tệp"), state.is_usable, found, advice)]
    if state.free_bytes is not None and state.total_bytes:
        free = gettext("Còn %(free)s trong %(total)s.") % {
            "free": wording.file_size(state.free_bytes),
            "total": wording.file_size(state.total_bytes),
        }
        is_enough = state.free_bytes / state.total_bytes >= DISK_IS_LOW_BELOW
        checks.append(
            Check(
                gettext("Dung lượng đĩa"), is_enough, free, gettext("Hãy thêm đĩa hoặc dọn bản sao lưu cũ.")
            )
        )
    return checks
