"""Links to the verbs that are open to this officer."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext

from motcua.desk.dossier_page.values import VerbLink
from motcua.desk.pages_of_verbs import BY_VERB, PAGES, Tone, VerbPage, page_on
from motcua.dossiers.enums import Decision, Verb
from motcua.dossiers.queries import DossierView, VerbOffer

_TONES: dict[Verb, Tone] = {Verb.COMPLETE_STEP: "primary", Verb.PROPOSE: "secondary"}
_OTHERWISE = {Decision.GRANT: Verb.REFUSE, Decision.REFUSE: Verb.APPROVE}


def verb_links(view: DossierView) -> tuple[VerbLink, ...]:
    """The verbs of the view that have a page, in the order of the pages."""
    order = {page.verb: index for index, page in enumerate(PAGES)}
    offers = sorted((o for o in view.verbs if o.verb in BY_VERB), key=lambda o: order[o.verb])
    several = len({offer.task.key for offer in offers if offer.task}) > 1
    proposal = view.state.proposal
    passes_on = proposal is not None and _TONES.keys() <= {offer.verb for offer in offers}
    other = _OTHERWISE.get(proposal) if proposal else None
    return tuple(
        _verb_link(view.id, offer, several, passes_on=passes_on, is_exception=offer.verb is other)
        for offer in offers
    )


def _verb_link(
    dossier_id: str, offer: VerbOffer, several: bool, *, passes_on: bool, is_exception: bool
) -> VerbLink:
    """`passes_on`: a proposal is there and goes on; another one is the exception, as is a decision that
    departs from it."""
    page = page_on(BY_VERB[offer.verb], offer.task)
    if is_exception:
        page = replace(page, tone="secondary")
    if passes_on and offer.verb in _TONES:
        page = replace(page, tone=_TONES[offer.verb])
    key = offer.task.key if offer.task else ""
    step = gettext(offer.task.name) if offer.task and several else ""
    return VerbLink(page, gettext(page.title), verb_href(dossier_id, page, key), step)


def verb_href(dossier_id: str, page: VerbPage, task_key: str = "") -> str:
    href = reverse("desk:verb", args=[dossier_id, page.slug])
    return f"{href}?viec={task_key}" if task_key else href
