"""Every address of the API, and every filter of a list, stands in the reference."""

import re
from pathlib import Path

import pytest

from kenes.config.api import api

REFERENCE = (Path(__file__).resolve().parents[2] / "docs/reference/api.md").read_text("utf-8")
ADDRESSES = re.findall(r"^\| `(/api/v1/[^`]*)` \|", REFERENCE, re.MULTILINE)
FILTERS = {
    name: set(re.findall(r"`([a-z]+)`", words))
    for name, words in re.findall(r"^\| ([a-z]+) \| (`.*) \|$", REFERENCE, re.MULTILINE)
}
PATHS = api.get_openapi_schema()["paths"]
LISTS = sorted(path for path in PATHS if "{" not in path)
NUMBERS = {"/api/v1/coverage"}  # narrowed by filters too, but without rows
KEYED = {"/api/v1/register"}  # pages by key, and its CSV is the page's own


def test_the_reference_has_every_address_and_no_other() -> None:
    assert sorted(ADDRESSES) == sorted(PATHS)


def test_the_api_only_reads() -> None:
    assert {method for operations in PATHS.values() for method in operations} == {"get"}


@pytest.mark.parametrize("path", LISTS)
def test_every_filter_of_a_list_is_in_the_reference(path: str) -> None:
    asked = {parameter["name"] for parameter in PATHS[path]["get"]["parameters"]}
    of_rows = set() if path in NUMBERS | KEYED else {"page", "size"}
    assert FILTERS[path.rsplit("/", 1)[1]] | of_rows == asked


@pytest.mark.parametrize("path", sorted(PATHS))
def test_every_operation_tells_its_refusals_and_a_list_its_csv(path: str) -> None:
    responses = {str(status): told for status, told in PATHS[path]["get"]["responses"].items()}
    refusal = "422" if path in LISTS else "404"
    assert set(responses) == {"200", "304", refusal}
    assert list(responses[refusal]["content"]) == ["application/problem+json"]
    kinds = {"application/json", "text/csv"} if path in set(LISTS) - NUMBERS - KEYED else {"application/json"}
    assert set(responses["200"]["content"]) == kinds
