"""An owner asks to see the own named ballot: two trustees' lists, one request, one ballot, each tool a process."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from crypto.ballot import tracker
from tests.foreign import belenios_verify
from tests.journeys.published import assert_verified, fetch
from tests.journeys.servers import serving
from tests.vote.assembly import ESTATE, Assembly, People, phone_of
from tests.vote.platform import CHECKS, CLOSES, OPENS, open_platform
from vote.demo.household import tool
from vote.election.ask import election, motion
from vote.election.terms import CERTIFYING
from vote.log.store import LogStore
from vote.trustee.memory import Memory, encode_memory

AREAS = (9000, 12000, 15000, 8000)
ASKS = (
    motion("4", "是否续聘物业服务人"),
    election("3", "选举业主委员会委员", tuple("甲乙丙丁戊己庚辛壬癸"), 5, 1, (0,)),
)
"""14 choices, so two chunks a ballot."""
YES, NO = [1, 0, 0], [0, 1, 0]
FIRST, LAST = [1, 1, 1, 1, 1, *[0] * 6], [*[0] * 9, 1, 0]
VOTES = ((1, [NO, LAST]), (2, [YES, FIRST]), (3, [NO, LAST]), (1, [YES, FIRST]), (4, [YES, LAST]))
YEARS = timedelta(days=730)
CAME = (1, 3)
"""Trustees who come; the second one's key is lost."""


class Papers:
    """The folders of office and trustees; none of them is the server's."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def at(self, name: str) -> Path:
        return self.folder / name

    def refused(self, *arguments: object) -> str:
        """Run a tool that must refuse; return what it says."""
        command = [sys.executable, "-m", "vote", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
        assert (done.returncode, done.stdout) == (1, "")
        return done.stderr

    def trustee(self, command: str, trustee: int, **files: Path) -> list[object]:
        options = [word for name, file in files.items() for word in (f"--{name}", file)]
        return ["trustee", command, "--state", self.at(f"{trustee}.key"), "--archive", self.at("e.bel"),
                "--manifest", self.at("manifest.json"), *options]  # fmt: skip

    def office(self, request: Path) -> list[object]:
        lists = [word for trustee in CAME for word in ("--list", self.at(f"{trustee}.list"))]
        return ["office", "open", "--key", self.at("community.key"), "--archive", self.at("e.bel"),
                "--manifest", self.at("manifest.json"), *lists, "--request", request]  # fmt: skip


@pytest.fixture
def empty(_migrated: str) -> str:
    return _migrated


@pytest.fixture
def clock(clock, monkeypatch):
    """Two years earlier than elsewhere, since trustees' tools ask the real clock whether voting is over."""
    for name, moment in (("OPENS", OPENS), ("CLOSES", CLOSES), ("CHECKS", CHECKS)):
        monkeypatch.setattr(f"tests.vote.assembly.{name}", moment - YEARS)
    clock.now -= YEARS
    return clock


@pytest.fixture
def papers(tmp_path: Path) -> Papers:
    (tmp_path / "papers").mkdir()
    return Papers(tmp_path / "papers")


async def seal(assembly: Assembly, papers: Papers, secrecy: str) -> None:
    await assembly.import_roll()
    await assembly.prepare(secrecy=secrecy)
    await assembly.make_key()
    await assembly.issue_credentials()
    await assembly.bring_offices()
    tool("office", "keygen", "--office", CERTIFYING, "--name", "桥东社区居民委员会", "--out", papers.at("community.key"),
         "--public", papers.at("community.json"))  # fmt: skip
    await assembly.platform.post(f"{assembly.api}/offices", content=papers.at("community.json").read_bytes())
    await assembly.seal()


async def count(assembly: Assembly, papers: Papers) -> None:
    """Close, check, and let those trustees who come open the total."""
    await assembly.close()
    await assembly.check()
    await assembly.sum()
    papers.at("manifest.json").write_bytes(await assembly.platform.get(f"{assembly.pages}/manifest.json", key=None))
    papers.at("e.bel").write_bytes(await assembly.archive())
    for trustee in CAME:
        papers.at(f"{trustee}.key").write_bytes(encode_memory(Memory(assembly.people.trustees[trustee])))
        share = papers.at(f"{trustee}.share")
        tool(*papers.trustee("decrypt", trustee, share=share))
        assert (await assembly.bring(trustee, share.read_bytes())).status_code == 201
    papers.at("e.bel").write_bytes(await assembly.archive())


