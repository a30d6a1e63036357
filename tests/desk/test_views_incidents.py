"""Outages at the desk: declare, follow, end, enter the paper log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import World, moment, typed_at
from tests.incidents.test_operator import at_a_body

from motcua.agencies import queries as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Agency
from motcua.dossiers import queries as dossiers
from motcua.dossiers.queries import outages
from motcua.incidents import queries, services
from motcua.incidents.enums import ReportKind, Scope
from motcua.theme.wording import short_moment

pytestmark = pytest.mark.django_db


def page(name: str, *args: object) -> str:
    return reverse(f"desk:{name}", args=args)


def outage(world: World, *, ended: bool = True) -> str:
    """From now for half an hour, at Hạnh's agency."""
    began = world.now
    world.later(minutes=40)
    who = {"actor": world.actor("hanh"), "at": world.now}
    card = services.declare(
        **who, scope=Scope.AGENCY, what="Mất điện", began_at=began, agency_id=world.agency.pk
    )
    if ended:
        ended_at = began + timedelta(minutes=30)
        services.end(**who, incident_id=card.window.id, ended_at=ended_at, remedy="Có điện")
    return card.window.id


def test_incident_is_declared_followed_and_ended(world: World, at_desk: At) -> None:
    client = at_desk("hanh")
    given = {
        "place": f"agency-{world.agency.pk}",
        "what": "Mất điện",
    } | typed_at("began_at", short_moment(world.now - timedelta(hours=1)))
    answer = client.post(page("incidents"), given)
    (card,) = queries.lasting()
    assert answer.headers["Location"] == page("incident", card.window.id)
    shown = client.get(page("incident", card.window.id)).content.decode()
    for words in ("Mất điện", "Hanh", "chưa có địa chỉ thư", "Kết thúc sự cố"):
        assert words in shown
    ended = typed_at("ended_at", short_moment(world.now - timedelta(minutes=2))) | {"remedy": "Máy phát"}
    client.post(page("incident", card.window.id), ended)
    assert queries.lasting() == ()
    shown = client.get(page("incident", card.window.id)).content.decode()
    assert "Máy phát" in shown
    assert "Kết thúc sự cố" not in shown
    assert "Mất điện" in client.get(page("incidents")).content.decode()


def test_who_is_told_is_called_as_today_with_the_word_of_the_regulation(world: World, at_desk: At) -> None:
    """The department of the texts is no more; which agency has its tasks stands in the data."""
    client, address = at_desk("hanh"), page("incident", outage(world))
    named = "Sở Thông tin và Truyền thông"
    assert named in [name for name, _ in client.get(address).context["told"]]
    today = "Sở Khoa học và Công nghệ"
    Agency.objects.filter(pk=world.agency.pk).update(key="so-khoa-hoc-va-cong-nghe", name=today)
    agencies.forget()
    told = [name for name, _ in client.get(address).context["told"]]
    assert f"{today} (quy chế ghi: {named})" in told
    assert named not in told


def test_leader_of_the_body_that_runs_the_system_declares_and_ends_for_the_province(
    world: World, at_desk: At
) -> None:
    """Under this regulation the Office of the committee."""
    Agency.objects.filter(pk=world.agency.pk).update(key="van-phong-ubnd-tinh")
    agencies.forget()
    client = at_desk("hanh")
    assert "Toàn tỉnh" in client.get(page("incidents")).content.decode()
    given = {"place": "province", "what": "Mất kết nối"}
    client.post(page("incidents"), given | typed_at("began_at", short_moment(world.now - timedelta(hours=1))))
    (card,) = queries.lasting()
    assert card.window.scope is Scope.PROVINCE
    assert "Kết thúc sự cố" in client.get(page("incident", card.window.id)).content.decode()
    assert "Kết thúc sự cố" not in at_desk("chi").get(page("incident", card.window.id)).content.decode()


