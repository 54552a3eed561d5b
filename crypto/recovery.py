"""Gives a trustee the whole key back, from the characters on a card and the board that everybody can read.

 * Nothing secret lies anywhere but on the card: the shares on the board open with a secret that is derived from it.
 * Everything that `finish` checks is checked again, and the key on the board in this trustee's place must be the own one.

Follows SPEC.md §17.2.

>>> from crypto.ceremony import finish, reveal
>>> from crypto.ceremony_board import Board
>>> draws = iter(range(1, 99))
>>> rng = lambda size: next(draws).to_bytes(size, "little")
>>> state, post = begin_with(bytes(16), rng, index=1, size=1, threshold=1, name="甲", context="example")
>>> board = Board("example", 1, 1).put(post)
>>> state, post = commit_with(bytes(16), state, board, rng)
>>> board = board.put(post)
>>> for step in reveal, finish:
...     state, post = step(state, board, rng)
...     board = board.put(post)
>>> recover(bytes(16), board, rng) == state
True
"""

from dataclasses import replace

from crypto.ceremony import Step, commit, finish
from crypto.ceremony_board import Board
from crypto.ceremony_post import Round, introduction_body, read_key
from crypto.ceremony_state import TrusteeState
from crypto.characters import derive_coefficients, derive_state
from crypto.errors import VerificationError
from crypto.group import multiply_base
from crypto.pedersen import sign_text, write_certificate
from crypto.randomness import Randomness


def begin_with(seed: bytes, rng: Randomness, *, index: int, size: int, threshold: int, name: str, context: str) -> Step:
    """Take a place with the keys of a card; as `crypto.ceremony.begin` does otherwise.

    Raises:
        MalformedError: the numbers do not go together, or a text is not one line.
    """
    state = derive_state(seed, index=index, size=size, threshold=threshold, name=name, context=context)
    verification, encryption = multiply_base(state.signing_secret), multiply_base(state.encryption_secret)
    text = write_certificate(size, threshold, index, verification, encryption)
    body = introduction_body(name, sign_text(state.signing_secret, text, rng))
    return state, Board(context, size, threshold).write_post(Round.CERTIFICATES, index, body, state.signing_secret, rng)


def commit_with(seed: bytes, state: TrusteeState, board: Board, rng: Randomness) -> Step:
    """Commit to the polynomial of a card; as `crypto.ceremony.commit` does otherwise.

    Raises:
        ThresholdError: certificates are missing; wait.
        VerificationError: the board is not the one this trustee knows, or the ceremony is finished.
    """
    return commit(replace(state, coefficients=derive_coefficients(seed, state, board)), board, rng)


def find_place(seed: bytes, board: Board) -> TrusteeState:
    """Return the state of the trustee on a board whose certificate was made from `seed`.

    Raises:
        ThresholdError: certificates are missing; wait.
        VerificationError: it is nobody's.
    """
    for index, introduction in enumerate(board.introductions(), start=1):
        state = derive_state(
            seed,
            index=index,
            size=board.size,
            threshold=board.threshold,
            name=introduction.name,
            context=board.context,
        )
        if introduction.certificate.encryption == multiply_base(state.encryption_secret):
            return state
    raise VerificationError("the card belongs to nobody on this board: it is of another election, or of no key")


def recover(seed: bytes, board: Board, rng: Randomness) -> TrusteeState:
    """Return the finished state of the trustee whose card holds `seed`.

    Raises:
        ThresholdError: the ceremony is not complete.
        VerificationError: the board does not hold, or the card is of another election.
    """
    state, _ = finish(find_place(seed, board), board, rng)
    own = read_key(board.complete(Round.KEYS)[state.index - 1])
    assert state.decryption_secret is not None
    if own.public_key != multiply_base(state.decryption_secret):
        raise VerificationError("the key in your place is not yours: stop, and tell the other trustees")
    return state
