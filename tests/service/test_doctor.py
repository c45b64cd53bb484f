"""The doctor at a running site: directly, and through proxies that do and do not hold the stream back."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest

from service.served import ServedSite

pytestmark = pytest.mark.service

NGINX = """
daemon off; worker_processes 1; pid {folder}/nginx.pid; error_log {folder}/nginx.log;
events {{ worker_connections 200; }}
http {{
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
  uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port};
    location / {{
      proxy_pass http://127.0.0.1:{behind}; proxy_set_header Host $host; proxy_http_version 1.1;
      proxy_set_header X-Forwarded-For $remote_addr; {more}
    }}
  }}
}}
"""
HOLDS_BACK = "proxy_ignore_headers X-Accel-Buffering; proxy_buffering on; proxy_buffers 8 64k;"


@contextmanager
def nginx(folder: Path, behind: int, more: str = "") -> Iterator[str]:
    folder.mkdir()
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "nginx.conf").write_text(NGINX.format(folder=folder, port=port, behind=behind, more=more))
    process = subprocess.Popen(
        [program, "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.DEVNULL
    )
    url = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 10
        while True:
            try:
                httpx.get(f"{url}/health")
                break
            except httpx.TransportError:
                assert time.monotonic() < end, (folder / "nginx.log").read_text()
                time.sleep(0.05)
        yield url
    finally:
        process.terminate()
        process.wait(10)


def doctor(site: ServedSite, url: str) -> dict[str, str]:
    """Return the report: subject to level, and under "code" how the command ended."""
    command = [sys.executable, "-m", "kenes.config.command", "doctor", "--url", url]
    done = subprocess.run(
        command, env=site.environment(), capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stderr == ""
    lines = [line for line in done.stdout.splitlines() if not line.startswith(" ")]
    found = {line[7:].partition(":")[0]: line[:5].strip() for line in lines}
    return {**found, "code": str(done.returncode)}


def test_a_site_that_sends_its_stream_at_once_is_found_well(site: ServedSite) -> None:
    found = doctor(site, site.url)
    assert {subject: found[subject] for subject in ("address", "headers", "metrics", "stream")} == {
        "address": "ok",
        "headers": "ok",
        "metrics": "ok",
        "stream": "ok",
    }
    assert (found["database"], found["migrations"], found["clock"]) == ("ok", "ok", "ok")


def test_a_proxy_that_holds_the_stream_back_is_found_wrong(site: ServedSite, tmp_path: Path) -> None:
    with nginx(tmp_path / "fine", site.port) as url:
        assert doctor(site, url)["stream"] == "ok"
    with nginx(tmp_path / "holding", site.port, HOLDS_BACK) as url:
        found = doctor(site, url)
    assert (found["stream"], found["address"], found["code"]) == ("wrong", "ok", "1")


def test_an_address_where_nobody_answers_is_found_wrong(site: ServedSite) -> None:
    site.stop()
    found = doctor(site, site.url)
    assert (found["address"], found["stream"], found["code"]) == ("wrong", "wrong", "1")
