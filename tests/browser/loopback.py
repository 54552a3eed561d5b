"""The application of a test on a real port of this machine, in the test's own loop, so that its clock can be moved."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn

from tests.browser.tls import Certificate
from tests.vote.platform import Platform


@asynccontextmanager
async def on_loopback(platform: Platform, tls: Certificate | None = None) -> AsyncIterator[str]:
    """Serve the application over HTTP, or under TLS with a certificate; its address, by a name that passkeys work with."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port = listening.getsockname()[1]
        settings = uvicorn.Config(
            platform.app,
            lifespan="off",
            log_config=None,
            ws="none",
            ssl_certfile=tls.certificate if tls else None,
            ssl_keyfile=tls.key if tls else None,
        )
        server = uvicorn.Server(settings)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        try:
            while not server.started:
                await asyncio.sleep(0.01)
                assert not serving.done(), serving
            yield f"{'https' if tls else 'http'}://localhost:{port}"
        finally:
            server.should_exit = True
            await serving
