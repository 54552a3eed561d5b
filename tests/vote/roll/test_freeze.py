"""The frozen roll: what is public, what an owner can prove, what cannot be changed."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from crypto.errors import MalformedError, VerificationError
from crypto.merkle import root
from vote.errors import Reason, RefusedError
from vote.roll.freeze import FrozenRoll, RollLine, freeze, prove, public_roll, verify_proof
from vote.roll.rules import read_roll
from vote.roll.sheet import make_sheet


def counter() -> Callable[[int], bytes]:
    drawn = iter(range(1, 1000))
    return lambda size: next(drawn).to_bytes(size, "big")


@pytest.fixture
def frozen() -> FrozenRoll:
    header: list[object] = ["楼幢", "单元", "室号", "权利人", "证件号码", "登记面积", "状态"]
    rows: list[list[object]] = [header]
    rows += [
        ["3", "2", f"50{n}", name, f"E123456{n}", 89.37, ""]
        for n, name in enumerate(["张三", "李四", "某某商贸有限公司"], 1)
    ]
    rows += [["3", "2", "601", "张三", "E1234561", 10, ""], ["3", "1", "101", "某某置业", "E9", 100.5, "未售"]]
    lines = [
        RollLine(one.number, tuple(str(unit.place) for unit in one.units), one.masked_owner, one.area_dm2)
        for one in read_roll([make_sheet("s", rows)]).entitlements
    ]
    return freeze(lines, counter())


def test_the_public_roll_shows_places_masked_owners_and_heads(frozen: FrozenRoll) -> None:
    public = public_roll(frozen)
    assert [(one["entitlement"], one["places"], one["owner"], one["heads"]) for one in public["entitlements"]] == [
        (1, ["3幢2单元501室", "3幢2单元601室"], "张*", 1),
        (2, ["3幢2单元502室"], "李*", 1),
        (3, ["3幢2单元503室"], "某*（单位）", 1),
        (4, ["3幢1单元101室"], "建设单位", 1),
    ]
    assert (public["version"], public["heads"], public["area_dm2"]) == (1, 4, 8937 * 3 + 1000 + 10050)


def test_the_public_roll_holds_no_area_of_an_owner_no_name_and_no_number(frozen: FrozenRoll) -> None:
    text = json.dumps(public_roll(frozen)["entitlements"], ensure_ascii=False)
    for secret in ("张三", "李四", "E123", "9937", "8937", "89.37", *(salt.hex() for salt in frozen.salts)):
        assert secret not in text


def test_anybody_recomputes_the_root(frozen: FrozenRoll) -> None:
    public = public_roll(frozen)
    assert root([bytes.fromhex(one["leaf"]) for one in public["entitlements"]]).hex() == public["root"]


def test_every_owner_can_prove_the_own_line(frozen: FrozenRoll) -> None:
    roll_root = bytes.fromhex(public_roll(frozen)["root"])
    for number in range(1, 5):
        proof = json.loads(json.dumps(prove(frozen, number)))
        assert proof["area_dm2"] == frozen.lines[number - 1].area_dm2
        verify_proof(proof, roll_root)


CHANGES: list[tuple[str, Any]] = [
    ("entitlement", 1),
    ("entitlement", 9),
    ("places", ["3幢2单元501室"]),
    ("owner", "王*"),
    ("area_dm2", 8938),
    ("salt", "00" * 32),
    ("size", 5),
    ("path", []),
    ("path", ["00" * 32, "00" * 32]),
]


@pytest.mark.parametrize(("field", "value"), CHANGES)
def test_a_changed_proof_is_refused(frozen: FrozenRoll, field: str, value: object) -> None:
    proof = prove(frozen, 2) | {field: value}
    with pytest.raises(VerificationError):
        verify_proof(proof, root(frozen.leaves))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 2),
        ("heads", 2),
        ("entitlement", 0),
        ("area_dm2", "8937"),
        ("places", "3幢"),
        ("places", [3]),
        ("owner", None),
        ("salt", "00"),
        ("salt", "zz" * 32),
        ("salt", "AB" * 32),
        ("path", ["00"]),
        ("root", "00" * 32),
        ("size", 0),
        ("more", 1),
    ],
)
def test_what_is_no_proof_of_this_roll_is_malformed(frozen: FrozenRoll, field: str, value: object) -> None:
    with pytest.raises(MalformedError):
        verify_proof(prove(frozen, 2) | {field: value}, root(frozen.leaves))


def test_the_same_roll_frozen_again_has_another_root(frozen: FrozenRoll) -> None:
    drawn = iter(range(2000, 3000))
    again = freeze(frozen.lines, lambda size: next(drawn).to_bytes(size, "big"))
    assert root(again.leaves) != root(frozen.leaves)


def test_an_empty_roll_is_not_frozen() -> None:
    with pytest.raises(RefusedError) as refusal:
        freeze([], counter())
    assert refusal.value.reason is Reason.WRONG_STATE


def test_numbers_with_a_gap_are_not_frozen() -> None:
    with pytest.raises(RefusedError, match="without a gap"):
        freeze([RollLine(2, ("a",), "张*", 1)], counter())


@pytest.mark.parametrize("number", [0, 5])
def test_there_is_no_proof_for_an_entitlement_that_is_not_there(frozen: FrozenRoll, number: int) -> None:
    with pytest.raises(RefusedError, match=f"no entitlement {number}"):
        prove(frozen, number)
