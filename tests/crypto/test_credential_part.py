import json
import pickle
from collections.abc import Callable, Sequence
from typing import Any

import pytest
import rfc8785
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crypto.credential import derive_secret, public_credential
from crypto.credential_part import (
    CredentialParts,
    Part,
    Side,
    combine_public,
    combine_secret,
    decode_parts,
    encode_parts,
    prove_part,
    slice_parts,
    verify_part,
    verify_parts,
    verify_parts_slice,
)
from crypto.encoding import compact_json
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.group import IDENTITY, ORDER, add, encode_point, hash_to_scalar, multiply_base, read_point, subtract
from crypto.proof import Proof
from tests.crypto import edwards
from tests.strategies import SMALL_ORDER, scalars, secrets, seeded, seeds

UUID = "DQB53CqA1UtMwz"
OTHER_UUID = "zwMtU1AqC35BQD"
NOBODY = encode_point(IDENTITY)


def entry_of(letter: int, platform: int, seed: int = 1) -> CredentialParts:
    rng = seeded(seed)
    one = prove_part(UUID, Side.LETTER, letter, rng)
    other = prove_part(UUID, Side.PLATFORM, platform, rng)
    return CredentialParts(combine_public(one.public, other.public), one, other)


ENTRIES = sorted(entry_of(letter, 1000 + letter, letter) for letter in range(1, 6))
CREDENTIALS = [entry.credential for entry in ENTRIES]
DATA = encode_parts(UUID, ENTRIES)


@settings(max_examples=30, deadline=None)
@given(secrets, secrets, seeds)
def test_whoever_has_both_parts_signs_for_the_credential(letter: int, platform: int, seed: int) -> None:
    assume((letter + platform) % ORDER)
    entry = entry_of(letter, platform, seed)
    assert public_credential(combine_secret(letter, platform)) == entry.credential
    verify_parts(UUID, [entry], {entry.credential})


def test_a_letters_part_is_derived_as_before() -> None:
    secret = derive_secret(UUID, "guyDu-tFHGuC-TAL8y-VqJfpp")
    assert prove_part(UUID, Side.LETTER, secret, seeded(1)).public == public_credential(secret)


def test_the_sum_is_taken_mod_q() -> None:
    assert combine_secret(ORDER - 1, 5) == 4


@pytest.mark.parametrize("side", Side)
def test_the_prefix_is_that_of_the_specification(side: Side) -> None:
    """Checked in plain integers, without the code under test."""
    public, (challenge, response) = prove_part(UUID, side, 77, seeded(5))
    assert public == edwards.to_hex(edwards.times(edwards.G, 77))
    assert edwards.knows(f"shanzhi credential part 1|{UUID}|{side}|{public}|", public, challenge, response)
    assert not edwards.knows(f"shanzhi credential part 1|{UUID}|{side}|{public}", public, challenge, response)


PART = prove_part(UUID, Side.LETTER, 77, seeded(5))


@pytest.mark.parametrize(
    ("uuid", "side", "part"),
    [
        (OTHER_UUID, Side.LETTER, PART),
        (UUID, Side.PLATFORM, PART),
        (UUID, Side.LETTER, PART._replace(public=public_credential(78))),
        (UUID, Side.LETTER, PART._replace(proof=PART.proof._replace(challenge=PART.proof.challenge ^ 1))),
        (UUID, Side.LETTER, PART._replace(proof=PART.proof._replace(response=(PART.proof.response + 1) % ORDER))),
        (UUID, Side.LETTER, PART._replace(proof=Proof(0, 0))),
    ],
)
def test_a_changed_part_is_refused(uuid: str, side: Side, part: Part) -> None:
    verify_part(UUID, Side.LETTER, PART)
    with pytest.raises(VerificationError, match=f"^the {side} part: the proof of knowledge of the secret key does not"):
        verify_part(uuid, side, part)


@pytest.mark.parametrize("torsion", SMALL_ORDER)
def test_a_part_outside_the_group_is_refused(torsion: bytes) -> None:
    for point in (torsion, add(multiply_base(77), torsion)):
        public = encode_point(point)
        for proof in (PART.proof, Proof(0, 5), Proof(8, 5)):
            with pytest.raises(VerificationError, match=r"^the letter part: .*not an element of the group"):
                verify_part(UUID, Side.LETTER, Part(public, proof))
        with pytest.raises(VerificationError, match=r"^the letter part: not an element"):
            combine_public(public, PART.public)
        with pytest.raises(VerificationError, match=r"^the platform part: not an element"):
            combine_public(PART.public, public)


def test_a_part_that_hides_nothing_is_neither_made_nor_taken() -> None:
    with pytest.raises(VerificationError, match=r"^the platform part: the identity is nobody's key"):
        prove_part(UUID, Side.PLATFORM, ORDER, seeded(1))
    prefix = f"shanzhi credential part 1|{UUID}|letter|{NOBODY}|"
    challenge = hash_to_scalar(prefix, [multiply_base(9)])
    with pytest.raises(VerificationError, match=r"^the letter part: the identity is nobody's key"):
        verify_part(UUID, Side.LETTER, Part(NOBODY, Proof(challenge, 9)))


