"""Whoever is away says so where work is given to them, after it was, and where it lies with them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.accounts.models import Account
from motcua.agencies import services as agencies
from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Absence, Position
from motcua.agencies.rules.standing_in import Authority
from motcua.desk.pages_of_verbs import BY_VERB
from motcua.dossiers.enums import Verb
from motcua.dossiers.models import DossierTask
from motcua.dossiers.services import Act

pytestmark = pytest.mark.django_db
GIVE = "/noi-bo/giao-nhieu/"


def away(world: World, name: str = "dung", *, in_days: int = 0, by: str = "lan") -> str:
    """Em stands in, in a leader's place as the head of a unit who was authorised; what is said of it."""
    is_leader = name == "hanh"
    if is_leader:
        Position.objects.filter(account=world.people["em"]).update(role=Role.UNIT_HEAD.value)
    first = world.now.date() + timedelta(days=in_days)
    last = first + timedelta(days=1)
    agencies.record_absence(
        actor=world.actor(by),
        at=world.now,
        account_id=world.people[name].pk,
        substitute_id=world.people["em"].pk,
        first_day=first,
        last_day=last,
        reason="Nghỉ phép",
        authority=Authority("05/GUQ", world.now.date()) if is_leader else None,
    )
    return said(first, last)


def said(first: date, last: date) -> str:
    return f"vắng từ {first:%d/%m/%Y} đến hết {last:%d/%m/%Y}, Em làm thay"


def form(act: Act, verb: Verb) -> str:
    return reverse("desk:verb", args=[act.dossier_id, BY_VERB[verb].slug])


def offered(world: World, choices: list[tuple[str, str]]) -> dict[str, str]:
    names = {str(account.pk): name for name, account in world.people.items()}
    return {names[key]: label for key, label in choices if key}


def test_next_step_and_letter_name_who_does_the_work_of_an_absent_leader(world: World, at_desk: At) -> None:
    act = world.until("assign")
    words = away(world, "hanh", by="hanh")
    page = at_desk("dung").get(form(act, Verb.PROPOSE)).content.decode()
    assert f"(Hanh – {words})" in page
    Account.objects.filter(username="em").update(is_active=False)
    page = at_desk("dung").get(form(act, Verb.PROPOSE)).content.decode()
    alone = words.replace("Em làm thay", "chưa có người làm thay việc này")
    assert f"(Hanh – {alone})" in page
    assert "hiện chưa có ai" in page


def test_blocking_a_substitute_says_whom_that_leaves_alone(world: World, at_desk: At) -> None:
    away(world, "hanh", by="hanh")
    Account.objects.filter(username="lan").update(is_admin=True)
    em = world.people["em"].pk
    page = at_desk("lan").get(reverse("desk:account_act", args=[em, "khoa"])).content.decode()
    assert "Người này đang thay Hanh đến hết" in page
    for slug in ("mat-khau", "khoa"):
        other = world.people["dung"].pk if slug == "khoa" else em
        page = at_desk("lan").get(reverse("desk:account_act", args=[other, slug])).content.decode()
        assert "đang thay" not in page
    Account.objects.filter(username="em").update(is_active=False)
    page = at_desk("hanh").get(reverse("desk:absences")).content.decode()
    assert "Tài khoản của người thay đã bị khóa" in page


def test_ending_a_post_says_whom_that_leaves_alone_and_the_absence_is_marked(
    world: World, at_desk: At
) -> None:
    away(world, "hanh", by="hanh")
    Account.objects.filter(username="lan").update(is_admin=True)
    posts = {name: Position.objects.get(account=world.people[name]) for name in ("em", "dung")}
    ending = {
        name: at_desk("lan").get(reverse("desk:relieve", args=[post.pk])).content.decode()
        for name, post in posts.items()
    }
    assert "Người này đang thay Hanh đến hết" in ending["em"]
    assert "đang thay" not in ending["dung"]
    mark = "Người thay không còn giữ vị trí cần có"
    assert mark not in at_desk("hanh").get(reverse("desk:absences")).content.decode()
    office = world.units[UnitKind.OFFICE]
    again = Position.objects.create(
        account=world.people["em"], unit=office, role=Role.UNIT_HEAD, valid_from=world.now.date()
    )
    assert "đang thay" not in at_desk("lan").get(reverse("desk:relieve", args=[again.pk])).content.decode()
    for post in (again, posts["em"]):
        agencies.take_back(actor=world.actor("lan"), at=world.now, position_id=post.pk)
    assert mark in at_desk("hanh").get(reverse("desk:absences")).content.decode()


