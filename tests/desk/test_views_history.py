"""What a dossier has gathered beside it: the newest on its page, all of it page by page behind a link."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import translation
from tests.desk.conftest import At
from tests.dossiers.test_services_unending import end, take_back
from tests.dossiers.world import World

from motcua.desk.dossier_page import course
from motcua.dossiers import labels, services
from motcua.dossiers.enums import Correctable
from motcua.dossiers.models import OfficeNote, ThreadMessage
from motcua.dossiers.services import Act
from motcua.notify import services as notify
from motcua.notify.services import Recipient

pytestmark = pytest.mark.django_db


def page(act: Act) -> str:
    return reverse("desk:dossier", args=[act.dossier_id])


def history(act: Act, question: str = "") -> str:
    return reverse("desk:history", args=[act.dossier_id]) + question


def letters(world: World, act: Act, moments: int, channels: int = 1) -> None:
    """One letter a moment, to so many accounts."""
    for number in range(moments):
        notify.post(
            key="desk.reminded",
            recipients=[Recipient(world.people["dung"].pk, None, f"Dũng {n}") for n in range(channels)],
            context={"code": f"T-{number}"},
            about=act.dossier_id,
            at=world.later(minutes=number + 1),
        )


def said(world: World, act: Act, number: int) -> None:
    ThreadMessage.objects.bulk_create(
        ThreadMessage(
            dossier_id=act.dossier_id,
            author=world.people["an"],
            author_name="An",
            is_from_desk=False,
            text=f"Tin {each}.",
            at=world.later(minutes=each),
        )
        for each in range(number)
    )


def noted(world: World, act: Act, number: int) -> None:
    OfficeNote.objects.bulk_create(
        OfficeNote(
            dossier_id=act.dossier_id,
            author=world.people["chi"],
            author_name="Chi",
            text=f"Ghi {each}.",
            at=world.later(minutes=each),
        )
        for each in range(number)
    )


@pytest.mark.parametrize(
    ("fill", "most", "side", "words"),
    [
        (letters, 100, "thu-bao", "Xem thư báo cũ hơn"),
        (said, 100, "tin-nhan", "Xem tin nhắn cũ hơn"),
        (noted, 50, "ghi-chu", "Xem ghi chú cũ hơn"),
    ],
)
def test_page_says_what_it_leaves_out_and_leads_through_all_of_it(
    world: World, at_desk: At, fill: object, most: int, side: str, words: str
) -> None:
    act, chi = world.register(), at_desk("chi")
    assert words not in chi.get(page(act)).content.decode()
    assert callable(fill)
    fill(world, act, most + 7)
    first = chi.get(page(act) + f"?muc={side}")
    (older,) = first.context["timeline"].older
    assert f'href="{older.href.replace("&", "&amp;")}">{words}' in first.content.decode()
    assert words in chi.get(page(act)).content.decode()

    seen = [entry.title + entry.body for entry in first.context["timeline"].entries]
    rest = chi.get(older.href)
    seen += [entry.title + entry.body for entry in rest.context["timeline"].entries]

    numbers = [int(found[0]) for each in seen if (found := re.findall(r"(?:T-|Tin |Ghi )(\d+)", each))]
    assert numbers == list(range(most + 6, -1, -1))  # each once, the newest first, none left out
    assert rest.context["next"] == ""


def test_page_with_as_many_as_it_shows_leaves_nothing_out(world: World, at_desk: At) -> None:
    act = world.register()
    said(world, act, 100)
    noted(world, act, 50)
    shown = at_desk("chi").get(page(act))
    assert shown.context["timeline"].older == ()
    assert "cũ hơn" not in shown.content.decode()


def test_what_was_told_at_one_moment_is_not_torn_apart(world: World, at_desk: At) -> None:
    act = world.register()
    letters(world, act, 40, channels=3)  # the hundredth row is the first of three
    first = at_desk("chi").get(page(act) + "?muc=thu-bao").context["timeline"]
    whole = [entry for entry in first.entries if "nhắc" in entry.title.lower()]
    assert {entry.who for entry in whole} == {"Gửi Dũng 2, Dũng 1, Dũng 0"}
    rest = at_desk("chi").get(first.older[0].href).context["timeline"].entries
    assert len(whole) + sum("nhắc" in entry.title.lower() for entry in rest) == 40


@pytest.mark.parametrize(
    ("people", "named"),
    [(1, "Dũng 0"), (2, "Dũng 1, Dũng 0"), (4, "Dũng 3, Dũng 2 và 2 người khác")],
)
def test_what_was_told_to_officers_says_to_whom(world: World, at_desk: At, people: int, named: str) -> None:
    act = world.register()
    letters(world, act, 1, channels=people)
    entries = at_desk("chi").get(page(act) + "?muc=thu-bao").context["timeline"].entries
    (told,) = [entry for entry in entries if "T-0" in entry.title]
    assert re.fullmatch(f"Báo cho {named}: “.*T-0.*”", told.title)


def test_who_reads_of_a_case_given_to_a_colleague_reads_that_it_was(world: World, at_desk: At) -> None:
    act = world.until("assign")
    entries = at_desk("chi").get(page(act) + "?muc=thu-bao").context["timeline"].entries
    (told,) = [entry.title for entry in entries if "được giao cho bạn" in entry.title]
    assert told.startswith("Báo cho Dung: “")


def test_history_begins_with_the_newest_and_has_a_tab_for_each_side(world: World, at_desk: At) -> None:
    act = world.register()
    noted(world, act, 51)
    shown = at_desk("chi").get(history(act, "?muc=ghi-chu"))
    assert [entry.body for entry in shown.context["timeline"].entries][:1] == ["Ghi 50."]
    assert [key for key, _, _ in shown.context["timeline"].tabs] == ["thu-bao", "tin-nhan", "ghi-chu"]
    assert shown.context["next"].startswith("?muc=ghi-chu&truoc=")
    end = at_desk("chi").get(history(act, "?muc=ghi-chu&truoc=0"))
    assert "Không còn gì cũ hơn." in end.content.decode()


@pytest.mark.parametrize("question", ["?muc=x", "?muc=thu-bao&truoc=x", "?truoc=" + "9" * 40, "?truoc=-1"])
def test_nonsense_is_the_newest_page(world: World, at_desk: At, question: str) -> None:
    shown = at_desk("chi").get(history(world.register(), question))
    assert (shown.status_code, shown.context["is_first"]) == (200, True)


def test_history_is_for_whoever_works_on_the_dossier(world: World, at_desk: At) -> None:
    act = world.register()
    noted(world, act, 1)
    for name in ("giang", "an"):
        assert at_desk(name).get(history(act, "?muc=ghi-chu")).status_code in (403, 404)


def test_withdrawal_recorded_by_mistake_says_that_it_does_not_hold(world: World, at_desk: At) -> None:
    act = take_back(world, end(world, world.until("assign"), "withdraw"))
    shown = " ".join(at_desk("chi").get(page(act)).content.decode().split())
    marked = re.search(r'<p class="mc-timeline__title">([^<]*) <span[^>]*>ghi nhầm, đã thu hồi', shown)
    assert marked is not None
    assert shown.count("ghi nhầm, đã thu hồi") == 1
    assert marked[1] == labels.EVENT["withdrawn"]
    assert "Ghi nhầm là đã rút hồ sơ" in shown
    assert labels.CORRECTABLE[Correctable.ENDING] not in shown


def test_history_names_the_system_in_the_language_of_the_page(world: World) -> None:
    act = world.until("accept")
    view = services.open_dossier(actor=world.actor("chi"), at=world.now, dossier_id=act.dossier_id)
    by_system = replace(view.history[-1], actor_kind="system", actor_name="Hệ thống")
    with translation.override("en"):
        assert course.entry_of(by_system, view).who == "The system"
        assert course.entry_of(replace(by_system, actor_kind="officer"), view).who == "Hệ thống"
