from dataclasses import replace
from itertools import combinations

import pytest

from crypto.ceremony import assemble_trustees, begin, commit, finish, reveal, verify_assembled
from crypto.ceremony_board import Board, decode_board, encode_board
from crypto.ceremony_post import Post, Round, encode_post, introduction_body, read_reveal, reveal_body
from crypto.ceremony_state import TrusteeState, decode_state, encode_state
from crypto.encoding import compact_json, read_json
from crypto.errors import MalformedError, ThresholdError, VerificationError
from crypto.group import IDENTITY, ORDER, multiply_base
from crypto.pedersen import sign_text, write_certificate, write_coefficients
from crypto.proof import Proof
from crypto.sealed_share import seal_share
from crypto.trustee_key import encode_trustee_key, make_trustee_key
from crypto.trustees import decode_trustees, verify_trustees
from tests.crypto.ceremonies import NAMES, Ceremony, interpolate
from tests.strategies import seeded

SIZES = [(threshold, size) for size in range(1, 5) for threshold in range(1, size + 1)]


@pytest.mark.parametrize(("threshold", "size"), SIZES)
def test_any_threshold_of_trustees_hold_the_key_and_fewer_do_not(threshold: int, size: int) -> None:
    ceremony = Ceremony(size, threshold).run_until(Round.KEYS)
    data = assemble_trustees(ceremony.board)
    trustees = decode_trustees(data)
    verify_trustees(trustees)
    assert [trustees.keys[i].name for i in range(size)] == list(NAMES[:size])
    secrets = {index: ceremony.secret(index) for index in ceremony.states}
    for index, secret in secrets.items():
        assert trustees.verification_key(index) == multiply_base(secret)
        verify_assembled(ceremony.states[index], ceremony.board, data)
    for count in range(1, size + 1):
        for some in combinations(secrets, count):
            found = interpolate({index: secrets[index] for index in some})
            assert (multiply_base(found) == trustees.public_key) == (count >= threshold)


def test_the_whole_ceremony_survives_being_stored_at_every_step() -> None:
    ceremony = Ceremony(3, 2)
    for round_ in (Round.COMMITMENTS, Round.REVEALS, Round.KEYS):
        ceremony.run_until(round_)
        assert decode_board(encode_board(ceremony.board)) == ceremony.board
        ceremony.board = decode_board(encode_board(ceremony.board))
        ceremony.states = {i: decode_state(encode_state(state)) for i, state in ceremony.states.items()}
    verify_trustees(decode_trustees(assemble_trustees(ceremony.board)))


def test_the_coefficients_are_erased_at_the_end() -> None:
    ceremony = Ceremony(2, 2).run_until(Round.REVEALS)
    assert len(ceremony.states[1].coefficients) == 2
    ceremony.run_until(Round.KEYS)
    assert not ceremony.states[1].coefficients
    with pytest.raises(VerificationError, match="the ceremony is finished"):
        commit(ceremony.states[1], ceremony.board, seeded(1))


def test_a_step_can_be_repeated_and_keeps_the_coefficients() -> None:
    ceremony = Ceremony(2, 2).run_until(Round.COMMITMENTS)
    again, post = commit(ceremony.states[1], ceremony.board, seeded(77))
    assert again == ceremony.states[1]
    [first, _] = ceremony.board.complete(Round.COMMITMENTS)
    assert post.body == first.body
    ceremony.run_until(Round.KEYS)
    repeated, _ = finish(ceremony.states[1], ceremony.board, seeded(78))
    assert repeated == ceremony.states[1]


@pytest.mark.parametrize(
    ("reached", "step", "refusal"),
    [
        (None, reveal, "the round of commitments is not complete: trustee 1, 2, 3 has not posted yet"),
        (Round.COMMITMENTS, finish, "the round of reveals is not complete"),
    ],
)
def test_nobody_goes_on_before_the_others(reached: Round | None, step: object, refusal: str) -> None:
    ceremony = Ceremony(3, 2)
    if reached:
        ceremony.run_until(reached)
    assert callable(step)
    with pytest.raises(ThresholdError, match=refusal):
        step(ceremony.states[1], ceremony.board, seeded(1))


def test_nobody_commits_before_all_certificates_are_there() -> None:
    state, post = begin(seeded(1), index=1, size=2, threshold=2, name="甲", context="x")
    board = Board("x", 2, 2).put(post)
    with pytest.raises(
        ThresholdError, match=r"the round of certificates is not complete: trustee 2 has not posted yet"
    ):
        commit(state, board, seeded(2))


