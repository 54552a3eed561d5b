"""Decides whether the files published beside an archive belong to it, and whether its numbers mean what they should.

 * The election pins the manifest; the manifest pins questions, trustees, credentials, electorate and base.
 * Each weight is `area_dm2 · base + 1`, so one total holds heads and area; both stay within what was cast.
 * `result.json` is what the pinned rule profile makes of the totals and of the lawful changes, byte for byte.
 * Files are there as far as the election has come, and no further: what is missing could hide something.

Every refusal names the file, and question, choice or trustee where it is one.

Not here: the protocol (`crypto.audit`), the roll (`public_roll`), receipts (`receipt`), reading files (`source`).
"""

from collections.abc import Mapping, Sequence

from crypto.archive import Archive
from crypto.audit import AuditedSetup
from crypto.encoding import hex_digest, read_json
from crypto.errors import MalformedError, VerificationError
from crypto.signature import decode_public_key
from crypto.trustees import Trustees, threshold_of
from vote.election.ask import Ask, AskKind
from vote.election.change import Effects
from vote.election.manifest import Manifest, decode_manifest, verify_description
from vote.election.packing import Measures, unpack
from vote.election.rules import DEMO_MARK
from vote.errors import ContradictionError, RefusedError
from vote.tally.finding import encode_result, find_result
from vote.verifier.bundle import (
    ARCHIVE_SUFFIX,
    BOX,
    CERTIFICATE,
    CERTIFICATE_PDF,
    CHANGES,
    CHECK,
    DISPUTES,
    MANIFEST,
    OBJECTIONS,
    RESULT,
    ROLL,
    SET_ASIDE,
    Bundle,
)

_ENTRY = {"questions": "question", "choices": "choice"}
"""What an entry of each list in `result.json` is called."""
_CHECKED, _COUNTED = (SET_ASIDE, CHECK), (RESULT, CERTIFICATE, CERTIFICATE_PDF)
"""Files that come when ballots are checked, and when they are counted."""
_SHOWN = 60
"""Characters of a false value that a refusal repeats."""


def verify_files(bundle: Bundle) -> None:
    """Raise unless there is one archive, and beside it nothing or what is published from sealing on.

    Raises:
        VerificationError: a file is missing, or there are several archives.
    """
    if bundle.archive is None:
        if bundle.archives:
            names = ", ".join(bundle.archives)
            raise VerificationError(f"the folder has several archives ({names}): keep one, or name one")
        raise VerificationError("the archive <uuid>.bel is missing from the bundle: fetch it again")
    if not bundle.lone:
        _require_parts(bundle, MANIFEST, ROLL, CHANGES)


def verify_stage(bundle: Bundle, archive: Archive) -> None:
    """Raise unless a bundle's files are those of an election that has come as far as its archive.

    Raises:
        VerificationError: a file is missing, or tells what the archive does not have yet.
    """
    parts, counted = bundle.parts, archive.result is not None
    for names, words, there in (
        (_CHECKED, "is about checked ballots", archive.ended),
        (_COUNTED, "is about a result", counted),
    ):
        for name in names:
            if name in parts and not there:
                raise VerificationError(f"{name} {words}, but the archive has none yet")
    if bundle.lone:
        return
    if archive.ended:
        _require_parts(bundle, BOX, DISPUTES, *_CHECKED)
    if counted:
        _require_parts(bundle, RESULT)
    if CERTIFICATE in parts or CERTIFICATE_PDF in parts:
        _require_parts(bundle, CERTIFICATE, CERTIFICATE_PDF, OBJECTIONS)


def is_named_after(name: str, uuid: str) -> bool:
    """Whether a file's name is that of the archive of election `uuid`."""
    return name == f"{uuid}{ARCHIVE_SUFFIX}"


def read_manifest(data: bytes) -> Manifest:
    """Read `manifest.json`.

    Raises:
        MalformedError: it is no manifest in canonical spelling.
    """
    try:
        return decode_manifest(data)
    except MalformedError as error:
        raise MalformedError(f"{MANIFEST}: {str(error).removeprefix('manifest: ')}") from None


