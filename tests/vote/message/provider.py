"""A stand-in for Alibaba Cloud's message service: checks signatures from the bytes on the wire, and plays its moods."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

KEY_ID = "LTAI5tExampleKeyId"
SECRET = "ExampleSecretOfTheAccessKey000"
UNRESERVED = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~"

ODD: dict[str, tuple[int, bytes] | tuple[int, bytes, str]] = {
    "down": (503, b'{"Code":"ServiceUnavailable"}'),
    "proxy": (502, b"<html>13800136721</html>"),
    "flood": (200, b"{" + b" " * 600_000 + b'"Code":"OK"}'),
    "list": (200, b"[]"),
    "strange": (200, b'{"Code":"13800136721 012345"}'),
    "elsewhere": (302, b'{"Code":"OK"}', "location: http://127.0.0.1:1/\r\n"),
}


def escape(text: str) -> str:
    return "".join(chr(byte) if byte in UNRESERVED else f"%{byte:02X}" for byte in text.encode())


def unescape(text: str) -> str:
    raw, position = bytearray(), 0
    while position < len(text):
        if text[position] == "%":
            raw.append(int(text[position + 1 : position + 3], 16))
            position += 3
        else:
            raw.append(ord(text[position]))
            position += 1
    return raw.decode()


@dataclass
class Provider:
    """What the service knows."""

    moods: list[str] = field(default_factory=list)
    """How the next requests are answered; after them, as they should be."""
    port: int = 0
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    records: dict[tuple[str, str], list[dict[str, object]]] = field(default_factory=dict)
    nonces: set[str] = field(default_factory=set)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def sent(self) -> list[dict[str, str]]:
        return [parameters for action, parameters in self.asked if action == "SendSms"]

    def fault(self, method: str, target: str, headers: dict[str, str], body: bytes) -> str | None:
        """Return the word with which the real service refuses, from what arrived and nothing else."""
        head, _, signature = headers["authorization"].rpartition(",Signature=")
        scheme, _, rest = head.partition(" Credential=")
        key_id, _, names = rest.partition(",SignedHeaders=")
        if scheme != "ACS3-HMAC-SHA256" or key_id != KEY_ID:
            return "InvalidAccessKeyId.NotFound"
        needed = {"host", *(name for name in headers if name.startswith("x-acs-") or name == "content-type")}
        if set(names.split(";")) != needed or names.split(";") != sorted(needed):
            return "IncompleteSignature"
        digest = hashlib.sha256(body).hexdigest()
        if headers["x-acs-content-sha256"] != digest or headers["host"] != f"127.0.0.1:{self.port}":
            return "SignatureDoesNotMatch"
        if self.signature(method, target, headers, names) != signature:
            return "SignatureDoesNotMatch"
        return self.staleness(headers)

    def signature(self, method: str, target: str, headers: dict[str, str], names: str) -> str:
        path, _, query = target.partition("?")
        pairs = sorted(tuple(unescape(side) for side in pair.split("=")) for pair in query.split("&"))
        written = "&".join(f"{escape(name)}={escape(value)}" for name, value in pairs)
        canonical = f"{method}\n{path}\n{written}\n"
        for name in names.split(";"):
            canonical += f"{name}:{headers[name].strip()}\n"
        canonical += f"\n{names}\n{headers['x-acs-content-sha256']}"
        text = "ACS3-HMAC-SHA256\n" + hashlib.sha256(canonical.encode()).hexdigest()
        return hmac.digest(SECRET.encode(), text.encode(), "sha256").hex()

    def staleness(self, headers: dict[str, str]) -> str | None:
        date = datetime.strptime(headers["x-acs-date"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if abs(self.now - date) > timedelta(minutes=15):
            return "InvalidTimeStamp.Expired"
        if headers["x-acs-signature-nonce"] in self.nonces:
            return "SignatureNonceUsed"
        self.nonces.add(headers["x-acs-signature-nonce"])
        return None

    def answer(self, action: str, parameters: dict[str, str], mood: str) -> dict[str, object]:
        if mood.startswith("is"):
            return {"Code": mood, "Message": "触发分钟级流控 13800136721 012345", "RequestId": "R"}
        if action == "QuerySendDetails":
            found = self.records.get((parameters["PhoneNumber"], parameters["SendDate"]), [])
            found = {"SmsSendDetailDTO": found} if mood != "blank" else []
            return {"Code": "OK", "Message": "OK", "TotalCount": "1", "SmsSendDetailDTOs": found}
        day = (self.now + timedelta(hours=8)).strftime("%Y%m%d")
        record = {"OutId": parameters["OutId"], "SendStatus": 2 if mood == "fails" else 1, "Content": "012345"}
        if mood != "lost":
            self.records.setdefault((parameters["PhoneNumbers"], day), []).append(record)
        return {"Code": "OK", "Message": "OK", "BizId": "9006195^0", "RequestId": "R"}

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.rstrip().split("\r\n")
            method, target, _ = first.split(" ")
            headers = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            mood = self.moods.pop(0) if self.moods else "good"
            word = self.fault(method, target, headers, body)
            if word or headers["x-acs-version"] != "2017-05-25":
                await reply(writer, 400, json.dumps({"Code": word, "Message": "13800136721"}).encode())
                return
            action = headers["x-acs-action"]
            pairs = [pair.partition("=") for pair in target.partition("?")[2].split("&")]
            parameters = {unescape(name): unescape(value) for name, _, value in pairs}
            self.asked.append((action, parameters))
            await self.play(mood, self.answer(action, parameters, mood), writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def play(self, mood: str, answer: dict[str, object], writer: asyncio.StreamWriter) -> None:
        if mood in ("silent", "lost"):
            await asyncio.sleep(30)
        elif mood == "drip":
            writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: 100000\r\n\r\n")
            while True:
                writer.write(b" ")
                await writer.drain()
                await asyncio.sleep(0.02)
        elif mood in ODD:
            await reply(writer, *ODD[mood])
        elif mood != "hangs-up":
            await reply(writer, 200, json.dumps(answer, ensure_ascii=False).encode())


async def reply(writer: asyncio.StreamWriter, status: int, body: bytes, more: str = "") -> None:
    head = f"HTTP/1.1 {status} X\r\ncontent-length: {len(body)}\r\n{more}connection: close\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()


@asynccontextmanager
async def serve(provider: Provider) -> AsyncIterator[str]:
    """Serve on this machine, and give the address."""
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        tasks.add(task)
        try:
            await provider.handle(reader, writer)
        finally:
            tasks.discard(task)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    provider.port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{provider.port}"
    finally:
        server.close()
        waiting = list(tasks)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
