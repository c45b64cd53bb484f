"""Template tags of the look: links between languages, the font, moments in words."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import PurePosixPath

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template import Context
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kenes.core import moments

register = template.Library()

FONT_FILES = tuple(
    f"core/fonts/onest-{part}.woff2" for part in ("latin", "cyrillic", "cyrillic-ext", "latin-ext")
)


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """The same page in another language."""

    code: str
    name: str
    href: str
    is_current: bool

    @property
    def url(self) -> str:
        """The absolute address."""
        return settings.PUBLIC_URL + self.href


def _page_path(context: Context, *, with_query: bool) -> str:
    """The page's own path: of the request, or `page_path` where a page is rendered without one."""
    request = context.get("request")
    if request is None:
        return str(context.get("page_path", "/"))
    return str(request.get_full_path() if with_query else request.path)


def without_language(path: str) -> str:
    """Return `path` without its leading language: `/ru/regions/` → `/regions/`."""
    parts = PurePosixPath(path.partition("?")[0]).parts
    if len(parts) > 1 and parts[1] in dict(settings.LANGUAGES):
        return path[len(parts[1]) + 1 :] or "/"
    return path


@register.simple_tag(takes_context=True)
def language_links(context: Context, *, keep_query: bool = True) -> list[LanguageLink]:
    """Return the page's links in all languages; a page that has no language leads to the home."""
    path = _page_path(context, with_query=keep_query)
    rest = without_language(path)
    rest = "/" if rest == path else rest
    current = get_language()
    return [LanguageLink(code, name, f"/{code}{rest}", code == current) for code, name in settings.LANGUAGES]


@register.simple_tag(takes_context=True)
def page_url(context: Context) -> str:
    """Return the page's own absolute address, without its query."""
    return settings.PUBLIC_URL + _page_path(context, with_query=False)


@register.simple_tag(takes_context=True)
def page_url_without_language(context: Context) -> str:
    """Return the address that leads a reader to the page in their own language."""
    return settings.PUBLIC_URL + without_language(_page_path(context, with_query=False))


@register.simple_block_tag
def titled(content: str) -> SafeString:
    """Write the page's title, for browsers and for those who pass its address on."""
    title = " ".join(content.split())
    shared = SafeString(title.replace('"', "&quot;"))
    return format_html(
        '<title>{}</title>\n<meta property="og:title" content="{}">', SafeString(title), shared
    )


@lru_cache(maxsize=1)
def _font_urls() -> str:
    urls = []
    for name in FONT_FILES:
        try:
            urls.append(staticfiles_storage.url(name))
        except ValueError:
            return ""
    return " ".join(urls) if not settings.DEBUG or finders.find(FONT_FILES[0]) else ""


@register.simple_tag
def font_urls() -> str:
    """Return the addresses of the font's files, or nothing where the build has not made them."""
    return _font_urls()


@register.filter
def day(at: datetime, zone: str) -> str:
    """Return the day in words with its weekday, in an IANA zone."""
    return moments.day_in_words(at, zone)


@register.filter
def date_in_words(on: date) -> str:
    """Return a date, or the site's day of a moment, with its month in words and its year."""
    return moments.date_in_words(timezone.localdate(on) if isinstance(on, datetime) else on)


@register.filter
def clock(at: datetime, zone: str) -> str:
    """Return the time of day, in an IANA zone."""
    return moments.clock(at, zone)


@register.filter
def offset(at: datetime, zone: str) -> str:
    """Return the zone's offset from UTC at that time: `UTC+5`."""
    return moments.offset(at, zone)


@register.filter
def iso(at: datetime, zone: str = "UTC") -> SafeString:
    """Return the moment for a `datetime` attribute."""
    return SafeString(moments.in_zone(at, zone).isoformat(timespec="minutes"))
