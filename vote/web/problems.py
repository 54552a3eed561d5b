"""Errors become HTTP here and nowhere else: one table, answered as problem documents (RFC 9457), to people as a page."""

import logging
import re
from collections.abc import Mapping
from concurrent.futures import BrokenExecutor
from http import HTTPStatus

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from crypto.errors import CryptoError
from vote.errors import ContradictionError, Reason, RefusedError, UnavailableError
from vote.law.citation import Text
from vote.operation.outage import why
from vote.operation.rules import Copy
from vote.web.form import FormError
from vote.web.headers import tighten
from vote.web.refusal_words import OF_FORMS
from vote.web.rendering import render, wants_page

_LOG = logging.getLogger(__name__)

REFUSAL = "refusal"
"""Where in a request's scope its refusal is noted for the journal."""
RETRY_SECONDS = "30"
_HAN = re.compile(r"[\u4e00-\u9fff]")

STATUS: Mapping[Reason, HTTPStatus] = {
    Reason.MALFORMED: HTTPStatus.BAD_REQUEST,
    Reason.TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Reason.NOT_FOUND: HTTPStatus.NOT_FOUND,
    Reason.NOT_SIGNED_IN: HTTPStatus.UNAUTHORIZED,
    Reason.NOT_ALLOWED: HTTPStatus.FORBIDDEN,
    Reason.NOT_ELIGIBLE: HTTPStatus.FORBIDDEN,
    Reason.WRONG_STATE: HTTPStatus.CONFLICT,
    Reason.POLLS_CLOSED: HTTPStatus.CONFLICT,
    Reason.POLLS_NOT_OPEN: HTTPStatus.CONFLICT,
    Reason.BALLOT_INVALID: HTTPStatus.UNPROCESSABLE_ENTITY,
    Reason.CONFLICT: HTTPStatus.CONFLICT,
    Reason.NOT_SUPPORTED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Reason.TOO_MANY: HTTPStatus.TOO_MANY_REQUESTS,
}

TITLE_ZH: Mapping[Reason, str] = {
    Reason.MALFORMED: "内容读不懂",
    Reason.TOO_LARGE: "内容太大",
    Reason.NOT_FOUND: "没有找到",
    Reason.NOT_SIGNED_IN: "请先登录或出示钥匙",
    Reason.NOT_ALLOWED: "没有这个权限",
    Reason.NOT_ELIGIBLE: "不在业主清册上",
    Reason.WRONG_STATE: "现在还不能这样做",
    Reason.POLLS_CLOSED: "投票已经结束",
    Reason.POLLS_NOT_OPEN: "投票还没有开始",
    Reason.BALLOT_INVALID: "这张票没有通过检查",
    Reason.CONFLICT: "与已有的记录冲突",
    Reason.NOT_SUPPORTED: "还不支持",
    Reason.TOO_MANY: "次数太多",
}


def problem(status: int, reason: str, title: str, detail: str) -> Response:
    """Return a problem document; `reason` is for programs, `title` is Chinese, `detail` one English sentence."""
    return JSONResponse(
        {"type": "about:blank", "status": status, "reason": reason, "title": title, "detail": detail},
        status_code=status,
        media_type="application/problem+json",
        headers={"WWW-Authenticate": "Bearer"} if status == HTTPStatus.UNAUTHORIZED else None,
    )


def said(error: RefusedError) -> Text:
    """Return a refusal in both languages; a general sentence where it says nothing in one of them.

    Some sentences were written in Chinese only, or in both languages one after the other.
    """
    zh, dot, en = error.detail.partition("。 ")
    both = (
        Text(f"{zh}。", en) if dot else Text(error.detail, "") if _HAN.search(error.detail) else Text("", error.detail)
    )
    if error.zh:
        both = Text(error.zh, "" if _HAN.search(both.en) else both.en)
    general = OF_FORMS[error.reason]
    return Text(both.zh or general.zh, both.en or general.en)


def _particular(error: RefusedError) -> Text | None:
    return said(error) if error.zh or _HAN.search(error.detail) else None


