"""No answer asks the database more than fifteen times, but for those that say here why, and how often.

The pages of the registry are asked in `tests/routes/test_answers.py`; here what answers with a file, and
every form. What is counted says `asking.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.resilience import scenery
from tests.resilience.asking import MOST, Counted, asked_by
from tests.resilience.forms import FORMS, form_named, send
from tests.resilience.hostile import Site
from tests.routes.registry import FILE, MACHINE, NO_PAGE, ON

from motcua.catalogue import services as catalogue
from motcua.documents import services as documents
from motcua.dossiers import services
from motcua.dossiers.enums import Verb
from motcua.dossiers.rules.state import Applicant, DocumentRef
from motcua.notify.models import OutboxMessage

pytestmark = pytest.mark.django_db
Prepare = Callable[[Site], dict[str, Any]]


# --- what there has to be before it is asked for ------------------------------------------------------------
def _sent_by_chi(site: Site) -> dict[str, Any]:
    world = site.there.world
    card = documents.store(
        upload=scenery.upload(), name="don.pdf", actor=world.actor("chi"), at=world.later(minutes=1)
    )
    return {"file_id": card.id}


def _export(site: Site) -> dict[str, Any]:
    services.write_export(export_id=site.there.export_id, at=site.there.world.later(minutes=1))
    return {}


def _extract(site: Site) -> dict[str, Any]:
    at = site.there.world.later(days=1)
    services.make_extracts(at=at)
    return {"day": f"{at - timedelta(days=1):%d-%m-%Y}"}


def _blank_form(site: Site) -> dict[str, Any]:
    world = site.there.world
    entry = catalogue.FormEntry("Tờ khai", "TT 4/2024/TT-BTP", scenery.upload(), "to-khai.pdf")
    made = catalogue.put_up_form(
        actor=world.actor("admin"), at=world.later(minutes=1), version_id=world.version.pk,
        component="paper", entry=entry, seen=(),
    )  # fmt: skip
    return {"form_id": made}


def _supplemented(site: Site) -> dict[str, Any]:
    world, act = site.there.world, site.there.stages[Verb.SUPPLEMENT]
    papers = [DocumentRef(key, copies=1, file_id=site.there.file_id) for key in ("paper", "form")]
    services.supplement(
        actor=world.actor("an"), at=world.later(minutes=1), dossier_id=act.dossier_id,
        expected_version=act.version, documents=papers,
    )  # fmt: skip
    return {"dossier_id": act.dossier_id, "number": 1}


def _letter(site: Site) -> dict[str, Any]:
    given = OutboxMessage.objects.filter(account=site.there.world.people["dung"], key="desk.assigned")
    return {"message_id": given.latest("id").pk}


def _nothing(site: Site) -> dict[str, Any]:
    return {}


def _visit(count: int) -> Prepare:
    """A visit in which so many dossiers were brought."""

    def prepare(site: Site) -> dict[str, Any]:
        world = site.there.world
        common = {"actor": world.actor("chi"), "at": world.later(minutes=1)}
        for number in range(count):
            filing = {
                "procedure_version_id": world.version.pk,
                "agency_id": world.agency.pk,
                "applicant": Applicant(f"Nguyễn Văn {number}", f"06609000010{number}"),
                "documents": (DocumentRef("form", originals=1), DocumentRef("paper", originals=1)),
                "submission_key": f"visit-of-several-{number}",
            }
            sheet = services.Sheet("several", "Nguyễn Văn An")
            services.take_in(**common, sheet=sheet, filing=filing, accept_at_once=True)
        found = services.bundle_by_key(**common, key="several")
        assert found is not None
        return {"bundle_id": found.id}

    return prepare


def _accepted_after(supplements: int) -> Prepare:
    """A dossier of An's, sent online and accepted once so many supplements were requested and sent."""

    def prepare(site: Site) -> dict[str, Any]:
        world = site.there.world
        papers = [DocumentRef(key, copies=1, file_id=site.there.file_id) for key in ("paper", "form")]
        act = world.submit(world.draft(documents=papers[:1]))
        for _ in range(supplements):
            asked = scenery.ask_for_more(world, act)
            act = services.supplement(
                actor=world.actor("an"), at=world.later(minutes=1), dossier_id=asked.dossier_id,
                expected_version=asked.version, documents=papers,
            )  # fmt: skip
        return {"dossier_id": world.accept(act).dossier_id}

    return prepare


