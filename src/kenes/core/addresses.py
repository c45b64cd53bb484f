"""The address a request came from: a proxy's word is taken only where a proxy is configured."""

from collections.abc import Mapping
from ipaddress import ip_address


def client_address(meta: Mapping[str, object], *, behind_proxy: bool) -> str:
    """Return the client's address from a WSGI environment, or an empty text.

    Behind a proxy it is the last hop of X-Forwarded-For: the one our own proxy wrote. The hops
    before it are whatever the client claimed.
    """
    peer = str(meta.get("REMOTE_ADDR") or "")
    hops = str(meta.get("HTTP_X_FORWARDED_FOR") or "")
    last = hops.rpartition(",")[2].strip() if behind_proxy else ""
    return last if _is_address(last) else peer


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
