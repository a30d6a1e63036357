"""What the system has to tell an officer: listed, counted, opened, put away, and seen by nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.desk.conftest import At
from tests.dossiers.world import World

from motcua.agencies.enums import Role, UnitKind
from motcua.agencies.models import Position
from motcua.dossiers import services as dossiers
from motcua.dossiers.services import Act
from motcua.notify import queries, services
from motcua.notify.models import OutboxMessage
from motcua.notify.services import Recipient

pytestmark = pytest.mark.django_db
INBOX = "/noi-bo/thong-bao/"
READ = "/noi-bo/thong-bao/da-doc/"


@pytest.fixture
def given(world: World) -> Act:
    """A dossier that was assigned to Dũng, who is told of it."""
    return world.until("assign")


def word_to(world: World, name: str) -> OutboxMessage:
    return OutboxMessage.objects.filter(account=world.people[name], channel="in_app").latest("id")


def told(world: World, name: str, number: int, link: str = "", about: str = "d-1") -> None:
    recipient = Recipient(str(world.people[name].pk), None, name)
    for _ in range(number):
        services.post(
            key="desk.reminded", recipients=[recipient], context={"link": link}, about=about, at=world.now
        )


def unread(world: World, name: str) -> int:
    return queries.unread(world.people[name].pk).count()


def test_who_is_given_a_case_finds_word_of_it_and_goes_on_to_the_dossier(
    world: World, given: Act, at_desk: At
) -> None:
    dung, word = at_desk("dung"), word_to(world, "dung")
    page = dung.get(INBOX)
    assert [(key, len(lines)) for _, key, lines in page.context["groups"]] == [("unread", 1)]
    assert f"Hồ sơ {world.state(given).code} được giao cho bạn" in page.content.decode()
    assert "về thủ tục" in page.content.decode()  # the beginning of the text stands below

    answer = dung.get(reverse("desk:inbox_open", args=[word.pk]))

    assert answer.headers["Location"] == reverse("desk:dossier", args=[given.dossier_id])
    assert dung.get(answer.headers["Location"]).status_code == 200
    assert [(key, len(lines)) for _, key, lines in dung.get(INBOX).context["groups"]] == [("read", 1)]


def test_opening_a_message_reads_it_and_shows_it_whole(world: World, given: Act, at_desk: At) -> None:
    dung, word = at_desk("dung"), word_to(world, "dung")
    shown = dung.get(reverse("desk:inbox_message", args=[word.pk])).content.decode()
    assert "đã được giao cho bạn xử lý" in shown
    assert reverse("desk:inbox_open", args=[word.pk]) in shown
    assert unread(world, "dung") == 0


@pytest.mark.parametrize(("number", "words"), [(0, ""), (1, "1"), (99, "99"), (100, "99+"), (101, "99+")])
def test_every_page_tells_how_many_are_unread_and_counts_no_further_than_it_says(
    world: World, at_desk: At, number: int, words: str
) -> None:
    told(world, "chi", number)
    for address in ("/noi-bo/phim-tat/", INBOX):
        assert at_desk("chi").get(address).context["unread"] == words
    assert at_desk("hanh").get("/noi-bo/phim-tat/").context["unread"] == ""


def test_who_holds_no_post_has_an_inbox_too(world: World, at_desk: At) -> None:
    told(world, "giang", 1)
    page = at_desk("giang").get(INBOX)
    assert (page.status_code, page.context["unread"]) == (200, "1")


def test_list_goes_on_below_and_back_to_its_beginning(world: World, at_desk: At) -> None:
    told(world, "chi", 21)
    first = at_desk("chi").get(INBOX)
    assert (len(first.context["groups"][0][2]), first.context["is_first"]) == (20, True)
    rest = at_desk("chi").get(INBOX + first.context["older"])
    assert [len(lines) for _, _, lines in rest.context["groups"]] == [1]
    assert f'href="{INBOX}"' in rest.content.decode()
    assert rest.context["older"] == ""


def test_one_is_marked_read_without_being_opened(world: World, at_desk: At) -> None:
    told(world, "chi", 2)
    answer = at_desk("chi").post(READ, {"message": str(word_to(world, "chi").pk)})
    assert (answer.headers["Location"], unread(world, "chi")) == (INBOX, 1)


def test_all_are_marked_but_what_came_after_the_page(world: World, at_desk: At) -> None:
    told(world, "chi", 25)
    newest = at_desk("chi").get(INBOX).context["newest"]
    told(world, "chi", 1)
    at_desk("chi").post(READ, {"all": "1", "newest": str(newest)})
    assert unread(world, "chi") == 1


def test_all_are_marked_from_a_later_page_too(world: World, at_desk: At) -> None:
    told(world, "chi", 45)
    chi = at_desk("chi")
    address = chi.get(INBOX).context["older"]
    told(world, "chi", 1)  # it is told before the later page is made, so that page knows of it
    later = chi.get(INBOX + address)
    told(world, "chi", 1)
    chi.post(READ, {"all": "1", "newest": str(later.context["newest"])})
    assert unread(world, "chi") == 1


@pytest.mark.parametrize("typed", [{}, {"message": "x"}, {"message": "9" * 40}, {"all": "1", "newest": "٣"}])
def test_nonsense_marks_nothing(world: World, at_desk: At, typed: dict[str, str]) -> None:
    told(world, "chi", 1)
    assert at_desk("chi").post(READ, typed).status_code == 404
    assert unread(world, "chi") == 1


def test_nobody_sees_opens_or_marks_the_messages_of_others(world: World, given: Act, at_desk: At) -> None:
    """Not even the head of the unit, nor whoever decides."""
    word = word_to(world, "dung")
    for name in ("lan", "hanh", "giang"):
        client = at_desk(name)
        assert client.get(INBOX).context["groups"] == [] or word.pk not in {
            line.message.id for _, _, lines in client.get(INBOX).context["groups"] for line in lines
        }
        for route in ("inbox_message", "inbox_open"):
            assert client.get(reverse(f"desk:{route}", args=[word.pk])).status_code == 404
        assert client.post(READ, {"message": str(word.pk)}).status_code == 404
        client.post(READ, {"all": "1", "newest": str(word.pk)})
    assert unread(world, "dung") == 1


def test_citizens_have_no_inbox_at_the_desk(world: World, at_desk: At) -> None:
    assert at_desk("an").get(INBOX).status_code == 403


@pytest.mark.parametrize(
    ("link", "opens"),
    [
        ("https://dichvucong.example.vn/noi-bo/theo-doi/", "Mở trang liên quan"),
        ("https://dichvucong.example.vn/noi-bo/danh-muc/viec/?loc=&cua=toi", "Mở trang liên quan"),
        ("https://dichvucong.example.vn/noi-bo/khong/co/?loc=&cua=toi", ""),
        ("https://dichvucong.example.vn/noi-bo/khong/co/trang/nay/", ""),
        ("https://dichvucong.example.vn/tra-cuu/H15-1", ""),
        ("", ""),
    ],
)
def test_a_message_leads_to_pages_of_the_desk_only(world: World, at_desk: At, link: str, opens: str) -> None:
    told(world, "chi", 1, link)
    chi, word = at_desk("chi"), word_to(world, "chi")
    assert chi.get(INBOX).context["groups"][0][2][0].opens == opens
    led = chi.get(reverse("desk:inbox_open", args=[word.pk])).headers["Location"]
    own = reverse("desk:inbox_message", args=[word.pk])
    assert led == (link.removeprefix("https://dichvucong.example.vn") if opens else own)


def test_whoever_lost_the_right_to_the_dossier_still_reads_the_message_only(
    world: World, given: Act, at_desk: At
) -> None:
    """The message says what was said; the dossier asks for the right of today."""
    recipient = Recipient(str(world.people["giang"].pk), None, "Giang")
    link = "https://dichvucong.example.vn" + reverse("desk:dossier", args=[given.dossier_id])
    services.post(
        key="desk.assigned", recipients=[recipient], context={"link": link}, about="d", at=world.now
    )
    led = at_desk("giang").get(reverse("desk:inbox_open", args=[word_to(world, "giang").pk]))
    assert at_desk("giang").get(led.headers["Location"]).status_code in (403, 404)


def test_word_is_read_with_its_work_and_what_the_act_tells_stays(world: World, given: Act) -> None:
    assert unread(world, "dung") == 1
    done = world.propose(given)
    assert unread(world, "dung") == 0
    world.approve(done)
    assert unread(world, "dung") == 0


def test_word_of_who_no_longer_has_it_is_read_and_that_of_the_next_is_not(world: World, given: Act) -> None:
    dossiers.reassign(
        **world._on(given, "lan"), officer_id=str(world.people["em"].pk), reason="Nghỉ dài ngày", task_key=""
    )
    assert (unread(world, "dung"), unread(world, "em")) == (0, 1)


def test_word_to_a_unit_is_read_by_all_once_one_of_them_has_answered(world: World, given: Act) -> None:
    unit, asked_ones = world.units[UnitKind.OFFICE], ("giang", "khoa")
    for name in asked_ones:
        Position.objects.create(account=world.people[name], unit=unit, role=Role.CASE_OFFICER.value)
    asked = dossiers.consult(**world._on(given, "dung"), unit_id=unit.pk, question="Quy hoạch?", limit="3wd")
    assert [unread(world, name) for name in asked_ones] == [1, 1]
    task = next(task for task in world.state(asked).tasks if task.kind == "consult")
    dossiers.answer(**world._on(asked, "giang"), task_key=task.key, answer="Phù hợp")
    assert [unread(world, name) for name in asked_ones] == [0, 0]
    assert unread(world, "dung") == 2  # the case is still theirs, and the answer is news


def test_nothing_is_left_to_read_of_a_dossier_that_has_ended(world: World, given: Act) -> None:
    told(world, "chi", 1)  # of something else
    world.stop(given)
    assert (unread(world, "dung"), unread(world, "chi")) == (0, 1)
