"""The sealed answer to one question: a ciphertext for each choice, and the proofs that they may be counted.

 * Each choice is shown to be 0 or 1, and their sum to be within the question's bounds.
 * The blank vote, where there is one, stands first, is not in the sum, and has a proof of its own.
 * Every proof hashes the election's fingerprint and the credential, so an answer cannot be copied to another ballot.

Follows SPEC.md §5.1. Not here: the signature over all answers (`ballot.py`).

>>> from crypto.group import multiply_base
>>> question, key, count = Question("Agree?", ("yes", "no"), 1, 1, blank=False), multiply_base(5), iter(range(1, 99))
>>> answer = seal_answer("φ|credential", key, question, [1, 0], lambda size: next(count).to_bytes(size, "little"))
>>> verify_answer("φ|credential", key, question, answer, "question 1")
>>> decode_answer(encode_answer(answer), question, "question 1") == answer
True
"""

from collections.abc import Sequence
from functools import reduce
from typing import Any, NamedTuple

from crypto.blame import about
from crypto.blank import prove_enough, prove_no_answer, verify_enough, verify_no_answer
from crypto.elgamal import Ciphertext, encode_ciphertext, encrypt, multiply_ciphertexts, read_ciphertext
from crypto.encoding import require_fields, require_list
from crypto.group import ORDER, encode_point, random_scalar
from crypto.membership import Opening, prove_membership, verify_membership
from crypto.proof import Proof, decode_proof, encode_proof
from crypto.question import Question
from crypto.randomness import Randomness

_FIELDS = ("choices", "individual_proofs", "overall_proof")
_BIT = range(2)


class Answer(NamedTuple):
    """One answer of a ballot."""

    choices: tuple[Ciphertext, ...]
    individual_proofs: tuple[tuple[Proof, ...], ...]
    """For each choice the two branches 0 and 1."""
    overall_proof: tuple[Proof, ...]
    """The branches min to max; with a blank vote its branch stands before them."""
    blank_proof: tuple[Proof, ...]
    """Two branches, or nothing in a question without a blank vote."""


def encode_answer(answer: Answer) -> dict[str, Any]:
    """Write an answer as the object that a ballot holds."""
    blank = {"blank_proof": _encode_proofs(answer.blank_proof)} if answer.blank_proof else {}
    return {
        "choices": [encode_ciphertext(choice) for choice in answer.choices],
        "individual_proofs": [_encode_proofs(proofs) for proofs in answer.individual_proofs],
        "overall_proof": _encode_proofs(answer.overall_proof),
        **blank,
    }


def decode_answer(value: object, question: Question, what: str) -> Answer:
    """Read an answer to `question`; its points are checked by their spelling, `verify_answer` does the rest.

    Raises:
        MalformedError: it has not the shape that the question asks for, or something in it is not in canonical spelling.
    """
    required = (*_FIELDS, "blank_proof") if question.blank else _FIELDS
    fields = require_fields(value, required, what)
    choices = require_list(fields["choices"], f"{what}, choices", question.choices)
    individual = require_list(fields["individual_proofs"], f"{what}, individual proofs", question.choices)
    names = _names(question, what)
    return Answer(
        choices=tuple(read_ciphertext(each, name) for each, name in zip(choices, names, strict=True)),
        individual_proofs=tuple(
            _decode_proofs(each, len(_BIT), name) for each, name in zip(individual, names, strict=True)
        ),
        overall_proof=_decode_proofs(
            fields["overall_proof"], question.blank + len(_bounds(question)), f"{what}, overall proof"
        ),
        blank_proof=_decode_proofs(fields["blank_proof"], 2, f"{what}, blank proof") if question.blank else (),
    )


