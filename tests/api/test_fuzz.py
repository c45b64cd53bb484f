"""Whatever is asked, the API answers as its own description says."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kenes.config.api import api
from kenes.questions.models import Question

SCHEMA = api.get_openapi_schema()
PATHS = SCHEMA["paths"]
FOUND = {
    "/api/v1/campaigns/{slug}": "days-2021",
    "/api/v1/meetings/{room}": "AKM-1",
    "/api/v1/places/{kato}": "110000000",
}
JUNK = st.one_of(st.text(max_size=20), st.sampled_from(["", "\x00", "'", "%", "-1", "1e9", "9" * 40, "٣"]))


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return dict(SCHEMA["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    return schema


def values(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Return values that the schema of a filter allows."""
    schema = resolved(schema)
    if "anyOf" in schema:
        return st.one_of([values(one) for one in schema["anyOf"] if one != {"type": "null"}])
    if "allOf" in schema:  # a schema with a default beside it
        (schema,) = schema["allOf"]
        return values(schema)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if schema["type"] == "integer":
        return st.integers(schema["minimum"], schema["maximum"])
    if schema["type"] == "boolean":
        return st.sampled_from(["true", "false"])
    if schema.get("format") == "date":
        return st.dates(date(1990, 1, 1), date(2200, 1, 1)).map(str)
    if "pattern" in schema:
        return st.from_regex(schema["pattern"].removesuffix("$") + r"\Z").filter(
            lambda text: len(text) <= schema.get("maxLength", 99)
        )
    return st.text(st.characters(codec="utf-8"), max_size=schema.get("maxLength", 50))


def queries(path: str, *, with_junk: bool) -> st.SearchStrategy[dict[str, Any]]:
    parameters = [one for one in PATHS[path]["get"].get("parameters", []) if one["in"] == "query"]
    one_of = {one["name"]: values(one["schema"]) for one in parameters}
    if with_junk:
        one_of = {name: st.one_of(allowed, JUNK) for name, allowed in one_of.items()} | {"other": JUNK}
    return st.fixed_dictionaries({}, optional=one_of)


fuzzed = settings(
    max_examples=25, deadline=None, database=None, suppress_health_check=list(HealthCheck), derandomize=True
)


@pytest.mark.parametrize("path", sorted(path for path in PATHS if "{" not in path))
@fuzzed
@given(data=st.data())
def test_filters_as_described_are_answered(
    path: str, data: st.DataObject, client: Client, ask: Callable[..., Question]
) -> None:
    query = data.draw(queries(path, with_junk=False))
    response = client.get(path, query)
    assert response.status_code == 200
    assert len(response.json().get("rows", ())) <= response.json().get("size", 0)


@pytest.mark.parametrize("path", sorted(path for path in PATHS if "{" not in path))
@fuzzed
@given(data=st.data())
def test_junk_is_answered_or_refused_in_words(
    path: str, data: st.DataObject, client: Client, ask: Callable[..., Question]
) -> None:
    response = client.get(path, data.draw(queries(path, with_junk=True)))
    assert response.status_code in {200, 422}
    if response.status_code == 422:
        assert response["Content-Type"].startswith("application/problem+json")
        assert response.json()["status"] == 422


@pytest.mark.parametrize("path", sorted(path for path in PATHS if "{" in path))
@fuzzed
@given(name=st.one_of(st.from_regex(r"[-A-Za-z0-9_]{1,30}", fullmatch=True), JUNK))
def test_any_name_in_an_address_is_found_or_not(path: str, name: str, client: Client, db: None) -> None:
    response = client.get(path[: path.index("{")] + name.replace("/", ""))
    # An empty name is the list's own address with a slash too many.
    assert response.status_code in {200, 404}


@pytest.mark.parametrize("bytes_", ["%ff", "%ed%a0%bd", "%00", "%25", "%D0"])
def test_bytes_that_are_no_text_are_answered_too(bytes_: str, client: Client, db: None) -> None:
    assert client.get(f"/api/v1/places?search={bytes_}").status_code == 200
    assert client.get(f"/api/v1/meetings?campaign={bytes_}").status_code == 422
    assert client.get(f"/api/v1/campaigns/{bytes_}").status_code == 404


def test_what_the_fuzzer_knows_is_there(client: Client, ask: Callable[..., Question]) -> None:
    ask()
    addresses = [path[: path.index("{")] + name for path, name in FOUND.items()]
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
