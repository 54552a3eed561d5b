from hypothesis import given, settings
from hypothesis import strategies as st

from crypto.credential_part import Side, combine_public, prove_part, verify_parts
from crypto.group import ORDER, multiply_base
from crypto.proof import Proof
from tests.strategies import seeded
from vote.credential.platform_part import decode_secret, encode_secret, make_platform_parts
from vote.credential.rules import PublicLine

UUID = "DQB53CqA1UtMwz"


def line(entitlement, secret, side=Side.LETTER):
    part = prove_part(UUID, side, secret, seeded(entitlement))
    return PublicLine(entitlement, part.public, part.proof, None)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.integers(1, ORDER - 1), min_size=1, max_size=3, unique=True), st.integers(0, 99))
def test_each_part_completes_its_letters_part_and_every_proof_holds(secrets, seed):
    made = make_platform_parts(UUID, [line(index, secret) for index, secret in enumerate(secrets)], seeded(seed))
    assert made.trouble == ""
    entries = [part.parts for part in made.parts]
    verify_parts(UUID, entries, [entry.credential for entry in entries])
    for secret, part in zip(secrets, made.parts, strict=True):
        whole = (secret + decode_secret(part.secret)) % ORDER
        assert part.parts.credential == multiply_base(whole)[::-1].hex()
        assert len(part.secret) == 32
    assert len({part.secret for part in made.parts}) == len(secrets)


def test_a_proof_that_does_not_hold_is_told_with_its_entitlement_and_nothing_is_made():
    good, bad = line(1, 5), line(7, 6)
    for proof in (Proof(1, 1), good.proof, line(7, 6, Side.PLATFORM).proof):
        made = make_platform_parts(UUID, [good, bad._replace(proof=proof)], seeded(1))
        assert made.parts == ()
        assert made.trouble.startswith("entitlement 7: the letter part")
    made = make_platform_parts("Ddp2RtfN1U8EFV", [good], seeded(1))
    assert made.trouble.startswith("entitlement 1: ")


def test_a_part_chosen_to_cancel_the_letters_is_refused():
    """The platform would have to draw just the negative of the letter's part."""

    def negative(size):
        return (ORDER - 5 - 1).to_bytes(size, "little")

    made = make_platform_parts(UUID, [line(1, 5)], negative)
    assert "the two parts together" in made.trouble
    assert combine_public(line(1, 5).credential, line(2, 5).credential)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, ORDER - 1))
def test_a_part_is_read_as_it_was_written(secret):
    assert decode_secret(encode_secret(secret)) == secret
