"""What a piece of work took."""

import subprocess
import sys

import pytest

from vote.bench.spent import Spent, Stopwatch


def test_what_a_process_computed_is_counted_when_it_has_ended():
    watch = Stopwatch()
    subprocess.run([sys.executable, "-c", "sum(range(3_000_000))"], check=True)
    spent = watch.read()
    assert spent.seconds > 0
    assert spent.computing > 0.01
    assert spent.others >= 0


def test_two_pieces_add_up_and_the_longer_one_weighs_more():
    both = Spent(1.0, 0.5, 2.0) + Spent(3.0, 4.0, 0.0)
    assert (both.seconds, both.computing, both.others) == (4.0, 4.5, 0.5)


def test_where_nobody_says_how_busy_the_machine_is_others_are_not_counted(monkeypatch):
    monkeypatch.setattr("pathlib.Path.read_text", lambda _: "cpu")
    watch = Stopwatch()
    assert watch.read().others == pytest.approx(0)
