"""The event stream through whatever stands before the site: does anything hold it back?"""

import time
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from urllib.parse import urlsplit

from kenes.config.doctor.address import connect
from kenes.config.doctor.findings import Finding, look, ok, wrong

# A stream sends a heartbeat every 4 s; clients give up after 5 s without a first byte, then 12 s.
WATCH_SECONDS = 10.0
FIRST_BYTE_SECONDS = 2.0
SPACING_SECONDS = 6.0
ADVICE = (
    "Switch buffering off for /live/ in the proxy (nginx: proxy_buffering off), and raise its read timeout."
)


def look_at_stream(address: str, room: str) -> Iterator[Finding]:
    """Yield what there is to say of the room's stream; watches it for some seconds."""
    url = urlsplit(address)
    connection = connect(url)
    began = time.monotonic()
    try:
        connection.request("GET", f"/live/rooms/{room}/events", headers={"Accept-Encoding": "gzip, br"})
        response = connection.getresponse()
        if response.status != 200:
            yield wrong("stream", f"answers {response.status}", "Name a room that is there, with --room.")
            return
        coding = response.getheader("content-encoding")
        if coding:
            yield look(
                "stream",
                f"is compressed ({coding})",
                "Leave text/event-stream out of the proxy's compression.",
            )
        arrivals = []
        while (at := time.monotonic()) < began + WATCH_SECONDS and response.read1(65536):
            arrivals.append(time.monotonic() - began)
        yield _judged(arrivals, has_ended=at < began + WATCH_SECONDS)
    except TimeoutError:
        yield wrong("stream", "nothing came in time: something holds it back", ADVICE)
    except (OSError, HTTPException) as error:
        yield wrong("stream", f"broke off: {error}", "Look at the proxy's log.")
    finally:
        connection.close()


def _judged(arrivals: Sequence[float], *, has_ended: bool) -> Finding:
    if not arrivals or has_ended:
        return wrong(
            "stream", "ended by itself", "Raise the proxy's timeouts for /live/, or start the server."
        )
    spacing = max(later - sooner for sooner, later in zip((0.0, *arrivals), arrivals, strict=False))
    told = f"first byte after {arrivals[0]:.1f} s, no pause over {spacing:.1f} s"
    if arrivals[0] <= FIRST_BYTE_SECONDS and spacing <= SPACING_SECONDS:
        return ok("stream", told)
    return wrong("stream", f"{told}: something holds it back", ADVICE)
