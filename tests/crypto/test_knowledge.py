import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.errors import VerificationError
from crypto.group import BASE, ORDER, add, multiply_base
from crypto.knowledge import prove_knowledge, sign_message, verify_knowledge, verify_message
from crypto.proof import Proof
from crypto.randomness import Randomness
from tests.strategies import SMALL_ORDER, randomness, secrets, seeded

properties = settings(max_examples=30, deadline=None)
texts = st.text(st.characters(codec="utf-8"), max_size=30)
PUBLIC = multiply_base(77)
PROOF = prove_knowledge("pok|Ed25519|", 77, PUBLIC, seeded(1))


@properties
@given(texts, secrets, randomness)
def test_whoever_knows_the_secret_can_prove_it(prefix: str, secret: int, rng: Randomness) -> None:
    public = multiply_base(secret)
    verify_knowledge(prefix, public, prove_knowledge(prefix, secret, public, rng))


@pytest.mark.parametrize(
    ("prefix", "public", "proof"),
    [
        ("pok|Ed25519||", PUBLIC, PROOF),
        ("", PUBLIC, PROOF),
        ("pok|Ed25519|", multiply_base(78), PROOF),
        ("pok|Ed25519|", multiply_base(0), PROOF),
        ("pok|Ed25519|", PUBLIC, PROOF._replace(challenge=PROOF.challenge - 1)),
        ("pok|Ed25519|", PUBLIC, PROOF._replace(challenge=PROOF.challenge + ORDER)),
        ("pok|Ed25519|", PUBLIC, PROOF._replace(response=(PROOF.response + 1) % ORDER)),
        ("pok|Ed25519|", PUBLIC, Proof(0, 0)),
        ("pok|Ed25519|", PUBLIC, Proof(PROOF.response, PROOF.challenge)),
    ],
)
def test_a_changed_part_is_refused(prefix: str, public: bytes, proof: Proof) -> None:
    verify_knowledge("pok|Ed25519|", PUBLIC, PROOF)
    with pytest.raises(VerificationError, match="does not hold"):
        verify_knowledge(prefix, public, proof)


@pytest.mark.parametrize("torsion", SMALL_ORDER)
def test_a_key_outside_the_group_proves_nothing(torsion: bytes) -> None:
    for public in (torsion, add(PUBLIC, torsion)):
        for proof in (PROOF, Proof(0, 5), Proof(8, 5)):
            with pytest.raises(VerificationError, match="not an element of the group"):
                verify_knowledge("pok|Ed25519|", public, proof)


def test_a_proof_for_somebody_elses_key_is_not_made() -> None:
    with pytest.raises(VerificationError):
        prove_knowledge("pok|", 77, BASE, seeded(1))


@properties
@given(texts, texts, secrets, randomness)
def test_a_signature_holds_for_its_message_alone(message: str, other: str, secret: int, rng: Randomness) -> None:
    public = multiply_base(secret)
    proof = sign_message(secret, message, rng)
    verify_message(public, message, proof)
    verify_knowledge(f"sigmsg|{message}|", public, proof)
    if other != message:
        with pytest.raises(VerificationError):
            verify_message(public, other, proof)


def test_two_proofs_of_one_statement_differ() -> None:
    """A repeated commitment would give the secret away."""
    rng = seeded(3)
    assert prove_knowledge("p|", 77, PUBLIC, rng) != prove_knowledge("p|", 77, PUBLIC, rng)
