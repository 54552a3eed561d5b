"""What the Python code makes for key-holders and registrars: `python -m tests.front.holders_vectors` writes it anew."""

import json
import sys
from pathlib import Path
from typing import Any

from crypto.ceremony import assemble_trustees, finish, reveal
from crypto.ceremony_board import Board, encode_board
from crypto.characters import derive_coefficients, derive_state, write_characters
from crypto.group import encode_scalar
from crypto.recovery import begin_with, commit_with, recover
from crypto.trial import make_trial
from tests.strategies import seeded
from vote.credential.letter import Letter, encode_letters
from vote.credential.rules import Request, RequestLine, encode_request
from vote.trustee.destruction import declare_destroyed, encode_destruction

FILE = Path(__file__).parents[2] / "static" / "test" / "holders" / "vectors.json"
UUID = "DQB53CqA1UtMwz"
SEEDS = tuple(bytes([number]) * 16 for number in (1, 2, 3))
NAMES = ("业主甲", "社区乙", "街道丙")


def make() -> dict[str, Any]:
    """Return everything."""
    boards, states = [Board(UUID, 3, 2)], {}
    for index, (seed, name) in enumerate(zip(SEEDS, NAMES, strict=True), start=1):
        states[index], post = begin_with(seed, seeded(index), index=index, size=3, threshold=2, name=name, context=UUID)
        boards.append(boards[-1].put(post))
    board = boards[-1]
    for step in ("commit", "reveal", "finish"):
        shown = board
        for index, seed in enumerate(SEEDS, start=1):
            rng = seeded(10 * index + len(step))
            if step == "commit":
                states[index], post = commit_with(seed, states[index], shown, rng)
            else:
                states[index], post = {"reveal": reveal, "finish": finish}[step](states[index], shown, rng)
            board = board.put(post)
        boards.append(board)
    trustees = assemble_trustees(board)
    secrets = [recover(seed, board, seeded(1)).decryption_secret or 0 for seed in SEEDS]
    state = derive_state(SEEDS[0], index=1, size=3, threshold=2, name=NAMES[0], context=UUID)
    letters = [
        Letter(UUID, 1, "guyDu-tFHGuC-TAL8y-VqJfpp", ("3幢2单元501室", "车位A-1"), "张*", "04HM-ASW9"),
        Letter(UUID, 2, "guyDu-tFHGuC-TAL8y-VqJfpq", ("3幢2单元502室",), "李*", "04HM-ASWA"),
    ]
    lines = tuple(RequestLine(each.entitlement, 89371, each.places, each.owner) for each in letters)
    return {
        "characters": [{"seed": seed.hex(), "characters": write_characters(seed)} for seed in (*SEEDS, bytes(16))],
        "derived": {
            "signing": encode_scalar(state.signing_secret),
            "encryption": encode_scalar(state.encryption_secret),
            "coefficients": [encode_scalar(each) for each in derive_coefficients(SEEDS[0], state, boards[3])],
        },
        "boards": [encode_board(each).decode() for each in boards],
        "trustees": trustees.decode(),
        "secrets": [encode_scalar(secret) for secret in secrets],
        "trial": make_trial(UUID, trustees, 2, secrets[1], seeded(77)).decode(),
        "destroyed": encode_destruction(declare_destroyed(UUID, "f" * 43, 2, secrets[1], seeded(78))).decode(),
        "request": encode_request(Request(UUID, "2026年业主大会", 10, lines, 2)).decode(),
        "letters": encode_letters(letters).decode(),
    }


def spell(made: dict[str, Any]) -> str:
    """Return the file's text."""
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(spell(make()))
    sys.stdout.write(f"{FILE.name}\n")
