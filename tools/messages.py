"""The English texts: collect what is marked in code and templates, check that all is translated, compile.

    python tools/messages.py            collect into locale/en/LC_MESSAGES/django.po, then compile
    python tools/messages.py check      fail if a text is not translated, or a placeholder went astray
    python tools/messages.py compile    write django.mo, which git ignores

Vietnamese in the source is the message id, so Vietnamese needs no file. Texts are found by Babel in Python
files and, through Django's own `templatize`, in templates; GNU gettext is not needed. Files in
`locale/parts/*.po` are read as further translations and may be deleted once they were collected.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src/motcua"
PO = ROOT / "locale/en/LC_MESSAGES/django.po"
PARTS = ROOT / "locale/parts"
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[#0\- +]?\d*(?:\.\d+)?[sdf]|%(?!\()[sdf]")
NOISE = tuple(
    f'"{name}:'
    for name in (
        "POT-Creation-Date",
        "PO-Revision-Date",
        "Last-Translator",
        "Language-Team",
        "Report-Msgid-Bugs-To",
        "Project-Id-Version",
    )
)
HEADER = "English texts of Một Cửa. Collected by tools/messages.py; only the translations are edited by hand."

Key = tuple[str, str | None]


def main(arguments: list[str]) -> int:
    task = arguments[0] if arguments else "collect"
    if not settings.configured:
        settings.configure(USE_I18N=True)
    if task == "check":
        return check()
    if task == "collect":
        collect()
    compile_mo()
    return 0


def collect() -> None:
    """Bring django.po up to date: new texts are added, texts that are gone leave, translations stay."""
    known = translations()
    catalog = Catalog(locale="en", project="Một Cửa", header_comment=f"# {HEADER}", fuzzy=False)
    for found in texts():
        message = catalog.add(found.id, context=found.context, locations=found.locations, flags=found.flags)
        translated = known.get(key_of(message))
        if translated:
            message.string = translated
    PO.parent.mkdir(parents=True, exist_ok=True)
    buffer = io.BytesIO()
    write_po(buffer, catalog, width=110, sort_output=True, omit_header=False, include_lineno=False)
    lines = buffer.getvalue().decode("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(NOISE)]
    PO.write_text("\n".join(kept) + "\n", encoding="utf-8")
    missing = sum(1 for message in catalog if message.id and not is_translated(message))
    print(f"{len(catalog)} texts, {missing} without English.")


def check() -> int:
    """Every text in the source is in django.po with an English text that has the same placeholders."""
    known = translations(parts=False)
    faults = []
    wanted = set()
    for message in texts():
        wanted.add(key_of(message))
        english = known.get(key_of(message))
        where = message.locations[0][0] if message.locations else "?"
        if not english:
            faults.append(f"{where}: no English for {message.id!r}")
        elif wrong := placeholder_fault(message, english):
            faults.append(f"{where}: {wrong} in the English of {message.id!r}")
    faults += [f"{PO.name}: nobody uses {key[0]!r}" for key in known if key not in wanted]
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(wanted)} texts, {len(faults)} faults.")
    return 1 if faults else 0


def compile_mo() -> None:
    if not PO.is_file():
        return
    with PO.open("rb") as source, PO.with_suffix(".mo").open("wb") as target:
        write_mo(target, read_po(source, locale="en"))


def texts() -> list[Message]:
    """Every marked text of the source, once, with the files it stands in."""
    catalog = Catalog(locale="en")
    for path in sorted(SOURCE.rglob("*.py")) + sorted(SOURCE.rglob("templates/**/*.html")):
        if "migrations" in path.parts:
            continue
        place = str(path.relative_to(ROOT))
        for _, function, content, _ in extracted(path):
            identity, context = arguments_of(function, content)
            if identity:
                catalog.add(identity, context=context, locations=[(place, 0)])
    return [message for message in catalog if message.id]


def extracted(path: Path) -> Iterator[tuple[int, str, object, list[str]]]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".html":
        # Nearly Python: calls where texts are marked, filler elsewhere, whose indentation means nothing.
        source = "\n".join(line.strip() for line in templatize(source, origin=str(path)).splitlines())
    yield from extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {"encoding": "utf-8"})


def arguments_of(function: str, content: object) -> tuple[str | tuple[str, str] | None, str | None]:
    """(message id, context) of a call; None for one whose text is not written out there."""
    spec = KEYWORDS[function]
    given = content if isinstance(content, tuple) else (content,)
    if spec is None:
        return (given[0] if isinstance(given[0], str) else None), None
    numbers = [part if isinstance(part, int) else part[0] for part in spec]
    values = [given[number - 1] for number in numbers if number <= len(given)]
    if len(values) < len(numbers) or not all(isinstance(value, str) for value in values):
        return None, None
    context = values.pop(0) if isinstance(spec[0], tuple) else None
    return (values[0] if len(values) == 1 else (values[0], values[1])), context


def translations(*, parts: bool = True) -> dict[Key, object]:
    """All translations there are; django.po wins over the parts."""
    found: dict[Key, object] = {}
    files = (sorted(PARTS.glob("*.po")) if parts and PARTS.is_dir() else []) + ([PO] if PO.is_file() else [])
    for file in files:
        with file.open("rb") as source:
            for message in read_po(source, locale="en"):
                if message.id and is_translated(message):
                    found[key_of(message)] = message.string
    return found


def is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
    return bool(strings) and all(strings)


def key_of(message: Message) -> Key:
    identity = message.id[0] if isinstance(message.id, tuple | list) else message.id
    return identity, message.context


def placeholder_fault(message: Message, english: object) -> str:
    """What is wrong with the placeholders of a translation; empty if nothing."""
    sources = message.id if isinstance(message.id, tuple | list) else (message.id,)
    targets = english if isinstance(english, tuple | list) else (english,)
    if len(sources) != len(targets):
        return "one form instead of singular and plural"
    wanted = {match[0] for match in PLACEHOLDER.finditer(sources[0])}
    for target in targets:
        have = {match[0] for match in PLACEHOLDER.finditer(str(target))}
        if have != wanted:
            return f"placeholders {sorted(have ^ wanted)}"
    return ""


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
