"""Checks the settings before an installation starts, and says in one sentence each what is wrong.

* A value that cannot be used stops the start; what is only unwise, or a name that nobody reads, is told and goes on.
* No sentence holds a secret: of a database's address only its form is spoken of, of a key file only its name.
"""

import difflib
import ipaddress
import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import typer
from pydantic import ValidationError

from vote.config import Settings
from vote.db import find_file
from vote.errors import RefusedError
from vote.message.choice import is_rehearsal, open_carrier
from vote.operation.log_places import BUCKET, open_exporter, read_stamp_roots

PREFIX = "VOTE_"
OF_COMMANDS = frozenset(
    {
        "VOTE_DEMO_DB", "VOTE_BELENIOS_TOOL", "VOTE_DB_PASSWORD", "VOTE_TEST_WITHOUT", "VOTE_TEST_DB",
        "VOTE_TEST_POSTGRESQL", "VOTE_DRILL_TIMES", "VOTE_DRILL_KILLS", "VOTE_DRILL_SEED",
    }
)  # fmt: skip
"""Variables that are no settings: one command or script reads each."""
FORMS = {
    "VOTE_PORT": ("要是整数", "must be a whole number, as 8000"),
    "VOTE_CHECKERS": ("要是整数", "must be a whole number, as 2"),
    "VOTE_DEMO": ("只能是 true 或 false", "must be true or false"),
    "VOTE_METRICS": ("只能是 true 或 false", "must be true or false"),
    "VOTE_LOG_ML_DSA": ("只能是 true 或 false", "must be true or false"),
}
MAX_PORT = 65535
MAX_CHECKERS = 256
_OTHERS_MAY = stat.S_IRWXG | stat.S_IRWXO


class Finding(NamedTuple):
    """What is wrong with a setting."""

    variable: str
    fatal: bool
    zh: str
    """What it must be, in Chinese, behind the variable's name."""
    en: str
    """The same in English."""

    @property
    def lines(self) -> str:
        """The finding as the operator reads it."""
        return f"{self.variable} {self.zh}。\n{self.variable} {self.en}."


def read_settings(
    environment: Mapping[str, str], *, keys: bool = True, database: bool = True
) -> tuple[Settings | None, list[Finding]]:
    """Return the settings, none if some cannot be read, and everything that is wrong with them.

    Args:
        environment: as the process has it.
        keys: whether the key files must be there already.
        database: whether the database must be.
    """
    found = list(_unknown(environment))
    try:
        settings = Settings()
    except ValidationError as error:
        for each in error.errors(include_input=False, include_url=False, include_context=False):
            variable = PREFIX + str(each["loc"][0]).upper()
            found.append(_wrong(variable, *FORMS.get(variable, ("的值不能用", "has a value that does not fit"))))
        return None, found
    found += [*_database(settings, there=database), *_numbers(settings), *_address(settings)]
    if keys:
        found += [*_keys(settings), *_messages(settings), *_logs(settings)]
    return settings, found


def require_settings(*, keys: bool = True, database: bool = True) -> Settings:
    """Return the settings of this process, or end it with exit code 2 and a sentence for each that cannot be used.

    Args:
        keys: whether the key files must be there already.
        database: whether the database must be.
    """
    settings, found = read_settings(os.environ, keys=keys, database=database)
    for each in found:
        typer.echo(each.lines, err=True)
    if settings is None or any(each.fatal for each in found):
        raise typer.Exit(2)
    return settings


def describe(settings: Settings) -> dict[str, object]:
    """Return what the journal says of the settings at the start; nothing that opens anything."""
    return {
        "engine": "sqlite" if find_file(settings.db) else "postgresql",
        "host": settings.host,
        "port": settings.port,
        "public_url": settings.public_url,
        "checkers": settings.checkers,
        "demo": settings.demo,
        "metrics": settings.metrics,
    }


def _unknown(environment: Mapping[str, str]) -> Iterator[Finding]:
    known = {PREFIX + name.upper() for name in Settings.model_fields} | OF_COMMANDS
    for name in sorted(environment):
        if name.startswith(PREFIX) and name not in known:
            near = difflib.get_close_matches(name, sorted(known), 1)
            zh, en = (f"，您是不是要写 {near[0]}", f"; did you mean {near[0]}") if near else ("", "")
            yield _unwise(name, f"没有这个设置{zh}", f"is no setting{en}")


