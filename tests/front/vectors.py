"""What the Python code makes, for the tests of the scripts: `python -m tests.front.vectors` writes it anew.

All randomness is seeded, and the scripts draw in the same order, so they must make the very same bytes.
"""

import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from crypto.agreement import Agreement, encode_agreement, encode_signed_agreement, sign_agreement
from crypto.ballot import seal_ballot, tracker
from crypto.credential import derive_secret, generate_credential, public_credential
from crypto.credential_part import Side, combine_public, combine_secret, prove_part
from crypto.election import Election
from crypto.encoding import compact_json, hex_digest
from crypto.errors import CryptoError
from crypto.group import BASE, FIELD, IDENTITY, ORDER, add, encode_point, hash_to_scalar, multiply_base, read_point
from crypto.proof import encode_proof
from crypto.question import Question
from tests.crypto.archives import BY_TOOL, load, read_archive
from tests.crypto.elections import SMALL, UUID, VOTER, accept, changed, election_of, signed_again
from tests.strategies import SMALL_ORDER, seeded

FOLDER = Path(__file__).parents[2] / "static" / "test" / "vectors"
THREE = election_of(
    Question("选举业主委员会委员（最多选5人）", ("甲", "乙", "丙", "丁", "戊", "己", "庚"), 0, 5, blank=False),
    Question("是否通过《管理规约》？", ("同意", "反对", "弃权"), 1, 1, blank=False),
    Question("是否通过《业主大会议事规则》？", ("同意", "反对", "弃权"), 1, 1, blank=False),
    name="善治小区2026年业主大会",
)
"""As large as what owners are asked as a rule."""
SHAPES = election_of(
    Question("one of one", ("only",), 0, 1, blank=False),
    Question('"quoted" \\ </script> \u2028 𠮷', ("a", "b", "c"), 2, 3, blank=True),
    Question("", ("x", "y"), 0, 2, blank=True),
)
CREDENTIAL = "guyDu-tFHGuC-TAL8y-VqJfpp"
SEALED: tuple[tuple[Election, int, list[list[int]]], ...] = (
    (SMALL, VOTER, [[1, 0], [0, 0, 1]]),
    (SMALL, 1, [[0, 0], [1, 0, 0]]),
    (THREE, derive_secret(UUID, CREDENTIAL), [[1, 0, 1, 0, 1, 1, 1], [0, 1, 0], [0, 0, 1]]),
    (THREE, ORDER - 1, [[0] * 7, [1, 0, 0], [1, 0, 0]]),
    (SHAPES, 2**200, [[1], [0, 1, 0, 1], [0, 0, 0]]),
    (SHAPES, 99, [[0], [1, 0, 0, 0], [1, 0, 0]]),
)


def make() -> dict[str, Any]:
    """Return the content of each file by its name."""
    return {
        "group": _group(),
        "ballots": _ballots(),
        "refused": _refused(),
        "credentials": _credentials(),
        "json": _json(),
    }


def write() -> None:
    """Write every file."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, content in make().items():
        (FOLDER / f"{name}.json").write_text(spell(content))


def spell(content: object) -> str:
    """Write a file's content."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _group() -> dict[str, Any]:
    numbers = [0, 1, 2, 8, ORDER - 1, 2**252, int.from_bytes(seeded(7)(31), "little")]
    outside = [*SMALL_ORDER, *(add(multiply_base(5), point) for point in SMALL_ORDER[:4])]
    not_on_curve = next(
        text
        for text in (f"{number:064x}" for number in range(2, 99))
        if not _is_good(lambda text=text: add(read_point(text), BASE))
    )
    malformed = [
        f"{FIELD:064x}", f"{FIELD + 1:064x}", f"{2**255 - 1:064x}", f"{FIELD + 2**255:064x}",
        encode_point(BASE).upper().replace("6", "A"), encode_point(BASE)[1:], encode_point(BASE) + "0",
        f" {encode_point(BASE)[1:]}", "",
    ]  # fmt: skip
    return {
        "powers": [{"number": str(number), "point": encode_point(multiply_base(number))} for number in numbers],
        "outside": [encode_point(point) for point in outside] + [not_on_curve, f"{1 + 2**255:064x}"],
        "malformed": malformed,
        "numbers_malformed": ["", "-1", "+1", "01", "1.0", "1e3", " 1", "1 ", str(ORDER), "9" * 77, "１"],
        "challenge": {
            "prefix": "示例|",
            "points": [encode_point(point) for point in (BASE, IDENTITY, multiply_base(5))],
            "number": str(hash_to_scalar("示例|", [BASE, IDENTITY, multiply_base(5)])),
        },
    }


def _ballots() -> list[dict[str, Any]]:
    made = []
    for seed, (election, secret, choices) in enumerate(SEALED):
        data = seal_ballot(election, secret, choices, seeded(seed))
        made.append(
            {
                "election": election.data.decode(),
                "fingerprint": election.fingerprint,
                "secret": str(secret),
                "choices": choices,
                "seed": seed,
                "ballot": data.decode(),
                "tracker": tracker(data),
            }
        )
    return made


