import hashlib
import json
from collections.abc import Callable
from typing import Any

import pytest
import rfc8785
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.agreement import Agreement, sign_agreement
from crypto.ballot import decode_ballot, seal_ballot, verify_ballot
from crypto.credential import public_credential
from crypto.encoding import compact_json, fingerprint, hex_digest
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.group import IDENTITY, ORDER, add, encode_point, hash_to_scalar, multiply_base
from crypto.knowledge import prove_knowledge
from crypto.petition import (
    ACTS,
    END,
    SIGN,
    TAKE_BACK,
    PetitionWord,
    decode_signed_word,
    decode_word,
    encode_signed_word,
    encode_word,
    sign_word,
    verify_word,
)
from crypto.proof import Proof, encode_proof
from tests.crypto import edwards
from tests.crypto.elections import SMALL, VOTER, changed
from tests.strategies import SMALL_ORDER, secrets, seeded, seeds

SECRET = 77
TEXT = "请召开临时业主大会。"
PETITION = "2" * 14
WORD = PetitionWord(SMALL.uuid, SMALL.fingerprint, public_credential(SECRET), PETITION, hex_digest(TEXT.encode()), SIGN)
BODY = encode_word(WORD)
PROOF = sign_word(SECRET, WORD, seeded(1))
SIGNED = encode_signed_word(BODY, PROOF)


def test_the_body_is_what_the_specification_says() -> None:
    expected: Any = {
        "version": 1,
        "election": SMALL.uuid,
        "fingerprint": SMALL.fingerprint,
        "credential": public_credential(SECRET),
        "petition": PETITION,
        "text_sha256": hashlib.sha256(TEXT.encode()).hexdigest(),
        "act": "sign",
    }
    assert rfc8785.dumps(expected) == BODY
    document: Any = {
        "version": 1,
        "body": BODY.decode(),
        "proof": dict(zip(("challenge", "response"), map(str, PROOF), strict=True)),
    }
    assert rfc8785.dumps(document) == SIGNED


def test_the_prefix_is_that_of_the_specification() -> None:
    """Checked in plain integers, without the code under test."""
    public = edwards.to_hex(edwards.times(edwards.G, SECRET))
    prefix = f"shanzhi petition 1|{SMALL.fingerprint}|{public}|{hashlib.sha256(BODY).hexdigest()}|"
    assert edwards.knows(prefix, public, *PROOF)
    assert not edwards.knows(prefix[:-1], public, *PROOF)


@settings(max_examples=30, deadline=None)
@given(secrets, seeds, st.binary(max_size=9), st.binary(max_size=9))
def test_an_word_is_signed_written_and_read(secret: int, seed: int, election: bytes, text: bytes) -> None:
    word = PetitionWord(
        SMALL.uuid, fingerprint(election), public_credential(secret), PETITION, hex_digest(text), ACTS[seed % 3]
    )
    body = encode_word(word)
    assert decode_word(body) == word
    document = encode_signed_word(body, sign_word(secret, word, seeded(seed)))
    signed = decode_signed_word(document)
    assert signed.body == body
    assert encode_signed_word(*signed) == document == rfc8785.dumps(json.loads(document))
    verify_word(*signed)


CHANGES: list[tuple[Callable[[dict[str, Any]], object], str]] = [
    (lambda value: value.update(version=2), "the word on a petition: only version 1 is known"),
    (lambda value: value.update(version=True), "the word on a petition, version: a whole number"),
    (lambda value: value.update(note=""), "the word on a petition: unknown field 'note'"),
    (lambda value: value.pop("credential"), "the word on a petition: field credential is missing"),
    (lambda value: value.update(credential=5), "the word on a petition, credential: 64 lowercase hex digits"),
    (
        lambda value: value.update(credential=encode_point(IDENTITY)),
        "the word on a petition, credential: the identity is nobody",
    ),
    (lambda value: value.update(election="x"), "the election, uuid: 14 to 64 characters of base58"),
    (lambda value: value.update(fingerprint="x"), "the word on a petition, fingerprint: 43 characters of Base64"),
    (lambda value: value.update(petition="x"), "the election, uuid: 14 to 64 characters of base58"),
    (lambda value: value.update(act="burn"), "the word on a petition, act: one of sign, take-back, end"),
    (lambda value: value.update(act=5), "the word on a petition, act: a text is expected"),
    (lambda value: value.update(text_sha256="x"), "the word on a petition, text_sha256: 64 lowercase hex digits"),
]


@pytest.mark.parametrize(("change", "sentence"), CHANGES)
def test_what_is_no_word_is_refused(change: Callable[[dict[str, Any]], object], sentence: str) -> None:
    value = json.loads(BODY)
    change(value)
    body = compact_json(value)
    for read in (decode_word, lambda data: verify_word(data, PROOF)):
        with pytest.raises(MalformedError) as refusal:
            read(body)
        assert str(refusal.value).startswith(sentence)
    with pytest.raises(MalformedError):
        encode_signed_word(body, PROOF)


