import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from crypto.archive_reader import read_archive
from crypto.election import decode_election
from crypto.encoding import compact_json
from crypto.errors import CryptoError, MalformedError, VerificationError
from crypto.group import IDENTITY, ORDER, encode_point, multiply, multiply_base
from crypto.pedersen import Pedersen, own_key_from, sign_text, verify_pedersen, write_certificate
from crypto.proof import encode_proof
from crypto.trustee_key import TrusteeKey, make_trustee_key
from crypto.trustees import Trustees, decode_trustees, encode_trustees, keys_of, threshold_of, verify_trustees
from tests.crypto.archives import BY_TOOL, PACKED, VECTORS, load, load_negative
from tests.strategies import seeded

Value = Any


@pytest.mark.parametrize("data", [load(BY_TOOL), load(PACKED), load_negative("GOOD")])
def test_foreign_trustees_hold_and_make_the_key_of_their_election(data: bytes) -> None:
    setup = read_archive(data).setup
    trustees = decode_trustees(setup.trustees)
    verify_trustees(trustees)
    assert encode_trustees(trustees) == setup.trustees
    assert trustees.public_key == decode_election(setup.election).public_key
    assert [(list(owners), threshold_of(group)) for group, owners in trustees.owners()] == [([1], 1), ([2, 3, 4], 2)]


def test_the_mandatory_key_of_the_foreign_tool_is_owner_one() -> None:
    secret = json.loads((VECTORS / "by-tool-ed25519/mandatory_trustee.privkey").read_text())
    trustees = decode_trustees(read_archive(load(BY_TOOL)).setup.trustees)
    assert trustees.verification_key(1) == multiply_base(int(secret))


def _foreign() -> Value:
    return json.loads(read_archive(load(BY_TOOL)).setup.trustees)


def _numbers(value: Value, path: tuple[Value, ...] = ()) -> list[tuple[Value, ...]]:
    if isinstance(value, dict):
        return [leaf for key, each in value.items() for leaf in _numbers(each, (*path, key))]
    if isinstance(value, list):
        return [leaf for key, each in enumerate(value) for leaf in _numbers(each, (*path, key))]
    return [path]


def _change(document: Value, path: tuple[Value, ...]) -> Value:
    changed = copy.deepcopy(document)
    place = changed
    for key in path[:-1]:
        place = place[key]
    value = place[path[-1]]
    place[path[-1]] = value + 1 if isinstance(value, int) else _change_text(value)
    return changed


def _change_text(value: str) -> str:
    if value.isdigit():
        return str((int(value) + 1) % ORDER)
    if value.startswith("{"):
        return value.replace('"coefexps":["', '"coefexps":["0').replace('"index":', '"index":1')
    if len(value) == 64:
        return encode_point(multiply_base(77))
    return value + "x"


@pytest.mark.parametrize("path", _numbers(_foreign()))
def test_every_changed_field_is_refused(path: tuple[Value, ...]) -> None:
    changed = compact_json(_change(_foreign(), path))
    with pytest.raises(CryptoError):
        verify_trustees(decode_trustees(changed))


def _resign(document: Value, **changes: int | bytes) -> Value:
    """Replace the certificate of the group's only trustee by one that is signed but says something else."""
    values: dict[str, Any] = {"size": 1, "threshold": 1, "index": 1, "verification": multiply_base(3)}
    values |= {"encryption": multiply_base(4), **changes}
    signed = sign_text(3, write_certificate(**values), seeded(5))
    document[0][1]["certs"][0] = {"message": signed.message, "signature": encode_proof(signed.signature)}
    return document


def _alone() -> Value:
    """A group of one trustee with secret 5, whose certificate is signed by 3."""
    key = make_trustee_key(5, seeded(1), name="甲", signing_secret=3)
    document: Value = [["Pedersen", {"threshold": 1, "certs": [None], "coefexps": [], "signatures": []}]]
    _resign(document)
    power = {"coefexps": [encode_point(multiply_base(5))]}
    coefficients = sign_text(3, compact_json(power).decode(), seeded(2))
    joint = sign_text(3, "certs_sig|" + compact_json({"certs": document[0][1]["certs"], **power}).decode(), seeded(3))
    document[0][1]["coefexps"] = [{"message": coefficients.message, "signature": encode_proof(coefficients.signature)}]
    document[0][1]["signatures"] = [encode_proof(joint.signature)]
    assert key.signature is not None
    document[0][1]["verification_keys"] = [
        {
            "pok": encode_proof(key.pok),
            "public_key": encode_point(key.public_key),
            "signature": encode_proof(key.signature),
            "name": "甲",
        }
    ]
    return document


def test_a_group_of_one_holds() -> None:
    trustees = decode_trustees(compact_json(_alone()))
    verify_trustees(trustees)
    assert trustees.public_key == multiply_base(5)
    assert trustees.label(1) == "trustee 1 (甲)"
    assert encode_trustees(trustees) == compact_json(_alone())


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"size": 2}, "another place, number of trustees or threshold"),
        ({"threshold": 2}, "another place, number of trustees or threshold"),
        ({"index": 2}, "another place, number of trustees or threshold"),
        ({"verification": IDENTITY}, "the certificate holds the identity as a key"),
        ({"encryption": IDENTITY}, "the certificate holds the identity as a key"),
        ({"verification": multiply_base(9)}, "the proof of knowledge of the secret key does not hold"),
        ({"encryption": multiply_base(9)}, "the proof of knowledge of the secret key does not hold"),
    ],
)
def test_a_signed_certificate_for_something_else_is_refused(changes: dict[str, Any], refusal: str) -> None:
    trustees = decode_trustees(compact_json(_resign(_alone(), **changes)))
    with pytest.raises(VerificationError, match=f"^group 1 of the trustees, trustee 1: .*{refusal}"):
        verify_trustees(trustees)


