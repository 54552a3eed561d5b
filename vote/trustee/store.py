"""Queries about the boards of key ceremonies."""

from crypto.ceremony_post import Post, decode_post, encode_post
from crypto.encoding import compact_json, read_json
from vote.trustee.models import BoardMessage, TrusteeTrial


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

    async def trials(self, election: str) -> dict[int, bytes]:
        """Return the trials of an election by trustee."""
        return {row.trustee: bytes(row.body) for row in await TrusteeTrial.filter(election_id=election)}

    async def add_trial(self, election: str, trustee: int, body: bytes) -> None:
        """Keep a trial."""
        await TrusteeTrial.create(election_id=election, trustee=trustee, body=body)
