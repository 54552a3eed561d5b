"""A real OpenID Connect provider on loopback, small and strict: authorization code with PKCE, keys, one person.

It checks what a provider has to check, and can be told to answer wrongly. Runs in a thread of its own with its own server.
"""

import base64
import hashlib
import json
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT, SECRET = "shanzhi", "secret-of-a-test"


@dataclass
class Provider:
    """Who signs in there, and how it misbehaves."""

    issuer: str
    subject: str = "person-1"
    now: int = 0
    """What it takes for the time."""
    claims: dict[str, Any] = field(default_factory=dict)
    """What it says instead of the truth."""
    stranger: bool = False
    """Whether it signs with a key that it does not publish."""
    algorithm: str = "ES256"
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "1"}))
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    redeemed: list[str] = field(default_factory=list)

    async def discovery(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
            }
        )

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        if asked.get("client_id") != CLIENT or asked.get("code_challenge_method") != "S256" or "nonce" not in asked:
            return Response(status_code=400)
        code = secrets.token_hex(8)
        self.codes[code] = asked
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}", 303)

    async def token(self, request: Request) -> Response:
        form = await request.form()
        kept = self.codes.pop(str(form.get("code")), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        verifier = hashlib.sha256(str(form.get("code_verifier")).encode()).digest()
        if (
            kept is None
            or request.headers.get("authorization") != f"Basic {basic}"
            or base64.urlsafe_b64encode(verifier).rstrip(b"=").decode() != kept["code_challenge"]
            or form.get("redirect_uri") != kept["redirect_uri"]
        ):
            return JSONResponse({"error": "invalid_grant"}, 400)
        self.redeemed.append(kept["state"])
        claims = {
            "iss": self.issuer,
            "aud": CLIENT,
            "sub": self.subject,
            "nonce": kept["nonce"],
            "iat": self.now,
            "exp": self.now + 300,
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        key = ECKey.generate_key("P-256", {"kid": "1"}) if self.stranger else self.key
        return JSONResponse({"access_token": "a", "token_type": "Bearer", "id_token": self.sign(claims, key)})

    def sign(self, claims: dict[str, Any], key: ECKey) -> str:
        if self.algorithm == "none":
            parts = (json.dumps({"alg": "none"}), json.dumps(claims))
            return ".".join(base64.urlsafe_b64encode(each.encode()).rstrip(b"=").decode() for each in parts) + "."
        return jwt.encode({"alg": self.algorithm, "kid": "1"}, claims, key)

    async def keys(self, _: Request) -> Response:
        return JSONResponse({"keys": [self.key.as_dict(private=False)]})


@contextmanager
def running_provider() -> Iterator[Provider]:
    """Serve a provider on a free port."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        provider = Provider(f"http://127.0.0.1:{listening.getsockname()[1]}")
        app = Starlette(
            routes=[
                Route("/.well-known/openid-configuration", provider.discovery),
                Route("/authorize", provider.authorize),
                Route("/token", provider.token, methods=["POST"]),
                Route("/keys", provider.keys),
            ]
        )
        server = uvicorn.Server(uvicorn.Config(app, log_config=None, ws="none", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield provider
        finally:
            server.should_exit = True
            thread.join()
