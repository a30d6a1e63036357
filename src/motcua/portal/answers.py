"""The answer to a supplement request while it is put together: it waits with us, not in the browser."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from motcua.catalogue.rules import eforms
from motcua.catalogue.rules.sheets import RequiredDocument
from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Verb
from motcua.dossiers.errors import Stale, SupplementChanged, SupplementSent, SupplementTakenBack
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules.answering import answering, asks_for_form, papers_asked, sections_named
from motcua.dossiers.rules.behalf import tray_owner
from motcua.dossiers.rules.completeness import judged_with
from motcua.dossiers.rules.preparation import Preparation
from motcua.dossiers.rules.state import DocumentRef, State, SupplementRequest
from motcua.kernel.errors import Refusal
from motcua.portal import filings, papers, paying, who
from motcua.portal.drafts import version_of
from motcua.portal.forms.eform import EFormForm
from motcua.portal.merging import pick
from motcua.portal.paper_pages import of_papers
from motcua.portal.paying import ToPay
from motcua.theme import wording
from motcua.theme.refusals import sentence

DRAWN = "was-"  # fields that carry the answers with which the page was drawn
FILES = DRAWN + "files"  # and the files that the page of a paper showed
BY = "by"  # who changed each part last
HOW, BESIDE, INSTEAD = "how", "beside", "instead"  # what becomes of what was handed in of a paper


def open_answer(request: HttpRequest, dossier_id: str) -> Answer | None:
    """The answer being prepared; None if nothing is asked of the applicant. Raises NotFound, Forbidden."""
    view = services.open_dossier(actor=who.actor(request), at=who.now(), dossier_id=dossier_id)
    awaited = view.state.supplement_awaited()
    if awaited is None or all(offer.verb is not Verb.SUPPLEMENT for offer in view.verbs):
        return None
    return Answer(request, view, awaited)


def too_late(request: HttpRequest, dossier_id: str) -> HttpResponse:
    """Nothing is asked any more: to the dossier. Whoever sent something is told that it came too late, or
    that they may not act any more (NoLongerActing)."""
    if request.method == "POST":
        actor, at = who.actor(request), who.now()
        view = services.open_dossier(actor=actor, at=at, dossier_id=dossier_id)
        services.must_act(actor=actor, at=at, view=view)
        messages.warning(request, sentence(why_closed(view.state)))
    return redirect("portal:own_dossier", dossier_id=dossier_id)


def why_closed(state: State) -> Refusal:
    """Why nothing is taken for the last request any more: it was answered, or taken back."""
    return SupplementTakenBack() if is_taken_back(state) else SupplementSent()


def is_taken_back(state: State) -> bool:
    """Whether the last request was sent by mistake, and nothing has to be brought for it."""
    return bool(state.supplements) and state.supplements[-1].taken_back_at is not None


def purpose_for(dossier_id: str, asked: SupplementRequest) -> str:
    """Under which name the answer to a request lies ready. One for each request: what was laid ready for an
    earlier one is not in the way of the next."""
    return f"supplement:{dossier_id}:{asked.requested_at.isoformat()}"


class Answer:
    """What the applicant has put together so far for one request, on whichever device; for an organisation
    whoever of its people. `owner` is in whose tray it lies."""

    def __init__(self, request: HttpRequest, view: DossierView, awaited: SupplementRequest) -> None:
        self.request, self.view, self.awaited = request, view, awaited
        # What was asked for by name is sent: neither a condition nor a reason stands against it.
        self.wanted = tuple(
            replace(each, required=True, condition="") for each in papers_asked(view.sheet, awaited)
        )
        self.owner = tray_owner(who.actor(request), view.state.behalf)
        self.waiting: dict[str, Any] = dict(stored.tray(self.owner, self.purpose))
        self.contradicted: dict[str, str] = {}  # what stands by now where this page wants something else

    @property
    def purpose(self) -> str:
        return purpose_for(self.view.id, self.awaited)

    def purpose_of(self, key: str) -> str:
        """Under which name the pages of one paper lie."""
        return f"{self.purpose}:{key}"

    @property
    def is_shared(self) -> bool:
        """Whether it lies where others of an organisation go on with it."""
        return self.owner.id != who.actor(self.request).id

    @property
    def documents(self) -> tuple[DocumentRef, ...]:
        """The papers that lie ready."""
        return papers_of(self.waiting)

    @property
    def answers(self) -> dict[str, str]:
        """The answers as they are kept, and what rules name beside them: what was given for this request,
        else what the dossier says; what cannot be taken, as it was typed."""
        return self._answers_of(self.waiting)

    def _answers_of(self, waiting: Mapping[str, Any]) -> dict[str, str]:
        known, clean, _ = self._judged(waiting)
        return {key: clean.get(key, str(value)) for key, value in known.items() if value is not None}

    @property
    def stored(self) -> dict[str, str]:
        """The answers as they would be stored: clean, and of the questions that are asked only. What cannot
        be taken stands as it was typed, and keeps all of it from being sent."""
        known, clean, faults = self._judged(self.waiting)
        return {key: str(known[key]) for key in faults if known.get(key)} | clean

    def _judged(self, waiting: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str], dict[str, str]]:
        """What is there; the clean values of it, and the faults, as `answers_after` will find them."""
        contents = self.view.state.contents
        given = {**contents.form_data, **waiting.get("answers", {})}
        known = judged_with(given, contents.applicant, self.view.state.target.variant)
        clean, faults = eforms.check(self.view.sheet.eform, known, today=who.now().date(), translate=gettext)
        return known, clean, faults

    @property
    def faults(self) -> dict[str, str]:
        """A sentence for each question that is not answered, or not rightly."""
        return self._judged(self.waiting)[2]

    def fees(self) -> ToPay | None:
        """What is to be paid with these answers; None where they change nothing of it, or cannot be sent."""
        if not (self.has_form and self.waiting.get("answers")) or self.faults:
            return None
        before, now = (paying.of(self.view, who.now(), answers) for answers in (None, self.stored))
        return now if now.fees != before.fees else None

    @cached_property
    def has_form(self) -> bool:
        return asks_for_form(self.view.sheet, self.awaited)

    @cached_property
    def sections_named(self) -> tuple[int, ...]:
        """The sections of the e-form that the agency asks for, counted from 1."""
        return sections_named(self.view.sheet, self.awaited)

    def preparation(self) -> Preparation:
        """How far each thing that was asked for has come."""
        return answering(
            self.view.sheet,
            self.awaited,
            answers=self.answers,
            saved=set(self.waiting.get("answers", {})),
            brought={each.key for each in self.documents if each.file_id},
            today=who.now().date(),
        )

    # --- A section of the e-form ----------------------------------------------------------------------------
    def form_of(self, number: int, data: Any = None) -> EFormForm:
        """One section of the e-form, counted from 1, as it lies ready or as it was sent."""
        section = self.view.sheet.eform[number - 1]
        answers = self.answers
        beside = eforms.counting(self.view.sheet.eform, answers)
        return EFormForm([section], data, initial=answers, beside=beside)

    def drawn_with(self, form: EFormForm) -> list[tuple[str, str]]:
        """What the page carries along of the answers that it was drawn with: name of the field, value."""
        answers = self.answers
        return [(DRAWN + name, answers.get(name, "")) for name in form.fields]

    def save(self, number: int) -> EFormForm:
        """Put what this page changed onto what lies ready by now; the form as it is to be shown then.

        Kept is what was understood, as a filing keeps it; what cannot be taken, as it was typed. Raises
        SupplementSent, SupplementTakenBack.
        """
        form = self.form_of(number, self.request.POST)
        form.check(who.now().date())
        typed = form.typed()
        given = {key: form.answers.get(key, "") for key in typed}
        together = dict(typed)

        def put(waiting: dict[str, Any]) -> dict[str, Any]:
            now, self.contradicted = self._answers_of(waiting), {}
            kept = dict(waiting.get("answers", {}))
            for key, text in given.items():
                current = now.get(key, "")
                drawn = self.request.POST.get(DRAWN + key, current)  # a page that does not say is the newest
                try:
                    found = pick(plain(drawn), plain(text), plain(current))
                except Stale:
                    self.contradicted[key] = current
                    continue
                if found == plain(text):
                    kept[key] = text
                else:
                    kept[key] = current
                    together[key] = eforms.as_typed(form.question(key), current)
            return {**waiting, "answers": kept}

        self._alter(put, f"form-{number}")
        data = self.request.POST.copy()
        for key, text in together.items():
            data[key] = text
        return self.form_of(number, data)

    def tells(self, form: EFormForm) -> bool:
        """Say beside its field what was changed elsewhere to something else; whether anything was."""
        return form.tell_contested(self.contradicted)

    # --- A paper --------------------------------------------------------------------------------------------
    def take(self, paper: RequiredDocument) -> papers.Taken:
        """Store the files that came for a paper, beside what lies ready by now.

        A file that the page showed and that is not there any more is told. Raises SupplementSent,
        SupplementTakenBack.
        """
        brought = papers.take(self.request, [paper])
        shown = tuple(DocumentRef(paper.key, each) for each in self.request.POST.get(FILES, "").split())
        taken = papers.Taken((), {})

        def put(waiting: dict[str, Any]) -> dict[str, Any]:
            nonlocal taken
            taken = brought.onto(papers_of(waiting), shown)
            kept = [as_list(each) for each in taken.documents]
            return {**waiting, "documents": kept, "instead": self._instead_with(paper.key, waiting)}

        self._alter(put, f"paper-{paper.key}")
        return taken

    def _instead_with(self, key: str, waiting: Mapping[str, Any]) -> list[str]:
        """The papers that are replaced, with what this page chose for its own; a page that did not change
        the choice leaves it as it is by now."""
        now = set(waiting.get("instead", ()))
        chosen = self.request.POST.get(HOW, "")
        if chosen not in (BESIDE, INSTEAD) or chosen == self.request.POST.get(DRAWN + HOW):
            return sorted(now)
        return sorted(now | {key} if chosen == INSTEAD else now - {key})

    @property
    def instead(self) -> frozenset[str]:
        """The papers of which what comes takes the place of what was handed in; of others it joins it."""
        return frozenset(self.waiting.get("instead", ()))

    def keep(self, change: Callable[[tuple[DocumentRef, ...]], tuple[DocumentRef, ...]], key: str) -> None:
        """Change the papers that lie ready, those of the paper `key`. Lets the refusals of `change` through.

        Raises SupplementSent, SupplementTakenBack.
        """

        def put(waiting: dict[str, Any]) -> dict[str, Any]:
            return {**waiting, "documents": [as_list(each) for each in change(papers_of(waiting))]}

        self._alter(put, f"paper-{key}")

    def rows(self, errors: Mapping[str, tuple[str, ...]] | None = None) -> list[papers.PaperRow]:
        kept = self.documents
        pages = of_papers(self.owner, "portal:supplement_pages", self.view.id, self.purpose_of(""), kept)
        found = papers.rows(self.wanted, kept, errors, pages, filings.forms_of(self.view.sheet))
        return papers.with_before(found, self.view.state.contents.documents, self.instead)

    def _alter(self, change: Callable[[dict[str, Any]], dict[str, Any]], part: str) -> None:
        def put(waiting: dict[str, Any]) -> dict[str, Any]:
            # Asked while nobody else changes what lies ready, and so while nobody hands it in.
            state = queries.state_of(self.view.id)
            if state.supplement_awaited() != self.awaited:
                raise why_closed(state)
            self.waiting = self._signed(change(waiting), waiting, part)
            return self.waiting

        documents.alter(actor=self.owner, purpose=self.purpose, change=put, at=who.now())

    def _signed(self, now: dict[str, Any], before: Mapping[str, Any], part: str) -> dict[str, Any]:
        """With who changed the part last, and when; a press that changed nothing leaves that as it was."""
        if now == before:
            return now
        card = who.card(self.request)
        by = [card.id, card.full_name, who.now().isoformat()]
        return {**now, BY: {**before.get(BY, {}), part: by}}

    def last_by(self, part: str) -> str:
        """Who changed a part last, and when, in words; empty where only one person can have done so."""
        found = self.waiting.get(BY, {}).get(part)
        if found is None or not self.is_shared:
            return ""
        account_id, name, moment = found
        when = wording.short_moment(datetime.fromisoformat(moment))
        if account_id == who.card(self.request).id:
            return gettext("Bạn lưu lần cuối lúc %(when)s.") % {"when": when}
        return gettext("%(name)s lưu lần cuối lúc %(when)s.") % {"name": name, "when": when}

    # --- Sending --------------------------------------------------------------------------------------------
    @property
    def mark(self) -> str:
        """Tells one answer as it lies ready from another: nobody sends what their page did not show."""
        papers_now = [[as_list(each) for each in self.documents], sorted(self.instead)]
        text = json.dumps([self.answers, *papers_now], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:20]

    def send(self, seen: str) -> None:
        """Hand in what lies ready, of which the page showed what `seen` marks.

        What comes from another page at the same moment is either seen here, and refused, or comes too late,
        and is told so there. Lets refusals through; what lies ready stays then. Raises SupplementChanged.
        """

        def put(waiting: dict[str, Any]) -> dict[str, Any]:
            self.waiting = waiting
            if self.mark != seen:
                raise SupplementChanged
            self._hand_in()
            return {}

        documents.alter(actor=self.owner, purpose=self.purpose, change=put, at=who.now())
        documents.clear(actor=self.owner, purpose=self.purpose)

    def _hand_in(self) -> None:
        answers = self.answers
        given = {key: answers[key] for key in self.waiting.get("answers", {}) if key in answers}
        services.supplement(
            actor=who.actor(self.request),
            at=who.now(),
            dossier_id=self.view.id,
            expected_version=version_of(self.request, self.view.version),
            documents=self.documents,
            form_data=given if self.has_form else None,
            beside={each.key for each in self.documents} - self.instead,
        )


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
