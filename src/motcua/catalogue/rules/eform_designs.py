"""An e-form as lines that an officer can write: read, compared with the form in force, made into data.

A line is a question: what is asked, how it is answered, and whether it has to be; `#` begins a part.

    # Người yêu cầu
    Họ và tên | chữ
    Ngày sinh | ngày | không bắt buộc
    Quan hệ với người được cấp | chọn: Con; Cha hoặc mẹ
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

from motcua.catalogue.enums import FieldKind
from motcua.catalogue.rules.agreeing import KNOWN
from motcua.catalogue.rules.eforms import NO, YES, FormField, FormSection, Option
from motcua.catalogue.rules.reading import slug
from motcua.kernel.errors import N_

KINDS: dict[str, FieldKind] = {
    "chữ": FieldKind.TEXT,
    "đoạn văn": FieldKind.LONG_TEXT,
    "ngày": FieldKind.DATE,
    "số nguyên": FieldKind.WHOLE_NUMBER,
    "số": FieldKind.DECIMAL,
    "tiền": FieldKind.MONEY,
    "có hoặc không": FieldKind.YES_NO,
    "số định danh": FieldKind.PERSONAL_ID,
    "điện thoại": FieldKind.PHONE,
    "thư điện tử": FieldKind.EMAIL,
}
CHOICE = "chọn"
OPTIONAL, REQUIRED = "không bắt buộc", "bắt buộc"
MOST_LINES, LONGEST = 300, 300
_SAID = {YES: N_("Có"), NO: N_("Không")}
_WORDS = {kind: word for word, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line; `message` is a Vietnamese sentence to translate, with its `params`."""

    line: int
    message: str
    params: dict[str, object]


@dataclass(frozen=True, slots=True)
class Design:
    """A form as it was designed. With faults it is not whole, and nothing is to be made of it."""

    sections: tuple[FormSection, ...]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """The questions that the design adds, leaves out and asks otherwise, by their words."""

    added: tuple[str, ...]
    gone: tuple[str, ...]
    other: tuple[str, ...]

    @property
    def is_none(self) -> bool:
        return not (self.added or self.gone or self.other)


class _Faulty(Exception):
    def __init__(self, message: str, **params: object) -> None:
        self.message, self.params = message, params
        super().__init__(message)


def written(sections: Sequence[FormSection]) -> str:
    """The lines of a form that exists, to begin a design with."""
    lines: list[str] = []
    for section in sections:
        lines += ["", f"# {section.title}"] if lines else [f"# {section.title}"]
        lines += [_line_of(question) for question in section.fields]
    return "\n".join(lines)


def _line_of(question: FormField) -> str:
    if question.kind is FieldKind.CHOICE:
        how = f"{CHOICE}: " + "; ".join(option.label for option in question.options)
    else:
        how = _WORDS[question.kind]
    return " | ".join([question.label, how, *([] if question.required else [OPTIONAL])])


def read(text: str, known: Sequence[FormSection] = ()) -> Design:
    """What the lines say. A question that the form in force asks in the same words keeps what the lines do
    not tell: its key, hint, limits, on what it hangs, and where its answer is filled in from.

    Basis: DL24-14.5.
    """
    before = [(section.title, question) for section in known for question in section.fields]
    rules = {section.title: section for section in known}
    sections: list[FormSection] = []
    faults: list[Fault] = []
    lines: dict[str, int] = {}  # where each question stands, by its key
    for number, line in enumerate(text.splitlines()[: MOST_LINES + 1], start=1):
        words = " ".join(line.split())
        try:
            if number > MOST_LINES:
                raise _Faulty(N_("Bản thiết kế dài quá %(most)s dòng."), most=MOST_LINES)
            if not words:
                continue
            if words.startswith("#"):
                sections.append(_section(words, rules))
            elif not sections:
                raise _Faulty(N_("Câu hỏi phải nằm trong một phần: thêm dòng “# Tên phần” ở trên."))
            else:
                question = _question(words, before, sections[-1], lines.keys())
                lines[question.key] = number
                sections[-1] = replace(sections[-1], fields=(*sections[-1].fields, question))
        except _Faulty as faulty:
            faults.append(Fault(number, faulty.message, faulty.params))
    if not any(section.fields for section in sections) and not faults:
        faults.append(Fault(1, N_("Bản thiết kế chưa có câu hỏi nào."), {}))
    faults += _hanging_on_nothing(sections, [question for _, question in before], lines)
    whole = tuple(_with_what_holds(each, lines.keys()) for each in sections if each.fields)
    return Design(whole, tuple(sorted(faults, key=lambda fault: fault.line)))


def _section(words: str, known: dict[str, FormSection]) -> FormSection:
    title = words.lstrip("#").strip()
    if not title or len(title) > LONGEST:
        raise _Faulty(N_("Hãy ghi tên phần sau dấu #, không quá %(most)s ký tự."), most=LONGEST)
    return replace(known[title], fields=()) if title in known else FormSection(title, ())


