"""Decides whether enough owners took part for ordinary matters, by heads and by area.

 * The day of the law and the threshold are those of the sealed rule profile.

Follows Civil Code art. 278 ¶2.
"""

from vote.clock import CHINA
from vote.election.manifest import Manifest
from vote.election.packing import Measures
from vote.election.terms import decode_moment
from vote.law.library import load_pinned
from vote.law.rules import majorities


def has_quorum(manifest: Manifest, electorate: Measures, cast: Measures) -> bool:
    """Whether both counts reach what the election's matters ask for.

    Args:
        manifest: it names the rule profile.
        electorate: as corrected.
        cast: of those whose ballots count.

    Raises:
        RefusedError: there is no such profile.
        ContradictionError: the rule profile at hand is not the one that the manifest was sealed with.
    """
    profile = load_pinned(manifest.profile["id"], manifest.profile["version"], manifest.profile["digest"])
    on = decode_moment(manifest.opens_at, "manifest, opens_at").astimezone(CHINA).date()
    both = majorities(profile, profile.matter(manifest.questions[0].matter, on=on).tier, on=on).quorum.both
    return both.heads.met(cast.heads, electorate.heads) and both.area.met(cast.area_dm2, electorate.area_dm2)
