"""Origins: which requests may rest on a cookie, as one table."""

import pytest

from factories import NOON
from kenes.live.errors import BadHost, CrossSite
from kenes.live.origins import (
    own_origins,
    refuse_foreign_act,
    refuse_foreign_host,
    refuse_foreign_read,
    scheme_of,
)
from kenes.live.requests import Request

OWN, FOREIGN = "https://kenes.example.org", "https://elsewhere.example"


def a_request(scheme: str = "https", host: str = "kenes.example.org", **headers: str) -> Request:
    named = {"host": host, **{name.replace("_", "-"): value for name, value in headers.items()}}
    raw = [(name.encode(), value.encode()) for name, value in named.items()]
    return Request({"scheme": scheme, "headers": raw, "method": "POST", "path": "/"}, NOON)


@pytest.fixture(autouse=True)
def _public_url(settings):
    settings.ALLOWED_HOSTS = ["kenes.example.org", "localhost"]
    settings.PUBLIC_URL = OWN
    settings.CSRF_TRUSTED_ORIGINS = ["https://desk.example.org"]


def is_refused(check, **headers: str) -> bool:
    try:
        check(a_request(**headers))
    except CrossSite:
        return True
    return False


TABLE = [
    # headers, refused as an act, refused as a private read
    ({}, True, False),
    ({"origin": OWN}, False, False),
    ({"origin": "https://desk.example.org"}, False, False),
    ({"origin": FOREIGN}, True, True),
    ({"origin": "null"}, True, True),
    ({"origin": "http://kenes.example.org"}, True, True),
    ({"origin": "https://kenes.example.org.elsewhere.example"}, True, True),
    ({"origin": FOREIGN, "sec_fetch_site": "same-origin"}, True, True),
    ({"origin": FOREIGN, "referer": f"{OWN}/kk/"}, True, True),
    ({"sec_fetch_site": "same-origin"}, False, False),
    ({"sec_fetch_site": "same-site"}, True, True),
    ({"sec_fetch_site": "cross-site"}, True, True),
    ({"sec_fetch_site": "none"}, True, False),
    ({"sec_fetch_site": "cross-site", "referer": f"{OWN}/kk/"}, True, True),
    ({"referer": f"{OWN}/kk/rooms/AKM-2/"}, False, False),
    ({"referer": f"{FOREIGN}/?{OWN}"}, True, False),
    ({"referer": "https://kenes.example.org@elsewhere.example/"}, True, False),
    ({"referer": "about:blank"}, True, False),
    ({"referer": "https://kenes.example.org:99999/"}, True, False),
]


@pytest.mark.parametrize(("headers", "is_act_refused", "is_read_refused"), TABLE)
def test_what_rests_on_a_cookie_comes_from_our_own_pages(headers, is_act_refused, is_read_refused):
    assert is_refused(refuse_foreign_act, **headers) == is_act_refused
    assert is_refused(refuse_foreign_read, **headers) == is_read_refused


def test_the_host_asked_for_is_our_own_origin_with_its_port():
    origins = own_origins(a_request(scheme="http", host="localhost:8000"))
    assert origins == {"http://localhost:8000", OWN, "https://desk.example.org"}
    assert "https://kenes.example.org" in own_origins(a_request(host="kenes.example.org:443"))


@pytest.mark.parametrize("host", ["", "elsewhere.example", "kenes.example.org.elsewhere.example", "a b", "@"])
def test_a_host_that_is_not_ours_is_refused(host):
    with pytest.raises(BadHost):
        refuse_foreign_host(a_request(host=host))


def test_the_scheme_is_the_one_the_declared_proxy_tells(settings):
    told = a_request(scheme="http", x_forwarded_proto="https")
    settings.SECURE_PROXY_SSL_HEADER = None
    assert scheme_of(told) == "http"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert scheme_of(told) == "https"
    assert scheme_of(a_request(scheme="http")) == "http"