def test_a_trustee_who_waits_to_see_the_others_before_choosing_coefficients_is_refused() -> None:
    """Trustee 3 holds back: first it does not commit, then it commits to one thing and reveals another."""
    ceremony = Ceremony(3, 2)
    ceremony.take(1, commit)
    ceremony.take(2, commit)
    with pytest.raises(ThresholdError, match="trustee 3 has not posted yet"):
        reveal(ceremony.states[1], ceremony.board, seeded(1))
    ceremony.take(3, commit)
    ceremony.take(1, reveal)
    ceremony.take(2, reveal)
    # Having seen both, it takes other coefficients than it had committed to.
    rushing = replace(ceremony.states[3], coefficients=(5, 7))
    with pytest.raises(VerificationError, match="a commitment in your place that you did not make"):
        reveal(rushing, ceremony.board, seeded(1))
    ceremony.board = ceremony.board.put(_reveal_of(ceremony, 3, (5, 7)))
    for step in (finish, lambda _, board, __: assemble_trustees(board)):
        with pytest.raises(
            VerificationError, match=r"^trustee 3 \(街道丙\): the coefficients are not those committed to before$"
        ):
            step(ceremony.states[1], ceremony.board, seeded(1))


def _reveal_of(ceremony: Ceremony, index: int, coefficients: tuple[int, ...]) -> Post:
    """A reveal with honest signatures and shares, for coefficients that nobody committed to."""
    state = replace(ceremony.states[index], coefficients=coefficients)
    other = Ceremony(3, 2)
    other.states[index] = state
    for each in (1, 2, 3):
        other.take(each, commit)
    _, post = reveal(other.states[index], other.board, seeded(1))
    return post


def _replace_share(ceremony: Ceremony, sender: int, receiver: int, share: int) -> Post:
    """The reveal of `sender` with one share exchanged, signed by the sender."""
    state, post = reveal(ceremony.states[sender], ceremony.board, seeded(5))
    honest = read_reveal(post, ceremony.board.size)
    certificate = ceremony.board.introductions()[receiver - 1].certificate
    digest = ceremony.board.digest(Round.CERTIFICATES)
    context = compact_json(["shanzhi ceremony 1", "share", ceremony.board.context, digest, sender, receiver])
    shares = list(honest.shares)
    shares[receiver - 1] = seal_share(share, certificate.encryption, context, seeded(6))
    body = reveal_body(honest.coefficients.signed, honest.joint, shares)
    return ceremony.board.write_post(Round.REVEALS, sender, body, state.signing_secret, seeded(7))


def test_a_false_share_stops_its_receiver_and_names_its_sender() -> None:
    ceremony = Ceremony(3, 2).run_until(Round.COMMITMENTS)
    ceremony.board = ceremony.board.put(_replace_share(ceremony, sender=2, receiver=3, share=12345))
    ceremony.run_until(Round.REVEALS)
    ceremony.take(1, finish)
    with pytest.raises(
        VerificationError,
        match=r"^trustee 2 \(社区乙\): the share for trustee 3 does not fit the published coefficients$",
    ):
        finish(ceremony.states[3], ceremony.board, seeded(1))


def test_a_share_that_cannot_be_opened_names_its_sender() -> None:
    ceremony = Ceremony(3, 2).run_until(Round.COMMITMENTS)
    _, post = reveal(ceremony.states[2], ceremony.board, seeded(5))
    honest = read_reveal(post, 3)
    swapped = [honest.shares[1], honest.shares[0], honest.shares[2]]
    body = reveal_body(honest.coefficients.signed, honest.joint, swapped)
    post = ceremony.board.write_post(Round.REVEALS, 2, body, ceremony.states[2].signing_secret, seeded(1))
    ceremony.board = ceremony.board.put(post)
    ceremony.run_until(Round.REVEALS)
    with pytest.raises(VerificationError, match=r"^trustee 2 \(社区乙\): the sealed share cannot be opened$"):
        finish(ceremony.states[1], ceremony.board, seeded(1))


def test_too_few_coefficients_name_the_trustee() -> None:
    """A polynomial of lower degree would let fewer trustees decrypt."""
    ceremony = Ceremony(2, 2)
    ceremony.states[2] = replace(ceremony.states[2], coefficients=(5,))
    ceremony.run_until(Round.REVEALS)
    with pytest.raises(VerificationError, match=r"^trustee 2 .*the number of coefficients is not the threshold$"):
        finish(ceremony.states[1], ceremony.board, seeded(1))


def _swap(board: Board, post: Post) -> Board:
    """What a dishonest server could serve: the board with one post exchanged, unchecked."""
    posts = tuple(post if (each.round, each.index) == (post.round, post.index) else each for each in board.posts)
    return replace(board, posts=posts)