# What answers no page, to a GET: who asks, and what there has to be before.
ASKED: dict[str, tuple[str, Prepare]] = {
    "portal:blank_form": ("", _blank_form),
    "portal:own_package": ("an", _nothing),
    "portal:own_file": ("an", _nothing),
    "portal:own_slip": ("an", _nothing),
    "portal:own_upload": ("an", _nothing),
    "portal:own_picture": ("an", _nothing),
    "portal:mandate_paper": ("an", _nothing),
    "portal:own_acknowledgement": ("an", _nothing),
    "portal:supplement_acknowledgement": ("an", _supplemented),
    "portal:download_data": ("an", _nothing),
    "portal:sitemap_xml": ("", _nothing),
    "portal:robots": ("", _nothing),
    "desk:paper": ("chi", _nothing),
    "desk:paper_page": ("chi", _nothing),
    "desk:slip": ("chi", _nothing),
    "desk:sent_file": ("chi", _sent_by_chi),
    "desk:page_picture": ("chi", _sent_by_chi),
    "desk:routing_slip": ("chi", _nothing),
    "desk:acknowledgement": ("chi", _nothing),
    "desk:export_file": ("chi", _export),
    "desk:extract_file": ("admin", _extract),
    "desk:bundle_receipts": ("chi", _nothing),
    "desk:form_sample": ("admin", _nothing),
    "desk:inbox_open": ("dung", _letter),
    "desk:next_dossier": ("chi", _nothing),
}
PARAMETERS = {name: parameters for name, parameters, _ in scenery.routes()}


