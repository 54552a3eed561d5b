"""Interests as pages list them: those that are published, and those that wait for somebody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request

from vote.law.citation import Text
from vote.oversight.interest.rules import RELATIONS, Hit, Source
from vote.oversight.interest.store import StoredInterest
from vote.oversight.interest.views import interests_of

Names = Mapping[tuple[Source, str], str]


@dataclass(frozen=True, slots=True)
class Met:
    """A hit with the declaration that met somebody."""

    interest: StoredInterest
    hit: Hit
    name: str
    """What the record or the books call the party; empty once it is hidden."""

    @property
    def relation(self) -> Text:
        """How the member is tied."""
        return RELATIONS[self.interest.declaration.relation]

    @property
    def path(self) -> str:
        """The address of the record, or of the books, where the party stands."""
        if self.hit.records:
            return f"/estates/{self.interest.estate}/records/{self.hit.records[0]}"
        return f"/estates/{self.interest.estate}/book"

    @property
    def posted(self) -> bool:
        """Whether the party stands in the books."""
        return self.hit.source is Source.POSTING

    @property
    def address(self) -> str:
        """The address of what is done with it, and of its public file."""
        return f"/estates/{self.interest.estate}/interests/{self.hit.id}"


def met(listed: Sequence[StoredInterest], names: Names) -> list[Met]:
    """Return every hit, the latest first."""
    found = [Met(each, hit, names.get((hit.source, hit.reference), "")) for each in listed for hit in each.hits]
    return sorted(found, key=lambda one: -one.hit.id)


async def published(request: Request, estate: str, record: str = "") -> list[Met]:
    """Return the published hits of an estate, or those shown with a record."""
    interests = interests_of(request)
    return [
        each
        for each in met(await interests.listed(estate), await interests.names(estate))
        if each.hit.published_at is not None and (not record or record in each.hit.records)
    ]
