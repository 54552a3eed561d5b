"""Decides what one trustee does in the making of a common key, and refuses to be hurried or fooled.

 * Four steps: begin (certificate), commit (a hash of the powers), reveal (powers and sealed shares), finish (own key).
 * Nobody reveals before everybody has committed, so nobody chooses coefficients after seeing those of others.
 * A trustee remembers the digest of each round it has used, and stops when the board says something else later.
 * A share that does not fit its sender's powers stops the ceremony and names the sender.
 * A step may be repeated until the last: the coefficients are drawn once and erased at the end.

Follows SPEC.md §6.2; the record is that of protocol 1 as of 3.0, the way to it is our own.

Not here: the public board (`ceremony_board`), storing a trustee's state (the caller).

>>> draws = iter(range(1, 99))
>>> rng = lambda size: next(draws).to_bytes(size, "little")
>>> state, post = begin(rng, index=1, size=1, threshold=1, name="甲", context="example")
>>> board = Board("example", 1, 1).put(post)
>>> for step in commit, reveal, finish:
...     state, post = step(state, board, rng)
...     board = board.put(post)
>>> verify_assembled(state, board, assemble_trustees(board))
"""

from collections.abc import Sequence
from dataclasses import replace

from crypto.blame import about
from crypto.ceremony_board import DOMAIN, Board
from crypto.ceremony_post import (
    Post,
    Reveal,
    Round,
    commitment_body,
    introduction_body,
    read_commitment,
    read_introduction,
    read_key,
    read_reveal,
    reveal_body,
)
from crypto.ceremony_state import TrusteeState
from crypto.encoding import compact_json, hex_digest
from crypto.errors import VerificationError
from crypto.group import IDENTITY, ORDER, add, multiply, multiply_base, random_scalar
from crypto.knowledge import sign_message
from crypto.pedersen import (
    Pedersen,
    sign_text,
    verify_coefficients,
    write_certificate,
    write_coefficients,
    write_joint_statement,
)
from crypto.randomness import Randomness
from crypto.sealed_share import open_share, seal_share
from crypto.trustee_key import encode_trustee_key, make_trustee_key
from crypto.trustees import Trustees, encode_trustees, verify_trustees

Step = tuple[TrusteeState, Post]
"""The state to store, which must be stored before the post is sent, and the post."""


def begin(rng: Randomness, *, index: int, size: int, threshold: int, name: str, context: str) -> Step:
    """Take place `index` (from 1) among `size` trustees, of whom `threshold` will be needed.

    Args:
        rng: draws the signing key and the encryption key.
        index: the trustee's number, from 1.
        size: how many trustees there are.
        threshold: how many of them are needed to decrypt.
        name: stands in trustees.json.
        context: names the election; the same for everybody.

    Raises:
        MalformedError: the numbers do not go together, or a text is not one line.
    """
    state = TrusteeState(context, size, threshold, index, name, random_scalar(rng), random_scalar(rng))
    verification, encryption = multiply_base(state.signing_secret), multiply_base(state.encryption_secret)
    text = write_certificate(size, threshold, index, verification, encryption)
    body = introduction_body(name, sign_text(state.signing_secret, text, rng))
    return state, Board(context, size, threshold).write_post(Round.CERTIFICATES, index, body, state.signing_secret, rng)


def commit(state: TrusteeState, board: Board, rng: Randomness) -> Step:
    """Draw the polynomial, if that is not done, and commit to it.

    Raises:
        ThresholdError: certificates are missing; wait.
        VerificationError: the board is not the one this trustee knows, or the ceremony is finished.
    """
    state = _look(state, board, Round.CERTIFICATES)
    if state.decryption_secret is not None:
        raise VerificationError("the ceremony is finished, and its coefficients are erased: begin a new one")
    if not state.coefficients:
        state = replace(state, coefficients=tuple(random_scalar(rng) for _ in range(state.threshold)))
    body = commitment_body(_commitment(board, state.index, _text_of(state)))
    return state, board.write_post(Round.COMMITMENTS, state.index, body, state.signing_secret, rng)


def reveal(state: TrusteeState, board: Board, rng: Randomness) -> Step:
    """Publish the powers of the coefficients, and a sealed share for every trustee.

    Raises:
        ThresholdError: commitments are missing; wait.
        VerificationError: the board is not the one this trustee knows.
    """
    state = _look(state, board, Round.CERTIFICATES, Round.COMMITMENTS)
    if _committed(board, state.index) != _commitment(board, state.index, _text_of(state)):
        raise VerificationError("the board holds a commitment in your place that you did not make: stop the ceremony")
    certificates = [each.certificate for each in board.introductions()]
    shares = [
        seal_share(_evaluate(state.coefficients, j), certificate.encryption, _context(board, state.index, j), rng)
        for j, certificate in enumerate(certificates, start=1)
    ]
    statement = write_joint_statement(certificates, _powers(state))
    joint = sign_message(state.signing_secret, statement, rng)
    body = reveal_body(sign_text(state.signing_secret, _text_of(state), rng), joint, shares)
    return state, board.write_post(Round.REVEALS, state.index, body, state.signing_secret, rng)


