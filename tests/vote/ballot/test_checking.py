import asyncio
import multiprocessing
import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool

import pytest

from crypto.ballot import seal_ballot
from crypto.credential import derive_secret, public_credential
from crypto.election import decode_election, encode_election
from crypto.group import BASE
from tests.strategies import seeded
from vote.ballot.checking import BallotChecker, check, start_processes
from vote.election.ask import motion
from vote.errors import Reason, RefusedError, UnavailableError

UUID = "DQB53CqA1UtMwz"
ELECTION = encode_election(UUID, "测试", "", BASE, [motion("1", "是否").question()])
SECRET = derive_secret(UUID, "owner")
BALLOT = seal_ballot(decode_election(ELECTION), SECRET, [[1, 0, 0]], seeded(1))
SPOILT = BALLOT.replace(b'"challenge":"', b'"challenge":"1', 1)


def test_a_good_ballot_gives_its_credential():
    assert check(ELECTION, BALLOT) == (public_credential(SECRET), "")


@pytest.mark.parametrize("data", [b"", b"{}", BALLOT[:-1], SPOILT], ids=["empty", "no ballot", "cut short", "spoilt"])
def test_a_bad_ballot_gives_what_is_wrong(data):
    credential, trouble = check(ELECTION, data)
    assert credential is None
    assert trouble
    assert "\n" not in trouble


async def test_a_checker_refuses_a_bad_ballot_in_a_sentence():
    with ThreadPoolExecutor(1) as executor:
        checker = BallotChecker(executor)
        assert await checker.credential_of(ELECTION, BALLOT) == public_credential(SECRET)
        with pytest.raises(RefusedError, match=r"^The ballot was not accepted: .*\.$") as refusal:
            await checker.credential_of(ELECTION, SPOILT)
    assert refusal.value.reason is Reason.BALLOT_INVALID


async def test_ballots_are_checked_in_other_processes_and_their_death_is_no_verdict():
    others = {child.pid for child in multiprocessing.active_children()}
    executor = start_processes(1)
    try:
        checker = BallotChecker(executor)
        assert await checker.credential_of(ELECTION, BALLOT) == public_credential(SECRET)
        assert executor.submit(os.getpid).result() != os.getpid()
        assert {child.name.split("-")[0] for child in multiprocessing.active_children()} <= {"SpawnProcess"}
        slow, checking = executor.submit(time.sleep, 60), asyncio.create_task(checker.credential_of(ELECTION, BALLOT))
        await asyncio.sleep(0.1)
        (process,) = {child.pid for child in multiprocessing.active_children()} - others
        os.kill(process, signal.SIGKILL)
        with pytest.raises(UnavailableError, match="checking processes died"):
            await checking
        with pytest.raises(BrokenProcessPool):
            slow.result(10)
    finally:
        executor.shutdown()


async def test_processes_that_died_are_replaced():
    """A server that went on without them would refuse every ballot until somebody starts it again."""
    with start_processes(1) as executor:
        checker = BallotChecker(executor)
        first = executor.submit(os.getpid).result()
        for _ in range(2):
            with pytest.raises(BrokenProcessPool):
                executor.submit(os._exit, 1).result()
            assert await checker.credential_of(ELECTION, BALLOT) == public_credential(SECRET)
        assert executor.submit(os.getpid).result() != first
    with pytest.raises(RuntimeError, match="after shutdown"):
        executor.submit(os.getpid)