def _database(settings: Settings, *, there: bool) -> Iterator[Finding]:
    url, variable = settings.db, "VOTE_DB"
    file = find_file(url)
    if file is not None and str(file) != ".":
        if not file.exists() and not there:
            return
        if not file.exists():
            yield _wrong(
                variable,
                "所指的数据库还没有：先运行 vote db upgrade",
                "names a database that is not there: run `vote db upgrade` first",
            )
        elif not (os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)):
            yield _wrong(
                variable, "所指的文件和它的文件夹要能写", "names a file that must be writable, and its folder too"
            )
    elif not (url.startswith("asyncpg://") and urlsplit(url).path.strip("/")):
        yield _wrong(
            variable,
            "要写成 sqlite://路径 或 asyncpg://用户:密码@主机:端口/库名",
            "must be sqlite://PATH or asyncpg://USER:PASSWORD@HOST:PORT/NAME",
        )


def _numbers(settings: Settings) -> Iterator[Finding]:
    if not 1 <= settings.port <= MAX_PORT:
        yield _wrong("VOTE_PORT", f"要在 1 到 {MAX_PORT} 之间", f"must be from 1 to {MAX_PORT}")
    if not 1 <= settings.checkers <= MAX_CHECKERS:
        yield _wrong("VOTE_CHECKERS", f"要在 1 到 {MAX_CHECKERS} 之间", f"must be from 1 to {MAX_CHECKERS}")


def _address(settings: Settings) -> Iterator[Finding]:
    if not settings.host.strip():
        yield _wrong("VOTE_HOST", "不能是空的", "must not be empty, as 127.0.0.1")
    url, variable = settings.public_url, "VOTE_PUBLIC_URL"
    parts = urlsplit(url)
    if (
        parts.scheme not in {"http", "https"}
        or not parts.hostname
        or parts.query
        or parts.fragment
        or url.endswith("/")
    ):
        yield _wrong(
            variable,
            "要写成 https://主机名，末尾不加斜线",
            "must be as https://vote.example.org, without a slash at its end",
        )
    elif parts.scheme == "http" and not _is_loopback(parts.hostname):
        yield _unwise(
            variable,
            "不是 https：业主的浏览器连到的是谁，没有办法确认",
            "is not https: owners' browsers cannot tell who answers them",
        )


def _keys(settings: Settings) -> Iterator[Finding]:
    readers = {
        "data_key_file": settings.data_key,
        "signing_key_file": settings.signing_key,
        "log_key_file": settings.log_key,
        "staff_token_file": settings.staff_token,
        **({"metrics_token_file": settings.metrics_token} if settings.metrics else {}),
    }
    for name, read in readers.items():
        variable, path = PREFIX + name.upper(), Path(getattr(settings, name))
        try:
            read()
        except RefusedError as error:
            yield _wrong(
                variable,
                f"所指的 {path.name} 读不出钥匙：先运行 vote db upgrade，或放回备份的文件",
                f"names no key: {error.detail.removesuffix('.')}",
            )
            continue
        yield from _readable(variable, path)


def _messages(settings: Settings) -> Iterator[Finding]:
    try:
        open_carrier(
            settings.messages,
            rehearsal=is_rehearsal(settings.public_url, demo=settings.demo),
            key_file=settings.messages_key_file,
            approved_file=settings.messages_approved_file,
        )
    except RefusedError as error:
        yield _wrong(
            "VOTE_MESSAGES", "这样写不能发消息，原因见下一行", f"cannot be used: {error.detail.removesuffix('.')}"
        )
    if settings.messages == "aliyun":
        yield from _readable("VOTE_MESSAGES_KEY_FILE", settings.messages_key_file)


def _logs(settings: Settings) -> Iterator[Finding]:
    try:
        open_exporter(settings)
    except RefusedError as error:
        yield _wrong(
            "VOTE_LOG_EXPORT",
            "这样写不能复制公开记录，原因见下一行",
            f"cannot be used: {error.detail.removesuffix('.')}",
        )
    if settings.log_export.startswith(BUCKET):
        yield from _readable("VOTE_LOG_S3_KEY_FILE", settings.log_s3_key_file)
    try:
        if settings.log_stamps:
            read_stamp_roots(settings)
    except RefusedError as error:
        yield _wrong(
            "VOTE_LOG_STAMPS", "这样写不能盖时间戳，原因见下一行", f"cannot be used: {error.detail.removesuffix('.')}"
        )


def _readable(variable: str, path: Path) -> Iterator[Finding]:
    """Yield a finding if others than the owner may read a key."""
    if path.exists() and path.stat().st_mode & _OTHERS_MAY:
        yield _unwise(
            variable,
            f"所指的 {path.name} 别的用户也能读：运行 chmod 600",
            f"names {path.name}, which other users may read: type chmod 600",
        )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _wrong(variable: str, zh: str, en: str) -> Finding:
    return Finding(variable, fatal=True, zh=zh, en=en)


def _unwise(variable: str, zh: str, en: str) -> Finding:
    return Finding(variable, fatal=False, zh=zh, en=en)
