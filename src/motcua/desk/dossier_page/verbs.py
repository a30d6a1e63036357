"""Links to the verbs that are open to this officer."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext

from motcua.desk.dossier_page.values import VerbLink
from motcua.desk.pages_of_verbs import BY_VERB, PAGES, VerbPage, page_on
from motcua.dossiers.queries import DossierView, VerbOffer


def verb_links(view: DossierView) -> tuple[VerbLink, ...]:
    """The verbs of the view that have a page, in the order of the pages."""
    order = {page.verb: index for index, page in enumerate(PAGES)}
    offers = sorted((o for o in view.verbs if o.verb in BY_VERB), key=lambda o: order[o.verb])
    several = len({offer.task.key for offer in offers if offer.task}) > 1
    return tuple(_verb_link(view.id, offer, several) for offer in offers)


def _verb_link(dossier_id: str, offer: VerbOffer, several: bool) -> VerbLink:
    page = page_on(BY_VERB[offer.verb], offer.task)
    key = offer.task.key if offer.task else ""
    step = gettext(offer.task.name) if offer.task and several else ""
    return VerbLink(page, gettext(page.title), verb_href(dossier_id, page, key), step)


def verb_href(dossier_id: str, page: VerbPage, task_key: str = "") -> str:
    href = reverse("desk:verb", args=[dossier_id, page.slug])
    return f"{href}?viec={task_key}" if task_key else href
