"""Waiting for a server: another one that has its port is not taken for it."""

import subprocess
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from vote.demo import household
from vote.demo.household import wait_until_up


class Healthy(BaseHTTPRequestHandler):
    """Answers whatever it is asked."""

    def do_GET(self) -> None:
        """Answer."""
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_stranger_on_the_port_is_not_the_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(household, "START_SECONDS", 1)
    output = tmp_path / "server.txt"
    output.write_bytes(b"")
    stranger = HTTPServer(("127.0.0.1", 0), Healthy)
    Thread(target=stranger.serve_forever, daemon=True).start()
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(30)"]) as ours:
        try:
            with pytest.raises(RuntimeError, match="does not answer"):
                wait_until_up(f"http://127.0.0.1:{stranger.server_port}", ours, output)
            output.write_bytes(b'{"method": "GET", "route": "/health", "status": 200}\n')
            wait_until_up(f"http://127.0.0.1:{stranger.server_port}", ours, output)
        finally:
            ours.kill()
            stranger.shutdown()
            stranger.server_close()
