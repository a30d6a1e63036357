"""Packages: safe names, each once; whole when unpacked; never whole in memory; honest about what is lost."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.documents import samples

from motcua.documents import queries, services
from motcua.documents.rules import addresses, packing
from motcua.documents.rules.cards import FileCard

NAMES = st.one_of(
    st.text(),
    st.sampled_from(
        ["../../etc/passwd", "a/b.pdf", "A.PDF", "a.pdf", "con", "..", "", "tờ khai.pdf", "C:\\x.pdf"]
    ),
)


def stored(content: bytes, name: str) -> FileCard:
    return services.store(upload=io.BytesIO(content), name=name, actor=samples.AN, at=samples.AT)


def listed(missing: object) -> tuple[str, str]:
    return "Danh sách.txt", f"thiếu: {list(missing)}"  # type: ignore[call-overload]


@given(st.lists(st.tuples(st.sampled_from(["1 Giấy tờ", "../2", "3/4"]), NAMES), max_size=12))
def test_every_path_is_safe_and_stands_once(wanted: list[tuple[str, str]]) -> None:
    found = packing.paths(wanted)
    assert len(found) == len(wanted)
    assert len({path.casefold() for path in found}) == len(found)
    for path in found:
        parts = PurePosixPath(path).parts
        assert len(parts) == 2
        assert not {"..", ".", "/"} & set(parts)
        assert not set(path) & set('\\:*?"<>|\0\n')


def test_second_file_of_a_name_keeps_its_extension() -> None:
    wanted = [("g", "đơn.pdf"), ("g", "Đơn.pdf"), ("g", "đơn.pdf"), ("g", "không đuôi"), ("g", "không đuôi")]
    assert packing.paths(wanted) == (
        "g/đơn.pdf",
        "g/Đơn (2).pdf",
        "g/đơn (3).pdf",
        "g/không đuôi",
        "g/không đuôi (2)",
    )


@pytest.mark.django_db
def test_package_unpacks_to_the_same_bytes_and_a_list() -> None:
    first, second = stored(samples.pdf(), "a.pdf"), stored(samples.pdf() + b"%", "b.pdf")
    pieces = list(services.pack([("g/a.pdf", first), ("k/b.pdf", second)], listing=listed, at=samples.AT))
    package = zipfile.ZipFile(io.BytesIO(b"".join(pieces)))
    assert package.testzip() is None
    assert package.namelist() == ["g/a.pdf", "k/b.pdf", "Danh sách.txt"]
    assert package.read("g/a.pdf") == samples.pdf()
    assert package.read("k/b.pdf") == samples.pdf() + b"%"
    assert package.read("Danh sách.txt").decode("utf-8-sig") == "thiếu: []"


@pytest.mark.django_db
def test_package_is_sent_in_small_pieces() -> None:
    large = stored(samples.pdf() + b"%" * 1_000_000, "a.pdf")
    pieces = list(services.pack([("g/a.pdf", large)], listing=listed, at=samples.AT))
    assert len(pieces) > 10
    assert max(map(len, pieces)) < 200_000


@pytest.mark.django_db
def test_file_whose_bytes_are_gone_is_named_in_the_list(folder: Path) -> None:
    gone, kept = stored(samples.pdf(), "a.pdf"), stored(samples.pdf() + b"%", "b.pdf")
    (folder / addresses.key_of(gone.sha256)).unlink()
    content = b"".join(services.pack([("g/a.pdf", gone), ("g/b.pdf", kept)], listing=listed, at=samples.AT))
    package = zipfile.ZipFile(io.BytesIO(content))
    assert package.namelist() == ["g/b.pdf", "Danh sách.txt"]
    assert package.read("Danh sách.txt").decode("utf-8-sig") == "thiếu: ['g/a.pdf']"
    with pytest.raises(queries.NoSuchFile):
        queries.open_card(gone)
