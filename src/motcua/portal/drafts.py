"""A filing being prepared: opening it, and saving it without losing what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest

from motcua.dossiers import queries, services
from motcua.dossiers.enums import Status
from motcua.dossiers.errors import NoLongerActing, Stale
from motcua.dossiers.queries import DossierView
from motcua.dossiers.rules.state import Contents, DocumentRef, Target
from motcua.portal import who
from motcua.portal.merging import Prepared, merged, sorted_out
from motcua.theme.refusals import sentence

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

    @property
    def prepared(self) -> Prepared:
        return Prepared(self.contents, self.target.agency_id, self.target.variant)

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


def why_lapsed(request: HttpRequest, draft: Draft) -> str:
    """Why nobody can go on with this draft, in words: the mandate has ended under which it was begun. Empty
    where it can be sent."""
    try:
        services.must_act(actor=who.actor(request), at=who.now(), view=draft.view)
    except NoLongerActing as refusal:
        return sentence(refusal)
    return ""


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
    """Save what a page changed of a draft; the version from which that page goes on.

    Only what differs from what the page had shown is written, onto what stands there now: pages about
    different things do not collide. Where something else stands in a field that the page did not change, the
    page goes on from the version that it was made from. What says the same as before is no event: people
    press on, and look, more often than they change. Raises Stale when the same was changed elsewhere.
    """
    now = draft.prepared
    wanted = Prepared(
        contents or draft.contents,
        now.agency_id if agency_id is None else agency_id,
        now.variant if variant is None else variant,
    )
    if wanted == now:
        return draft.view.version
    shown, expected = _shown(draft), draft.expected
    together = wanted
    for _ in range(TRIES):
        now = draft.prepared
        together = merged(shown, together, now)
        if together == now:
            return draft.view.version if together == wanted else expected
        try:
            version = _save(request, draft, together)
        except Stale:  # by somebody who saved between our look and our saving
            again = open_draft(request, draft.view.id)
            if again is None:
                raise
            shown, draft = now, again
        else:
            return version if together == wanted else expected
    raise Stale()


def _shown(draft: Draft) -> Prepared:
    """What stood there when the sent page was made. Raises Stale if no page was made from that version."""
    if draft.expected == draft.view.version:
        return draft.prepared
    event = queries.draft_at(draft.view.id, draft.expected)
    if event is None:
        raise Stale()
    return Prepared(event.contents, event.target.agency_id, event.target.variant)


def sort_out_answers(
    request: HttpRequest, draft: Draft, wanted: Mapping[str, Any], prefill: Mapping[str, Any]
) -> tuple[Draft, dict[str, Any]]:
    """Save the answers of one page question by question, after the whole page met what was saved elsewhere.

    `wanted` has all questions of the page, None where nothing is typed; `prefill` is what the page shows of
    a section that was not begun. The draft then, and the questions that both pages changed, with what
    stands there now: these are left as they are. Raises Stale if no page was made from that version.
    """
    before = {key: _shown(draft).contents.form_data.get(key) for key in wanted}
    shown = before if any(value is not None for value in before.values()) else {**before, **prefill}
    contested: dict[str, Any] = {}
    for _ in range(TRIES):
        again = open_draft(request, draft.view.id)
        if again is None:
            break
        now = again.contents.form_data
        own = {key: now[key] for key in wanted if key in now}
        together, contested = sorted_out(shown, wanted, own)
        others = {key: value for key, value in now.items() if key not in wanted}
        contents = replace(again.contents, form_data=others | together)
        try:
            save(request, replace(again, expected=again.view.version), contents=contents)
        except Stale:
            continue
        saved = open_draft(request, draft.view.id)
        if saved is not None:
            return replace(saved, expected=saved.view.version), contested
    raise Stale()


def _save(request: HttpRequest, draft: Draft, new: Prepared) -> int:
    contents = new.contents
    act = services.save_draft(
        actor=who.actor(request),
        at=who.now(),
        procedure_version_id=draft.target.procedure_version_id,
        agency_id=new.agency_id,
        variant=new.variant,
        applicant=contents.applicant,
        form_data=contents.form_data,
        documents=contents.documents,
        delivery=contents.delivery,
        submitter_name=contents.submitter_name,
        capacity=contents.capacity,
        authority=contents.authority,
        unfinished=contents.unfinished,
        dossier_id=draft.view.id,
        expected_version=draft.view.version,
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
