"""Pages travel compressed to whoever takes that: the aul's line is thin."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_page_is_compressed_for_a_browser_that_takes_gzip(client: Client) -> None:
    page = client.get("/en/regions/", headers={"accept-encoding": "gzip"})
    plain = client.get("/en/regions/")
    assert page.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert len(page.content) * 2 < len(plain.content)


def test_caches_keep_the_two_apart(client: Client) -> None:
    page = client.get("/en/regions/", headers={"accept-encoding": "gzip"})
    assert "Accept-Encoding" in page.headers["Vary"]
