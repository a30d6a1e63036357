"""The answer to a supplement request while it is put together: it waits with us, not in the browser."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest

from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.dossiers import services
from motcua.dossiers.enums import Verb
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules.state import DocumentRef, SupplementRequest
from motcua.kernel.errors import Refusal
from motcua.portal import filings, papers, who
from motcua.portal.drafts import version_of
from motcua.portal.forms.eform import EFormForm
from motcua.portal.paper_pages import of_papers
from motcua.theme.errors_on_page import PageError


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
        self.answers: dict[str, str] = waiting.get("answers", {})
        has_form = view.sheet.eform and any(each.is_form for each in components)
        self.form = self._form() if has_form else None
        kept = tuple(DocumentRef(*each) for each in waiting.get("documents", ()))
        self.taken = papers.Taken(kept, {})
        self.errors: list[PageError] = []

    @property
    def purpose(self) -> str:
        """One for each request: what was laid ready for an earlier one is not in the way of the next."""
        return f"supplement:{self.view.id}:{self.awaited.requested_at.isoformat()}"

    def purpose_of(self, key: str) -> str:
        """Under which name the pages of one paper lie."""
        return f"{self.purpose}:{key}"

    def _form(self) -> EFormForm:
        typed = self.request.POST if self.request.method == "POST" else None
        initial = dict(self.view.state.contents.form_data) | self.answers
        return EFormForm(self.view.sheet.eform, typed, initial=initial)

    def take(self) -> None:
        """Store the files that came, and keep them and what was typed."""
        kept = self.taken.documents
        self.taken = papers.take(self.request, self.wanted).onto(kept, kept)
        if self.form is not None:
            self.answers = self.form.typed()
        self.keep(self.taken.documents)

    def keep(self, references: tuple[DocumentRef, ...]) -> None:
        """Lay these papers ready, with what was typed so far."""
        contents = {"documents": [as_list(each) for each in references], "answers": self.answers}
        documents.lay(actor=who.actor(self.request), purpose=self.purpose, contents=contents, at=who.now())

    def is_whole(self) -> bool:
        """Everything that was asked for is here and right; what is not is noted beside its field."""
        is_right = self.form is None or self.form.check(who.now().date())
        for row in self.lines():
            if not row.sent and row.paper.key not in self.taken.errors:
                self.taken.errors[row.paper.key] = filings.missing_paper(row)
        return is_right and not self.taken.errors

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
        return papers.rows(self.wanted, kept, self.taken.errors, pages)


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
