"""The journal tells the operator what happened, and nobody who it was."""

import io
import logging
from collections.abc import Iterator

import pytest

from tests.vote.operation.journals import kept, lines
from vote.operation.journal import KEYS, tell, tell_error


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """The journal of one test; afterwards it is silent again."""
    with kept() as written:
        yield written


def _refuse(words: str) -> None:
    raise ValueError(words)


def test_an_event_is_one_line_of_json(stream: io.StringIO) -> None:
    tell("request", method="GET", route="/elections/{election}", status=200)
    (line,) = lines(stream)
    assert line.pop("time").endswith("Z")
    assert line == {
        "event": "request", "level": "info", "method": "GET", "route": "/elections/{election}", "status": 200,
    }  # fmt: skip


def test_what_is_not_on_the_list_is_not_written(stream: io.StringIO) -> None:
    tell("request", phone="13900000000", tracker="t", path="/x", query="y", name="张三", token="secret", status=200)  # type: ignore[arg-type]
    (line,) = lines(stream)
    assert line.keys() == {"event", "level", "time", "status"}
    assert not KEYS & {"path", "query", "phone", "name", "tracker", "token", "address", "client", "body", "key"}


def test_an_error_is_told_without_its_message(stream: io.StringIO) -> None:
    try:
        _refuse("Key (digest)=(张三 13900000000) already exists")
    except ValueError as error:
        tell_error("request.failed", error)
    (line,) = lines(stream)
    assert line["error"] == "builtins.ValueError"
    assert line["where"][-1].startswith("tests.vote.operation.test_journal:")
    assert "张三" not in stream.getvalue()


def test_what_libraries_log_comes_without_their_values(stream: io.StringIO) -> None:
    logging.getLogger("tortoise.db_client").warning("%s: %s", "SELECT", ["张三"])
    logging.getLogger("asyncio").error({"message": "张三"})
    try:
        _refuse("张三")
    except ValueError:
        logging.getLogger("uvicorn.error").exception("Exception in ASGI application\n")
    told = lines(stream)
    assert [line["event"] for line in told] == ["%s: %s", "(no text)", "Exception in ASGI application\n"]
    assert [line["logger"] for line in told] == ["tortoise.db_client", "asyncio", "uvicorn.error"]
    assert told[2]["error"] == "builtins.ValueError"
    assert "张三" not in stream.getvalue()


def test_our_own_sentences_are_written_whole(stream: io.StringIO) -> None:
    logging.getLogger("vote.web.problems").critical("contradiction: %s", "election abc is tallied and has no tally")
    logging.getLogger("vote.x").info("this is not important enough")
    (line,) = lines(stream)
    assert (line["level"], line["event"]) == ("critical", "contradiction: election abc is tallied and has no tally")


def test_a_deep_error_is_told_by_its_innermostlines(stream: io.StringIO) -> None:
    def fall(depth: int) -> None:
        if not depth:
            raise KeyError
        fall(depth - 1)

    try:
        fall(30)
    except KeyError as error:
        tell_error("request.failed", error)
    assert len(lines(stream)[0]["where"]) == 8


def test_nothing_is_written_before_somebody_starts_it(capsys: pytest.CaptureFixture[str]) -> None:
    tell("request", status=200)
    assert capsys.readouterr() == ("", "")
