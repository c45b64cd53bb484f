"""Addresses of streams: what each kind takes, and what play loads."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.programme.errors import StreamAddressRefused, UnknownKey
from kenes.programme.states import StreamKind
from kenes.programme.streams import Embed, check_stream, embed_at

VIDEO = "abcDEF_-123"
EMBEDDED = Embed(
    "youtube",
    f"https://www.youtube-nocookie.com/embed/{VIDEO}",
    "YouTube",
    frame_origin="https://www.youtube-nocookie.com",
)


@pytest.mark.parametrize(
    "url",
    [
        f"https://www.youtube.com/watch?v={VIDEO}",
        f"https://m.youtube.com/watch?t=5&v={VIDEO}&list=x",
        f"https://youtube.com/live/{VIDEO}?feature=share",
        f"https://www.youtube.com/embed/{VIDEO}",
        f"https://www.youtube-nocookie.com/embed/{VIDEO}/",
        f"https://youtu.be/{VIDEO}?t=10",
        f"https://www.youtube.com/shorts/{VIDEO}",
    ],
)
def test_every_usual_address_of_a_video_is_played_by_the_host_that_sets_no_cookie(url: str) -> None:
    assert embed_at(kind="youtube", url=url) == EMBEDDED


@pytest.mark.parametrize(
    ("kind", "url", "expected"),
    [
        ("hls", "https://v.example.org/a/live.m3u8?x=1", {"host_name": "v.example.org", "is_native": True}),
        ("audio", "https://v.example.org/a.mp3", {"host_name": "v.example.org", "is_native": True}),
        (
            "jitsi",
            "https://meet.example.org:8443/Room",
            {"host_name": "meet.example.org", "frame_origin": "https://meet.example.org:8443"},
        ),
        (
            "bigbluebutton",
            "https://bbb.example.org/b/room-1",
            {"host_name": "bbb.example.org", "frame_origin": "https://bbb.example.org"},
        ),
        ("link", "https://example.org/", {"host_name": "example.org", "opens_away": True}),
    ],
)
def test_each_kind_says_whom_it_loads_from(kind: str, url: str, expected: dict[str, Any]) -> None:
    assert embed_at(kind=kind, url=url) == Embed(**{"kind": kind, "url": url, **expected})


@pytest.mark.parametrize("kind", list(StreamKind))
@pytest.mark.parametrize(
    "url",
    [
        "",
        "live.m3u8",
        "http://example.org/live.m3u8",
        "javascript:alert(1)//x.m3u8",
        "data:text/html,<script>",
        "https://",
        "https:///live.m3u8",
        "https://user:secret@example.org/live.m3u8",
        "https://example.org/a b.m3u8",
        'https://example.org/"onload="x.m3u8',
        "https://example.org/<script>.m3u8",
        "https://example.org/\u0000.m3u8",
        "https://example.org\\@other.org/live.m3u8",
        "https://example.org;report-uri.org/live.m3u8",
        "https://*.example.org/live.m3u8",
        "https://[bad/live.m3u8",
        "https://example.org:99999/live.m3u8",
        f"https://example.org/{'a' * 200}.m3u8",
    ],
)
def test_what_is_no_plain_https_address_is_refused_for_every_kind(kind: str, url: str) -> None:
    with pytest.raises(StreamAddressRefused):
        embed_at(kind=kind, url=url)


@pytest.mark.parametrize(
    ("kind", "url"),
    [
        ("hls", "https://example.org/live.mp4"),
        ("hls", "https://example.org/?file=live.m3u8"),
        ("audio", "https://example.org/live.html"),
        ("youtube", "https://www.youtube.com/"),
        ("youtube", "https://www.youtube.com/watch?v=short"),
        ("youtube", f"https://www.youtube.com.example.org/watch?v={VIDEO}"),
        ("youtube", f"https://vimeo.com/{VIDEO}"),
        ("jitsi", "https://meet.example.org/"),
        ("bigbluebutton", "https://bbb.example.org"),
    ],
)
def test_an_address_that_does_not_fit_its_kind_is_refused(kind: str, url: str) -> None:
    with pytest.raises(StreamAddressRefused):
        embed_at(kind=kind, url=url)


@pytest.mark.parametrize(("kind", "language"), [("vhs", ""), ("link", "de")])
def test_an_unknown_kind_or_language_is_refused(kind: str, language: str) -> None:
    with pytest.raises(UnknownKey):
        check_stream(kind=kind, url="https://example.org/x", language=language)


@given(
    kind=st.sampled_from(list(StreamKind)),
    url=st.text(max_size=60) | st.text(max_size=40).map("https://a.kz/".__add__),
)
def test_whatever_is_taken_is_loaded_over_https_from_a_named_host(kind: StreamKind, url: str) -> None:
    try:
        embed = embed_at(kind=kind, url=url)
    except StreamAddressRefused:
        return
    parts = urlsplit(embed.url)
    assert (parts.scheme, bool(parts.hostname), parts.username) == ("https", True, None)
    assert embed.frame_origin in {"", f"https://{parts.netloc}"}
