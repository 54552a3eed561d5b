import asyncio
import dataclasses
import json

import pytest

from crypto.ceremony import _text_of, assemble_trustees, begin, commit
from crypto.ceremony_board import encode_board
from crypto.ceremony_post import Post, Round, encode_post
from crypto.encoding import compact_json
from crypto.pedersen import encode_signed, sign_text
from crypto.proof import Proof
from tests.crypto.ceremonies import STEPS, Ceremony
from tests.strategies import seeded
from tests.vote.drafts import UUID, add_draft
from vote.election.rules import State
from vote.election.store import ElectionStore
from vote.errors import Reason, RefusedError
from vote.trustee.service import TrusteeService
from vote.trustee.store import TrusteeStore

pytestmark = pytest.mark.usefixtures("database")
SERVICE = TrusteeService(TrusteeStore(), ElectionStore())


def _bytes(post: Post) -> bytes:
    return compact_json(encode_post(post))


async def _send(ceremony: Ceremony, *rounds: Round) -> None:
    for round_ in rounds:
        for post in ceremony.board.complete(round_):
            await SERVICE.post(UUID, post.index, _bytes(post))


async def _refused(index: int, data: bytes) -> RefusedError:
    before = encode_board(await SERVICE.board(UUID))
    with pytest.raises(RefusedError) as refusal:
        await SERVICE.post(UUID, index, data)
    assert encode_board(await SERVICE.board(UUID)) == before
    return refusal.value


async def test_a_board_begins_empty_with_the_numbers_of_the_draft():
    await add_draft()
    board = await SERVICE.board(UUID)
    assert (board.context, board.size, board.threshold, board.posts) == (UUID, 3, 2, ())


async def test_there_is_no_board_of_an_unknown_election():
    with pytest.raises(RefusedError) as refusal:
        await SERVICE.board(UUID)
    assert refusal.value.reason is Reason.NOT_FOUND


async def test_three_trustees_make_a_key_over_the_board():
    await add_draft()
    ceremony = Ceremony(3, 2)
    await _send(ceremony, Round.CERTIFICATES)
    for round_, step in STEPS.items():
        for index in (3, 1, 2):
            ceremony.take(index, step)
            post = ceremony.board.find(round_, index)
            assert post is not None
            first = await SERVICE.post(UUID, index, _bytes(post))
            assert await SERVICE.post(UUID, index, _bytes(post)) == first == ceremony.board
    assert encode_board(await SERVICE.board(UUID)) == encode_board(ceremony.board)
    assert await SERVICE.trustees_json(UUID) == assemble_trustees(ceremony.board)


async def test_while_somebody_is_missing_there_are_no_trustees():
    await add_draft()
    ceremony = Ceremony(3, 2)
    for post in ceremony.board.posts[:2]:
        await SERVICE.post(UUID, post.index, _bytes(post))
    with pytest.raises(RefusedError, match="trustee 3 has not posted yet") as refusal:
        await SERVICE.trustees_json(UUID)
    assert refusal.value.reason is Reason.WRONG_STATE


async def test_a_trustee_who_cheats_is_named():
    await add_draft()
    ceremony = Ceremony(3, 2).run_until(Round.COMMITMENTS)
    await _send(ceremony, Round.CERTIFICATES, Round.COMMITMENTS)
    changed = dataclasses.replace(ceremony.states[2], coefficients=(5, 7))
    body = json.loads(Ceremony(3, 2).run_until(Round.REVEALS).board.complete(Round.REVEALS)[1].body)
    body["coefficients"] = _coefficients_of(changed)
    ceremony.take(1, STEPS[Round.REVEALS])
    ceremony.take(3, STEPS[Round.REVEALS])
    ceremony.board = ceremony.board.put(
        ceremony.board.write_post(Round.REVEALS, 2, body, changed.signing_secret, seeded(7))
    )
    await _send(ceremony, Round.REVEALS)
    with pytest.raises(RefusedError, match=r"trustee 2 .社区乙.: the coefficients are not those committed to before"):
        await SERVICE.trustees_json(UUID)


def _coefficients_of(state):
    return encode_signed(sign_text(state.signing_secret, _text_of(state), seeded(8)))


async def test_another_post_in_the_same_place_is_a_conflict():
    await add_draft()
    await _send(Ceremony(3, 2), Round.CERTIFICATES)
    _, post = begin(seeded(9), index=1, size=3, threshold=2, name="业主甲", context=UUID)
    assert (await _refused(1, _bytes(post))).reason is Reason.CONFLICT


async def test_a_post_of_another_trustee_is_not_taken():
    await add_draft()
    refusal = await _refused(2, _bytes(Ceremony(3, 2).board.posts[0]))
    assert refusal.reason is Reason.NOT_ALLOWED


async def test_another_name_than_in_the_draft_is_not_taken():
    await add_draft()
    _, post = begin(seeded(9), index=1, size=3, threshold=2, name="别人", context=UUID)
    assert (await _refused(1, _bytes(post))).reason is Reason.CONFLICT


@pytest.mark.parametrize("data", [b"", b"{}", b'{"round":"certificates"}', b"\xff"])
async def test_bytes_that_say_nothing_are_malformed(data):
    await add_draft()
    assert (await _refused(1, data)).reason is Reason.MALFORMED


async def test_a_false_signature_is_malformed():
    await add_draft()
    post = dataclasses.replace(Ceremony(3, 2).board.posts[0], signature=Proof(1, 2))
    refusal = await _refused(1, _bytes(post))
    assert refusal.reason is Reason.MALFORMED
    assert refusal.detail.startswith("trustee 1: ")


async def test_a_post_of_another_election_is_malformed():
    await add_draft()
    _, post = begin(seeded(9), index=1, size=3, threshold=2, name="业主甲", context="Ddp2RtfN1U8EFV")
    assert (await _refused(1, _bytes(post))).reason is Reason.MALFORMED


async def test_a_round_opens_when_the_one_before_is_complete():
    await add_draft()
    ceremony = Ceremony(3, 2)
    for post in ceremony.board.posts[:2]:
        await SERVICE.post(UUID, post.index, _bytes(post))
    _, early = commit(ceremony.states[1], ceremony.board, seeded(2))
    refusal = await _refused(1, _bytes(early))
    assert refusal.reason is Reason.WRONG_STATE
    assert "trustee 3 has not posted yet" in refusal.detail


async def test_after_the_draft_only_a_repetition_is_taken():
    await add_draft()
    posts = Ceremony(3, 2).board.posts
    await SERVICE.post(UUID, 1, _bytes(posts[0]))
    await ElectionStore().advance(UUID, State.DRAFT, State.ANNULLED)
    assert (await SERVICE.post(UUID, 1, _bytes(posts[0]))).posts == posts[:1]
    assert (await _refused(2, _bytes(posts[1]))).reason is Reason.WRONG_STATE


async def test_the_same_post_sent_twice_at_once_is_kept_once():
    await add_draft()
    post = Ceremony(3, 2).board.posts[0]
    boards = await asyncio.gather(*(SERVICE.post(UUID, 1, _bytes(post)) for _ in range(2)))
    assert [board.posts for board in boards] == [(post,), (post,)]
