"""The platform asks witnesses: real processes, and made-up ones that lie."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from crypto.cosignature import cosign, with_signatures
from crypto.log_policy import LogPolicy, PolicyGroup, PolicyLog, PolicyWitness
from crypto.note import decode_note, encode_note, signature_line
from tests.crypto.logs import AT, LOG, ORIGIN, W1, WITNESS_KEYS, entries
from tests.vote.log.trees import MemoryTree
from tests.vote.witness.programs import WitnessProgram, make_witness, witnessing
from vote.log.witness_answer import AlarmKind, Trouble
from vote.log.witnessing import Witnesses, Word

pytestmark = pytest.mark.one_database


@pytest.fixture
async def witnesses() -> AsyncIterator[Witnesses]:
    async with httpx.AsyncClient(trust_env=False) as client:
        yield Witnesses(client, call_seconds=5)


@pytest.fixture
def two(tmp_path: Path) -> Iterator[tuple[WitnessProgram, WitnessProgram]]:
    """Two witnesses as processes, each with a folder of its own."""
    with ExitStack() as stack:
        first, second = (
            stack.enter_context(witnessing(home, make_witness(home, f"{home.name}.example/w", LOG)))
            for home in (tmp_path / "li", tmp_path / "wang")
        )
        yield first, second


def listed(*programs: WitnessProgram) -> tuple[PolicyWitness, ...]:
    return tuple(PolicyWitness(each.key.name.partition(".")[0], each.key, each.url) for each in programs)


async def ask(
    witnesses: Witnesses, whom: tuple[PolicyWitness, ...], tree: MemoryTree, size: int | None = None, known: int = 0
) -> tuple[Word, ...]:
    sizes = dict.fromkeys((each.name for each in whom), known)
    return await witnesses.ask(whom, tree.checkpoint(size), log=[LOG], sizes=sizes, tree=tree)


async def test_both_witnesses_cosign_a_growing_log(
    witnesses: Witnesses, two: tuple[WitnessProgram, WitnessProgram]
) -> None:
    """Also when the platform forgot what they have: they tell it."""
    whom = listed(*two)
    policy = LogPolicy((PolicyLog(LOG),), whom, (PolicyGroup("both", 2, ("li", "wang")),), "both")
    tree = MemoryTree(entries(700))
    for size, known in ((3, 0), (300, 3), (300, 300), (600, 0), (700, 300)):
        words = await ask(witnesses, whom, tree, size, known)
        assert [(each.witness, each.trouble, each.alarm) for each in words] == [
            ("li", None, None),
            ("wang", None, None),
        ]
        signed = decode_note(tree.checkpoint(size))
        note = with_signatures(signed, [line for each in words for line in each.signatures])
        assert policy.open_checkpoint(encode_note(note)).size == size


async def test_two_witnesses_catch_a_split_view(
    witnesses: Witnesses, two: tuple[WitnessProgram, WitnessProgram]
) -> None:
    """One database is copied at 500 entries; each copy then signs entries of its own with the same key."""
    whom = listed(*two)
    shared = entries(500)
    ours = MemoryTree([*shared, *(b"ours-%d" % number for number in range(200))])
    copy = MemoryTree([*shared, *(b"copy-%d" % number for number in range(150))])
    assert all(each.signatures for each in await ask(witnesses, whom, ours, 500))
    assert all(each.signatures for each in await ask(witnesses, whom, ours, 600, 500))

    for size in (600, 650):
        # The copy has as many entries as the witnesses saw, or more: others.
        for each in await ask(witnesses, whom, copy, size, 500):
            assert each.signatures == ()
            assert each.alarm
            assert (each.alarm.kind, each.alarm.size) == (AlarmKind.SPLIT_VIEW, 600)
            assert decode_note(each.alarm.evidence).text == decode_note(ours.checkpoint(600)).text

    for each in await ask(witnesses, whom, MemoryTree(copy.leaves[:550]), None, 500):
        assert each.alarm
        assert (each.alarm.kind, each.alarm.size) == (AlarmKind.WITNESS_AHEAD, 600)

    # A restored old database sees it before it signs.
    for each in await witnesses.look(whom, ORIGIN, log=[LOG], tree=MemoryTree(shared)):
        assert each.alarm
        assert each.alarm.kind is AlarmKind.WITNESS_AHEAD
    # The one whose story they saw goes on.
    assert [each.trouble or each.alarm for each in await witnesses.look(whom, ORIGIN, log=[LOG], tree=ours)] == [
        None
    ] * 2
    assert all(each.signatures for each in await ask(witnesses, whom, ours, 700, 600))


async def test_a_witness_that_is_away_does_not_hold_up_the_others(
    witnesses: Witnesses, two: tuple[WitnessProgram, WitnessProgram]
) -> None:
    first, second = two
    tree = MemoryTree(entries(9))
    second.kill()
    li, wang = await ask(witnesses, listed(first, second), tree)
    assert li.signatures
    assert wang.trouble is Trouble.AWAY
    assert [each.trouble for each in await witnesses.look(listed(second), ORIGIN, log=[LOG], tree=tree)] == [
        Trouble.AWAY
    ]


async def test_an_older_checkpoint_than_the_one_cosigned_is_only_overtaken(
    witnesses: Witnesses, two: tuple[WitnessProgram, WitnessProgram]
) -> None:
    """Two processes of one platform send theirs; the later one arrives first."""
    whom = listed(two[0])
    tree = MemoryTree(entries(9))
    assert (await ask(witnesses, whom, tree, 9))[0].signatures
    assert (await ask(witnesses, whom, tree, 5))[0].trouble is Trouble.OVERTAKEN


async def test_a_witness_without_an_address_is_not_asked(witnesses: Witnesses) -> None:
    assert await ask(witnesses, (PolicyWitness("li", W1),), MemoryTree(entries(2))) == ()


Answer = tuple[int, str, bytes]


class _Liar(ThreadingHTTPServer):
    """Answers what a test says; counts what it was asked."""

    post: Callable[[bytes], Answer]
    get: Answer
    asked: int = 0
    daemon_threads = True

    @property
    def witness(self) -> PolicyWitness:
        return PolicyWitness("li", W1, f"http://127.0.0.1:{self.server_address[1]}/")


class _Handler(BaseHTTPRequestHandler):
    server: _Liar

    def do_POST(self) -> None:
        self.server.asked += 1
        assert self.path == "/add-checkpoint"
        self._answer(self.server.post(self.rfile.read(int(self.headers["content-length"]))))

    def do_GET(self) -> None:
        assert self.path == f"/{sha256(ORIGIN.encode()).hexdigest()}/checkpoint"
        self._answer(self.server.get)

    def _answer(self, answer: Answer) -> None:
        status, media, body = answer
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@pytest.fixture
def liar() -> Iterator[_Liar]:
    with _Liar(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        server.post, server.get = lambda _: (422, "text/plain", b""), (404, "text/plain", b"")
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(
    "shown",
    [(404, b""), (200, b"nothing"), (200, MemoryTree(entries(3)).checkpoint()), (200, b"x" * 200_000)],
)
async def test_a_witness_that_only_says_no_proves_nothing(
    witnesses: Witnesses, liar: _Liar, shown: tuple[int, bytes]
) -> None:
    """It shows nothing, something else, too much, or a checkpoint that ours continues."""
    liar.get = (shown[0], "text/plain", shown[1])
    (word,) = await ask(witnesses, (liar.witness,), MemoryTree(entries(5)))
    assert (word.trouble, word.alarm) == (Trouble.REFUSED, None)


async def test_a_witness_that_tells_one_size_after_another_is_left(witnesses: Witnesses, liar: _Liar) -> None:
    liar.post = lambda body: (409, "text/x.tlog.size", b"1\n" if body.startswith(b"old 2\n") else b"2\n")
    (word,) = await ask(witnesses, (liar.witness,), MemoryTree(entries(5)))
    assert word.trouble is Trouble.OVERTAKEN
    assert liar.asked == 3


async def test_a_size_beyond_ours_alone_is_no_alarm(witnesses: Witnesses, liar: _Liar) -> None:
    liar.post = lambda _: (409, "text/x.tlog.size", b"99\n")
    (word,) = await ask(witnesses, (liar.witness,), MemoryTree(entries(5)))
    assert (word.trouble, word.alarm) == (Trouble.OVERTAKEN, None)


async def test_a_witness_does_not_lead_elsewhere(witnesses: Witnesses, liar: _Liar) -> None:
    liar.post = lambda _: (307, "text/plain", b"")
    (word,) = await ask(witnesses, (liar.witness,), MemoryTree(entries(5)))
    assert word.trouble is Trouble.UNREADABLE


async def test_the_cosignature_of_a_foreign_program_counts(witnesses: Witnesses, liar: _Liar) -> None:
    def sign(body: bytes) -> Answer:
        note = decode_note(body.partition(b"\n\n")[2])
        line = signature_line(cosign(note, "w1.example", WITNESS_KEYS["w1.example"], AT))
        return 200, "text/plain", line.encode()

    liar.post = sign
    (word,) = await ask(witnesses, (liar.witness,), MemoryTree(entries(5)))
    assert len(word.signatures) == 1


async def test_a_slow_witness_is_not_waited_for(liar: _Liar) -> None:
    free = threading.Event()

    def dawdle(_: bytes) -> Answer:
        free.wait(20)
        return 422, "text/plain", b""

    liar.post = dawdle
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(5):
        (word,) = await ask(Witnesses(client, call_seconds=0.2), (liar.witness,), MemoryTree(entries(5)))
    free.set()
    assert word.trouble is Trouble.AWAY
