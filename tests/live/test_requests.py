"""Requests: bodies that come late, in pieces or not at all; headers that come twice."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import NOON
from kenes.core.errors import InvalidInput
from kenes.live import requests
from kenes.live.errors import BadJson, BadText, SlowBody, TooLarge
from kenes.live.requests import Gone, Request, parse_object, read_json


def a_request(*headers: tuple[str, str], query: bytes = b"") -> Request:
    raw = [(name.encode(), value.encode("latin-1")) for name, value in headers]
    scope = {"method": "POST", "path": "/", "headers": raw, "query_string": query}
    return Request(scope, NOON)


def read(messages: Sequence[dict[str, Any]], *headers: tuple[str, str]) -> Any:
    """Read a body that comes as the messages say; after the last it never ends."""
    left = list(messages)

    async def receive() -> dict[str, Any]:
        if not left:
            await asyncio.sleep(60)
        return left.pop(0)

    request = a_request(("content-type", "application/json"), *headers)
    return asyncio.run(read_json(request, receive))


def piece(body: bytes, *, more: bool = True) -> dict[str, Any]:
    return {"type": "http.request", "body": body, "more_body": more}


def test_a_body_in_pieces_is_one_body():
    assert read([piece(b'{"te'), piece(b'xt": "\xd2\x9b'), piece(b'"}', more=False)]) == {"text": "қ"}


def test_no_body_is_an_empty_object():
    assert read([piece(b"", more=False)]) == {}


def test_a_body_is_cut_off_where_it_grows_too_large_or_says_it_will():
    with pytest.raises(TooLarge):
        read([piece(b"x" * 40_000), piece(b"x" * 40_000)])
    with pytest.raises(TooLarge):
        read([], ("content-length", "65537"))


def test_a_body_that_does_not_come_is_given_up(monkeypatch):
    monkeypatch.setattr(requests, "BODY_SECONDS", 0.02)
    with pytest.raises(SlowBody):
        read([piece(b"{")])


def test_a_client_that_leaves_is_not_answered():
    with pytest.raises(Gone):
        read([piece(b"{"), {"type": "http.disconnect"}])


@given(st.binary(max_size=200))
def test_any_bytes_are_an_object_or_a_clear_refusal(body):
    try:
        found = parse_object(body)
    except (BadJson, BadText):
        found = {}
    assert isinstance(found, dict)


def test_a_nested_text_is_looked_at_too():
    for body in (b'{"a": [{"b": "\\u0000"}]}', b'{"\\udfff": 1}'):
        with pytest.raises(BadText):
            parse_object(body)


def test_cookies_in_two_headers_are_all_read():
    request = a_request(("cookie", "a=1"), ("Cookie", "b=2"))
    assert request.cookies == {"a": "1", "b": "2"}


@pytest.mark.parametrize(
    ("header", "token"),
    [("Bearer abc", "abc"), ("bearer  abc ", "abc"), ("Basic abc", ""), ("Bearer", ""), ("", "")],
)
def test_the_bearer_is_read_from_its_header(header, token):
    assert a_request(("authorization", header)).bearer == token
    assert a_request().bearer is None


def test_a_query_of_too_many_fields_is_refused():
    with pytest.raises(InvalidInput):
        a_request(query=b"a=1&" * 30).number("a")
