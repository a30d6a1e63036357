"""Why a result is late, as leaders write it: often with more of people than everybody may read."""

from __future__ import annotations

from random import Random

from motcua.config.demo import sample
from motcua.dossiers.rules.state import State
from motcua.kernel.text import fold

# No dossier knows them, and nobody else is called so: where one of them is read, the reason named them.
BYSTANDERS = ("Trương Thế Quyên", "Kiều Bích", "H’ Linh Kbuôr", "Phùng Tùng")
_HONORIFICS = ("ông {}", "bà {}", "ông/bà {}", "Ông (bà): {}", "anh-chị {}", "cụ {}", "ông “{}”")


def of_apology(state: State, rng: Random) -> str:
    """A reason that names nobody, the applicant, their house or telephone, or a neighbour."""
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
    return rng.choice(ways)


def _typed(name: str, rng: Random) -> str:
    short = " ".join(name.split()[-2:])
    spaced = name.replace(" ", "\u00a0 ")
    return rng.choice((name, name.upper(), name.lower(), fold(name), spaced, short))
