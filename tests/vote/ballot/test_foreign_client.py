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


async def test_a_ballot_made_by_belenios_tool_is_accepted_and_counted(opened: Assembly, tmp_path: Path) -> None:
    folder = tmp_path / "voter"
    folder.mkdir()
    (folder / f"{opened.uuid}.bel").write_bytes(await opened.archive())
    ballot = generate_ballot(folder, opened.people.credentials[2], [[0, 1, 0], [1, 0, 1, 0]])
    answer = await opened.send(ballot)
    assert answer.status_code == 201
    await opened.cast(3, [[1, 0, 0], [0, 0, 0, 0]])
    await opened.close()
    await opened.check()
    await opened.sum()
    assert [await opened.contribute(trustee) for trustee in (1, 3)] == [False, True]
    (folder / f"{opened.uuid}.bel").write_bytes(await opened.archive())
    assert belenios_verify(folder).returncode == 0
    result = json.loads(await opened.platform.get(f"{opened.pages}/result.json", key=None))
    assert result["cast"] == {"heads": 2, "area_dm2": 27000}
    counted = [[(choice["heads"], choice["area_dm2"]) for choice in asked["choices"]] for asked in result["questions"]]
    assert counted == [[(1, 15000), (1, 12000), (0, 0)], [(1, 12000), (0, 0), (1, 12000), (0, 0)]]


async def test_a_ballot_of_the_foreign_tool_with_a_changed_byte_is_refused(opened: Assembly, tmp_path: Path) -> None:
    (tmp_path / f"{opened.uuid}.bel").write_bytes(await opened.archive())
    ballot = generate_ballot(tmp_path, opened.people.credentials[1], [[1, 0, 0], [0, 0, 0, 1]])
    place = ballot.index(b'"challenge":"') + 14
    changed = ballot[:place] + (b"1" if ballot[place : place + 1] != b"1" else b"2") + ballot[place + 1 :]
    answer = await opened.send(changed)
    assert (answer.status_code, answer.json()["reason"]) == (422, "ballot-invalid")