def _with_key(document: Value, **fields: Value) -> Value:
    document[0][1]["verification_keys"][0] |= fields
    return document


def test_a_key_without_signature_is_refused() -> None:
    document = _alone()
    del document[0][1]["verification_keys"][0]["signature"]
    with pytest.raises(VerificationError, match=r"the key is not signed$"):
        verify_trustees(decode_trustees(compact_json(document)))


def test_a_key_that_does_not_follow_from_the_coefficients_is_refused() -> None:
    document = _with_key(_alone(), public_key=encode_point(multiply_base(6)))
    with pytest.raises(VerificationError, match=r"the key does not follow from the published coefficients$"):
        verify_trustees(decode_trustees(compact_json(document)))


def test_a_trustee_with_too_many_coefficients_is_refused() -> None:
    document = _alone()
    power = encode_point(multiply_base(5))
    message = sign_text(3, compact_json({"coefexps": [power, power]}).decode(), seeded(2))
    document[0][1]["coefexps"] = [{"message": message.message, "signature": encode_proof(message.signature)}]
    with pytest.raises(VerificationError, match=r"the number of coefficients is not the threshold$"):
        verify_trustees(decode_trustees(compact_json(document)))


def test_a_single_trustee_with_the_identity_is_refused() -> None:
    key = make_trustee_key(5, seeded(1))
    trustees = Trustees((TrusteeKey(IDENTITY, key.pok),))
    with pytest.raises(VerificationError, match=r"^group 1 of the trustees: the key is the identity"):
        verify_trustees(trustees)


def test_keys_that_cancel_each_other_are_refused() -> None:
    trustees = Trustees((make_trustee_key(5, seeded(1)), make_trustee_key(ORDER - 5, seeded(2))))
    with pytest.raises(VerificationError, match="cancel each other"):
        verify_trustees(trustees)


def _edit(change: Callable[[Value], object]) -> bytes:
    document = _alone()
    change(document)
    return compact_json(document)


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        (lambda d: d.clear(), "from 1 to 64 groups are expected, there are 0"),
        (lambda d: d.extend(d * 64), "from 1 to 64 groups are expected, there are 65"),
        (lambda d: d[0].append(1), "2 entries are expected, there are 3"),
        (lambda d: d[0].__setitem__(0, "Mixnet"), "its kind is neither Single nor Pedersen"),
        (lambda d: d[0][1].pop("signatures"), "field signatures is missing"),
        (lambda d: d[0][1].__setitem__("threshold", 2), "a threshold of 2 does not go with 1 trustees"),
        (lambda d: d[0][1].__setitem__("threshold", 0), "threshold: a whole number from 1 is expected"),
        (lambda d: d[0][1]["certs"].extend(d[0][1]["certs"] * 64), "a threshold of 1 does not go with 65 trustees"),
        (lambda d: d[0][1]["signatures"].clear(), "signatures: 1 entries are expected, there are 0"),
        (lambda d: d[0][1]["certs"][0].__setitem__("message", "{"), "certificate 1, message: it is not JSON"),
        (lambda d: d[0][1]["coefexps"][0].__setitem__("message", '{"coefexps":[]}'), "from 1 to 64 powers"),
        (
            lambda d: d[0][1]["certs"][0].__setitem__("message", d[0][1]["certs"][0]["message"].replace("Ed", "ed")),
            "only group Ed25519 is known",
        ),
    ],
)
def test_what_is_no_list_of_trustees_is_refused(change: Callable[[Value], object], refusal: str) -> None:
    with pytest.raises(MalformedError, match=refusal):
        decode_trustees(_edit(change))


@pytest.mark.parametrize("owner", [0, 2, -1])
def test_there_are_no_other_owners(owner: int) -> None:
    trustees = Trustees((make_trustee_key(5, seeded(1)),))
    with pytest.raises(MalformedError, match=f"there is no trustee {owner}, only 1 to 1"):
        trustees.verification_key(owner)


def test_own_keys_follow_from_polynomials_computed_by_hand() -> None:
    """f1 = 5 + 7x + x^2 and f2 = 1 + 2x + 3x^2, so trustee 3 holds 35 + 34."""
    powers = [[multiply_base(each) for each in coefficients] for coefficients in ([5, 7, 1], [1, 2, 3])]
    assert own_key_from(powers, 3) == multiply_base(69)


def test_the_same_key_in_another_group_name_is_not_proved() -> None:
    """A proof of knowledge of x does not serve for 2x."""
    key = make_trustee_key(5, seeded(1))
    other = TrusteeKey(multiply(key.public_key, 2), key.pok)
    with pytest.raises(VerificationError, match="does not hold"):
        verify_trustees(Trustees((other,)))


def test_groups_know_their_keys() -> None:
    trustees = decode_trustees(compact_json(_alone()))
    [group] = trustees.groups
    assert isinstance(group, Pedersen)
    verify_pedersen(group)
    assert keys_of(group) == group.keys == trustees.keys
