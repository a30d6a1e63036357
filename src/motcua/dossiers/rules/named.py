"""Who is named in a text, whether or not the dossier knows them: behind an honorific, or by a whole name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from motcua.kernel.text import fold

_HONORIFICS = frozenset((
    "ông", "bà", "anh", "chị", "em", "cô", "chú", "bác", "cháu", "cụ", "dì", "cậu", "mợ", "thím", "bé",
    "thầy", "mẹ", "cha", "bố", "vợ", "chồng", "con",
))  # fmt: skip
_TWO_WORDS = frozenset(
    {
        *(("thai", "phụ"), ("sản", "phụ"), ("chủ", "hộ"), ("gia", "đình"), ("đồng", "chí"), ("luật", "sư")),
        *(("bác", "sĩ"), ("con", "trai"), ("con", "gái"), ("mẹ", "đẻ"), ("cha", "đẻ"), ("bố", "đẻ")),
    }
)
# Typed without accents most others are everyday words: `vo`, `bo`, `me`, `con`.
_BARE = frozenset(("ong", "ba", "anh", "chi", "em", "co", "chu", "bac", "chau", "cu"))
_FAMILIES = frozenset((
    "nguyễn", "trần", "lê", "phạm", "hoàng", "huỳnh", "phan", "vũ", "võ", "đặng", "bùi", "đỗ", "hồ",
    "ngô", "dương", "lý", "đoàn", "trịnh", "đinh", "lâm", "lương", "mai", "tạ", "tô", "trương", "châu",
    "phùng", "quách", "lục", "vương", "thạch", "nông", "hứa", "tăng", "kiều", "cao", "hà", "thái",
    "triệu", "chu", "đào", "lưu", "tống", "y", "h",
))  # fmt: skip
_BARE_FAMILIES = frozenset(fold(each) for each in _FAMILIES)
_NO_FAMILIES_IF_SMALL = frozenset({"hồ", "lý", "mai", "cao", "y", "h"})  # `hồ sơ`, `lý do`, `cao tuổi`
# Behind these stands what is called after somebody, unless the word before makes them something else:
# `yêu cầu`, `môi trường`, `hiệu trưởng`.
_CALLED_AFTER: dict[str, tuple[str, ...]] = {
    "đường": (), "phố": ("thành",), "chợ": (), "viện": (), "cầu": ("yêu", "nhu", "thỉnh"),
    "trường": ("môi", "thị", "hiện", "lập"), "duong": (), "pho": ("thanh", "cap"),
    "cau": ("yeu", "nhu", "thinh"),
    "truong": ("moi", "thi", "hien", "lap", "hieu", "doi", "to", "thon", "nhom", "khoa", "phong", "vien"),
}  # fmt: skip
# Behind these stands a place or a firm, or somebody who works there: `công an phường Nguyễn Văn Dũng`.
_BODIES = frozenset((
    "phường", "xã", "trấn", "quận", "huyện", "tỉnh", "thành", "phố", "tp", "p", "q", "ty", "tnhh", "nghiệp",
    "bộ", "sở", "trạm", "phuong", "xa", "huyen",
))  # fmt: skip
_NO_BODIES = frozenset((("nông", "nghiệp"), ("lâm", "nghiệp"), ("cán", "bộ"), ("can", "bộ"), ("can", "bo")))
_SHORT = frozenset({"tp", "p", "q"})
# Before a body, these say that somebody is spoken of who works there. Compared without accents.
_WORKING = frozenset(
    tuple(each.split())
    for each in (
        "cong an", "can bo", "cong chuc", "vien chuc", "chuyen vien", "nhan vien", "dia chinh", "tu phap",
        "ho tich", "van phong", "van thu", "chu tich", "bi thu", "ke toan", "thu quy", "giam doc", "dai dien",
        "lanh dao", "quan su", "dan quan", "thanh tra", "mot cua", "xay dung", "van hoa", "thong ke",
        "moi truong", "tai chinh", "kiem lam", "khuyen nong", "thu y", "dan so",
    )
)  # fmt: skip
# What may stand between the two: `chủ tịch hội phụ nữ xã`, `nhân viên trạm y tế của phường`.
_OF_A_BODY = frozenset((
    "ubnd", "hdnd", "uy", "ban", "nhan", "dan", "hoi", "dong", "dang", "doan", "cua", "tai", "o", "thuoc",
    "thi", "thanh", "cong", "ty", "tnhh", "doanh", "phong", "phu", "nu", "nong", "nien", "mat", "tran", "to",
    "quoc", "cuu", "chien", "binh", "tram", "y", "te", "truong", "pho", "khoi", "bo", "phan",
))  # fmt: skip
_FARTHEST = 8  # words of them
# After whom communes and wards are called in whole names; those of the provinces here, and the usual ones.
_PATRONS = frozenset(
    tuple(each.split())
    for each in (
        "le hong phong", "dang thuy tram", "truong quang trong", "ho chi minh", "tran hung dao",
        "nguyen thai hoc", "nguyen thi minh khai", "nguyen van cu", "nguyen van troi", "nguyen van linh",
        "hoang van thu", "hoang hoa tham", "vo thi sau", "pham ngu lao", "phan boi chau", "phan chu trinh",
        "phan dinh phung", "phan dinh giot", "tran quang khai", "tran dang ninh", "tran nguyen han",
        "tran te xuong", "nguyen cu trinh", "nguyen thai binh", "nguyen binh khiem", "ngo thi nham",
        "le dai hanh",
    )
)  # fmt: skip
_LONGEST_PATRON = max(map(len, _PATRONS))
_OF_A_PERSON = frozenset({"văn", "thị", "van", "thi"})  # second words; of a place only by its patron
_NO_PEOPLE = frozenset({("y", "te"), ("nong", "nghiep")})  # `Sở Y Tế`, `Sở Nông Nghiệp Và Môi Trường`
_WORD = re.compile(r"[^\W_]+(?:[’'ʼ][^\W_]+)*")
_CLAUSE = re.compile(r"[^.,;:()!?]+")  # no word goes over its end
_WITHIN = re.compile(r"\s*[’'ʼ]?\s*|[–-]")  # between the words of one name
_LISTED = re.compile(r"\s*[,;/&–-]\s*")  # between one name and the next
_AND = frozenset({"và", "với", "cùng", "va", "voi", "cung"})
_MOST = 4  # words of a name where all letters are capital ones and nothing says where it ends
_OTHERS = 2  # words of a name typed small that are hidden behind the family's


def named(text: str) -> list[tuple[int, int]]:
    """Where people are named: capitalised words behind `ông`, `bà` and the like, a family's name behind them
    though typed small, and whole names of three capitalised words and more.

    `text` is as seen (`kernel.text.as_seen`). A name of one or two words without an honorific is not found,
    nor is one typed small without one.
    """
    words = [_Word(each.start(), each[0]) for each in _WORD.finditer(text)]
    return _Scan(text, words).spans()


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def is_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_family(self) -> bool:
        small = re.split("[’'ʼ]", self.text.lower())[0]
        return small in _FAMILIES or (self.text.isascii() and small in _BARE_FAMILIES)

    @property
    def is_family_typed_small(self) -> bool:
        return self.text in _FAMILIES and self.text not in _NO_FAMILIES_IF_SMALL


class _Scan:
    def __init__(self, text: str, words: list[_Word]) -> None:
        self._text, self._words = text, words
        self._is_all_capitals = text.isupper()
        self._is_bare = _are_bare(text, words)

    def spans(self) -> list[tuple[int, int]]:
        found, at = [], 0
        while at < len(self._words):
            start, end = self._named_from(at)
            if end > at:
                found.append((start, self._words[end - 1].end))
            at = max(end, at + 1)
        return found

    def _named_from(self, at: int) -> tuple[int, int]:
        """Where a name begins that the word introduces or is, and the number of the word behind it."""
        glued = self._glued(at)
        if glued:
            return self._words[at].start + glued, self._list_end(at + 1)
        behind = self._honorific_end(at)
        if behind and behind < len(self._words):
            word, gap = self._words[behind], self._gap(behind)
            if word.is_capital and (word.is_family or not re.search(r"[.;!?]", gap)):
                return word.start, self._list_end(behind)
            if word.is_family_typed_small and not re.search(r"[.,;!?]", gap):
                return word.start, self._small_end(behind)
        return self._words[at].start, self._whole_name_end(at)

    def _glued(self, at: int) -> int:
        """Letters of an honorific to which the name was joined: two of `bàTrần`."""
        text = self._words[at].text
        if text[1:].islower() or not text[1:2].islower():
            return 0
        fits = (len(each) for each in _HONORIFICS if text.lower().startswith(each))
        return max((length for length in fits if text[length : length + 1].isupper()), default=0)

    def _honorific_end(self, at: int) -> int:
        """The number of the word behind the honorific; 0 if there is none."""
        word = self._words[at].text.lower()
        if at + 1 < len(self._words) and (word, self._words[at + 1].text.lower()) in _TWO_WORDS:
            return at + 2
        is_bare = word in _BARE and self._is_typed_bare(at)
        return at + 1 if word in _HONORIFICS or is_bare else 0

    def _is_typed_bare(self, at: int) -> bool:
        """Whether the clause has no accents, nor the word behind: else `ba Sở` would name somebody."""
        behind = self._words[at + 1].text if at + 1 < len(self._words) else ""
        return self._is_bare[at] and behind.isascii()

    def _gap(self, at: int) -> str:
        return self._text[self._words[at - 1].end : self._words[at].start]

    def _name_end(self, at: int) -> int:
        """The number of the word behind the capitalised ones that begin here."""
        first = at
        while at < len(self._words) and self._words[at].is_capital:
            if at > first and not self._is_within(at):
                break
            if self._is_all_capitals and at - first == _MOST:
                break
            at += 1
        return at

    def _is_within(self, at: int) -> bool:
        gap, before = self._gap(at), self._words[at - 1].text
        is_initial = len(before) <= 2 and gap.startswith(".")
        return bool(_WITHIN.fullmatch(gap[1:] if is_initial else gap))

    def _list_end(self, at: int) -> int:
        """The same, with the names that are listed behind the first: `ông Bình, Lê Cúc và Phạm Dũng`."""
        at = self._name_end(at)
        while at < len(self._words):
            is_joined = self._words[at].text.lower() in _AND
            then = at + 1 if is_joined else at
            if then >= len(self._words) or not (is_joined or _LISTED.fullmatch(self._gap(at))):
                break
            if not (self._words[then].is_capital and self._words[then].is_family):
                break
            at = self._name_end(then)
        return at

    def _small_end(self, at: int) -> int:
        last = min(at + 1 + _OTHERS, len(self._words))
        at += 1
        while at < last and self._gap(at).isspace() and self._words[at].text.isalpha():
            at += 1
        return at

    def _whole_name_end(self, at: int) -> int:
        word = self._words[at]
        if (
            self._is_all_capitals
            or not (word.is_capital and word.is_family)
            or self._folded(at, 2) in _NO_PEOPLE
        ):
            return at
        end = self._name_end(at)
        if end - at < 3 and not (end - at == 2 and re.search("[’'ʼ]", word.text)):
            return at
        return at if at and self._is_of_a_place(at) else end

    def _is_of_a_place(self, at: int) -> bool:
        """Whether the whole name that begins here is that of a street, a school, a ward or a firm, by what
        stands before it."""
        word, gap = self._words[at - 1].text.lower(), self._gap(at)
        if re.search(r"[,;!?)]", gap) or ("." in gap and word not in _SHORT):
            return False
        before = self._words[at - 2].text.lower() if at > 1 else ""
        if word in _CALLED_AFTER and before not in _CALLED_AFTER[word]:
            return True
        if (word, before) == ("vien", "benh"):
            return True
        if word not in _BODIES or (before, word) in _NO_BODIES:
            return False
        if word == "bộ" and not self._words[at - 1].is_capital:
            return False
        if any(self._folded(at, length) in _PATRONS for length in range(3, _LONGEST_PATRON + 1)):
            return True
        return not (self._words[at + 1].text.lower() in _OF_A_PERSON or self._is_of_who_works_there(at - 1))

    def _is_of_who_works_there(self, body: int) -> bool:
        """Whether the words before the one of a body say that somebody works there."""
        for at in range(body - 1, max(body - 2 - _FARTHEST, 0), -1):
            if re.search(r"[.,;:!?]", self._gap(at + 1)):
                return False
            if self._folded(at - 1, 2) in _WORKING:
                return True
            if fold(self._words[at].text) not in _OF_A_BODY:
                return False
        return False

    def _folded(self, at: int, length: int) -> tuple[str, ...]:
        return tuple(fold(each.text) for each in self._words[at : at + length])


def _are_bare(text: str, words: list[_Word]) -> list[bool]:
    """Of every word, whether the clause in which it stands has no accents. Each clause is read once."""
    found: list[bool] = []
    for clause in _CLAUSE.finditer(text):
        is_bare = all(char.isascii() for char in clause[0] if char.isalpha())
        while len(found) < len(words) and words[len(found)].start < clause.end():
            found.append(is_bare)
    return found
