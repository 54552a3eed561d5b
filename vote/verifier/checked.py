"""Decides whether what was found before counting agrees with archive, manifest, lawful changes and disputes.

 * `disputes.json` numbers disputes from 1; when the ballots are checked, each is settled and has a public answer.
 * `check.json` repeats them. Its electorate is the sealed one as corrected, its cast what the archive counts, its quorum
   what the pinned rule profile says of both.
 * A ballot is set aside for a dispute that was settled so. Weight stays contested for a dispute that was left so, or for
   a correction of the roll.
 * The figure of disclosure can be computed again; in a secret election a warning was accepted before counting.

Follows product.md §4. Not here: which ballots were set aside (`box`). Loading this takes longer than the rest.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import rfc8785

from crypto.encoding import read_json, require_fields, require_list, require_text, require_truth, require_whole
from crypto.errors import MalformedError, VerificationError
from vote.canonical import spells
from vote.check.disclosure import LEAST_SIMULATIONS, Disclosure, disclose
from vote.check.rules import MAX_TEXT, DisputeKind, DisputeOutcome
from vote.election.change import Effects
from vote.election.manifest import Manifest
from vote.election.packing import Measures
from vote.election.quorum import has_quorum
from vote.election.rules import Secrecy
from vote.errors import ContradictionError, RefusedError
from vote.verifier.box import SetAside
from vote.verifier.bundle import CHECK, DISPUTES, SET_ASIDE

VERSION = 1
LATE_ROLL_ERROR = "late-roll-error"
_CHECK = ("version", "election", "electorate", "cast", "quorum", "set_aside", "disputes", "contested", "disclosure")
_FIGURE = ("simulations", "forced", "outliers", "permyriad", "exact", "accepted")


class Dispute(NamedTuple):
    """What was disputed, and how it ended."""

    number: int
    kind: DisputeKind
    outcome: DisputeOutcome | None
    answer: str | None


class Contested(NamedTuple):
    """Weight that stays disputed, by kind."""

    kind: str
    heads: int
    area_dm2: int


@dataclass(frozen=True, slots=True)
class PublishedCheck:
    """`check.json`."""

    electorate: Measures
    cast: Measures
    quorum: bool
    set_aside: int
    disputes: tuple[Dispute, ...]
    contested: tuple[Contested, ...]
    disclosure: Disclosure | None
    """As far as it is published; None if nobody took part."""
    accepted: bool
    """Whether the figure was seen and accepted."""


class Ground(NamedTuple):
    """What a check is held against."""

    manifest: Manifest
    effects: Effects
    """Of the lawful changes: by how much they correct the electorate."""
    cast: Measures
    """What the archive counts."""
    set_aside: Sequence[SetAside]
    disputes: Sequence[Dispute]


def decode_disputes(data: bytes, election: str) -> tuple[Dispute, ...]:
    """Read `disputes.json`.

    Args:
        data: the file.
        election: the uuid that it must name.

    Raises:
        MalformedError: it is no such file, or in another spelling.
        VerificationError: it is of another election.
    """
    fields = _read(data, DISPUTES, ("version", "election", "disputes"), election)
    return _disputes(fields["disputes"], DISPUTES)


def decode_check(data: bytes, election: str) -> PublishedCheck:
    """Read `check.json`.

    Args:
        data: the file.
        election: the uuid that it must name.

    Raises:
        MalformedError: it is no such file, contradicts itself, or is in another spelling.
        VerificationError: it is of another election.
    """
    fields = _read(data, CHECK, _CHECK, election)
    cast = _measures(fields["cast"], f"{CHECK}, cast")
    disclosure, accepted = _disclosure(fields["disclosure"], cast)
    return PublishedCheck(
        electorate=_measures(fields["electorate"], f"{CHECK}, electorate"),
        cast=cast,
        quorum=require_truth(fields["quorum"], f"{CHECK}, quorum"),
        set_aside=require_whole(fields["set_aside"], f"{CHECK}, set_aside"),
        disputes=_disputes(fields["disputes"], f"{CHECK}, disputes"),
        contested=tuple(
            _contested(value, f"{CHECK}, contested {number}")
            for number, value in enumerate(require_list(fields["contested"], f"{CHECK}, contested"), start=1)
        ),
        disclosure=disclosure,
        accepted=accepted,
    )


def verify_check(check: PublishedCheck, ground: Ground) -> None:
    """Raise unless a check says what follows from the rest.

    Raises:
        VerificationError: it does not; the sentence names the field.
    """
    manifest, correction = ground.manifest, ground.effects.correction
    electorate = Measures(*map(sum, zip(manifest.electorate, correction, strict=True)))
    _require_same("electorate", check.electorate, electorate, "manifest and lawful changes make")
    _require_same("cast", check.cast, ground.cast, "the ballots that count make")
    try:
        quorum = has_quorum(manifest, electorate, ground.cast)
    except (RefusedError, ContradictionError, OverflowError) as error:
        raise VerificationError(f"{CHECK}, quorum: it cannot be computed: {error}") from None
    if check.quorum != quorum:
        raise VerificationError(f"{CHECK}, quorum: by the law it is {str(quorum).lower()}")
    if check.disputes != tuple(ground.disputes):
        raise VerificationError(f"{CHECK}, disputes: they are not those of {DISPUTES}")
    for dispute in check.disputes:
        if dispute.outcome is None:
            raise VerificationError(f"{DISPUTES}, dispute {dispute.number}: it is open, and the ballots are checked")
    _require_set_aside(check, ground.set_aside)
    _require_contested(check, ground.effects.doubtful)
    if manifest.secrecy == Secrecy.SECRET and check.disclosure and check.disclosure.warn and not check.accepted:
        raise VerificationError(f"{CHECK}, disclosure: the figure is a warning, and nobody accepted it before counting")


def verify_disclosure(check: PublishedCheck, areas_dm2: Sequence[int], manifest: Manifest, fingerprint: str) -> None:
    """Raise unless the figure of disclosure comes out again; takes seconds.

    Args:
        check: from `decode_check`.
        areas_dm2: of everybody whose ballot counts, in any order.
        manifest: it names the questions.
        fingerprint: of the election; all chance follows from it.

    Raises:
        VerificationError: another figure comes out.
    """
    if check.disclosure is None:
        return
    try:
        found = disclose(sorted(areas_dm2), manifest.questions, fingerprint.encode())
    except RefusedError as error:
        raise VerificationError(f"{CHECK}, disclosure: it cannot be computed: {error}") from None
    for name in ("simulations", "forced", "outliers", "exact"):
        said, computed = getattr(check.disclosure, name), getattr(found, name)
        if said != computed:
            raise VerificationError(f"{CHECK}, disclosure {name}: it says {said}, but {computed} was computed")


def _require_same(field: str, said: Measures, found: Measures, who: str) -> None:
    for name, one, other in zip(Measures._fields, said, found, strict=True):
        if one != other:
            raise VerificationError(f"{CHECK}, {field} {name}: it says {one}, {who} {other}")


def _require_set_aside(check: PublishedCheck, set_aside: Sequence[SetAside]) -> None:
    if check.set_aside != len(set_aside):
        raise VerificationError(f"{CHECK}, set_aside: it says {check.set_aside}, {SET_ASIDE} lists {len(set_aside)}")
    settled = Counter(str(each.kind) for each in check.disputes if each.outcome is DisputeOutcome.SET_ASIDE)
    for number, each in enumerate(set_aside, start=1):
        if each.kind not in settled:
            raise VerificationError(
                f"{SET_ASIDE}, ballot {number}: no dispute of the kind {each.kind[:40]!r} ended with ballots set aside"
            )
    listed = Counter(each.kind for each in set_aside)
    for kind, number in settled.items():
        if listed[kind] < number:
            raise VerificationError(
                f"{SET_ASIDE}: {number} disputes of the kind {kind} set ballots aside, and it lists {listed[kind]} of it"
            )


def _require_contested(check: PublishedCheck, doubtful: Measures) -> None:
    what = f"{CHECK}, contested"
    kinds = [each.kind for each in check.contested]
    if kinds != sorted(set(kinds)):
        raise VerificationError(f"{what}: kinds are sorted, each stands there once")
    late = {LATE_ROLL_ERROR: Contested(LATE_ROLL_ERROR, doubtful.heads, doubtful.area_dm2)}
    expected = late if doubtful != Measures(0, 0) else {}
    if {each.kind: each for each in check.contested if each.kind == LATE_ROLL_ERROR} != expected:
        raise VerificationError(f"{what}: {LATE_ROLL_ERROR} is not what lawful changes correct the electorate by")
    left = Counter(str(each.kind) for each in check.disputes if each.outcome is DisputeOutcome.CONTESTED)
    for each in check.contested:
        if each.kind != LATE_ROLL_ERROR and not 1 <= each.heads <= min(left[each.kind], check.cast.heads):
            raise VerificationError(
                f"{what}: {each.kind[:40]} has {each.heads} heads, {left[each.kind]} disputes left it so"
            )
        if each.kind != LATE_ROLL_ERROR and not each.heads <= each.area_dm2 <= check.cast.area_dm2:
            raise VerificationError(f"{what}: {each.kind} has an area of {each.area_dm2}, which was not cast")


def _read(data: bytes, name: str, names: Sequence[str], election: str) -> dict[str, object]:
    fields = require_fields(read_json(data, name), names, name)
    if require_whole(fields["version"], f"{name}, version") != VERSION:
        raise MalformedError(f"{name}: version {VERSION} is expected")
    if require_text(fields["election"], f"{name}, election") != election:
        raise VerificationError(f"{name}: it is of another election")
    if not spells(data, lambda: rfc8785.dumps(fields)):
        raise MalformedError(f"{name}: not in canonical spelling (RFC 8785)")
    return fields


def _measures(value: object, what: str) -> Measures:
    fields = require_fields(value, Measures._fields, what)
    return Measures(*(require_whole(fields[name], f"{what}, {name}") for name in Measures._fields))


def _disputes(value: object, what: str) -> tuple[Dispute, ...]:
    return tuple(
        _dispute(each, number, f"{what}, dispute {number}")
        for number, each in enumerate(require_list(value, what), start=1)
    )


def _dispute(value: object, number: int, what: str) -> Dispute:
    fields = require_fields(value, Dispute._fields, what)
    if require_whole(fields["number"], what) != number:
        raise MalformedError(f"{what}: disputes are numbered from 1 without a gap")
    kind, outcome, answer = fields["kind"], fields["outcome"], fields["answer"]
    if kind not in list(DisputeKind):
        raise MalformedError(f"{what}: its kind is one of {', '.join(DisputeKind)}")
    if (outcome is None) != (answer is None):
        raise MalformedError(f"{what}: outcome and answer come together")
    if outcome is None:
        return Dispute(number, DisputeKind(kind), None, None)
    if outcome not in list(DisputeOutcome):
        raise MalformedError(f"{what}: its outcome is one of {', '.join(DisputeOutcome)}")
    if not 0 < len(require_text(answer, f"{what}, answer")) <= MAX_TEXT:
        raise MalformedError(f"{what}, answer: 1 to {MAX_TEXT} characters are expected")
    return Dispute(number, DisputeKind(kind), DisputeOutcome(outcome), answer)


def _contested(value: object, what: str) -> Contested:
    fields = require_fields(value, Contested._fields, what)
    return Contested(
        require_text(fields["kind"], f"{what}, kind"),
        require_whole(fields["heads"], f"{what}, heads"),
        require_whole(fields["area_dm2"], f"{what}, area_dm2"),
    )


def _disclosure(value: object, cast: Measures) -> tuple[Disclosure | None, bool]:
    what = f"{CHECK}, disclosure"
    if (value is None) != (cast.heads == 0):
        raise MalformedError(f"{what}: it is null just where nobody took part")
    if value is None:
        return None, False
    fields = require_fields(value, _FIGURE, what)
    exact = require_truth(fields["exact"], f"{what}, exact")
    found = Disclosure(
        participants=cast.heads,
        simulations=require_whole(fields["simulations"], f"{what}, simulations", LEAST_SIMULATIONS),
        forced=require_whole(fields["forced"], f"{what}, forced"),
        forced_without_outliers=0,
        undecided=0 if exact else 1,
        outliers=require_whole(fields["outliers"], f"{what}, outliers"),
    )
    if found.forced > found.simulations or found.outliers > cast.heads:
        raise MalformedError(f"{what}: more outcomes or owners than there are")
    if require_whole(fields["permyriad"], f"{what}, permyriad") != found.permyriad:
        raise MalformedError(f"{what}, permyriad: it is not the share of forced in simulations, rounded up")
    return found, require_truth(fields["accepted"], f"{what}, accepted")