# --- how often ----------------------------------------------------------------------------------------------
_RIGHTS = (
    "page and act each ask what the officer may do, since rights end at once; the chain of acts is written"
)
_RENEWED = f"{_RIGHTS}; what all remember of agencies is read anew after it"
_REFUSED = "refused: the act asks what stands against it, and the page that says so asks once more"
_FILE = (
    "a file is kept and laid ready, so that no other error loses it, before the act looks at what lies there"
)
_PAPERS = "files are kept and laid ready or joined, and the draft is saved as often as it is changed"
_SESSION = "one session ends and another begins: the account, its devices and its failures are written down"
_TOLD = "whom it concerns is asked before it is done, to say so, and by the act itself"
# What asks more often, at most how often, and why it is left so: docs/adr/0025.
MORE: dict[str, tuple[int, str]] = {
    "log in": (17, _SESSION),
    "own password": (20, _SESSION),
    "closing": (17, _REFUSED),
    "papers": (17, _PAPERS),
    "pages": (20, _PAPERS),
    "sheet": (20, "a dossier is registered, accepted and laid in, then the visit is read to be shown"),
    "absence": (20, _RIGHTS),
    "give post": (18, _RIGHTS),
    "appoint": (16, _RIGHTS),
    "begin process": (17, _RIGHTS),
    "put up form": (20, _RIGHTS),
    "mandate": (20, _FILE),
    "new agency": (19, _RENEWED),
    "publish hours": (18, _RENEWED),
    "close": (27, f"{_RENEWED}; dossiers are counted before, officers told after"),
    "open again": (19, _RENEWED),
    "end agency": (21, _REFUSED),
    "end unit": (25, _REFUSED),
    "verb resume": (18, _TOLD),
    "verb extend": (16, _TOLD),
    "verb correct": (20, _FILE),
    "verb stop": (21, _FILE),
    "verb issue_result": (19, _FILE),
    "verb answer": (19, f"{_FILE}; who asked may be away"),
    "verb record_verification": (16, _FILE),
    "verb attach_document": (16, _FILE),
}
MORE_OF_FILES: dict[str, tuple[int, str]] = {
    "portal:own_package": (
        21,
        "what was fetched is marked; the first time it draws and keeps the slips (5); slips, "
        "acknowledgements and what was declared each go by the events themselves",
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_no_form_asks_more_than_fifteen_times(site: Site, name: str) -> None:
    form = form_named(site, name)

    def answer() -> Any:
        return send(site, form, form.good, **{each: scenery.upload() for each in form.files})

    holds_to(MORE, name, asked_by(site, form.who, answer))


@pytest.mark.parametrize("route", ASKED)
def test_no_file_asks_more_than_fifteen_times(site: Site, route: str) -> None:
    holds_to(MORE_OF_FILES, route, looked_at(site, route, *ASKED[route]))


def looked_at(site: Site, route: str, who: str, prepare: Prepare) -> Counted:
    ids: dict[str, Any] = {}

    def look() -> Any:
        answer = site.clients[who].get(reverse(route, kwargs={each: ids[each] for each in PARAMETERS[route]}))
        assert answer.status_code in (200, 302)
        return answer

    return asked_by(site, who, look, lambda: ids.update(site.there.ids() | prepare(site)))


def holds_to(more: dict[str, tuple[int, str]], name: str, found: Counted) -> None:
    most, why = more.get(name, (MOST, ""))
    said = f"{name}: {most} at most ({why}), and {found}"
    assert found.number <= most, said
    assert name not in more or found.number > MOST, f"{name} is within {MOST} and needs no exemption"


def test_whatever_answers_no_page_is_asked_too() -> None:
    """Everything that a GET may ask for: the pages stand in the registry, what is none stands here."""
    reasons = (FILE, MACHINE, ON)
    assert sorted(route for route, why in NO_PAGE.items() if why in reasons) == sorted(ASKED)
    assert not MORE.keys() - set(FORMS)
    assert not MORE_OF_FILES.keys() - ASKED.keys()


# --- several things at once ---------------------------------------------------------------------------------
def test_receipts_of_a_visit_are_read_and_kept_by_as_many_queries_as_one(site: Site) -> None:
    one, three = (looked_at(site, "desk:bundle_receipts", "chi", _visit(count)) for count in (1, 3))
    assert (one.number, three.number) == (three.number, three.number), (
        f"{one.number} for one, for three {three}"
    )
    assert three.number <= MOST


def test_package_of_two_slips_and_two_sendings_asks_as_often_as_that_of_one(site: Site) -> None:
    one, two = (looked_at(site, "portal:own_package", "an", _accepted_after(count)) for count in (0, 1))
    assert one.number == two.number, f"{one.number} for one, for two {two}"


def test_sheet_grows_by_the_acts_of_its_lines_only(site: Site) -> None:
    """One dossier is registered, accepted and laid in: nine questions, and none of the page around it."""
    one, three = (_sheet_of(site, count) for count in (1, 3))
    assert three.number - one.number <= 2 * 9, f"{one.number} for one, for three {three}"


def _sheet_of(site: Site, count: int) -> Counted:
    form = form_named(site, "sheet")
    typed = form.good | {"lines": str(count)}
    for line in range(count):
        typed |= {
            f"key_{line}": f"{line + 1}" * 32,
            f"personal_id_{line}": f"06609000010{line}",
            f"name_{line}": "Lê Thị Bình",
            f"all_papers_{line}": "on",
        }

    def answer() -> Any:
        given = send(site, form, typed)
        assert given.status_code == 302
        return given

    return asked_by(site, form.who, answer)


def test_pages_of_a_paper_grow_by_its_files_only(site: Site) -> None:
    """One file is looked up by its content and written down."""
    form = form_named(site, "pages")

    def sent(count: int) -> Counted:
        files = {"files": [scenery.upload(f"{number}.pdf") for number in range(count)]}
        return asked_by(site, form.who, lambda: send(site, form, {"add": ""}, **files))

    one, three = sent(1), sent(3)
    assert three.number - one.number <= 2 * 2, f"{one.number} for one, for three {three}"


def test_several_approvals_grow_by_the_acts_only(site: Site) -> None:
    """For each decision the posts of who decides are asked for once more."""
    world = site.there.world
    form = form_named(site, "several")

    def sent(count: int) -> Counted:
        typed: dict[str, Any] = {}

        def prepare() -> None:
            acts = [world.until("propose") for _ in range(count)]
            picks = [f"{act.dossier_id}:{act.version}" for act in acts]
            typed.update({"pick": picks, "note": "x"} | {f"what_{act.dossier_id}": "approve" for act in acts})

        return asked_by(site, form.who, lambda: send(site, form, typed), prepare)

    one, three = sent(1), sent(3)
    assert three.number - one.number <= 2 * 1, f"{one.number} for one, for three {three}"
