"""What comes nearest to a question that no procedure answers as a whole: "khai sinh cho cháu ngoại".

People add for whom, in which case or how. What they want stands before it and is a word of two syllables that
a title bears ("khai sinh", "tạm trú"). An everyday phrase whose matter is not here still finds nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from motcua.catalogue.rules import searching
from motcua.catalogue.rules.searching import Question, Target

FOR_WHOM = "cho"  # for whom it is comes after: "cho bà ngoại", "cho người thuê nhà"
ENOUGH = 0.3  # the share of the question that has to stand in a procedure
SURE = 0.9  # how like a word of the procedure has to be: a slip counts only where all else is there
HALF, WHOLE_CORE = 0.1, 2.0


def core(asked: Question) -> Question:
    """The question without the words that say for whom or what for; itself where it says nothing of that."""
    inside = {at for known in asked.known for at in range(known.start + 1, known.end)}
    for at, word in enumerate(asked.words):
        is_cut = word.folded == FOR_WHOM or word.text == searching.PURPOSE
        if is_cut and at not in inside and searching.WHOLE in asked.weights[:at]:
            known = tuple(each for each in asked.known if each.end <= at)
            return replace(asked, words=asked.words[:at], weights=asked.weights[:at], known=known)
    return asked


def nearness(asked: Question, title: str, rest: str) -> float:
    """How near a procedure comes; 0 if it is about another matter. A whole core comes before a part of it."""
    about, target = core(asked), searching.target_of(title, rest)
    points = _part(about, target)
    if not points:
        return 0.0
    if about is not asked and (whole := searching.score(about, title, rest)):
        points = WHOLE_CORE + whole
    return points + HALF * _share(asked, target)


def _part(about: Question, target: Target) -> float:
    """How much of the question stands in the title, if a word that names its matter does.

    What it is comes first: a matter that is not here may only stand after it ("chứng thực chữ ký giấy bán
    xe").
    """
    each, meant = searching.found_in(about, target)
    runs = tuple(_runs(about, target))
    said = [known for known in about.known if each[known.start]]
    firm = min([end for _, end in runs] + [known.end for known in said], default=0)
    if not firm or any(known.start < firm for known in about.known if not each[known.start]):
        return 0.0
    share = _share(about, target)
    phrases = [phrase for _, phrase in meant] + [
        " ".join(word.folded for word in about.words[start:end]) for start, end in runs
    ]
    closest = max((searching.closeness(phrase, target) for phrase in phrases), default=0.0)
    return share + closest if share >= ENOUGH else 0.0


def _share(asked: Question, target: Target) -> float:
    each, _ = searching.found_in(asked, target)
    found = sum(w * v for w, v in zip(asked.weights, each, strict=True) if v >= SURE)
    return found / sum(asked.weights)


def _runs(asked: Question, target: Target) -> Iterator[tuple[int, int]]:
    """Where words that follow each other in the question and in the title, accents and all, stand in it, if
    one of two syllables is among them that names a matter."""
    for start in range(len(asked.words) - 1):
        for at in range(len(target.title) - 1):
            end = start
            for word, other in zip(asked.words[start:], target.title[at:], strict=False):
                if not word.may_be(other):
                    break
                end += 1
            pairs = zip(asked.words[start:end], asked.words[start + 1 : end], strict=False)
            if any(searching.is_compound(*pair) for pair in pairs):
                yield start, end
