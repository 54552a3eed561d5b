"""Logs are copied into a bucket, of a real server of that protocol on this machine."""

from collections.abc import Iterator

import boto3
import httpx
import pytest
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer

from crypto.log_policy import decode_log_policy
from crypto.tile import path_of
from crypto.tile_tree import verified_bundles
from tests.vote.log.signed import SignedLog, told
from vote.errors import ContradictionError, Reason, RefusedError, UnavailableError
from vote.log.bucket import BucketAddress, BucketStorage, split_address
from vote.log.export import Exporter
from vote.log.log_store import LogRows
from vote.log.published_store import PublishedStore
from vote.log.reading import LogReader
from vote.log.tree_store import TreeStore
from vote.log.witness_store import WitnessStore

pytestmark = pytest.mark.filterwarnings("ignore:datetime.datetime.utc:DeprecationWarning")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    running = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


def address(server: str, **changes: str) -> BucketAddress:
    values = {"bucket": "estates", "prefix": "public/", "endpoint": server, "region": "cn-east-1"}
    return BucketAddress(**(values | {"key_id": "id", "secret": "secret"} | changes))


@pytest.fixture
def client(server: str) -> object:
    httpx.post(f"{server}/moto-api/reset").raise_for_status()
    made = boto3.client(
        "s3", endpoint_url=server, region_name="cn-east-1", aws_access_key_id="id", aws_secret_access_key="secret"
    )
    made.create_bucket(Bucket="estates", CreateBucketConfiguration={"LocationConstraint": "cn-east-1"})
    return made


def exporter(storage: BucketStorage) -> Exporter:
    return Exporter(LogReader(LogRows(), PublishedStore(), TreeStore(), WitnessStore()), storage)


async def test_a_log_goes_into_the_bucket_and_holds_there(server: str, client: object, database: str) -> None:
    log = await SignedLog().open()
    storage = BucketStorage(address(server))
    for start, end in ((0, 200), (200, 600)):
        await log.grow([told(each) for each in range(start, end)])
        await exporter(storage).export()
    policy = decode_log_policy((storage.get("log/e1/policy") or b"").decode())
    checkpoint = policy.open_checkpoint(storage.get("log/e1/checkpoint") or b"")
    found = verified_bundles(checkpoint.size, checkpoint.root, lambda part: storage.get(f"log/e1/{path_of(part)}"))
    assert [entry for entries in found for entry in entries] == log.leaves
    assert await exporter(storage).export() == 0
    keys = {each["Key"] for each in client.list_objects_v2(Bucket="estates")["Contents"]}
    assert "public/log/e1/tile/0/000" in keys
    assert "public/log/e1/tile/0/000.p/200" not in keys


async def test_whoever_fetches_is_told_what_lasts(server: str, client: object, database: str) -> None:
    log = await (await SignedLog().open()).grow([told(1)])
    await exporter(BucketStorage(address(server))).export(log.estate)
    for name, media, caching in (
        ("checkpoint", "text/plain; charset=utf-8", "no-cache"),
        ("tile/0/000.p/1", "application/octet-stream", "public, max-age=31536000, immutable"),
    ):
        head = client.head_object(Bucket="estates", Key=f"public/log/e1/{name}")
        assert (head["ContentType"], head["CacheControl"]) == (media, caching)


async def test_a_tile_in_the_bucket_is_never_replaced_by_other_bytes(
    server: str, client: object, database: str
) -> None:
    log = await (await SignedLog().open()).grow([told(each) for each in range(300)])
    storage = BucketStorage(address(server))
    await exporter(storage).export(log.estate)
    storage.put("log/e1/tile/0/000", bytes(8192), lasting=True)
    with pytest.raises(ContradictionError, match="tile/0/000"):
        await exporter(storage).export(whole=True)
    assert storage.get("log/e1/tile/0/000") == bytes(8192)


def test_a_bucket_that_cannot_be_used_is_an_outage(server: str, client: object) -> None:
    storage = BucketStorage(address(server, bucket="nobodys"))
    for act in (
        lambda: storage.get("checkpoint"),
        lambda: storage.put("checkpoint", b"", lasting=False),
        lambda: storage.drop("tile/"),
    ):
        with pytest.raises(UnavailableError, match="NoSuchBucket; nothing of the log is lost"):
            act()


def test_a_server_that_is_away_is_an_outage() -> None:
    with pytest.raises(UnavailableError, match="s3://estates/public/: EndpointConnectionError"):
        BucketStorage(address("http://127.0.0.1:9")).get("checkpoint")


def test_a_bucket_that_refuses_to_delete_keeps_what_is_there(
    server: str, client: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = BucketStorage(address(server))
    storage.put("a/b", b"c", lasting=True)
    real = storage._client.delete_object
    error = ClientError({"Error": {"Code": "AccessDenied"}}, "DeleteObject")

    def refuse(**_: str) -> None:
        raise error

    monkeypatch.setattr(storage._client, "delete_object", refuse)
    storage.drop("a/")
    assert storage.get("a/b") == b"c"
    monkeypatch.setattr(storage._client, "delete_object", real)
    storage.drop("a/")
    assert storage.get("a/b") is None


def test_an_address_names_bucket_and_prefix() -> None:
    assert split_address("s3://estates") == ("estates", "")
    assert split_address("s3://estates/") == ("estates", "")
    assert split_address("s3://estates/public/logs/") == ("estates", "public/logs/")
    for wrong in ("s3://", "s3:///x", "http://estates"):
        with pytest.raises(RefusedError):
            split_address(wrong)


def test_an_endpoint_that_is_none_is_refused_and_no_secret_told() -> None:
    with pytest.raises(RefusedError) as caught:
        BucketStorage(address("nonsense", secret="hidden"))
    assert caught.value.reason is Reason.MALFORMED
    assert "hidden" not in repr(address("", secret="hidden"))