def verify_manifest(data: bytes, setup: AuditedSetup, archive: Archive) -> Manifest:
    """Return the manifest, after checking that it is the sealed one and says what the archive says.

    Raises:
        MalformedError: it is no manifest in canonical spelling.
        VerificationError: the election pins another one, or questions, trustees or credentials differ, or no promise can
            be signed with the key it names.
    """
    manifest = read_manifest(data)
    verify_description(setup.election.description, data, manifest.base)
    if manifest.uuid != setup.election.uuid:
        raise VerificationError(
            f"{MANIFEST}: it is that of election {manifest.uuid[:_SHOWN]}, not {setup.election.uuid}"
        )
    if manifest.title != setup.election.name:
        raise VerificationError(f"{MANIFEST}: its title is not the name of the election in the archive")
    if manifest.demo != (DEMO_MARK in manifest.title):
        raise VerificationError(f"{MANIFEST}: {DEMO_MARK} stands in the title of demonstrations, and only there")
    try:
        decode_public_key(manifest.promise_key)
    except VerificationError as error:
        raise VerificationError(f"{MANIFEST}, promise_key: {error}") from None
    _verify_questions(manifest, setup)
    _verify_trustees(manifest, setup.trustees, archive.setup.trustees)
    if manifest.credentials_sha256 != hex_digest(archive.setup.credentials):
        raise VerificationError(f"{MANIFEST}: credentials_sha256 is not the hash of the archive's list of credentials")
    return manifest


def verify_weights(weights: Mapping[str, int], base: int) -> Measures:
    """Return the electorate that packed weights add up to.

    Args:
        weights: of each credential, in the order of the list.
        base: what the election's description names.

    Raises:
        VerificationError: a weight is not one head with an area, or there are too many heads for the base.
    """
    for position, weight in enumerate(weights.values(), start=1):
        heads, area_dm2 = unpack(weight, base)
        if heads != 1 or area_dm2 < 1:
            raise VerificationError(
                f"credential {position} of the list: its weight {weight} is not an area times {base} and one head"
            )
    if len(weights) >= base:
        raise VerificationError(
            f"the list has {len(weights)} credentials, too many for base {base}: heads would overflow"
        )
    return unpack(sum(weights.values()), base)


def verify_electorate(manifest: Manifest, electorate: Measures) -> None:
    """Raise unless the manifest's electorate is what the credentials add up to.

    Raises:
        VerificationError: heads or area differ.
    """
    for name, found, counted in zip(Measures._fields, manifest.electorate, electorate, strict=True):
        if found != counted:
            raise VerificationError(
                f"{MANIFEST}, electorate {name}: it says {found}, the credentials add up to {counted}"
            )


def verify_counts(counts: Sequence[Sequence[Measures]], cast: Measures, num_tallied: int) -> None:
    """Raise unless heads and area of every choice are within those that were cast, and belong together.

    Raises:
        VerificationError: they are not; the sentence names question and choice.
    """
    if cast.heads != num_tallied:
        raise VerificationError(f"the total weight holds {cast.heads} heads, but {num_tallied} ballots count")
    for number, row in enumerate(counts, start=1):
        for position, count in enumerate(row, start=1):
            what = f"question {number}, choice {position}"
            for name, part, whole in zip(Measures._fields, count, cast, strict=True):
                if part > whole:
                    raise VerificationError(f"{what}: {name} {part} is above the {whole} that were cast")
            if (count.heads == 0) != (count.area_dm2 == 0):
                raise VerificationError(
                    f"{what}: heads {count.heads} and area_dm2 {count.area_dm2} do not belong together"
                )


def verify_answers(asks: Sequence[Ask], counts: Sequence[Sequence[Measures]], cast: Measures) -> None:
    """Raise unless each question was answered as it may be by those who cast a ballot.

    Raises:
        VerificationError: the answers to a motion do not make what was cast, or more candidates were ticked than could be.
    """
    for number, (ask, row) in enumerate(zip(asks, counts, strict=True), start=1):
        for name, parts, whole in zip(Measures._fields, zip(*row, strict=True), cast, strict=True):
            if ask.kind is AskKind.MOTION and sum(parts) != whole:
                raise VerificationError(
                    f"question {number}: the answers add up to {name} {sum(parts)}, but {whole} were cast"
                )
            if sum(parts) > ask.maximum * whole:
                raise VerificationError(f"question {number}: more was ticked than {whole} in {name} may tick")


