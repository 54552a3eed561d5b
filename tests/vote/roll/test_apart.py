"""Reading in a process of its own: what takes too long ends there, and the next file is read."""

import pytest

from vote.roll import apart
from vote.roll.apart import open_apart
from vote.roll.refusal import SheetRefusedError

ROLL = "楼栋,房号,业主姓名,建筑面积\n1幢,101,测试甲,80.00\n".encode()
LONG = ROLL + "1幢,101,测试甲,80.00\n".encode() * 400_000


def test_what_takes_too_long_is_refused_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "PROCESSOR_SECONDS", 2)
    with pytest.raises(SheetRefusedError, match="cannot be read"):
        open_apart(LONG)
    assert len(open_apart(ROLL)) == 1
