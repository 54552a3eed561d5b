import dataclasses
import json

import pytest

from crypto.ceremony import begin
from crypto.ceremony_board import decode_board, encode_board
from crypto.ceremony_post import Round
from crypto.errors import CryptoError, MalformedError, ThresholdError
from tests.crypto.ceremonies import NAMES as CEREMONY_NAMES
from tests.crypto.ceremonies import Ceremony
from tests.strategies import seeded
from tests.vote.drafts import DRAFT, NAMES, UUID
from tests.vote.trustee.elections import ceremony, trustees_json
from vote.errors import Reason, RefusedError
from vote.trustee import rules
from vote.trustee.invitation import Invitation


def _introduction(name="业主甲", index=1):
    return begin(seeded(9), index=index, size=3, threshold=2, name=name, context=UUID)[1]


def test_every_trustee_is_invited_to_its_place():
    assert rules.invite(UUID, DRAFT) == (
        Invitation(UUID, 1, 3, 2, "业主甲"),
        Invitation(UUID, 2, 3, 2, "社区乙"),
        Invitation(UUID, 3, 3, 2, "街道丙"),
    )


def test_a_board_is_the_same_in_whatever_order_its_posts_were_kept():
    assert CEREMONY_NAMES[:3] == NAMES
    board = ceremony().board
    made = rules.make_board(UUID, DRAFT, reversed(board.posts))
    assert made == board
    assert decode_board(encode_board(made)) == board


@pytest.mark.parametrize("round_", list(Round))
def test_a_trustee_may_post_for_itself_under_its_name(round_):
    post = ceremony().board.find(round_, 2)
    assert post is not None
    rules.require_own(post, 2, NAMES)


def test_a_trustee_may_not_post_for_another():
    with pytest.raises(RefusedError, match="is trustee 1's, and the key trustee 2's") as refusal:
        rules.require_own(_introduction(), 2, NAMES)
    assert refusal.value.reason is Reason.NOT_ALLOWED


@pytest.mark.parametrize("index", [0, 4])
def test_there_is_no_trustee_beyond_the_draft(index):
    post = dataclasses.replace(_introduction(), index=index)
    with pytest.raises(RefusedError, match=f"no trustee {index}, only 1 to 3"):
        rules.require_own(post, index, NAMES)


def test_a_trustee_may_not_take_another_name():
    with pytest.raises(RefusedError, match="Trustee 1 has another name") as refusal:
        rules.require_own(_introduction("业主乙"), 1, NAMES)
    assert refusal.value.reason is Reason.CONFLICT


def test_a_key_may_not_carry_another_name():
    post = ceremony().board.find(Round.KEYS, 1)
    assert post is not None
    body = {**json.loads(post.body), "name": "别人"}
    with pytest.raises(RefusedError, match="Trustee 1 has another name"):
        rules.require_own(dataclasses.replace(post, body=json.dumps(body)), 1, NAMES)


def test_an_introduction_that_says_nothing_is_malformed():
    with pytest.raises(MalformedError):
        rules.require_own(dataclasses.replace(_introduction(), body="{}"), 1, NAMES)


def test_the_same_post_again_is_a_repetition_and_another_a_conflict():
    board = Ceremony(3, 2).board
    post = board.find(Round.CERTIFICATES, 1)
    assert post is not None
    assert rules.is_repeated(board, post)
    assert not rules.is_repeated(dataclasses.replace(board, posts=()), post)
    with pytest.raises(RefusedError, match="Trustee 1 has another post in the round of certificates") as refusal:
        rules.is_repeated(board, _introduction())
    assert refusal.value.reason is Reason.CONFLICT


@pytest.mark.parametrize(
    ("error", "reason"),
    [(ThresholdError("wait"), Reason.WRONG_STATE), (CryptoError("wait"), Reason.MALFORMED)],
)
def test_waiting_for_others_is_not_the_same_as_bad_bytes(error, reason):
    refusal = rules.refusal(error)
    assert (refusal.reason, refusal.detail) == (reason, "wait.")


def test_the_earliest_round_that_waits_is_named():
    board = Ceremony(3, 2).board
    with pytest.raises(ThresholdError, match="the round of commitments is not complete: trustee 1, 2, 3"):
        rules.write_trustees(board)
    with pytest.raises(ThresholdError, match="the round of certificates is not complete: trustee 3 "):
        rules.write_trustees(dataclasses.replace(board, posts=board.posts[:2]))
    assert rules.write_trustees(ceremony().board) == trustees_json()