@pytest.mark.parametrize(
    "wrong",
    [
        {"place": "province"},
        {"place": "agency-x"},
        {"began_at_day": "hôm qua"},
        {"began_at_time": ""},
        typed_at("began_at", "00:00 01/01/2099"),
        {"what": ""},
    ],
)
def test_incident_declared_wrongly_is_answered_on_the_page(
    world: World, at_desk: At, wrong: dict[str, str]
) -> None:
    given = {
        "place": f"agency-{world.agency.pk}",
        "what": "Mất điện",
    } | typed_at("began_at", short_moment(world.now - timedelta(hours=1)))
    answer = at_desk("hanh").post(page("incidents"), given | wrong)
    assert (answer.status_code, bool(answer.context["page_errors"])) == (200, True)
    assert queries.incidents() == ()


def test_incident_declared_without_the_right_says_so(world: World, at_desk: At) -> None:
    given = {
        "place": f"agency-{world.agency.pk}",
        "what": "Mất điện",
    } | typed_at("began_at", short_moment(world.now - timedelta(hours=1)))
    dung = at_desk("dung")
    answer = dung.post(page("incidents"), given)
    assert (answer.status_code, queries.incidents()) == (403, ())
    # nobody fills in what they may not send: the page says who declares, and where to report
    shown = dung.get(page("incidents")).content.decode()
    assert "Sự cố do lãnh đạo cơ quan, trưởng bộ phận một cửa hoặc người quản trị ghi nhận" in shown
    assert 'name="place"' not in shown
    assert f'href="{page("report")}"' in shown


def test_places_offered_are_those_for_which_one_may_declare(world: World, at_desk: At) -> None:
    def offered(who: str) -> set[str]:
        form = at_desk(who).get(page("incidents")).context["form"]
        return {key for key, _name in form.fields["place"].choices} if form else set()

    desk = f"desk-{world.units[UnitKind.DESK].pk}"
    assert offered("hanh") == {desk, f"agency-{world.agency.pk}"}
    assert offered("chi") == set()


def test_incident_is_ended_only_by_who_may(world: World, at_desk: At) -> None:
    incident = outage(world, ended=False)
    client = at_desk("dung")
    assert client.get(page("incident", incident)).context["form"] is None
    ended = typed_at("ended_at", short_moment(world.now)) | {"remedy": "x"}
    assert client.post(page("incident", incident), ended).status_code == 403


def test_incident_of_an_unknown_number_is_not_found(at_desk: At) -> None:
    assert at_desk("hanh").get(page("incident", "018f0000-0000-7000-8000-000000000000")).status_code == 404


def test_term_for_recovery_is_shown_as_a_clock(world: World, at_desk: At, settings) -> None:
    settings.PROVINCE = "phu-tho"
    world.later(days=365)
    incident = outage(world, ended=False)
    assert "còn 11 giờ" in at_desk("hanh").get(page("incident", incident)).content.decode()
    world.later(hours=12)
    assert "quá hạn 0 giờ" in at_desk("hanh").get(page("incident", incident)).content.decode()


@pytest.mark.clause("PT24-23.8", "PT24-21.6")
def test_outage_of_three_days_is_declared_whole_and_tells_what_the_system_recorded(
    world: World, at_desk: At
) -> None:
    began = world.now
    act = world.register()  # by Chi, at this agency, while it is said to have been down
    world.later(hours=53)
    given = {"place": f"agency-{world.agency.pk}", "what": "Hỏng máy chủ", "remedy": "Thay máy chủ"}
    given |= typed_at("began_at", short_moment(began)) | typed_at("ended_at", short_moment(world.now))
    hanh = at_desk("hanh")
    refused = hanh.post(page("incidents"), given)
    assert set(refused.context["form"].errors) == {"evidence"}
    assert "cần ghi căn cứ" in refused.content.decode()
    late = typed_at("ended_at", short_moment(world.now - timedelta(hours=30))) | {"evidence": "Biên bản 12"}
    assert set(hanh.post(page("incidents"), given | late).context["form"].errors) == {"ended_at"}
    assert queries.incidents() == ()
    assert hanh.post(page("incidents"), given | {"evidence": "Biên bản 12"}).status_code == 302
    (card,) = queries.incidents()
    with CaptureQueriesContext(connection) as asked:
        shown = hanh.get(page("incident", card.window.id)).content.decode()
    assert len(asked) <= 15
    for words in ("Biên bản 12", "Thay máy chủ", "hệ thống vẫn ghi nhận 1 việc"):
        assert words in shown
    # what is entered from paper speaks for the outage, not against it
    happened = typed_at("happened_at", short_moment(began + timedelta(hours=30)))
    _accept(at_desk("chi"), world, act.dossier_id, incident=card.window.id, page="12", **happened)
    assert world.state(act).late_entries != ()
    assert "hệ thống vẫn ghi nhận 1 việc" in hanh.get(page("incident", card.window.id)).content.decode()


