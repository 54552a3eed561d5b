"""What a trustee may post on the board of its election.

 * A trustee speaks for itself, under the name in the draft, while the election is being prepared.
 * A post is never replaced; the same one again changes nothing.

Follows crypto/SPEC.md §6.1.

Not here: whether signatures hold and rounds are open (`crypto.ceremony_board`).
"""

from collections.abc import Iterable

from crypto.ceremony import assemble_trustees
from crypto.ceremony_board import ROUNDS, Board
from crypto.ceremony_post import Post, Round, read_introduction, read_key
from crypto.errors import CryptoError, ThresholdError
from vote.election.rules import Draft
from vote.errors import Reason, RefusedError
from vote.trustee.invitation import Invitation


def invite(election: str, draft: Draft) -> tuple[Invitation, ...]:
    """Return what is handed to each trustee, in order."""
    size = len(draft.trustees)
    return tuple(
        Invitation(election, index, size, draft.threshold, name) for index, name in enumerate(draft.trustees, start=1)
    )


def make_board(election: str, draft: Draft, posts: Iterable[Post]) -> Board:
    """Return the board of an election with posts that were checked when they came."""
    ordered = sorted(posts, key=lambda post: (ROUNDS.index(post.round), post.index))
    return Board(election, len(draft.trustees), draft.threshold, tuple(ordered))


def require_own(post: Post, trustee: int, names: tuple[str, ...]) -> None:
    """Raise unless `post` is that of trustee number `trustee`, under the name it has among `names`.

    Raises:
        RefusedError: it speaks for another, or under another name.
        CryptoError: it says nothing.
    """
    if post.index != trustee:
        raise RefusedError(
            Reason.NOT_ALLOWED, f"This post is trustee {post.index}'s, and the key trustee {trustee}'s: send your own."
        )
    if not 1 <= trustee <= len(names):
        raise RefusedError(Reason.NOT_FOUND, f"There is no trustee {trustee}, only 1 to {len(names)}.")
    name: str | None = names[trustee - 1]
    if post.round is Round.CERTIFICATES:
        name = read_introduction(post).name
    elif post.round is Round.KEYS:
        name = read_key(post).name
    if name != names[trustee - 1]:
        raise RefusedError(
            Reason.CONFLICT, f"Trustee {trustee} has another name in this election: begin with the invitation again."
        )


def is_repeated(board: Board, post: Post) -> bool:
    """Whether just this post stands on the board already.

    Raises:
        RefusedError: another one stands in its place.
    """
    found = board.find(post.round, post.index)
    if found is not None and found != post:
        raise RefusedError(
            Reason.CONFLICT,
            f"Trustee {post.index} has another post in the round of {post.round}, and none is replaced: "
            "go on with the step that follows.",
        )
    return found is not None


def write_trustees(board: Board) -> bytes:
    """Return `trustees.json` of a finished ceremony, with every proof checked.

    Raises:
        ThresholdError: somebody has not posted yet, in the earliest round that waits.
        VerificationError: somebody cheated; the sentence says who, even while keys are missing for that reason.
    """
    for round_ in (Round.CERTIFICATES, Round.COMMITMENTS):
        board.complete(round_)
    return assemble_trustees(board)


def refusal(error: CryptoError) -> RefusedError:
    """Return what a person is told when the bytes of a post or the board do not do."""
    reason = Reason.WRONG_STATE if isinstance(error, ThresholdError) else Reason.MALFORMED
    return RefusedError(reason, f"{error}.")
