"""A card and the board give a trustee everything back, and a trial shows it."""

import pytest

from crypto.ceremony import commit, reveal
from crypto.ceremony_board import Board, decode_board
from crypto.encoding import compact_json, read_json
from crypto.errors import CryptoError, MalformedError, ThresholdError, VerificationError
from crypto.recovery import begin_with, commit_with, recover
from crypto.trial import make_trial, opens, verify_trial
from tests.front.holders_vectors import NAMES, SEEDS, UUID, make
from tests.strategies import seeded

MADE = make()
BOARD = decode_board(MADE["boards"][-1].encode())
TRUSTEES = MADE["trustees"].encode()
SECRETS = [int(secret) for secret in MADE["secrets"]]


def trial(index: int, secret: int | None = None) -> bytes:
    return make_trial(UUID, TRUSTEES, index, SECRETS[index - 1] if secret is None else secret, seeded(index))


@pytest.mark.parametrize("index", [1, 2, 3])
def test_a_card_gives_the_share_back(index: int) -> None:
    state = recover(SEEDS[index - 1], BOARD, seeded(9))
    assert (state.index, state.name, state.decryption_secret) == (index, NAMES[index - 1], SECRETS[index - 1])
    assert state.coefficients == ()


def test_a_card_of_nobody_and_an_unfinished_board_give_nothing() -> None:
    with pytest.raises(VerificationError, match="nobody"):
        recover(bytes(16), BOARD, seeded(9))
    with pytest.raises(ThresholdError):
        recover(SEEDS[0], decode_board(MADE["boards"][-2].encode()), seeded(9))


def test_a_key_in_the_own_place_that_is_not_own_is_noticed() -> None:
    """The trustee's own signing key is derived from the card, so only its holder could have posted another."""
    short = decode_board(MADE["boards"][-2].encode())
    others = [post for post in BOARD.posts if post.round == "keys" and post.index != 1]
    state = recover(SEEDS[0], BOARD, seeded(9))
    key = read_json(BOARD.posts[-2].body.encode(), "key")
    forged = short.write_post(BOARD.posts[-1].round, 1, {**key, "name": NAMES[0]}, state.signing_secret, seeded(1))
    board = short.put(forged)
    for post in others:
        board = board.put(post)
    with pytest.raises(VerificationError, match="not yours"):
        recover(SEEDS[0], board, seeded(9))


def test_whoever_is_shown_other_certificates_makes_another_polynomial() -> None:
    """A server that forgets the first certificates gets no second share of the same polynomial."""
    revealed = []
    for other in (SEEDS[1], bytes([9]) * 16):
        board = Board(UUID, 2, 2)
        state, post = begin_with(SEEDS[0], seeded(1), index=1, size=2, threshold=2, name=NAMES[0], context=UUID)
        their, second = begin_with(other, seeded(2), index=2, size=2, threshold=2, name=NAMES[1], context=UUID)
        board = board.put(post).put(second)
        state, post = commit_with(SEEDS[0], state, board, seeded(3))
        _, second = commit(their, board, seeded(4))
        state, post = reveal(state, board.put(post).put(second), seeded(5))
        revealed.append(state.coefficients)
    assert set(revealed[0]).isdisjoint(revealed[1])


def test_two_of_three_trials_open_the_test_and_one_does_not() -> None:
    assert not opens(UUID, TRUSTEES, [trial(1)])
    assert opens(UUID, TRUSTEES, [trial(1), trial(3)])
    assert opens(UUID, TRUSTEES, [trial(2), trial(3), trial(1)])


def test_a_trial_with_another_key_or_for_another_election_is_refused() -> None:
    with pytest.raises(VerificationError, match="业主甲"):
        verify_trial(UUID, TRUSTEES, trial(1, SECRETS[1]))
    with pytest.raises(VerificationError, match="another election"):
        verify_trial("guyDuTFHGuCTAL8y", TRUSTEES, trial(1))
    with pytest.raises(VerificationError):
        verify_trial(UUID, TRUSTEES, trial(1).replace(b'"index":1', b'"index":2'))
    with pytest.raises(MalformedError):
        verify_trial(UUID, TRUSTEES, trial(1).replace(b'"version":1', b'"version":2'))
    with pytest.raises(CryptoError):
        verify_trial(UUID, TRUSTEES, compact_json({}))
