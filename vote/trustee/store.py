"""Queries about the boards of key ceremonies."""

from crypto.ceremony_post import Post, decode_post, encode_post
from crypto.encoding import compact_json, read_json
from vote.trustee.models import BoardMessage


class TrusteeStore:
    """What trustees posted, in the database."""

    async def posts(self, election: str) -> list[Post]:
        """Return the posts of an election in the order in which they came."""
        rows = await BoardMessage.filter(election_id=election).order_by("id")
        return [decode_post(read_json(bytes(row.body), "the stored post")) for row in rows]

    async def add(self, election: str, post: Post) -> None:
        """Keep a post."""
        await BoardMessage.create(
            election_id=election, round=str(post.round), trustee=post.index, body=compact_json(encode_post(post))
        )
