"""A running site from its operator's side: metrics, health, log lines without personal data."""

import json
import re
import socket

import httpx
import pytest

from service.served import Participant, ServedSite

pytestmark = pytest.mark.service

NAME = "Әсел Мысалқызы"


def test_no_personal_datum_reaches_the_log_and_each_request_has_one_line(site: ServedSite) -> None:
    site.stop()
    site.start(KENES_LOG_FORMAT="json", KENES_BEHIND_PROXY="on", KENES_LOG_LEVEL="DEBUG")
    proxied = {"X-Forwarded-For": "92.46.1.7", "X-Request-ID": "an-id-of-the-proxy"}
    with httpx.Client(timeout=10, headers=proxied) as client:
        client.post(f"{site.room}/join", json={"name": NAME})
        client.cookies.clear()
        guest = Participant(site.room, client)
        held = guest.ask("Хабарласыңыз: asker@example.org").json()
        assert held["state"] == "held"  # until somebody has looked at the address in it
        asked = guest.ask("Орталық қашан ашылады?").json()
        guest.vote(asked["code"])
        own = f"{site.url}/kk/questions/{asked['code']}/own"
        assert client.get(f"{own}/{asked['secret']}/").status_code == 200
        assert client.get(f"{own}/{asked['secret']}x/").status_code == 404
        client.get(f"{site.url}/kk/somebody@example.org/?q=asker@example.org")
        client.post(
            f"{site.url}/kk/accounts/login/",
            data={"login": "asker@example.org"},
            headers={"Referer": site.url},
        )
        refused = client.post(f"{site.room}/questions", json={}, headers={"Authorization": "Bearer none"})
        assert refused.json()["request_id"] == refused.headers["x-request-id"] == "an-id-of-the-proxy"
    with socket.create_connection(("127.0.0.1", site.port)) as stream:
        stream.sendall(
            b"GET /live/rooms/AKM-1/events HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Request-ID: stream-0001\r\n\r\n"
        )
        assert b"\r\nx-request-id: stream-0001\r\n" in stream.recv(4096)
    site.stop()
    log = site.log()
    lines = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    access = [line for line in lines if line["logger"] == "kenes.access" and "/health" not in line["path"]]
    assert [(line["method"], line["path"], line["status"]) for line in access] == [
        ("POST", "/live/rooms/AKM-1/join", 201),
        ("POST", "/live/rooms/AKM-1/join", 201),
        ("POST", "/live/rooms/AKM-1/questions", 201),
        ("POST", "/live/rooms/AKM-1/questions", 201),
        ("POST", f"/live/rooms/AKM-1/questions/{asked['code']}/vote", 200),
        ("GET", f"/kk/questions/{asked['code']}/own/…/", 200),
        ("GET", f"/kk/questions/{asked['code']}/own/…/", 404),
        ("GET", "/kk/…/", 404),
        ("POST", "/kk/accounts/login/", 403),
        ("POST", "/live/rooms/AKM-1/questions", 422),
        ("GET", "/live/rooms/AKM-1/events", 200),
    ]
    assert {line["request_id"] for line in access} == {"an-id-of-the-proxy", "stream-0001"}
    personal = [NAME, "Әсел", "asker", "somebody", "example.org", "92.46", guest.token]
    personal += [held["secret"], asked["secret"]]
    assert [datum for datum in personal if datum in log] == []


def test_metrics_and_health_of_a_running_site(site: ServedSite) -> None:
    site.stop()
    site.start(KENES_METRICS_TOKEN="of the tests")
    with httpx.Client(timeout=10) as client, httpx.stream("GET", f"{site.room}/events") as stream:
        parts = stream.iter_raw()  # kept: closing it would close the stream
        next(parts)
        guest = Participant(site.room, client)
        assert guest.ask("Қашан?").status_code == 201
        told = client.get(f"{site.url}/metrics")
        assert told.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert re.findall(r'^kenes_connections\{stream="(\w+)"\} (\d+)$', told.text, re.MULTILINE) == [
            ("public", "1"),
            ("desk", "0"),
            ("speaker", "0"),
        ]
        assert re.findall(r"^kenes_lane_taken_total (\d+)$", told.text, re.MULTILINE) > ["0"]
        assert re.findall(r"^kenes_commit_seconds_count (\d+)$", told.text, re.MULTILINE) == ["1"]
        passed_on = {"X-Forwarded-For": "10.0.0.9"}
        assert client.get(f"{site.url}/metrics", headers=passed_on).status_code == 404
        token = {**passed_on, "Authorization": "Bearer of the tests"}
        assert client.get(f"{site.url}/metrics", headers=token).status_code == 200
        answers = [client.get(f"{site.url}/health{path}").json() for path in ("", "/live", "/ready")]
        assert answers == [{"live": True, "ready": True}] * 3