def test_head_who_assigns_sees_who_is_away_and_is_told_after_it_too(world: World, at_desk: At) -> None:
    act, words, lan = world.until("hand_over"), away(world), at_desk("lan")
    fields = lan.get(form(act, Verb.ASSIGN)).context["form"].fields
    assert offered(world, fields["officer"].choices) == {"dung": f"Dung – {words}", "em": "Em"}
    typed = {"version": act.version, "task_key": world.task(act), "note": ""}
    dung, em = (str(world.people[name].pk) for name in ("dung", "em"))
    done = lan.post(form(act, Verb.ASSIGN), typed | {"officer": dung}, follow=True)
    assert [str(each) for each in done.context["messages"]] == [f"Đã phân công thụ lý. Dung {words}."]
    other = world.until("hand_over")
    typed = {"version": other.version, "task_key": world.task(other), "note": ""}
    done = lan.post(form(other, Verb.ASSIGN), typed | {"officer": em}, follow=True)
    assert [str(each) for each in done.context["messages"]] == ["Đã phân công thụ lý."]


def test_absence_that_begins_before_the_work_is_due_is_said_and_a_later_one_is_not(
    world: World, at_desk: At
) -> None:
    act = world.until("hand_over")
    due = world.state(act).due_at
    assert due is not None
    left = (due.date() - world.now.date()).days
    words = away(world, in_days=left)
    away(world, "chi", in_days=left + 1, by="hanh")
    chi, unit = world.people["chi"], world.units[UnitKind.DIVISION]
    Position.objects.create(account=chi, unit=unit, role=Role.CASE_OFFICER.value)
    fields = at_desk("lan").get(form(act, Verb.ASSIGN)).context["form"].fields
    assert offered(world, fields["officer"].choices) == {"chi": "Chi", "dung": f"Dung – {words}", "em": "Em"}


def test_work_given_to_another_says_who_is_away(world: World, at_desk: At) -> None:
    act, words, lan = world.until("assign"), away(world), at_desk("lan")
    fields = lan.get(form(act, Verb.REASSIGN)).context["form"].fields
    assert offered(world, fields["officer"].choices) == {"dung": f"Dung – {words}", "em": "Em"}


