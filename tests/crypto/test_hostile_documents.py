"""Whatever stands at whatever place of a document, a reader answers with one of the three refusals or reads it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.agreement import (
    Agreement,
    decode_signed_agreement,
    encode_agreement,
    encode_signed_agreement,
    sign_agreement,
    verify_agreement,
)
from crypto.archive_reader import read_archive
from crypto.audit import audit_shares
from crypto.ceremony import assemble_trustees
from crypto.ceremony_board import decode_board, encode_board
from crypto.ceremony_post import Round
from crypto.ceremony_state import decode_state, encode_state
from crypto.credential_part import (
    CredentialParts,
    Side,
    combine_public,
    decode_parts,
    encode_parts,
    prove_part,
    verify_parts,
)
from crypto.encoding import compact_json, hex_digest, read_json
from crypto.errors import CryptoError
from crypto.group import encode_point, multiply_base
from crypto.opening_list import decode_opening_list, encode_opening_list, verify_opening_list
from crypto.result import decode_result, encode_result
from crypto.sealed_list import generate_office_key, open_opening_list, seal_opening_list, sealed_owner
from crypto.share import make_extra_proof, verify_extra_proof
from crypto.tally import decode_tally, encode_tally
from crypto.tar import encode_member
from crypto.trustees import decode_trustees, verify_trustees
from tests.crypto.archives import TIMESTAMP, join, split, write_small
from tests.crypto.ceremonies import Ceremony
from tests.crypto.named_election import COUNTED, ELECTION, LISTS, TRUSTEES, UUID
from tests.crypto.whole_election import TOTALS, VECTOR
from tests.strategies import SMALL_ORDER, seeded

CEREMONY = Ceremony(2, 2).run_until(Round.KEYS)
SHARE = VECTOR.share(2)
EXTRA = make_extra_proof(VECTOR.setup.election, 2, VECTOR.ceremony.secret(2), VECTOR.total.tally, SHARE, seeded(1))

LETTER, PLATFORM = (prove_part(UUID, side, 5, seeded(1)) for side in Side)
PARTS = encode_parts(UUID, [CredentialParts(combine_public(LETTER.public, PLATFORM.public), LETTER, PLATFORM)])
TEXT = Agreement(UUID, ELECTION.fingerprint, LETTER.public, hex_digest(b"text"))
AGREEMENT = encode_signed_agreement(encode_agreement(TEXT), sign_agreement(5, TEXT, seeded(1)))
OFFICE = generate_office_key(seeded(1))

STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-1, 5),
    st.sampled_from([2**30, -(2**70), 10**30, {}, [], [[]], {"message": "{}"}]),
    st.text(max_size=3),
    st.sampled_from(["0", "-1", "00", "9" * 90, "1e3", "善", "\x00", '{"coefexps":1}', "[" * 50]),
    st.sampled_from([encode_point(point) for point in (*SMALL_ORDER, multiply_base(0), multiply_base(9))]),
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    below = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in below for place in _places(each, (*path, key)))]


@st.composite
def _spoilt(draw: st.DrawFn, data: bytes) -> bytes:
    document = read_json(data, "document")
    path = draw(st.sampled_from(_places(document)))
    value = draw(STRANGE)
    if not path:
        return compact_json(value)
    place = document
    for key in path[:-1]:
        place = place[key]
    if draw(st.booleans()):
        place[path[-1]] = value
    else:
        del place[path[-1]]
    return compact_json(document)


def _read_trustees(data: bytes) -> None:
    verify_trustees(decode_trustees(data))


def _read_board(data: bytes) -> None:
    assemble_trustees(decode_board(data))


def _read_tally(data: bytes) -> None:
    decode_tally(data, VECTOR.setup.election)


def _read_extra(data: bytes) -> None:
    key = VECTOR.setup.trustees.verification_key(2)
    verify_extra_proof(VECTOR.setup.election, 2, key, VECTOR.total.tally, SHARE, data)


def _read_parts(data: bytes) -> None:
    parts = decode_parts(data, UUID)
    verify_parts(UUID, parts, [each.credential for each in parts])


def _read_agreement(data: bytes) -> None:
    verify_agreement(*decode_signed_agreement(data))


def _read_opening_list(data: bytes) -> None:
    verify_opening_list(ELECTION, TRUSTEES, COUNTED, decode_opening_list(data, ELECTION))


def _read_sealed_list(data: bytes) -> None:
    open_opening_list(ELECTION, sealed_owner(data, ELECTION), OFFICE, data)


READERS: dict[str, tuple[bytes, Callable[[bytes], object]]] = {
    "trustees": (assemble_trustees(CEREMONY.board), _read_trustees),
    "board": (encode_board(CEREMONY.board), _read_board),
    "state": (encode_state(CEREMONY.states[1]), decode_state),
    "tally": (encode_tally(VECTOR.total.tally), _read_tally),
    "extra proof": (EXTRA, _read_extra),
    "result": (encode_result(TOTALS), decode_result),
    "credentials' parts": (PARTS, _read_parts),
    "signed agreement": (AGREEMENT, _read_agreement),
    "opening list": (encode_opening_list(LISTS[2]), _read_opening_list),
    "sealed list": (seal_opening_list(ELECTION, 2, OFFICE.public, b"list"), _read_sealed_list),
}


@pytest.mark.parametrize("name", READERS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_strange_document_is_refused_or_read(name: str, data: st.DataObject) -> None:
    document, read = READERS[name]
    read(document)
    spoilt = data.draw(_spoilt(document))
    with suppress(CryptoError):
        read(spoilt)


@settings(max_examples=60, deadline=None)
@given(_spoilt(SHARE))
def test_a_strange_share_is_a_fault(payload: bytes) -> None:
    archive = read_archive(VECTOR.archive({2: payload}, totals=None))
    shares = audit_shares(VECTOR.setup, VECTOR.total.tally, archive.shares)
    assert len(shares.good) + len(shares.faults) == 1


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_strange_document_of_an_archive_is_refused(data: st.DataObject) -> None:
    """Its own name is made right, so that the reader goes on to what it says."""
    members = split(write_small())
    # The second ballot of the small archive is no JSON, which the reader of archives does not mind.
    index = data.draw(st.sampled_from([i for i in range(1, len(members)) if b"}{" not in members[i].body]))
    body = data.draw(_spoilt(members[index].body)) if data.draw(st.booleans()) else members[index].body + b" "
    suffix = members[index].name[64:]
    spoilt = encode_member(hex_digest(body) + suffix, body, TIMESTAMP)
    archive = join(members[:index]) + spoilt + join(members[index + 1 :])
    if body != members[index].body:
        with pytest.raises(CryptoError):
            read_archive(archive)
