"""What a log says of a simulated election that is beside it, entry by entry."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from crypto.ballot import tracker
from crypto.encoding import hex_digest
from crypto.merkle import root
from tests.simulator import UUID, ElectionSimulator
from tests.vote.verifier.bundles import HONEST
from tests.vote.verifier.log_folders import announced, write_log
from vote.election.change import Change, Corrected, Prolonged, Withdrawn
from vote.log.rules import Facts, Kind, encode_entry
from vote.verifier.bundle import Bundle
from vote.verifier.log_files import PublishedLog
from vote.verifier.log_folder import LogFolder


def say(kind: Kind, **facts: object) -> bytes:
    """Return an entry of the election."""
    named: Facts = {"election": UUID, **facts}  # type: ignore[dict-item]
    return encode_entry(kind, named)


def rolled(simulator: ElectionSimulator = HONEST, more: int = 0) -> bytes:
    facts: Facts = {
        "roll": 1,
        "root": root(simulator.roll.leaves).hex(),
        "heads": len(simulator.areas),
        "area_dm2": sum(simulator.areas) + more,
    }
    return encode_entry(Kind.ROLL_FROZEN, facts)


def ballot(simulator: ElectionSimulator, position: int) -> bytes:
    value = tracker(simulator.accepted[position])
    return say(Kind.BALLOT_ACCEPTED, tracker=value, commitment=f"{position:064x}")


def changed(change: Change) -> bytes:
    match change:
        case Prolonged(closes_at):
            return say(Kind.ELECTION_EXTENDED, closes_at=closes_at.strftime("%Y-%m-%dT%H:%M:%SZ"))
        case Withdrawn(question, choice):
            return say(Kind.CANDIDATE_WITHDRAWN, question=question, choice=choice)
        case Corrected(heads, area_dm2):
            return say(Kind.ROLL_CORRECTED, heads=heads, area_dm2=area_dm2)


def sealed(simulator: ElectionSimulator) -> bytes:
    return say(
        Kind.ELECTION_SEALED,
        fingerprint=simulator.setup.election.fingerprint,
        manifest=hex_digest(simulator.manifest),
        trustees=hex_digest(simulator.trustees_json),
        credentials=hex_digest(simulator.credentials),
    )


def told(simulator: ElectionSimulator = HONEST) -> list[bytes]:
    """Return all entries of a log that tells the whole election: places are those of `PLACES`."""
    return [
        announced(),
        rolled(simulator),
        sealed(simulator),
        say(Kind.ELECTION_NOTICED),
        say(Kind.ELECTION_OPENED),
        *map(changed, simulator.changes),
        *(ballot(simulator, position) for position in range(len(simulator.votes))),
        say(Kind.POOL_RELEASED, pool=1, ballots=len(simulator.votes)),
        say(Kind.ELECTION_CLOSED, ballots=len(simulator.votes), box=hex_digest(simulator.box)),
        say(Kind.ELECTION_CHECKED, heads=simulator.cast.heads, set_aside=0, check=hex_digest(simulator.check)),
        say(Kind.TALLY_SUMMED, tally=hex_digest(simulator.record.tally), ballots=simulator.record.num_tallied),
        *(
            say(Kind.TALLY_SHARED, trustee=owner, share=hex_digest(simulator.share(owner)))
            for owner in simulator.owners
        ),
        say(Kind.TALLY_OPENED, result=hex_digest(simulator.result)),
    ]


def place_of(entries: Sequence[bytes], kind: Kind) -> int:
    """Return where the first entry of a kind is."""
    return next(at for at, entry in enumerate(entries) if f'"kind":"{kind}"'.encode() in entry)


def with_log(bundle: Bundle, folder: Path, entries: Sequence[bytes], name: str = "estate") -> Bundle:
    """Return a bundle with one more log beside it, written to `folder`."""
    log = PublishedLog(f"log/{name}", LogFolder(write_log(folder / name, entries)))
    return replace(bundle, logs=(*bundle.logs, log))
