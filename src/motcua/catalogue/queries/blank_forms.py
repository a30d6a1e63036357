"""Blank forms that can be had, and what was put up and taken down before."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from motcua.catalogue.enums import Publication
from motcua.catalogue.errors import UnknownForm
from motcua.catalogue.models import BlankForm, ProcedureVersion
from motcua.catalogue.rules.blank_forms import BlankFormCard, FormsOf
from motcua.catalogue.rules.cards import VersionCard

BIGGEST = 2**62  # numbers of rows are below


def forms_of(version_id: int) -> FormsOf:
    """The forms that can be had for the papers of a version, by the key of the paper.

    Basis: KT18-5.2#2.
    """
    found: dict[str, tuple[BlankFormCard, ...]] = {}
    for card in map(_card, _standing().filter(version_id=version_id).order_by("id")):
        found[card.component] = (*found.get(card.component, ()), card)
    return found


def blank_form(form_id: int) -> BlankFormCard:
    """A form that can be had. Raises UnknownForm, also if it was replaced or taken down."""
    row = _standing().filter(id=form_id).first() if form_id < BIGGEST else None
    if row is None:
        raise UnknownForm()
    return _card(row)


def form_history(version_id: int, component: str, *, limit: int = 50) -> tuple[BlankFormCard, ...]:
    """What was put up for a paper of a version, the newest first, whatever became of it."""
    rows = BlankForm.objects.filter(version_id=version_id, component=component)
    return tuple(_card(row) for row in rows.order_by("-id")[:limit])


def papers_with_history(version_id: int) -> frozenset[str]:
    """The keys of the papers of a version for which a form was ever put up, whatever became of it."""
    return frozenset(BlankForm.objects.filter(version_id=version_id).values_list("component", flat=True))


def papers_with_forms(version_ids: Collection[int]) -> dict[int, frozenset[str]]:
    """The keys of the papers for which a form can be had, by version; one question for all versions."""
    found: dict[int, frozenset[str]] = {}
    rows = _standing().filter(version_id__in=version_ids).values_list("version_id", "component")
    for version_id, paper in rows:
        found[version_id] = found.get(version_id, frozenset()) | {paper}
    return found


def forms_of_past(code: str, version_id: int) -> tuple[BlankFormCard, ...]:
    """Forms that only versions before this one have, and that can be had: a dossier begun under one of them
    may still need its form. The newest first."""
    ours = BlankForm.objects.filter(version_id=version_id, ended_at__isnull=True)
    number = ProcedureVersion.objects.filter(id=version_id).values("number")
    rows = _standing().filter(version__procedure__code=code, version__number__lt=number)
    rows = rows.exclude(file_id__in=ours.values("file_id"))
    found: dict[tuple[str, str], BlankFormCard] = {}
    for card in map(_card, rows.order_by("-id")):
        found.setdefault((card.file_id, card.component), card)
    return tuple(found.values())


def latest_forms(*, before: int | None = None, limit: int = 30) -> tuple[tuple[BlankFormCard, str, str], ...]:
    """The forms of the newest versions, the newest first, each with code and title of its procedure."""
    rows = _standing().filter(version__state=Publication.PUBLISHED, version__valid_to__isnull=True)
    if before is not None:
        rows = rows.filter(id__lt=before)
    rows = rows.select_related("version__procedure").defer("version__body").order_by("-id")[:limit]
    return tuple((_card(row), row.version.procedure.code, row.version.title) for row in rows)


def versions_from(code: str, version_id: int) -> tuple[VersionCard, ...]:
    """This version of a procedure and those published to follow it, in their order."""
    rows = ProcedureVersion.objects.filter(procedure__code=code, state=Publication.PUBLISHED)
    number = rows.filter(id=version_id).values("number")
    later = rows.filter(number__gte=number).order_by("number")
    return tuple(VersionCard(*row) for row in later.values_list("id", "number", "valid_from"))


def _standing() -> QuerySet[BlankForm]:
    return BlankForm.objects.filter(ended_at__isnull=True)


def _card(row: BlankForm) -> BlankFormCard:
    return BlankFormCard(
        row.pk,
        row.version_id,
        row.component,
        row.title,
        row.source,
        str(row.file_id),
        row.media_type,
        row.size,
        row.put_up_at,
        row.put_up_by,
        row.ended_at,
        row.ended_by,
        row.replaced_by_id is not None,
    )
