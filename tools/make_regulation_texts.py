"""Bring the published text of a regulation into `src/motcua/law/data/texts/`: one paragraph per line.

    python tools/make_regulation_texts.py DL24=FILE.txt KT18=FILE.txt …

Each line is the address of a paragraph, a tab, and its words. Addresses are those of the clause ids:
`8.1.c` is point c of clause 1 of Article 8, `8` the heading of the article, `9.0` a paragraph before the
first clause, `9.2bis` the second of two clauses with one number, `6.1.b-1` the first dash below a point,
`QD2` Article 2 of the issuing decision, `§` a chapter. Lines that the page broke are joined again. The
stored text of DL24 lacks headings (reading A2): there the restart of the numbering tells the articles.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src/motcua/law/data/texts"
SOURCES = {
    "KT18": "Quyết định số 08/2018/QĐ-UBND ngày 10/4/2018 của Ủy ban nhân dân tỉnh Kon Tum",
    "QN20": "Quyết định số 39/2020/QĐ-UBND ngày 29/12/2020 của Ủy ban nhân dân tỉnh Quảng Ngãi",
    "KT22": "Quyết định số 05/2022/QĐ-UBND của Ủy ban nhân dân tỉnh Kon Tum",
    "DL24": "Quyết định số 04/2024/QĐ-UBND ngày 19/01/2024 của Ủy ban nhân dân tỉnh Đắk Lắk",
    "PT24": "Quyết định số 24/2024/QĐ-UBND của Ủy ban nhân dân tỉnh Phú Thọ",
}
HEAD = """\
# {source}, kèm theo quy chế. Văn bản quy phạm pháp luật, theo bản đã công bố.
# Mỗi dòng: địa chỉ, dấu tab, đoạn văn. Làm bằng tools/make_regulation_texts.py.
"""
UNTITLED = "Điều {number}. [Bản được lưu không có tiêu đề; số điều suy ra từ thứ tự]"

ARTICLE = re.compile(r"Điều (\d+)\.\s*(.*)")
CHAPTER = re.compile(r"(Chương [IVX]+)\b\s*(.*)")
CLAUSE = re.compile(r"(\d{1,2})\.\s+\S")
POINT = re.compile(r"(?:-\s*)?([a-zđ])\)\s*\S")
DASH = re.compile(r"-\s+\S")
END = re.compile(r"^(Nơi nhận|TM\. ỦY BAN)")
# DL24: paragraphs with which articles without heading and without clause 1 begin.
DL24_STARTS = {
    "Ngay sau khi tiếp nhận hồ sơ": 9,
    "Căn cứ khả năng cân đối ngân sách": 15,
    "Phối hợp với Sở Thông tin và Truyền thông, Văn phòng": 16,
    "Chủ trì, phối hợp với đơn vị liên quan của Bộ Công an": 17,
    "Trường hợp các văn bản viện dẫn": 26,
}


def main(arguments: list[str]) -> int:
    TARGET.mkdir(parents=True, exist_ok=True)
    for argument in arguments:
        short, _, file = argument.partition("=")
        lines = Path(file).read_text(encoding="utf-8").splitlines()
        rows = [f"{address}\t{words}" for address, words in addressed(short, paragraphs(short, lines))]
        text = HEAD.format(source=SOURCES[short]) + "\n".join(rows) + "\n"
        (TARGET / f"{short}.txt").write_text(text, encoding="utf-8")
        print(f"{short}: {len(rows)} paragraphs")
    return 0


def paragraphs(short: str, lines: list[str]) -> Iterator[str]:
    """Whole paragraphs: what a page or a column broke is joined."""
    current = ""
    for raw in lines:
        line = " ".join(re.sub(r"[*<>]", "", raw).replace("|", " ").split())
        if not line:
            continue
        if current and not _begins(current, line, one_line_each=short == "DL24"):
            current = f"{current} {line}"
            continue
        if current:
            yield current
        current = line
    if current:
        yield current


def _begins(before: str, line: str, *, one_line_each: bool) -> bool:
    if any(one.match(line) for one in (ARTICLE, CHAPTER, POINT, DASH, END)) or line == "QUY CHẾ":
        return not _is_cited(before)
    if CLAUSE.match(line):
        return True
    if line[0].islower() or line[0] in "(“":
        return False
    return one_line_each or before[-1] in ".;:/”)" or bool(ARTICLE.match(before) or CHAPTER.match(before))


def _is_cited(before: str) -> bool:
    """Whether the line before ends in the middle of naming an article of another law."""
    return before.endswith((" tại", " và", " khoản", ","))


def addressed(short: str, found: Iterator[str]) -> Iterator[tuple[str, str]]:
    """Each paragraph of the decision's articles and of the regulation with its address."""
    in_regulation = short == "DL24"  # the articles of its decision are missing
    started = article = clause = 0
    point, suffix, dashes = "", "", 0
    for text in found:
        if text.startswith("QUY CHẾ") and not ARTICLE.match(text):
            in_regulation = True
            started = 0
            continue
        if END.match(text):
            if in_regulation and article:
                return
            started = 0
            continue
        if short == "DL24" and not started:
            if not text.startswith("1. Quy chế này quy định"):
                continue
            started, article = 1, 1
            yield "1", UNTITLED.format(number=1)
        if match := CHAPTER.match(text):
            yield "§", text
            started = 1
            continue
        if match := ARTICLE.match(text):
            started, article, clause, point, suffix, dashes = 1, int(match[1]), 0, "", "", 0
            yield (str(article) if in_regulation else f"QD{article}"), text
            continue
        if not started or (text.isupper() and not CLAUSE.match(text)):
            if started and text.isupper():
                yield "§", text
            continue
        number = int(CLAUSE.match(text)[1]) if CLAUSE.match(text) else 0  # type: ignore[index]
        if short == "DL24":
            known = next((one for start, one in DL24_STARTS.items() if text.startswith(start)), 0)
            restarted = number == 1 and (clause > 0 or (article in DL24_STARTS.values() and article != 9))
            if known or restarted:
                article = known or article + 1
                clause, point, suffix, dashes = 0, "", "", 0
                yield str(article), UNTITLED.format(number=article)
        if not in_regulation:
            yield f"QD{article}", text
            continue
        if number and (number == clause + 1 or number == clause):
            suffix = "bis" if number == clause else ""
            clause, point, dashes = number, "", 0
        elif (match := POINT.match(text)) and _follows(point, match[1]):
            point, dashes = match[1], 0
        elif DASH.match(text):
            dashes += 1
        place = f"{article}.{clause}{suffix}" if clause else f"{article}"
        if point:
            place += f".{point}"
        if DASH.match(text) and not POINT.match(text):
            place += f"-{dashes}"
        yield (f"{article}.0" if place == str(article) else place), text


def _follows(before: str, point: str) -> bool:
    order = "abcdđeghiklm"
    return point in order and (not before or order.index(point) == order.index(before) + 1 or point == "a")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
