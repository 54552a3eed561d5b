"""Forms: what they send, what is wrong with it, and that they are ours."""

import re

import httpx
import pytest
from pydantic import BaseModel, Field, field_validator
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.vote.account.signing_in import anonymous, as_duty, signed_in
from vote.errors import RefusedError
from vote.web.form import FieldError, FormError, read_form, read_upload
from vote.web.page import page


class Sample(BaseModel):
    name: str = Field(max_length=5)
    number: int = 7
    wanted: bool = False
    several: list[str] = []
    maybe: list[int] | None = None

    @field_validator("name")
    @classmethod
    def _no_ghosts(cls, name: str) -> str:
        if name == "鬼":
            raise FieldError("不认识这个人。", "Nobody knows this person.")
        return name


async def _sample(request: Request) -> Response:
    try:
        return JSONResponse((await read_form(request, Sample)).model_dump())
    except FormError as error:
        return JSONResponse({name: text.zh for name, text in error.errors.items()} | {"typed": error.values}, 400)


async def _upload(request: Request) -> Response:
    try:
        return Response(await read_upload(request, "file", 1000))
    except FormError as error:
        return JSONResponse({name: text.zh for name, text in error.errors.items()}, 400)
    except RefusedError as error:
        return Response(error.reason, 413)


@pytest.fixture
def browser() -> httpx.AsyncClient:
    app = Starlette(
        routes=[
            page("/form", _sample, summary="", method="POST"),
            page("/upload", _upload, summary="", method="POST", max_bytes=5000),
        ],
        exception_handlers={RefusedError: lambda _, error: Response(str(error.reason), 413)},
    )
    headers = {"Sec-Fetch-Site": "same-origin"}
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://vote.test", headers=headers)


async def test_texts_become_what_the_model_asks_for(browser):
    data = {"name": " 张三 ", "number": "12", "wanted": "yes", "several": ["a", "b", ""], "maybe": ["1"], "token": "x"}
    answer = await browser.post("/form", data=data)
    assert answer.json() == {"name": "张三", "number": 12, "wanted": True, "several": ["a", "b"], "maybe": [1]}


async def test_what_is_left_empty_has_its_default(browser):
    answer = await browser.post("/form", data={"name": "张三", "number": " "})
    assert answer.json() == {"name": "张三", "number": 7, "wanted": False, "several": [], "maybe": []}


@pytest.mark.parametrize(
    ("data", "errors"),
    [
        ({}, {"name": "这一栏要填。"}),
        ({"name": "  "}, {"name": "这一栏要填。"}),
        ({"name": "一二三四五六"}, {"name": "写得太长了，请写短一点。"}),
        ({"name": "张三", "number": "七"}, {"number": "请写一个整数。"}),
        ({"name": "张三", "wanted": "perhaps"}, {"wanted": "请选一项。"}),
        ({"name": "鬼"}, {"name": "不认识这个人。"}),
    ],
)
async def test_each_field_says_what_is_wrong_and_what_was_typed_comes_back(browser, data, errors):
    answer = await browser.post("/form", data={**data, "token": "x"})
    assert answer.status_code == 400
    assert answer.json() == {**errors, "typed": data}


async def test_a_form_that_is_too_long_is_not_read(browser):
    answer = await browser.post("/form", data={"name": "x" * 70_000})
    assert (answer.status_code, answer.text) == (413, "too-large")


async def test_a_file_is_read(browser):
    answer = await browser.post("/upload", files={"file": ("a.csv", b"1,2")})
    assert answer.content == b"1,2"


async def test_no_file_or_too_large_a_one_is_told(browser):
    answer = await browser.post("/upload", files={"other": ("a.csv", b"1,2")})
    assert answer.json() == {"file": "请先选一个文件。"}
    for size in (1001, 6000):
        answer = await browser.post("/upload", files={"file": ("a.csv", b"1" * size)})
        assert answer.status_code == 413


async def test_a_form_without_what_browsers_say_needs_its_token(platform):
    clerk = await signed_in(platform, None)
    del clerk.headers["Sec-Fetch-Site"]
    (token, *_) = re.findall(r'name="token" value="(\w+)"', (await clerk.get("/account")).text)
    for wrong in ({}, {"token": ""}, {"token": "0" * 64}):
        assert (await clerk.post("/account/sessions/end-others", data=wrong)).status_code == 403
    assert (await clerk.post("/account/sessions/end-others", data={"token": token})).status_code == 303
    assert (await clerk.post("/account/sessions/end-others", headers={"X-Form-Token": token})).status_code == 303


async def test_a_token_belongs_to_one_browser(platform):
    mine, theirs = anonymous(platform), anonymous(platform)
    tokens = []
    for browser in (mine, theirs):
        del browser.headers["Sec-Fetch-Site"]
        tokens += re.findall(r'name="token" value="(\w+)"', (await browser.get("/sign-in")).text)[:1]
    assert tokens[0] != tokens[1]
    for browser, token, status in ((mine, tokens[0], 400), (mine, tokens[1], 403), (theirs, tokens[1], 400)):
        answer = await browser.post("/sign-in", data={"code": "x", "token": token})
        assert answer.status_code == status, answer.text


async def test_a_page_without_a_form_gives_no_cookie(platform):
    assert "set-cookie" not in (await anonymous(platform).get("/")).headers


async def test_a_form_that_no_page_of_ours_sends_is_refused_too(opened) -> None:  # type: ignore[no-untyped-def]
    desk, clerk = await as_duty(opened, "desk"), await signed_in(opened.platform)
    agree, roll = f"/work/elections/{opened.uuid}/owner-check/agree", f"/work/rolls/{opened.people.roll}"
    assert (await desk.post(agree, data={})).status_code == 400
    assert (await desk.post(agree, data={"check": "x"}, headers={"Accept": "*/*"})).json()["reason"] == "malformed"
    assert (await clerk.post("/join/accept", data={})).status_code == 400
    for number in ("²", "9" * 5000, "-1", ""):
        assert (await clerk.post(f"{roll}/columns", data={f"column-{number}": ""})).status_code == 409
        assert (await clerk.post(f"{roll}/columns", data={"version": number})).status_code == 409
