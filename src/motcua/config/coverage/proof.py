"""What breaking the rules has shown of each clause: `law/data/proved.csv`, which the mutation report writes.

A clause that is shown and stands in the file was tried: functions on which it rests were broken, and what
carries it noticed (`proved`) or did not (`not_proved`). A shown clause that does not stand there lies outside
the run. The file says what the last report knew; a clause that is no longer
shown goes from it (`motcua law coverage --write`), and only a report adds one.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

FILE = Path("src/motcua/law/data/proved.csv")
_WORDS = {True: "proved", False: "not_proved"}


def read(path: Path) -> dict[str, bool]:
    """Whether each clause that was tried is proved. Raises ValueError naming a line that cannot be."""
    with path.open(encoding="utf-8", newline="") as file:
        return dict(_verdicts(csv.DictReader(file)))


def _verdicts(rows: csv.DictReader[str]) -> Iterator[tuple[str, bool]]:
    meant = {word: verdict for verdict, word in _WORDS.items()}
    seen = set[str]()
    for row in rows:
        one, word = row["clause"], row["verdict"]
        if word not in meant or one in seen:
            raise ValueError(f"{FILE.name}, line {rows.line_num}: {one},{word}")
        seen.add(one)
        yield one, meant[word]


def dump(verdicts: Mapping[str, bool]) -> str:
    """The text of the file."""
    lines = (f"{one},{_WORDS[verdicts[one]]}" for one in sorted(verdicts))
    return "\n".join(["clause,verdict", *lines]) + "\n"


def without(verdicts: Mapping[str, bool], shown: Collection[str]) -> dict[str, bool]:
    """The verdicts of what is still shown."""
    return {one: verdict for one, verdict in verdicts.items() if one in shown}


def problems(verdicts: Mapping[str, bool], shown: Collection[str]) -> Iterator[str]:
    """What the file says of clauses that nothing shows, which nothing can prove either."""
    for one in verdicts:
        if one not in shown:
            yield f"{FILE.name}: {one} is not shown; run motcua law coverage --write"
