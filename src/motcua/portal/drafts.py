"""A filing being prepared: opening it, and saving it without losing what was typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest

from motcua.dossiers import queries, services
from motcua.dossiers.enums import Status
from motcua.dossiers.errors import Stale
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules.state import Contents, DocumentRef, Target
from motcua.portal import who

TRIES = 8  # how often what one page brings is put onto a draft that others save at the same moment
Papers = tuple[DocumentRef, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft of the one who asks. `expected` is the version the page was made from."""

    view: DossierView
    expected: int

    @property
    def contents(self) -> Contents:
        return self.view.state.contents

    @property
    def target(self) -> Target:
        return self.view.state.target

    def papers_shown(self) -> Papers:
        """The papers as the page showed them that was sent."""
        if self.expected == self.view.version:
            return self.contents.documents
        event = queries.draft_at(self.view.id, self.expected)
        return event.contents.documents if event else self.contents.documents


def open_draft(request: HttpRequest, dossier_id: str) -> Draft | None:
    """The draft, None if it was sent already. Raises NotFound, Forbidden."""
    view = services.open_dossier(actor=who.actor(request), at=who.now(), dossier_id=dossier_id)
    if view.state.status is not Status.DRAFT:
        return None
    return Draft(view, version_of(request, view.version))


def version_of(request: HttpRequest, current: int) -> int:
    """The version that the sent page was made from; the present one for a page that is only shown."""
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else current


def save(
    request: HttpRequest,
    draft: Draft,
    *,
    contents: Contents | None = None,
    agency_id: int | None = None,
    variant: str | None = None,
) -> int:
    """Save a draft if it was changed; its version then. Raises Stale when it was changed elsewhere meanwhile.

    What says the same as before is no event: people press on, and look, more often than they change.
    """
    new, target = contents or draft.contents, draft.target
    agency_id = target.agency_id if agency_id is None else agency_id
    variant = target.variant if variant is None else variant
    if (new, agency_id, variant) == (draft.contents, target.agency_id, target.variant):
        return draft.view.version
    act = services.save_draft(
        actor=who.actor(request),
        at=who.now(),
        procedure_version_id=target.procedure_version_id,
        agency_id=agency_id,
        variant=variant,
        applicant=new.applicant,
        form_data=new.form_data,
        documents=new.documents,
        delivery=new.delivery,
        submitter_name=new.submitter_name,
        capacity=new.capacity,
        authority=new.authority,
        unfinished=new.unfinished,
        dossier_id=draft.view.id,
        expected_version=draft.expected,
    )
    return act.version


def put_papers(request: HttpRequest, draft: Draft, change: Callable[[Papers], Papers]) -> int:
    """Put a change of papers onto those that stand there now; the version of the draft then.

    Bringing a paper contradicts nothing that was saved elsewhere, so it needs no page of the newest version:
    the change is made anew on what others saved meanwhile. Lets the refusals of `change` through. Raises
    Stale if others are always faster, or have sent the draft.
    """
    for _ in range(TRIES):
        now = replace(draft, expected=draft.view.version)
        try:
            return save(
                request, now, contents=replace(now.contents, documents=change(now.contents.documents))
            )
        except Stale:
            again = open_draft(request, draft.view.id)
            if again is None:
                raise
            draft = again
    raise Stale()
