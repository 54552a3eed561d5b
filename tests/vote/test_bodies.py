"""Every body with a field changed, left out or added gets a problem document that names the field, and changes nothing."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.vote.assembly import PLACE
from tests.vote.platform import assert_refused

LONG = "x" * 200
ANY_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@pytest.fixture(scope="module")
def running(_stages, tmp_path_factory):
    with _stages.running("sealed", tmp_path_factory.mktemp("http")) as pair:
        yield pair


def bodies(assembly):
    """Return every JSON body that the interface takes: its path, a good one, and what may be left out."""
    roll = f"/api/rolls/{assembly.people.roll}"
    return {
        "estate": ("/api/estates", PLACE, set()),
        "draft": (
            "/api/elections",
            {**assembly.draft(), "profile": "cn", "secrecy": "secret"},
            {"profile", "secrecy"},
        ),
        "objection": (f"{roll}/objections", {"sheet_row": 3, "text": "x"}, {"sheet_row"}),
        "answer": (f"{roll}/objections/1/answer", {"answer": "x"}, set()),
    }


FIELDS = [
    *(("estate", name) for name in PLACE),
    *(
        ("draft", name)
        for name in ("estate", "roll", "title", "profile", "secrecy", "opens_at", "closes_at", "trustees", "threshold",
                     "questions")
    ),
    ("objection", "sheet_row"),
    ("objection", "text"),
    ("answer", "answer"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "name"), FIELDS)
def test_a_body_with_a_field_of_another_kind_is_refused_by_name(running, body, name):
    runner, assembly = running
    path, good, _ = bodies(assembly)[body]
    kind = type(good[name])
    before = assembly.platform.contents()

    @given(ANY_JSON.filter(lambda value: type(value) is not kind and (value is not None or name != "sheet_row")))
    @settings(max_examples=12, deadline=None)
    def refuse(value):
        answer = runner.run(assembly.platform.ask("POST", path, json={**good, name: value}))
        assert_refused(answer, 400, "malformed", f"The field {name}")

    refuse()
    assert assembly.platform.contents() == before


@pytest.mark.parametrize(("body", "name"), FIELDS)
def test_a_body_without_one_of_its_fields_is_refused_by_name(running, body, name):
    runner, assembly = running
    path, good, optional = bodies(assembly)[body]
    if name in optional:
        return
    less = {key: value for key, value in good.items() if key != name}
    answer = runner.run(assembly.platform.ask("POST", path, json=less))
    assert_refused(answer, 400, "malformed", f"The field {name} does not fit: Field required")


@pytest.mark.parametrize("body", ["estate", "draft", "objection", "answer"])
def test_a_body_with_an_unknown_field_is_refused_by_name(running, body):
    runner, assembly = running
    path, good, _ = bodies(assembly)[body]
    answer = runner.run(assembly.platform.ask("POST", path, json={**good, "quorum": 0}))
    assert_refused(answer, 400, "malformed", "The field quorum does not fit")


@pytest.mark.parametrize("body", ["estate", "draft", "objection", "answer"])
@pytest.mark.parametrize(
    "data", [b"", b"{", b"null", b"[]", b"1", b"\xff", b'{"a":', b'{"id":"\\ud800"}', b"[" * 30000, b'{"text": NaN}']
)
def test_what_is_no_such_json_is_refused(running, body, data):
    runner, assembly = running
    answer = runner.run(assembly.platform.ask("POST", bodies(assembly)[body][0], content=data))
    assert_refused(answer, 400, "malformed", "The field")


@pytest.mark.parametrize("row", [-1, 10**9, 2**31, 2**63, 10**40])
def test_a_number_that_no_row_has_is_refused_by_name(running, row):
    runner, assembly = running
    objections = bodies(assembly)["objection"][0]
    answer = runner.run(assembly.platform.ask("POST", objections, json={"sheet_row": row, "text": "x"}))
    assert_refused(answer, 400, "malformed", "sheet_row")
    answer = runner.run(assembly.platform.ask("POST", "/api/elections", json={**assembly.draft(), "roll": row}))
    assert_refused(answer, 400, "malformed", "roll")


@pytest.mark.parametrize("tracker", ["", LONG, "\x00", "%", "é", "a+b/c", "馨"])
def test_any_tracker_may_be_asked_for(running, tracker):
    runner, assembly = running
    answer = runner.run(assembly.platform.ask("GET", f"{assembly.api}/ballot", params={"tracker": tracker}))
    assert_refused(answer, 404, "not-found", "No ballot with this receipt")
