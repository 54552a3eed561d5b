"""What a form about a record sends, and how its fields are shown again."""

from collections.abc import Mapping, Sequence

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request

from vote.errors import Reason, RefusedError
from vote.law.citation import Text
from vote.oversight.record.fields import Value, ValuesRefusedError, read_typed, write_typed
from vote.oversight.record.kinds import KINDS, RecordKind
from vote.oversight.record.rules import FILES, MAX_FILE_BYTES, require_values
from vote.oversight.record.service import NewFile
from vote.oversight.record.store import StoredRecord

FORM_BYTES = 56 << 20
"""Of a record with its attachments; each has a limit of its own."""


def find_kind(text: str) -> RecordKind | None:
    """Return the kind of record that an address or form names."""
    return next((kind for kind in RecordKind if kind == text), None)


def read_values(kind: RecordKind, form: FormData, *, files: int) -> dict[str, Value]:
    """Return the fields of a record as a form sends them.

    Raises:
        ValuesRefusedError: they do not make a record whole.
    """
    values: dict[str, Value] = {}
    wrong: dict[str, Text] = {}
    for field in KINDS[kind].fields:
        typed = form.get(field.name, "")
        read = read_typed(field, typed if isinstance(typed, str) else "")
        if isinstance(read, Text):
            wrong[field.name] = read
        elif read is not None:
            values[field.name] = read
    try:
        require_values(kind, values, files=files)
    except ValuesRefusedError as refusal:
        wrong = {**refusal.errors, **wrong}
    if wrong:
        raise ValuesRefusedError({name: wrong[name] for name in _ordered(kind, wrong)})
    return values


async def read_files(form: FormData) -> list[NewFile]:
    """Return the attachments that a form sends.

    Raises:
        RefusedError: one is too large.
    """
    found = []
    for each in form.getlist("files"):
        if not isinstance(each, UploadFile) or not (each.filename or each.size):
            continue
        if (each.size or 0) > MAX_FILE_BYTES:
            raise RefusedError(
                Reason.TOO_LARGE,
                f"An attachment has more than {MAX_FILE_BYTES >> 20} MB: make it smaller.",
                zh=f"有一个附件超过{MAX_FILE_BYTES >> 20}兆，请缩小以后再选。",
            )
        found.append(NewFile(each.filename or "", await each.read()))
    return found


async def kept_files(request: Request, stored: StoredRecord) -> list[NewFile]:
    """Return the attachments of a record that are not hidden."""
    records = request.state["records"]
    public, found = stored.public, []
    for number, name in enumerate(FILES, 1):
        if any(each.name == name and each.redaction is None for each in public.fields):
            called, file = await records.file(public.estate, public.uuid, number)
            found.append(NewFile(called, file.content))
    return found


def typed_of(stored: StoredRecord) -> dict[str, str]:
    """Return the fields of a record as they are typed; what is hidden stays empty."""
    kind = KINDS[stored.public.kind]
    known = {each.name for each in kind.fields}
    return {
        each.name: write_typed(kind.get(each.name), each.value) for each in stored.public.fields if each.name in known
    }


def _ordered(kind: RecordKind, names: Mapping[str, Text]) -> Sequence[str]:
    order = [each.name for each in KINDS[kind].fields]
    return sorted(names, key=lambda name: order.index(name) if name in order else len(order))
