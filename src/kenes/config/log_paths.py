"""Paths as the access lines show them: our own words and codes; whatever else was typed is masked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from kenes.config.logs import MASK

# A room's or a question's code, or a short number (a region, a year, a row of the administration).
_CODE = re.compile(r"[A-Za-z]{1,6}-\d{1,6}(?:-\d{1,6})?|\d{1,5}")
_PUBLIC_ID = re.compile(r"(?=.*\d)(?=.*[a-z])[0-9a-hjkmnp-tv-z]{12}")
_SLUG = re.compile(r"[a-z0-9-]{1,60}")
_PLACEHOLDER = re.compile(r"<[^>]*>|\(\?P<[^)]*\)|\{[^}]*\}")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
# Addresses that Django does not know.
_LIVE_WORDS = ("live", "join", "snapshot", "questions", "changes", "events", "vote")
_OTHER_WORDS = ("health", "ready", "metrics", "static")
_STATIC_FILE = re.compile(r"[a-z0-9_.-]{1,80}\.(?:css|js|mjs|woff2|svg|png|ico|txt|json|map)|[a-z_-]{1,20}")
LONGEST_PATH = 200


@lru_cache(2048)
def shown_path(path: str) -> str:
    """Return the path with every segment that is neither a word nor a code of ours masked."""
    if path.startswith("/static/") and all(map(_STATIC_FILE.fullmatch, path[1:].split("/"))):
        return path
    shown: list[str] = []
    for segment in path[:LONGEST_PATH].split("/"):
        shown.append(segment if _is_ours(segment, shown) else MASK)
    return "/".join(shown)


def _is_ours(segment: str, before: Sequence[str]) -> bool:
    if not segment or segment in known_words() or _CODE.fullmatch(segment) or _PUBLIC_ID.fullmatch(segment):
        return True
    is_named = before[-1:] == ["campaigns"] or "desk" in before  # a campaign's address, a moderator's act
    return is_named and _SLUG.fullmatch(segment) is not None


@cache
def known_words() -> frozenset[str]:
    """Return every literal segment of our addresses."""
    languages = [code for code, _ in settings.LANGUAGES]
    return frozenset([*_words(get_resolver().url_patterns), *_LIVE_WORDS, *_OTHER_WORDS, *languages])


def _words(patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        for segment in _PLACEHOLDER.sub("", str(pattern.pattern)).split("/"):
            yield from _WORD.findall(segment)
        if isinstance(pattern, URLResolver):
            yield from _words(pattern.url_patterns)
