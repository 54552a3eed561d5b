"""The programming interface does what `/openapi.json` says of it, whatever it is asked."""

import re
from collections.abc import Iterator
from importlib.metadata import version

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error, response_headers_conformance, response_schema_conformance
from schemathesis.specs.openapi.checks import content_type_conformance, status_code_conformance

from tests.vote.assembly import ESTATE, Assembly
from tests.vote.platform import STAFF, URL
from vote.http import Operation
from vote.role import Role
from vote.web.app import ROUTES
from vote.web.openapi import describe

NUMBERED = (
    *("entitlement", "objection", "dispute", "change", "raised_by", "about", "question", "choice"),
    *("into", "opening", "certificate", "hit", "posting"),
)
"""Things of which there may be a first one."""
DOCUMENT = describe(ROUTES, version("shanzhi"))
SCHEMA = schemathesis.openapi.from_dict(DOCUMENT)
OPERATIONS = {operation.ok().label: operation.ok() for operation in SCHEMA.get_all_operations()}
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]


def declared() -> Iterator[tuple[str, Operation]]:
    for route in ROUTES:
        if hasattr(getattr(route, "endpoint", None), "operation"):
            yield route.path_format, route.endpoint.operation


def test_every_declared_view_is_described():
    described = {(path, method) for path, methods in DOCUMENT["paths"].items() for method in methods}
    assert described == {(path, operation.method.lower()) for path, operation in declared()}
    assert len(described) == len(list(declared())) == len(OPERATIONS)


def test_every_description_has_a_name_of_its_own_and_a_line_for_the_reader():
    described = [operation for methods in DOCUMENT["paths"].values() for operation in methods.values()]
    names = [operation["operationId"] for operation in described]
    assert len(set(names)) == len(names)
    assert all(re.fullmatch("[a-z-]+", name) for name in names), names
    assert all(operation["summary"] for operation in described)


def test_what_needs_a_key_says_so():
    for path, operation in declared():
        described = DOCUMENT["paths"][path][operation.method.lower()]
        assert ("security" in described) == (operation.role is not Role.PUBLIC)
        assert ("requestBody" in described) == bool(operation.body or operation.media)


def test_every_reference_leads_somewhere():
    text = str(DOCUMENT)
    names = set(re.findall(r"#/components/schemas/(\w+)", text))
    assert names <= set(DOCUMENT["components"]["schemas"])
    assert "Problem" in names


@pytest.fixture(scope="module", params=["opened", "tallied"])
def running(request, _stages, tmp_path_factory):
    """An election at a stage, and the loop in which its platform runs."""
    with _stages.running(request.param, tmp_path_factory.mktemp("interface")) as pair:
        yield pair


def real(assembly: Assembly) -> dict[str, object]:
    """Return what stands in paths and bodies about things that are there."""
    return {
        **dict.fromkeys(("election", "name", "record", "inquiry", "petition", "case", "happening"), assembly.uuid),
        "estate": ESTATE,
        "tracker": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "part": "0/000.p/1",
        "anchor": "1.tsr",
        "number": 2,
        "roll": assembly.people.roll,
        "trustee": 1,
        "duty": "desk",
        "slot": 1,
        **dict.fromkeys(NUMBERED, 1),
    }


def keys(assembly: Assembly) -> st.SearchStrategy[str]:
    handed_out = [key for made in assembly.people.keys.values() for key in made]
    return st.sampled_from([STAFF, *handed_out, "guess", ""])


async def send(assembly: Assembly, request: dict) -> httpx.Response:
    if "data" in request:
        request["content"] = request.pop("data")
    request.pop("cookies", None)
    return await assembly.platform.http.request(**request)


PATHS = sorted({path for path, operation in declared() if operation.method == "GET" and "{" in path})


@pytest.mark.parametrize("known", [(), ("estate", "election")], ids=["nothing", "known"])
@pytest.mark.parametrize("word", ["A" * 300, "%00"], ids=["long", "zero"])
def test_no_word_in_a_path_is_too_strange_to_look_for(running, known, word):
    runner, assembly = running
    there = {name: str(real(assembly)[name]) for name in known}
    for path in PATHS:
        url = URL + re.sub(r"{(\w+)}", lambda name: there.get(name[1], word), path)
        answer = runner.run(send(assembly, {"method": "GET", "url": url}))
        assert answer.status_code < 500, path


@pytest.mark.parametrize("label", sorted(OPERATIONS))
def test_whatever_is_asked_the_answer_is_as_described(running, label):
    runner, assembly = running
    operation = OPERATIONS[label]
    known = real(assembly)

    @given(operation.as_strategy(), st.data())
    @settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
    def ask(case, data):
        for name in case.path_parameters or {}:
            if data.draw(st.integers(0, 3)):
                case.path_parameters[name] = known[name]
        if isinstance(case.body, dict):
            for name in case.body.keys() & known.keys():
                if data.draw(st.booleans()):
                    case.body[name] = known[name]
        request = case.as_transport_kwargs(base_url=URL)
        if key := data.draw(keys(assembly)):
            request["headers"] = {**request["headers"], "Authorization": f"Bearer {key}"}
        answer = runner.run(send(assembly, request))
        case.validate_response(answer, checks=CHECKS)

    ask()