@pytest.mark.parametrize(
    ("round_", "reached", "step"),
    [
        (Round.CERTIFICATES, Round.COMMITMENTS, reveal),
        (Round.CERTIFICATES, Round.REVEALS, finish),
        (Round.COMMITMENTS, Round.REVEALS, finish),
    ],
)
def test_a_board_that_changes_what_was_seen_is_refused(round_: Round, reached: Round, step: object) -> None:
    ceremony = Ceremony(2, 2).run_until(reached)
    other = Ceremony(2, 2, seed=9).run_until(reached)
    post = other.board.find(round_, 2)
    assert post is not None
    changed = _swap(ceremony.board, post)
    assert callable(step)
    with pytest.raises(VerificationError, match=f"the {round_} on the board were changed after you saw them"):
        step(ceremony.states[1], changed, seeded(1))


def test_reveals_that_change_after_the_end_are_noticed() -> None:
    ceremony = Ceremony(2, 2).run_until(Round.KEYS)
    data = assemble_trustees(ceremony.board)
    _, post = reveal(
        replace(ceremony.states[2], coefficients=Ceremony(2, 2).run_until(Round.REVEALS).states[2].coefficients),
        ceremony.board,
        seeded(42),
    )
    with pytest.raises(VerificationError, match="the reveals on the board were changed after you saw them"):
        verify_assembled(ceremony.states[1], _swap(ceremony.board, post), data)


def test_a_certificate_in_somebody_elses_place_is_noticed() -> None:
    ceremony = Ceremony(2, 2)
    other = Ceremony(2, 2, seed=9)
    post = other.board.find(Round.CERTIFICATES, 1)
    assert post is not None
    with pytest.raises(VerificationError, match="a certificate in your place that is not yours"):
        commit(ceremony.states[1], _swap(ceremony.board, post), seeded(1))


def test_a_board_of_another_ceremony_is_refused() -> None:
    ceremony = Ceremony(2, 2)
    with pytest.raises(VerificationError, match="the board belongs to another ceremony"):
        commit(replace(ceremony.states[1], context="other"), ceremony.board, seeded(1))


def test_other_trustees_than_those_of_the_ceremony_are_refused() -> None:
    ceremony = Ceremony(2, 2).run_until(Round.KEYS)
    other = assemble_trustees(Ceremony(2, 2, seed=9).run_until(Round.KEYS).board)
    with pytest.raises(VerificationError, match="are not those of this ceremony"):
        verify_assembled(ceremony.states[1], ceremony.board, other)


def test_a_trustee_without_the_secret_of_its_key_is_told() -> None:
    ceremony = Ceremony(2, 2).run_until(Round.KEYS)
    data = assemble_trustees(ceremony.board)
    for secret in (None, 5):
        state = replace(ceremony.states[1], decryption_secret=secret)
        with pytest.raises(VerificationError, match="the key in your place is not yours"):
            verify_assembled(state, ceremony.board, data)


def _key_post(ceremony: Ceremony, secret: int, name: str | None) -> Post:
    state = ceremony.states[2]
    key = make_trustee_key(secret, seeded(3), name, state.signing_secret)
    return ceremony.board.write_post(Round.KEYS, 2, encode_trustee_key(key), state.signing_secret, seeded(4))


def test_a_key_with_another_name_is_refused() -> None:
    ceremony = Ceremony(2, 2).run_until(Round.KEYS)
    board = _swap(ceremony.board, _key_post(ceremony, ceremony.secret(2), "别人"))
    with pytest.raises(VerificationError, match=r"^trustee 2 \(社区乙\): the key carries another name"):
        assemble_trustees(board)


def test_a_key_that_is_not_the_sum_of_the_shares_is_refused() -> None:
    ceremony = Ceremony(2, 2).run_until(Round.KEYS)
    board = _swap(ceremony.board, _key_post(ceremony, 5, NAMES[1]))
    with pytest.raises(VerificationError, match="trustee 2: the key does not follow from the published coefficients"):
        assemble_trustees(board)


def test_keys_are_assembled_only_when_all_are_there() -> None:
    ceremony = Ceremony(2, 2).run_until(Round.REVEALS)
    ceremony.take(1, finish)
    with pytest.raises(ThresholdError, match="trustee 2 has not posted yet"):
        assemble_trustees(ceremony.board)


def test_a_post_is_not_replaced() -> None:
    ceremony = Ceremony(2, 2)
    post = ceremony.board.find(Round.CERTIFICATES, 2)
    assert post is not None
    with pytest.raises(VerificationError, match=r"^trustee 2: there is a post in the round of certificates already"):
        ceremony.board.put(post)


def test_a_post_of_a_later_round_waits() -> None:
    ceremony = Ceremony(2, 2).run_until(Round.COMMITMENTS)
    post = ceremony.board.find(Round.COMMITMENTS, 1)
    assert post is not None
    _, certificate = begin(seeded(1), index=1, size=2, threshold=2, name="甲", context="DQB53CqA1UtMwz")
    with pytest.raises(ThresholdError, match="trustee 2 has not posted yet"):
        Board("DQB53CqA1UtMwz", 2, 2).put(certificate).put(post)


