"""Processes that share work; what this one learns later is not in their memory."""

import multiprocessing
import sys

from vote.recount.workers import workers

secret = "none yet"


def known(_: int) -> str:
    return secret


def test_few_slices_need_no_other_process():
    with workers(1, 2) as run:
        assert (run, multiprocessing.active_children()) == (map, [])


def test_all_processes_run_before_the_key_is_read(monkeypatch):
    with workers(5, 2) as run:
        monkeypatch.setattr(sys.modules[__name__], "secret", "the key")
        assert known(0) == "the key"
        assert set(run(known, range(8))) == {"none yet"}
