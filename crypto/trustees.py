"""Who must take part so that a total can be decrypted: the document trustees.json.

 * Trustees stand in groups. A single trustee is always needed; of a threshold group, as many as its threshold.
 * Owners are numbered from 1 through all groups in order, as shares name them.
 * The election's key is the product of the groups' keys.

Follows SPEC.md §6.

Not here: combining shares (`result`), the ceremony (`ceremony`).

>>> from crypto.trustee_key import make_trustee_key
>>> rng = lambda size: bytes(size - 1) + b"1"
>>> trustees = Trustees((make_trustee_key(5, rng, name="街道"), make_trustee_key(7, rng)))
>>> verify_trustees(trustees)
>>> decode_trustees(encode_trustees(trustees)) == trustees
True
>>> trustees.size, trustees.label(1), trustees.label(2)
(2, 'trustee 1 (街道)', 'trustee 2')
"""

from collections.abc import Iterator
from dataclasses import dataclass

from crypto.blame import about
from crypto.encoding import compact_json, read_json, require_list
from crypto.errors import MalformedError, VerificationError
from crypto.group import IDENTITY, add
from crypto.pedersen import Pedersen, decode_pedersen, encode_pedersen, verify_pedersen
from crypto.trustee_key import TrusteeKey, decode_trustee_key, encode_trustee_key, verify_trustee_key

Group = TrusteeKey | Pedersen
"""One trustee who is always needed, or a threshold group."""

_SINGLE, _PEDERSEN = "Single", "Pedersen"
MAX_GROUPS = 64


@dataclass(frozen=True, slots=True)
class Trustees:
    """All groups in order."""

    groups: tuple[Group, ...]

    @property
    def public_key(self) -> bytes:
        """The key under which ballots are encrypted."""
        product = IDENTITY
        for group in self.groups:
            product = add(product, group.public_key)
        return product

    @property
    def keys(self) -> tuple[TrusteeKey, ...]:
        """Every trustee's key; owner number n stands at n - 1."""
        return tuple(key for group in self.groups for key in keys_of(group))

    @property
    def size(self) -> int:
        """How many trustees there are."""
        return len(self.keys)

    def owners(self) -> Iterator[tuple[Group, range]]:
        """Yield each group with the numbers of its owners."""
        first = 1
        for group in self.groups:
            after = first + len(keys_of(group))
            yield group, range(first, after)
            first = after

    def verification_key(self, owner: int) -> bytes:
        """Return the public key of trustee number `owner`.

        Raises:
            MalformedError: there is no such trustee.
        """
        return self._key(owner).public_key

    def label(self, owner: int) -> str:
        """Return number and name of a trustee, as refusals say it.

        Raises:
            MalformedError: there is no such trustee.
        """
        name = self._key(owner).name
        return f"trustee {owner}" if name is None else f"trustee {owner} ({name})"

    def _key(self, owner: int) -> TrusteeKey:
        if not 1 <= owner <= self.size:
            raise MalformedError(f"there is no trustee {owner}, only 1 to {self.size}")
        return self.keys[owner - 1]


def keys_of(group: Group) -> tuple[TrusteeKey, ...]:
    """Return the keys of a group's trustees in order."""
    return group.keys if isinstance(group, Pedersen) else (group,)


def threshold_of(group: Group) -> int:
    """Return how many trustees of a group are needed."""
    return group.threshold if isinstance(group, Pedersen) else 1


def verify_trustees(trustees: Trustees) -> None:
    """Raise unless every key is proved and every threshold group's record holds.

    Raises:
        VerificationError: it does not; the sentence names the group and the trustee.
    """
    for number, group in enumerate(trustees.groups, start=1):
        what = f"group {number} of the trustees"
        if isinstance(group, Pedersen):
            verify_pedersen(group, what)
        else:
            with about(what):
                verify_trustee_key(group)
    if trustees.public_key == IDENTITY:
        raise VerificationError("the trustees' keys cancel each other: their product is the identity")


def encode_trustees(trustees: Trustees) -> bytes:
    """Write trustees.json."""
    return compact_json(
        [
            [_PEDERSEN, encode_pedersen(group)] if isinstance(group, Pedersen) else [_SINGLE, encode_trustee_key(group)]
            for group in trustees.groups
        ]
    )


def decode_trustees(data: bytes) -> Trustees:
    """Read trustees.json; whether its proofs hold is for `verify_trustees`.

    Raises:
        MalformedError: not such a document, or no trustee in it.
        VerificationError: a point is not in the group.
    """
    groups = require_list(read_json(data, "the trustees"), "the trustees")
    if not 0 < len(groups) <= MAX_GROUPS:
        raise MalformedError(f"the trustees: from 1 to {MAX_GROUPS} groups are expected, there are {len(groups)}")
    return Trustees(
        tuple(_decode_group(group, f"group {i} of the trustees") for i, group in enumerate(groups, start=1))
    )


def _decode_group(value: object, what: str) -> Group:
    kind, content = require_list(value, what, 2)
    if kind == _PEDERSEN:
        return decode_pedersen(content, what)
    if kind == _SINGLE:
        return decode_trustee_key(content, what)
    raise MalformedError(f"{what}: its kind is neither {_SINGLE} nor {_PEDERSEN}")
