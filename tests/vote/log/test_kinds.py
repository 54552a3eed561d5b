"""What entries of a public log may say is a closed list."""

import pytest

from crypto.errors import MalformedError
from tests.vote.log.entries import FREE, SAMPLES, STRANGE, entry_of, fields_of, near
from vote.log.kinds import FIELDS, read_entry, require_entries, require_entry
from vote.log.rules import Kind


def test_every_kind_has_its_fields_and_every_shape_a_sample() -> None:
    assert set(FIELDS) == set(Kind)
    assert {shape for fields in FIELDS.values() for shape in fields.values()} == set(SAMPLES)


@pytest.mark.parametrize("kind", Kind)
def test_an_entry_of_a_kind_is_read(kind: Kind) -> None:
    entry = read_entry(entry_of(kind), "entry 0")
    assert entry.kind is kind
    assert {"kind": str(kind), "version": 1, **entry.facts} == fields_of(kind)


@pytest.mark.parametrize("kind", Kind)
def test_what_is_nearly_one_is_refused(kind: Kind) -> None:
    for each in near(kind):
        with pytest.raises(MalformedError, match=r"^entry 3: .") as refusal:
            require_entry(each, "entry 3")
        assert FREE not in str(refusal.value)


@pytest.mark.parametrize("data", STRANGE)
def test_what_is_none_is_refused(data: bytes) -> None:
    with pytest.raises(MalformedError, match=r"^entry 3: ."):
        require_entry(data, "entry 3")


def test_a_fault_is_named() -> None:
    good = entry_of(Kind.ELECTION_EXTENDED)
    for bad, sentence in (
        (good.replace(b'"version":1', b'"version":2'), "version 1 is expected"),
        (good.replace(b"2026", b"26"), "election:extended: closes_at has not the shape that this kind asks"),
        (good.replace(b":1}", b": 1}"), "not in canonical spelling"),
        (good.replace(b'"closes_at"', b'"closed_at"'), "election:extended"),
    ):
        with pytest.raises(MalformedError, match=sentence):
            require_entry(bad, "entry 0")


def test_entries_in_a_row_are_held_to_their_kinds() -> None:
    row = [Kind.BALLOT_ACCEPTED, Kind.BALLOT_ACCEPTED, Kind.RECORD_PUBLISHED, Kind.RECORD_PUBLISHED, Kind.POOL_RELEASED]
    entries = [entry_of(kind) for kind in row]
    assert require_entries(entries, 0) == row
    for at, entry in enumerate(entries):
        with pytest.raises(MalformedError, match=rf"^entry {at + 7}: "):
            require_entries([*entries[:at], entry[:-1] + b" }", *entries[at + 1 :]], 7)
    unordered = next(reversed(list(near(Kind.RECORD_PUBLISHED))))
    with pytest.raises(MalformedError, match=r"^entry 1: "):
        require_entries([entries[2], unordered], 0)
