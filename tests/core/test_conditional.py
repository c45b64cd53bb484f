"""A client that holds the same bytes gets no body."""

from django.http import HttpResponse
from django.test import RequestFactory

from kenes.core.conditional import with_etag


def test_the_same_bytes_have_the_same_etag_and_other_bytes_another() -> None:
    request = RequestFactory().get("/")
    etags = [with_etag(request, HttpResponse(text))["ETag"] for text in ("a", "a", "b")]
    assert etags[0] == etags[1] != etags[2]


def test_a_client_that_has_the_bytes_gets_304_without_them() -> None:
    etag = with_etag(RequestFactory().get("/"), HttpResponse("a"))["ETag"]
    again = with_etag(RequestFactory().get("/", headers={"If-None-Match": etag}), HttpResponse("a"))
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", etag)


def test_an_error_has_no_etag() -> None:
    assert not with_etag(RequestFactory().get("/"), HttpResponse("a", status=422)).has_header("ETag")
