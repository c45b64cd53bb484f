"""Video and sound: loaded on play only, from the host the card names, by the player that can."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, Route

from browser.room_people import a_browser
from browser.room_server import RoomServer

pytestmark = pytest.mark.browser

HOST = "https://video.example.org"
# A frame of MPEG-1 Layer III at 128 kbit/s and 44.1 kHz whose side information is all zeros is silence.
FRAME = b"\xff\xfb\x90\x00" + bytes(413)
FRAMES = 100
SEGMENT_SECONDS = FRAMES * 1152 / 44_100
PLAYLIST = "\n".join(
    [
        "#EXTM3U",
        "#EXT-X-VERSION:3",
        "#EXT-X-TARGETDURATION:3",
        "#EXT-X-MEDIA-SEQUENCE:0",
        *[f"#EXTINF:{SEGMENT_SECONDS:.4f},\nsilence-{number}.mp3" for number in range(3)],
        "#EXT-X-ENDLIST",
        "",
    ]
)
NO_PLAYER_OF_ITS_OWN = "HTMLMediaElement.prototype.canPlayType = () => ''"
ADVANCED = "media => media.currentTime > 0.3"


@pytest.fixture
def room(chromium: Browser, server: RoomServer) -> Iterator[Page]:
    with a_browser(chromium, server) as page:
        yield page


def answered(page: Page, *, status: int = 200) -> list[str]:
    """Answer for the video's host with a stream of silence; return what is asked of it."""
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url.removeprefix(HOST))
        is_list = route.request.url.endswith(".m3u8")
        route.fulfill(
            status=status,
            headers={"access-control-allow-origin": "*"},
            content_type="application/vnd.apple.mpegurl" if is_list else "audio/mpeg",
            body=PLAYLIST if is_list else FRAME * FRAMES,
        )

    page.context.route(f"{HOST}/**", answer)
    return asked


def scripts(page: Page) -> Callable[[], list[str]]:
    """Return what player the page has loaded since."""
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url) if "/hls." in request.url else None)
    return lambda: loaded


def card(kind: str) -> str:
    return f'[data-stream][data-kind="{kind}"]'


def test_a_stream_plays_by_the_library_where_the_browser_has_no_player(
    chromium: Browser, server: RoomServer
) -> None:
    with a_browser(chromium, server) as page:
        page.add_init_script(NO_PLAYER_OF_ITS_OWN)
        page.reload()
        page.wait_for_selector('[data-badge][data-status="live"]')
        asked, player = answered(page), scripts(page)
        before = (list(asked), list(player()))
        page.click(f"{card('hls')} [data-play]")
        page.wait_for_selector(f"{card('hls')}[data-playing]")
        page.wait_for_function(ADVANCED, arg=page.query_selector(f"{card('hls')} video"))
        told = page.told  # type: ignore[attr-defined]
    assert (before, asked[:2], len(player()), told) == (([], []), ["/a.m3u8", "/silence-0.mp3"], 1, [])


def test_where_the_browsers_own_player_gives_up_the_library_plays(room: Page) -> None:
    asked = answered(room)
    room.click(f"{card('hls')} [data-play]")
    room.wait_for_selector(f"{card('hls')}[data-playing]")
    room.wait_for_function(ADVANCED, arg=room.query_selector(f"{card('hls')} video"))
    assert (asked[0], room.is_visible(f"{card('hls')} [data-failed]")) == ("/a.m3u8", False)


def test_a_stream_that_is_not_there_is_said_in_words_and_the_room_goes_on(room: Page) -> None:
    answered(room, status=404)
    room.click(f"{card('hls')} [data-play]")
    room.wait_for_selector(f"{card('hls')} [data-failed]:not([hidden])", timeout=20_000)
    assert room.get_attribute("[data-badge]", "data-status") == "live"


def test_sound_alone_plays_without_a_picture(room: Page) -> None:
    asked = answered(room)
    label = room.inner_text(f"{card('audio')} [data-play]")
    room.click(f"{card('audio')} [data-play]")
    room.wait_for_selector(f"{card('audio')}[data-playing] audio[controls]", state="attached")
    room.wait_for_function(ADVANCED, arg=room.query_selector(f"{card('audio')} audio"))
    pictures = room.locator(f"{card('audio')} video").count()
    assert (label, set(asked), pictures) == ("Listen", {"/sound.mp3"}, 0)