async def on_refusal(request: Request, error: Exception) -> Response:
    """Answer a `RefusedError` by the table."""
    assert isinstance(error, RefusedError)
    return _answer(
        request, STATUS[error.reason], error.reason, TITLE_ZH[error.reason], error.detail, particular=_particular(error)
    )


async def on_form(request: Request, error: Exception) -> Response:
    """Answer a form that no page of ours sends: whatever people fill in is told beside its field by the view itself."""
    assert isinstance(error, FormError)
    detail = " ".join(sorted({sentence.en for sentence in error.errors.values()}))
    return _answer(request, HTTPStatus.BAD_REQUEST, Reason.MALFORMED, TITLE_ZH[Reason.MALFORMED], detail)


async def on_bad_bytes(request: Request, error: Exception) -> Response:
    """Answer bytes that `crypto` refused."""
    return _answer(request, HTTPStatus.BAD_REQUEST, Reason.MALFORMED, TITLE_ZH[Reason.MALFORMED], str(error))


async def on_unavailable(request: Request, error: Exception) -> Response:
    """Answer that nothing was decided; why goes to the operator's log."""
    _LOG.warning("unavailable: %s", error)
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return _answer(request, status, "unavailable", "暂时办不了，请稍后再试", "Try again in a minute.")


async def on_outage(request: Request, error: Exception) -> Response:
    """Answer that the database cannot be used now."""
    _LOG.error("the database cannot be used: %s", why(error))
    status = HTTPStatus.SERVICE_UNAVAILABLE
    answer = _answer(request, status, "unavailable", "暂时办不了，请稍后再试", "Try again in a minute.")
    answer.headers["Retry-After"] = RETRY_SECONDS
    return answer


async def on_copy(request: Request, copy: Copy) -> Response:
    """Answer that nothing is written in a restored copy."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return _answer(request, status, "restored-copy", "这是备份恢复的副本，暂不接收", copy.sentence)


async def on_contradiction(request: Request, error: Exception) -> Response:
    """Answer that our own records disagree; what exactly goes to the operator's log, not to the caller."""
    _LOG.critical("contradiction: %s", error)
    status = HTTPStatus.INTERNAL_SERVER_ERROR
    return _answer(request, status, "contradiction", "记录对不上，已停止", "Our records disagree; nothing goes on.")


async def on_fault(request: Request, _: Exception) -> Response:
    """Answer a mistake of ours; what exactly goes to the operator's log. No middleware sees this answer."""
    answer = _answer(
        request, HTTPStatus.INTERNAL_SERVER_ERROR, "fault", "出错了", "Something went wrong; try again later."
    )
    tighten(answer.headers)
    return answer


async def on_http(request: Request, error: Exception) -> Response:
    """Answer the framework's own refusals (no such page, wrong method, body too large) in the same shape."""
    assert isinstance(error, HTTPException)
    reason = {404: Reason.NOT_FOUND, 413: Reason.TOO_LARGE}.get(error.status_code, Reason.MALFORMED)
    answer = _answer(request, error.status_code, reason, TITLE_ZH[reason], f"{error.detail}.")
    answer.headers.update(error.headers or {})
    return answer


def _answer(
    request: Request, status: int, reason: str, title: str, detail: str, *, particular: Text | None = None
) -> Response:
    """Answer programs with a problem document, people with a page."""
    request.scope[REFUSAL] = str(reason)
    if not wants_page(request):
        return problem(status, reason, title, detail)
    page = render(request, "problem.html", {"sentence": f"refusal.{reason}", "said": particular}, status)
    if status == HTTPStatus.UNAUTHORIZED:
        page.headers["WWW-Authenticate"] = "Bearer"
    return page


handlers = {
    RefusedError: on_refusal,
    FormError: on_form,
    CryptoError: on_bad_bytes,
    UnavailableError: on_unavailable,
    BrokenExecutor: on_unavailable,
    ContradictionError: on_contradiction,
    HTTPException: on_http,
    Exception: on_fault,
}
