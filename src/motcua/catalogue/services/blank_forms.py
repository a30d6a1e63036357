"""Putting up the blank form of a paper, and taking it down. Every act is in the chain.

Forms of one procedure change one act after the other: each locks the procedure first, as a new version does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet

from motcua.audit import services as audit
from motcua.catalogue import policy, queries
from motcua.catalogue.enums import Publication
from motcua.catalogue.errors import (
    BadForm,
    FormsChanged,
    TakesNoForm,
    UnknownComponent,
    UnknownForm,
    UnknownProcedure,
)
from motcua.catalogue.models import BlankForm, Procedure, ProcedureVersion
from motcua.catalogue.rules.sheets import ProcedureSheet, RequiredDocument
from motcua.documents import queries as stored
from motcua.documents import services as documents
from motcua.documents.rules.cards import FileCard
from motcua.documents.rules.limits import BLANK_FORMS
from motcua.documents.services.storing import Upload
from motcua.kernel.actors import Actor
from motcua.kernel.errors import N_, Forbidden
from motcua.kernel.text import visible_line
from motcua.law.services import rests_on

LONGEST = 200


@dataclass(frozen=True, slots=True)
class FormEntry:
    """A blank form as it is entered; `source` is the text of law that prescribes it."""

    title: str
    source: str
    file: Upload
    file_name: str


@rests_on(policy.may_keep_forms)
def put_up_form(
    *,
    actor: Actor,
    at: datetime,
    version_id: int,
    component: str,
    entry: FormEntry,
    seen: Collection[int],
) -> int:
    """Let everybody have this form of a paper. One of the same type that stood there is replaced.

    `seen` are the numbers of the forms that stood there for whoever decides. The file is judged as every
    upload is, by its content, and within limits of its own. Raises UnknownProcedure, Forbidden,
    UnknownComponent, TakesNoForm, BadForm, FormsChanged if another form stands there meanwhile, Empty,
    TooLarge, TypeNotAllowed, TypeMismatch, Broken, Encrypted or ActiveContent.

    Basis: KT18-5.2#2, KT22-4.2#1, DL24-3.3#1, PT24-3.3.
    """
    row = _version(version_id)
    _must_keep_forms(actor, at, row)
    paper = _paper(queries.sheet(version_id), component)
    faults = _faults(entry)
    if faults:
        raise BadForm(faults)
    _must_have_seen(seen, _standing(row, component))  # and again under the lock
    card = documents.store(
        upload=entry.file, name=entry.file_name, actor=actor, at=at, limits=BLANK_FORMS
    )  # before the transaction, which so waits for no store
    return _put_up(actor, at, row, paper, entry, card, seen)


@transaction.atomic
def _put_up(
    actor: Actor,
    at: datetime,
    row: ProcedureVersion,
    paper: RequiredDocument,
    entry: FormEntry,
    card: FileCard,
    seen: Collection[int],
) -> int:
    _lock(row.procedure_id)
    there = _standing(row, paper.key).select_for_update()
    _must_have_seen(seen, there)
    before = next((each for each in there if each.media_type == card.media_type), None)
    if before is not None:  # ends first, for of one type only one may stand
        _end(before, actor, at)
    made = BlankForm.objects.create(
        version=row,
        component=paper.key,
        title=_clean(entry.title),
        source=_clean(entry.source),
        file_id=card.id,
        media_type=card.media_type,
        size=card.size,
        put_up_at=at,
        put_up_by=actor.name[:LONGEST],
    )
    if before is not None:
        before.replaced_by = made
        before.save(update_fields=["replaced_by"])
    act = "form_replaced" if before else "form_put_up"
    _record(actor, act, row, made, at, file=card.sha256, instead_of=before.pk if before else None)
    return made.pk


@rests_on(policy.may_keep_forms)
@transaction.atomic
def take_down_form(*, actor: Actor, at: datetime, form_id: int) -> None:
    """Nobody can have this form any more: the same file goes wherever it stands for the same paper, in
    versions that took it over and in those that are over. Raises UnknownForm, Forbidden.

    Basis: KT22-4.2#1, DL24-3.3#1, PT24-3.3.
    """
    seen = BlankForm.objects.filter(id=form_id).values_list("version__procedure_id", flat=True).first()
    if seen is None:
        raise UnknownForm()
    _lock(seen)
    rows = BlankForm.objects.filter(version__procedure_id=seen, ended_at__isnull=True)
    rows = rows.select_for_update(of=("self",)).select_related("version__procedure").order_by("id")
    row = rows.filter(id=form_id).first()
    if row is None:
        raise UnknownForm()
    _must_keep_forms(actor, at, row.version)
    standing = list(rows.filter(component=row.component))
    cards = stored.cards(tuple({str(each.file_id) for each in standing}))
    content = cards[str(row.file_id)].sha256
    for each in standing:
        if cards[str(each.file_id)].sha256 == content:
            _end(each, actor, at)
            _record(actor, "form_taken_down", each.version, each, at)


def carry_over(newest: ProcedureVersion, version: ProcedureVersion, sheet: ProcedureSheet) -> None:
    """The forms of a version stand for the next one too, where the paper is still called the same.

    The caller has locked the procedure.
    """
    before = {paper.key: paper.name for paper in queries.sheet(newest.pk).components}
    same = [paper.key for paper in sheet.components if before.get(paper.key) == paper.name]
    rows = BlankForm.objects.filter(version=newest, component__in=same, ended_at__isnull=True)
    BlankForm.objects.bulk_create(
        BlankForm(
            version=version,
            component=row.component,
            title=row.title,
            source=row.source,
            file_id=row.file_id,
            media_type=row.media_type,
            size=row.size,
            put_up_at=row.put_up_at,
            put_up_by=row.put_up_by,
        )
        for row in rows.order_by("id")
    )


def _version(version_id: int) -> ProcedureVersion:
    rows = ProcedureVersion.objects.select_related("procedure").defer("body")
    row = rows.filter(id=version_id, state=Publication.PUBLISHED).first()
    if row is None:
        raise UnknownProcedure()
    return row


def _must_keep_forms(actor: Actor, at: datetime, row: ProcedureVersion) -> None:
    standing = policy.standing_of(actor, at, settings.PROVINCE)
    found = queries.provenance(settings.PROVINCE, row.procedure.code)
    if not policy.may_keep_forms(standing, found.agency_id if found else None):
        raise Forbidden()


def _paper(sheet: ProcedureSheet, component: str) -> RequiredDocument:
    paper = sheet.component(component)
    if paper is None:
        raise UnknownComponent()
    if not paper.takes_form:
        raise TakesNoForm(name=paper.name)
    return paper


def _faults(entry: FormEntry) -> dict[str, str]:
    texts = {"title": entry.title, "source": entry.source}
    missing = N_("Nội dung này còn thiếu hoặc quá dài.")
    return {name: missing for name, text in texts.items() if not 0 < len(_clean(text)) <= LONGEST}


def _clean(text: str) -> str:
    return visible_line(text)


def _lock(procedure_id: int) -> None:
    """Nobody else changes the forms of a procedure, nor publishes a version that takes them over."""
    Procedure.objects.select_for_update(no_key=True).only("id").get(id=procedure_id)


def _standing(row: ProcedureVersion, component: str) -> QuerySet[BlankForm]:
    return BlankForm.objects.filter(version=row, component=component, ended_at__isnull=True)


def _must_have_seen(seen: Collection[int], there: Iterable[BlankForm]) -> None:
    if any(each.pk not in seen for each in there):
        raise FormsChanged()


def _end(row: BlankForm, actor: Actor, at: datetime) -> None:
    row.ended_at, row.ended_by = at, actor.name[:LONGEST]
    row.save(update_fields=["ended_at", "ended_by"])


def _record(
    actor: Actor, act: str, version: ProcedureVersion, row: BlankForm, at: datetime, **more: str | int | None
) -> None:
    facts = {"name": row.title, "procedure": version.procedure.code, "version": version.number}
    facts |= {"component": row.component, "source": row.source, "type": row.media_type}
    known = {key: value for key, value in more.items() if value is not None}
    audit.record_act(actor=actor, act=act, what=f"blank_form:{row.pk}", at=at, facts=facts | known)