def finish(state: TrusteeState, board: Board, rng: Randomness) -> Step:
    """Check every share received, add them up to the own secret, and publish its key.

    The state returned holds the secret for decryption and no longer the coefficients.

    Raises:
        ThresholdError: reveals are missing; wait.
        VerificationError: the board is not the one this trustee knows, or somebody's commitment, signatures or share are
            false: the sentence names the trustee, and the ceremony begins anew without that one.
    """
    state = _look(state, board, Round.CERTIFICATES, Round.COMMITMENTS, Round.REVEALS)
    total = 0
    for sender, each in enumerate(_verified_reveals(board), start=1):
        with about(_label(board, sender)):
            share = open_share(
                each.shares[state.index - 1], state.encryption_secret, _context(board, sender, state.index)
            )
            if multiply_base(share) != _evaluate_powers(each.coefficients.powers, state.index):
                raise VerificationError(f"the share for trustee {state.index} does not fit the published coefficients")
        total += share
    state = replace(state, coefficients=(), decryption_secret=total % ORDER)
    key = make_trustee_key(total % ORDER, rng, state.name, state.signing_secret)
    return state, board.write_post(Round.KEYS, state.index, encode_trustee_key(key), state.signing_secret, rng)


def assemble_trustees(board: Board) -> bytes:
    """Write trustees.json from a complete board, after checking all of it.

    Raises:
        ThresholdError: keys are missing; wait.
        VerificationError: something a trustee posted does not hold; the sentence names it.
    """
    reveals = _verified_reveals(board)
    introductions = board.introductions()
    keys = [read_key(post) for post in board.complete(Round.KEYS)]
    for index, (key, introduction) in enumerate(zip(keys, introductions, strict=True), start=1):
        if key.name != introduction.name:
            raise VerificationError(f"{_label(board, index)}: the key carries another name than the certificate")
    group = Pedersen(
        board.threshold,
        tuple(each.certificate for each in introductions),
        tuple(each.coefficients for each in reveals),
        tuple(each.joint for each in reveals),
        tuple(keys),
    )
    trustees = Trustees((group,))
    verify_trustees(trustees)
    return encode_trustees(trustees)


def verify_assembled(state: TrusteeState, board: Board, trustees: bytes) -> None:
    """Raise unless `trustees` is what this trustee took part in; to be asked before the election is sealed.

    Raises:
        ThresholdError: the ceremony is not complete.
        VerificationError: it is something else, or this trustee's own key is not in it.
    """
    state = _look(state, board, Round.CERTIFICATES, Round.COMMITMENTS, Round.REVEALS)
    if trustees != assemble_trustees(board):
        raise VerificationError("the trustees of the election are not those of this ceremony")
    own = read_key(board.complete(Round.KEYS)[state.index - 1])
    if state.decryption_secret is None or own.public_key != multiply_base(state.decryption_secret):
        raise VerificationError("the key in your place is not yours: stop, and tell the other trustees")


def _look(state: TrusteeState, board: Board, *rounds: Round) -> TrusteeState:
    """Compare the board with what the trustee remembers, and remember the rounds that it uses now."""
    if (board.context, board.size, board.threshold) != (state.context, state.size, state.threshold):
        raise VerificationError("the board belongs to another ceremony")
    seen = list(state.seen)
    for position, round_ in enumerate(rounds):
        digest = board.digest(round_)
        if position < len(seen) and seen[position] != digest:
            raise VerificationError(f"the {round_} on the board were changed after you saw them: stop the ceremony")
        seen[position:] = [digest, *seen[position + 1 :]]
    introduction = read_introduction(board.complete(Round.CERTIFICATES)[state.index - 1])
    certificate = introduction.certificate
    expected = state.name, multiply_base(state.signing_secret), multiply_base(state.encryption_secret)
    if (introduction.name, certificate.verification, certificate.encryption) != expected:
        raise VerificationError("the board holds a certificate in your place that is not yours: stop the ceremony")
    return replace(state, seen=tuple(seen))


def _verified_reveals(board: Board) -> list[Reveal]:
    """Return all reveals, after comparing each with its commitment and its signatures."""
    posts = board.complete(Round.REVEALS)
    certificates = [each.certificate for each in board.introductions()]
    reveals = []
    for index, post in enumerate(posts, start=1):
        with about(_label(board, index)):
            each = read_reveal(post, board.size)
            if _committed(board, index) != _commitment(board, index, each.coefficients.signed.message):
                raise VerificationError("the coefficients are not those committed to before")
            verify_coefficients(each.coefficients, each.joint, certificates, index)
        reveals.append(each)
    return reveals


def _committed(board: Board, index: int) -> str:
    return read_commitment(board.complete(Round.COMMITMENTS)[index - 1])


def _commitment(board: Board, index: int, text: str) -> str:
    """The hash of a coefficients message; the message is as hard to guess as the coefficients."""
    return hex_digest(compact_json([DOMAIN, "commitment", board.context, index, text]))


def _context(board: Board, sender: int, receiver: int) -> bytes:
    """What a sealed share is bound to: the ceremony, all certificates, and the way it goes."""
    digest = board.digest(Round.CERTIFICATES)
    return compact_json([DOMAIN, "share", board.context, digest, sender, receiver])


def _label(board: Board, index: int) -> str:
    return f"trustee {index} ({board.introductions()[index - 1].name})"


def _powers(state: TrusteeState) -> tuple[bytes, ...]:
    return tuple(multiply_base(each) for each in state.coefficients)


def _text_of(state: TrusteeState) -> str:
    return write_coefficients(_powers(state))


def _evaluate(coefficients: Sequence[int], x: int) -> int:
    return sum(each * pow(x, k, ORDER) for k, each in enumerate(coefficients)) % ORDER


def _evaluate_powers(powers: Sequence[bytes], x: int) -> bytes:
    product = IDENTITY
    for k, power in enumerate(powers):
        product = add(product, multiply(power, x**k))
    return product
