"""An entry of each kind, made up from the shapes of its fields, and what is near to one and none."""

import json
from collections.abc import Iterator

import rfc8785

from vote.log import kinds
from vote.log.kinds import FIELDS, VERSION
from vote.log.rules import Kind

ZEROS = "0" * 64
SAMPLES: dict[str, object] = {
    kinds.WHOLE: 7,
    kinds.SIGNED: -7,
    kinds.DIGEST: ZEROS,
    kinds.TRACKER: "A" * 43,
    kinds.ELECTION: "A" * 18,
    kinds.MOMENT: "2026-12-01T10:00:00Z",
    kinds.WORD: "sub-district",
    kinds.BACKUP: "2026-12-01.db",
    kinds.RECORD_BEFORE: "",
    kinds.DAY: "2026-12-01",
    kinds.COMMITMENTS: {"a": ZEROS, "b_c": ZEROS},
    kinds.WORDS: ["content", "file_a"],
}
"""A value of each shape."""
FREE = "张三 13800000000"


def fields_of(kind: Kind) -> dict[str, object]:
    return {"kind": str(kind), "version": VERSION, **{name: SAMPLES[shape] for name, shape in FIELDS[kind].items()}}


def entry_of(kind: Kind) -> bytes:
    """Return an entry of a kind."""
    return rfc8785.dumps(fields_of(kind))  # type: ignore[arg-type]


def near(kind: Kind) -> Iterator[bytes]:
    """Yield what is nearly an entry of a kind."""
    good = fields_of(kind)
    for name in good:
        yield rfc8785.dumps({each: value for each, value in good.items() if each != name})  # type: ignore[arg-type]
        yield rfc8785.dumps({**good, name: FREE})  # type: ignore[dict-item]
        yield rfc8785.dumps({**good, name: None})  # type: ignore[dict-item]
    yield rfc8785.dumps({**good, "note": FREE})  # type: ignore[dict-item]
    yield rfc8785.dumps({**good, "version": 2})  # type: ignore[dict-item]
    text = entry_of(kind).decode()
    yield text.replace(":", ": ", 1).encode()
    yield f"{text}\n".encode()
    yield f" {text}".encode()
    yield text.replace("kind", "\\u006bind", 1).encode()
    yield json.dumps(dict(sorted(good.items(), reverse=True)), separators=(",", ":")).encode()
    yield text.replace(f'"kind":"{kind}"', f'"kind":"{kind}","kind":"{kind}"').encode()
    if kinds.COMMITMENTS in FIELDS[kind].values():
        yield text.replace(f'"a":"{ZEROS}","b_c"', '"b_c":"' + ZEROS + '","a"').encode()
        yield text.replace('"b_c"', '"a"').encode()


STRANGE = (
    b"",
    b"text",
    b"[]",
    b"7",
    b"\xff",
    b"{}",
    b'{"kind":"ballot:eaten","version":1}',
    b'{"kind":7,"version":1}',
    b'{"kind":"kind":"election:opened"}',
)
