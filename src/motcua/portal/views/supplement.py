"""Bring what the agency asked for. Files already taken wait in the session until everything is sent."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from motcua.documents import queries as documents
from motcua.dossiers import services
from motcua.dossiers.enums import Verb
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules.state import DocumentRef, SupplementRequest
from motcua.kernel.errors import Refusal
from motcua.portal import filings, papers, who
from motcua.portal.drafts import version_of
from motcua.portal.forms.eform import EFormForm
from motcua.theme.access import access
from motcua.theme.errors_on_page import PageError, page_errors


@access("citizen")
def supplement(request: HttpRequest, dossier_id: str) -> HttpResponse:
    view = services.open_dossier(actor=who.actor(request), at=who.now(), dossier_id=dossier_id)
    awaited = view.state.supplement_awaited()
    if awaited is None or all(offer.verb is not Verb.SUPPLEMENT for offer in view.verbs):
        return redirect("portal:own_dossier", dossier_id=dossier_id)
    answer = Answer(request, view, awaited)
    if request.method == "POST":
        answer.take()
        if "send" in request.POST and answer.is_whole() and answer.send():
            messages.success(request, gettext("Đã gửi phần bổ sung. Cơ quan sẽ xem và trả lời bạn."))
            return redirect("portal:own_dossier", dossier_id=dossier_id)
        if "send" not in request.POST and not answer.taken.errors and answer.form is None:
            return redirect("portal:supplement", dossier_id=dossier_id)
    return answer.page()


class Answer:
    """What the applicant has put together so far for one request."""

    def __init__(self, request: HttpRequest, view: DossierView, awaited: SupplementRequest) -> None:
        self.request, self.view, self.awaited = request, view, awaited
        asked = {item.key for item in awaited.items}
        components = [each for each in view.sheet.components if each.key in asked]
        # What was asked for by name is sent: neither a condition nor a reason stands against it.
        self.wanted = tuple(
            replace(each, required=True, condition="") for each in components if not each.is_form
        )
        self.form = self._form() if view.sheet.eform and any(each.is_form for each in components) else None
        self.waiting = f"supplement-{view.id}"
        kept = tuple(DocumentRef(*each) for each in request.session.get(self.waiting, ()))
        self.taken = papers.Taken(kept, {})
        self.errors: list[PageError] = []

    def _form(self) -> EFormForm:
        typed = self.request.POST if self.request.method == "POST" else None
        return EFormForm(self.view.sheet.eform, typed, initial=dict(self.view.state.contents.form_data))

    def take(self) -> None:
        """Store the files that came and keep them over to the next page."""
        self.taken = papers.take(self.request, self.wanted, self.taken.documents)
        self.request.session[self.waiting] = [as_list(each) for each in self.taken.documents]

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
        self.request.session.pop(self.waiting, None)
        return True

    def lines(self) -> list[papers.PaperRow]:
        names = documents.cards(filings.file_ids(self.taken.documents))
        by_id = {key: card.name for key, card in names.items()}
        return papers.rows(self.wanted, self.taken.documents, by_id, self.taken.errors)

    def page(self) -> HttpResponse:
        lines = self.lines()
        errors = self.errors + self.taken.page_errors(lines)
        if self.form is not None and self.form.is_bound:
            errors += page_errors(self.form)
        context = {
            "nav": "own",
            "view": self.view,
            "awaited": self.awaited,
            "lines": lines,
            "form": self.form,
            "limits": documents.limits(),
            "version": self.view.version,
            "page_errors": errors,
        }
        return render(self.request, "portal/own/supplement.html", context, status=422 if errors else 200)


def as_list(reference: DocumentRef) -> list[Any]:
    """As the session can keep it."""
    return [
        reference.key,
        reference.file_id,
        reference.originals,
        reference.copies,
        reference.note,
        reference.name,
    ]
