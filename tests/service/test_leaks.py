"""No personal datum of an anonymous asker stands where others can read: a visitor looks everywhere."""

import gzip
import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path

from crawling import LANGUAGES, Answer, Crawl, Fetch, plain_addresses, values_in
from factories import a_meeting, a_user
from files.samples import a_document, a_workbook, with_parts
from kenes.config.urls import urlpatterns as site_patterns
from notices.receivers import Receiver, listening
from servers import kenes
from service.planted import PLANT, PLANTED, Asker, leaking, mails_to_others
from service.planted_papers import PAPER_QUESTION
from service.served import ROOM, Participant, ServedSite, environment
from unpacking import readable

REFERENCE = Path(__file__).resolve().parents[2] / "docs/reference/live-protocol.md"
# Of the protocol's reads, those that anybody may ask for.
pytestmark = pytest.mark.service
READS = sorted(
    set(
        re.findall(
            r"^GET (/live/rooms/AKM-1/(?:snapshot|questions|changes)\S*)", REFERENCE.read_text("utf-8"), re.M
        )
    )
)


@pytest.fixture(scope="module")
def hook() -> Iterator[Receiver]:
    """Another system that is told of every event."""
    with listening(Receiver()) as receiver:
        yield receiver


@pytest.fixture(scope="module")
def planted_site(tmp_path_factory: pytest.TempPathFactory, hook: Receiver) -> Iterator[ServedSite]:
    folder = tmp_path_factory.mktemp("planted")
    settings = {
        "KENES_BEHIND_PROXY": "on",
        "KENES_DEBUG": "off",
        "KENES_STATIC_DIR": str(folder / "static"),
        "KENES_WEBHOOKS_TO_PRIVATE": "on",
    }
    env = environment(folder) | settings | {"PLANTED_HOOK": hook.url}
    subprocess.run([sys.executable, "-c", PLANT], env=env, check=True, timeout=180)
    kenes("collectstatic", "--noinput", "-v0", env=environment(folder) | settings)
    site = ServedSite(folder, tmp_path_factory.mktemp("site"), with_worker=True)
    site.start(**settings)
    yield site
    site.stop()


@pytest.fixture(scope="module")
def planted(planted_site: ServedSite) -> dict[str, str]:
    """What must not show: what people gave, and what the site gave to one of them alone."""
    given = json.loads((planted_site.folder / "secrets.json").read_text("utf-8"))
    with closing(Asker(planted_site)) as asker:
        asker.ask_and_leave_a_contact()
        return {**PLANTED, **given, **asker.secrets}


