"""The page of files: what is listed is there, to the byte; what is not there yet says when it comes."""

from hashlib import sha256

import pytest

from tests.vote.assembly import Assembly
from tests.vote.web.markup import Page
from tests.vote.web.test_pages import look
from vote.verifier.bundle import PARTS

SEALED = ["manifest.json", "roll-public.json", "parts.json", "changes.json", "disputes.json"]
CLOSED = [*SEALED[:4], "participation.json", "box.json", "disputes.json"]
CHECKED = [*CLOSED, "set-aside.json", "check.json"]
COUNTED = [*CHECKED, "share-proofs.json", "result.json", "objections.json"]
CERTIFIED = [*COUNTED, "certificate.json", "certificate.pdf", "retention.json"]


async def _archive(assembly: Assembly, language: str = "zh-CN") -> Page:
    return await look(assembly.platform, f"{assembly.pages}/archive", language)


def _offered(page: Page) -> list[str]:
    return [link["href"] for link in page.attributes("a") if "download" in link]


async def _check(assembly: Assembly, names: list[str]) -> Page:
    """Check that just these files are offered beside the archive, each with the digest and size of what is downloaded."""
    page = await _archive(assembly)
    paths = [f"{assembly.pages}/{name}" for name in (f"{assembly.uuid}.bel", *names)]
    assert _offered(page) == paths
    for path in paths:
        data = await assembly.platform.get(path, key=None)
        assert f"{len(data):,}字节 {sha256(data).hexdigest()}" in page.text.replace("字节", "字节 ")
    assert _offered(await _archive(assembly, "en")) == paths
    return page


@pytest.mark.parametrize(
    ("staged", "names"),
    [("sealed", SEALED), ("opened", SEALED), ("closed", CLOSED), ("checked", CHECKED), ("tallied", CHECKED)],
    indirect=["staged"],
)
async def test_what_is_there_at_a_stage_is_listed_with_its_digest(staged: Assembly, names: list[str]) -> None:
    page = await _check(staged, names)
    assert "certificate.pdf 三方签字后可下载" in page.text
    assert "result.json 开箱后可下载" in page.text


async def test_all_that_a_verifier_reads_is_listed_in_the_end(certified: Assembly) -> None:
    assert set(PARTS) - {"papers.json"} <= set(CERTIFIED), "there is nothing to read in this election"
    page = await _check(certified, CERTIFIED)
    assert "后可下载" not in page.text


async def test_a_digest_is_that_of_the_stage(tallied: Assembly) -> None:
    """The archive grows with every share, and with the result."""
    digests = set()
    for trustee in (3, 1):
        await _check(tallied, CHECKED)
        digests.add(sha256(await tallied.archive()).hexdigest())
        await tallied.contribute(trustee)
    await _check(tallied, COUNTED)
    assert sha256(await tallied.archive()).hexdigest() not in digests


async def test_what_was_published_stays_when_an_election_is_annulled(preliminary: Assembly) -> None:
    await preliminary.organise("annul", reason="procedure-broken")
    page = await _check(preliminary, [*COUNTED, "retention.json"])
    assert "后可下载" not in page.text


async def test_nothing_more_comes_of_an_election_that_was_annulled_early(opened: Assembly) -> None:
    await opened.organise("annul", reason="procedure-broken")
    page = await _check(opened, [*SEALED, "retention.json"])
    assert "后可下载" not in page.text


async def test_keys_of_one_part_have_no_file_of_parts(simple: Assembly) -> None:
    await _check(simple, [name for name in SEALED if name != "parts.json"])


async def test_how_much_the_totals_give_away_is_said_in_words(checked: Assembly) -> None:
    page = await _archive(checked)
    assert "总数会不会泄露谁怎么投" in page.text
    assert "按参加者的面积试算了200次，其中100.00%推得出某一户怎么投。" in page.text
    assert "组织者事先知道这一点，同意公布。" in page.text
    assert "in 100.00% of them somebody’s choice can be worked out" in (await _archive(checked, "en")).text
