"""Conditional requests: a client that holds the same bytes gets 304 and no body."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response


def with_etag(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Return the response with the ETag of its bytes, or 304 where `If-None-Match` has it.

    Source: RFC 9110, 8.8.3 and 13.1.2.
    """
    if response.status_code != 200:
        return response
    etag = f'"{hashlib.blake2b(response.content, digest_size=16).hexdigest()}"'
    response.headers["ETag"] = etag
    answer = get_conditional_response(request, etag=etag, response=response)
    return answer if isinstance(answer, HttpResponse) else response
