"""What browsers are told."""

import pytest

from tests.vote.platform import Platform
from vote.web.headers import STRICT, StrictHeaders


@pytest.mark.parametrize("path", ["/", "/health", "/nothing", "/openapi.json", "/estates/none"])
async def test_every_answer_has_the_headers(platform: Platform, path: str) -> None:
    answer = await platform.ask("GET", path, key=None)
    assert {name: answer.headers[name] for name in STRICT} == STRICT


def test_the_policy_allows_no_script_and_no_other_host() -> None:
    policy = STRICT["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "http" not in policy


async def test_a_view_keeps_a_header_of_its_own() -> None:
    sent = []

    async def app(_: object, __: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"referrer-policy", b"origin")]})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b""})  # type: ignore[operator]

    async def receive() -> dict[str, object]:
        return {"type": "http.request"}

    async def send(message: object) -> None:
        sent.append(message)

    await StrictHeaders(app)({"type": "http"}, receive, send)  # type: ignore[arg-type]
    assert [value for name, value in sent[0]["headers"] if name == b"referrer-policy"] == [b"origin"]  # type: ignore[index]


async def test_what_is_not_http_passes_through() -> None:
    seen = []

    async def app(scope: object, _: object, __: object) -> None:
        seen.append(scope)

    await StrictHeaders(app)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert seen == [{"type": "lifespan"}]
