"""The checking worker and `crypto` say the same of the same archives, good, bad, and changed in every part."""

import base64
import json
from functools import cache

import pytest

from crypto.archive import ArchiveWriter
from crypto.archive_reader import read_archive
from crypto.audit import audit_archive
from crypto.errors import CryptoError
from scripts import build_front
from tests.crypto.archives import BY_TOOL, PACKED, VECTORS, join, load, split

BUNDLE = "worker/check.js"
NEGATIVE = sorted(path.parent.name for path in VECTORS.glob("negative/*/*.bel.gz"))


def rewritten(data: bytes, part: str) -> bytes:
    """Return the archive with another document in one part, every hash and link made again as a writer would."""
    archive = read_archive(data)
    writer, setup = ArchiveWriter(archive.timestamp), archive.setup
    assert archive.encrypted_tally
    assert archive.result

    def maybe(name: str, document: bytes) -> bytes:
        return changed(document) if part == name else document

    ballots = list(archive.ballots)
    if part == "ballot":
        ballots[-1] = changed(ballots[-1])
    if part == "twice":
        ballots.append(ballots[0])
    if part == "missing":
        ballots.pop()
    record = archive.encrypted_tally
    return b"".join(
        (
            writer.begin(),
            writer.setup(
                maybe("election", setup.election),
                maybe("trustees", setup.trustees),
                maybe("credentials", setup.credentials),
            ),
            *map(writer.ballot, ballots),
            writer.end_ballots(),
            writer.encrypted_tally(
                maybe("tally", record.tally),
                record.num_tallied + (part == "number"),
                record.total_weight + (part == "weight"),
            ),
            *(writer.partial_decryption(each.owner, maybe("share", each.payload)) for each in archive.shares),
            writer.result(maybe("result", archive.result)),
        )
    )


def changed(document: bytes) -> bytes:
    """Return a document with its last digit of a number raised by one, or made 0: still one of its kind."""
    at = max(index for index, byte in enumerate(document) if byte in b"0123456789")
    return document[:at] + str((int(chr(document[at])) + 1) % 10).encode() + document[at + 1 :]


PARTS = (
    "election", "trustees", "credentials", "ballot", "twice", "missing", "tally", "number", "weight", "share", "result",
)  # fmt: skip


def cases() -> dict[str, bytes]:
    found = {"by-tool": load(BY_TOOL), "packed": load(PACKED)}
    found |= {name: load(f"negative/{name}/NegativeCaseUU.bel.gz") for name in NEGATIVE}
    for whole in ("by-tool", "packed"):
        found |= {f"{whole}, {part} rewritten": rewritten(found[whole], part) for part in PARTS}
    members = split(found["packed"])
    found |= {
        f"packed without member {index + 1}": join(members[:index] + members[index + 1 :]) for index in (0, 1, 5, 9)
    }
    found |= {f"packed cut after member {index}": join(members[:index]) for index in (0, 1, 5, 6, 9, 10)}
    found["packed, two members change places"] = join([*members[:8], members[9], members[8], *members[10:]])
    return found


CASES = cases()


@cache
def said_by_script() -> dict[str, dict[str, str | None]]:
    build_front.build()
    file = json.loads((build_front.DIST / "assets.json").read_bytes())[BUNDLE]["file"]
    given = json.dumps([base64.b64encode(data).decode() for data in CASES.values()])
    done = build_front.run_node("test/run-check.mjs", str(build_front.DIST / file), text=given)
    assert done.returncode == 0, done.stderr
    return dict(zip(CASES, json.loads(done.stdout), strict=True))


def said_by_python(data: bytes) -> str | None:
    try:
        audit_archive(read_archive(data))
    except CryptoError as error:
        return str(error)
    return None


@pytest.mark.parametrize("name", CASES)
def test_the_script_says_what_python_says(name: str) -> None:
    expected, found = said_by_python(CASES[name]), said_by_script()[name]
    assert (found["sentence"] is None) == (expected is None), (expected, found)
    # Ballots are checked last by the script, so of two faults it may find the other one first.
    if expected is not None and "(Ballot)" not in expected:
        assert found["sentence"] == expected


def test_every_part_that_is_rewritten_is_noticed() -> None:
    noticed = {name for name, found in said_by_script().items() if found["sentence"] is not None}
    assert {name for name in CASES if "rewritten" in name} <= noticed
    assert not {"by-tool", "packed", "GOOD", "pd_threshold_one_bad"} & noticed