@pytest.mark.parametrize("round_", list(Round))
def test_a_post_that_another_signed_is_refused(round_: Round) -> None:
    ceremony = Ceremony(2, 2).run_until(Round.KEYS)
    post = ceremony.board.find(round_, 2)
    assert post is not None
    board = Board("DQB53CqA1UtMwz", 2, 2)
    for each in ceremony.board.posts:
        if each == post:
            break
        board = board.put(each)
    forged = replace(post, signature=Proof(post.signature.challenge, (post.signature.response + 1) % ORDER))
    with pytest.raises(VerificationError, match=r"^trustee 2: the proof of knowledge of the secret key does not hold"):
        board.put(forged)
    other = replace(board, context="another")
    with pytest.raises(VerificationError, match=r"^trustee 2: "):
        other.put(post)


@pytest.mark.parametrize("text", ["", "ab" * 31, "AB" * 32, "ab" * 33, "ab" * 32 + "\n"])
def test_a_commitment_that_is_no_hash_is_refused(text: str) -> None:
    ceremony = Ceremony(2, 2)
    secret = ceremony.states[1].signing_secret
    post = ceremony.board.write_post(Round.COMMITMENTS, 1, {"commitment": text}, secret, seeded(4))
    with pytest.raises(MalformedError, match=r"^trustee 1: the commitment: 64 lowercase hex digits are expected"):
        ceremony.board.put(post)


@pytest.mark.parametrize("index", [3, 4])
def test_there_is_no_place_beyond_the_last(index: int) -> None:
    ceremony = Ceremony(2, 2)
    with pytest.raises(MalformedError, match=f"there is no trustee {index}, only 1 to 2"):
        ceremony.board.put(replace(ceremony.board.posts[0], index=index))


@pytest.mark.parametrize(("size", "threshold"), [(2, 3), (0, 0), (2, 0), (65, 2)])
def test_numbers_that_do_not_go_together_are_refused(size: int, threshold: int) -> None:
    with pytest.raises(MalformedError, match=f"a threshold of {threshold} does not go with {size} trustees"):
        begin(seeded(1), index=1, size=size, threshold=threshold, name="甲", context="x")


@pytest.mark.parametrize(
    ("index", "name", "context"),
    [(0, "甲", "x"), (3, "甲", "x"), (1, "", "x"), (1, "a\nb", "x"), (1, "a" * 201, "x"), (1, "甲", "")],
)
def test_places_and_texts_that_cannot_be_are_refused(index: int, name: str, context: str) -> None:
    with pytest.raises(MalformedError):
        begin(seeded(1), index=index, size=2, threshold=2, name=name, context=context)


def test_a_certificate_with_the_identity_is_refused() -> None:
    """Whoever receives shares under the identity receives them in public."""
    board = Board("x", 1, 1)
    text = write_certificate(1, 1, 1, multiply_base(3), IDENTITY)
    body = introduction_body("甲", sign_text(3, text, seeded(1)))
    with pytest.raises(VerificationError, match=r"^trustee 1: the certificate holds the identity as a key"):
        board.put(board.write_post(Round.CERTIFICATES, 1, body, 3, seeded(2)))


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"version": 2}, "only version 1 is known"),
        ({"version": True}, "the board, version: a whole number"),
        ({"context": 1}, "a text is expected"),
        ({"threshold": 3}, "does not go with"),
        ({"posts": {}}, "a list is expected"),
        ({"extra": 1}, "unknown field 'extra'"),
    ],
)
def test_what_is_no_board_is_refused(change: dict[str, object], refusal: str) -> None:
    board = read_json(encode_board(Ceremony(2, 2).board), "board")
    with pytest.raises(MalformedError, match=refusal):
        decode_board(compact_json(board | change))


def test_a_post_of_an_unknown_round_is_refused() -> None:
    post = encode_post(Ceremony(1, 1).board.posts[0]) | {"round": "gossip"}
    with pytest.raises(MalformedError, match="the post, round: 'gossip' is none"):
        decode_board(compact_json({"version": 1, "context": "x", "size": 1, "threshold": 1, "posts": [post]}))


def test_a_state_of_another_version_is_refused() -> None:
    state = read_json(encode_state(TrusteeState("x", 1, 1, 1, "甲", 3, 4)), "state")
    for version, refusal in ((2, "only version 1 is known"), (True, "version: a whole number")):
        with pytest.raises(MalformedError, match=refusal):
            decode_state(compact_json(state | {"version": version}))


def test_the_powers_are_written_as_the_protocol_has_them() -> None:
    assert write_coefficients([IDENTITY]) == '{"coefexps":["' + "0" * 63 + '1"]}'
