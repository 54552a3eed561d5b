"""What `vote verify` refuses of whole bundles the checking worker refuses too, or says that it did not check it."""

import base64
import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
import rfc8785

from crypto.archive import ArchiveWriter
from crypto.ballot import tracker
from scripts import build_front
from tests.simulator import ASKS, TIMESTAMP, UUID, ElectionSimulator
from tests.vote.verifier.bundles import EARLY, HONEST, bundle_of
from vote.ballot.rules import encode_box, encode_set_aside
from vote.election.ask import election
from vote.election.packing import pack
from vote.verifier.bundle import Bundle
from vote.verifier.report import Verdict
from vote.verifier.service import verify_bundle

BUNDLE = "worker/check.js"
FILES = {
    "manifest": "manifest.json",
    "shareProofs": "share-proofs.json",
    "result": "result.json",
    "box": "box.json",
    "setAside": "set-aside.json",
}
COMMAND_ONLY = {"another outcome", "another electorate in the result"}
"""What depends on law and changes, which docs/for-auditors.md leaves to the command."""


def edited(data: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    fields = json.loads(data)
    change(fields)
    return rfc8785.dumps(fields)


def swap_names(result: dict[str, Any]) -> None:
    first, second, *_ = result["questions"][0]["choices"]
    first["text"], second["text"] = second["text"], first["text"]


def cut(*, shares: bool) -> bytes:
    """Return the archive as it is before the result, or before the shares too."""
    writer, record = ArchiveWriter(TIMESTAMP), HONEST.record
    setup = writer.begin() + writer.setup(HONEST.election, HONEST.trustees_json, HONEST.credentials)
    parts = [setup, *map(writer.ballot, HONEST.ballots), writer.end_ballots()]
    parts.append(writer.encrypted_tally(record.tally, record.num_tallied, record.total_weight))
    if shares:
        parts += [writer.partial_decryption(owner, HONEST.share(owner)) for owner in HONEST.owners]
    return b"".join(parts)


def sealed_with(**changes: Any) -> Bundle:
    """Return the bundle of an organiser who sealed a manifest that says something else than the ballots."""
    return bundle_of(replace(HONEST, alter=lambda manifest: replace(manifest, **changes)))


def tampered() -> dict[str, Bundle]:
    ballots, shares = HONEST.ballots, {owner: HONEST.share(owner) for owner in HONEST.owners}
    totals = ((HONEST.totals[0][1], HONEST.totals[0][0], *HONEST.totals[0][2:]), HONEST.totals[1])
    early, box = HONEST.unfinished_archive(ended=False), encode_box(UUID, map(tracker, HONEST.accepted[:2]))
    aside = encode_set_aside(UUID, [(tracker(HONEST.accepted[0]), "impersonation")])
    moved = election("3", ASKS[0].text, ("李四", "张三", "王五"), seats=2, alternates=1)
    heavy = ElectionSimulator(weigh=lambda area, base: pack(area, base) + (area == HONEST.areas[1]))
    trustees = ElectionSimulator(trustees=4, lost=frozenset({2}))
    of = bundle_of
    return {
        "a dropped ballot": of(archive=HONEST.archive_of(ballots=ballots[:-1])),
        "two ballots in each other's place": of(
            archive=HONEST.archive_of(ballots=[ballots[1], ballots[0], *ballots[2:]])
        ),
        "a ballot twice": of(archive=HONEST.archive_of(ballots=[*ballots, ballots[0]])),
        "a total moved to another candidate": of(archive=HONEST.archive_of(totals=totals)),
        "shares under each other's number": of(archive=HONEST.archive_of(shares=[(1, shares[3]), (3, shares[1])])),
        "an archive without its end": of(archive=HONEST.archive[:-512]),
        "an archive with something after it": of(archive=HONEST.archive + bytes(1024)),
        "an archive cut before the result": of(archive=cut(shares=True)),
        "an archive cut before the shares": of(archive=cut(shares=False)),
        "an archive cut before the sum": of(archive=HONEST.unfinished_archive(ended=True)),
        "an archive cut in the ballots": of(archive=early),
        "an archive cut before the ballots": of(archive=HONEST.setup_archive),
        "ballots that were not in the box": of(**{**EARLY, "archive": early, "box": box}),
        "other trustees": of(archive=trustees.archive),
        "other weights": of(heavy),
        "another manifest": of(manifest=ElectionSimulator(title="第二次业主大会").manifest),
        "a manifest with another title": sealed_with(title="第二次业主大会"),
        "a manifest of another election": sealed_with(uuid="DQB53CqA1UtMwx"),
        "a manifest with the candidates in another order": sealed_with(questions=(moved, ASKS[1])),
        "a box in another spelling": of(box=HONEST.box + b"\n"),
        "a counted ballot among those set aside": of(set_aside=aside),
        "names of candidates changed in the result": of(result=edited(HONEST.result, swap_names)),
        "a question changed in the result": of(
            result=edited(HONEST.result, lambda found: found["questions"][1].update(text="是否续聘物业"))
        ),
        "a figure changed in the result": of(
            result=edited(HONEST.result, lambda found: found["questions"][1]["choices"][0].update(heads=4))
        ),
        "another outcome": of(
            result=edited(HONEST.result, lambda found: found["questions"][1].update(outcome="REJECTED"))
        ),
        "another electorate in the result": of(
            result=edited(HONEST.result, lambda found: found["electorate"].update(heads=9))
        ),
        "proofs of shares under another number": of(
            share_proofs=edited(HONEST.share_proofs, lambda found: found["proofs"][0].update(trustee=3))
        ),
        "no manifest": of(manifest=None),
        "no box": of(box=None),
        "nothing about what was set aside": of(set_aside=None),
        "no result": of(result=None),
    }


TAMPERED = tampered()
HONESTLY = {"all files": bundle_of(), "no proofs of shares": bundle_of(share_proofs=None)}


def given(bundle: Bundle) -> dict[str, str]:
    assert bundle.archive
    files = {
        "archive": bundle.archive,
        **{key: bundle.parts[name] for key, name in FILES.items() if name in bundle.parts},
    }
    return {name: base64.b64encode(data).decode() for name, data in files.items()}


@cache
def said_by_script() -> dict[str, dict[str, Any]]:
    build_front.build()
    file = json.loads((build_front.DIST / "assets.json").read_bytes())[BUNDLE]["file"]
    cases = TAMPERED | HONESTLY
    text = json.dumps([given(bundle) for bundle in cases.values()])
    done = build_front.run_node("test/run-check.mjs", str(build_front.DIST / file), text=text)
    assert done.returncode == 0, done.stderr
    return dict(zip(cases, json.loads(done.stdout), strict=True))


@pytest.mark.parametrize("name", TAMPERED)
def test_what_the_command_refuses_the_script_never_calls_right(name: str) -> None:
    report, found = verify_bundle(TAMPERED[name], processes=1), said_by_script()[name]
    assert report.verdict is Verdict.REJECTED
    noticed = found["sentence"] is not None or found["left"] != []
    assert noticed is (name not in COMMAND_ONLY), found


def test_files_that_are_missing_alone_are_no_fault_to_the_script() -> None:
    open_to_doubt = {name for name in TAMPERED if said_by_script()[name]["sentence"] is None}
    missing = {"no manifest", "no box", "nothing about what was set aside", "no result"}
    assert open_to_doubt == missing | COMMAND_ONLY


def test_an_honest_bundle_is_right_and_nothing_is_left_out() -> None:
    assert said_by_script()["all files"] == {"step": None, "sentence": None, "left": []}


def test_without_the_extra_proofs_the_shares_are_not_called_checked() -> None:
    assert said_by_script()["no proofs of shares"] == {"step": None, "sentence": None, "left": ["shares"]}
