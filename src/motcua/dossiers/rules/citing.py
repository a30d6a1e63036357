"""What names a provision of the law, so that whoever reads it can look it up."""

from __future__ import annotations

import re

_ARTICLE = re.compile(r"\b(Điều|Đ)\s*\d+", re.IGNORECASE)
_DOCUMENT = re.compile(
    r"\b(Luật|Bộ luật|Pháp lệnh|Nghị quyết|Nghị định|Thông tư|Quyết định|Quy chế|Hiến pháp)\b"
    r"|\d+/(\d{4}/)?[A-ZĐ]{2,}",
    re.IGNORECASE,
)


def is_citation(text: str) -> bool:
    """Whether the text names an article and the document in which it stands.

    That the article says what it is cited for, only people can judge.
    """
    return bool(_ARTICLE.search(text) and _DOCUMENT.search(text))
