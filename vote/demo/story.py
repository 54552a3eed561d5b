"""One whole election of made-up owners, from a messy spreadsheet to a verified result.

Every role is a process of its own: server and worker, registrar, each trustee, the owners, the verifier. They exchange
files or HTTP only.
"""

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import httpx

from crypto.ballot import decode_ballot, seal_ballot, verify_ballot
from crypto.credential import derive_secret, generate_credential
from crypto.election import decode_election, encode_election
from crypto.group import BASE
from vote.clock import CHINA
from vote.demo.clerk import Clerk, Prepared
from vote.demo.committee import Committee
from vote.demo.count import Count
from vote.demo.course import Course
from vote.demo.foreign import find_belenios_tool, verify_with_belenios
from vote.demo.household import free_port, running, tool, wait_until_up
from vote.demo.plan import demo_questions
from vote.election.rules import Secrecy
from vote.offline import create_secret

SETUP_BALLOTS = 900
"""Preparing takes about as long as this many ballots."""
KEY_SECONDS = 0.04
"""About what code, second part and agreement of an owner take."""
QUIET_SECONDS = 4
"""So long nothing was added to the log when everything is in it."""
VOTERS = 5
"""Owners who raise disputes and objections later in the story."""
CAUTION = 2.0
"""The time planned for voting, as a multiple of what it should take."""


@dataclass(frozen=True, slots=True)
class Options:
    """What whoever starts the demonstration chose."""

    roll: Path
    out: Path
    secrecy: str
    turnout: int
    seed: int
    database: str | None
    tell: Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Stage:
    """The running server of a demonstration."""

    url: str
    clerk: Clerk
    work: Path
    environment: Mapping[str, str]


class Cast(NamedTuple):
    """How many ballots were accepted, in how many seconds, and some of those who cast them."""

    ballots: int
    seconds: float
    voters: tuple[int, ...]
    impersonated: int | None
    """In whose name somebody else cast a ballot."""


class Opened(NamedTuple):
    """An election whose polls are open, and the letters that went out."""

    prepared: Prepared
    letters: Path
    closes_at: datetime


@contextmanager
def stage(options: Options) -> Iterator[Stage]:
    """Keep a server and a worker running on a new database inside the block."""
    work = options.out / "work"
    work.mkdir(parents=True)
    port = free_port()
    # By its name: browsers take passkeys for names only, never for an address.
    url = f"http://localhost:{port}"
    token = secrets.token_hex(32)
    create_secret(work / "staff.token", token.encode())
    environment = {
        "VOTE_DB": options.database or f"sqlite://{work / 'vote.db'}",
        "VOTE_DATA_KEY_FILE": str(work / "data.key"),
        "VOTE_SIGNING_KEY_FILE": str(work / "signing.key"),
        "VOTE_LOG_KEY_FILE": str(work / "log.key"),
        "VOTE_STAFF_TOKEN_FILE": str(work / "staff.token"),
        "VOTE_HOST": "127.0.0.1",
        "VOTE_PORT": str(port),
        "VOTE_PUBLIC_URL": url,
        "VOTE_DEMO": "true",
        "VOTE_MESSAGES": f"file:{messages_of(work)}",
    }
    tool("db", "upgrade", environment=environment)
    server_output = work / "server.txt"
    with (
        running(["serve"], environment, server_output) as server,
        running(["worker"], environment, work / "worker.txt"),
        # A proxy of the environment knows nothing of this machine's loopback.
        httpx.Client(base_url=url, headers={"Authorization": f"Bearer {token}"}, timeout=600, trust_env=False) as http,
    ):
        wait_until_up(url, server, server_output)
        yield Stage(url, Clerk(http, work), work, environment)


