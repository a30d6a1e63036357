"""The answer to a supplement request while it is put together: it waits with us, not in the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.dossiers import services
from motcua.dossiers.enums import Verb
from motcua.dossiers.errors import Stale
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules.state import DocumentRef, SupplementRequest
from motcua.kernel.errors import Refusal
from motcua.portal import filings, papers, who
from motcua.portal.drafts import version_of
from motcua.portal.forms.eform import EFormForm, shown
from motcua.portal.merging import pick
from motcua.portal.paper_pages import of_papers
from motcua.theme import wording
from motcua.theme.errors_on_page import PageError

DRAWN = "was-"  # fields that carry the answers with which the page was drawn


def open_answer(request: HttpRequest, dossier_id: str) -> Answer | None:
    """The answer being prepared; None if nothing is asked of the applicant. Raises NotFound, Forbidden."""
    view = services.open_dossier(actor=who.actor(request), at=who.now(), dossier_id=dossier_id)
    awaited = view.state.supplement_awaited()
    if awaited is None or all(offer.verb is not Verb.SUPPLEMENT for offer in view.verbs):
        return None
    return Answer(request, view, awaited)


class Answer:
    """What the applicant has put together so far for one request, on whichever device."""

    def __init__(self, request: HttpRequest, view: DossierView, awaited: SupplementRequest) -> None:
        self.request, self.view, self.awaited = request, view, awaited
        asked = {item.key for item in awaited.items}
        components = [each for each in view.sheet.components if each.key in asked]
        # What was asked for by name is sent: neither a condition nor a reason stands against it.
        self.wanted = tuple(
            replace(each, required=True, condition="") for each in components if not each.is_form
        )
        waiting = stored.tray(who.actor(request), self.purpose)
        self.answers = self._answers_of(waiting)
        has_form = view.sheet.eform and any(each.is_form for each in components)
        self.form = self._form() if has_form else None
        self.taken = papers.Taken(papers_of(waiting), {})
        self.contradicted: dict[str, str] = {}  # what stands by now where this page wants something else
        self.news: list[str] = []  # questions whose answer of now this page did not show
        self.errors: list[PageError] = []

    @property
    def purpose(self) -> str:
        """One for each request: what was laid ready for an earlier one is not in the way of the next."""
        return f"supplement:{self.view.id}:{self.awaited.requested_at.isoformat()}"

    def purpose_of(self, key: str) -> str:
        """Under which name the pages of one paper lie."""
        return f"{self.purpose}:{key}"

    def _form(self, data: Any = None) -> EFormForm:
        if data is None and self.request.method == "POST":
            data = self.request.POST
        return EFormForm(self.view.sheet.eform, data, initial=self.answers)

    def _answers_of(self, waiting: Mapping[str, Any]) -> dict[str, str]:
        """The answers as people read them: what was typed for this request, else what the dossier says."""
        known = {**self.view.state.contents.form_data, **waiting.get("answers", {})}
        return {key: str(shown(value)) for key, value in known.items() if value is not None}

    def drawn(self) -> list[tuple[str, str]]:
        """What the page carries along of the answers that it was drawn with: name of the field, value."""
        names = self.form.fields if self.form is not None else ()
        return [(DRAWN + name, self.answers.get(name, "")) for name in names]

    def take(self) -> None:
        """Store the files that came, and put what this page changed onto what lies ready by now."""
        brought = papers.take(self.request, self.wanted)

        def put(waiting: dict[str, Any]) -> dict[str, Any]:
            kept = papers_of(waiting)
            self.taken = brought.onto(kept, kept)
            if self.form is not None:
                self._take_typed(self.form.typed(), self._answers_of(waiting))
                waiting = {**waiting, "answers": self.answers}
            return {**waiting, "documents": [as_list(each) for each in self.taken.documents]}

        self._alter(put)
        if self.form is not None:
            typed = self.request.POST.copy()
            for key in self.news:
                typed[key] = self.answers[key]
            self.form = self._form(typed)

    def _take_typed(self, typed: Mapping[str, str], now: Mapping[str, str]) -> None:
        """The answers of now, with those that this page changed."""
        self.answers, self.contradicted, self.news = dict(now), {}, []
        for key, text in typed.items():
            current = now.get(key, "")
            drawn = self.request.POST.get(DRAWN + key, current)  # a page that does not say is the newest
            try:
                found = pick(plain(drawn), plain(text), plain(current))
            except Stale:
                self.contradicted[key] = current
                continue
            self.answers[key] = text if found == plain(text) else current
            if found != plain(text):
                self.news.append(key)

    def keep(self, change: Callable[[tuple[DocumentRef, ...]], tuple[DocumentRef, ...]]) -> None:
        """Change the papers that lie ready. Lets the refusals of `change` through."""

        def put(waiting: dict[str, Any]) -> dict[str, Any]:
            return {**waiting, "documents": [as_list(each) for each in change(papers_of(waiting))]}

        self._alter(put)

    def _alter(self, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        documents.alter(actor=who.actor(self.request), purpose=self.purpose, change=change, at=who.now())

    def tells(self) -> bool:
        """Say beside its field what was changed elsewhere to something else; whether anything was."""
        if self.form is None or not self.contradicted:
            return False
        self.form.is_valid()  # judged before, for that begins the faults anew
        for key, current in self.contradicted.items():
            question = self.form.question(key)
            text = f"“{wording.answer(question, current)}”" if current else gettext("để trống")
            self.form.add_error(
                key,
                gettext(
                    "Câu này vừa được sửa ở một trang khác; nay là: %(text)s. "
                    "Xem lại rồi bấm lần nữa để giữ câu bạn gõ."
                )
                % {"text": text},
            )
        return True

    def is_whole(self) -> bool:
        """Everything that was asked for is here and right; what is not is noted beside its field."""
        is_right = self.form is None or self.form.check(who.now().date())
        for row in self.lines():
            if not row.sent and row.paper.key not in self.taken.errors:
                self.taken.errors[row.paper.key] = filings.missing_paper(row)
        if self.news:  # nobody sends what they have not seen
            told = gettext(
                "Có câu trả lời vừa được sửa ở một trang khác và đang hiện dưới đây. "
                "Xem lại rồi bấm gửi lần nữa."
            )
            self.errors.append(PageError(told, f"#id_{self.news[0]}"))
        return is_right and not self.tells() and not self.news and not self.taken.errors

    def send(self) -> bool:
        """Hand it in; False with the reason noted if it was refused."""
        try:
            services.supplement(
                actor=who.actor(self.request),
                at=who.now(),
                dossier_id=self.view.id,
                expected_version=version_of(self.request, self.view.version),
                documents=self.taken.documents,
                form_data=self.form.answers if self.form else None,
            )
        except Refusal as refusal:
            self.errors.append(PageError(filings.said(refusal)))
            return False
        documents.clear(actor=who.actor(self.request), purpose=self.purpose)
        return True

    def lines(self) -> list[papers.PaperRow]:
        kept = self.taken.documents
        pages = of_papers(self.request, "portal:supplement_pages", self.view.id, self.purpose_of(""), kept)
        return papers.rows(self.wanted, kept, self.taken.errors, pages, filings.forms_of(self.view.sheet))


def papers_of(waiting: Mapping[str, Any]) -> tuple[DocumentRef, ...]:
    """The papers that lie ready."""
    return tuple(DocumentRef(*each) for each in waiting.get("documents", ()))


def plain(text: str) -> str:
    """As it is compared: browsers send the ends of lines in their own way."""
    return "\n".join(text.split("\r\n")).strip()


def as_list(reference: DocumentRef) -> list[Any]:
    """As JSON can keep it."""
    return [
        reference.key,
        reference.file_id,
        reference.originals,
        reference.copies,
        reference.note,
        reference.name,
    ]
