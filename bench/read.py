"""The room's page and its snapshot, against nginx that sends the same bytes from a file."""

import urllib.request
from dataclasses import dataclass

from bench.addresses import Address
from bench.costs import cost_of
from bench.maker import ROOM
from bench.peers import programs
from bench.report import Result, Section, ratio
from bench.requester import Load
from bench.server import MIGRATE, data_folder, serving

CONNECTIONS = 64
ROUNDS = 3
QUESTIONS = 200
DOCUMENTS = {"room page": f"/ru/rooms/{ROOM}/", "snapshot": f"/live/rooms/{ROOM}/snapshot"}
REQUESTS, PEER_REQUESTS = 6_000, 20_000
LEAST_SHARE = 20
REQUEST = "GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: gzip\r\nAccept: */*\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Round:
    """One load of reads."""

    rate: float
    microseconds: float
    p99_ms: float
    refused: int


def main() -> Section:
    """Take turns with nginx over each document."""
    results: list[Result] = []
    people = ("bench.people", "20", str(QUESTIONS))
    with data_folder([MIGRATE, people]) as data_dir, serving(data_dir) as server:
        bodies = {name: _fetch(server.base + path) for name, path in DOCUMENTS.items()}
        files = {name.replace(" ", "-"): body for name, body in bodies.items()}
        with programs.nginx(files) as nginx:
            for name, path in DOCUMENTS.items():
                ours: list[Round] = []
                theirs: list[Round] = []
                for _ in range(ROUNDS):
                    ours.append(_round(server.address, path, REQUESTS))
                    theirs.append(_round(nginx, f"/{name.replace(' ', '-')}", PEER_REQUESTS))
                results += _compare(f"{name} ({len(bodies[name]):,} bytes)", ours, theirs)
    notes = [
        f"{CONNECTIONS} connections kept alive, a room of {QUESTIONS} questions, gzip, limits on. "
        "nginx: one worker, sendfile, open files cached. The share is that of CPU time, nginx's of ours: "
        "at full load it is the share of its requests a second.",
    ]
    return Section("read", "Reading", results, notes)


def _compare(what: str, ours: list[Round], theirs: list[Round]) -> list[Result]:
    shares = ratio([one.microseconds for one in theirs], [one.microseconds for one in ours])
    return [
        Result(f"Kenes, {what}: CPU for a request", [one.microseconds for one in ours], "µs"),
        Result(f"nginx, {what}: CPU for a request", [one.microseconds for one in theirs], "µs"),
        Result(f"{what}: share of nginx", [100 * one for one in shares], "%", least=LEAST_SHARE),
        Result(f"Kenes, {what}: requests", [one.rate for one in ours], "/s"),
        Result(f"nginx, {what}: requests", [one.rate for one in theirs], "/s"),
        Result(f"Kenes, {what}: p99", [one.p99_ms for one in ours], "ms"),
        Result(f"{what}: refused", [one.refused for one in (*ours, *theirs)], "", most=0),
    ]


def _round(address: Address, path: str, count: int) -> Round:
    load = Load(address.port, [REQUEST.format(path=path).encode()] * count, connections=CONNECTIONS)
    before = cost_of(address.pids)
    answers = load.run()
    spent = cost_of(address.pids) - before
    refused = sum(number for status, number in answers.statuses.items() if status != 200)
    return Round(answers.rate, spent.cpu_seconds / count * 1e6, answers.late(0.99), refused)


def _fetch(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=20) as response:
        if response.headers.get("Content-Encoding") != "gzip":
            raise RuntimeError(f"{url} came uncompressed.")
        return bytes(response.read())
