"""Twelve Chinese characters on a card, from which everything that one trustee keeps secret is derived.

 * 128 random bits and four that check them make twelve numbers of eleven bits; each stands for one of 2,048 characters.
 * The list was chosen for everyday characters of few strokes that are hard to confuse; only that they differ is checked.
 * The polynomial is derived for one set of certificates: whoever is shown other ones makes another polynomial, so no two
   sets of trustees get shares of the same.

Follows SPEC.md §17. Not here: what a trustee does with the secrets (`ceremony`, `recovery`).

>>> characters = write_characters(bytes(16))
>>> len(characters), read_characters(" ".join(characters)) == bytes(16)
(12, True)
"""

from functools import cache
from importlib.resources import files

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crypto.ceremony_board import Board
from crypto.ceremony_post import Round
from crypto.ceremony_state import TrusteeState
from crypto.encoding import compact_json, hex_digest
from crypto.errors import MalformedError
from crypto.group import random_scalar
from crypto.randomness import Randomness

DOMAIN = "shanzhi characters 1"
LENGTH = 12
SEED_BYTES = 16
_BITS, _CHECK_BITS = 11, 4


@cache
def character_list() -> str:
    """Return the 2,048 characters in order."""
    return "".join(files("crypto").joinpath("characters.txt").read_text(encoding="utf-8").split())


def new_characters(rng: Randomness) -> str:
    """Draw twelve characters."""
    return write_characters(rng(SEED_BYTES))


def write_characters(seed: bytes) -> str:
    """Return the characters of 16 bytes."""
    number = int.from_bytes(seed, "big") << _CHECK_BITS | _check(seed)
    shifts = range(_BITS * (LENGTH - 1), -1, -_BITS)
    return "".join(character_list()[number >> shift & 2**_BITS - 1] for shift in shifts)


def read_characters(typed: str) -> bytes:
    """Return the 16 bytes of twelve characters, however they are spaced.

    Raises:
        MalformedError: one is not on the list, there are more or fewer, or they do not go together; the sentence
            repeats none.
    """
    characters, known = "".join(typed.split()), character_list()
    if len(characters) != LENGTH:
        raise MalformedError(f"the card holds {LENGTH} characters, and {len(characters)} were given")
    for place, character in enumerate(characters, start=1):
        if character not in known:
            raise MalformedError(f"character {place} is none of those that cards have: look at the card again")
    number = 0
    for character in characters:
        number = number << _BITS | known.index(character)
    seed = (number >> _CHECK_BITS).to_bytes(SEED_BYTES, "big")
    if number & 2**_CHECK_BITS - 1 != _check(seed):
        raise MalformedError("the characters do not go together: one is wrong, or two are exchanged")
    return seed


def derive_state(seed: bytes, *, index: int, size: int, threshold: int, name: str, context: str) -> TrusteeState:
    """Return the state with which a trustee of these characters begins; see `crypto.ceremony.begin` for the rest.

    Raises:
        MalformedError: the numbers do not go together, or a text is not one line.
    """
    place = [context, size, threshold, index]
    return TrusteeState(
        context,
        size,
        threshold,
        index,
        name,
        _derive(seed, ["signing", *place]),
        _derive(seed, ["encryption", *place]),
    )


def derive_coefficients(seed: bytes, state: TrusteeState, board: Board) -> tuple[int, ...]:
    """Return the trustee's polynomial for the certificates on a board, the constant term first.

    Raises:
        ThresholdError: certificates are missing; wait.
    """
    digest = board.digest(Round.CERTIFICATES)
    place = [state.context, state.size, state.threshold, state.index]
    return tuple(_derive(seed, ["coefficient", *place, digest, k]) for k in range(state.threshold))


def _derive(seed: bytes, purpose: list[object]) -> int:
    """Return a number mod q, not zero."""
    info = compact_json([DOMAIN, *purpose])
    return random_scalar(lambda size: HKDF(algorithm=SHA256(), length=size, salt=None, info=info).derive(seed))


def _check(seed: bytes) -> int:
    return int(hex_digest(f"{DOMAIN}\n".encode() + seed)[0], 16)
