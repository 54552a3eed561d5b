"""A public log over HTTP: tlog-tiles as any client reads them."""

from datetime import timedelta

import pytest

from crypto.encoding import hex_digest
from crypto.log_policy import LogPolicy, PolicyLog, decode_log_policy
from crypto.merkle import root
from crypto.note import encode_verifier_key
from crypto.tile import bundles_of, decode_bundle, path_of, tiles_of
from crypto.tile_tree import verified_bundles
from tests.crypto.logs import W1, W2
from tests.vote.log.signed import NOON, SignedLog, told
from tests.vote.log.test_policy import FIRST, SECOND, text
from tests.vote.platform import Platform
from vote.log.policy import published_policy, read_policy
from vote.log.rules import Kind, encode_entry
from vote.log.witness_store import WitnessStore

BASE = "/log/e1"


@pytest.fixture
async def log(platform: Platform) -> SignedLog:
    made = await SignedLog().open()
    await made.grow([told(each) for each in range(300)])
    return await made.grow([told(each) for each in range(300, 600)], published=False)


async def test_nothing_is_there_before_it_is_published(platform: Platform) -> None:
    for path in ("checkpoint", "tile/0/000.p/1", "policy", "key", "2/checkpoint"):
        answer = await platform.http.get(f"/log/none/{path}")
        assert (answer.status_code, answer.json()["reason"]) == (404, "not-found")
        assert "nothing of it is published yet" in answer.json()["detail"]
        assert answer.headers["access-control-allow-origin"] == "*"


async def test_the_checkpoint_is_the_newest_published_one_with_its_witnesses(
    platform: Platform, log: SignedLog
) -> None:
    before = await platform.http.get(f"{BASE}/checkpoint")
    assert before.content == log.note(300, root(log.leaves[:300]))
    assert before.headers["content-type"] == "text/plain; charset=utf-8"
    assert before.headers["cache-control"] == "no-cache"
    assert before.headers["access-control-allow-origin"] == "*"
    await log.publish()
    lines = [await log.cosign("w2.example"), await log.cosign("w1.example")]
    after = await platform.http.get(f"{BASE}/checkpoint")
    assert after.content == log.note(600, log.edge.root()) + b"".join(lines)


async def test_whoever_has_it_gets_it_once(platform: Platform, log: SignedLog) -> None:
    for path in ("checkpoint", "tile/0/000", "tile/entries/000"):
        first = await platform.http.get(f"{BASE}/{path}")
        for known in (first.headers["etag"], f'W/{first.headers["etag"]}, "x"', "*"):
            again = await platform.http.get(f"{BASE}/{path}", headers={"If-None-Match": known})
            assert (again.status_code, again.content) == (304, b"")
            assert again.headers["etag"] == first.headers["etag"]
        other = await platform.http.get(f"{BASE}/{path}", headers={"If-None-Match": '"x"'})
        assert other.content == first.content


async def test_heads_are_answered(platform: Platform, log: SignedLog) -> None:
    for path in ("checkpoint", "tile/0/000", "policy", "key"):
        assert (await platform.http.head(f"{BASE}/{path}")).status_code == 200


async def test_everything_under_the_checkpoint_is_there_and_nothing_else(platform: Platform, log: SignedLog) -> None:
    for size in (1, 299, 300):
        for tile in tiles_of(size):
            answer = await platform.http.get(f"{BASE}/{path_of(tile)}")
            assert answer.status_code == 200, tile
            assert len(answer.content) == tile.width * 32
            assert answer.headers["content-type"] == "application/octet-stream"
            assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
            assert answer.headers["access-control-allow-origin"] == "*"
    bundle = await platform.http.get(f"{BASE}/tile/entries/001.p/44")
    assert decode_bundle(bundle.content, 44) == tuple(log.leaves[256:300])
    for path in ("tile/0/001", "tile/0/001.p/45", "tile/entries/001.p/45", "tile/1/000.p/2", "tile/2/000.p/1"):
        answer = await platform.http.get(f"{BASE}/{path}")
        assert answer.status_code == 404, path
        assert "The log has 300 entries so far" in answer.json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        *("tile/0/1", "tile/0/0000", "tile/00/000", "tile/64/000", "tile/0/x000/000", "tile/0/000.p/0"),
        *("tile/0/000.p/256", "tile/0/000.p/01", "tile/entries/", "tile/", "tile/0/000/", "tile/data/000"),
        *("tile/0/000.p/%EF%BC%91", "tile/0/-01", "tile/0/x0000/000"),
    ],
)
async def test_a_path_has_one_spelling(platform: Platform, log: SignedLog, path: str) -> None:
    assert (await platform.http.get(f"{BASE}/{path}")).status_code == 404


