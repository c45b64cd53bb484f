"""Durable votes and questions a second, against ordinary Django on the same database."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.acts import asks, votes
from bench.addresses import Address
from bench.costs import cost_of
from bench.maker import Maker
from bench.peers import programs
from bench.people import People
from bench.report import Result, Section, ratio
from bench.requester import Answers, Load
from bench.server import MIGRATE, data_folder, serving, wait_until_calm

PARTICIPANTS = 2_000
QUESTIONS = 40
CONNECTIONS = 128
ROUNDS = 3
# Of the room's questions, how many each round has everybody vote for; the peer gets part of the people.
VOTED_FOR, ASKED = 4, 2
PEER_VOTERS = 800
BUSY_SECONDS, BUSY_RATE = 5, 400


@dataclass(frozen=True, slots=True)
class Round:
    """One load: acts a second, CPU of the tree for an act, and what was not carried out."""

    rate: float
    microseconds: float
    p99_ms: float
    refused: int


@dataclass(frozen=True, slots=True)
class Database:
    """A filled database with both servers on it."""

    name: str
    people: People
    data_dir: Path
    kenes: Address
    peer: Address
    extra: Mapping[str, str]


def main() -> Section:
    """Measure on SQLite and PostgreSQL."""
    results: list[Result] = []
    with _sqlite() as database:
        results += _against_django(database, least_votes=10, least_questions=5)
        results += _beside_pages(database)
    with _postgresql() as database:
        results += _against_django(database, least_votes=8, least_questions=5)
    notes = [
        f"{CONNECTIONS} connections from as many addresses, {PARTICIPANTS} participants, limits on. "
        "The peer is `bench/peers/django_votes.py` under gunicorn with two sync workers: the same tables, "
        "token, limits, policy and uniqueness; it keeps no idempotency key and versions no feed.",
        "Each act is one request; SQLite writes with synchronous=FULL, PostgreSQL with its default "
        "synchronous_commit and fsync. The worker gives way to acts (it is nice, and rests between the "
        "pieces of a long work): what it does in a round is counted, what it leaves (the log, the search, "
        "letters) it does behind it. Every round, of the peer too, begins when it has done all that.",
    ]
    return Section("write", "Durable acts", results, notes)


def _against_django(database: Database, *, least_votes: float, least_questions: float) -> list[Result]:
    people, name = database.people, database.name
    few = People(people.room, people.tokens[:PEER_VOTERS], people.questions)
    rounds: dict[str, list[Round]] = {"votes": [], "peer votes": [], "questions": [], "peer questions": []}
    for number in range(ROUNDS):
        mine = people.questions[number * VOTED_FOR : (number + 1) * VOTED_FOR]
        theirs = people.questions[-1 - number :][:1]
        rounds["votes"].append(_round(database.kenes, votes(people, mine), database))
        rounds["peer votes"].append(_round(database.peer, votes(few, theirs), database))
    for _ in range(ASKED):
        rounds["questions"].append(_round(database.kenes, asks(people, 1), database))
        rounds["peer questions"].append(_round(database.peer, asks(few, 1), database))
    refused = sum(one.refused for some in rounds.values() for one in some)
    return [
        *_rates(f"votes on {name}", rounds["votes"], rounds["peer votes"], least_votes),
        *_rates(f"questions on {name}", rounds["questions"], rounds["peer questions"], least_questions),
        Result(f"acts on {name} not carried out", [refused], "acts", most=0),
    ]


def _rates(what: str, ours: list[Round], theirs: list[Round], least: float) -> list[Result]:
    return [
        Result(f"Kenes: durable {what}", [one.rate for one in ours], "/s"),
        Result(f"Django under gunicorn: durable {what}", [one.rate for one in theirs], "/s"),
        Result(
            f"{what}: Kenes against Django",
            ratio([a.rate for a in ours], [b.rate for b in theirs]),
            "×",
            least=least,
        ),
        Result(f"Kenes: CPU for one of {what}", [one.microseconds for one in ours], "µs"),
        Result(f"Django: CPU for one of {what}", [one.microseconds for one in theirs], "µs"),
        Result(f"Kenes: {what}, p99", [one.p99_ms for one in ours], "ms"),
    ]


def _round(address: Address, requests: list[bytes], database: Database) -> Round:
    wait_until_calm(database.kenes.pids)
    load = Load(address.port, requests, connections=CONNECTIONS)
    before = cost_of(address.pids)
    answers = load.run()
    spent = cost_of(address.pids) - before
    return Round(answers.rate, spent.cpu_seconds / len(requests) * 1e6, answers.late(0.99), _refused(answers))


def _refused(answers: Answers) -> int:
    return sum(count for status, count in answers.statuses.items() if status >= 300)


def _beside_pages(database: Database) -> list[Result]:
    """Votes by the clock while another process's page transactions hold the lane half of the time."""
    wait_until_calm(database.kenes.pids)
    people = database.people
    question = people.questions[ROUNDS * VOTED_FOR + 1 :][:2]
    requests = votes(people, question)[: BUSY_SECONDS * BUSY_RATE]
    with Maker(database.data_dir, database.extra) as maker:
        load = Load(database.kenes.port, requests, connections=CONNECTIONS, per_second=BUSY_RATE)
        maker.begin(f"occupy {BUSY_SECONDS}")
        answers = load.run()
        held = maker.answer()
    return [
        Result("page transactions: share of the lane's time", [held["share"] * 100], "%"),
        Result(
            f"{BUSY_RATE} votes a second beside page transactions, p99", [answers.late(0.99)], "ms", most=100
        ),
        Result("votes beside page transactions: errors", [_refused(answers)], "votes", most=0),
    ]


@contextmanager
def _sqlite() -> Iterator[Database]:
    with data_folder([MIGRATE, _people()]) as data_dir, serving(data_dir) as server:
        environment = {"BENCH_DATABASE": str(data_dir / "kenes.sqlite3"), "KENES_DATA_DIR": str(data_dir)}
        with programs.gunicorn("bench.peers.django_votes:application", environment) as peer:
            yield Database("SQLite", People.of(data_dir), data_dir, server.address, peer, {})


@contextmanager
def _postgresql() -> Iterator[Database]:
    with programs.postgresql() as (url, pid):
        extra = {"KENES_DATABASE_URL": url}
        with data_folder([MIGRATE, _people()], extra) as data_dir, serving(data_dir, extra) as server:
            environment = {**extra, "BENCH_DATABASE": url, "KENES_DATA_DIR": str(data_dir)}
            with programs.gunicorn("bench.peers.django_votes:application", environment) as peer:
                ours, theirs = (Address(one.port, (*one.pids, pid)) for one in (server.address, peer))
                yield Database("PostgreSQL", People.of(data_dir), data_dir, ours, theirs, extra)


def _people() -> tuple[str, str, str]:
    return "bench.people", str(PARTICIPANTS), str(QUESTIONS)