def verify_finding(
    manifest: Manifest, totals: Sequence[Sequence[int]], cast_weight: int, effects: Effects, data: bytes
) -> tuple[str, ...]:
    """Return the outcome of each question, after checking that `data` is what the law engine makes of the totals.

    Args:
        manifest: it names the rule profile.
        totals: per question and choice, packed, as the trustees' shares open them.
        cast_weight: of the ballots that count, packed.
        effects: what lawful changes come to.
        data: `result.json`.

    Raises:
        MalformedError: it is no JSON, or in another spelling.
        VerificationError: a value is another, or the law engine at hand does not know the pinned rules.
    """
    try:
        computed = find_result(manifest, totals, cast_weight, effects.withdrawn, effects.correction)
    except (RefusedError, ContradictionError, OverflowError) as error:
        raise VerificationError(f"{RESULT}: it cannot be computed: {error}") from None
    trouble = _difference(read_json(data, RESULT), computed, RESULT)
    if trouble:
        raise VerificationError(trouble)
    if data != encode_result(computed):
        raise MalformedError(f"{RESULT}: not in canonical spelling (RFC 8785)")
    return tuple(question["outcome"] for question in computed["questions"])


def _require_parts(bundle: Bundle, *names: str) -> None:
    for name in names:
        if name not in bundle.parts:
            raise VerificationError(f"{name} is missing from the bundle: fetch it again")


def _verify_questions(manifest: Manifest, setup: AuditedSetup) -> None:
    sealed = setup.election.questions
    if len(sealed) != len(manifest.questions):
        raise VerificationError(
            f"{MANIFEST}: it has {len(manifest.questions)} questions, the election in the archive has {len(sealed)}"
        )
    for number, (ask, question) in enumerate(zip(manifest.questions, sealed, strict=True), start=1):
        if ask.question() != question:
            raise VerificationError(f"{MANIFEST}, question {number}: it is not the question of the archive")


def _verify_trustees(manifest: Manifest, trustees: Trustees, data: bytes) -> None:
    said = manifest.trustees
    if said["sha256"] != hex_digest(data):
        raise VerificationError(f"{MANIFEST}, trustees: sha256 is not the hash of the archive's trustees")
    threshold = sum(threshold_of(group) for group in trustees.groups)
    if (said["size"], said["threshold"]) != (trustees.size, threshold):
        raise VerificationError(
            f"{MANIFEST}, trustees: it says {said['threshold']} of {said['size']}, the archive has {threshold} of {trustees.size}"
        )
    if len(said["names"]) != trustees.size:
        raise VerificationError(f"{MANIFEST}, trustees: {len(said['names'])} names for {trustees.size} trustees")
    for number, (name, key) in enumerate(zip(said["names"], trustees.keys, strict=True), start=1):
        if name != key.name:
            raise VerificationError(f"{MANIFEST}, trustees: trustee {number} has another name in the archive")


def _difference(found: object, computed: object, place: str) -> str | None:
    """Return where `found` is not `computed`, or None."""
    if isinstance(found, dict) and isinstance(computed, dict):
        for name in computed:
            if name not in found:
                return f"{place}: {name} is missing"
        for name in found:
            if name not in computed:
                return f"{place}: {name[:_SHOWN]} does not belong there"
        pairs = [(found[name], computed[name], f"{place}, {name}") for name in computed]
    elif isinstance(found, list) and isinstance(computed, list):
        if len(found) != len(computed):
            return f"{place}: {len(found)} entries, but there should be {len(computed)}"
        start, _, name = place.rpartition(", ")
        pairs = [
            (left, right, f"{start}, {_ENTRY[name]} {number}")
            for number, (left, right) in enumerate(zip(found, computed, strict=True), start=1)
        ]
    else:
        same = type(found) is type(computed) and found == computed
        return None if same else f"{place}: it says {str(found)[:_SHOWN]}, but {str(computed)[:_SHOWN]} was computed"
    return next(filter(None, (_difference(*pair) for pair in pairs)), None)
