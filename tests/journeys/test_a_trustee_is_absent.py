"""Any two of three trustees open the totals; one alone cannot, and nobody is needed whose key was never made."""

import json

import pytest

from crypto.archive_reader import read_archive
from crypto.audit import audit_archive
from crypto.ceremony import begin
from tests.journeys.published import assert_verified, count, fetch
from tests.vote.assembly import NAMES, Assembly, People
from tests.vote.platform import assert_refused
from vote.election.ask import motion

AREAS = (9000, 12000, 15000, 8000)
ASKS = (motion("4", "是否续聘物业服务人"),)
YES, NO = [[1, 0, 0]], [[0, 1, 0]]
VOTES = {1: YES, 2: YES, 3: NO, 4: YES}


@pytest.fixture
async def assembly(platform):
    people = Assembly(platform, People(AREAS, ASKS))
    await people.import_roll()
    await people.prepare()
    return people


async def vote(assembly):
    await assembly.issue_credentials()
    await assembly.bring_offices()
    await assembly.seal()
    await assembly.open()
    receipts = {}
    for owner, choices in VOTES.items():
        receipts[str(owner)] = (await assembly.send(await assembly.ballot(owner, choices))).content
    await assembly.close()
    await assembly.check()
    await assembly.sum()
    return receipts


@pytest.mark.parametrize("absent", [1, 2, 3])
async def test_two_open_the_totals_without_the_third(assembly, tmp_path, absent):
    await assembly.make_key()
    receipts = await vote(assembly)
    del assembly.people.trustees[absent]
    opened = [await assembly.contribute(trustee) for trustee in sorted(assembly.people.trustees)]
    assert opened == [False, True]
    result = json.loads(await assembly.platform.get(f"{assembly.pages}/result.json", key=None))
    (row,) = [
        [(choice["heads"], choice["area_dm2"]) for choice in question["choices"]] for question in result["questions"]
    ]
    assert [row] == count(AREAS, VOTES)
    assert result["questions"][0]["outcome"] == "ADOPTED"
    assert_verified(await fetch(assembly, tmp_path / "published", receipts))


async def test_one_alone_opens_nothing(assembly):
    await assembly.make_key()
    await vote(assembly)
    assert not await assembly.contribute(2)
    assert await assembly.state() == "tallied"
    answer = await assembly.platform.ask("GET", f"{assembly.pages}/result.json", key=None)
    assert_refused(answer, 404, "not-found", "no result yet")
    archive = read_archive(await assembly.archive())
    assert len(archive.shares) == 1
    audit = audit_archive(archive)
    assert (audit.totals, archive.result) == (None, None)


async def test_without_a_trustee_who_never_made_a_key_nothing_is_sealed(assembly):
    for index in (1, 3):
        state, post = begin(assembly.rng(), index=index, size=3, threshold=2, name=NAMES[index - 1],
                            context=assembly.uuid)  # fmt: skip
        await assembly._take(index, state, post)
    await assembly.issue_credentials()
    answer = await assembly.platform.ask("POST", f"{assembly.api}/seal")
    assert_refused(answer, 409, "wrong-state", "trustee 2")


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-CN", "等开箱人开箱：要2位，已来1位"), ("en", "2 key-holders are needed; so far 1 came")],
)
async def test_with_two_keys_lost_nothing_is_opened_and_everybody_sees_why(assembly, language, words):
    """Nobody can open such a vote, ever; what was cast stays published, and the assembly votes anew."""
    await assembly.make_key()
    receipts = await vote(assembly)
    await assembly.contribute(3)
    headers = {"Accept": "text/html", "Accept-Language": language}
    page = await assembly.platform.ask("GET", assembly.pages, key=None, headers=headers)
    assert words in page.text
    # The one who came cannot come for another.
    other = await assembly.bring(1, await assembly.share(3), key=assembly.people.trustee_keys[0])
    assert_refused(other, 409, "conflict", "trustee")
    before = await assembly.archive()
    await assembly.organise("annul", reason="procedure-broken")
    assert await assembly.state() == "annulled"
    assert await assembly.archive() == before
    kept = read_archive(before)
    assert len(kept.ballots) == len(receipts)
    assert audit_archive(kept).totals is None
    refused = await assembly.bring(2, await assembly.share(2))
    assert_refused(refused, 409, "wrong-state", "The election is annulled")
