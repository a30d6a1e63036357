"""A list as this officer has set it: from the address, from what was kept, or as last seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from motcua.agencies.rules.cards import UnitCard
from motcua.desk.forms.lists import ListForm, as_fields
from motcua.desk.officers import actor_of, once, seat_of
from motcua.dossiers import queries, services
from motcua.dossiers.enums import Box, Sort
from motcua.dossiers.rules.choices import Choice, Kept

SLUGS: dict[Box, str] = {
    Box.MINE: "viec-cua-toi",
    Box.UNIT: "viec-cua-don-vi",
    Box.SOON: "sap-tre",
    Box.PRESSING: "can-don-doc",
    Box.APPROVALS: "phe-duyet",
    Box.RETURNS: "tra-ket-qua",
    Box.WAITING: "cho-bo-sung",
    Box.OTHERS: "cho-nguoi-khac",
    Box.TODAY: "da-lam-hom-nay",
    Box.DONE: "da-xong",
    Box.MESSAGES: "tin-nhan",
    Box.ASKED: "cho-y-kien",
    Box.UNCLOSED: "chua-dong",
}
BOX_OF_SLUG = {slug: box for box, slug in SLUGS.items()}
_PLACE = "desk_place"
_PLACED = ("tai", "tu", "den")  # the cursor of the line, and what its page was asked by


def box_of(slug: str) -> Box:
    """Raises Http404 for what is no list."""
    box = BOX_OF_SLUG.get(slug)
    if box is None:
        raise Http404
    return box


@dataclass(frozen=True, slots=True)
class Setting:
    """`query` leads to the list as it is set, but to no page of it; `kept` is the filter in use, or None."""

    box: Box
    choice: Choice
    query: str
    kept: Kept | None
    form: ListForm

    @property
    def href(self) -> str:
        return list_href(self.box, self.query)

    @property
    def export_query(self) -> str:
        """Everything that was chosen, also where the address says nothing of it."""
        return self.query or query_of(self.choice)


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which list the dossier that is open now stood: the way to the next one."""

    box: Box
    next_href: str
    list_href: str


def setting_of(request: HttpRequest, box: Box) -> Setting:
    """What the address says; else the order and columns of the last visit, which a new choice replaces."""
    units = units_of(request)
    asked = request.GET
    if kept := _kept_by_id(request, box, asked.get("luu", "")):
        return _setting(box, kept.choice, urlencode({"luu": kept.id}), kept, units)
    last = next((k.choice for k in kept_of(request) if not k.name and k.box is box), Choice())
    if "loc" not in asked:
        return _setting(box, last, "", None, units)
    choice = _fitting(ListForm(asked, box=box, units=units).choice(), box)
    if (choice.sort, choice.columns) != (last.sort, last.columns):
        services.remember_list(actor=actor_of(request), box=box, choice=choice)
    return _setting(box, choice, query_of(choice), None, units)


def setting_for(request: HttpRequest, box: Box, choice: Choice) -> Setting:
    """The list with this choice."""
    return _setting(box, choice, query_of(choice), None, units_of(request))


def _setting(box: Box, choice: Choice, query: str, kept: Kept | None, units: tuple[UnitCard, ...]) -> Setting:
    shown = _fitting(choice, box)
    return Setting(box, shown, query, kept, ListForm(initial=as_fields(shown), box=box, units=units))


def _fitting(choice: Choice, box: Box) -> Choice:
    """The choice as this list can show it; what was kept or sent may ask for what it does not have."""
    sort = choice.sort if choice.sort in queries.offered_sorts(box) else Sort.DUE
    return replace(choice, sort=sort, columns=queries.shown_columns(choice.columns, box))


def query_of(choice: Choice) -> str:
    return urlencode({"loc": "1"} | {k: v for k, v in as_fields(choice).items() if v}, doseq=True)


def choice_in(query: str, box: Box, units: tuple[UnitCard, ...]) -> Choice:
    """The choice that a query string of ours holds."""
    return _fitting(ListForm(QueryDict(query[:1000]), box=box, units=units).choice(), box)


def kept_of(request: HttpRequest) -> tuple[Kept, ...]:
    """What the officer has kept; asked once per request."""
    return once(request, "kept", lambda: queries.kept_lists(actor_of(request)))


def keep_known(request: HttpRequest, kept: tuple[Kept, ...]) -> None:
    """What was read with the counts of the rail is not asked for again."""
    once(request, "kept", lambda: kept)


def units_of(request: HttpRequest) -> tuple[UnitCard, ...]:
    """The units of the officer's agencies."""
    return tuple(unit for agency in seat_of(request).agencies for unit in agency.units)


def _kept_by_id(request: HttpRequest, box: Box, typed: str) -> Kept | None:
    found = (k for k in kept_of(request) if k.name and k.box is box and str(k.id) == typed)
    return next(found, None)


# --- the way from a line to its dossier and on to the next one --------------------------------------------
def list_href(box: Box, query: str, *, after: str | None = None, before: str | None = None) -> str:
    """The page of the list that follows a line, or stands before one; else its beginning."""
    address = reverse("desk:worklist", args=[SLUGS[box]])
    place = {"truoc": before} if before else {"sau": after} if after else {}
    return _with(address, query, urlencode(place))


def dossier_href(
    dossier_id: str, box: Box, query: str, cursor: str, *, after: str | None = None, before: str | None = None
) -> str:
    """The dossier of a line, with its place: `after` or `before` is what its page was asked by."""
    address = reverse("desk:dossier", args=[dossier_id])
    return _with(
        address, urlencode({"ds": SLUGS[box]}), query, urlencode({"tai": cursor} | _came(after, before))
    )


def _came(after: str | None, before: str | None) -> dict[str, str]:
    """What the page of the list was asked by, from which somebody came."""
    return {"den": before} if before else {"tu": after} if after else {}


def place_of(request: HttpRequest, dossier_id: str) -> Place | None:
    """From the address; after an act, which leads back to the bare page, from the session."""
    if box := BOX_OF_SLUG.get(request.GET.get("ds", "")):
        kept = {k: request.GET.getlist(k) for k in request.GET if k not in ("ds", *_PLACED)}
        query = urlencode(kept, doseq=True)[:1000]
        where = [dossier_id, box.value, query, *(request.GET.get(each, "")[:400] for each in _PLACED)]
        if request.session.get(_PLACE) != where:
            request.session[_PLACE] = where
    stored = request.session.get(_PLACE)
    if not stored or stored[0] != dossier_id or len(stored) != 3 + len(_PLACED):
        return None
    kind, query, cursor, after, before = stored[1:]
    box = Box(kind)
    following = reverse("desk:next_dossier", args=[SLUGS[box]])
    back = list_href(box, query, after=after or None, before=before or None)
    return Place(box, _with(following, query, urlencode({"sau": cursor} | _came(after, before))), back)


def _with(address: str, *queries_: str) -> str:
    query = "&".join(part for part in queries_ if part)
    return f"{address}?{query}" if query else address
