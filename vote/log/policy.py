"""Decides who may watch an estate's log: a tlog-policy of witnesses, without the lines of logs, which we add ourselves.

 * Somebody has to watch: a quorum of nobody is refused.
 * Each witness that counts has an address, or its word could never come.
 * Whose key it is cannot be seen from a key. That the property firm is not among those who count, somebody has to say.

Follows C2SP tlog-policy.

Not here: keeping it (`witness_store`), what counts as met (`crypto.log_policy`).
"""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from crypto.errors import CryptoError
from crypto.log_policy import NO_QUORUM, LogPolicy, PolicyLog, decode_log_policy, encode_log_policy
from crypto.note import VerifierKey
from vote.errors import Reason, RefusedError

MAX_POLICY_BYTES = 64 * 1024
_SCHEMES = ("http", "https")


def read_policy(data: bytes) -> LogPolicy:
    """Read the policy of an estate as its file has it.

    Raises:
        RefusedError: it is none, names a log, asks for nobody, or somebody who counts cannot be asked.
    """
    if len(data) > MAX_POLICY_BYTES:
        raise RefusedError(Reason.TOO_LARGE, f"The policy is larger than {MAX_POLICY_BYTES} bytes.")
    try:
        policy = decode_log_policy(data.decode())
    except UnicodeDecodeError:
        raise RefusedError(Reason.MALFORMED, "The policy is no text in UTF-8.") from None
    except CryptoError as error:
        raise RefusedError(Reason.MALFORMED, f"The policy cannot be used: {error}.") from None
    if policy.logs:
        raise RefusedError(Reason.MALFORMED, "The policy names a log: leave those lines out, they are added here.")
    if policy.quorum == NO_QUORUM:
        raise RefusedError(Reason.MALFORMED, "The policy asks for no witness: name at least one in the quorum.")
    counting = counted(policy)
    for witness in policy.witnesses:
        if witness.name in counting and (witness.url is None or not _is_address(witness.url)):
            raise RefusedError(
                Reason.MALFORMED, f"The witness {witness.name} counts and has no address: write http:// or https://."
            )
    return policy


def counted(policy: LogPolicy) -> tuple[str, ...]:
    """Return the names of the witnesses whose word counts for the quorum."""
    names = {policy.quorum}
    # Each group stands after those that it names, so one way back finds all of them.
    for group in reversed(policy.groups):
        if group.name in names:
            names.update(group.members)
    return tuple(witness.name for witness in policy.witnesses if witness.name in names)


def quorum_size(policy: LogPolicy, sizes: Mapping[str, int]) -> int:
    """Return up to which size the quorum saw a log; 0 if it saw nothing.

    A witness that cosigned a checkpoint saw everything before it.

    Args:
        policy: who counts.
        sizes: the largest that each witness cosigned, by its name in the policy.
    """
    for size in sorted(set(sizes.values()), reverse=True):
        if policy.is_met([name for name, seen in sizes.items() if seen >= size]):
            return size
    return 0


def published_policy(log: VerifierKey, policy: LogPolicy | None) -> bytes:
    """Return the file that stands beside a log: whose signatures count, the log's own among them.

    It names no address of the log: the same file stands beside every copy.

    Args:
        log: the key of the log, of type 1, which every client knows.
        policy: who watches, without the log; None if nobody does.
    """
    watching = policy or LogPolicy((), (), (), NO_QUORUM)
    return encode_log_policy(replace(watching, logs=(PolicyLog(log),))).encode()


def changes(before: LogPolicy | None, after: LogPolicy) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return which lines of a policy's text go, and which come."""
    old = encode_log_policy(before).splitlines() if before else []
    new = encode_log_policy(after).splitlines()
    return tuple(line for line in old if line not in new), tuple(line for line in new if line not in old)


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in _SCHEMES and bool(parts.hostname) and not parts.query and not parts.fragment
