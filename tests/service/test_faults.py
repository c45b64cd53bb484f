"""What goes wrong around a site: kills, stalled clients, crowds, a full disk, a wrong clock."""

import os
import re
import resource
import signal
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from service.load import Patient
from service.served import Participant, ServedSite
from service.streams import Following

pytestmark = pytest.mark.service

REQUEST = b"GET /live/rooms/AKM-1/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
RECONNECTING = 300
LONG_TEXT = "ұзақ сөз " * 180

WRITE_MESSAGES = """
import django
django.setup()
from django.utils import timezone
from kenes.notices.actions import send_mail_later
for number in range(40):
    send_mail_later(key=f"k{number}", to="reader@example.org", language="kk", subject=f"Хат {number}",
                    body="Сынақ", at=timezone.now())
"""


def metric(site: ServedSite, name: str) -> float:
    found = re.search(rf"^{re.escape(name)} (\S+)$", httpx.get(f"{site.url}/metrics").text, re.MULTILINE)
    assert found is not None, name
    return float(found[1])


def texts_in(site: ServedSite) -> list[str]:
    return [str(text) for (text,) in site.rows("SELECT text FROM questions_question")]


def opened(site: ServedSite, receive_buffer: int = 0) -> socket.socket:
    """Open a stream by a bare socket."""
    stream = socket.socket()
    if receive_buffer:
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
    stream.settimeout(10)
    stream.connect(("127.0.0.1", site.port))
    stream.sendall(REQUEST)
    return stream


def first_frame(stream: socket.socket) -> bytes:
    received = b""
    while b"\ndata: {" not in received:
        part = stream.recv(65536)
        assert part, "the stream ended before its first frame"
        received += part
    return received


def test_kill_9_of_the_web_process_under_load_loses_nothing_and_no_version_is_skipped(
    site: ServedSite,
) -> None:
    people = [Patient(site) for _ in range(4)]
    before = Following(site)
    for thread in (before, *people):
        thread.start()
    before.wait_for(5)
    site.kill()
    before.join(10)
    held = before.frames[-1]["to"]
    site.start()
    after = Following(site)
    after.start()
    after.wait_for(3)
    for person in people:
        person.stop()
    assert sum(person.lost_answers for person in people) > 0
    acknowledged = [text for person in people for text in person.acknowledged]
    assert sorted(texts_in(site)) == sorted(acknowledged)
    filled = httpx.get(f"{site.room}/changes?since={held}").json()
    assert (filled["from"], filled["to"] >= after.frames[0]["from"]) == (held, True)
    before.assert_no_gap()
    after.assert_no_gap()
    site.stop()
    after.join(10)


@pytest.fixture
def site_with_worker(prepared: Path, tmp_path: Path) -> Iterator[ServedSite]:
    served = ServedSite(prepared, tmp_path / "site", with_worker=True)
    served.start()
    yield served
    served.stop()


def test_kill_9_of_the_worker_delays_mail_and_loses_none(site_with_worker: ServedSite) -> None:
    site = site_with_worker
    site.change_from_elsewhere(WRITE_MESSAGES)
    end = time.monotonic() + 25
    while not site.mails():
        assert time.monotonic() < end, site.log()[-2000:]
        time.sleep(0.01)
    os.kill(worker_of(site), signal.SIGKILL)
    while site.rows("SELECT count(*) FROM notices_message WHERE state != 'sent'") != [(0,)]:
        # What was under way at the kill waits for its lease to end; let it end now.
        site.change_from_elsewhere(END_LEASES)
        assert time.monotonic() < end, site.log()[-2000:]
        time.sleep(0.2)
    assert metric(site, "kenes_worker_starts_total") >= 2
    assert metric(site, "kenes_worker_alive") == 1
    sent = set(re.findall(r"^Message-ID: (.+)$", "\n".join(site.mails()), re.MULTILINE))
    assert len(sent) == 40


END_LEASES = """
import django
django.setup()
from django.utils import timezone
from kenes.notices.models import Message
Message.objects.filter(state="sending").update(not_before=timezone.now())
"""


def worker_of(site: ServedSite) -> int:
    """Return the process id of the server's child."""
    children = Path(f"/proc/{site.pid}/task/{site.pid}/children").read_text().split()
    return next(int(pid) for pid in children if b"worker" in Path(f"/proc/{pid}/cmdline").read_bytes())


def test_stalled_clients_are_dropped_and_all_others_get_everything(site: ServedSite) -> None:
    with ExitStack() as stack:
        stalled = [stack.enter_context(opened(site, receive_buffer=4096)) for _ in range(8)]
        following = [Following(site) for _ in range(12)]
        for thread in following:
            thread.start()
            thread.wait_for(1)
        memory = metric(site, "process_resident_memory_bytes")
        people = [Patient(site, filling=LONG_TEXT) for _ in range(8)]
        for person in people:
            person.start()
        end = time.monotonic() + 20
        while metric(site, "kenes_dropped_followers_total") < len(stalled):
            assert time.monotonic() < end, "the stalled were not dropped"
            time.sleep(0.2)
        for person in people:
            person.stop()
        version = httpx.get(f"{site.room}/snapshot").json()["version"]
        for thread in following:
            thread.wait_for_version(version)
            thread.assert_no_gap()
        assert metric(site, "kenes_dropped_followers_total") == len(stalled)
        assert metric(site, 'kenes_connections{stream="public"}') == len(following)
        assert metric(site, "process_resident_memory_bytes") < memory + 150_000_000
    site.stop()
    for thread in following:
        thread.join(10)


