"""Whether the applicant's side has fetched the files of a result: no event says so, it stands beside them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, Func, JSONField, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast, JSONObject
from django.db.models.lookups import Exact

from motcua.dossiers.enums import Status
from motcua.dossiers.models import Dossier, DossierFile
from motcua.dossiers.queries.lines import way_back_of
from motcua.dossiers.queries.views import Fetched
from motcua.dossiers.rules.state import State
from motcua.worktime.rules import local


def _current() -> QuerySet[DossierFile]:
    """The files that results name now; what was corrected stays with the dossier, and does not count."""
    named = Func(
        JSONObject(file_id=Cast("file_id", TextField())),
        function="jsonb_build_array",
        output_field=JSONField(),
    )
    return DossierFile.objects.filter(is_result=True, dossier__state__results__contains=named)


def _all_fetched() -> Q:
    """Of dossiers: every paper of the result has a file, and each of them was fetched."""
    files = _current().filter(dossier_id=OuterRef("pk"))
    return (
        Q(Exists(files))
        & ~Q(Exists(files.filter(fetched_at__isnull=True)))
        & ~Q(state__results__contains=[{"file_id": None}])
    )


def waits_fetched() -> Q:
    """Of dossiers: the result is to be returned online and was fetched, and only the desk has not recorded it
    yet."""
    return Q(Exact(way_back_of("state"), "online"), status=Status.READY.value) & _all_fetched()


def fetching_marks() -> ArraySubquery:
    """Of a dossier that is read anyway: of each file that its results name, when it was fetched, by whom."""
    mark = JSONObject(at="fetched_at", by="fetched_by_id", name="fetched_by__full_name")
    return ArraySubquery(_current().filter(dossier_id=OuterRef("pk")).values(mark=mark))


def fetched_whole(state: State, marks: Sequence[Mapping[str, Any]]) -> Fetched | None:
    """`fetched_of` this one dossier, from its marks."""
    is_all = bool(marks) and all(mark["at"] for mark in marks)
    if not is_all or not all(paper.file_id for paper in state.results):
        return None
    last = max(marks, key=lambda mark: str(mark["at"]))
    return Fetched(local(datetime.fromisoformat(last["at"])), str(last["by"]), last["name"])


def fetched_of(dossier_ids: Collection[UUID]) -> dict[UUID, Fetched]:
    """Those of the dossiers of whose result every file was fetched. One query, none for no dossier."""
    if not dossier_ids:
        return {}
    whole = Dossier.objects.filter(_all_fetched(), pk__in=dossier_ids).order_by()
    rows = _current().filter(dossier_id__in=whole.values("pk")).order_by("fetched_at", "file_id")
    told = rows.values_list("dossier_id", "fetched_at", "fetched_by_id", "fetched_by__full_name")
    return {key: Fetched(local(at), str(by), name) for key, at, by, name in told if at is not None}