def play(options: Options, scene: Stage) -> str:
    """Run the election on a stage, leave the bundle in `options.out`, verify it; return the election's uuid.

    Raises:
        RuntimeError: something failed, or a verifier refused.
    """
    clerk, tell = scene.clerk, options.tell
    opened = until_open(options, scene)
    prepared, closes_at = opened.prepared, opened.closes_at
    course = Course(clerk, tell)
    case = course.begin(prepared.uuid)
    tell(f"开始投票，到 {closes_at.astimezone(CHINA):%H:%M:%S} 结束")
    cast = vote(options, scene, opened)
    committee = Committee(clerk, tell)
    committee.live_a_year(options.seed)
    tell(f"等到 {closes_at.astimezone(CHINA):%H:%M:%S}，由数据库的时钟结束投票")
    wait_for(clerk, prepared, "closed", closes_at)
    count = Count(clerk, prepared, options.out, tell)
    count.settle(cast.voters, cast.impersonated)
    wait_for(clerk, prepared, "tallied", closes_at)
    archive = count.open_totals(scene.work)
    if options.secrecy == Secrecy.NAMED:
        count.open_one(archive, scene.work, cast.voters[0])
    count.answer_objections(cast.voters)
    count.certify(archive, scene.work)
    course.finish(case)
    count.destroy_keys(archive, scene.work)
    card = committee.make_card()
    petition = _owners(scene, "vote.demo.petition", opened.letters, "--election", prepared.uuid)
    committee.serve_petition(petition, card)
    answered, *_ = _owners(scene, "vote.demo.asking", opened.letters).split()
    committee.answer(answered)
    tell("业主询问：两条，业委会答复了一条，另一条在期限内")
    _let_time_pass(scene, committee.break_promise())
    tell("应公开的事：有一件过了期还没有公开记录，所有人都看得到（提醒业委会的日期是为演示编的）")
    _export_log(options, scene)
    _verify(options)
    tell(tool("verify", f"{scene.url}/estates/{clerk.place.estate}").strip().splitlines()[-1])
    return prepared.uuid


def until_open(options: Options, scene: Stage, lasts: timedelta | None = None) -> Opened:
    """Do everything that comes before the first ballot; polls stay open as long as it takes, or as long as `lasts`."""
    clerk, tell = scene.clerk, options.tell
    roll, report = clerk.import_roll(options.roll)
    tell(
        f"清册：{report['units']} 套房屋，{report['entitlements']} 份计票权，退回 {report['rejected_rows']} 行，"
        f"不计票 {report['excluded_rows']} 行"
    )
    opens_at, closes_at = hours(report["entitlements"], options.turnout)
    if lasts is not None:
        closes_at = opens_at + lasts
    prepared = clerk.prepare(roll, opens_at.isoformat(), closes_at.isoformat(), options.secrecy)
    clerk.make_office_keys(prepared)
    tell("三方：筹备组、社区、街道各自做好签证明的钥匙，用的是演示证书")
    clerk.make_key(prepared)
    tell("开箱人：三人各自离线做好钥匙，任意两人可以开箱")
    letters = clerk.issue_credentials(prepared)
    tell(f"制信人：{report['entitlements']} 封信，投票码由两人共同封存；另一半由平台保管，凭手机验证码才给")
    clerk.seal(prepared)
    wait_for(clerk, prepared, "open", opens_at)
    return Opened(prepared, letters, closes_at)


