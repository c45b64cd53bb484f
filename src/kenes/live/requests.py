"""Requests of the lean path: headers, query and a JSON body, all distrusted."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import parse_qsl
from uuid import UUID

from kenes.core.errors import InvalidInput
from kenes.live.contracts import Json, Receive, Scope
from kenes.live.cookies import read_cookies
from kenes.live.errors import BadJson, BadText, KeyMissing, SlowBody, TooLarge, WrongMediaType

MOST_BYTES = 64 * 1024
BODY_SECONDS = 20.0
LARGEST_NUMBER = 2**63 - 1


class Gone(Exception):
    """The client left before its request was whole: nobody waits for an answer."""


@dataclass(frozen=True)
class Request:
    """An HTTP request without its body. `at` is when it came; header names are lower case."""

    scope: Scope
    at: datetime

    @property
    def method(self) -> str:
        return str(self.scope["method"])

    @property
    def path(self) -> str:
        return str(self.scope["path"])

    @property
    def scheme(self) -> str:
        return str(self.scope.get("scheme", "http"))

    @cached_property
    def headers(self) -> Mapping[str, str]:
        headers: dict[str, str] = {}
        for raw_name, raw_value in self.scope["headers"]:
            name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1").strip()
            join = "; " if name == "cookie" else ", "
            headers[name] = f"{headers[name]}{join}{value}" if name in headers else value
        return headers

    @cached_property
    def query(self) -> Mapping[str, str]:
        raw = self.scope.get("query_string", b"").decode("latin-1")
        try:
            return dict(parse_qsl(raw, keep_blank_values=True, errors="strict", max_num_fields=20))
        except ValueError as error:
            raise InvalidInput from error

    @cached_property
    def cookies(self) -> Mapping[str, str]:
        return read_cookies(self.headers.get("cookie", ""))

    @property
    def address(self) -> str:
        client = self.scope.get("client")
        return str(client[0]) if client else ""

    @property
    def bearer(self) -> str | None:
        """The token of the `Authorization` header, if there is one (it may be empty or wrong)."""
        header = self.headers.get("authorization")
        if header is None:
            return None
        kind, _, token = header.partition(" ")
        return token.strip() if kind.lower() == "bearer" else ""

    def number(self, name: str) -> int | None:
        """Return a whole number of the query; raises `InvalidInput`."""
        text = self.query.get(name)
        if text is None:
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= LARGEST_NUMBER):
            raise InvalidInput
        return int(text)

    def idempotency_key(self) -> UUID:
        """Return the act's key; raises `KeyMissing`."""
        text = self.headers.get("idempotency-key", "").strip('"')
        try:
            return UUID(text) if len(text) == 36 else _no_key()
        except ValueError as error:
            raise KeyMissing from error


def _no_key() -> UUID:
    raise KeyMissing


async def read_json(request: Request, receive: Receive) -> Json:
    """Return the body as an object, `{}` where there is none.

    Raises `WrongMediaType`, `TooLarge`, `SlowBody`, `BadJson`, `BadText`, or `Gone`.
    """
    declared = request.headers.get("content-length", "")
    if declared == "0":  # a vote says all by its address: nothing to wait for
        return {}
    if declared.isdigit() and int(declared) > MOST_BYTES:
        raise TooLarge
    try:
        async with asyncio.timeout(BODY_SECONDS):
            body = await _read_body(receive)
    except TimeoutError as error:
        raise SlowBody from error
    if not body:
        return {}
    if not _is_json(request.headers.get("content-type", "")):
        raise WrongMediaType
    return parse_object(body)


async def _read_body(receive: Receive) -> bytes:
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            raise TooLarge
        if not message.get("more_body", False):
            return bytes(body)


def _is_json(content_type: str) -> bool:
    kind, _, parameters = content_type.lower().partition(";")
    charset = dict(parse_qsl(parameters.replace(" ", ""), separator=";")).get("charset", "utf-8").strip('"')
    return kind.strip() == "application/json" and charset in {"utf-8", "utf8"}


def parse_object(body: bytes) -> Json:
    """Return the JSON object; raises `BadJson` (form) or `BadText` (what its texts hold)."""
    try:
        document = json.loads(body.decode("utf-8"), parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BadJson from error
    if not isinstance(document, dict):
        raise BadJson
    _check_texts(document)
    return document


def _refuse_constant(name: str) -> None:
    raise ValueError(name)


def _check_texts(document: Mapping[str, Any]) -> None:
    # A stack of our own: what the parser took may be nested deeper than a recursion goes.
    left: list[Any] = [document]
    while left:
        value = left.pop()
        if isinstance(value, str):
            _check_text(value)
        elif isinstance(value, Mapping):
            left.extend((*value.keys(), *value.values()))
        elif isinstance(value, list):
            left.extend(value)


def _check_text(text: str) -> None:
    if "\0" in text:
        raise BadText
    try:
        text.encode()
    except UnicodeEncodeError as error:  # a lone surrogate
        raise BadText from error
