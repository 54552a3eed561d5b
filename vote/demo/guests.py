"""What whoever starts the demonstration may do on its pages: vote as an owner, certify as the offices.

Two small elections, each in an estate of its own, beside the one that the demonstration holds by itself: one whose
polls stay open for a month, with letters left for visitors, and one that is counted and waits for its certificate.
What visitors need lies in one file, which only the demonstration's pages read.
"""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from vote.credential.letter import decode_letters
from vote.demo.clerk import OFFICES, Place, Prepared
from vote.demo.count import Count
from vote.demo.story import Opened, Options, Stage, until_open, vote, wait_for
from vote.offline import create_secret

OPEN = Place("demo-open", "示例小区", "DEMO 演示：示例小区第一次业主大会（请您来投）", 10_000)
COUNTED = Place("demo-counted", "样例小区", "DEMO 演示：样例小区第一次业主大会（请您来办证明）", 20_000)
OWNERS = 12
AREAS_DM2 = (8937, 10254, 12188, 7655)
VISITORS = 3
"""Owners whose letters are left for visitors."""
MONTH = timedelta(days=30)
GUESTS = "guests.json"


def invite(options: Options, scene: Stage) -> None:
    """Hold the two elections and leave what visitors need in the work folder.

    Raises:
        RuntimeError: something failed.
    """
    opened, counted = _open(options, scene), _count(options, scene)
    letters = decode_letters(opened.letters.read_bytes())[-VISITORS:]
    guests = {
        "title": OPEN.title,
        "letters": [{**letter._asdict(), "phone": OPEN.phone(letter.entitlement)} for letter in letters],
        "counted": {
            "election": counted.uuid,
            "title": COUNTED.title,
            "folder": COUNTED.estate,
            "offices": {office: {"key": counted.keys[office][0], "file": f"{office}.key"} for office in OFFICES},
            "desk": counted.keys["desk"][0],
        },
    }
    create_secret(scene.work / GUESTS, json.dumps(guests, ensure_ascii=False).encode())


def _open(options: Options, scene: Stage) -> Opened:
    quiet, there = _elsewhere(options, scene, OPEN)
    return until_open(quiet, there, MONTH)


def _count(options: Options, scene: Stage) -> Prepared:
    quiet, there = _elsewhere(options, scene, COUNTED)
    opened = until_open(quiet, there)
    cast = vote(quiet, there, opened)
    wait_for(there.clerk, opened.prepared, "closed", opened.closes_at)
    count = Count(there.clerk, opened.prepared, quiet.out, quiet.tell)
    count.settle(cast.voters, cast.impersonated)
    wait_for(there.clerk, opened.prepared, "tallied", opened.closes_at)
    count.open_totals(there.clerk.folder)
    count.answer_objections(cast.voters)
    return opened.prepared


def _elsewhere(options: Options, scene: Stage, place: Place) -> tuple[Options, Stage]:
    """Return the same stage at another place, with files of its own and nothing said."""
    folder = scene.work / place.estate
    folder.mkdir()
    (folder / "out").mkdir()
    quiet = replace(
        options, roll=_write_roll(folder / "roll.csv"), out=folder / "out", turnout=100, tell=lambda _: None
    )
    return quiet, replace(scene, clerk=replace(scene.clerk, folder=folder, place=place))


def _write_roll(path: Path) -> Path:
    lines = ["楼幢,单元,室号,权利人,专有部分建筑面积"]
    for number in range(OWNERS):
        area_dm2 = AREAS_DM2[number % len(AREAS_DM2)]
        floor, flat = divmod(number, 4)
        lines.append(f"1幢,1单元,{floor + 1}{flat + 1:02},业主{number + 1:02},{area_dm2 // 100}.{area_dm2 % 100:02}")
    path.write_text("\n".join(lines) + "\n")
    return path
