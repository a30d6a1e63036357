"""Be somebody else: every page of the site, visited by everybody whose business it is not."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker
from tests.resilience import scenery
from tests.resilience.hostile import Site
from tests.resilience.scenery import DOERS, VERBS_WITH_PAGES, Scenery

from motcua.accounts.models import Account
from motcua.agencies.enums import AgencyKind, AgencyLevel, Role, UnitKind
from motcua.agencies.models import Agency, Position, Unit
from motcua.dossiers import services
from motcua.dossiers.enums import Status, Verb
from motcua.dossiers.models import Dossier

pytestmark = pytest.mark.django_db

AN = ("Nguyễn Văn An", "066090000001", "an@example.vn", "0905000001")  # what nobody else may read
ROUTES = list(scenery.routes())
CITIZENS = [(name, params) for name, params, policy in ROUTES if policy == "citizen"]
OFFICERS = [(name, params) for name, params, policy in ROUTES if policy == "officer"]
PUBLIC = {name for name, _, policy in ROUTES if policy == "public"}
ADMINISTRATION = {
    *(
        "desk:officers",
        "desk:new_officer",
        "desk:officer",
        "desk:account_act",
        "desk:change_officer",
        *("desk:end_agency", "desk:keep_agency", "desk:end_unit", "desk:keep_unit"),
        "desk:agencies",
        "desk:agency",
    ),
    *("desk:new_agency", "desk:change_agency", "desk:new_unit", "desk:rename_unit", "desk:appoint"),
    *("desk:relieve", "desk:outbox", "desk:message", "desk:send_again", "desk:jobs", "desk:retry_job"),
    *("desk:health", "desk:acts", "desk:extracts", "desk:extract_file"),
    *("desk:reasons", "desk:new_reason", "desk:reason", "desk:drop_reason"),
    *("desk:notices", "desk:new_notice", "desk:end_notice"),
    *("desk:templates", "desk:template", "desk:form_sample", "desk:province_words"),
    "desk:reword_letter",
    *("desk:regulation", "desk:one_regulation", "desk:conformity", "desk:compare", "desk:roles"),
}
# Pages that everybody of the kind may open: they show only one's own.
OWN_LISTS = {
    *("portal:own_dossiers", "portal:inbox", "portal:file_start", "portal:acknowledge_terms"),
    *("portal:own_account", "portal:own_details", "portal:own_notices", "portal:own_data"),
    *("portal:change_email", "portal:confirm_email_change", "portal:change_phone"),
    *("portal:confirm_phone_change", "portal:change_password", "portal:download_data"),
    *("portal:devices", "portal:end_device", "portal:own_sharing"),
    *("portal:close_account", "portal:confirm_closing"),
    *("portal:join", "portal:join_code"),
    *("portal:mandates", "portal:new_mandate", "portal:organisations", "portal:new_organisation"),
}
OWN_DESK = {
    *(
        "desk:guide",
        "desk:home",
        "desk:worklist",
        "desk:search",
        "desk:change_password",
        "desk:keys",
        "desk:absences",
    ),
    *("desk:next_dossier", "desk:keep_list", "desk:several_done"),
    *("desk:incidents", "desk:incident", "desk:report"),  # outages are every officer's business
    *("desk:inbox", "desk:inbox_read", "desk:own_account", "desk:own_notices", "desk:devices"),
    *("desk:end_device", "desk:change_phone", "desk:change_email", "desk:confirm_email_change"),
    "desk:acknowledge_terms",  # the duties of every officer
    "desk:leave",  # closes nothing but a page of one's own
    "desk:under",  # a question; its answer asks for the right to read the dossier
}
# What an open page asks by itself: without a session it gets no answer, and stays as it is.
ASKED_BY_PAGES = {"desk:looking", "desk:leave"}
# Oanh holds every post, elsewhere.
FOR_POSTS_ANYWHERE = {
    "desk:intake",
    "desk:bundle_sheet",
    "desk:bundles",
    "desk:identity",  # the card lies before the officer
    "desk:register",
    "desk:return_scan",
    "desk:approve_several",
    "desk:ask_for_export",
    # What she answers for elsewhere; nothing of here is found.
    *("desk:urge_dossiers", "desk:give_dossiers", "desk:steered_done"),
    "desk:closures",
    "desk:watch",
    # What her own agency has to do for the catalogue and shows to the public.
    *("desk:duties", "desk:announcements", "desk:new_announcement", "desk:proposals", "desk:processes"),
    *("desk:items", "desk:new_item", "desk:blank_forms", "desk:procedure_forms", "desk:paper_forms"),
    *("desk:eforms", "desk:eform_design"),
    *("desk:upgrades", "desk:new_upgrade"),  # what her own agency asks of the system
}


@pytest.fixture(scope="module")
def committed(site: Site, django_db_blocker: DjangoDbBlocker) -> Scenery:
    with django_db_blocker.unblock():
        site.there.world.people["oanh"] = _officer_of_another_agency()
        connection.close()
    return site.there


@pytest.fixture
def there(committed: Scenery, db: None) -> Scenery:
    """An's things, and people who have no business with them; each test takes back what it does."""
    return committed