def vote(options: Options, scene: Stage, opened: Opened) -> Cast:
    """Let the owners seal and cast their ballots in a process of their own."""
    command = [
        sys.executable, "-m", "vote.demo.crowd", "--url", scene.url, "--election", opened.prepared.uuid,
        "--letters", str(opened.letters), "--votes", str(options.out / "votes.jsonl"),
        "--receipts", str(options.out / "receipts"), "--messages", str(messages_of(scene.work)), "--turnout", str(options.turnout), "--seed", str(options.seed),
        "--first-phone", str(scene.clerk.place.first_phone),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise RuntimeError(f"the owners could not vote: {done.stderr.strip().splitlines()[-1:]}")
    cast = json.loads(done.stdout)
    options.tell(f"投票：{cast['ballots']} 张选票已计入，用时 {cast['seconds']:.0f} 秒")
    if cast["late"]:
        options.tell(f"{cast['late']} 张选票来晚了，没有计入：这台机器比预计的慢")
    if len(cast["voters"]) < VOTERS:
        raise RuntimeError("too few ballots came in time: this machine is slower than expected, or busy; try again")
    if cast["impersonated"] is not None:
        options.tell("有人冒用了一位没投票业主的信和手机；业主收到短信，会来现场说")
    return Cast(cast["ballots"], cast["seconds"], tuple(cast["voters"]), cast["impersonated"])


def messages_of(work: Path) -> Path:
    """Return the file that stands for everybody's phones."""
    return work / "messages.jsonl"


def _owners(scene: Stage, program: str, letters: Path, *more: str) -> str:
    """Let owners do something in a process of their own, and return what it printed."""
    place = scene.clerk.place
    command = [
        sys.executable, "-m", program, "--url", scene.url, "--estate", place.estate, "--letters", str(letters),
        "--messages", str(messages_of(scene.work)), "--first-phone", str(place.first_phone), *more,
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise RuntimeError(f"{program}: {done.stderr.strip().splitlines()[-1:]}")
    return done.stdout.strip()


def _let_time_pass(scene: Stage, duty: str) -> None:
    """Write down that the committee was told of a duty eight days ago: nobody waits so long for a demonstration."""
    command = [sys.executable, "-m", "vote.operation.demo_past", scene.clerk.place.estate, duty]
    env = {**os.environ, **scene.environment}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    if done.returncode:
        raise RuntimeError(f"nobody could be told of what is overdue: {done.stderr.strip().splitlines()[-1:]}")


def _export_log(options: Options, scene: Stage) -> None:
    """Copy the estate's public log beside the archive, when it has everything."""
    path, seen, since = f"/log/{scene.clerk.place.estate}/checkpoint", b"", time.monotonic()
    while time.monotonic() - since < QUIET_SECONDS:
        checkpoint = scene.clerk.http.get(path).raise_for_status().content
        if checkpoint != seen:
            seen, since = checkpoint, time.monotonic()
        time.sleep(0.2)
    tool("log", "export", options.out, environment=scene.environment)
    options.tell(f"公开记录：{seen.splitlines()[1].decode()} 条，已复制到 {options.out / 'log'}")


def _verify(options: Options) -> None:
    options.tell(tool("verify", options.out).strip().splitlines()[-1])
    program = find_belenios_tool()
    if program is None:
        options.tell("没有找到 belenios-tool，未做第三方核验；见 README")
        return
    options.tell(f"belenios-tool：{verify_with_belenios(program, options.out)}")


def hours(entitlements: int, turnout: int) -> tuple[datetime, datetime]:
    """Return when voting opens and closes, planned by how fast this machine seals and checks a ballot."""
    ballots = entitlements * turnout // 100
    seconds = _seconds_per_ballot()
    opens_at = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=1)
    setup = 10 + SETUP_BALLOTS * seconds + entitlements * seconds / 5
    voting = 5 + ballots * (seconds + KEY_SECONDS) * CAUTION / min(os.cpu_count() or 1, 2)
    return opens_at, opens_at + timedelta(seconds=int(setup + voting))


def _seconds_per_ballot() -> float:
    asks = demo_questions()
    uuid = "11111111111111"
    election = decode_election(encode_election(uuid, "DEMO", "", BASE, [ask.question() for ask in asks]))
    secret = derive_secret(uuid, generate_credential(secrets.token_bytes))
    started = time.perf_counter()
    choices = [[0] * (len(ask.choices) - ask.minimum) + [1] * ask.minimum for ask in asks]
    for _ in range(3):
        verify_ballot(election, decode_ballot(seal_ballot(election, secret, choices, secrets.token_bytes), election))
    return (time.perf_counter() - started) / 3 + 0.004


def wait_for(clerk: Clerk, prepared: Prepared, state: str, moment: datetime) -> None:
    """Return when the election is in `state`, which should be soon after `moment`.

    Raises:
        RuntimeError: it is not.
    """
    deadline = max(moment, datetime.now(UTC)) + timedelta(seconds=180)
    while datetime.now(UTC) < deadline:
        if clerk.state_of(prepared.uuid) == state:
            return
        time.sleep(0.2)
    raise RuntimeError(f"the election did not become {state}; see the worker's output")
