"""A voter who trusts none of our programs: the ballot is made by belenios-tool, from the files that everybody gets."""

import json
import subprocess
from pathlib import Path

from tests.foreign import belenios, belenios_verify
from tests.vote.assembly import Assembly


def generate_ballot(folder: Path, credential: str, choices: list[list[int]]) -> bytes:
    """Let belenios-tool seal `choices` for the one archive in `folder`."""
    (folder / "credential").write_text(credential)
    (folder / "choices").write_text(json.dumps(choices))
    command = [belenios(), "election", "generate-ballot", "--dir", folder]
    command += [f"--privcred={folder / 'credential'}", f"--choice={folder / 'choices'}"]
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout.removesuffix(b"\n")


async def test_a_ballot_made_by_belenios_tool_is_accepted_and_counted(simple: Assembly, tmp_path: Path) -> None:
    folder = tmp_path / "voter"
    folder.mkdir()
    (folder / f"{simple.uuid}.bel").write_bytes(await simple.archive())
    ballot = generate_ballot(folder, simple.people.credentials[2], [[0, 1, 0], [1, 0, 1, 0]])
    answer = await simple.send(ballot)
    assert answer.status_code == 201
    await simple.cast(3, [[1, 0, 0], [0, 0, 0, 0]])
    await simple.close()
    await simple.check()
    await simple.sum()
    assert [await simple.contribute(trustee) for trustee in (1, 3)] == [False, True]
    (folder / f"{simple.uuid}.bel").write_bytes(await simple.archive())
    assert belenios_verify(folder).returncode == 0
    result = json.loads(await simple.platform.get(f"{simple.pages}/result.json", key=None))
    assert result["cast"] == {"heads": 2, "area_dm2": 27000}
    counted = [[(choice["heads"], choice["area_dm2"]) for choice in asked["choices"]] for asked in result["questions"]]
    assert counted == [[(1, 15000), (1, 12000), (0, 0)], [(1, 12000), (0, 0), (1, 12000), (0, 0)]]


async def test_a_ballot_of_the_foreign_tool_with_a_changed_byte_is_refused(simple: Assembly, tmp_path: Path) -> None:
    (tmp_path / f"{simple.uuid}.bel").write_bytes(await simple.archive())
    ballot = generate_ballot(tmp_path, simple.people.credentials[1], [[1, 0, 0], [0, 0, 0, 1]])
    place = ballot.index(b'"challenge":"') + 14
    changed = ballot[:place] + (b"1" if ballot[place : place + 1] != b"1" else b"2") + ballot[place + 1 :]
    answer = await simple.send(changed)
    assert (answer.status_code, answer.json()["reason"]) == (422, "ballot-invalid")