def _officer_of_another_agency() -> Account:
    """Oanh holds every post there is at the neighbouring department, and none here."""
    agency = Agency.objects.create(
        province="dak-lak", key="so-xay-dung", code="H15.16", name="Sở Xây dựng",
        level=AgencyLevel.PROVINCE, kind=AgencyKind.DEPARTMENT,
    )  # fmt: skip
    account = Account.objects.create(
        kind="officer", username="oanh", full_name="Oanh", created_at="2024-01-01T08:00:00+07:00"
    )
    for kind in UnitKind:
        unit = Unit.objects.create(agency=agency, key=kind.value, name=kind.value, kind=kind.value)
        for role in set(Role) - {Role.ADMIN}:
            Position.objects.create(account=account, unit=unit, role=role.value)
    return account


def visits(client: Client, there: Scenery, name: str, params: tuple[str, ...]) -> list[Any]:
    """The answers to looking at a page and to sending its form."""
    ids = there.ids()
    path = reverse(name, kwargs={each: ids[each] for each in params})
    return [client.get(path), client.post(path, {"version": "1", "asked": "nguyen van an", "declared": "on"})]


def read(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(content).decode(errors="replace")


def shows_nothing_of_an(answer: Any) -> bool:
    return not answer.streaming and not any(word in read(answer) for word in AN)


def codes(answers: list[Any]) -> list[int]:
    return [answer.status_code for answer in answers]


def test_every_address_says_whose_it_is() -> None:
    assert {policy for _, _, policy in ROUTES} == {"public", "citizen", "officer"}
    assert {name for name in PUBLIC if name.startswith(("portal:own", "portal:file"))} == set()
    assert len(CITIZENS) >= 14
    assert len(OFFICERS) >= 13


@pytest.mark.parametrize("kind", ["citizen", "officer"])
def test_nobody_is_led_to_the_log_in(there: Scenery, kind: str) -> None:
    entry = reverse("portal:log_in" if kind == "citizen" else "desk:log_in")
    for name, params in CITIZENS if kind == "citizen" else OFFICERS:
        for answer in visits(Client(), there, name, params):
            if name in ASKED_BY_PAGES:
                assert (answer.status_code, answer.content) == (204, b""), name
                continue
            assert answer.status_code == 302, name
            assert answer.headers["Location"].partition("?")[0] == entry, name


def test_officers_have_no_business_on_pages_of_citizens(there: Scenery) -> None:
    for who in ("chi", "giang", "oanh"):
        client = scenery.browser(there.world.people[who])
        for name, params in CITIZENS:
            answers = visits(client, there, name, params)
            assert codes(answers) == [403, 403], (who, name)
            assert all(map(shows_nothing_of_an, answers)), (who, name)


def test_citizens_have_no_business_at_the_desk(there: Scenery) -> None:
    for who in ("an", "binh"):
        client = scenery.browser(there.world.people[who])
        for name, params in OFFICERS:
            answers = visits(client, there, name, params)
            assert {403, 405} >= set(codes(answers)), (who, name)
            assert answers[0].status_code == 403, (who, name)
            assert all(not answer.streaming for answer in answers), (who, name)


@pytest.mark.clause("QN20-21.5#1", "KT18-13.5", "DL24-18.5")
@pytest.mark.any_regulation(
    "who gets nothing of a dossier hangs on accounts and posts, not on the regulation"
)
def test_another_citizen_gets_nothing_of_an(there: Scenery) -> None:
    client = scenery.browser(there.world.people["binh"])
    for name, params in CITIZENS:
        answers = visits(client, there, name, params)
        if name not in OWN_LISTS:
            assert {403, 404} >= set(codes(answers)), name
        assert all(map(shows_nothing_of_an, answers)), name


@pytest.mark.parametrize("verb", [Verb.SUBMIT, Verb.SUPPLEMENT, Verb.WITHDRAW])
def test_another_citizen_acts_on_nothing_of_an(there: Scenery, verb: Verb) -> None:
    client = scenery.browser(there.world.people["binh"])
    act = there.stages[verb]
    pages = (
        "file_tasks",
        *("file_whom", "file_case", "file_agency", "file_person", "file_capacity", "file_contact"),
        "file_form",
        "file_papers",
        "file_delivery",
        "file_check",
        "file_sent",
        "own_dossier",
    )
    for name in (*pages, "supplement", "supplement_form", "supplement_check", "withdraw"):
        section = [1] if name.endswith("_form") else []
        path = reverse(f"portal:{name}", args=[act.dossier_id, *section])
        typed = {"version": str(act.version), "declared": "on", "reason": "Thôi", "send": "", "purpose": "x"}
        for answer in (client.get(path), client.post(path, typed)):
            assert answer.status_code == 403, name
            assert shows_nothing_of_an(answer), name
    assert there.world.state(act).version == act.version


@pytest.mark.parametrize("who", ["giang", "oanh"])
@pytest.mark.clause("KT22-6.2#1", "PT24-3.4", "PT24-25.2")
@pytest.mark.any_regulation(
    "who gets nothing of a dossier hangs on accounts and posts, not on the regulation"
)
def test_officer_without_a_post_here_gets_nothing_of_an(there: Scenery, who: str) -> None:
    client = scenery.browser(there.world.people[who])
    for name, params in OFFICERS:
        answers = visits(client, there, name, params)
        if name not in OWN_DESK and not (name in FOR_POSTS_ANYWHERE and who == "oanh"):
            assert {403, 404, 405} >= set(codes(answers)), name
        if name != "desk:search":  # it shows again what was asked
            assert all(map(shows_nothing_of_an, answers)), name


@pytest.mark.parametrize("who", ["giang", "oanh", "khoa"])
def test_officer_whose_work_it_is_not_acts_on_nothing(there: Scenery, who: str) -> None:
    """Giang and Oanh may not even look; Khoa may look, and is told that the verb is not open to him.

    Documents Khoa may add as whoever settles at the agency may.
    """
    world = there.world
    client = scenery.browser(world.people[who])
    before = dict(Dossier.objects.values_list("id", "version"))
    for verb in VERBS_WITH_PAGES:
        if DOERS.get(verb) == who or (who, verb) == ("khoa", Verb.ATTACH_DOCUMENT):
            continue
        act = there.stages[verb]
        tasks = world.state(act).tasks
        typed = scenery.good_answers(verb, world) | {
            "version": str(act.version), "task_key": tasks[-1].key if tasks else ""
        }  # fmt: skip
        path = scenery.verb_address(act, verb)
        expected = 409 if who == "khoa" else 403
        assert codes([client.get(path), client.post(path, typed)]) == [expected, expected], verb
    assert dict(Dossier.objects.values_list("id", "version")) == before


def test_search_of_a_strange_officer_finds_no_dossier(there: Scenery) -> None:
    for who in ("giang", "oanh"):
        client = scenery.browser(there.world.people[who])
        for asked in AN[:2]:
            answer = client.post(reverse("desk:search"), {"asked": asked}, follow=True)
            assert answer.context["found"] == [], (who, asked)


def test_administration_is_closed_to_officers_who_do_not_administer(there: Scenery) -> None:
    for who in ("chi", "hanh", "giang", "oanh"):
        client = scenery.browser(there.world.people[who])
        for name, params in OFFICERS:
            if name not in ADMINISTRATION:
                continue
            answers = visits(client, there, name, params)
            assert {403, 404, 405} >= set(codes(answers)), (who, name)


def test_intake_takes_no_dossier_for_an_agency_where_one_holds_no_post(there: Scenery) -> None:
    world = there.world
    client = scenery.browser(world.people["oanh"])
    typed = {
        "action": "register", "request_key": "0" * 32, "version_id": str(world.version.pk),
        "channel": "counter", "agency": str(world.agency.pk), "personal_id": "066090000002",
        "name": "Binh", "delivery": "counter",
    }  # fmt: skip
    count = Dossier.objects.count()
    own_desk = str(Agency.objects.get(key="so-xay-dung").pk)
    # Neither at that agency's desk, nor for it at one's own before the law has desks take in for others.
    for agency in ({}, {"agency": own_desk, "settled_by": typed["agency"]}):
        assert client.post(reverse("desk:intake"), typed | agency).status_code == 200
        assert Dossier.objects.count() == count


@pytest.mark.clause("PT24-25.2")
@pytest.mark.any_regulation(
    "who gets nothing of a dossier hangs on accounts and posts, not on the regulation"
)
def test_administrator_of_accounts_reads_no_dossier(there: Scenery) -> None:
    """Who creates accounts sees no papers: an administrator holds no post by that."""
    client = scenery.browser(there.world.people["admin"])
    for name in ("desk:dossier", "desk:paper", "desk:slip", "desk:registered"):
        params = next(params for route, params in OFFICERS if route == name)
        answers = visits(client, there, name, params)
        assert answers[0].status_code == 403, name
        assert all(map(shows_nothing_of_an, answers)), name


def test_draft_is_nobodys_business_at_the_desk(there: Scenery) -> None:
    draft = there.stages[Verb.SUBMIT]
    for who in ("chi", "lan", "hanh"):
        answer = scenery.browser(there.world.people[who]).get(
            reverse("desk:dossier", args=[draft.dossier_id])
        )
        assert (answer.status_code, shows_nothing_of_an(answer)) == (403, True), who


def test_draft_thrown_away_stays_its_owners_business(there: Scenery) -> None:
    world = there.world
    draft = there.stages[Verb.SUBMIT]
    an, chi = (scenery.browser(world.people[who]) for who in ("an", "chi"))
    path = reverse("portal:withdraw", args=[draft.dossier_id])
    assert an.post(path, {"reason": "Thôi", "version": str(draft.version)}).status_code == 302
    assert world.state(draft).status is Status.WITHDRAWN
    assert services.verify().difference is None
    for name, args in (("own_dossiers", []), ("own_dossier", [draft.dossier_id])):
        assert an.get(reverse(f"portal:{name}", args=args)).status_code == 200
    assert chi.get(reverse("desk:dossier", args=[draft.dossier_id])).status_code == 403
    done = chi.get(reverse("desk:worklist", args=["da-xong"])).context["lines"]
    assert draft.dossier_id not in [line.item.dossier_id for line in done]
    found = chi.post(reverse("desk:search"), {"asked": "nguyen van an"}, follow=True).context["found"]
    assert draft.dossier_id not in [row["hit"].id for row in found]


def test_tracking_by_anybody_tells_nothing_personal(there: Scenery) -> None:
    for act in (there.accepted, *there.stages.values()):
        assert act is not None
        if act.reference:
            answer = Client().get(reverse("portal:track", args=[act.reference]))
            assert (answer.status_code, shows_nothing_of_an(answer)) == (200, True)


def test_result_is_the_applicants_only_once_it_was_announced(there: Scenery) -> None:
    world = there.world
    act = world.until("approve")
    from motcua.documents import services as documents

    card = documents.store(
        upload=scenery.upload("gp.pdf"), name="gp.pdf", actor=world.actor("khoa"), at=world.later(minutes=1)
    )
    act = world.issue(act, file_id=card.id)
    client = scenery.browser(world.people["an"])
    path = reverse("portal:own_file", args=[act.dossier_id, card.id])
    assert client.get(path).status_code == 404
    act = world.announce(act)
    answer = client.get(path)
    assert (answer.status_code, read(answer)[:5]) == (200, "%PDF-")
    assert scenery.browser(world.people["binh"]).get(path).status_code == 403


def test_file_of_one_dossier_is_not_reached_through_another(there: Scenery) -> None:
    """An id is not a right: Bình's own dossier does not open An's file, nor does attaching it work."""
    world = there.world
    own = world.draft(actor=world.actor("binh"))
    client = scenery.browser(world.people["binh"])
    path = reverse("portal:own_file", args=[own.dossier_id, there.file_id])
    assert client.get(path).status_code == 404
    key = f"supplement-{own.dossier_id}"
    session = client.session
    session[key] = [["paper", there.file_id, 0, 1, "", "x"]]
    session.save()
    from motcua.dossiers.errors import FileNotYours
    from motcua.dossiers.rules.state import DocumentRef

    with pytest.raises(FileNotYours):
        world.draft(
            actor=world.actor("binh"), dossier_id=own.dossier_id, expected_version=own.version,
            documents=(DocumentRef("paper", there.file_id),),
        )  # fmt: skip


def test_account_that_was_closed_loses_its_session_at_once(there: Scenery) -> None:
    world = there.world
    client = scenery.browser(world.people["chi"])
    path = reverse("desk:dossier", args=[there.stages[Verb.ACCEPT].dossier_id])
    assert client.get(path).status_code == 200
    Account.objects.filter(pk=world.people["chi"].pk).update(is_active=False)
    assert client.get(path).status_code == 302


def test_post_that_has_ended_opens_nothing_any_more(there: Scenery) -> None:
    world = there.world
    client = scenery.browser(world.people["chi"])
    path = reverse("desk:dossier", args=[there.stages[Verb.ACCEPT].dossier_id])
    Position.objects.filter(account=world.people["chi"]).update(valid_to="2024-03-01")
    assert client.get(path).status_code == 403
