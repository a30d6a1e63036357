"""The papers of a dossier looked at beside a form: a list, and one page of the chosen one, large.

Turning and enlarging is done in the browser (`js/papers.js`); without script a paper opens on a page of its
own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext

from motcua.catalogue.rules.sheets import ProcedureSheet
from motcua.documents import services as documents
from motcua.documents.errors import DrawingBusy, NoSuchFile, NotDrawn
from motcua.documents.rules.cards import FileCard
from motcua.dossiers.rules.state import State
from motcua.kernel.numbers import read_number


class HoldsPapers(Protocol):
    """A dossier as far as its papers go: `DossierView`, `DossierPapers`."""

    @property
    def id(self) -> str: ...
    @property
    def state(self) -> State: ...
    @property
    def sheet(self) -> ProcedureSheet: ...
    @property
    def files(self) -> dict[str, FileCard]: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One paper of the list; `href` is the page of the papers with this one chosen."""

    file_id: str
    name: str
    href: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """Page `number` of the chosen paper. `pages` is 0 for what cannot be looked at here; `src` is a picture,
    `file` the paper itself; `previous` and `next` are addresses, empty where there is no such page.
    `on_paper` names what was brought without a file.
    """

    choices: tuple[Choice, ...]
    on_paper: tuple[str, ...]
    file_id: str
    name: str
    file_name: str
    number: int
    pages: int
    src: str
    file: str
    previous: str
    next: str


def asked_for(query: Mapping[str, str]) -> str:
    """The id of the paper that an address asks for; not judged yet."""
    return query.get("giay", "")


def preview_of(held: HoldsPapers, query: Mapping[str, str], *, or_first: bool = False) -> Preview | None:
    """What the address asks for of this dossier, or its first paper; None if that is none of its papers."""
    papers = dict(_papers(held))
    chosen = asked_for(query)
    if chosen not in papers and or_first:
        chosen = next(iter(papers), "")
    if chosen not in papers:
        return None
    pages = _pages(held.files[chosen])
    number = min(_number(query.get("trang", "")), pages or 1)
    return Preview(
        choices=tuple(Choice(each, name, _at(held, each), each == chosen) for each, name in papers.items()),
        on_paper=tuple(_on_paper(held)),
        file_id=chosen,
        name=papers[chosen],
        file_name=held.files[chosen].name,
        number=number,
        pages=pages,
        src=reverse("desk:paper_page", args=[held.id, chosen, number]),
        file=reverse("desk:paper", args=[held.id, chosen]),
        previous=_at(held, chosen, number - 1) if number > 1 else "",
        next=_at(held, chosen, number + 1) if number < pages else "",
    )


def _papers(held: HoldsPapers) -> Iterator[tuple[str, str]]:
    """(file id, name) of every paper that has a file: what was filed, what the office wrote, the results."""
    found = [*_filed(held), *_of_the_office(held.state), *_results(held.state), *_replaced(held)]
    seen: Counter[str] = Counter()
    for file_id, name in found:
        if file_id and file_id in held.files:
            seen[name] += 1
            yield file_id, name if seen[name] == 1 else f"{name} ({seen[name]})"


def _filed(held: HoldsPapers) -> Iterator[tuple[str | None, str]]:
    state, names = held.state, {each.key: each.called for each in held.sheet.components}
    if state.behalf is not None:
        yield state.behalf.file_id, gettext("Giấy ủy quyền trên Cổng")
    for document in state.contents.documents:
        yield document.file_id, names.get(document.key, document.name)


def _replaced(held: HoldsPapers) -> Iterator[tuple[str | None, str]]:
    names = {each.key: each.called for each in held.sheet.components}
    for each in held.state.earlier_papers:
        values = {"name": names.get(each.document.key, each.document.name)}
        yield each.document.file_id, gettext("Bản trước: %(name)s") % values


def _of_the_office(state: State) -> Iterator[tuple[str | None, str]]:
    for asked in state.consultations:
        yield asked.file_id, gettext("Ý kiến của %(name)s") % {"name": asked.to_name}
    for each in state.verifications:
        yield each.file_id, gettext("Biên bản xác minh")
    for document in state.attached:
        yield document.file_id, document.title


def _results(state: State) -> Iterator[tuple[str | None, str]]:
    for result in state.results:
        values = {"name": result.name, "number": result.number}
        yield result.file_id, gettext("Kết quả: %(name)s, số %(number)s") % values


def _on_paper(held: HoldsPapers) -> Iterator[str]:
    names = {each.key: each.called for each in held.sheet.components}
    for document in held.state.contents.documents:
        if not document.file_id and (document.originals or document.copies):
            yield names.get(document.key, document.name)


def _pages(card: FileCard) -> int:
    try:
        return documents.count_shown(card)
    except (NoSuchFile, DrawingBusy, NotDrawn):  # bytes gone, or not counted now: the list still names it
        return 0


def _number(typed: str) -> int:
    return max(read_number(typed, digits=5) or 1, 1)


def _at(held: HoldsPapers, file_id: str, number: int = 1) -> str:
    asked = {"giay": file_id} | ({"trang": number} if number > 1 else {})
    return f"{reverse('desk:papers', args=[held.id])}?{urlencode(asked)}#preview"