def _refused() -> list[dict[str, str]]:
    """Return ballots of one election that must be refused, each signed again so that only what was changed is wrong."""
    good = seal_ballot(SMALL, VOTER, [[1, 0], [0, 0, 1]], seeded(1))
    other = election_of(*SMALL.questions, name="Another name")

    def first(change: Callable[[Any], object]) -> bytes:
        return signed_again(changed(good, lambda value: change(value["answers"][0])))

    def moved(text: str) -> str:
        return encode_point(add(read_point(text), SMALL_ORDER[0]))

    def set_to(value: Any, key: Any, content: object) -> None:
        value[key] = content

    cases: Iterable[tuple[str, bytes]] = [
        ("made for another version", seal_ballot(other, VOTER, [[1, 0], [0, 0, 1]], seeded(1))),
        ("changed after signing", changed(good, lambda value: value["answers"].reverse())),
        ("an answer is missing", signed_again(changed(good, lambda value: value["answers"].pop()))),
        ("alpha is the identity", first(lambda one: set_to(one["choices"][0], "alpha", encode_point(IDENTITY)))),
        ("alpha carries torsion", first(lambda one: set_to(one["choices"][0], "alpha", moved(one["choices"][0]["alpha"])))),
        ("beta carries torsion", first(lambda one: set_to(one["choices"][1], "beta", moved(one["choices"][1]["beta"])))),
        ("choices change places", first(lambda one: one["choices"].reverse())),
        ("a proof is of another choice", first(lambda one: one["individual_proofs"].reverse())),
        ("the sum's proof is cut", first(lambda one: one["overall_proof"].pop())),
        ("a challenge plus the order", first(lambda one: _add_order(one["overall_proof"][0]))),
        ("a leading zero", first(lambda one: _lead_zero(one["overall_proof"][0]))),
        ("a field too many", first(lambda one: set_to(one, "blank_proof", one["overall_proof"][:2]))),
        ("signed by somebody else", signed_again(good, VOTER + 1)),
        ("another credential", changed(good, lambda value: set_to(value, "credential", public_credential(VOTER + 1)))),
        ("the identity signs", changed(good, lambda value: set_to(value, "credential", encode_point(IDENTITY)))),
        ("spaces", good.replace(b",", b", ", 1)),
        ("a newline at the end", good + b"\n"),
        ("fields in another order", compact_json(dict(reversed(json.loads(good).items())))),
        ("a key twice", good.replace(b'{"election_uuid"', b'{"election_uuid":"x","election_uuid"', 1)),
    ]  # fmt: skip
    for name, data in cases:
        assert not _is_good(lambda data=data: accept(data)), name
    return [{"name": name, "election": SMALL.data.decode(), "ballot": data.decode()} for name, data in cases]


def _credentials() -> dict[str, Any]:
    letter, platform = derive_secret(UUID, CREDENTIAL), int.from_bytes(seeded(3)(31), "little")
    parts = {
        side: prove_part(UUID, side, secret, seeded(4)) for side, secret in zip(Side, (letter, platform), strict=True)
    }
    secret = combine_secret(letter, platform)
    text = "我同意在这次表决中用电子方式投票。\n"
    agreement = Agreement(UUID, SMALL.fingerprint, public_credential(secret), hex_digest(text.encode()))
    signed = encode_signed_agreement(encode_agreement(agreement), sign_agreement(secret, agreement, seeded(5)))
    tool = read_archive(load(BY_TOOL)).setup.election
    return {
        "generated": {"seed": 6, "credential": generate_credential(seeded(6))},
        "uuid": UUID,
        "credential": CREDENTIAL,
        "letter": {"secret": str(letter), "public": parts[Side.LETTER].public, "seed": 4,
                   "proof": encode_proof(parts[Side.LETTER].proof)},
        "platform": {"secret": str(platform), "public": parts[Side.PLATFORM].public, "seed": 4,
                     "proof": encode_proof(parts[Side.PLATFORM].proof)},
        "public": combine_public(parts[Side.LETTER].public, parts[Side.PLATFORM].public),
        "agreement": {"election": SMALL.data.decode(), "fingerprint": SMALL.fingerprint, "text": text, "seed": 5,
                      "signed": signed.decode()},
        "election_by_tool": tool.decode(),
    }  # fmt: skip


def _json() -> dict[str, Any]:
    deep = 32
    return {
        "read": ['{"a":1,"b":[true,false,null,"x"]}', ' { "a" : -0 } ', '"\\ud83d\\ude00"', "[" * deep + "]" * deep,
                 '{"__proto__":1,"constructor":2}', '"\\u0000\\/\\b"', "9007199254740991"],
        "refused": ['{"a":1,"a":2}', '{"__proto__":1,"__proto__":1}', "1.0", "1.", "1e3", "NaN", "Infinity", "-", "01", "+1",
                    "[1,]", "{,}", '{"a":1,}', "[1 2]", '"\\ud800"', '"\\udc00\\ud800"', '"\\x"', '"a\nb"', "'a'", "", " ",
                    "{}{}", "nul", "\ufeff{}", "[" * (deep + 1) + "]" * (deep + 1), "[" * 999, '"' + "\\" * 999,
                    "9007199254740993"],
    }  # fmt: skip


def _add_order(proof: dict[str, str]) -> None:
    proof["challenge"] = str(int(proof["challenge"]) + ORDER)


def _lead_zero(proof: dict[str, str]) -> None:
    proof["challenge"] = "0" + proof["challenge"]


def _is_good(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except CryptoError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(write())
