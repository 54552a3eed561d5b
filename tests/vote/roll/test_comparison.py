"""What changed between two rolls, by hand."""

from vote.roll.comparison import Change, Line, compare

A, B, C, D = (("1", "1", room) for room in ("101", "102", "103", "104"))


def line(area: int, *owners: str) -> Line:
    return Line(area, frozenset((owner, "") for owner in owners), "、".join(f"{owner[:1]}*" for owner in owners))


def test_units_are_added_removed_and_changed() -> None:
    before = {A: line(9000, "张三"), B: line(8000, "李四"), C: line(7000, "王五")}
    after = {A: line(9000, "张三"), B: line(8100, "李四", "赵六"), D: line(6000, "钱七")}
    found = compare(before, after)
    assert [(each.place, each.changes) for each in found.differences] == [
        (B, (Change.AREA, Change.OWNER)),
        (D, (Change.ADDED,)),
        (C, (Change.REMOVED,)),
    ]
    assert found.same == 1
    assert [found.count(change) for change in Change] == [1, 1, 1, 1]
    assert found.differences[0].before == before[B]
    assert found.differences[2].after is None


def test_equal_rolls_have_no_differences() -> None:
    lines = {A: line(9000, "张三")}
    assert compare(lines, lines).differences == ()
    assert compare(lines, lines).same == 1