def _question(
    words: str, known: Sequence[tuple[str, FormField]], section: FormSection, taken: Set[str]
) -> FormField:
    label, *rest = (part.strip() for part in words.split("|"))
    if not label or len(label) > LONGEST:
        raise _Faulty(N_("Hãy ghi câu hỏi, không quá %(most)s ký tự."), most=LONGEST)
    if not rest or not rest[0] or len(rest) > 2:
        raise _Faulty(N_("Viết theo dạng: câu hỏi | cách trả lời | không bắt buộc (nếu được để trống)."))
    must = rest[1] if len(rest) == 2 else REQUIRED
    if must not in (REQUIRED, OPTIONAL):
        raise _Faulty(N_("“%(word)s”: chỉ ghi “bắt buộc” hoặc “không bắt buộc”."), word=must)
    kind, labels = _answered(rest[0])
    same = [(title, each) for title, each in known if each.label == label and each.key not in taken]
    here = [each for title, each in same if title == section.title]
    if not here and any(each.label == label for each in section.fields):
        raise _Faulty(N_("Phần này đã có câu hỏi “%(label)s”."), label=label)
    base = next(iter(here or [each for _, each in same]), None)
    if base is None:  # the keys of questions in force are theirs, wherever they stand
        base = FormField(key=_key(label, taken | KNOWN | {each.key for _, each in known}), label=label)
    return replace(base, kind=kind, required=must == REQUIRED, options=_options(labels, base.options))


def _options(labels: Sequence[str], known: Sequence[Option]) -> tuple[Option, ...]:
    """Options with a value each: that of the same words in force, else one that no other option has."""
    values = {option.label: option.value for option in known}
    taken = set(values.values())
    for label in labels:
        if label in values:
            continue
        base = value = slug(label)
        number = 2
        while value in taken:
            value, number = f"{base}-{number}", number + 1
        values[label] = value
        taken.add(value)
    return tuple(Option(values[label], label) for label in labels)


def _answered(how: str) -> tuple[FieldKind, tuple[str, ...]]:
    word, _, listed = how.partition(":")
    if word.strip() == CHOICE:
        options = tuple(dict.fromkeys(each.strip() for each in listed.split(";") if each.strip()))
        if len(options) < 2:
            raise _Faulty(N_("Câu chọn phải có ít nhất hai mục, cách nhau bằng dấu chấm phẩy."))
        return FieldKind.CHOICE, options
    kind = KINDS.get(how)
    if kind is None:
        ways = "; ".join([*KINDS, f"{CHOICE}: …"])
        raise _Faulty(N_("“%(word)s” không phải cách trả lời. Có: %(ways)s."), word=how, ways=ways)
    return kind, ()


def _key(label: str, taken: Set[str]) -> str:
    base = slug(label).replace("-", "_")[:50].strip("_") or "cau"
    key, number = base, 2
    while key in taken:
        key, number = f"{base}_{number}", number + 1
    return key


def _hanging_on_nothing(
    sections: Sequence[FormSection], before: Sequence[FormField], lines: Mapping[str, int]
) -> list[Fault]:
    """Questions that would be asked after an answer that nobody can give any more."""
    new = {question.key: question for section in sections for question in section.fields}
    old = {question.key: question for question in before}
    found = []
    for question in new.values():
        if question.depends_on is None or question.depends_on[0] not in new:
            continue
        key, value = question.depends_on
        parent, was = new[key], old[key]
        if parent.kind is was.kind and (
            parent.kind is not FieldKind.CHOICE or value in {option.value for option in parent.options}
        ):
            continue
        labels = {option.value: option.label for option in was.options}
        answer = labels.get(value) or _SAID.get(value, value)
        words: dict[str, object] = {"label": question.label, "parent": parent.label, "answer": answer}
        message = N_(
            "“%(label)s” chỉ hỏi khi trả lời “%(answer)s” ở câu “%(parent)s”, mà câu đó không còn "
            "cách trả lời này. Hãy giữ cách trả lời, hoặc bỏ câu hỏi này."
        )
        found.append(Fault(lines[question.key], message, words))
    return found


def _with_what_holds(section: FormSection, keys: Set[str]) -> FormSection:
    """Without what hangs on questions that are gone; some things are known without being asked."""
    keys = keys | KNOWN
    fields = tuple(
        replace(each, depends_on=None) if each.depends_on and each.depends_on[0] not in keys else each
        for each in section.fields
    )
    own = {each.key for each in fields}
    rules = tuple(rule for rule in section.rules if rule.field in own and rule.keys <= keys)
    return replace(section, fields=fields, rules=rules)


def changes(design: Sequence[FormSection], in_force: Sequence[FormSection]) -> Changes:
    """How the design differs from the form in force, in what is asked and how.

    Basis: DL24-14.5.
    """
    new = {question.key: question for section in design for question in section.fields}
    old = {question.key: question for section in in_force for question in section.fields}
    return Changes(
        tuple(each.label for key, each in new.items() if key not in old),
        tuple(each.label for key, each in old.items() if key not in new),
        tuple(each.label for key, each in new.items() if key in old and each != old[key]),
    )