def test_outage_of_friday_is_declared_on_the_sunday_by_whoever_is_there(world: World, at_desk: At) -> None:
    """What is fresh on Monday morning is no less so the evening before."""
    world.now = moment("2024-03-10 21:20")
    given = {"place": f"desk-{world.units[UnitKind.DESK].pk}", "what": "Mất điện", "remedy": "Có điện"}
    given |= typed_at("began_at", short_moment(moment("2024-03-08 15:00")))
    given |= typed_at("ended_at", short_moment(moment("2024-03-08 17:10")))
    assert at_desk("hanh").post(page("incidents"), given).status_code == 302
    (card,) = queries.incidents()
    assert (card.evidence, card.window.ended_at) == ("", moment("2024-03-08 17:10"))


def test_end_before_what_was_entered_from_the_log_is_answered_beside_its_field(
    world: World, at_desk: At
) -> None:
    act, began = world.register(), world.now
    incident = outage(world, ended=False)
    happened = typed_at("happened_at", short_moment(began + timedelta(minutes=20)))
    _accept(at_desk("chi"), world, act.dossier_id, incident=incident, page="12", **happened)
    assert world.state(act).late_entries != ()
    hanh = at_desk("hanh")
    too_early = typed_at("ended_at", short_moment(began + timedelta(minutes=19))) | {"remedy": "Có điện"}
    refused = hanh.post(page("incident", incident), too_early)
    assert set(refused.context["form"].errors) == {"ended_at"}
    assert "đã nhập việc làm lúc" in refused.content.decode()
    assert queries.incident(incident).window.ended_at is None
    ended = typed_at("ended_at", short_moment(began + timedelta(minutes=20))) | {"remedy": "Có điện"}
    assert hanh.post(page("incident", incident), ended).status_code == 302


def test_outage_during_which_nothing_was_recorded_there_says_nothing_of_it(world: World, at_desk: At) -> None:
    """What another place recorded does not speak against it; for the whole province everybody's acts do."""
    began = world.now
    world.submit(world.draft())
    world.later(hours=2)
    given = {"actor": world.actor("hanh"), "at": world.now, "what": "Mất mạng", "began_at": began}
    card = services.declare(scope=Scope.AGENCY, agency_id=world.agency.pk, **given)
    assert dossiers.recorded_during(card.window, world.now) is None
    assert (
        "hệ thống vẫn ghi nhận" not in at_desk("hanh").get(page("incident", card.window.id)).content.decode()
    )
    everywhere = replace(card.window, scope=Scope.PROVINCE, agency_id=None)
    assert dossiers.recorded_during(everywhere, world.now) is not None


def test_outage_with_very_many_acts_says_how_many_at_least_and_the_last(
    world: World, at_desk: At, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outages, "MOST", 2)
    began = world.now
    for _ in range(2):
        world.register()
    world.later(hours=2)
    act = world.register()
    last = world.state(act).last_at
    world.later(hours=1)
    given = {"actor": world.actor("hanh"), "at": world.now, "what": "Mất mạng", "began_at": began}
    card = services.declare(scope=Scope.AGENCY, agency_id=world.agency.pk, **given)
    found = dossiers.recorded_during(card.window, world.now)
    assert found is not None
    assert (found.count, found.is_more, found.last) == (2, True, last)
    shown = at_desk("hanh").get(page("incident", card.window.id)).content.decode()
    assert "hệ thống vẫn ghi nhận hơn 2 việc" in shown


# --- entering the paper log ---------------------------------------------------------------------------------
def _accept(client: Client, world: World, dossier_id: str, **late: str):
    given = {f"late-{name}": value for name, value in late.items()}
    version = world.state(dossier_id).version
    return client.post(page("verb", dossier_id, "tiep-nhan"), {"version": str(version), "note": ""} | given)


