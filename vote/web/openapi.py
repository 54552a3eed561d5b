"""The description of the programming interface, made from the declared views."""

from collections.abc import Sequence
from typing import Any

from pydantic.json_schema import models_json_schema
from starlette.routing import BaseRoute, Route

from vote.http import NumberConvertor, Operation
from vote.role import Role

PROBLEM = {
    "description": "Refused; one sentence says why.",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}
PROBLEM_SCHEMA = {
    "type": "object",
    "required": ["type", "status", "reason", "title", "detail"],
    "properties": {
        "type": {"type": "string"},
        "status": {"type": "integer"},
        "reason": {"type": "string"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
    },
}


def describe(routes: Sequence[BaseRoute], version: str) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of all declared views among `routes`."""
    declared = [
        (route, route.endpoint.operation)
        for route in routes
        if isinstance(route, Route) and hasattr(route.endpoint, "operation")
    ]
    models = {
        model
        for _, operation in declared
        for model in (operation.body, operation.answer, operation.waits)
        if isinstance(model, type)
    }
    _, definitions = models_json_schema(
        [(model, "validation") for model in sorted(models, key=lambda model: model.__name__)],
        ref_template="#/components/schemas/{model}",
    )
    paths: dict[str, dict[str, Any]] = {}
    for route, operation in declared:
        paths.setdefault(route.path_format, {})[operation.method.lower()] = _operation(route, operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "善治 Shanzhi", "version": version},
        "paths": paths,
        "components": {
            "schemas": {**definitions.get("$defs", {}), "Problem": PROBLEM_SCHEMA},
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(route: Route, operation: Operation) -> dict[str, Any]:
    success: dict[str, Any] = {"description": "Done."}
    if isinstance(operation.answer, str):
        success["content"] = {operation.answer: {"schema": {}}}
    elif operation.answer:
        success["content"] = {"application/json": {"schema": _reference(operation.answer.__name__)}}
    responses = {str(operation.status): success, "default": PROBLEM}
    if operation.waits:
        waiting = {"application/json": {"schema": _reference(operation.waits.__name__)}}
        responses["202"] = {"description": "It is not done yet.", "content": waiting}
    if operation.repeated:
        responses[str(operation.repeated)] = {**success, "description": "It was done before."}
    described: dict[str, Any] = {
        "operationId": route.name.removeprefix("vote.").replace(".views:", "-").translate(str.maketrans("_.:", "---")),
        "summary": operation.summary,
        "parameters": [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": {"type": "integer" if isinstance(convertor, NumberConvertor) else "string"},
            }
            for name, convertor in route.param_convertors.items()
        ]
        + [{"name": name, "in": "query", "schema": {"type": "string"}} for name in operation.query],
        "responses": responses,
    }
    if operation.role is not Role.PUBLIC:
        described["security"] = [{"key": []}]
    if operation.body:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _reference(operation.body.__name__)}},
        }
    elif operation.media:
        described["requestBody"] = {"required": True, "content": {operation.media: {"schema": {}}}}
    return described


def _reference(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
