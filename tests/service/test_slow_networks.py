"""Cases that froze prototypes: slow clients must not delay anybody else."""

import socket
import time
from contextlib import ExitStack

import httpx
import pytest

from service.served import ServedSite

pytestmark = pytest.mark.service

KEEP_A_LARGE_FILE = """
import django
django.setup()
from django.core.files.base import ContentFile
from django.utils import timezone
from kenes.files.actions import keep_upload
content = b"%PDF-1.7" + b"x" * 15_000_000
keep_upload(ContentFile(content, name="materials.pdf"), by=None, at=timezone.now())
"""


def test_two_slow_uploads_and_two_stalled_downloads_do_not_delay_a_third_page(site: ServedSite) -> None:
    site.change_from_elsewhere(KEEP_A_LARGE_FILE)
    ((public_id,),) = site.rows("SELECT public_id FROM files_upload")
    assert httpx.get(f"{site.url}/en/").status_code == 200
    with ExitStack() as stack:
        for _ in range(2):
            upload = stack.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            upload.sendall(
                b"POST /en/accounts/login/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n"
                b"Content-Type: application/x-www-form-urlencoded\r\n\r\nlogin="
            )
            download = stack.enter_context(socket.create_connection(("127.0.0.1", site.port)))
            download.sendall(b"GET /files/%b/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" % public_id.encode())
            assert download.recv(12) == b"HTTP/1.1 200"
        for _ in range(5):
            began = time.monotonic()
            assert httpx.get(f"{site.url}/en/", timeout=5).status_code == 200
            assert time.monotonic() - began < 1.0


def test_a_stop_ends_streams_and_server_within_two_seconds(site: ServedSite) -> None:
    with socket.create_connection(("127.0.0.1", site.port)) as stream:
        stream.sendall(b"GET /live/rooms/AKM-1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        stream.settimeout(5)
        received = b""
        while b"data: " not in received:
            received += stream.recv(4096)
        assert site.stop() < 2.0
        while part := stream.recv(4096):
            received += part
    assert received.rstrip().rpartition(b"\n")[2].startswith(b"retry: ")