def seal_answer(binding: str, public_key: bytes, question: Question, choices: Sequence[int], rng: Randomness) -> Answer:
    """Encrypt `choices`, one 0 or 1 each and in the order of the question, and prove that they may be counted.

    Args:
        binding: S0, the election's fingerprint and the credential with `|` between.
        public_key: the election's key.
        question: what is answered.
        choices: the blank vote first, where the question has one.
        rng: gives the nonces, which are not kept.

    Raises:
        MalformedError: the question does not allow these choices.
    """
    question.require_allowed(choices, "the answer")
    openings = [Opening(choice, random_scalar(rng)) for choice in choices]
    ciphertexts = tuple(encrypt(public_key, message, nonce) for message, nonce in openings)
    answers = openings[question.blank :]
    total = Opening(sum(each.message for each in answers), sum(each.nonce for each in answers) % ORDER)
    individual = tuple(
        prove_membership(_choice_prefix(binding, ciphertext), public_key, opening, _BIT, rng)
        for opening, ciphertext in zip(openings, ciphertexts, strict=True)
    )
    whole = _whole(binding, ciphertexts)
    bounds = _bounds(question)
    if not question.blank:
        prefix = _sum_prefix(whole, _sum(question, ciphertexts))
        return Answer(ciphertexts, individual, prove_membership(prefix, public_key, total, bounds, rng), ())
    return Answer(
        choices=ciphertexts,
        individual_proofs=individual,
        overall_proof=prove_enough(f"bproof1|{whole}|", public_key, openings[0], total, rng, values=bounds),
        blank_proof=prove_no_answer(f"bproof0|{whole}|", public_key, openings[0], total, rng),
    )


def verify_answer(binding: str, public_key: bytes, question: Question, answer: Answer, what: str) -> None:
    """Raise unless every proof of `answer` holds.

    Args:
        binding: S0, as in `seal_answer`.
        public_key: the election's key.
        question: what is answered.
        answer: as decoded for this question.
        what: names the question in a refusal.

    Raises:
        VerificationError: one does not, or a point is outside the group; the sentence says at which choice.
    """
    for name, choice, proofs in zip(_names(question, what), answer.choices, answer.individual_proofs, strict=True):
        with about(name):
            verify_membership(_choice_prefix(binding, choice), public_key, choice, _BIT, proofs)
    whole = _whole(binding, answer.choices)
    total = _sum(question, answer.choices)
    bounds = _bounds(question)
    with about(f"{what}, number of answers"):
        if not question.blank:
            verify_membership(_sum_prefix(whole, total), public_key, total, bounds, answer.overall_proof)
            return
        blank = answer.choices[0]
        verify_enough(f"bproof1|{whole}|", public_key, blank, total, answer.overall_proof, values=bounds)
    with about(f"{what}, blank vote without answers"):
        verify_no_answer(f"bproof0|{whole}|", public_key, blank, total, answer.blank_proof)


def _names(question: Question, what: str) -> list[str]:
    names = [f"{what}, answer {number}" for number, _ in enumerate(question.answers, start=1)]
    return [f"{what}, blank vote", *names] if question.blank else names


def _bounds(question: Question) -> range:
    return range(question.minimum, question.maximum + 1)


def _sum(question: Question, choices: Sequence[Ciphertext]) -> Ciphertext:
    return reduce(multiply_ciphertexts, choices[question.blank :])


def _text(ciphertext: Ciphertext) -> str:
    return f"{encode_point(ciphertext.alpha)},{encode_point(ciphertext.beta)}"


def _whole(binding: str, choices: Sequence[Ciphertext]) -> str:
    """Return S: the binding, then every ciphertext of the answer, the blank vote included."""
    return f"{binding}|{','.join(_text(choice) for choice in choices)}"


def _choice_prefix(binding: str, choice: Ciphertext) -> str:
    return f"prove|{binding}|{_text(choice)}|"


def _sum_prefix(whole: str, total: Ciphertext) -> str:
    return f"prove|{whole}|{_text(total)}|"


def _encode_proofs(proofs: Sequence[Proof]) -> list[dict[str, str]]:
    return [encode_proof(proof) for proof in proofs]


def _decode_proofs(value: object, length: int, what: str) -> tuple[Proof, ...]:
    return tuple(decode_proof(each, what) for each in require_list(value, what, length))
