"""Measures how long the worker of the voting page takes to seal a ballot in Node, and how large the bundles are.

    .venv/bin/python -m benchmarks.sealing

One ballot of three questions (up to 5 of 7; two of yes, no, abstain), as the built bundle seals it: first in a fresh process,
tables and compiling included, then after `warm`, then again and again.
"""

import json
from statistics import median

from crypto.credential import derive_secret, public_credential
from scripts import build_front
from tests.crypto.elections import UUID
from tests.front.vectors import CREDENTIAL, THREE
from tests.front.worker import ask, seal, text_of

PROCESSES = 5
AGAIN = 10
CHOICES = [[1, 0, 1, 0, 1, 1, 1], [0, 1, 0], [0, 0, 1]]


def main() -> None:
    """Print the figures."""
    key = {"letter": CREDENTIAL, "platform": None, "credential": public_credential(derive_secret(UUID, CREDENTIAL))}
    ballot, warm = seal(THREE, key, CHOICES), {"kind": "warm", "election": text_of(THREE)}
    fresh = [ask(ballot)[0]["milliseconds"] for _ in range(PROCESSES)]
    warmed = [[answer["milliseconds"] for answer in ask(warm, *[ballot] * AGAIN)] for _ in range(PROCESSES)]
    print("Node", build_front.run_node("--version").stdout.strip())
    print(f"ballot in a fresh process: {median(fresh):.0f} ms, at most {max(fresh):.0f} ms")
    print(f"warming: {median(times[0] for times in warmed):.0f} ms")
    print(f"first ballot after it: {median(times[1] for times in warmed):.0f} ms")
    print(f"further ballots: {median(time for times in warmed for time in times[2:]):.0f} ms")
    for name, built in json.loads((build_front.DIST / "assets.json").read_text()).items():
        print(f"{name}: {built['bytes']} bytes, {built['gzip']} with gzip")


if __name__ == "__main__":
    main()
