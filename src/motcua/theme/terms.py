"""The terms of use as pages show them: in the regulation's own words, with what it forbids."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.translation import gettext

from motcua.kernel.bilingual import Bilingual
from motcua.kernel.errors import N_
from motcua.law import queries as law
from motcua.law.rules import Mark, Regulation
from motcua.law.rules.texts import Paragraph


@dataclass(frozen=True, slots=True)
class Duty:
    """One paragraph of the regulation's text, with its place; how we split a clause is nothing to readers."""

    words: str
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Acts that a law forbids to somebody; `is_found` if a text of it was read, else they are from memory."""

    whom: str  # as people read it; empty where it is everybody
    acts: tuple[Bilingual, ...]
    is_found: bool


@dataclass(frozen=True, slots=True)
class ForbiddingLaw:
    """A law to which the regulation points, with the acts it forbids as far as they are known here."""

    name: str
    groups: tuple[Forbidden, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """What a regulation asks of those who use the system. `acts` are the acts that it forbids by name."""

    regulation: Regulation
    duties: tuple[Duty, ...]
    acts: tuple[tuple[Bilingual, str], ...]
    laws: tuple[ForbiddingLaw, ...]
    clauses: tuple[str, ...]
    replaced_laws_apply: bool


def terms_for(who: str, regulation: Regulation) -> Terms:
    """The terms for `applicants` or `officers`.

    Basis: KT18-4.1 to KT18-4.7, KT22-5, QN20-26.3, DL24-4, PT24-4.1, PT24-4.2; KT18-16.1, KT22-26.1,
    KT22-26.2, QN20-27.1#1, DL24-10.1, DL24-12.1, DL24-24.5, PT24-24.1, PT24-24.6; KT22-23.5, KT22-6.2#3,
    QN20-21.6, QN20-26.2, PT24-23.5, DL24-24.2#2, DL24-24.3#2; KT22-27.2, QN20-30.1, DL24-26#1.
    """
    acts = zip(regulation.words("prohibited.acts"), law.acts_english(regulation.short_name), strict=True)
    named = regulation.words("prohibited.basis")
    return Terms(
        regulation=regulation,
        duties=_duties(regulation, f"terms.{who}"),
        acts=tuple(
            zip((Bilingual(*each) for each in acts), regulation.clauses("prohibited.acts"), strict=True)
        ),
        laws=tuple(_forbidding(each) for each in named if not each.startswith(regulation.short_name)),
        clauses=regulation.clauses("prohibited.basis"),
        replaced_laws_apply=regulation.flag("legal.replaced_laws_apply") is True,
    )


WHOM = {
    "everybody": "",
    "applicants": N_("Tổ chức, cá nhân làm thủ tục"),
    "officers": N_("Cán bộ giải quyết thủ tục"),
    "postal": N_("Doanh nghiệp bưu chính, người được thuê hoặc ủy quyền"),
}


def _forbidding(named: str) -> ForbiddingLaw:
    """A law with the acts that our data know of it; without any it is shown by its article."""
    groups = tuple(
        Forbidden(gettext(WHOM[each.whom]) if WHOM[each.whom] else "", each.acts, each.mark is Mark.FOUND)
        for each in law.forbidden(named)
    )
    return ForbiddingLaw(spelt_out(named), groups)


def _duties(regulation: Regulation, key: str) -> tuple[Duty, ...]:
    """The paragraphs of the clauses, each once, in the order of the data.

    Basis: KT22-23.5, KT22-6.2#3, QN20-21.6, QN20-26.2, PT24-23.5, DL24-24.2#2, DL24-24.3#2.
    """
    text = law.text(regulation.short_name)
    found: dict[Paragraph, list[str]] = {}
    for clause in regulation.clauses(key) if text else ():
        for paragraph in text.of(clause) if text else ():
            found.setdefault(paragraph, []).append(clause.partition("#")[0])
    return tuple(
        Duty(_without_number(each.words), tuple(dict.fromkeys(places))) for each, places in found.items()
    )


def _without_number(words: str) -> str:
    """ "1. Tuân thủ …" as one reads it in a list; the clause beside it says which paragraph it is."""
    return re.sub(r"^(\d+|[a-zđ])[.)] ", "", words)


def spelt_out(law: str) -> str:
    """ "NĐ 61/2018/NĐ-CP Đ5 k2" as people read it: "Nghị định 61/2018/NĐ-CP, Điều 5 khoản 2"."""
    kinds = {"NĐ": "Nghị định", "TT": "Thông tư", "QĐ": "Quyết định"}
    named = re.sub(r"^(NĐ|TT|QĐ)(?= \d)", lambda kind: kinds[kind[0]], law)
    articles = re.sub(r"(^|,? )Đ(?=\d)", lambda found: ", Điều " if found.start() else "Điều ", named)
    paragraphs = re.sub(r"\bk(?=\d)", "khoản ", articles)
    return re.sub(r"(?<=khoản )(\d+) ([a-zđ])\b", r"\1 điểm \2", paragraphs)
