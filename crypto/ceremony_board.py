"""Keeps what the trustees of a key ceremony say to each other, in public and in four rounds.

 * Certificates, commitments, reveals, keys: a round opens when the one before it is complete.
 * Every post is signed for its round, ceremony and place, so nobody is blamed for what another wrote.
 * A post is never replaced. The digest of a complete round stands for it; people can compare it aloud.

Follows SPEC.md §6.1.

Not here: what a trustee does (`ceremony`), who may post (the server).

>>> board = Board("example", size=3, threshold=2)
>>> board.missing(Round.CERTIFICATES)
(1, 2, 3)
>>> decode_board(encode_board(board)) == board
True
"""

from dataclasses import dataclass, replace

from crypto.blame import about
from crypto.ceremony_post import (
    Introduction,
    Post,
    Round,
    decode_post,
    encode_post,
    read_commitment,
    read_introduction,
    read_key,
    read_reveal,
    require_short,
)
from crypto.encoding import (
    compact_json,
    hex_digest,
    read_json,
    require_fields,
    require_list,
    require_text,
    require_whole,
)
from crypto.errors import MalformedError, ThresholdError, VerificationError
from crypto.knowledge import sign_message, verify_message
from crypto.pedersen import MAX_SIZE, verify_certificate
from crypto.randomness import Randomness

DOMAIN = "shanzhi ceremony 1"
VERSION = 1
ROUNDS = tuple(Round)


@dataclass(frozen=True, slots=True)
class Board:
    """The posts of one ceremony, by round and by trustee."""

    context: str
    """Names the election; the same for everybody."""
    size: int
    threshold: int
    posts: tuple[Post, ...] = ()

    def __post_init__(self) -> None:
        require_ceremony(self.context, self.size, self.threshold)

    def find(self, round_: Round, index: int) -> Post | None:
        """Return the post of a trustee in a round, if there is one."""
        return next((post for post in self.posts if (post.round, post.index) == (round_, index)), None)

    def missing(self, round_: Round) -> tuple[int, ...]:
        """Return the numbers of the trustees who have not posted in a round."""
        return tuple(index for index in range(1, self.size + 1) if self.find(round_, index) is None)

    def complete(self, round_: Round) -> tuple[Post, ...]:
        """Return all posts of a round in order.

        Raises:
            ThresholdError: somebody has not posted yet; wait.
        """
        if missing := self.missing(round_):
            numbers = ", ".join(map(str, missing))
            raise ThresholdError(f"the round of {round_} is not complete: trustee {numbers} has not posted yet")
        posts = [post for post in self.posts if post.round == round_]
        return tuple(sorted(posts, key=lambda post: post.index))

    def digest(self, round_: Round) -> str:
        """Return SHA-256 of all posts of a complete round, in hex.

        Raises:
            ThresholdError: somebody has not posted yet.
        """
        return hex_digest(compact_json([encode_post(post) for post in self.complete(round_)]))

    def put(self, post: Post) -> "Board":
        """Return the board with one more post.

        Raises:
            MalformedError: there is no such place, or the body says nothing.
            ThresholdError: the round before is not complete yet.
            VerificationError: the place is taken, or the signature is false.
        """
        if not 1 <= post.index <= self.size:
            raise MalformedError(f"there is no trustee {post.index}, only 1 to {self.size}")
        for earlier in ROUNDS[: ROUNDS.index(post.round)]:
            self.complete(earlier)
        with about(f"trustee {post.index}"):
            if self.find(post.round, post.index) is not None:
                raise VerificationError(f"there is a post in the round of {post.round} already, and none is replaced")
            self._verify(post)
        order = {each: position for position, each in enumerate(ROUNDS)}
        posts = sorted((*self.posts, post), key=lambda each: (order[each.round], each.index))
        return replace(self, posts=tuple(posts))

    def introductions(self) -> tuple[Introduction, ...]:
        """Return names and certificates in order.

        Raises:
            ThresholdError: somebody has not posted yet.
        """
        return tuple(read_introduction(post) for post in self.complete(Round.CERTIFICATES))

    def _verify(self, post: Post) -> None:
        if post.round == Round.CERTIFICATES:
            certificate = read_introduction(post).certificate
            verify_certificate(certificate, self.size, self.threshold, post.index)
        else:
            introduction = self.find(Round.CERTIFICATES, post.index)
            assert introduction is not None
            certificate = read_introduction(introduction).certificate
            if post.round == Round.COMMITMENTS:
                read_commitment(post)
            elif post.round == Round.REVEALS:
                read_reveal(post, self.size)
            else:
                read_key(post)
        verify_message(certificate.verification, self._text(post.round, post.index, post.body), post.signature)

    def write_post(self, round_: Round, index: int, body: object, secret: int, rng: Randomness) -> Post:
        """Return a post of trustee `index`, signed with the `secret` of its certificate."""
        text = compact_json(body).decode()
        return Post(round_, index, text, sign_message(secret, self._text(round_, index, text), rng))

    def _text(self, round_: Round, index: int, body: str) -> str:
        return compact_json([DOMAIN, round_, self.context, self.size, self.threshold, index, body]).decode()


def require_ceremony(context: str, size: int, threshold: int) -> None:
    """Raise unless these can be a ceremony's.

    Raises:
        MalformedError: they cannot.
    """
    if not 1 <= threshold <= size <= MAX_SIZE:
        raise MalformedError(f"a threshold of {threshold} does not go with {size} trustees")
    require_short(context, "the context of the ceremony")


def encode_board(board: Board) -> bytes:
    """Write a whole board."""
    return compact_json(
        {
            "version": VERSION,
            "context": board.context,
            "size": board.size,
            "threshold": board.threshold,
            "posts": [encode_post(post) for post in board.posts],
        }
    )


def decode_board(data: bytes) -> Board:
    """Read a whole board, checking every post again.

    Raises:
        MalformedError: not a board.
        ThresholdError: a post stands before its round is open.
        VerificationError: two posts in one place, or a false signature.
    """
    names = "version", "context", "size", "threshold", "posts"
    fields = require_fields(read_json(data, "the board"), names, "the board")
    if require_whole(fields["version"], "the board, version") != VERSION:
        raise MalformedError(f"the board: only version {VERSION} is known")
    board = Board(
        require_text(fields["context"], "the board, context"),
        require_whole(fields["size"], "the board, size", minimum=1),
        require_whole(fields["threshold"], "the board, threshold", minimum=1),
    )
    for value in require_list(fields["posts"], "the board, posts"):
        board = board.put(decode_post(value))
    return board
