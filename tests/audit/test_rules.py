"""The hash chain and the SQL of append-only tables."""

from __future__ import annotations

from dataclasses import replace

import pytest

from motcua.audit.rules import append_only, chain
from motcua.kernel.canonical import GENESIS


def chained(*bodies: dict[str, object], start: bytes = GENESIS) -> list[chain.Entry]:
    entries, previous = [], start
    for number, body in enumerate(bodies, start=1):
        entries.append(chain.entry(f"sự kiện {number}", previous, body))
        previous = entries[-1].hash
    return entries


BODIES = ({"act": "submit"}, {"act": "accept", "by": "Chi"}, {"act": "approve", "by": "Hạnh"})


@pytest.mark.parametrize("length", [0, 1, 3])
def test_verify_whole_chain_finds_nothing(length):
    assert chain.verify(chained(*BODIES[:length])) is None


@pytest.mark.clause("KT18-4.3")
@pytest.mark.any_regulation("the database keeps what was written under every regulation alike")
def test_verify_changed_body_names_the_entry_and_what_its_hash_should_be():
    entries = chained(*BODIES)
    entries[1] = replace(entries[1], body={"act": "accept", "by": "Giang"})
    found = chain.verify(entries)
    assert found is not None
    assert (found.ref, found.kind, found.found) == ("sự kiện 2", chain.BreakKind.BODY, entries[1].hash)


def test_verify_body_changed_together_with_its_hash_names_the_next_entry():
    entries = chained(*BODIES)
    entries[1] = chain.entry("sự kiện 2", entries[0].hash, {"act": "accept", "by": "Giang"})
    found = chain.verify(entries)
    assert found is not None
    assert (found.ref, found.kind) == ("sự kiện 3", chain.BreakKind.LINK)
    assert (found.expected, found.found) == (entries[1].hash, chained(*BODIES)[1].hash)


@pytest.mark.parametrize(("gone", "named"), [(0, "sự kiện 2"), (1, "sự kiện 3")])
def test_verify_chain_with_removed_entry_names_the_one_after_it(gone, named):
    entries = chained(*BODIES)
    del entries[gone]
    found = chain.verify(entries)
    assert found is not None
    assert (found.ref, found.kind) == (named, chain.BreakKind.LINK)


def test_verify_swapped_entries_names_the_first_out_of_place():
    entries = chained(*BODIES)
    entries[0], entries[1] = entries[1], entries[0]
    found = chain.verify(entries)
    assert found is not None
    assert (found.ref, found.kind) == ("sự kiện 2", chain.BreakKind.LINK)


def test_verify_later_part_of_a_chain_starts_from_the_hash_before_it():
    entries = chained(*BODIES)
    assert chain.verify(entries[1:], start=entries[0].hash) is None


def test_verify_reads_lazily_and_stops_at_the_first_bad_entry():
    entries = chained(*BODIES)
    entries[0] = replace(entries[0], body={})
    rest = iter(entries)
    assert chain.verify(rest) is not None
    assert len(list(rest)) == 2


@pytest.mark.parametrize("table", ["", "Events", 'x"; DROP TABLE y; --', "a b", "a" * 46, "1a"])
def test_sql_for_name_that_is_not_plain_raises(table):
    with pytest.raises(ValueError, match="not a plain table name"):
        append_only.sql_for(table)