def test_act_done_on_paper_is_entered_at_its_moment(world: World, at_desk: At) -> None:
    act = world.register()
    happened = world.now + timedelta(minutes=10)
    incident = outage(world)
    client = at_desk("chi")
    assert "late-incident" in client.get(page("verb", act.dossier_id, "tiep-nhan")).content.decode()
    done = typed_at("happened_at", short_moment(happened))
    answer = _accept(client, world, act.dossier_id, incident=incident, page="12", **done)
    assert answer.headers["Location"] == page("dossier", act.dossier_id)
    state = world.state(act)
    assert short_moment(state.accepted_at) == short_moment(happened)
    shown = client.get(page("dossier", act.dossier_id)).content.decode()
    assert "Nhập bổ sung từ sổ giấy, trang 12" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"page": ""},
        {"happened_at_day": "", "happened_at_time": ""},
        {"happened_at_day": "x"},
        {"incident": "x"},
        {"minutes": 35},
    ],
)
def test_act_entered_wrongly_is_answered_on_the_page(world: World, at_desk: At, wrong: dict) -> None:
    act = world.register()
    happened = world.now + timedelta(minutes=wrong.pop("minutes", 10))
    late = {"incident": outage(world), "page": "12"} | typed_at("happened_at", short_moment(happened)) | wrong
    answer = _accept(at_desk("chi"), world, act.dossier_id, **late)
    assert (answer.status_code, bool(answer.context["page_errors"])) == (200, True)
    assert world.state(act).version == 1


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"page": ""}, {"page": "Cần ghi trang của sổ giấy"}),
        ({"minutes": 35}, {"happened_at": "Thời điểm đã làm không nằm trong lúc có sự cố"}),
        (
            {"page": "", "happened_at_day": "", "happened_at_time": ""},
            {"happened_at": "Hãy nhập lúc đã làm", "page": "Cần ghi trang của sổ giấy"},
        ),
    ],
)
def test_each_mistake_of_a_late_entry_stands_at_its_field_and_is_linked(
    world: World, at_desk: At, wrong: dict, fields: dict[str, str]
) -> None:
    act = world.register()
    happened = world.now + timedelta(minutes=wrong.get("minutes", 10))
    late = {"incident": outage(world), "page": "12"} | typed_at("happened_at", short_moment(happened))
    typed = {name: value for name, value in wrong.items() if name != "minutes"}
    context = _accept(at_desk("chi"), world, act.dossier_id, **late | typed).context
    assert (list(context["paper_entry"].errors), dict(context["form"].errors)) == (list(fields), {})
    told = context["page_errors"]
    assert [each.href for each in told] == [f"#{context['paper_entry'][name].auto_id}" for name in fields]
    assert [words in each.text for each, words in zip(told, fields.values(), strict=True)] == [True] * len(
        told
    )


def test_act_not_done_on_paper_happens_now(world: World, at_desk: At) -> None:
    act = world.register()
    outage(world)
    blank = {"incident": "", "happened_at_day": "", "happened_at_time": " ", "page": "", "done_by": ""}
    _accept(at_desk("chi"), world, act.dossier_id, **blank)
    state = world.state(act)
    assert (state.status, state.late_entries) == ("accepted", ())


@pytest.mark.parametrize(
    "typed",
    [
        {"happened_at_day": "04/03/2024", "happened_at_time": "08:20", "page": "12"},
        {"page": "12"},
        {"done_by": "@@"},
        {"happened_at_day": "x"},
    ],
)
@pytest.mark.parametrize("is_known", [True, False])
def test_what_is_said_to_be_on_paper_without_an_outage_is_never_taken_as_done_now(
    world: World, at_desk: At, typed: dict[str, str], is_known: bool
) -> None:
    act = world.register()
    if is_known:
        outage(world)
    context = _accept(at_desk("chi"), world, act.dossier_id, incident="", **typed).context
    assert "Chọn sự cố, hoặc bỏ giờ" in context["paper_entry"].errors["incident"][0]
    assert any("Chọn sự cố" in each.text for each in context["page_errors"])
    assert world.state(act).version == 1


