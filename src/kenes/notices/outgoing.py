"""One POST to another system: to a public address only, pinned, without redirects, within a time limit.

The name is resolved once and the connection goes to the address that was judged: a name that
answers differently the second time (DNS rebinding) reaches nothing inside.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Mapping
from urllib.parse import SplitResult, urlsplit

SECONDS = 10.0
# Addresses that only lead to others: the one inside is judged.
_NAT64 = ipaddress.ip_network("64:ff9b::/96")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class AddressForbidden(ValueError):
    """The address is not one that may be called."""


def post(url: str, body: bytes, headers: Mapping[str, str], *, allows_private: bool) -> int:
    """Send the body and return the status of the answer, which is not read further.

    `allows_private` also takes http and addresses inside the network.
    Raises: AddressForbidden, OSError, http.client.HTTPException.
    """
    parts = urlsplit(url)
    is_secure = parts.scheme == "https"
    if not parts.hostname or not (is_secure or (allows_private and parts.scheme == "http")):
        raise AddressForbidden("not an https address")
    port = parts.port or (443 if is_secure else 80)
    address = _resolved(parts.hostname, port, allows_private=allows_private)
    connection = _connected(address, port)
    # A socket's own limit is for each step: a peer that drips bytes would hold us for ever.
    guard = threading.Timer(SECONDS, _cut, [connection])
    guard.daemon = True
    guard.start()
    try:
        if is_secure:
            _secure(connection, parts.hostname)
        connection.request("POST", _target(parts), body, {"Host": _host(parts), **headers})
        return connection.getresponse().status
    finally:
        guard.cancel()
        connection.close()


def may_be_called(address: Address) -> bool:
    """Say whether the address is out on the internet, not inside some network or reserved."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return may_be_called(inside)
    return address.is_global and not address.is_multicast


def _resolved(host: str, port: int, *, allows_private: bool) -> str:
    """Return the first address of the host, all of which must be allowed."""
    found = [str(info[4][0]) for info in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    forbidden = [one for one in found if not may_be_called(ipaddress.ip_address(one.partition("%")[0]))]
    if forbidden and not allows_private:
        raise AddressForbidden("an address inside a network")
    return found[0]


def _connected(address: str, port: int) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(address, port, timeout=SECONDS)
    connection.connect()
    return connection


def _secure(connection: http.client.HTTPConnection, host: str) -> None:
    """Begin TLS with the host by its name; the socket is the connection's before the handshake, to be cut."""
    context = ssl.create_default_context()
    secured = context.wrap_socket(connection.sock, server_hostname=host, do_handshake_on_connect=False)
    connection.sock = secured
    secured.do_handshake()


def _cut(connection: http.client.HTTPConnection) -> None:
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:  # it has ended by itself
            return


def _target(parts: SplitResult) -> str:
    return f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"


def _host(parts: SplitResult) -> str:
    return parts.netloc.rpartition("@")[2]
