"""A stand-in for Tencent Cloud's message service: checks signatures from the bytes on the wire, and plays its moods."""

import asyncio
import hashlib
import hmac
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

KEY_ID = "AKIDExampleKeyId"
SECRET = "ExampleSecretOfTheKey000"

ODD = {
    "proxy": (502, b"<html>+8613800136721</html>"),
    "down": (503, b'{"Response":{"RequestId":"R"}}'),
    "flood": (200, b"{" + b" " * 600_000 + b'"Response":{}}'),
    "list": (200, b"[]"),
    "empty": (200, b'{"Response":{"SendStatusSet":[],"PullSmsSendStatusSet":{}}}'),
    "strange": (200, '{"Response":{"Error":{"Code":"号码+8613800136721"}}}'.encode()),
    "limit": (200, b'{"Response":{"Error":{"Code":"LimitExceeded.DeliveryFrequencyLimit","Message":"012345"}}}'),
}


@dataclass
class Service:
    """What the service knows."""

    moods: list[str] = field(default_factory=list)
    """How the next requests are answered; after them, as they should be."""
    port: int = 0
    asked: list[tuple[str, dict[str, object]]] = field(default_factory=list)
    records: list[dict[str, object]] = field(default_factory=list)
    now: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def sent(self) -> list[dict[str, object]]:
        return [parameters for action, parameters in self.asked if action == "SendSms"]

    def signature(self, headers: dict[str, str], body: bytes) -> str:
        moment = int(headers["x-tc-timestamp"])
        day = datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%d")
        canonical = (
            f"POST\n/\n\ncontent-type:{headers['content-type']}\nhost:127.0.0.1:{self.port}\n\ncontent-type;host\n"
            + hashlib.sha256(body).hexdigest()
        )
        text = f"TC3-HMAC-SHA256\n{moment}\n{day}/sms/tc3_request\n{hashlib.sha256(canonical.encode()).hexdigest()}"
        derived = hmac.digest(b"TC3" + SECRET.encode(), day.encode(), "sha256")
        derived = hmac.digest(hmac.digest(derived, b"sms", "sha256"), b"tc3_request", "sha256")
        return (
            f"TC3-HMAC-SHA256 Credential={KEY_ID}/{day}/sms/tc3_request, SignedHeaders=content-type;host, "
            f"Signature={hmac.digest(derived, text.encode(), 'sha256').hex()}"
        )

    def fault(self, headers: dict[str, str], body: bytes) -> str | None:
        if headers["authorization"] != self.signature(headers, body):
            return "AuthFailure.SignatureFailure"
        if abs(int(headers["x-tc-timestamp"]) - self.now.timestamp()) > 300:
            return "AuthFailure.SignatureExpire"
        if headers["x-tc-version"] != "2021-01-11" or headers["x-tc-region"] != "ap-guangzhou":
            return "InvalidParameter"
        return None

    def answer(self, action: str, parameters: dict[str, object], mood: str) -> dict[str, object]:
        if action == "PullSmsSendStatusByPhoneNumber":
            assert parameters["EndTime"] - parameters["BeginTime"] == 86400
            return {"PullSmsSendStatusSet": self.records, "RequestId": "R"}
        word = mood if "." in mood else "Ok"
        if word == "Ok":
            report = "FAIL" if mood == "fails" else "SUCCESS"
            self.records.append({"SessionContext": parameters["SessionContext"], "ReportStatus": report})
        status = {
            "SerialNo": "5000:1",
            "PhoneNumber": parameters["PhoneNumberSet"][0],
            "Code": word,
            "Message": "012345",
        }
        return {"SendStatusSet": [status], "RequestId": "R"}

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.rstrip().split("\r\n")
            assert first == "POST / HTTP/1.1"
            headers = {line.partition(":")[0].lower(): line.partition(":")[2].strip() for line in lines}
            body = await reader.readexactly(int(headers["content-length"]))
            mood = self.moods.pop(0) if self.moods else "good"
            word = self.fault(headers, body)
            if word:
                await self.reply(writer, 200, json.dumps({"Response": {"Error": {"Code": word}}}).encode())
                return
            action, parameters = headers["x-tc-action"], json.loads(body)
            self.asked.append((action, parameters))
            answer = json.dumps({"Response": self.answer(action, parameters, mood)}).encode()
            if mood in ("lost", "silent"):
                await asyncio.sleep(30)
            elif mood != "hangs-up":
                await self.reply(writer, *ODD.get(mood, (200, answer)))
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def reply(self, writer: asyncio.StreamWriter, status: int, body: bytes) -> None:
        writer.write(f"HTTP/1.1 {status} X\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n".encode() + body)
        await writer.drain()


@asynccontextmanager
async def serve(service: Service) -> AsyncIterator[str]:
    """Serve on this machine, and give the address."""
    tasks: set[asyncio.Task[None]] = set()

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        tasks.add(task := asyncio.current_task())
        try:
            await service.handle(reader, writer)
        finally:
            tasks.discard(task)

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    service.port = server.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{service.port}"
    finally:
        server.close()
        waiting = list(tasks)
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
