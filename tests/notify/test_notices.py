"""Public notices: shown between two moments, ended, refused when they would say nothing."""

from __future__ import annotations

import argparse
from datetime import timedelta

import pytest
from tests.dossiers.world import MONDAY

from motcua.config.commands import notice as command
from motcua.kernel.actors import SYSTEM, Actor, ActorKind
from motcua.kernel.errors import Forbidden, NotFound, Refusal
from motcua.notify import queries, services
from motcua.notify.enums import NoticeKind
from motcua.notify.models import PublicNotice

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def give(**changes: object) -> int:
    given = {
        "actor": SYSTEM,
        "at": MONDAY,
        "kind": NoticeKind.STOP,
        "title": "Tạm ngừng để nâng cấp",
        "body": "Từ 20:00 đến 22:00 thứ Bảy.",
        "shown_from": MONDAY,
        "shown_to": MONDAY + 2 * HOUR,
    }
    return services.give_notice(**given | changes)  # type: ignore[arg-type]


def titles(hours: float) -> list[str]:
    return [each.title for each in queries.notices(MONDAY + hours * HOUR)]


def test_notice_is_shown_between_its_moments() -> None:
    give(shown_from=MONDAY + HOUR)
    assert [titles(hours) for hours in (0, 1, 1.9, 2)] == [
        [],
        ["Tạm ngừng để nâng cấp"],
        ["Tạm ngừng để nâng cấp"],
        [],
    ]


def test_stop_stands_before_news() -> None:
    give()
    give(kind=NoticeKind.NEWS, title="Lịch nghỉ lễ", shown_from=MONDAY + HOUR)
    assert titles(1) == ["Tạm ngừng để nâng cấp", "Lịch nghỉ lễ"]


def test_notice_is_english_where_it_was_given_in_english() -> None:
    give(title_english="Planned stop")
    (notice,) = queries.notices(MONDAY, language="en")
    assert (notice.title, notice.body) == ("Planned stop", "Từ 20:00 đến 22:00 thứ Bảy.")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"title": "  "}, "notify.notice_says_nothing"),
        ({"body": "\u200b\u2060"}, "notify.notice_says_nothing"),
        ({"body": ""}, "notify.notice_says_nothing"),
        ({"title": "x" * 201}, "notify.notice_too_long"),
        ({"body_english": "x" * 2001}, "notify.notice_too_long"),
        ({"shown_to": MONDAY}, "notify.notice_never_shown"),
        ({"shown_from": MONDAY - 2 * HOUR, "shown_to": MONDAY - HOUR}, "notify.notice_never_shown"),
    ],
)
def test_notice_that_makes_no_sense_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        give(**changes)
    assert (refused.value.code, PublicNotice.objects.count()) == (code, 0)


@pytest.mark.parametrize("start", [MONDAY, MONDAY + HOUR])
def test_ended_notice_is_shown_no_longer(start: object) -> None:
    number = give(shown_from=start)
    services.end_notice(actor=SYSTEM, at=MONDAY + HOUR / 2, notice_id=number)
    assert (titles(0.6), titles(1.5)) == ([], [])
    with pytest.raises(NotFound):
        services.end_notice(actor=SYSTEM, at=MONDAY + HOUR, notice_id=number)


def test_notices_by_who_does_not_administer_are_refused() -> None:
    number = give()
    officer = Actor(ActorKind.OFFICER, "0", "Chi")
    with pytest.raises(Forbidden):
        give(actor=officer)
    with pytest.raises(Forbidden):
        services.end_notice(actor=officer, at=MONDAY, notice_id=number)
    assert titles(0) == ["Tạm ngừng để nâng cấp"]


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def test_command_gives_lists_and_ends(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("list") == 0
    assert run("give", "Nâng cấp", "Tối thứ Bảy.", "--to", "2999-01-31T17:00") == 0
    number = str(PublicNotice.objects.get().pk)
    assert run("list") == 0
    assert run("end", number) == 0
    assert run("end", number) == 1
    assert run("give", "", "x", "--to", "2999-01-31T17:00") == 1
    said = capsys.readouterr()
    assert said.out.splitlines()[:2] == [
        "no notices",
        f"notice {number} is shown from now until 17:00 31/01/2999",
    ]
    assert said.out.splitlines()[2].endswith("17:00 31/01/2999  stop  Nâng cấp")
    assert said.err.count("motcua: ") == 2


def test_command_warns_of_a_notice_that_nobody_sees_yet(capsys: pytest.CaptureFixture[str]) -> None:
    words = ("Nâng cấp", "Từ 20:00.", "--from", "2999-01-31T20:00", "--to", "2999-01-31T22:00")
    assert run("give", *words) == 0
    number = PublicNotice.objects.get().pk
    said = capsys.readouterr()
    assert said.out == f"notice {number} is shown from 20:00 31/01/2999 until 22:00 31/01/2999\n"
    assert said.err.startswith(f"motcua: nobody sees notice {number} before 20:00 31/01/2999.")
    with pytest.raises(SystemExit):
        run("give", "--help")
    assert "not when the stop begins" in " ".join(capsys.readouterr().out.split())
