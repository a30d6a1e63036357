"""Why a result is late, as leaders write it: often with more of people than everybody may read."""

from __future__ import annotations

import re
from datetime import date
from random import Random

from motcua.config.demo import sample
from motcua.dossiers.rules.state import State
from motcua.kernel.text import fold

# No dossier knows them, and nobody else is called so: where one of them is read, the reason named them.
BYSTANDERS = ("Trương Thế Quyên", "Kiều Bích", "H’ Linh Kbuôr", "Phùng Tùng")
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_HONORIFICS = ("ông {}", "bà {}", "ông/bà {}", "Ông (bà): {}", "anh-chị {}", "cụ {}", "ông “{}”")


def of_apology(state: State, rng: Random) -> str:
    """A reason that names nobody, the applicant, their house, telephone or birthday, or a neighbour."""
    person = state.contents.applicant
    ways = [sample.APOLOGY_REASON, sample.APOLOGY_REASON]
    ways.append(f"Chưa xác minh được nhân thân của {_typed(person.name, rng)} tại nơi cư trú.")
    ways.append(f"Chờ {rng.choice(_HONORIFICS).format(rng.choice(BYSTANDERS))} ký giáp ranh.")
    if person.address:
        house = rng.choice((person.address, person.address.split(",")[0], fold(person.address)))
        ways.append(f"Chưa đo đạc xong nhà đất tại {house}.")
    if person.phone:
        number = person.phone
        ways.append(f"Gọi số {rng.choice((number, f'{number[:4]} {number[4:7]} {number[7:]}'))} không được.")
    if days := days_of_people(state):
        ways.append(f"Chưa xác minh được người {_born(rng.choice(days), rng)}.")
    return rng.choice(ways)


def days_of_people(state: State) -> tuple[date, ...]:
    """Birthdays, and the other days that the form asked for."""
    answers = [each for each in state.contents.form_data.values() if isinstance(each, str)]
    answered = [date.fromisoformat(each) for each in answers if _ISO.fullmatch(each)]
    born = state.contents.applicant.date_of_birth
    return tuple(dict.fromkeys([*filter(None, [born]), *answered]))


def _born(day: date, rng: Random) -> str:
    ways = (
        f"sinh ngày {day:%d} tháng {day:%m} năm {day:%Y}",
        f"sinh ngày {day.day} tháng {day.month} năm {day.year}",
        f"sinh {day.day}/{day:%m}/{day.year}",
        f"sinh {day.day}.{day.month}.{day.year}",
        f"sinh ngày {day:%d-%m-%Y}",
        f"sinh năm {day.year}",
    )
    return rng.choice(ways)


def _typed(name: str, rng: Random) -> str:
    short = " ".join(name.split()[-2:])
    spaced = name.replace(" ", "\u00a0 ")
    return rng.choice((name, name.upper(), name.lower(), fold(name), spaced, short))
