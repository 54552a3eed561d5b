"""Seal what owners can read before they vote, and show that it is still what was sealed.

* Papers are those of the outline from which an election was prepared on pages; one that was prepared otherwise has none.
"""

from dataclasses import dataclass, field

from crypto.envelope import keyed_digest
from vote.election.outline import papers_of
from vote.election.outline_store import OutlineStore
from vote.election.paper import PAPER_DOMAIN, Paper, Pin, Place, encode_papers, pin
from vote.errors import Reason, RefusedError


@dataclass(frozen=True, slots=True)
class PaperService:
    """Drafts and candidates' profiles of elections."""

    store: OutlineStore
    key: bytes = field(repr=False)
    """Makes the salts."""

    async def pins(self, uuid: str) -> tuple[Pin, ...]:
        """Return what the manifest is to say of the papers as they are now."""
        outline = await self.store.of_election(uuid)
        found = papers_of(outline.outline) if outline else ()
        return tuple(pin(place, content, self._salt(uuid, place)) for place, content in found)

    async def papers(self, uuid: str, pins: tuple[Pin, ...]) -> tuple[Paper, ...]:
        """Return the papers that were sealed, as they are now; of profiles that were taken down nothing."""
        outline = await self.store.of_election(uuid)
        found = dict(papers_of(outline.outline)) if outline else {}
        return tuple(
            Paper(place, found[place], self._salt(uuid, place)) if place in found else Paper(place, None, None)
            for place, _ in pins
        )

    async def papers_json(self, uuid: str, pins: tuple[Pin, ...]) -> bytes:
        """Return `papers.json`.

        Raises:
            RefusedError: nothing was sealed.
        """
        if not pins:
            raise RefusedError(
                Reason.NOT_FOUND,
                "Nothing to read was sealed with this election: there is no such file.",
                zh="这次投票没有封存草案和介绍，没有这个文件。",
            )
        return encode_papers(uuid, await self.papers(uuid, pins))

    async def changed(self, uuid: str, pins: tuple[Pin, ...]) -> frozenset[Place]:
        """Return which papers are not what was sealed: changed, added, or a draft that is gone."""
        now = {each.place: each for each in await self.pins(uuid)}
        sealed = {each.place: each for each in pins}
        return frozenset(
            place
            for place in now.keys() | sealed.keys()
            if now.get(place) != sealed.get(place) and (place in now or place.choice is None)
        )

    def _salt(self, uuid: str, place: Place) -> bytes:
        return keyed_digest(self.key, PAPER_DOMAIN, f"{uuid}/{place.question}/{place.choice}")
