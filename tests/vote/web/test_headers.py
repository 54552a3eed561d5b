"""What browsers are told."""

import re
from urllib.parse import urljoin

import pytest
from jinja2 import DictLoader

from tests.vote.account.signing_in import as_duty, signed_in
from tests.vote.platform import Platform
from vote.config import Settings
from vote.web import rendering
from vote.web.headers import STRICT, UNDER_TLS, Nonce, StrictHeaders


@pytest.mark.parametrize("path", ["/", "/health", "/nothing", "/openapi.json", "/estates/none"])
async def test_every_answer_has_the_headers(platform: Platform, path: str) -> None:
    answer = await platform.ask("GET", path, key=None)
    assert {name: answer.headers[name] for name in STRICT} == STRICT


@pytest.mark.parametrize("path", ["/", "/health", "/nothing", "/openapi.json"])
async def test_only_a_site_under_tls_asks_browsers_to_stay_there(platform: Platform, path: str) -> None:
    (name,) = UNDER_TLS
    assert name not in (await platform.ask("GET", path, key=None)).headers
    services = platform.services
    assert isinstance(services, dict)
    services["settings"] = services["settings"].model_copy(update={"public_url": "https://vote.test"})
    assert (await platform.ask("GET", path, key=None)).headers[name] == "max-age=31536000"


def test_the_policy_allows_no_script_and_no_other_host() -> None:
    policy = STRICT["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script" not in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_a_page_without_scripts_gets_no_policy_for_them() -> None:
    assert Nonce().headers == {}


def test_a_page_with_scripts_may_run_those_that_carry_its_nonce() -> None:
    one, other = Nonce(), Nonce()
    written = one.__html__()
    assert (len(written), one.__html__()) == (24, written)
    assert other.__html__() != written
    policy = one.headers["Content-Security-Policy"]
    assert policy.startswith(STRICT["Content-Security-Policy"] + "; ")
    assert f"script-src 'nonce-{written}'; worker-src 'self'; connect-src 'self'" in policy
    assert "unsafe" not in policy


async def test_a_template_that_writes_the_nonce_gets_it_into_its_policy(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    loader = DictLoader({"home.html": '<script nonce="{{ nonce }}"></script><script nonce="{{ nonce }}"></script>'})
    monkeypatch.setattr(rendering._ENVIRONMENT, "loader", loader)
    monkeypatch.setattr(rendering._ENVIRONMENT, "cache", None)
    answers = [await platform.ask("GET", "/", key=None) for _ in range(2)]
    nonces = [re.findall('nonce="([^"]+)"', answer.text) for answer in answers]
    assert nonces[0][0] == nonces[0][1] != nonces[1][0]
    for answer, (nonce, _) in zip(answers, nonces, strict=True):
        assert f"script-src 'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]


async def test_no_browser_keeps_what_somebody_signed_in_was_shown(sealed) -> None:  # type: ignore[no-untyped-def]
    roll, work = f"/rolls/{sealed.people.roll}", f"/work/elections/{sealed.uuid}"
    clerk, editor = await signed_in(sealed.platform), await as_duty(sealed, "phones")
    answers = [
        await clerk.get(path)
        for path in (
            "/account",
            "/staff",
            "/work",
            f"/work{roll}/phones",
            f"{work}/deliveries",
            f"/api{roll}/objections",
        )
    ]
    answers += [await editor.get(path) for path in (f"{work}/phones", f"{sealed.api}/phones/changes", "/staff")]
    answers.append(await sealed.platform.ask("GET", f"/api{roll}/objections"))
    assert [answer.status_code for answer in answers] == [200] * 8 + [403, 200]
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}
    anybody = await sealed.platform.ask("GET", sealed.pages, key=None, headers={"Accept": "text/html"})
    assert anybody.headers["cache-control"] == "no-cache"


async def test_a_view_keeps_a_header_of_its_own() -> None:
    sent = []

    async def app(_: object, __: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"referrer-policy", b"origin")]})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b""})  # type: ignore[operator]

    async def receive() -> dict[str, object]:
        return {"type": "http.request"}

    async def send(message: object) -> None:
        sent.append(message)

    scope = {"type": "http", "state": {"settings": Settings()}}
    await StrictHeaders(app)(scope, receive, send)  # type: ignore[arg-type]
    assert [value for name, value in sent[0]["headers"] if name == b"referrer-policy"] == [b"origin"]  # type: ignore[index]


async def test_what_is_not_http_passes_through() -> None:
    seen = []

    async def app(scope: object, _: object, __: object) -> None:
        seen.append(scope)

    await StrictHeaders(app)({"type": "lifespan"}, None, None)  # type: ignore[arg-type]
    assert seen == [{"type": "lifespan"}]


@pytest.mark.parametrize("path", ["//evil.example/x", "/%5Cevil.example/x", "/%09/evil.example/x", "///evil.example"])
async def test_no_address_makes_a_page_lead_elsewhere(platform: Platform, path: str) -> None:
    answer = await platform.ask("GET", f"http://vote.test{path}", key=None, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    (switch,) = re.findall(r'<a href="([^"]*)" hreflang', answer.text)
    assert urljoin("http://vote.test/", switch).startswith("http://vote.test/")
    assert re.match(r"/[^/\\\t]", switch)
