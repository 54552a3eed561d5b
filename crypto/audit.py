"""Re-checks a whole election from its archive alone, step by step.

 1. Set-up: election, trustees, credentials; the trustees' keys make the election's key.
 2. Each ballot: one spelling, for this election, by a listed credential, every proof. Ballots can be checked in any order
    and by several processes.
 3. All ballots: none is stored twice.
 4. The sealed sum is that of the ballots that count, and so are their number and their weight.
 5. Shares: what is wrong with one is reported; it matters only when too few good ones remain.
 6. The result is what the shares open.

Follows SPEC.md §10.

Not here: bytes and order of the archive (`archive_reader`), manifest, roll and log (`vote.verifier`).

>>> from crypto.archive import ArchiveWriter
>>> from crypto.archive_reader import read_archive
>>> from crypto.credential import WeightedCredential, derive_secret, encode_public_credentials, public_credential
>>> from crypto.election import encode_election
>>> from crypto.question import Question
>>> from crypto.trustee_key import make_trustee_key
>>> from crypto.trustees import encode_trustees
>>> trustees = Trustees((make_trustee_key(7, rng=lambda size: bytes(size - 1) + b"1"),))
>>> question = Question("Agree?", ("yes", "no"), minimum=1, maximum=1, blank=False)
>>> election = encode_election("DQB53CqA1UtMwz", "An election", "", trustees.public_key, [question])
>>> public = public_credential(derive_secret("DQB53CqA1UtMwz", "guyDu-tFHGuC-TAL8y-VqJfpp"))
>>> credentials = encode_public_credentials([WeightedCredential(public, 5)])
>>> writer = ArchiveWriter(1795485993)
>>> archive = read_archive(writer.begin() + writer.setup(election, encode_trustees(trustees), credentials))
>>> audit_archive(archive).setup.electorate_weight
5
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crypto.archive import Archive, EncryptedTallyRecord, Setup, Share
from crypto.ballot import Ballot, decode_ballot, verify_ballot, verify_signature
from crypto.blame import about
from crypto.credential import decode_public_credentials
from crypto.election import Election, decode_election
from crypto.errors import CryptoError, ThresholdError, VerificationError
from crypto.group import ORDER
from crypto.result import Totals, combine_shares, decode_result, open_tally, verify_result
from crypto.share import Factors, verify_extra_proof, verify_share
from crypto.tally import EncryptedTally, PartialSum, effective_ballots, encode_tally, sum_slice
from crypto.trustees import Trustees, decode_trustees, verify_trustees


@dataclass(frozen=True, slots=True)
class AuditedSetup:
    """What the later steps need of a checked set-up."""

    election: Election
    trustees: Trustees
    weights: Mapping[str, int]
    """The weight of each public credential."""

    @property
    def electorate_weight(self) -> int:
        """The sum of all weights."""
        return sum(self.weights.values())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one share that was not needed."""

    owner: int
    sentence: str
    """Names the trustee."""


