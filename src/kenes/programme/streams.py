"""Addresses of streams: what each kind accepts, and what is loaded once a person presses play.

Nothing of a third party is loaded before that, so all here is computed from the address alone.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from django.utils.translation import gettext_lazy as _

from kenes.core.languages import LANGUAGES
from kenes.programme.errors import StreamAddressRefused
from kenes.programme.states import StreamKind
from kenes.programme.texts import check_keys

URL_LIMIT = 200
# Source: the host YouTube offers for players that set no cookie before play.
YOUTUBE_EMBED = "https://www.youtube-nocookie.com/embed/{video}"
_YOUTUBE_HOSTS = frozenset(
    {"youtube.com", "www.youtube.com", "m.youtube.com", "youtube-nocookie.com", "www.youtube-nocookie.com"}
)
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE_PATH = re.compile(r"/(?:embed|live|shorts|v)/([^/]+)/?")
_HOST = re.compile(r"(?=.{1,253}\Z)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_AUDIO_ENDINGS = (".m3u8", ".mp3", ".m4a", ".aac", ".ogg", ".opus", ".oga")


@dataclass(frozen=True, slots=True)
class Embed:
    """What a card shows, and what play loads. `frame_origin`: whom the page's policy must let in, if any.

    `is_native`: the page's own player takes the address; `opens_away`: it is followed as a link.
    """

    kind: str
    url: str
    host_name: str
    frame_origin: str = ""
    is_native: bool = False
    opens_away: bool = False


def check_stream(*, kind: str, url: str, language: str = "") -> None:
    """Raise StreamAddressRefused, or UnknownKey, where the parts of a stream do not fit together."""
    check_keys([kind], known=StreamKind.values)
    check_keys([language], known=["", *LANGUAGES])
    embed_at(kind=kind, url=url)


def embed_at(*, kind: str, url: str) -> Embed:
    """Return what play loads for an address. Raises: StreamAddressRefused."""
    host = _host_of(url)
    return _EMBEDS[StreamKind(kind)](url, host)


def _host_of(url: str) -> str:
    if len(url) > URL_LIMIT or re.search(r"[\s\\<>\"'`\x00-\x1f\x7f]", url):
        raise StreamAddressRefused(hint=_("it has characters that no address has, or is too long."))
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise StreamAddressRefused(hint=_("it cannot be read as an address.")) from error
    if parts.scheme != "https" or parts.username is not None or port == 0 or not _HOST.fullmatch(host):
        raise StreamAddressRefused(hint=_("it must begin with https:// and a host's name."))
    return host


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"https://{(parts.hostname or '')}{f':{parts.port}' if parts.port else ''}"


def _hls(url: str, host: str) -> Embed:
    if not urlsplit(url).path.endswith(".m3u8"):
        raise StreamAddressRefused(hint=_("video in the page needs an address that ends in .m3u8."))
    return Embed(StreamKind.HLS, url, host, is_native=True)


def _audio(url: str, host: str) -> Embed:
    if not urlsplit(url).path.endswith(_AUDIO_ENDINGS):
        raise StreamAddressRefused(
            hint=_("sound needs an address that ends in .m3u8, .mp3, .m4a, .aac, .ogg or .opus.")
        )
    return Embed(StreamKind.AUDIO, url, host, is_native=True)


def youtube_id(url: str) -> str | None:
    """Return the eleven characters that name a video on YouTube, from any of its usual addresses."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    found: str | None = None
    if host == "youtu.be":
        found = parts.path.strip("/")
    elif host in _YOUTUBE_HOSTS:
        in_path = _YOUTUBE_PATH.fullmatch(parts.path)
        found = in_path.group(1) if in_path else next(iter(parse_qs(parts.query).get("v", [])), "")
    return found if found and _YOUTUBE_ID.fullmatch(found) else None


def _youtube(url: str, host: str) -> Embed:
    video = youtube_id(url)
    if video is None:
        raise StreamAddressRefused(hint=_("it names no video on YouTube."))
    embed = YOUTUBE_EMBED.format(video=video)
    return Embed(StreamKind.YOUTUBE, embed, "YouTube", frame_origin=_origin(embed))


def _conference(kind: StreamKind) -> Callable[[str, str], Embed]:
    def embed(url: str, host: str) -> Embed:
        if urlsplit(url).path in {"", "/"}:
            raise StreamAddressRefused(hint=_("it names a server, but no room on it."))
        return Embed(kind, url, host, frame_origin=_origin(url))

    return embed


def _link(url: str, host: str) -> Embed:
    return Embed(StreamKind.LINK, url, host, opens_away=True)


_EMBEDS: dict[StreamKind, Callable[[str, str], Embed]] = {
    StreamKind.HLS: _hls,
    StreamKind.AUDIO: _audio,
    StreamKind.YOUTUBE: _youtube,
    StreamKind.JITSI: _conference(StreamKind.JITSI),
    StreamKind.BIGBLUEBUTTON: _conference(StreamKind.BIGBLUEBUTTON),
    StreamKind.LINK: _link,
}
