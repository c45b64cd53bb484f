"""Whose word is taken for the address of a request."""

import pytest

from kenes.core.addresses import client_address


@pytest.mark.parametrize(
    ("peer", "forwarded", "behind_proxy", "address"),
    [
        ("192.0.2.1", "", False, "192.0.2.1"),
        ("192.0.2.1", "203.0.113.9", False, "192.0.2.1"),
        ("127.0.0.1", "203.0.113.9", True, "203.0.113.9"),
        ("127.0.0.1", "198.51.100.1, 203.0.113.9", True, "203.0.113.9"),
        ("127.0.0.1", "", True, "127.0.0.1"),
        ("127.0.0.1", "not an address", True, "127.0.0.1"),
        ("127.0.0.1", "2001:db8::1", True, "2001:db8::1"),
    ],
)
def test_the_last_hop_counts_behind_a_proxy_and_the_peer_otherwise(
    peer: str, forwarded: str, behind_proxy: bool, address: str
) -> None:
    meta = {"REMOTE_ADDR": peer, "HTTP_X_FORWARDED_FOR": forwarded}
    assert client_address(meta, behind_proxy=behind_proxy) == address


def test_a_request_without_any_address_has_an_empty_one() -> None:
    assert client_address({}, behind_proxy=True) == ""
