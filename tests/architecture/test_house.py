"""Taste as tests: what the import contracts cannot say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.forms import Select
from django.urls import URLPattern, URLResolver, get_resolver

from motcua.kernel.locks import Lock

ROOT = Path(__file__).resolve().parent.parent.parent
SOURCE = ROOT / "src" / "motcua"
FACES = ("portal", "desk")
APPS = (
    *("law", "worktime", "audit", "accounts", "agencies"),
    *("catalogue", "incidents", "documents", "notify", "process", "dossiers"),
)
ROOMS = {
    *("apps", "admin", "receivers", "tasks", "management", "services", "policy", "queries", "models"),
    *("labels", "rules", "enums", "errors", "ports"),
    *("migrations", "data", "templates", "static", "__init__", "__pycache__"),
}
TOLD_NO_MOMENT = "session_store.py"  # Django saves sessions by itself
ASKED_FOR_BY_STATUS = {
    f"{name}.html" for name in ("400", "403", "404", "413", "414", "500", "503", "form_expired")
}  # motcua.config.pages


@pytest.mark.parametrize("app", APPS)
def test_app_has_only_known_rooms(app: str) -> None:
    strangers = {entry.stem if entry.is_file() else entry.name for entry in (SOURCE / app).iterdir()} - ROOMS
    assert strangers == set()


@pytest.mark.parametrize("face", FACES)
def test_face_never_queries_tables(face: str) -> None:
    offenders = [
        f"{file.relative_to(SOURCE)}:{node.lineno}"
        for file in sorted((SOURCE / face).rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]
    assert offenders == []


def test_every_advisory_lock_takes_its_number_from_the_list_or_from_a_name() -> None:
    """In the statement, or in the call right behind it."""
    taken = re.compile(r"pg_(?:try_)?advisory\w*\((.*?)\).*?\[(.*)\]")
    known = re.compile(r"Lock\.[A-Z]+\.value|addresses\.lock_numbers\(.*\)")
    calls = []
    for path in SOURCE.rglob("*.py"):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines):
            if re.search(r"pg_\w*advisory", line):
                behind = " ".join(lines[number + 1 : number + 3])
                calls.append(line if "execute(" in line else f"{line} {behind}".replace("[]", ""))
    assert len(calls) >= len(Lock)
    for line in calls:
        found = taken.search(line)
        assert found, line
        assert known.fullmatch(found[2]) or "hashtextextended" in found[1], line


def test_what_was_written_is_looked_at_as_it_is_seen() -> None:
    """`strip` leaves letters that nobody sees; `kernel.text.visible` does not."""
    rules = sorted((SOURCE / "dossiers" / "rules" / "decide").rglob("*.py"))
    assert [file.name for file in rules if ".strip()" in file.read_text(encoding="utf-8")] == []


def test_rules_never_read_the_clock() -> None:
    offenders = [
        f"{file.relative_to(SOURCE)}:{number}"
        for app in (*APPS, "kernel")
        for file in _files_of_room(app, "rules") + _files_of_room(app, "services")
        if file.name != TOLD_NO_MOMENT
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r"\b(?:timezone|datetime|date)\.(?:now|today|localtime|utcnow)\(", line)
    ]
    assert offenders == []


def test_every_environment_variable_is_described() -> None:
    text = (ROOT / "docs" / "ops" / "settings.md").read_text(encoding="utf-8")
    read = re.compile(r'env\.(?:text|flag|number|choice|words|folder)\(\s*"([A-Z0-9_]+)"')
    named = {name for file in SOURCE.rglob("*.py") for name in read.findall(file.read_text(encoding="utf-8"))}
    assert {name for name in named if f"`{name}`" not in text} == set()


def test_every_described_variable_is_read() -> None:
    text = (ROOT / "docs" / "ops" / "settings.md").read_text(encoding="utf-8")
    described = set(re.findall(r"`(MOTCUA_[A-Z0-9_]+|DATABASE_URL)`", text))
    code = "\n".join(file.read_text(encoding="utf-8") for file in SOURCE.rglob("*.py"))
    assert {name for name in described if f'"{name}"' not in code} == set()


def test_every_page_says_who_may_see_it() -> None:
    silent = {
        pattern.lookup_str
        for pattern in _patterns(get_resolver())
        if getattr(pattern.callback, "policy", None) not in {"public", "citizen", "officer"}
    }
    assert silent == set()


def test_every_template_is_used() -> None:
    sources = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html"), *SOURCE.rglob("*.txt")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in sources)
    unused = {
        name
        for file in SOURCE.glob("*/templates/**/*.html")
        for name in [file.relative_to(_template_root(file)).as_posix()]
        if name not in ASKED_FOR_BY_STATUS
        and f'"{name}"' not in text
        and name != Select.template_name  # asked for by Django, in the place of its own
        and not _is_named_by_pattern(name, text)
    }
    assert unused == set()


def test_lock_files_hold_no_download_address() -> None:
    locks = [*(ROOT / "requirements").glob("*.txt"), ROOT / "package-lock.json"]
    offenders = [
        f"{lock.name}:{number}"
        for lock in locks
        for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(r'https?://|"resolved"|--(?:extra-)?index-url|--find-links', line)
        and '"url": ' not in line
    ]
    assert offenders == []


def test_every_pinned_requirement_has_a_hash() -> None:
    for lock in (ROOT / "requirements").glob("*.txt"):
        entries = re.split(r"\n(?=[a-z0-9])", lock.read_text(encoding="utf-8"), flags=re.IGNORECASE)
        pinned = [entry for entry in entries if re.match(r"[a-z0-9]", entry, re.IGNORECASE)]
        assert [entry.splitlines()[0] for entry in pinned if "--hash=sha256:" not in entry] == []


def _files_of_room(app: str, room: str) -> list[Path]:
    folder, file = SOURCE / app / room, SOURCE / app / f"{room}.py"
    return sorted(folder.rglob("*.py")) if folder.is_dir() else [file] if file.exists() else []


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from _patterns(entry)
        else:
            yield entry


def _template_root(file: Path) -> Path:
    return next(parent for parent in file.parents if parent.name == "templates")


def _is_named_by_pattern(name: str, text: str) -> bool:
    """Whether code builds the name, as in `"desk/verbs/" + verb` or `f"desk/verbs/{verb}.html"`."""
    folder = name.rpartition("/")[0]
    return bool(folder) and re.search(rf'"{re.escape(folder)}/(?:"|[^"/]*[{{%])', text) is not None
