"""Key-holders' worker makes lists of a named election that the office's command opens, and none of anything else."""

import base64
import json
from datetime import datetime
from functools import cache
from typing import Any

import pytest

from crypto.audit import audit_setup
from crypto.ceremony_board import Board, decode_board
from crypto.ceremony_state import TrusteeState
from crypto.encoding import compact_json
from crypto.opening_list import decode_opening_list, verify_opening_list
from crypto.recovery import recover
from crypto.sealed_list import open_opening_list
from scripts import build_front
from tests.front.holders_vectors import SEEDS, make
from tests.strategies import seeded
from tests.vote import named
from tests.vote.named import COMMITTEE, MOTION, OFFICE_KEY, Counted, NamedElection, counted
from tests.vote.trustee.elections import UUID
from vote.office.opening import Sources, open_one
from vote.recount.counted import counted_trackers, pick_counted
from vote.trustee.memory import Memory, remember_opening
from vote.trustee.opening import open_total, recount

OVER = datetime.fromisoformat("2026-01-05T00:00:00Z")
AREAS = (9100, 12000, 15000)


class Cards:
    """The ceremony of three cards, in the place of the one that the named election has elsewhere."""

    def __init__(self) -> None:
        made = make()
        self.data: bytes = made["boards"][-1].encode()
        self.trustees: bytes = made["trustees"].encode()
        self.board: Board = decode_board(self.data)
        self.states: dict[int, TrusteeState] = {
            index: recover(seed, self.board, seeded(index)) for index, seed in enumerate(SEEDS, start=1)
        }


@cache
def cards() -> Cards:
    return Cards()


@pytest.fixture(autouse=True)
def _with_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(named, "ceremony", cards)
    monkeypatch.setattr(named, "trustees_json", lambda: cards().trustees)


def election(secrecy: str = "named", votes: int = 4) -> Counted:
    return counted(NamedElection(areas=AREAS, secrecy=secrecy, votes=NamedElection().votes[:votes]))


def share_proofs(of: Counted) -> bytes:
    """Return what the server publishes of the two key-holders who came."""
    read = of.read("tally")
    setup = audit_setup(read.setup)
    tally = recount(setup, read, skip_proofs=True).tally
    shares = [open_total(Memory(cards().states[each]), setup, tally, seeded(each)) for each in (1, 2)]
    proofs = [{"trustee": share.trustee, "proof": share.extra_proof.decode()} for share in shares]
    return compact_json({"version": 1, "election": UUID, "proofs": proofs})


def ask(of: Counted, trustee: int = 1, **changes: Any) -> dict[str, Any]:
    build_front.build()
    file = json.loads((build_front.DIST / "assets.json").read_bytes())["worker/holders.js"]["file"]
    files = {
        "archive": of.archive(),
        "manifest": of.sealed.manifest,
        "shareProofs": share_proofs(of),
        "board": cards().data,
        "seed": SEEDS[trustee - 1],
        **{name: value for name, value in changes.items() if isinstance(value, bytes)},
    }
    request = {
        "election": UUID,
        "now": int(OVER.timestamp() * 1000),
        "known": None,
        **changes,
        **{name: base64.b64encode(data).decode() for name, data in files.items()},
    }
    done = build_front.run_node("test/run-list.mjs", str(build_front.DIST / file), text=json.dumps(request))
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_two_lists_of_the_script_open_one_ballot_for_the_office() -> None:
    of = election()
    answers = [ask(of, trustee) for trustee in (1, 2)]
    assert [answer["counted"] for answer in answers] == [3, 3]
    lists = tuple(base64.b64decode(answer["list"]) for answer in answers)
    opened = open_one(OFFICE_KEY, Sources(of.read(), of.sealed.manifest, lists, of.request(1)))
    assert opened.marked == ((MOTION, ("同意",)), (COMMITTEE, ("甲", "乙")))


def test_a_list_of_the_script_is_spelt_and_proved_as_the_command_does() -> None:
    of = election()
    setup = audit_setup(of.read().setup)
    ballots = pick_counted(of.ballots, setup.weights).ballots
    memory = remember_opening(
        Memory(cards().states[2]),
        setup.election,
        recount(setup, of.read(), skip_proofs=True).tally,
        counted_trackers(of.ballots, setup.weights),
    )
    # Known from before, so the proofs of ballots are not checked again; the list is the same.
    for known in (None, memory.counted):
        answer = ask(of, 2, known=known)
        content = open_opening_list(setup.election, 2, OFFICE_KEY, base64.b64decode(answer["list"]))
        made = decode_opening_list(content, setup.election)
        verify_opening_list(setup.election, setup.trustees, ballots, made)


@pytest.mark.parametrize("upto", ["ballots", "tally"])
def test_before_the_own_share_stands_in_the_archive_no_list_is_made(upto: str) -> None:
    of = election()
    answer = ask(of, archive=of.archive(upto=upto))
    assert (answer["kind"], answer["why"]) == ("refused", "unopened")


def test_who_did_not_come_to_open_makes_no_list() -> None:
    assert ask(election(), 3)["why"] == "unopened"


def test_of_a_secret_election_no_list_is_made() -> None:
    assert ask(election("secret"))["why"] == "secret"


def test_of_other_ballots_than_the_opened_ones_no_list_is_made() -> None:
    earlier, later = election(votes=3), election()
    answer = ask(earlier, shareProofs=share_proofs(later))
    assert (answer["why"], "made for another election, trustee or share" in answer["sentence"]) == ("fault", True)


def test_a_ballot_that_does_not_hold_is_opened_to_nobody() -> None:
    of = election()
    at = of.ballots[0].index(b'"response":"') + len(b'"response":"')
    digit = b"2" if of.ballots[0][at : at + 1] == b"1" else b"1"
    spoilt = Counted(of.sealed, (of.ballots[0][:at] + digit + of.ballots[0][at + 1 :], *of.ballots[1:]), of.totals)
    answer = ask(of, archive=spoilt.archive(upto="ballots"))
    assert (answer["kind"], answer["why"]) == ("refused", "fault")
    assert "event 1 (Ballot)" in answer["sentence"]


def test_before_closing_by_the_own_clock_no_list_is_made() -> None:
    assert ask(election(), now=0)["why"] == "clock"
