"""One kind of letter to applicants in the province's own words: looked at first, then written."""

from __future__ import annotations

from dataclasses import asdict

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from motcua.desk import clock
from motcua.desk.forms.letters import RewordLetter, TakeOurLetter, fingerprint
from motcua.desk.forms.refused import tell
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, must_administer
from motcua.kernel.errors import Forbidden, Refusal
from motcua.notify import queries as notify
from motcua.notify import services as notify_services
from motcua.notify.queries import LetterText
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors


@access("officer")
@require_http_methods(["GET", "POST"])
def reword_letter(request: HttpRequest, letter: str) -> HttpResponse:
    """`preview` shows the letter; `write` puts into force what was shown, and shows what was not."""
    must_administer(request, province=True, act="wording")
    kind = notify.reworded_kind(letter)
    if kind is None:
        raise Http404
    history = notify.letter_history(letter)
    seen = history[0].number if history else 0
    form = _form(request, letter, history)
    back = TakeOurLetter(
        request.POST if "back" in request.POST else None, initial={"seen": seen}, prefix="back"
    )
    preview: LetterText | None = None
    if "back" in request.POST:
        if back.is_valid() and _written(request, back, letter, LetterText()):
            messages.success(request, gettext("Đã dùng lại thư mẫu của hệ thống, từ bây giờ."))
            return redirect("desk:template", letter)
    elif form.is_bound and form.is_valid():
        preview = _checked(form, letter)
        if preview is not None:
            form = _shown(request, preview)
            is_wanted, was_shown = "write" in request.POST, form["looked_at"].value() == fingerprint(preview)
            if is_wanted and was_shown:
                if _written(request, form, letter, preview):
                    messages.success(request, gettext("Đã thay thư. Thư lập từ bây giờ dùng lời mới."))
                    return redirect("desk:template", letter)
            elif is_wanted:
                form.add_error(None, gettext("Lời thư đã khác với lúc xem trước. Hãy xem lại rồi thay."))
    refused = form if form.errors else back
    context = frame(request, "templates") | {
        "letter": letter,
        "title": notify.title_of(letter),
        "kind": kind,
        "site": settings.PUBLIC_URL,
        "form": form,
        "back": back if history and not history[0].is_ours else None,
        "preview": _letters(letter, preview) if preview else (),
        "fingerprint": fingerprint(preview) if preview else "",
        "history": history,
        "page_errors": page_errors(refused),
    }
    return render(
        request, "desk/administration/reword_letter.html", context, status=422 if refused.errors else 200
    )


def _form(request: HttpRequest, letter: str, history: tuple[notify.WrittenLetter, ...]) -> RewordLetter:
    if request.method == "POST" and "back" not in request.POST:
        return RewordLetter(request.POST)
    is_own = bool(history) and not history[0].is_ours
    start = history[0].text if is_own else notify.letter_to_start_from(letter)
    return RewordLetter(initial=asdict(start) | {"seen": history[0].number if history else 0})


def _shown(request: HttpRequest, text: LetterText) -> RewordLetter:
    """The form with the text as it would be kept."""
    data = request.POST.copy()
    for name, each in asdict(text).items():
        data[name] = each
    shown = RewordLetter(data)
    shown.is_valid()
    return shown


def _checked(form: RewordLetter, letter: str) -> LetterText | None:
    try:
        return notify.checked_letter(letter, form.text())
    except Refusal as refusal:
        tell(form, refusal, str(refusal.params["field"]))
        return None


def _written(request: HttpRequest, form: RewordLetter | TakeOurLetter, letter: str, text: LetterText) -> bool:
    data = form.cleaned_data
    try:
        notify_services.reword_letter(
            actor=actor_of(request), at=clock.now(), key=letter, text=text, why=data["why"], seen=data["seen"]
        )
    except Forbidden:
        raise
    except Refusal as refusal:
        tell(form, refusal)
        return False
    return True


def _letters(letter: str, text: LetterText) -> list[tuple[str, str, notify.Wording]]:
    words = notify.words_at(clock.now())
    return [
        (language, name, notify.sample_of(letter, language=language, words=words, own=text, least=least))
        for language, name, least in (
            ("vi", gettext("Tiếng Việt, đủ thông tin"), False),
            ("vi", gettext("Tiếng Việt, ít thông tin nhất"), True),
            ("en", gettext("Tiếng Anh, đủ thông tin"), False),
            ("en", gettext("Tiếng Anh, ít thông tin nhất"), True),
        )
    ]
