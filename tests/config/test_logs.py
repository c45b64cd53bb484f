"""Log lines: their two forms, and what is masked in them whoever wrote it."""

import io
import json
import logging
import sys

import pytest

from kenes.config.access_log import AccessLog, Line
from kenes.config.log_paths import shown_path
from kenes.config.logs import FORMATTERS, JsonFormatter, LineFormatter, mask
from kenes.live.request_ids import request_id


def a_record(message: str, *args: object, exc_info: object = None) -> logging.LogRecord:
    return logging.LogRecord("kenes.x", logging.INFO, __file__, 1, message, args, exc_info)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("to asker@example.org: refused", "to …@…: refused"),
        ("{'асқар@мысал.қаз': (550, b'no')}", "{'…@…': (550, b'no')}"),
        ("from 92.46.1.7 port 5", "from … port 5"),
        ("from 2a02:6b8::1 port 5", "from … port 5"),
        ("from 2001:db8:0:1:1:1:1:1", "from …"),
        ("/kk/questions/AKM-1-0001/own/u2Hn_s3cr-t/ failed", "/kk/questions/AKM-1-0001/own/…/ failed"),
        ("/own/u2Hn/withdraw/", "/own/…/withdraw/"),
        ("/kk/search/?q=somebody here", "/kk/search/ here"),
        ("Key exists\nDETAIL:  Failing row contains (1, Somebody).", "Key exists\nDETAIL: …"),
        ("at 12:30:45 on 127.0.0.1:8000, version 1.2.3, Feed::x", None),
        ("::1 and [::] listen", None),
    ],
)
def test_what_could_name_a_person_is_masked(text: str, shown: str | None) -> None:
    assert mask(text) == (text if shown is None else shown)


@pytest.mark.parametrize("name", sorted(FORMATTERS))
def test_an_exceptions_text_is_masked_too(name: str) -> None:
    try:
        raise ValueError("asker@example.org at 92.46.1.7")
    except ValueError:
        written = FORMATTERS[name]().format(a_record("Sending failed", exc_info=sys.exc_info()))
    assert [datum for datum in ("asker", "example.org", "92.46") if datum in written] == []
    assert "Sending failed" in written
    assert "ValueError" in written


def test_a_line_of_a_request_names_it_in_both_forms() -> None:
    token = request_id.set("abcdef0123456789")
    try:
        calm = LineFormatter().format(a_record("Took %s", 3))
        fields = json.loads(JsonFormatter().format(a_record("Took %s", 3)))
    finally:
        request_id.reset(token)
    assert calm.endswith(" INFO kenes.x Took 3 [abcdef0123456789]")
    assert sorted(fields) == ["at", "level", "logger", "message", "request_id"]
    assert (fields["message"], fields["request_id"]) == ("Took 3", "abcdef0123456789")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/kk/rooms/AKM-2/desk/questions/AKM-2-0147/stage/", None),
        ("/live/rooms/AKM-2/questions/AKM-2-0147/vote", None),
        ("/ru/regions/11/", None),
        ("/ru/campaigns/days-2021/", None),
        ("/static/rooms/room.0a1b2c3d4e5f.css", None),
        ("/admin/accounts/user/12/change/", None),
        ("/files/0a1b2c3d4e5f/", None),
        ("/health/live", None),
        ("/kk/questions/AKM-2-0147/own/0a1b2c3d4e5f6g7h8j/", "/kk/questions/AKM-2-0147/own/…/"),
        ("/kk/questions/AKM-2-0147/own/SOMEsecret/withdraw/", "/kk/questions/AKM-2-0147/own/…/withdraw/"),
        ("/kk/somebody@example.org/", "/kk/…/"),
        ("/kk/аты-жөні/", "/kk/…/"),
        ("/r/850101300123", "/r/…"),
        ("/static/somebody@example.org.css", "/static/…"),
        ("/campaigns/Somebody Else/", "/campaigns/…/"),
    ],
)
def test_a_path_shows_our_words_and_codes_and_nothing_else(path: str, shown: str | None) -> None:
    assert shown_path(path) == (path if shown is None else shown)


def a_line(path: str = "/kk/") -> Line:
    return Line(1_763_800_000.5, "abcdef0123456789", "GET", path, 200, 1.25, 120)


@pytest.mark.parametrize("log_format", ["lines", "json"])
def test_access_lines_are_written_one_for_each_request(log_format: str) -> None:
    stream = io.StringIO()
    log = AccessLog(log_format, stream)
    log.start()
    for _ in range(3):
        log.note(a_line())
    log.stop(patience=5)
    lines = stream.getvalue().splitlines()
    assert len(lines) == 3
    if log_format == "json":
        assert json.loads(lines[0]) == {
            "at": "2025-11-22T08:26:40.500Z",
            "level": "INFO",
            "logger": "kenes.access",
            "request_id": "abcdef0123456789",
            "method": "GET",
            "path": "/kk/",
            "status": 200,
            "ms": 1.2,
            "bytes": 120,
        }
    else:
        assert lines[0].endswith("INFO kenes.access GET /kk/ 200 1.2 ms 120 B [abcdef0123456789]")


def test_a_console_that_takes_nothing_holds_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kenes.config.access_log.MOST_WAITING", 10)

    class Closed(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError

    log = AccessLog("lines", Closed())
    log.start()
    for _ in range(50):
        log.note(a_line())
    log.stop(patience=5)
    assert log.lost >= 50


def test_a_higher_level_of_logging_leaves_access_lines_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger("kenes.access"), "level", logging.WARNING)
    logging.getLogger("kenes.access")._cache.clear()  # type: ignore[attr-defined]
    stream = io.StringIO()
    log = AccessLog("lines", stream)
    log.start()
    log.note(a_line())
    log.stop()
    logging.getLogger("kenes.access")._cache.clear()  # type: ignore[attr-defined]
    assert stream.getvalue() == ""