@pytest.mark.parametrize("text", ["", PART.public.upper(), "f" * 64, PART.public + "\n"])
def test_another_spelling_of_a_part_is_refused(text: str) -> None:
    with pytest.raises(MalformedError, match=r"^the letter part: "):
        verify_part(UUID, Side.LETTER, Part(text, PART.proof))
    with pytest.raises(MalformedError, match=r"^the platform part: "):
        combine_public(PART.public, text)


@settings(max_examples=20, deadline=None)
@given(secrets)
def test_parts_that_cancel_each_other_are_refused(secret: int) -> None:
    with pytest.raises(VerificationError, match=r"^the two parts together: the identity is nobody's key"):
        combine_public(public_credential(secret), public_credential(-secret))


def _cancelled(letter: str, secret: int) -> str:
    """Return the part with which the credential would be g^secret, whatever the letter's part is."""
    return encode_point(subtract(multiply_base(secret), read_point(letter)))


@settings(max_examples=20, deadline=None)
@given(secrets, seeds)
def test_a_part_that_cancels_the_other_cannot_be_proved(secret: int, seed: int) -> None:
    """What the platform knows is the secret of the product, and of its own part it is not."""
    public = _cancelled(PART.public, secret)
    assert combine_public(PART.public, public) == public_credential(secret)
    own = prove_part(UUID, Side.PLATFORM, secret, seeded(seed))
    prefix = f"shanzhi credential part 1|{UUID}|platform|{public}|"
    nonce = seed + 1
    challenge = hash_to_scalar(prefix, [multiply_base(nonce)])
    for proof in (own.proof, PART.proof, Proof(challenge, (nonce - secret * challenge) % ORDER)):
        entry = CredentialParts(public_credential(secret), PART, Part(public, proof))
        with pytest.raises(
            VerificationError, match=r"^credential 1 of the parts: the platform part: the proof of know"
        ):
            verify_parts(UUID, [entry], [entry.credential])


def test_one_side_cannot_publish_the_others_part_as_its_own() -> None:
    """The credential would be that part twice, and whoever made it would sign alone."""
    entry = CredentialParts(combine_public(PART.public, PART.public), PART, PART)
    assert entry.credential == public_credential(2 * 77)
    with pytest.raises(VerificationError, match="the platform part: the proof of knowledge"):
        verify_parts(UUID, [entry], [entry.credential])


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(secrets, st.tuples(secrets, scalars, scalars), max_size=5))
def test_a_document_is_written_sorted_in_the_spelling_of_rfc_8785_and_read(
    drawn: dict[int, tuple[int, int, int]],
) -> None:
    entries = [
        CredentialParts(
            public_credential(one), Part(public_credential(two), Proof(a, b)), Part(public_credential(one), Proof(b, a))
        )
        for one, (two, a, b) in drawn.items()
    ]
    data = encode_parts(UUID, entries)
    assert list(decode_parts(data, UUID)) == sorted(entries)
    assert data == encode_parts(UUID, reversed(entries)) == rfc8785.dumps(json.loads(data))


def test_a_document_is_what_the_specification_says() -> None:
    entry = ENTRIES[0]
    proofs = [{"challenge": str(part.proof.challenge), "response": str(part.proof.response)} for part in entry[1:]]
    expected: Any = {
        "version": 1,
        "election": UUID,
        "parts": [
            {
                "credential": entry.credential,
                "letter": entry.letter.public,
                "letter_proof": proofs[0],
                "platform": entry.platform.public,
                "platform_proof": proofs[1],
            }
        ],
    }
    assert encode_parts(UUID, [entry]) == rfc8785.dumps(expected)


CHANGES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda value: value.update(version=2), "the credentials' parts: only version 1 is known"),
    (lambda value: value.update(version="1"), "the credentials' parts, version: a whole number"),
    (lambda value: value.update(note=""), "the credentials' parts: unknown field 'note'"),
    (lambda value: value.pop("parts"), "the credentials' parts: field parts is missing"),
    (lambda value: value.update(election=5), "the credentials' parts, election: a text is expected"),
    (lambda value: value.update(parts={}), "the credentials' parts, parts: a list is expected"),
    (
        lambda value: value["parts"].reverse(),
        "credential 2 of the parts: credentials are sorted, and none stands twice",
    ),
    (
        lambda value: value["parts"].insert(2, value["parts"][1]),
        "credential 3 of the parts: credentials are sorted, and",
    ),
    (lambda value: value["parts"][1].pop("letter"), "credential 2 of the parts: field letter is missing"),
    (lambda value: value["parts"][1].update(weight=1), "credential 2 of the parts: unknown field 'weight'"),
    (lambda value: value["parts"][1].update(credential=5), "credential 2 of the parts, credential: 64 lowercase hex"),
    (lambda value: value["parts"][1].update(letter="F" * 64), "credential 2 of the parts, letter: 64 lowercase hex"),
    (lambda value: value["parts"][1].update(platform="f" * 64), "credential 2 of the parts, platform: the coordinate"),
    (lambda value: value["parts"][1].update(letter_proof=1), "credential 2 of the parts, letter proof: an object"),
    (
        lambda value: value["parts"][1]["platform_proof"].update(response=str(ORDER)),
        "credential 2 of the parts, platform proof, response: not below the order",
    ),
]