def wait_until(is_so: Callable[[], bool], *, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline, "the worker did not come to it"
        time.sleep(0.2)


def _lines(text: str) -> set[str]:
    """Return which of the paper's words stand in a text, however its lines are broken."""
    plain = " ".join(text.split())
    return {words for words in (PAPER_QUESTION, "It is on record.") if words in plain}


def fetching(client: httpx.Client) -> Fetch:
    def fetch(address: str) -> Answer:
        answer = client.get(address)
        headers = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
        return Answer(answer.status_code, headers, readable(answer.content))

    return fetch


@pytest.fixture(scope="module")
def crawl(planted_site: ServedSite, planted: dict[str, str]) -> Crawl:
    """What a visitor without an account finds; the visitor knows no code and no page.

    The files of the register are known to whoever asked for them, and to whom that one tells.
    """
    wait_until(lambda: not planted_site.rows("SELECT 1 FROM register_export WHERE state = 'waiting'"))
    made = planted_site.rows("SELECT public_id FROM register_export WHERE state = 'ready'")
    files = [f"/ru/register/exports/{public_id}/file" for (public_id,) in made]
    with httpx.Client(base_url=planted_site.url, timeout=60) as client:
        return Crawl(fetching(client)).run(["/", "/robots.txt", "/sitemap.xml", *files, *plain_addresses()])


def test_no_page_list_feed_or_file_shows_a_planted_value(crawl: Crawl, planted: dict[str, str]) -> None:
    assert crawl.leaks(planted) == {}


def test_the_visitor_saw_what_there_is_to_see(crawl: Crawl) -> None:
    shown = "".join(answer.body for answer in crawl.answers.values())
    assert [
        words
        for words in ("Shown question 0?", "Edited question?", "Question asked twice?", "Question by phone?")
        if words not in shown
    ] == []
    assert "[telephone number removed]" in shown
    assert "[⋯phone]" in shown
    kinds = {
        line
        for answer in crawl.answers.values()
        for line in re.findall(r"content-type: ([\w/+-]+)", answer.headers)
    }
    assert {"text/html", "text/csv", "application/json", "text/calendar", "image/jpeg"} <= kinds
    for language in LANGUAGES:
        assert (
            sum(
                path.startswith(f"/{language}/") and answer.status == 200
                for path, answer in crawl.answers.items()
            )
            > 20
        )


@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_the_visitor_read_the_closed_meetings_papers(crawl: Crawl, ending: str) -> None:
    papers = {path: one.body for path, one in crawl.answers.items() if path.endswith(f".{ending}")}
    read = [path for path, body in papers.items() if {PAPER_QUESTION, "It is on record."} <= _lines(body)]
    assert {path.rpartition("/")[2] for path in read} == {f"{each}.{ending}" for each in LANGUAGES}
    assert any(
        path.endswith("/rooms/AKM-2/summary/") and one.status == 200 for path, one in crawl.answers.items()
    )


def test_the_visitor_read_the_registers_files_and_the_uploads(crawl: Crawl) -> None:
    made = [path for path in crawl.answers if re.fullmatch(r"/ru/register/exports/\w+/file", path)]
    files = [one for one in map(crawl.answers.__getitem__, made) if one.status == 200]
    assert [PAPER_QUESTION in one.body for one in files] == [True, True]
    read = "".join(one.body for one in crawl.answers.values() if "attachment" in one.headers)
    assert [words for words in ("A public text.", "Salaries") if words not in read] == []


def test_no_answer_is_a_fault(crawl: Crawl) -> None:
    assert [path for path, answer in crawl.answers.items() if answer.status >= 500] == []


def test_the_room_tells_no_other_participant_or_visitor(
    planted_site: ServedSite, planted: dict[str, str]
) -> None:
    with httpx.Client(base_url=planted_site.url, timeout=30) as client:
        other = Participant(planted_site.room, client)
        reads = [re.sub(r"=<\w+>", "=0", read) for read in READS]
        texts = {read: client.get(read).text for read in reads}
        own = client.get(f"/live/rooms/{ROOM}/me", headers=other.headers())
        joined = client.post(f"{planted_site.room}/join", json={"name": "Another"})
        refused = client.get(f"/live/rooms/{ROOM}/snapshot?stream=desk", headers=other.headers())
    texts |= {"me": own.text, "join": joined.text, "desk": refused.text}
    assert (own.status_code, refused.status_code) == (200, 404)
    assert "Shown question 0?" in texts[f"/live/rooms/{ROOM}/snapshot"]
    assert leaking(texts, planted) == {}


def test_the_stream_shows_nothing_of_who_asks(planted_site: ServedSite, planted: dict[str, str]) -> None:
    seen: list[str] = []

    def follow() -> None:
        with httpx.stream("GET", f"{planted_site.room}/events", timeout=30) as stream:
            for line in stream.iter_lines():
                seen.append(line)
                if "streamed-question" in line:
                    return

    follower = threading.Thread(target=follow, daemon=True)
    follower.start()
    time.sleep(1)
    headers = {"X-Forwarded-For": PLANTED["the network's address"]}
    with httpx.Client(headers=headers, timeout=30) as client:
        asker = Participant(planted_site.room, client)
        held = asker.ask(f"planted-held-words {PLANTED['the telephone that waits']}?")
        shown = asker.ask("Is this a streamed-question?")
    follower.join(20)
    assert (held.json()["state"], held.json()["waits_for"], shown.json()["state"]) == (
        "held",
        "personal-data",
        "open",
    )
    assert not follower.is_alive()
    assert leaking({"stream": "\n".join(seen)}, planted) == {}


def test_no_log_line_and_no_mail_to_others_holds_a_planted_value(
    planted_site: ServedSite, crawl: Crawl, planted: dict[str, str]
) -> None:
    log = planted_site.log()
    assert "GET /en/questions/AKM-1-0001/" in log
    assert leaking({"log": log}, planted) == {}
    mails = {str(number): mail for number, mail in enumerate(mails_to_others(planted_site.folder))}
    assert leaking(mails, planted) == {}


def test_another_system_is_told_nothing_of_who_asks(
    planted_site: ServedSite, planted: dict[str, str], hook: Receiver
) -> None:
    wait_until(lambda: any(b"question.reopened" in one.body for one in hook.requests))
    told = {str(place): f"{one.headers}\n{one.body.decode()}" for place, one in enumerate(hook.requests)}
    assert leaking(told, planted) == {}


def test_the_record_export_holds_no_planted_value(planted_site: ServedSite, planted: dict[str, str]) -> None:
    env = planted_site.environment()
    target = planted_site.folder / "record.jsonl"
    kenes("export-record", str(target), env=env)
    exported = target.read_text("utf-8")
    assert "question-registered" in exported
    assert leaking({"export": exported}, planted) == {}


def _leaking_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse('<a href="/en/later/AKM-1/">more</a>')


def _leaking_page(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse("by account &#112;lanted@planted.example.org")


def _leaking_unlinked(request: HttpRequest, code: str) -> HttpResponse:
    return HttpResponse('{"by": "\\u049a\\u04b1\\u043f\\u0438\\u044f"}', content_type="application/json")


urlpatterns = [
    path("en/later/", _leaking_list),
    path("en/later/<str:code>/", _leaking_page, name="later"),
    path("en/unlinked/<str:code>/", _leaking_unlinked, name="unlinked"),
    *site_patterns,
]


@pytest.mark.django_db
def test_a_page_that_leaks_is_found_by_itself(client: Client) -> None:
    a_meeting(is_open=True)
    a_user("visitor")

    def fetch(address: str) -> Answer:
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
        return Answer(answer.status_code, headers, readable(body))

    planted = {"address": "planted@planted.example.org", "name": "Құпия"}
    with override_settings(ROOT_URLCONF=__name__):
        found = Crawl(fetch).run(["/en/", "/en/later/"], rounds=1).leaks(planted)
    assert found["/en/later/AKM-1/"] == ["address"]
    assert found["/en/unlinked/AKM-1/"] == ["name"]


@pytest.mark.parametrize(
    "content",
    [
        a_document(author="Planted Author"),
        a_workbook(company="Another"),
        gzip.compress(a_document(author="Planted Author")),
        with_parts(a_document(), {"word/more.xml": b"<w:t>Planted</w:t><w:t> Auth</w:t><w:t>or</w:t>"}),
    ],
)
def test_a_value_is_known_inside_a_file(content: bytes) -> None:
    assert values_in(content.decode(errors="replace"), {"name": "Planted Author"}) == []
    assert values_in(readable(content), {"name": "Planted Author"}) == ["name"]


@pytest.mark.parametrize(
    "text", ["Құпия", "&#1178;ұпия", "%D2%9A%D2%B1%D0%BF%D0%B8%D1%8F", "\\u049a\\u04b1пия"]
)
def test_a_value_is_known_however_it_is_written(text: str) -> None:
    assert values_in(f"x {text} y", {"name": "Құпия"}) == ["name"]