@dataclass(frozen=True, slots=True)
class AuditedShares:
    """The good shares by owner, and what is wrong with the others."""

    good: Mapping[int, Factors]
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found in an archive in which nothing is wrong."""

    setup: AuditedSetup
    ballots: int
    """How many ballots there are."""
    effective: int
    """How many of them count."""
    cast_weight: int
    """The sum of the weights of those that count."""
    faults: tuple[Fault, ...]
    """Of shares that were not needed."""
    totals: Totals | None
    """The result, where the archive has one."""


def audit_archive(archive: Archive, extra_proofs: Mapping[int, bytes] | None = None) -> Audit:
    """Check everything in an archive, in one process.

    Args:
        archive: as it was read.
        extra_proofs: the documents beside it, by owner, where there are any (SPEC.md §7.3).

    Raises:
        CryptoError: something is wrong; the sentence says what and where.
    """
    setup = audit_setup(archive.setup)
    require_distinct(archive.ballots)
    ballots = [check_ballot(setup, data, number) for number, data in enumerate(archive.ballots, start=1)]
    effective = effective_ballots(ballots)
    cast_weight = sum(setup.weights[ballot.credential] for ballot in effective)
    faults: tuple[Fault, ...] = ()
    totals = None
    if archive.encrypted_tally is not None:
        tally = audit_tally(setup, ballots, archive.encrypted_tally)
        shares = audit_shares(setup, tally, archive.shares, extra_proofs)
        faults = shares.faults
        if archive.result is not None:
            totals = audit_result(setup, tally, shares, cast_weight, archive.result)
    return Audit(setup, len(ballots), len(effective), cast_weight, faults, totals)


def audit_setup(documents: Setup) -> AuditedSetup:
    """Check what was fixed before the first ballot.

    Raises:
        MalformedError: a document is none of its kind, or a credential stands twice.
        VerificationError: a trustee's proof does not hold, or the election's key is not the trustees'.
    """
    with about("event 0 (Setup)"):
        election = decode_election(documents.election)
        trustees = decode_trustees(documents.trustees)
        verify_trustees(trustees)
        if trustees.public_key != election.public_key:
            raise VerificationError("the election's public key is not the product of its trustees' keys")
        weights = dict(decode_public_credentials(documents.credentials))
        if sum(weights.values()) >= ORDER:
            raise VerificationError("the weights add up to more than can be counted")
        return AuditedSetup(election, trustees, weights)


def check_ballot(setup: AuditedSetup, data: bytes, number: int, *, proofs: bool = True) -> Ballot:
    """Return ballot `number` (from 1) after checking it; needs no other ballot.

    Args:
        setup: what the ballots were cast in, checked.
        data: the ballot's bytes.
        number: which ballot of the archive it is.
        proofs: whether its zero-knowledge proofs are checked too, or only its spelling and signature: enough only for
            whoever checked the proofs of the same bytes already.

    Raises:
        MalformedError: it is no ballot in the one spelling.
        VerificationError: its credential is not on the list, it is for another election, or a proof does not hold.
    """
    with about(_label(number)):
        ballot = decode_ballot(data, setup.election)
        if ballot.credential not in setup.weights:
            raise VerificationError("its credential is not on the list of this election")
        if proofs:
            verify_ballot(setup.election, ballot)
        else:
            verify_signature(ballot)
        return ballot


def require_distinct(ballots: Sequence[bytes]) -> None:
    """Raise if a ballot is stored twice, byte for byte.

    Raises:
        VerificationError: one is; the sentence names both places.
    """
    first: dict[bytes, int] = {}
    for number, data in enumerate(ballots, start=1):
        if data in first:
            raise VerificationError(f"{_label(number)}: the same ballot stands in event {first[data]} already")
        first[data] = number


def audit_tally(setup: AuditedSetup, ballots: Sequence[Ballot], record: EncryptedTallyRecord) -> EncryptedTally:
    """Return the sealed sum after computing it again from all `ballots`, in order and already checked.

    Raises:
        VerificationError: the archive's sum, number of ballots or weight is another.
    """
    effective = effective_ballots(ballots)
    return require_sum(
        sum_slice(setup.election, [(each, setup.weights[each.credential]) for each in effective]), record
    )


def require_sum(total: PartialSum, record: EncryptedTallyRecord) -> EncryptedTally:
    """Return the sealed sum if the archive claims just what was computed.

    Raises:
        VerificationError: the archive's sum, number of ballots or weight is another.
    """
    with about("event EncryptedTally"):
        if record.num_tallied != total.num_tallied:
            raise VerificationError(f"it counts {record.num_tallied} ballots, but {total.num_tallied} count")
        if record.total_weight != total.total_weight:
            raise VerificationError(
                f"it says a total weight of {record.total_weight}, but the ballots that count weigh {total.total_weight}"
            )
        if record.tally != encode_tally(total.tally):
            raise VerificationError("the encrypted sum is not that of the ballots that count")
        return total.tally


def audit_shares(
    setup: AuditedSetup,
    tally: EncryptedTally,
    shares: Sequence[Share],
    extra_proofs: Mapping[int, bytes] | None = None,
) -> AuditedShares:
    """Sort the shares into good ones and faults; where there are extra proofs, a good share needs one.

    Of several good shares of one trustee the first is used.
    """
    good: dict[int, Factors] = {}
    faults: list[Fault] = []
    for share in shares:
        try:
            label = setup.trustees.label(share.owner)
            with about(label):
                factors = _check_share(setup, tally, share, extra_proofs)
                if share.owner in good:
                    raise VerificationError("a second share; the first one is used")
            good[share.owner] = factors
        except CryptoError as error:
            faults.append(Fault(share.owner, str(error)))
    return AuditedShares(good, tuple(faults))


def audit_result(
    setup: AuditedSetup, tally: EncryptedTally, shares: AuditedShares, total_weight: int, data: bytes
) -> Totals:
    """Return the result after opening the sealed sum again.

    Raises:
        MalformedError: the result is none.
        ThresholdError: too few good shares; the sentence names the faulty ones.
        VerificationError: the result is not what the shares open.
    """
    with about("event Result"):
        try:
            factors = combine_shares(setup.trustees, shares.good)
        except ThresholdError as error:
            sentences = [str(error), *(fault.sentence for fault in shares.faults)]
            raise ThresholdError("; ".join(sentences)) from None
        totals = decode_result(data)
        verify_result(open_tally(tally, factors), totals, total_weight)
        return totals


def _check_share(
    setup: AuditedSetup, tally: EncryptedTally, share: Share, extra_proofs: Mapping[int, bytes] | None
) -> Factors:
    key = setup.trustees.verification_key(share.owner)
    factors = verify_share(setup.election, key, tally, share.payload)
    if extra_proofs is not None:
        if share.owner not in extra_proofs:
            raise VerificationError("the extra proof of the share is missing")
        verify_extra_proof(setup.election, share.owner, key, tally, share.payload, extra_proofs[share.owner])
    return factors


def _label(number: int) -> str:
    """Ballot n is event n, because the set-up is event 0."""
    return f"event {number} (Ballot)"
