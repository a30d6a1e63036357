"""No value of a regulation is read by nobody without a word: who keeps it, or what brings it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from motcua.config import places
from motcua.config.coverage import Coverage, compute, obeyed
from motcua.law import queries

ROOT = places.ROOT


@pytest.fixture(scope="module")
def coverage() -> Coverage:
    return compute()


def problems(coverage: Coverage, *groups: obeyed.Unread) -> list[str]:
    return list(obeyed.problems(ROOT, coverage, groups or obeyed.read(ROOT / obeyed.FILE)))


def changed(key: str, *instead: obeyed.Unread) -> tuple[obeyed.Unread, ...]:
    """The groups of the file with the key taken out, and others in its place."""
    return obeyed.without(obeyed.read(ROOT / obeyed.FILE), {key}) + instead


def test_every_value_is_read_or_kept_or_waits_for_an_issue(coverage: Coverage) -> None:
    assert problems(coverage) == [], "mend it, or run `motcua law coverage --write`"


def test_file_of_unread_values_is_written_as_we_write_it() -> None:
    written = (ROOT / obeyed.FILE).read_text(encoding="utf-8")
    assert written == obeyed.dump(obeyed.read(ROOT / obeyed.FILE))


def test_value_that_nobody_reads_or_keeps_is_a_fault(coverage: Coverage) -> None:
    (fault,) = problems(coverage, *changed("refusal.written_reason"))
    assert fault.startswith("refusal.written_reason: no code reads this value")


def test_value_said_to_be_kept_by_nothing_that_exists_is_a_fault(coverage: Coverage) -> None:
    gone = obeyed.Unread(("refusal.written_reason",), "as ever", ("motcua.dossiers.rules.nothing",))
    faults = problems(coverage, *changed("refusal.written_reason", gone))
    assert faults == ["unread.toml: there is no motcua.dossiers.rules.nothing"]


def test_value_said_to_be_kept_that_nothing_shows_is_a_fault(coverage: Coverage) -> None:
    kept = obeyed.Unread(("archive.equals_paper",), "surely", ("motcua.dossiers.policy.may",))
    (fault,) = problems(coverage, *changed("archive.equals_paper", kept))
    assert "nothing shows it for KT22" in fault


def test_value_that_is_read_by_now_is_taken_out() -> None:
    read = obeyed.Unread(("apology.min_notice", "vault.issuer"), "", (), "Some issue")
    (kept,) = obeyed.without((read,), obeyed.keys_read(ROOT / "src/motcua"))
    assert kept.keys == ("vault.issuer",)


def test_citing_the_clauses_of_a_value_is_not_reading_it(tmp_path: Path) -> None:
    app = tmp_path / "motcua/dossiers"
    app.mkdir(parents=True)
    (app / "cites.py").write_text(
        'raise Refused(clauses=r.clauses("refusal.through_desk"))\n', encoding="utf-8"
    )
    assert obeyed.keys_read(tmp_path / "motcua") == frozenset()
    (app / "reads.py").write_text('x = r.flag("refusal.through_desk")\n', encoding="utf-8")
    assert obeyed.keys_read(tmp_path / "motcua") == {"refusal.through_desk"}


def test_group_that_says_too_little_is_no_group(tmp_path: Path) -> None:
    shutil.copy(ROOT / obeyed.FILE, tmp_path / "unread.toml")
    (tmp_path / "unread.toml").write_text('[[kept]]\nhow = "well"\nkeys = ["a.b"]\n', encoding="utf-8")
    with pytest.raises(ValueError, match="a group of kept"):
        obeyed.read(tmp_path / "unread.toml")


def test_every_kept_flag_that_a_regulation_turns_round_is_a_fault() -> None:
    """What is done one way under every regulation no regulation may want otherwise: all are tried."""
    kept = [key for group in obeyed.read(ROOT / obeyed.FILE) if not group.issue for key in group.keys]
    tried = set()
    for regulation in queries.law().regulations.values():
        assert list(obeyed.contradicted(kept, [regulation])) == []
        for flag in regulation.values:
            if flag.key not in kept or not isinstance(flag.value, bool):
                continue
            others = [one for one in regulation.values if one is not flag]
            turned = replace(regulation, values=(*others, replace(flag, value=not flag.value)))
            (fault,) = obeyed.contradicted(kept, [turned])
            assert f"{flag.key} is kept in one way, but {regulation.short_name} says" in fault
            tried.add((regulation.short_name, flag.key))
    assert {(name, "settlement.result_in_time") for name in ("KT18", "DL24", "PT24")} <= tried
    assert {(name, "record.all_dossiers") for name in ("QN20", "KT22", "DL24", "PT24")} <= tried


def test_word_that_only_looks_like_a_family_reads_no_value(tmp_path: Path) -> None:
    """Kinds of letters are called `account.…` too; only who puts a key together goes over its family."""
    (tmp_path / "a.py").write_text('def f(key):\n    return key.startswith("account.")\n', "utf-8")
    assert obeyed.keys_read(tmp_path) == frozenset()
    (tmp_path / "b.py").write_text('def f(kind):\n    return f"account.{kind}"\n', "utf-8")
    assert "account.officer_issuer" in obeyed.keys_read(tmp_path)
