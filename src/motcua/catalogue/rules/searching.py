"""Search that forgives accents, endings, everyday words and slips of the keyboard, and yet can say "nothing".

The database knows words, prefixes and three-letter pieces (`simple` text search, no extension) and hands over
candidates; whether one answers, and in which order, is decided here. Vietnamese syllables are shared by words
that have nothing to do with each other ("hộ chiếu", "hộ tịch"): a procedure answers only if nearly all that
was asked for stands in it, and an everyday phrase that is known counts as a whole or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, pairwise

from motcua.catalogue.rules.typed import (
    Word,
    apart,
    keyed,
    pieces,
    read,
    sounding_alike,
    spellings,
    without_doubles,
    words,
)
from motcua.kernel.text import one_spelling

# What says nothing of the matter; accents count, where they were typed: "thì" is empty, "thi" is not.
_EMPTY_WORDS = (
    "thủ tục xin làm cho của và để đề nghị cần muốn tôi em mình thì là gì ở tại đâu như thế nào ra sao "
    "bao nhiêu khi với bị được không ạ ơi nhé hãy giúp hỏi cách hướng dẫn theo các những một mới cái này "
    "tờ hồ sơ đơn mẫu trong việc nhỏ lớn the how to a an my for of i want need get"
)
# Of these, what is half of a word where it follows one that carries meaning ("hóa đơn", "neo đơn").
_LATER_HALF_WORDS = "đơn mẫu"
# What only joins the words of a sentence: known, so that no sound of it is taken for a word that was meant
# ("da" is "đã", and no "già").
_JOINING_WORDS = (
    "đã đang sẽ vẫn còn cũng rồi chưa đều do bởi vì nên mà nếu nhưng hoặc hay từ đến về trên dưới ngoài giữa "
    "sau trước lại nhất đó đấy kia nào ai nữa luôn chỉ riêng cùng cả mỗi từng"
)
# Who it is and since when may stand inside an everyday phrase: "bố tôi mất", "mẹ mới mất".
_BETWEEN_WORDS = "tôi em mình cháu nhà mới vừa đã"
# No half of a word that names a matter: what goes before it, and what stands between two.
_NO_HALF_WORDS = (
    "giấy đăng ký cấp xác xã phường tỉnh nước phép mở cho của và để về xin làm muốn cần tôi thì là ở tại "
    "khi với được không các những một cái này theo trong thủ tục"
)
# What is said of nearly every matter.
_LIGHT_WORDS = (
    "giấy đăng ký cấp xã phường tỉnh nước phép chứng nhận mở con bé cháu trẻ vợ chồng bố mẹ cha ông bà người"
)
LIGHT, WHOLE = 0.35, 1.0


PURPOSE = "để"  # what it is for comes after: "để vay vốn", which is another matter
SLIPS_FROM = 3  # letters: shorter words are too like each other
CHANGED_FROM = 7  # letters: a shorter word that stands alone is another one with another letter
ANSWERS = 0.8  # the share of the question that has to stand in a procedure
OTHER_ACCENTS = 0.6  # likeness of words that differ by their accents alone
SWAPPED = 0.85  # likeness of words but for two neighbouring letters swapped
LITERAL = 3.1  # points of a title that holds all that was asked: more than any everyday phrase gives
NEXT_NAMES, BEST_NAME = 0.93, 0.1  # of several official names the first counts most


@dataclass(frozen=True, slots=True)
class Known:
    """An everyday phrase in the question: where it stands, and what the catalogue may call it, best first."""

    everyday: str
    start: int
    end: int
    names: tuple[str, ...]
    official: tuple[tuple[Word, ...], ...]  # the words of the names


@dataclass(frozen=True, slots=True)
class Question:
    """What was asked, word by word, and the everyday phrases in it."""

    words: tuple[Word, ...]
    weights: tuple[float, ...]
    known: tuple[Known, ...]
    typed: tuple[Word, ...] = ()  # the words as they stood there, where some are read as they sound

    @property
    def is_empty(self) -> bool:
        return not self.words

    @property
    def phrase(self) -> str:
        return " ".join(word.folded for word in self.words)

    @property
    def core(self) -> str:
        """What is left without the words that say nothing of the matter."""
        return " ".join(word.folded for word, weight in zip(self.words, self.weights, strict=True) if weight)


def question(
    text: str,
    synonyms: Mapping[str, Sequence[str]],
    shorthand: Mapping[str, str] | None = None,
    titles: Sequence[Target] = (),
) -> Question:
    """The question in a text, with the everyday phrases (keys, with accents) that stand in it; `shorthand` is
    what people write for words that are long to type ("đk" for "đăng ký").

    The words of `titles`, those of procedures that may answer, are known too: none of them is read as a word
    that sounds alike.

    A phrase inside a longer one that was found says nothing of its own: "sửa giấy khai sinh" does not ask for
    "giấy khai sinh".
    """
    known_words = _dictionary_of(synonyms)
    written = tuple(_written_out(read(text), shorthand or {}))
    typed, asked = (_words_of(written, known_words, titles, by_ear=by_ear) for by_ear in (False, True))
    known = _known(asked, synonyms) or _after_slips(asked, synonyms, titles)
    weights = _weights(asked, synonyms, titles)
    purpose = next((at for at, word in enumerate(asked) if word.text == PURPOSE), len(asked))
    weights[purpose:] = [min(weight, LIGHT / 2) for weight in weights[purpose:]]
    for each in known:
        weights[each.start : each.end] = [WHOLE] * (each.end - each.start)
    if not any(weights):
        weights = [WHOLE] * len(asked)
    return Question(asked, tuple(weights), known, typed if typed != asked else ())


def _weights(
    asked: Sequence[Word], synonyms: Mapping[str, Sequence[str]], titles: Sequence[Target]
) -> list[float]:
    """What each word says of the matter, with its neighbours: "hoi" alone is "hỏi", which says nothing of it,
    and "xa hoi" is "xã hội"; "đơn" is a form that somebody asks for, and half of "hóa đơn"."""
    weights = [_weight(word) for word in asked]
    known = _halves_of(synonyms)
    for at, (one, two) in enumerate(pairwise(asked)):
        pair = (one.folded, two.folded)
        for side, word in enumerate((one, two)):
            if weights[at + side] or not word.is_bare:
                continue
            if side in known.get(pair, ()) or any(side in each.halves.get(pair, ()) for each in titles):
                weights[at + side] = WHOLE
        if weights[at] == WHOLE and _is_half_after_another(two):
            weights[at + 1] = WHOLE
    return weights


def _words_of(
    written: Iterable[Word],
    known: Mapping[str, Sequence[Word]],
    titles: Sequence[Target],
    *,
    by_ear: bool,
) -> tuple[Word, ...]:
    """The words that were meant, what was typed without a blank taken apart."""
    once = (without_doubles(_meant(word, known, titles, by_ear=by_ear)) for word in written)
    return tuple(_meant(word, known, titles, by_ear=by_ear) for word in apart(tuple(once), known))


def _written_out(asked: Iterable[Word], shorthand: Mapping[str, str]) -> Iterator[Word]:
    """The words with what is short written out, typed with its accents ("đk") or without ("dk")."""
    long = {short.folded: (short, read(full)) for key, full in shorthand.items() for short in read(key)}
    for word in asked:
        short, full = long.get(word.folded, (None, ()))
        yield from full if short and word.may_be(short) else (word,)


def _meant(
    word: Word, known: Mapping[str, Sequence[Word]], titles: Sequence[Target], *, by_ear: bool
) -> Word:
    """The known word that was typed for another keyboard ("lamf") or as it sounds ("xinh"); else itself.

    A word that is known stays what it is, and so does one of which nothing known can be made. Known is what
    everyday phrases, official names and titles hold, and what joins the words of a sentence. Who types for
    Telex or VNI types all accents: "tur" is a slip of "trú", and not half a "tử".
    """
    if _is_function_word(word) or _is_known(word, known) or any(is_in_title(word, each) for each in titles):
        return word
    for other in keyed(word):
        if any(other.is_same(each) for each in known.get(other.folded, ())):
            return other
    if not by_ear:
        return word
    return next((other for other in sounding_alike(word) if _is_known(other, known)), word)


def _is_known(word: Word, known: Mapping[str, Sequence[Word]]) -> bool:
    return any(word.may_be(other) for other in known.get(word.folded, ()))


def _is_function_word(word: Word) -> bool:
    """Without any accent, or with all of them: "dấy" lacks a stroke of "đấy", and sounds like "giấy"."""
    same = _FUNCTION.get(word.folded, ())
    return bool(same) if word.is_bare else any(word.is_same(other) for other in same)


def without_joint(everyday: str) -> str:
    """An everyday phrase without the words that only join its parts, which people leave out ("kết hôn với
    người nước ngoài")."""
    return " ".join(word for word in everyday.split() if word not in _JOINTS)


def _dictionary_of(synonyms: Mapping[str, Sequence[str]]) -> Mapping[str, Sequence[Word]]:
    return _dictionary(tuple((everyday, *names) for everyday, names in synonyms.items()))


def _halves_of(synonyms: Mapping[str, Sequence[str]]) -> Mapping[tuple[str, str], set[int]]:
    return _halves_in(tuple((everyday, *names) for everyday, names in synonyms.items()))


@lru_cache(maxsize=4)
def _halves_in(phrases: tuple[tuple[str, ...], ...]) -> Mapping[tuple[str, str], set[int]]:
    found: dict[tuple[str, str], set[int]] = {}
    for phrase in (phrase for each in phrases for phrase in each):
        for pair, sides in _halves(read(phrase)).items():
            found.setdefault(pair, set()).update(sides)
    return found


def _halves(those: Sequence[Word]) -> dict[tuple[str, str], set[int]]:
    """Neighbours without their accents, and which of them (0, 1) say something once these are there."""
    found: dict[tuple[str, str], set[int]] = {}
    for pair in pairwise(those):
        said = {side for side, word in enumerate(pair) if not word.is_bare and _weight(word)}
        found.setdefault((pair[0].folded, pair[1].folded), set()).update(said)
    return found


@lru_cache(maxsize=4)
def _dictionary(phrases: tuple[tuple[str, ...], ...]) -> Mapping[str, Sequence[Word]]:
    """The words of everyday phrases and official names, by what they are without accents."""
    found: dict[str, set[Word]] = {}
    for each in phrases:
        for word in (word for phrase in each for word in read(phrase)):
            found.setdefault(word.folded, set()).add(word)
    return {folded: tuple(same) for folded, same in found.items()}


def _known(asked: Sequence[Word], synonyms: Mapping[str, Sequence[str]]) -> tuple[Known, ...]:
    found: list[Known] = []
    for each in everyday_phrases(asked, synonyms):
        is_spread = each.end - each.start > len(_folded(each.everyday).split())
        if not any(
            (longer.start <= each.start and each.end <= longer.end)
            # Words of another phrase were not meant to stand around what came between.
            or (is_spread and longer.start < each.end and each.start < longer.end)
            for longer in found
        ):
            found.append(each)
    return tuple(found)


def everyday_phrases(asked: Sequence[Word], synonyms: Mapping[str, Sequence[str]]) -> tuple[Known, ...]:
    """Every everyday phrase that stands in the words, those inside others too; the longest first.

    Words that say who or since when may stand between its words.
    """
    places = tuple(range(len(asked)))
    readings = [places]
    kept = tuple(at for at in places if not _is_between(asked[at]))
    if len(kept) < len(places):
        readings.append(kept)
    found: dict[tuple[str, int, int], Known] = {}
    for reading in readings:
        for each in _phrases_at(asked, reading, synonyms):
            found.setdefault((each.everyday, each.start, each.end), each)
    return tuple(
        sorted(
            found.values(), key=lambda each: (-len(_folded(each.everyday).split()), each.start, each.everyday)
        )
    )


def _phrases_at(
    asked: Sequence[Word], places: Sequence[int], synonyms: Mapping[str, Sequence[str]]
) -> list[Known]:
    """The everyday phrases that stand in the words at these places, read one after the other."""
    phrase = f" {' '.join(asked[at].folded for at in places)} "
    known = _dictionary_of(synonyms)
    found: list[Known] = []
    for everyday, names in synonyms.items():
        if f" {_folded(everyday)} " not in phrase:
            continue
        key = _key(everyday)
        for start in range(len(places) - len(key) + 1):
            those = places[start : start + len(key)]
            if all(_is_meant(asked[at], word, known) for at, word in zip(those, key, strict=True)):
                official = tuple(read(each) for each in names)
                found.append(Known(everyday, those[0], those[-1] + 1, tuple(names), official))
    return found


def _after_slips(
    asked: Sequence[Word], synonyms: Mapping[str, Sequence[str]], titles: Sequence[Target]
) -> tuple[Known, ...]:
    """The longest everyday phrase that stands in the words but for one slip, where none stands as it is.

    A word that something known holds is no slip of another, as it stands: "thuế" does not ask for "thuê". A
    phrase of one word is meant by that word alone, and only where neither is a syllable of Vietnamese, of
    which too many are one slip apart: "mariage" is "marriage".
    """
    known = _dictionary_of(synonyms)

    def may_be_slip(word: Word) -> bool:
        if len(word.folded) < SLIPS_FROM or _is_function_word(word):
            return False
        alike = chain(known.get(word.folded, ()), *(each.by_fold.get(word.folded, ()) for each in titles))
        return not any(word.is_bare or word.is_same(other) for other in alike)

    slips = [may_be_slip(word) for word in asked]
    if not any(slips):
        return ()
    said = {word.folded for word in asked}
    heavy = [word for word in asked if _weight(word)]
    alone = heavy if len(heavy) == 1 else []
    found = []
    for everyday, names in synonyms.items():
        key = _key(everyday)
        if sum(word.folded not in said for word in key) > 1:
            continue
        if len(key) == 1 and not any(_may_mean_alone(word, key[0]) for word in alone):
            continue
        for start in range(len(asked) - len(key) + 1):
            pairs = [(asked[start + at], word, slips[start + at]) for at, word in enumerate(key)]
            missed = [pair for pair in pairs if not (_is_meant(*pair[:2], known) and not pair[2])]
            if len(missed) == 1 and missed[0][2] and is_a_slip_away(missed[0][0].folded, missed[0][1].folded):
                official = tuple(read(each) for each in names)
                found.append(Known(everyday, start, start + len(key), tuple(names), official))
    return tuple(sorted(found, key=lambda each: (each.start - each.end, each.start, each.everyday))[:1])


def _may_mean_alone(word: Word, key: Word) -> bool:
    """Not a short word with another letter: "horse" is a word of its own, and no slip of "house"."""
    if word.is_syllable or key.is_syllable:
        return False
    is_other_letter = len(word.folded) == len(key.folded) and sorted(word.folded) != sorted(key.folded)
    return not is_other_letter or len(word.folded) >= CHANGED_FROM


def _is_meant(word: Word, other: Word, known: Mapping[str, Sequence[Word]]) -> bool:
    """The word of a phrase, perhaps without some accents: but "thuê" is whole by itself, and no "thuế"."""
    if word.is_bare or word.is_same(other):
        return word.may_be(other)
    is_whole = any(word.is_same(each) for each in known.get(word.folded, ()))
    return not is_whole and word.may_be(other)


def _is_between(word: Word) -> bool:
    return word.text in _BETWEEN or (word.is_bare and word.folded in _BETWEEN_BARE)


@cache
def _key(everyday: str) -> tuple[Word, ...]:
    """The words of an everyday phrase, which are the same for every question."""
    return read(everyday)


@cache
def _folded(everyday: str) -> str:
    return " ".join(word.folded for word in _key(everyday))


def _weight(word: Word) -> float:
    if word.text in _EMPTY or (word.is_bare and word.folded in _EMPTY_BARE):
        return 0.0
    if word.text in _LIGHT or (word.is_bare and word.folded in _LIGHT_BARE):
        return LIGHT
    return WHOLE


def _is_half_after_another(word: Word) -> bool:
    """ "đơn" is a form that somebody asks for, and half of "hóa đơn"."""
    return word.text in _LATER_HALF or (word.is_bare and word.folded in _LATER_HALF_BARE)


def is_compound(first: Word, second: Word) -> bool:
    """Whether two neighbours may be one word that names a matter ("khai sinh", "tạm trú"), and not one that
    is said of nearly all ("đăng ký", "giấy phép") or half of it and half of another ("ký tạm")."""
    return WHOLE in (_weight(first), _weight(second)) and not any(map(_is_no_half, (first, second)))


def _is_no_half(word: Word) -> bool:
    return word.text in _NO_HALF or (word.is_bare and word.folded in _NO_HALF_BARE)


_BETWEEN = frozenset(word.text for word in read(_BETWEEN_WORDS))
_BETWEEN_BARE = frozenset(word.folded for word in read(_BETWEEN_WORDS))
_NO_HALF = frozenset(word.text for word in read(_NO_HALF_WORDS))
_NO_HALF_BARE = frozenset(word.folded for word in read(_NO_HALF_WORDS))
_EMPTY = frozenset(word.text for word in read(_EMPTY_WORDS))
_LIGHT = frozenset(word.text for word in read(_LIGHT_WORDS))
_FUNCTION = _dictionary(((_EMPTY_WORDS, _LIGHT_WORDS, _BETWEEN_WORDS, _NO_HALF_WORDS, _JOINING_WORDS),))
_JOINTS = frozenset(("với", "của"))
_LATER_HALF = frozenset(word.text for word in read(_LATER_HALF_WORDS))
_LATER_HALF_BARE = frozenset(word.folded for word in read(_LATER_HALF_WORDS))
_EMPTY_BARE = frozenset(word.folded for word in read(_EMPTY_WORDS))
_LIGHT_BARE = frozenset(word.folded for word in read(_LIGHT_WORDS))


def tsquery(asked: Question) -> str:
    """The candidates in the language of `to_tsquery('simple', …)`: made of letters and digits only."""
    weighty = [word.folded for word, weight in zip(asked.words, asked.weights, strict=True) if weight]
    readings = [weighty] + [
        [word.folded for word in each] for known in asked.known for each in known.official
    ]
    readings += [
        [word.folded for word in pair]
        for pair in zip(asked.words, asked.words[1:], strict=False)
        if is_compound(*pair)
    ]
    readings.append([word.folded for word in asked.typed])
    weighty += [word.folded for word in asked.typed if word not in asked.words]
    strict = [" & ".join(_beginning(word) for word in reading) for reading in readings if reading]
    loose = sorted({piece for word in weighty for each in spellings(word) for piece in pieces(each)})
    return " | ".join([f"({part})" for part in strict] + loose)


def _beginning(word: str) -> str:
    either = " | ".join(f"{each}:*" for each in spellings(word))
    return f"({either})" if len(spellings(word)) > 1 else either


@dataclass(frozen=True, slots=True)
class Target:
    """A procedure as the search sees it: its title with accents, and the folded words of all the rest."""

    title: tuple[Word, ...]
    by_fold: Mapping[str, Sequence[Word]]
    rest: frozenset[str]
    title_phrase: str
    all_phrase: str
    halves: Mapping[tuple[str, str], set[int]]


@lru_cache(maxsize=4096)  # more than a province has procedures; the same ones are candidates again and again
def target_of(title: str, rest: str) -> Target:
    title_words, rest_words = read(title), words(one_spelling(rest))
    by_fold: dict[str, list[Word]] = {}
    for word in title_words:
        by_fold.setdefault(word.folded, []).append(word)
    phrase = " ".join(word.folded for word in title_words)
    everything = f"{phrase} | {' '.join(rest_words)}"
    return Target(title_words, by_fold, frozenset(rest_words), phrase, everything, _halves(title_words))


def score(asked: Question, title: str, rest: str) -> float:
    """How well a procedure answers; 0 if it does not, else about 1 to 4.

    `title` comes with its accents; `rest` (sector, codes, agency, names of results) is folded. What was asked
    for has to be there to `ANSWERS`; then whole phrases in the title go first, and between equals the
    title that says little else.
    """
    if asked.is_empty:
        return 0.0
    target = target_of(title, rest)
    if _hangs_on_one_syllable(asked, target):
        return 0.0
    each, meant = found_in(asked, target)
    share = sum(w * v for w, v in zip(asked.weights, each, strict=True)) / sum(asked.weights)
    if not asked.known and _is_said(asked, target):
        share = 1.0
    if share < ANSWERS or not _stands_together(asked, target):
        return 0.0
    close = [closeness(asked.phrase, target), 0.95 * closeness(asked.core, target)]
    close += [closeness(phrase, target) * NEXT_NAMES**place * 0.97 for place, phrase in meant]
    is_best_name = any(place == 0 for place, _ in meant)
    points = share + max(close) + (BEST_NAME if is_best_name else 0.0)
    if asked.known and _says_all(asked, target):
        return max(points, LITERAL + points / 10)
    return points


def _stands_together(asked: Question, target: Target) -> bool:
    """Whether what was asked stands in a procedure as the words that it is, and not as scattered syllables.

    A word of Vietnamese is mostly two syllables: "địa chỉ" is neither in "Chi trả" nor in "địa bàn". So each
    that carries meaning has to stand beside one of its neighbours there too, or in a title that says
    something of the question else, alone as it was typed. What stands in the rest only (an agency is called
    "lao động") answers as a phrase that was asked as a whole, or beside what the title says.
    """
    if not asked.known and _is_said(asked, target):
        return True
    everyday = {at for known in asked.known for at in range(known.start, known.end)}
    most = WHOLE if asked.known else max(asked.weights)  # "cấp nước" is made of light words alone
    heavy = [at for at, weight in enumerate(asked.weights) if weight == most and at not in everyday]
    if len(heavy) + len(asked.known) < 2:
        return True
    places = _Places(asked, target)
    pairs = set(_neighbours(asked))
    in_title = {pair for pair in pairs if not everyday.issuperset(pair) and places.are_together(*pair)}
    alone = {at for at in heavy if not asked.words[at].is_syllable and places.is_exact(at)}
    if not (in_title or alone or asked.known):
        return False
    in_rest = {pair for pair in pairs - in_title if _are_in_rest(asked, *pair, target)}
    held = everyday.union(*in_title, *in_rest)
    left = sum(asked.weights[at] for at in heavy if at not in held and not places.is_exact(at))
    return left <= (1 - ANSWERS) * sum(asked.weights)


def _neighbours(asked: Question) -> Iterator[tuple[int, int]]:
    """The places of words that follow each other, with and without those between that say nothing."""
    yield from pairwise(range(len(asked.words)))
    yield from pairwise(at for at, weight in enumerate(asked.weights) if weight)


def _are_in_rest(asked: Question, one: int, two: int, target: Target) -> bool:
    pair = f" {asked.words[one].folded} {asked.words[two].folded}"
    return (pair if two == len(asked.words) - 1 else f"{pair} ") in f"{target.all_phrase} "


class _Places:
    """Where each word of a question stands in a title, and how like it is to what stands there."""

    def __init__(self, asked: Question, target: Target) -> None:
        self._asked, self._title = asked, target.title
        self._has_accents = not all(word.is_bare for word in asked.words)
        self._found: dict[int, dict[int, float]] = {}
        weighty = [place for place, word in enumerate(target.title) if _weight(word)]
        self._next = {*pairwise(range(len(target.title))), *pairwise(weighty)}

    def are_together(self, one: int, two: int) -> bool:
        """Whether two words follow each other there; a slip in one of them counts beside the other itself,
        and letters that were swapped in both."""
        first, second = self._of(one), self._of(two)
        return any(
            WHOLE in (first[left], second[right]) or min(first[left], second[right]) >= SWAPPED
            for left, right in self._next
            if left in first and right in second
        )

    def is_exact(self, at: int) -> bool:
        word = self._asked.words[at]
        return any(word.may_be(other) for other in self._title)

    def _of(self, at: int) -> dict[int, float]:
        if at not in self._found:
            word, is_last = self._asked.words[at], at == len(self._asked.words) - 1
            likeness = {
                place: self._likeness(word, other, is_last=is_last) for place, other in enumerate(self._title)
            }
            self._found[at] = {place: like for place, like in likeness.items() if like}
        return self._found[at]

    def _likeness(self, word: Word, other: Word, *, is_last: bool) -> float:
        if word.folded == other.folded:
            return 1.0 if word.may_be(other) else OTHER_ACCENTS
        if is_last and other.folded.startswith(spellings(word.folded)) and _accents_begin(word, other):
            return 0.9
        return _after_a_slip(word, other, self._has_accents)


def _says_all(asked: Question, target: Target) -> bool:
    """Whether all that was asked, more than an everyday phrase, stands in the title word for word:
    "giấy phép kinh doanh" is an everyday word, and "giấy phép kinh doanh vận tải" is part of a title.
    """
    everyday = {at for known in asked.known for at in range(known.start, known.end)}
    weighty = [(at, word) for at, word in enumerate(asked.words) if asked.weights[at]]
    says_more = any(at not in everyday and asked.weights[at] == WHOLE for at, _ in weighty)
    return says_more and all(is_in_title(word, target) for _, word in weighty)


def _hangs_on_one_syllable(asked: Question, target: Target) -> bool:
    """Whether all that was asked for, but for what is said of nearly every matter, is one syllable without
    accents of which the title has a slip at most: "giay to mat" asks neither for "mẫu" nor for "mặt trận".
    """
    heavy = [word for word, weight in zip(asked.words, asked.weights, strict=True) if weight > LIGHT]
    if asked.known or len(asked.words) < 2 or len(heavy) != 1:
        return False
    (word,) = heavy
    return (
        word.is_bare
        and word.is_syllable
        and not any(folded.startswith(word.folded) for folded in target.by_fold)
    )


def _is_said(asked: Question, target: Target) -> bool:
    """Whether what was asked stands there as a phrase; in the title with the accents that were typed.

    The rest has none: there one word alone, typed with accents, may be another ("thuốc", "thuộc").
    """
    core = tuple(word for word, weight in zip(asked.words, asked.weights, strict=True) if weight)
    if f" {asked.core} " not in f" {target.all_phrase} ":
        return False
    if all(word.is_bare for word in core):
        return True
    if _is_in_title(core, target):
        return True
    return len(core) > 1 and f" {asked.core} " not in f" {target.title_phrase} "


def _is_in_title(those: Sequence[Word], target: Target) -> bool:
    """Whether words stand in a title one after the other, with the accents that were typed."""
    if f" {' '.join(word.folded for word in those)} " not in f" {target.title_phrase} ":
        return False
    places = range(len(target.title) - len(those) + 1)
    return any(
        all(word.may_be(other) for word, other in zip(those, target.title[at:], strict=False))
        for at in places
    )


def found_in(asked: Question, target: Target) -> tuple[list[float], list[tuple[int, str]]]:
    """How well each word was found, 0 to 1, and the official phrases in the title, with their places."""
    has_accents = not all(word.is_bare for word in asked.words)
    each = [
        _likeness(word, target, is_last=at == len(asked.words) - 1, has_accents=has_accents)
        if weight
        else 0.0
        for at, (word, weight) in enumerate(zip(asked.words, asked.weights, strict=True))
    ]
    meant: list[tuple[int, str]] = []
    said: set[int] = set()
    for known in asked.known:
        spoken = asked.words[known.start : known.end]
        fits = [
            (place, official)
            for place, official in enumerate(known.official)
            if all(is_in_title(word, target) for word in official)
        ]
        meant += [(place, " ".join(word.folded for word in official)) for place, official in fits]
        if fits or _is_in_title(spoken, target):
            said.update(range(known.start, known.end))
    for known in asked.known:
        for at in range(known.start, known.end):
            each[at] = WHOLE if at in said else 0.0
    return each, meant


def is_in_title(word: Word, target: Target) -> bool:
    """The word itself, with its accents: an official name allows no slips."""
    return any(word.may_be(other) for other in target.by_fold.get(word.folded, ()))


def bears(title: str, name: str) -> bool:
    """Whether every word of an official name stands in the title, accents and all."""
    target = target_of(title, "")
    return all(is_in_title(word, target) for word in read(name))


def _likeness(word: Word, target: Target, *, is_last: bool, has_accents: bool) -> float:
    """1 for the word itself; less for other accents, slips of the keyboard and beginnings.

    Who types accents (`has_accents`) means a word without any as it is: "thai" is no slip of "tài".
    """
    same = target.by_fold.get(word.folded)
    if same is not None:
        if word.is_bare or any(word.is_same(other) for other in same):
            return 1.0
        return 0.95 if any(word.may_be(other) for other in same) else OTHER_ACCENTS
    if word.folded in target.rest:
        return 0.95 if word.is_bare else 0.75  # whose accents are not kept
    if is_last and (begun := _begins(word, target)):
        return begun
    return max((_after_a_slip(word, other, has_accents) for other in target.title), default=0.0)


def _begins(word: Word, target: Target) -> float:
    """Likeness of the last word to one that begins with it, as while somebody types; accents count."""
    begins = spellings(word.folded)
    if any(each.folded.startswith(begins) and _accents_begin(word, each) for each in target.title):
        return 0.9
    if any(other.startswith(begins) for other in target.rest):
        return 0.9 if word.is_bare else 0.7
    return 0.0


def _accents_begin(word: Word, other: Word) -> bool:
    shapes = zip(word.shapes, other.shapes, strict=False)
    return word.tone in {"", other.tone} and all(mine in {"", theirs} for mine, theirs in shapes)


def is_a_slip_away(typed: str, word: str) -> bool:
    """Whether one of two folded words is the other but for one slip, their first letters the same."""
    if min(len(typed), len(word)) < SLIPS_FROM or abs(len(typed) - len(word)) > 1 or typed[0] != word[0]:
        return False
    return not typed.isdigit() and _slips(typed, word) == 1


def _after_a_slip(word: Word, other: Word, has_accents: bool) -> float:
    """Likeness of words one slip apart; two neighbouring letters swapped is the surest of slips."""
    one, two = (word.folded, other.folded) if word.is_bare and not has_accents else (word.text, other.text)
    if len(one) < SLIPS_FROM or abs(len(one) - len(two)) > 1 or len(_letters(one) ^ _letters(two)) > 2:
        return 0.0
    if one.isdigit() or _slips(one, two) != 1:
        return 0.0
    if sorted(one) == sorted(two):
        return SWAPPED
    return 0.75 if one[0] == two[0] else 0.0


@lru_cache(maxsize=16384)
def _letters(word: str) -> frozenset[str]:
    return frozenset(word)


def closeness(phrase: str, target: Target) -> float:
    """How much of a title a phrase is, 0 to about 2.5."""
    asked, title = phrase.split(), target.title_phrase.split()
    close = 0.1 * len(asked) / max(1, len(title))
    if f" {phrase} " in f" {target.title_phrase} ":
        close += 1.0 + len(asked) / (2 * max(1, len(title)))
    elif f" {phrase} " in f" {target.all_phrase} ":
        close += 0.8
    if all(any(other.startswith(word) for other in title) for word in asked):
        close += 0.4
    return close


def _slips(one: str, other: str) -> int:
    """How many letters must be put in, left out, changed or swapped with their neighbour."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        last, row_before = row, before
        row = [i]
        for j, b in enumerate(other, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, row_before[j - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]