def test_outage_during_which_something_was_recorded_is_offered(world: World, at_desk: At) -> None:
    act = world.register()
    outage(world)
    act = world.accept(act)
    answer = at_desk("chi").get(page("verb", act.dossier_id, "chuyen-xu-ly"))
    assert "late-incident" in answer.content.decode()


def test_page_without_an_outage_does_not_ask_for_paper(world: World, at_desk: At) -> None:
    act = world.register()
    assert (
        "late-incident" not in at_desk("chi").get(page("verb", act.dossier_id, "tiep-nhan")).content.decode()
    )


def test_outage_before_the_last_event_is_not_offered(world: World, at_desk: At) -> None:
    outage(world)
    act = world.register()
    context = at_desk("chi").get(page("verb", act.dossier_id, "tiep-nhan")).context
    assert context["paper_entry"] is None


def test_rail_leads_to_the_outages(world: World, at_desk: At) -> None:
    assert page("incidents") in at_desk("chi").get(page("worklist", "viec-cua-toi")).content.decode()
    assert world.units[UnitKind.DESK]


def test_officer_without_any_post_reads_no_incidents(world: World, at_desk: At) -> None:
    incident = outage(world)
    for address in (page("incidents"), page("incident", incident)):
        assert at_desk("giang").get(address).status_code == 403
        assert at_desk("dung").get(address).status_code == 200


@pytest.mark.clause("DL24-10.2", "DL24-24.4", "DL24-24.6")
def test_what_officers_and_citizens_report_is_gathered_and_grounds_a_declaration(
    world: World, at_desk: At
) -> None:
    told = {"kind": "outage", "what": "Trang trắng", "page": "Nộp hồ sơ", "contact": "0905 000 001"}
    services.report(
        kind=ReportKind.OUTAGE, what="Trang trắng", contact="0905 000 001", place="a", at=world.now
    )
    chi = at_desk("chi")
    assert chi.post(page("report"), told | {"what": ""}).status_code == 422
    for kind, what in (("outage", "Không in được"), ("misuse", "Tệp có mã độc")):
        assert chi.post(page("report"), told | {"kind": kind, "what": what}).status_code == 302
    assert "Không in được" not in chi.get(page("incidents")).content.decode()  # those who lead read it
    hanh = at_desk("hanh")
    shown = hanh.get(page("incidents"))
    text = shown.content.decode()
    for said in ("2 lượt báo từ", "Trang trắng", "Không in được", "Tệp có mã độc", "Chi, Sở Tư pháp"):
        assert said in text
    assert "0905 000 001" not in text  # what somebody left of themselves is for who runs the system
    (_none, ground) = shown.context["form"]["ground"].field.choices
    given = {"place": f"agency-{world.agency.pk}", "what": "Máy chủ hỏng", "ground": ground[0]} | typed_at(
        "began_at", short_moment(world.now - timedelta(hours=1))
    )
    hanh.post(page("incidents"), given | {"ground": "0" * 32})
    assert queries.lasting() == ()
    hanh.post(page("incidents"), given)
    (card,) = queries.lasting()
    assert "Căn cứ vào lượt báo" in hanh.get(page("incident", card.window.id)).content.decode()
    with CaptureQueriesContext(connection) as few:
        hanh.get(page("incidents"))
    for minutes in range(1, 9):
        world.later(minutes=1)
        services.report(kind=ReportKind.OUTAGE, what=f"sau {minutes}", place="a", at=world.now)
    with CaptureQueriesContext(connection) as many:
        hanh.get(page("incidents"))
    assert len(many) == len(few) <= 15


def test_whoever_runs_the_system_reads_the_contact(world: World, at_desk: At) -> None:
    Client().post("/bao-su-co/", {"kind": "account", "what": "Mất tài khoản", "contact": "0905 000 001"})
    at_a_body(world, "dung", "office", Role.ADMIN)
    assert "0905 000 001" in at_desk("dung").get(page("incidents")).content.decode()
    assert "Mất tài khoản" not in at_desk("hanh").get(page("incidents")).content.decode()
