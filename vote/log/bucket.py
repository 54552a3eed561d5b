"""Keeps published files in storage that speaks Amazon's S3 protocol, whoever runs it.

 * A file is whole or not there: the protocol has no halves. What lasts may be cached for good, the rest not at all.
 * A bucket that refuses to delete keeps what the log outgrew, which harms nobody.
 * Nothing here keeps two processes apart: one worker at a time writes into a bucket.
 * The client is `boto3`, an extra (`pip install 'shanzhi[s3]'`). It sends the checksums that every provider understands.

Follows the S3 protocol of 2006-03-01. Not here: what is written (`export`).
"""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from vote.errors import Reason, RefusedError, UnavailableError

SCHEME = "s3://"
_GONE = {"404", "NoSuchKey"}
_FORBIDDEN = {"403", "AccessDenied"}
_FOR_GOOD, _AGAIN = "public, max-age=31536000, immutable", "no-cache"
_BYTES, _TEXT = "application/octet-stream", "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class BucketAddress:
    """Where a bucket is, and who opens it."""

    bucket: str
    prefix: str
    """Before every name; empty, or ended by a slash."""
    endpoint: str
    """Of the provider; empty for Amazon's own."""
    region: str
    key_id: str
    secret: str

    def __repr__(self) -> str:
        return f"{SCHEME}{self.bucket}/{self.prefix}"


def split_address(address: str) -> tuple[str, str]:
    """Return bucket and prefix of `s3://BUCKET/PREFIX`.

    Raises:
        RefusedError: it is none.
    """
    bucket, _, prefix = address.removeprefix(SCHEME).partition("/")
    if not address.startswith(SCHEME) or not bucket:
        raise RefusedError(
            Reason.MALFORMED, f"{address} is no place for logs: write a folder or {SCHEME}BUCKET/PREFIX."
        )
    return bucket, f"{prefix.strip('/')}/" if prefix.strip("/") else ""


class BucketStorage:
    """A bucket."""

    def __init__(self, address: BucketAddress) -> None:
        """Open it; nothing is asked of the provider yet.

        Raises:
            RefusedError: the address is none.
        """
        self._address = address
        try:
            self._client: Any = boto3.session.Session().client(
                "s3",
                endpoint_url=address.endpoint or None,
                region_name=address.region or None,
                aws_access_key_id=address.key_id,
                aws_secret_access_key=address.secret,
                config=Config(
                    signature_version="s3v4",
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                    connect_timeout=5,
                    read_timeout=30,
                    retries={"mode": "standard", "total_max_attempts": 3},
                ),
            )
        except (BotoCoreError, ValueError):
            raise RefusedError(
                Reason.MALFORMED, f"{address!r} cannot be opened: see VOTE_LOG_S3_ENDPOINT and VOTE_LOG_S3_REGION."
            ) from None

    def get(self, name: str) -> bytes | None:
        """Return a file, or None if it is not there."""
        try:
            answer = self._client.get_object(Bucket=self._address.bucket, Key=self._address.prefix + name)
            data: bytes = answer["Body"].read()
        except (BotoCoreError, ClientError) as error:
            if self._code(error) in _GONE:
                return None
            raise self._unavailable(error) from None
        return data

    def put(self, name: str, data: bytes, *, lasting: bool) -> None:
        """Keep a file in place of what was there."""
        try:
            self._client.put_object(
                Bucket=self._address.bucket,
                Key=self._address.prefix + name,
                Body=data,
                ContentType=_BYTES if lasting else _TEXT,
                CacheControl=_FOR_GOOD if lasting else _AGAIN,
            )
        except (BotoCoreError, ClientError) as error:
            raise self._unavailable(error) from None

    def drop(self, prefix: str) -> None:
        """Let go of the files below a prefix, if the bucket lets us."""
        bucket = self._address.bucket
        try:
            pages = self._client.get_paginator("list_objects_v2")
            for page in pages.paginate(Bucket=bucket, Prefix=self._address.prefix + prefix):
                for each in page.get("Contents", ()):
                    self._client.delete_object(Bucket=bucket, Key=each["Key"])
        except (BotoCoreError, ClientError) as error:
            if self._code(error) not in _FORBIDDEN:
                raise self._unavailable(error) from None

    def alone(self) -> AbstractContextManager[None]:
        """Keep nobody else away."""
        return nullcontext()

    def _code(self, error: Exception) -> str:
        return str(error.response["Error"]["Code"]) if isinstance(error, ClientError) else ""

    def _unavailable(self, error: Exception) -> UnavailableError:
        what = self._code(error) or type(error).__name__
        return UnavailableError(f"{self._address!r}: {what}; nothing of the log is lost")