@pytest.mark.belenios
async def test_a_named_ballot_is_opened(empty, tmp_path, clock, papers):
    async with open_platform(empty, tmp_path, clock, keep=True) as platform:
        assembly = Assembly(platform, People(AREAS, ASKS))
        await seal(assembly, papers, "named")
        await assembly.open()
        receipts, ballots = {}, []
        for number, (owner, choices) in enumerate(VOTES):
            ballots.append(await assembly.ballot(owner, choices))
            receipts[str(number)] = (await assembly.send(ballots[-1])).content
        await count(assembly, papers)
        assert await assembly.state() == "preliminary"

        # The archive of a named election is verified like any other, by us and by others.
        published = await fetch(assembly, tmp_path / "published", receipts)
        assert_verified(published)
        alone = tmp_path / "alone"
        alone.mkdir()
        (alone / f"{assembly.uuid}.bel").write_bytes(papers.at("e.bel").read_bytes())
        assert belenios_verify(alone).returncode == 0
        for trustee in CAME:
            tool(*papers.trustee("open-lists", trustee, out=papers.at(f"{trustee}.list")))
        assert not [name for name in published.rglob("*") if "list" in name.name]

    desk = {"Authorization": f"Bearer {assembly.people.keys['desk'][0]}"}
    with serving(platform.settings.db, tmp_path) as server:
        async with httpx.AsyncClient(base_url=server.url, headers=desk, timeout=60, trust_env=False) as http:
            asked = {"tracker": tracker(ballots[3]), "reason": "owner-request"}
            answer = await http.post(f"{assembly.api}/openings", json=asked)
            assert answer.status_code == 201, answer.text
            replaced = {**asked, "tracker": tracker(ballots[0])}
            assert (await http.post(f"{assembly.api}/openings", json=replaced)).status_code == 404
            openings = (await http.get(f"{assembly.pages}/openings.json")).json()["openings"]
        assert [(each["number"], each["reason"]) for each in openings] == [(1, "owner-request")]
    papers.at("request.json").write_bytes(answer.content)

    opened = json.loads(tool(*papers.office(papers.at("request.json")), "--json"))
    assert (opened["tracker"], opened["told"]) == (tracker(ballots[3]), True)
    assert [question["marked"] for question in opened["questions"]] == [["同意"], list("甲乙丙丁戊")]
    other = json.loads(answer.content)
    other["signature"] = json.loads(receipts["0"])["signature"]
    papers.at("forged.json").write_text(json.dumps(other))
    assert "not by this key" in papers.refused(*papers.office(papers.at("forged.json")))

    after = tmp_path / "after"
    after.mkdir()
    async with open_platform(platform.settings.db, after, clock) as later:
        kinds = [json.loads(body)["kind"] for body in await LogStore().bodies(ESTATE)]
        assert kinds.count("opening:requested") == 1
        # What the server had not handed over stands in the outbox, or was sent; one message, to owner 1.
        [message] = [row for row in later.contents()["message"] if "opening-requested" in row]
        assert phone_of(1).encode() not in b"".join(each for each in message if isinstance(each, bytes))


async def test_of_a_secret_election_no_tool_opens_a_ballot(platform, papers):
    assembly = Assembly(platform, People(AREAS[:3], ASKS))
    await seal(assembly, papers, "secret")
    await assembly.open()
    ballots = [await assembly.cast(owner, choices) for owner, choices in VOTES[:3]]
    await count(assembly, papers)
    for trustee in CAME:
        said = papers.refused(*papers.trustee("open-lists", trustee, out=papers.at(f"{trustee}.list")))
        assert "This election is secret: its ballots are opened to nobody, and no list is made." in said
        assert not papers.at(f"{trustee}.list").exists()
        # Whatever else the office has been given, it has no list.
        papers.at(f"{trustee}.list").write_bytes(b"{}")
    key = assembly.people.keys["desk"][0]
    asked = {"tracker": tracker(ballots[0]), "reason": "lawful-demand"}
    answer = await platform.ask("POST", f"{assembly.api}/openings", key=key, json=asked)
    assert (answer.status_code, answer.json()["reason"]) == (403, "not-allowed")
    papers.at("request.json").write_bytes(b"{}")
    assert "This election is secret: nobody can open" in papers.refused(*papers.office(papers.at("request.json")))
