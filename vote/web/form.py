"""Reads what a form sends into a model, and says at each field what is wrong with it.

* Fields are texts; the model says what they have to be. A field that is sent several times is a list where the model
  asks for one. Empty texts count as left out, so that a model's default stands.
* A form is read once and no further than its limit.
"""

from collections.abc import Mapping
from types import UnionType
from typing import Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException
from starlette.requests import Request
from starlette.types import Message

from vote.errors import Reason, RefusedError
from vote.http import SMALL_BODY, TOKEN_FIELD
from vote.law.citation import Text

FORM_BYTES = SMALL_BODY
MAX_FIELDS = 2000
_LIMIT = "form_limit"
_READ = "form_read"
FormModel = TypeVar("FormModel", bound=BaseModel)

_MISSING = Text("这一栏要填。", "Fill this in.")
_SENTENCES: Mapping[str, Text] = {
    "missing": _MISSING,
    "string_too_short": Text("写得太短了。", "This is too short."),
    "string_too_long": Text("写得太长了，请写短一点。", "This is too long; make it shorter."),
    "int_parsing": Text("请写一个整数。", "Write a whole number."),
    "int_type": Text("请写一个整数。", "Write a whole number."),
    "greater_than_equal": Text("这个数太小了。", "This number is too small."),
    "greater_than": Text("这个数太小了。", "This number is too small."),
    "less_than_equal": Text("这个数太大了。", "This number is too large."),
    "less_than": Text("这个数太大了。", "This number is too large."),
    "bool_parsing": Text("请选一项。", "Choose one."),
    "literal_error": Text("请从列出的里面选一项。", "Choose one of those listed."),
    "enum": Text("请从列出的里面选一项。", "Choose one of those listed."),
    "string_pattern_mismatch": Text("写法不对，请看旁边的例子。", "This is not how it is written; see the example."),
    "date_from_datetime_parsing": Text("请写日期，例如2026-12-01。", "Write a date such as 2026-12-01."),
    "date_parsing": Text("请写日期，例如2026-12-01。", "Write a date such as 2026-12-01."),
    "datetime_from_date_parsing": Text("请写日期和时间。", "Write a date and a time."),
    "datetime_parsing": Text("请写日期和时间。", "Write a date and a time."),
    "time_parsing": Text("请写时间，例如09:00。", "Write a time such as 09:00."),
}
_WRONG = Text("这一栏填得不对。", "This does not fit.")


class FormError(Exception):
    """What was filled in does not fit; nothing was changed."""

    def __init__(self, errors: Mapping[str, Text], values: Mapping[str, str]) -> None:
        super().__init__(", ".join(errors))
        self.errors = errors
        """A sentence for each field that does not fit, by its name."""
        self.values = values
        """What was typed, to be shown again."""


def limit_form(request: Request, max_bytes: int) -> None:
    """Say how long a form may be before it is read."""
    request.scope[_LIMIT] = max_bytes


async def form_of(request: Request) -> FormData:
    """Return the fields that a form sends, read once.

    Raises:
        RefusedError: it is too long or no form.
    """
    read: FormData | None = request.scope.get(_READ)
    if read is None:
        limited = _Limited(request, request.scope.get(_LIMIT, FORM_BYTES))
        try:
            read = await limited.form(max_fields=MAX_FIELDS, max_part_size=limited.limit)
        except HTTPException:
            if limited.left < 0:
                raise _too_large(limited.limit) from None
            raise RefusedError(Reason.MALFORMED, "What was sent is no form: open the page again.") from None
        request.scope[_READ] = read
    return read


async def close_form(request: Request) -> None:
    """Let go of the files of a form that was read."""
    read: FormData | None = request.scope.get(_READ)
    if read is not None:
        await read.close()


async def read_form(request: Request, model: type[FormModel]) -> FormModel:
    """Return what a form sends as `model`.

    Raises:
        FormError: a field does not fit; its sentence says why.
        RefusedError: it is too long or no form.
    """
    form = await form_of(request)
    values: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        key = field.alias or name
        given = [each.strip() for each in form.getlist(key) if isinstance(each, str)]
        given = [each for each in given if each]
        if _is_list(field.annotation):
            values[key] = given
        elif given:
            values[key] = given[-1]
    try:
        return model.model_validate(values, strict=False)
    except ValidationError as error:
        errors = {str(each["loc"][0]) if each["loc"] else "": _sentence(each) for each in error.errors()}
        raise FormError(errors, typed(form)) from None


async def read_upload(request: Request, name: str, max_bytes: int) -> bytes:
    """Return the file that a form sends under a name; the page is declared with a `max_bytes` that leaves room for it.

    Raises:
        FormError: no file was chosen.
        RefusedError: the file is too large, or this is no form.
    """
    form = await form_of(request)
    file = form.get(name)
    if not isinstance(file, UploadFile) or not (file.filename or file.size):
        raise FormError({name: Text("请先选一个文件。", "Choose a file first.")}, typed(form))
    if (file.size or 0) > max_bytes:
        raise _too_large(max_bytes)
    return await file.read()


def typed(form: FormData) -> dict[str, str]:
    """Return the texts of a form, to be shown again."""
    return {name: value for name, value in form.multi_items() if isinstance(value, str) and name != TOKEN_FIELD}


def typed_so_far(request: Request) -> dict[str, str]:
    """Return the texts of the form that was read, to be shown again; none if it could not be read."""
    read: FormData | None = request.scope.get(_READ)
    return typed(read) if read is not None else {}


class _Limited(Request):
    """The same request, which is read no further than its limit."""

    def __init__(self, request: Request, limit: int) -> None:
        self.limit = self.left = limit

        async def receive() -> Message:
            message = await request.receive()
            self.left -= len(message.get("body", b""))
            if self.left < 0:
                # The parser closes its files for this error only.
                raise MultiPartException("too long") if self._is_multipart else _too_large(limit)
            return message

        super().__init__(request.scope, receive)

    @property
    def _is_multipart(self) -> bool:
        return self.headers.get("content-type", "").lower().startswith("multipart/")


def _too_large(limit: int) -> RefusedError:
    return RefusedError(Reason.TOO_LARGE, f"The form has more than the {limit} bytes that are taken here: send less.")


def _is_list(annotation: object) -> bool:
    if get_origin(annotation) in {Union, UnionType}:
        return any(_is_list(each) for each in get_args(annotation))
    return get_origin(annotation) in {list, tuple, set, frozenset}


def _sentence(error: Any) -> Text:  # noqa: ANN401 - pydantic's own shape
    raised = error.get("ctx", {}).get("error")
    if isinstance(raised, FieldError):
        return raised.text
    return _SENTENCES.get(error["type"], _WRONG)


class FieldError(ValueError):
    """What a model's own check finds wrong with a field, in a sentence for the person who filled it in."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(zh, en)
