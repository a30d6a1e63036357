"""The stock of messages and forms, each with sample facts, and the province's own words in them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from motcua.desk import clock, previews
from motcua.desk import labels as desk_labels
from motcua.desk.forms.refused import tell
from motcua.desk.forms.words import WriteWords
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, must_administer
from motcua.documents import queries as documents
from motcua.documents import services as document_services
from motcua.documents.rules.forms import FormSet
from motcua.dossiers import labels
from motcua.kernel.errors import Forbidden, Refusal
from motcua.notify import queries as notify
from motcua.notify import services as notify_services
from motcua.notify.enums import Channel
from motcua.notify.queries import LetterText, TemplateCard, Words
from motcua.theme.access import access
from motcua.theme.errors_on_page import page_errors

SHOWN_WITH = "dossier.accepted"  # the letter in which the province's words are shown


@access("officer")
@require_safe
def templates(request: HttpRequest) -> HttpResponse:
    """All messages by whom they are for, all forms by the circular that gives them."""
    must_administer(request, province=True, act="wording")
    stock, today = notify.stock(), clock.now().date()
    context = frame(request, "templates") | {
        "groups": [
            (gettext(name), [(card, _channels(card)) for card in stock if card.kind.group == group])
            for group, name in desk_labels.MESSAGE_GROUP.items()
        ],
        "form_sets": [(each, _in_force(each, today)) for each in reversed(documents.form_sets())],
        "words": notify.words_at(clock.now()),
        "reworded": notify.reworded_letters(),
    }
    return render(request, "desk/administration/templates.html", context)


@access("officer")
@require_safe
def template(request: HttpRequest, letter: str) -> HttpResponse:
    """One message in both languages, with the province's words of now; its e-mails if they differ."""
    must_administer(request, province=True, act="wording")
    words = notify.words_at(clock.now())
    card = next((each for each in notify.stock() if each.kind.key == letter), None)
    if card is None:
        raise Http404
    own = notify.letter_at(letter, clock.now())
    ways = [("vi", gettext("Tiếng Việt"), False), ("en", gettext("Tiếng Anh"), False)]
    if card.kind.stays_inside:  # its e-mail says less than the inbox
        ways += [
            ("vi", gettext("Thư điện tử, tiếng Việt"), True),
            ("en", gettext("Thư điện tử, tiếng Anh"), True),
        ]
    shown = [
        (language, name, notify.sample_of(letter, language=language, by_mail=by_mail, words=words, own=own))
        for language, name, by_mail in ways
    ]
    context = frame(request, "templates") | {
        "card": card,
        "shown": shown,
        "channels": _channels(card),
        "may_reword": notify.reworded_kind(letter) is not None,
        "is_reworded": own != LetterText(),
    }
    return render(request, "desk/administration/template.html", context)


@access("officer")
@require_safe
def form_sample(request: HttpRequest, form_set: str, form: str) -> HttpResponse:
    """A form as PDF, marked as a sample."""
    must_administer(request, province=True, act="wording")
    found = next((each for each in documents.form_sets() if each.name == form_set), None)
    if found is None:
        raise Http404
    content = document_services.sample_form(
        form_set=found,
        kind=form,
        place=labels.province_name(settings.PROVINCE),
        hotline=notify.words_at(clock.now()).hotline or settings.HOTLINE,
    )
    return previews.shown(content)


@access("officer")
@require_http_methods(["GET", "POST"])
def province_words(request: HttpRequest) -> HttpResponse:
    """Write the province's words; `preview` shows a letter with them, only `write` puts them into force."""
    must_administer(request, province=True, act="wording")
    history = notify.words_history()
    form = _words_form(request, history)
    if form.is_bound and form.is_valid() and "write" in request.POST:
        data = form.cleaned_data
        try:
            notify_services.write_words(
                actor=actor_of(request),
                at=clock.now(),
                words=form.words(),
                why=data["why"],
                seen=data["seen"],
            )
        except Forbidden:
            raise
        except Refusal as refusal:
            tell(form, refusal)
        else:
            messages.success(
                request, gettext("Đã thay phần lời. Thư và phiếu lập từ bây giờ dùng phiên bản mới.")
            )
            return redirect("desk:province_words")
    preview = form.words() if form.is_bound and form.is_valid() else None
    context = frame(request, "templates") | {
        "form": form,
        "preview": _letters(preview) if preview else (),
        "history": history,
        "page_errors": page_errors(form),
    }
    return render(
        request, "desk/administration/province_words.html", context, status=422 if form.errors else 200
    )


def _words_form(request: HttpRequest, history: tuple[notify.WrittenWords, ...]) -> WriteWords:
    if request.method == "POST":
        return WriteWords(request.POST)
    newest = history[0] if history else None
    start = asdict(newest.words if newest else Words())
    return WriteWords(initial=start | {"seen": newest.number if newest else 0})


def _letters(words: Words) -> list[tuple[str, str, notify.Wording]]:
    own = notify.letter_at(SHOWN_WITH, clock.now())
    return [
        (language, name, notify.sample_of(SHOWN_WITH, language=language, words=words, own=own))
        for language, name in (("vi", gettext("Tiếng Việt")), ("en", gettext("Tiếng Anh")))
    ]


def _channels(card: TemplateCard) -> str:
    return ", ".join(str(Channel(channel).label) for channel in card.kind.channels)


def _in_force(form_set: FormSet, today: date) -> str:
    newest = documents.forms_on(clock.now())
    if form_set == newest:
        return gettext("đang dùng")
    return gettext("sẽ dùng") if form_set.valid_from > today else gettext("đã thay")
