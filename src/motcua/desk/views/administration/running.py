"""How the system itself fares: jobs, health, and what administrators did."""

from __future__ import annotations

import re

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from motcua.audit import queries as audit
from motcua.desk import clock, health
from motcua.desk import labels as desk_labels
from motcua.desk.acts import said
from motcua.desk.frame import frame
from motcua.desk.officers import actor_of, must_administer
from motcua.dossiers import queries as dossiers
from motcua.dossiers import services as dossier_services
from motcua.kernel.dates import read_day
from motcua.kernel.errors import NotFound
from motcua.kernel.numbers import read_number
from motcua.notify import queries as notify
from motcua.notify import services as notify_services
from motcua.theme.access import access
from motcua.theme.downloads import stored_file

LIST = 50
_WITHOUT = re.compile(r"%\(\w+\)[sd]")  # what would be put into a refusal may name somebody


@access("officer")
@require_safe
def jobs(request: HttpRequest) -> HttpResponse:
    """What waits, what runs, and what failed and may be run again."""
    must_administer(request, province=True)
    counts = notify.job_counts()
    groups = [
        (status, gettext(text), counts.get(status, 0), [_job(job) for job in notify.jobs(status, limit=20)])
        for status, text in desk_labels.JOB.items()
    ]
    return render(request, "desk/administration/jobs.html", frame(request, "jobs") | {"groups": groups})


@access("officer")
@require_POST
def retry_job(request: HttpRequest, job_id: int) -> HttpResponse:
    notify_services.retry_job(actor=actor_of(request), job_id=job_id, at=clock.now())
    messages.success(request, gettext("Việc đã được xếp lại vào hàng chờ."))
    return redirect("desk:jobs")


@access("officer")
@require_safe
def extracts(request: HttpRequest) -> HttpResponse:
    """The days whose receipts and handling were written out, the newest first.

    Basis: QN20-23.7#2.
    """
    must_administer(request, province=True)
    before = read_day(request.GET.get("truoc", ""))
    found = dossiers.extracts(settings.PROVINCE, before=before, limit=LIST)
    context = frame(request, "extracts") | {
        "lines": [(each, f"{each.day:%d-%m-%Y}") for each in found],
        "next": f"?truoc={found[-1].day:%d/%m/%Y}" if len(found) == LIST else "",
        "previous": "?" if before is not None else "",
    }
    return render(request, "desk/administration/extracts.html", context)


@access("officer")
@require_safe
def extract_file(request: HttpRequest, day: str) -> HttpResponseBase:
    wanted = read_day(day)
    if wanted is None:
        raise NotFound
    return stored_file(dossier_services.extract_file(actor=actor_of(request), at=clock.now(), day=wanted))


@access("officer")
@require_safe
def health_page(request: HttpRequest) -> HttpResponse:
    """Each part with what was found just now."""
    must_administer(request, province=True)
    checks = health.checks(clock.now())
    context = frame(request, "health") | {"checks": checks, "is_well": all(c.is_well for c in checks)}
    return render(request, "desk/administration/health.html", context)


@access("officer")
@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """What administrators did, the newest first."""
    must_administer(request, province=True)
    before = request.GET.get("truoc", "")
    number = read_number(before)
    found = audit.acts(before=number, limit=LIST)
    context = frame(request, "acts") | {
        "entries": [said(act) for act in found],
        "next": f"?truoc={found[-1].id}" if len(found) == LIST else "",
    }
    return render(request, "desk/administration/acts.html", context)


def _job(job: notify.Job) -> dict[str, object]:
    name = gettext(desk_labels.TASK.get(job.task, job.task))
    if job.status != "failed":
        return {"job": job, "name": name}
    what, advice = desk_labels.FAULT[job.why.fault.value if job.why else ""]
    said = _WITHOUT.sub("…", gettext(job.why.said)) if job.why and job.why.said else ""
    return {"job": job, "name": name, "what": gettext(what), "said": said, "advice": gettext(advice)}
