"""The sealing worker as it is built and served, run by Node: what a page would ask it, and what it answers."""

import json
from collections.abc import Sequence
from typing import Any

from crypto.election import Election
from scripts import build_front

BUNDLE = "worker/seal.js"


def ask(*requests: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the answers to requests without what tells of progress, in order."""
    build_front.build()
    file = json.loads((build_front.DIST / "assets.json").read_bytes())[BUNDLE]["file"]
    numbered = [{"id": number, **request} for number, request in enumerate(requests)]
    done = build_front.run_node("test/run-worker.mjs", str(build_front.DIST / file), text=json.dumps(numbered))
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = [each for each in json.loads(done.stdout) if each["kind"] != "progress"]
    assert [answer["id"] for answer in answers] == list(range(len(requests)))
    return answers


def seal(election: Election, key: dict[str, Any], choices: Sequence[Sequence[int]]) -> dict[str, Any]:
    """Return the request for a ballot."""
    shown = [{"text": question.text, "answers": question.answers} for question in election.questions]
    return {"kind": "seal", "election": text_of(election), "key": key, "choices": choices, "shown": shown}


def text_of(election: Election) -> dict[str, str]:
    """Return an election as a page hands it over."""
    return {"json": election.data.decode(), "fingerprint": election.fingerprint}