def test_several_given_at_once_say_who_is_away_before_and_after(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    em = world.people["em"]
    acts = [world.assign(world.until("hand_over"), officer_id=str(em.pk)) for _ in range(2)]
    words, lan = away(world), at_desk("lan")
    asked = {"ho-so": [act.dossier_id for act in acts]}
    lan.get(GIVE, asked)
    with django_assert_max_num_queries(15):
        fields = lan.get(GIVE, asked).context["form"].fields
    assert offered(world, fields["officer"].choices)["dung"] == f"Dung – {words}"
    picks = [f"{act.dossier_id}:{act.version}" for act in acts]
    typed = {"pick": picks, "officer": str(world.people["dung"].pk), "reason": "Chia việc"}
    done = lan.post(GIVE, typed, follow=True)
    assert [each.said for each in done.context["done"]] == ["Đã giao hồ sơ."] * 2
    assert [str(each) for each in done.context["messages"]] == [f"Dung {words}."]


def test_head_gives_out_from_the_units_list_what_nobody_has(world: World, at_desk: At) -> None:
    acts = [world.until("assign") for _ in range(2)]
    DossierTask.objects.all().update(officer=None)
    shown = at_desk("lan").get("/noi-bo/viec-cua-don-vi/")
    assert (shown.context["ticking"], len(shown.context["lines"])) == ("giving", 2)
    assert at_desk("dung").get("/noi-bo/viec-cua-don-vi/").context["ticking"] == ""
    asked = {"ho-so": [line.pick.partition(":")[0] for line in shown.context["lines"]]}
    assert sorted(asked["ho-so"]) == sorted(act.dossier_id for act in acts)
    assert at_desk("lan").get(GIVE, asked).status_code == 200


def test_page_says_that_whoever_has_it_is_away_and_who_does_it(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    act, words = world.until("assign"), away(world)
    address, chi = reverse("desk:dossier", args=[act.dossier_id]), at_desk("chi")
    assert f"Dung – {words}" in chi.get(address).content.decode()
    with django_assert_max_num_queries(15):
        assert [task.absence for task in chi.get(address).context["page"].tasks] == [words]
    world.later(days=2)
    assert [task.absence for task in chi.get(address).context["page"].tasks] == [""]


def test_page_says_that_nobody_stands_in_where_the_post_was_not_handed_on(world: World, at_desk: At) -> None:
    act = world.until("assign")
    away(world)
    desk = world.units[UnitKind.DESK]
    Position.objects.filter(account=world.people["dung"]).update(unit=desk, role=Role.RECEIVER.value)
    page = at_desk("chi").get(reverse("desk:dossier", args=[act.dossier_id])).context["page"]
    assert [task.absence.rpartition(", ")[2] for task in page.tasks] == ["chưa có người làm thay việc này"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"first_day": "06/03/2024", "last_day": "05/03/2024"}, "last_day"),
        ({"first_day": "01/03/2024", "last_day": "02/03/2024"}, "last_day"),
        ({"last_day": "05/03/2026"}, "last_day"),
        ({"substitute": "dung"}, "substitute"),
        ({"substitute": "chi"}, "substitute"),
        ({"first_day": "07/03/2024", "last_day": "08/03/2024"}, "first_day"),
    ],
    ids=["reason", "order", "past", "length", "oneself", "away", "overlap"],
)
def test_refused_absence_says_why_at_its_field_and_links_there(
    world: World, at_desk: At, changes: dict[str, str], field: str
) -> None:
    away(world, "chi", by="hanh", in_days=0)
    away(world, "dung", in_days=3)
    typed = {"officer": "dung", "substitute": "lan", "first_day": "04/03/2024", "last_day": "05/03/2024"}
    typed |= {"reason": "Nghỉ phép"} | changes
    typed |= {name: str(world.people[typed[name]].pk) for name in ("officer", "substitute")}
    answer = at_desk("hanh").post("/noi-bo/vang-mat/", typed)
    assert list(answer.context["form"].errors) == [field]
    (error,) = answer.context["page_errors"]
    assert error.href == f"#id_{field}"
    assert Absence.objects.count() == 2


def test_lists_of_a_substitute_say_for_whom_they_stand_in_and_until_when(
    world: World, at_desk: At, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    away(world)
    em, mine = at_desk("em"), reverse("desk:worklist", args=["viec-cua-toi"])
    em.get(mine)
    with django_assert_max_num_queries(15):
        shown = em.get(mine).content.decode()
    last = world.now.date() + timedelta(days=1)
    assert f"Bạn đang thay Dung đến hết ngày {last:%d/%m/%Y}" in shown
    assert "Bạn đang thay" not in at_desk("lan").get(mine).content.decode()


def test_absence_still_to_come_is_not_said_to_run(world: World, at_desk: At) -> None:
    away(world, in_days=3)
    assert (
        "Bạn đang thay"
        not in at_desk("em").get(reverse("desk:worklist", args=["viec-cua-toi"])).content.decode()
    )


def test_form_lists_colleagues_by_rank_and_refuses_one_who_does_not_lead_at_the_field(
    world: World, at_desk: At
) -> None:
    hanh = at_desk("hanh")
    text = hanh.get("/noi-bo/vang-mat/").content.decode()
    assert text.index('<optgroup label="Lãnh đạo cơ quan"') < text.index("(không thay lãnh đạo)")
    typed = {"officer": "hanh", "substitute": "em", "authority": "05/GUQ"}
    typed |= {name: str(world.people[typed[name]].pk) for name in ("officer", "substitute")}
    typed |= {"first_day": "04/03/2024", "last_day": "05/03/2024", "reason": "Nghỉ phép"}
    undated = hanh.post("/noi-bo/vang-mat/", typed)
    assert list(undated.context["form"].errors) == ["authority_day"]
    typed["authority_day"] = "04/03/2024"
    answer = hanh.post("/noi-bo/vang-mat/", typed)
    assert list(answer.context["form"].errors) == ["substitute"]
    typed["substitute"] = str(world.people["lan"].pk)
    assert hanh.post("/noi-bo/vang-mat/", typed).status_code == 302
    assert "Văn bản ủy quyền: số 05/GUQ ngày 04/03/2024" in hanh.get("/noi-bo/vang-mat/").content.decode()
