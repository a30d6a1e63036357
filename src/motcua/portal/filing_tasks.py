"""The parts of a filing being prepared, as a list of what is done and what is still to do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from motcua.catalogue.rules import eforms
from motcua.portal import filings, papers
from motcua.portal.drafts import Draft


@dataclass(frozen=True, slots=True)
class Task:
    """One part. `left` says in words what is to do there, empty when it is done; `can_begin` else waits."""

    key: str
    title: str
    href: str
    left: str
    can_begin: bool = True


def tasks_of(draft: Draft, today: date) -> list[Task]:
    """All parts in their order; sending comes when nothing is left to do in the others."""
    parts = [_details(draft), *_form(draft, today), _papers(draft)]
    is_ready = not any(part.left for part in parts)
    left = gettext("Làm được ngay") if is_ready else gettext("Làm sau khi xong các phần trên")
    return [*parts, Task("check", gettext("Xem lại và gửi"), _page(draft, "file_check"), left, is_ready)]


def _details(draft: Draft) -> Task:
    """A draft exists only with these."""
    return Task("details", gettext("Hồ sơ của ai, gửi đến đâu"), _page(draft, "file_details"), "")


def _form(draft: Draft, today: date) -> list[Task]:
    sections = draft.view.sheet.eform
    if not sections:
        return []
    _, faults = eforms.check(sections, draft.contents.form_data, today=today, translate=gettext)
    left = ngettext("Còn %(count)s chỗ", "Còn %(count)s chỗ", len(faults)) % {"count": len(faults)}
    return [Task("form", gettext("Tờ khai"), _page(draft, "file_form"), left if faults else "")]


def _papers(draft: Draft) -> Task:
    lacking = papers.lacking(papers.rows(filings.papers_of(draft), draft.contents.documents))
    left = ngettext("Còn %(count)s giấy tờ", "Còn %(count)s giấy tờ", len(lacking)) % {"count": len(lacking)}
    return Task("papers", gettext("Giấy tờ kèm theo"), _page(draft, "file_papers"), left if lacking else "")


def _page(draft: Draft, name: str) -> str:
    return reverse(f"portal:{name}", args=[draft.view.id])
