"""Decides whether the further logs of an estate continue each other.

 * The first entry of each commits to the log before, at a size that this one has.
 * None is left out.

Not here: each log by itself (`logs`).
"""

from collections.abc import Sequence
from itertools import pairwise

from crypto.checkpoint import Checkpoint
from crypto.errors import CryptoError, VerificationError
from vote.law.citation import Text
from vote.log.kinds import read_entry
from vote.log.rules import Kind
from vote.verifier import log_audit
from vote.verifier.logs import VerifiedLog, chains_of
from vote.verifier.progress import Progress
from vote.verifier.report import Step


def verify_chains(found: Sequence[VerifiedLog], progress: Progress) -> None:
    """Verify that each further log continues the one before; nothing is said where there is none.

    Raises:
        StoppedError: one does not.
    """
    chains = [each for each in chains_of(found) if len(each) > 1]
    if not chains:
        return
    with progress.step(Step.ESTATE_LOGS) as details:
        for chain in chains:
            for before, after in pairwise(chain):
                _verify_continued(before, after)
            details.append(
                Text(
                    f"{chain[0].log.name}换过{len(chain) - 1}次，前后相接；现在的一本是{chain[-1].checkpoint.origin}",
                    f"{chain[0].log.name} was begun anew {len(chain) - 1} times, the one that grows is "
                    f"{chain[-1].checkpoint.origin}",
                )
            )


def _verify_continued(before: VerifiedLog, after: VerifiedLog) -> None:
    number = after.log.number - 1
    facts = read_entry(after.first.data, "").facts if after.first and after.first.kind is Kind.LOG_CONTINUED else None
    if before.log.number != number or facts is None or facts["before"] != number:
        raise VerificationError(f"{after.log.name}: entry 0 does not say that it continues log {before.log.number}")
    old = Checkpoint(before.checkpoint.origin, facts["size"], bytes.fromhex(facts["root"]))
    try:
        log_audit.verify_continued(old, before.checkpoint, before.log.files)
    except CryptoError as error:
        raise VerificationError(
            f"{after.log.name}: entry 0 commits to another log than {before.log.name}: {error}"
        ) from None