@pytest.mark.parametrize(
    "body", [BODY + b"\n", BODY.replace(b":", b": ", 1), compact_json({"version": 1} | json.loads(BODY))]
)
def test_another_spelling_is_refused(body: bytes) -> None:
    assert json.loads(body) == json.loads(BODY)
    with pytest.raises(MalformedError, match="the word on a petition: not in canonical spelling"):
        decode_word(body)
    document = compact_json({"body": body.decode(), "proof": encode_proof(PROOF), "version": 1})
    with pytest.raises(MalformedError, match="the word on a petition: not in canonical spelling"):
        decode_signed_word(document)


@pytest.mark.parametrize(
    "change",
    [
        {"election": SMALL.uuid[::-1]},
        {"fingerprint": fingerprint(b"")},
        {"credential": public_credential(78)},
        {"text_sha256": hex_digest(b"")},
        {"petition": PETITION[::-1] + "3"},
        {"act": TAKE_BACK},
        {"act": END},
    ],
)
def test_another_body_was_not_signed(change: dict[str, str]) -> None:
    verify_word(BODY, PROOF)
    body = encode_word(WORD._replace(**change))
    with pytest.raises(
        VerificationError, match=r"^the word on a petition: it was not signed with the credential that it names"
    ):
        verify_word(body, PROOF)


@pytest.mark.parametrize(
    "proof",
    [
        PROOF._replace(challenge=PROOF.challenge ^ 1),
        PROOF._replace(response=(PROOF.response + 1) % ORDER),
        Proof(0, 0),
        sign_agreement(
            SECRET, Agreement(SMALL.uuid, SMALL.fingerprint, public_credential(SECRET), hex_digest(b"")), seeded(1)
        ),
        prove_knowledge(f"sigmsg|{BODY.decode()}|", SECRET, multiply_base(SECRET), seeded(1)),
        prove_knowledge(f"sig|{fingerprint(BODY)}|", SECRET, multiply_base(SECRET), seeded(1)),
    ],
)
def test_another_proof_is_no_signature(proof: Proof) -> None:
    with pytest.raises(VerificationError, match="it was not signed with the credential that it names"):
        verify_word(BODY, proof)


@pytest.mark.parametrize("torsion", SMALL_ORDER)
def test_a_credential_outside_the_group_signs_nothing(torsion: bytes) -> None:
    for point in (torsion, add(multiply_base(SECRET), torsion)):
        body = encode_word(WORD._replace(credential=encode_point(point)))
        prefix = f"shanzhi petition 1|{SMALL.fingerprint}|{encode_point(point)}|{hex_digest(body)}|"
        for proof in (PROOF, Proof(hash_to_scalar(prefix, [multiply_base(9)]), 9), Proof(0, 0)):
            with pytest.raises(CryptoError):
                verify_word(body, proof)


def test_half_of_a_key_signs_nothing() -> None:
    """The letter's part alone, or the platform's, is not the credential's secret."""
    for part in (30, 47):
        with pytest.raises(VerificationError, match="does not belong to the secret"):
            sign_word(part, WORD, seeded(1))
    verify_word(BODY, sign_word(30 + 47, WORD, seeded(1)))


def test_an_word_is_no_ballots_signature() -> None:
    word = WORD._replace(credential=public_credential(VOTER))
    proof = sign_word(VOTER, word, seeded(1))
    good = seal_ballot(SMALL, VOTER, [[1, 0], [0, 1, 0]], seeded(2))
    verify_ballot(SMALL, decode_ballot(good, SMALL))
    ballot = changed(good, lambda value: value["signature"].update(proof=encode_proof(proof)))
    with pytest.raises(VerificationError, match="the signature of the ballot was not made with its credential"):
        verify_ballot(SMALL, decode_ballot(ballot, SMALL))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"version": 2}, "the signed word on a petition: only version 1 is known"),
        ({"version": None}, "the signed word on a petition, version: a whole number"),
        ({"body": json.loads(BODY)}, "the signed word on a petition, body: a text is expected"),
        ({"body": "{"}, "the word on a petition: it is not JSON in UTF-8"),
        ({"proof": 1}, "the signed word on a petition, proof: an object is expected"),
        ({"proof": {"challenge": "01", "response": "1"}}, "the signed word on a petition, proof, challenge: a decimal"),
        ({"note": ""}, "the signed word on a petition: unknown field 'note'"),
    ],
)
def test_what_is_no_signed_word_is_refused(change: dict[str, object], sentence: str) -> None:
    with pytest.raises(MalformedError) as refusal:
        decode_signed_word(compact_json(json.loads(SIGNED) | change))
    assert str(refusal.value).startswith(sentence)


@pytest.mark.parametrize(
    "data", [SIGNED + b"\n", SIGNED.replace(b":", b": ", 1), compact_json({"version": 1} | json.loads(SIGNED))]
)
def test_another_spelling_of_a_signed_word_is_refused(data: bytes) -> None:
    assert json.loads(data) == json.loads(SIGNED)
    with pytest.raises(MalformedError, match="the signed word on a petition: not in canonical spelling"):
        decode_signed_word(data)