@pytest.mark.parametrize(("change", "sentence"), CHANGES)
def test_another_document_is_refused_and_the_place_named(
    change: Callable[[dict[str, Any]], object], sentence: str
) -> None:
    value = json.loads(DATA)
    change(value)
    with pytest.raises(MalformedError) as refusal:
        decode_parts(compact_json(value), UUID)
    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize(
    "data",
    [
        DATA + b"\n",
        DATA.replace(b":", b": ", 1),
        DATA.replace(b'"version"', b'"\\u0076ersion"'),
        compact_json({"version": 1} | json.loads(DATA)),
    ],
)
def test_another_spelling_is_refused(data: bytes) -> None:
    assert json.loads(data) == json.loads(DATA)
    with pytest.raises(MalformedError, match="not in canonical spelling"):
        decode_parts(data, UUID)


def test_the_parts_of_another_election_are_refused() -> None:
    with pytest.raises(VerificationError, match="made for another election"):
        decode_parts(DATA, OTHER_UUID)
    with pytest.raises(VerificationError, match="credential 1 of the parts: the letter part: the proof"):
        verify_parts(OTHER_UUID, decode_parts(encode_parts(OTHER_UUID, ENTRIES), OTHER_UUID), CREDENTIALS)


@pytest.mark.parametrize(
    ("entries", "credentials", "sentence"),
    [
        (ENTRIES, CREDENTIALS[:2] + CREDENTIALS[3:], "credential 3 of the parts: it is not on the list"),
        (ENTRIES + ENTRIES[1:2], CREDENTIALS, "credential 6 of the parts: it is not on the list"),
        (ENTRIES[:2] + ENTRIES[3:], CREDENTIALS, "the credentials' parts: 1 credentials of this election are missing"),
        ([], CREDENTIALS, "the credentials' parts: 5 credentials of this election are missing"),
    ],
)
def test_the_entries_are_of_exactly_the_credentials(
    entries: Sequence[CredentialParts], credentials: Sequence[str], sentence: str
) -> None:
    with pytest.raises(VerificationError) as refusal:
        verify_parts(UUID, entries, credentials)
    assert str(refusal.value).startswith(sentence)


def test_no_credentials_have_no_parts() -> None:
    verify_parts(UUID, decode_parts(encode_parts(UUID, []), UUID), [])


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 4), st.sampled_from(["letter", "platform"]), st.sampled_from(["challenge", "response"]))
def test_every_changed_number_is_refused(position: int, side: str, number: str) -> None:
    value = json.loads(DATA)
    proof = value["parts"][position][f"{side}_proof"]
    proof[number] = str((int(proof[number]) + 1) % ORDER)
    with pytest.raises(VerificationError, match=f"^credential {position + 1} of the parts: the {side} part: the proof"):
        verify_parts(UUID, decode_parts(compact_json(value), UUID), CREDENTIALS)


def test_a_credential_that_is_not_the_product_is_refused() -> None:
    other = entry_of(8, 9)
    swapped = [*ENTRIES[:4], other._replace(credential=ENTRIES[4].credential)]
    with pytest.raises(VerificationError, match=r"^credential 5 of the parts: it is not the product of its parts"):
        verify_parts(UUID, swapped, CREDENTIALS)


def test_parts_whose_sides_are_changed_over_are_refused() -> None:
    """The product is the same, and the proofs say otherwise."""
    entry = CredentialParts(ENTRIES[0].credential, ENTRIES[0].platform, ENTRIES[0].letter)
    with pytest.raises(VerificationError, match="the letter part: the proof"):
        verify_parts(UUID, [entry], CREDENTIALS[:1])


def test_slices_can_be_checked_in_other_processes() -> None:
    slices = list(slice_parts(UUID, ENTRIES, 2))
    assert [(each.first, len(each.parts)) for each in slices] == [(1, 2), (3, 2), (5, 1)]
    for each in slices:
        verify_parts_slice(pickle.loads(pickle.dumps(each)))
    spoilt = slices[1]._replace(parts=(slices[1].parts[0], ENTRIES[0]._replace(credential=CREDENTIALS[3])))
    with pytest.raises(CryptoError, match=r"^credential 4 of the parts: it is not the product"):
        verify_parts_slice(pickle.loads(pickle.dumps(spoilt)))