async def test_a_stranger_verifies_the_whole_log_from_its_files(platform: Platform, log: SignedLog) -> None:
    await log.publish()
    policy = decode_log_policy((await platform.http.get(f"{BASE}/policy")).text)
    checkpoint = policy.open_checkpoint((await platform.http.get(f"{BASE}/checkpoint")).content)
    paths = [path_of(part) for part in (*tiles_of(600), *bundles_of(600))]
    files = {path: (await platform.http.get(f"{BASE}/{path}")).content for path in paths}
    found = verified_bundles(checkpoint.size, checkpoint.root, lambda each: files.get(path_of(each)))
    assert [entry for entries in found for entry in entries] == log.leaves


async def test_key_and_policy_are_the_logs(platform: Platform, log: SignedLog) -> None:
    key = await platform.http.get(f"{BASE}/key")
    assert key.text == f"{encode_verifier_key(log.verifier_key)}\n"
    assert key.headers["content-type"] == "text/plain; charset=utf-8"
    alone = await platform.http.get(f"{BASE}/policy")
    assert alone.text == f"log {encode_verifier_key(log.verifier_key)}\nquorum none\n"


async def test_the_policy_is_the_one_that_the_published_log_announced_last(platform: Platform, log: SignedLog) -> None:
    def announced(policy: LogPolicy) -> bytes:
        digest = hex_digest(published_policy(log.verifier_key, policy))
        return encode_entry(Kind.POLICY_ANNOUNCED, {"policy": digest})

    store, key = WitnessStore(), log.verifier_key
    first = read_policy(text(FIRST, "quorum li"))
    second = read_policy(text(FIRST, SECOND, "group two all li wang", "quorum two"))
    await store.put_policy("e1", first, NOON)
    in_force = await platform.http.get(f"{BASE}/policy")
    assert in_force.content == published_policy(key, first)
    assert decode_log_policy(in_force.text).witnesses[0].key == W1
    await log.grow([announced(first)])
    await store.put_policy("e1", second, NOON + timedelta(hours=1))
    await log.grow([announced(second)], published=False)
    assert (await platform.http.get(f"{BASE}/policy")).content == published_policy(key, first)
    await log.publish()
    now = decode_log_policy((await platform.http.get(f"{BASE}/policy")).text)
    assert [each.key for each in now.witnesses] == [W1, W2]
    assert now.logs == (PolicyLog(key),)


async def test_a_further_log_has_a_number(platform: Platform, log: SignedLog) -> None:
    further = await (await SignedLog(number=2).open()).grow([told(1), told(2)])
    answer = await platform.http.get(f"{BASE}/2/checkpoint")
    assert answer.content == further.note(2, further.edge.root())
    assert (await platform.http.get(f"{BASE}/2/key")).text == f"{encode_verifier_key(further.verifier_key)}\n"
    assert len((await platform.http.get(f"{BASE}/2/tile/0/000.p/2")).content) == 64
    assert (await platform.http.get(f"{BASE}/checkpoint")).content == log.note(300, root(log.leaves[:300]))
    for number in ("0", "1", "3"):
        assert (await platform.http.get(f"{BASE}/{number}/checkpoint")).status_code == 404


async def test_the_checking_page_knows_whether_there_is_a_log(platform: Platform) -> None:
    is_published = platform.services["log_is_published"]
    assert not await is_published("e1")
    log = await (await SignedLog().open()).grow([told(1)], published=False)
    assert not await is_published("e1")
    await log.publish()
    assert await is_published("e1")