def test_a_flood_of_reconnects_is_welcomed_within_seconds_while_acts_go_on(site: ServedSite) -> None:
    with ExitStack() as stack:
        streams = [stack.enter_context(opened(site)) for _ in range(RECONNECTING)]
        for stream in streams:
            first_frame(stream)
        assert metric(site, 'kenes_connections{stream="public"}') == RECONNECTING
        person = Patient(site)
        person.start()
        for stream in streams:
            stream.close()
        began = time.monotonic()
        again = [stack.enter_context(opened(site)) for _ in range(RECONNECTING)]
        for stream in again:
            first_frame(stream)
        took = time.monotonic() - began
        acknowledged = len(person.acknowledged)
        deadline = time.monotonic() + 5
        while len(person.acknowledged) < acknowledged + 3:
            assert time.monotonic() < deadline
            time.sleep(0.02)
        person.stop()
    assert took < 10
    assert person.refusals == []
    assert person.lost_answers == 0


def test_a_full_disk_refuses_acts_keeps_nothing_by_halves_and_is_recovered_from(site: ServedSite) -> None:
    guest_client = httpx.Client(timeout=20)
    with guest_client:
        guest = Participant(site.room, guest_client)
        kept = [guest.ask("Орын бар").json()["code"]]
        unlimited = resource.prlimit(site.pid, resource.RLIMIT_FSIZE)
        largest = max(path.stat().st_size for path in site.folder.glob("kenes.sqlite3*"))
        # No file may grow beyond the largest there is: to the database it is a disk that is full.
        resource.prlimit(site.pid, resource.RLIMIT_FSIZE, (largest, unlimited[1]))
        key, refused = str(uuid.uuid4()), None
        for number in range(400):
            text = f"Толған диск {number} {LONG_TEXT}"
            answer = guest.ask(text, key)
            if answer.status_code != 201:
                refused = answer
                break
            kept.append(answer.json()["code"])
            key = str(uuid.uuid4())
        assert refused is not None
        assert (refused.status_code, refused.json()["type"]) == (503, "urn:kenes:problem:unavailable")
        assert refused.headers["retry-after"] == "30"
        # Reading goes on.
        assert guest_client.get(f"{site.room}/snapshot").status_code == 200
        assert guest_client.get(f"{site.url}/kk/rooms/AKM-1/").status_code == 200
        resource.prlimit(site.pid, resource.RLIMIT_FSIZE, unlimited)
        again = guest.ask(text, key)
        assert again.status_code == 201, again.text
        kept.append(again.json()["code"])
    assert "The database cannot be written" in site.log()
    site.stop()
    assert site.rows("SELECT code FROM questions_question ORDER BY id") == [(code,) for code in kept]
    assert site.rows("PRAGMA integrity_check") == [("ok",)]


@pytest.mark.parametrize("date", ["Sat, 21 Nov 2020 09:00:00 GMT", "Fri, 22 Nov 2120 09:00:00 GMT"])
def test_a_clients_wrong_clock_changes_nothing(site: ServedSite, date: str) -> None:
    wrong = {"Date": date, "If-Modified-Since": date, "If-Unmodified-Since": date}
    with httpx.Client(timeout=10, headers=wrong) as client:
        joined = client.post(f"{site.room}/join", json={})
        # The browser counts a cookie's life from when it came, whatever its clock says.
        assert "Max-Age=7776000" in joined.headers["set-cookie"]
        client.cookies.clear()
        guest, key = Participant(site.room, client), str(uuid.uuid4())
        first, second = guest.ask("Қашан?", key), guest.ask("Қашан?", key)
        assert (first.status_code, first.json()) == (201, second.json())
        assert guest.vote(first.json()["code"]).status_code == 200
        assert client.get(f"{site.room}/snapshot").status_code == 200
        assert client.get(f"{site.url}/kk/rooms/AKM-1/").status_code == 200


def test_acts_wait_out_another_process_that_holds_the_writers_lane_while_reading_goes_on(
    site: ServedSite,
) -> None:
    people = [Patient(site) for _ in range(4)]
    stop = threading.Event()
    holder = threading.Thread(target=hold_the_lane, args=(site, stop), daemon=True)
    holder.start()
    time.sleep(0.2)
    for person in people:
        person.start()
    time.sleep(1)
    assert metric(site, "kenes_acts_total") == 0
    assert httpx.get(f"{site.room}/snapshot").status_code == 200
    stop.set()
    holder.join(10)
    time.sleep(0.5)
    for person in people:
        person.stop()
    assert [person.refusals for person in people] == [[]] * 4
    assert all(person.acknowledged for person in people)
    assert metric(site, "kenes_lane_wait_seconds_total") > 0.5


def hold_the_lane(site: ServedSite, stop: threading.Event) -> None:
    """Hold the writers' lane from outside, as a long transaction of another process would."""
    import fcntl

    with (site.folder / "kenes.sqlite3-turn").open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        stop.wait(10)
