"""A visitor that opens every address it can find: by links, by addresses in data, by the URL conf.

It knows no page by name, so a page that comes later is visited as well.
"""

import re
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import islice, product
from urllib.parse import unquote, urljoin, urlsplit

from django.urls import NoReverseMatch, Resolver404, URLPattern, URLResolver, get_resolver, resolve, reverse
from django.utils import translation

LANGUAGES = ("kk", "ru", "en")
PAGE = re.compile(r"""(?:href|src|action|content|data-[\w-]+)=(?:"([^"]+)"|'([^']+)')""")
ADDRESS = re.compile(r"""(?:https?://[\w.:\[\]-]+)?/[\w\-./%?=&;+~:@,]*""")
# In a document a bare path is the name of a part.
WHOLE_ADDRESS = re.compile(r"""https?://[\w.:\[\]-]+/[\w\-./%?=&;+~:@,]*""")
DOCUMENT = re.compile(r"content-type: (?:application/(?:pdf|zip|gzip|vnd\.)|image/)", re.IGNORECASE)
# Which of a list's many filters stand in the address: so many of each path are enough to see its rows.
QUERIES_OF_A_PATH = 6
VALUES_OF_AN_ARGUMENT = 12
# So many arguments together are guessed only below a page that is there: else they are thousands.
DEEP = 3
NOT_FOUND = 404
NOT_VISITED = re.compile(r"^/(?:static|admin)/|/CODE(?:/|$)|/sign-out|/logout|^/(?:kk|ru|en)/i18n/")


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address gave: its status, its headers in one text, all that can be read in its body."""

    status: int
    headers: str
    body: str


Fetch = Callable[[str], Answer]


@dataclass
class Crawl:
    """What was visited; `answers` by address with its query."""

    fetch: Fetch
    answers: dict[str, Answer] = field(default_factory=dict)
    _queries: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def run(self, starts: Iterable[str], *, rounds: int = 3) -> "Crawl":
        """Follow links, then try the patterns nobody linked to with what was learnt, and again."""
        self._follow(starts)
        for _round in range(rounds):
            before = len(self.answers)
            self._follow(self._guesses())
            if len(self.answers) == before:
                break
        return self

    def visited(self) -> set[str]:
        """Return the routes of the URL conf that gave a page to the visitor."""
        return {
            route
            for path, answer in self.answers.items()
            if answer.status == 200 and (route := route_of(path))
        }

    def leaks(self, planted: dict[str, str]) -> dict[str, list[str]]:
        """Return the addresses in whose answer a planted value stands, with the values' names."""
        found = defaultdict(list)
        for path, answer in self.answers.items():
            for name in values_in(f"{path}\n{answer.headers}\n{answer.body}", planted):
                found[path].append(name)
        return dict(found)

    def _follow(self, starts: Iterable[str]) -> None:
        waiting = deque(starts)
        while waiting:
            address = self._to_visit(waiting.popleft())
            if address is None:
                continue
            answer = self.answers[address] = self.fetch(address)
            waiting.extend(links_of(address, answer))

    def _to_visit(self, address: str) -> str | None:
        path, _, query = address.partition("?")
        if NOT_VISITED.search(path) or address in self.answers:
            return None
        if query:
            self._queries[path] += 1
            if self._queries[path] > QUERIES_OF_A_PATH:
                return None
        return address

    def _guesses(self) -> Iterator[str]:
        known = self._known_values()
        for language in LANGUAGES:
            with translation.override(language):
                for name, arguments in named_patterns():
                    pools = [islice(sorted(known[argument]), VALUES_OF_AN_ARGUMENT) for argument in arguments]
                    for values in product(*pools):
                        try:
                            address = reverse(name, kwargs=dict(zip(arguments, values, strict=True)))
                        except NoReverseMatch:
                            continue
                        if len(values) < DEEP or self._is_below_a_page(address):
                            yield address

    def _is_below_a_page(self, address: str) -> bool:
        """Say whether the nearest page above was there; where none is above, it may be."""
        above = address.rstrip("/")
        while (above := above.rpartition("/")[0]).count("/") > 1:
            if route_of(f"{above}/"):
                found = self.answers.get(f"{above}/")
                return found is not None and found.status != NOT_FOUND
        return True

    def _known_values(self) -> dict[str, set[str]]:
        """Return the values of each argument's name in the addresses visited."""
        known: dict[str, set[str]] = defaultdict(set)
        for address in self.answers:
            try:
                found = resolve(unquote(address.partition("?")[0]))
            except Resolver404:
                continue
            for name, value in found.kwargs.items():
                known[name].add(str(value))
        # The API calls a question's code what others call otherwise.
        known["object_id"] |= known["code"]
        known["kind"] |= {"question"}
        return known


def links_of(address: str, answer: Answer) -> set[str]:
    """Return the addresses of this site in an answer: a page's links, and what looks like one in data."""
    is_page = "text/html" in answer.headers
    addresses = WHOLE_ADDRESS if DOCUMENT.search(answer.headers) else ADDRESS
    texts = PAGE.findall(answer.body) if is_page else [(text, "") for text in addresses.findall(answer.body)]
    found = set()
    for first, second in texts:
        link = unescape(first or second).strip()
        if is_page and not re.match(r"https?://|/|\?|[\w.-]+/?", link):
            continue
        if is_page and not re.match(r"https?://|[/?]", link) and "/" not in link:
            continue
        whole = urlsplit(urljoin(f"http://site{address}", link))
        if whole.scheme in {"http", "https"} and (whole.hostname or "") in {
            "site",
            "127.0.0.1",
            "testserver",
        }:
            found.add(whole.path + (f"?{whole.query}" if whole.query else ""))
    location = re.search(r"^location: (\S+)$", answer.headers, re.MULTILINE | re.IGNORECASE)
    if location:
        whole = urlsplit(urljoin(f"http://site{address}", location[1]))
        if (whole.hostname or "") in {"site", "127.0.0.1", "testserver"}:
            found.add(whole.path + (f"?{whole.query}" if whole.query else ""))
    return {link for link in found if link.startswith("/")}


def values_in(text: str, planted: dict[str, str]) -> list[str]:
    """Return the names of the planted values that stand in a text, however it writes its letters."""
    # A page of a PDF breaks its lines wherever they end.
    forms = [text, unescape(text), unquote(text), " ".join(text.split())]
    if "\\u" in text:
        forms.append(re.sub(r"\\u([0-9a-fA-F]{4})", lambda found: chr(int(found[1], 16)), text))
    return [name for name, value in planted.items() if any(value in form for form in forms)]


def route_of(address: str) -> str | None:
    """Return the route that an address resolves to, without its language."""
    try:
        return re.sub(r"^(?:kk|ru|en)/", "", resolve(unquote(address.partition("?")[0])).route)
    except Resolver404:
        return None


def plain_addresses() -> list[str]:
    """Return every address that needs no argument, in all languages."""
    found = []
    for language in LANGUAGES:
        with translation.override(language):
            found += [f"/{route}" for route in routes() if "<" not in route and "(" not in route]
    return found


def routes() -> list[str]:
    """Return the routes of the URL conf in the active language."""
    return [route for route, _pattern, _names in _walk(get_resolver().url_patterns, "", ())]


def named_patterns() -> list[tuple[str, list[str]]]:
    """Return the names of the patterns that need arguments, with the arguments' names."""
    return [
        (":".join((*names, pattern.name)), list(pattern.pattern.regex.groupindex))
        for route, pattern, names in _walk(get_resolver().url_patterns, "", ())
        if "<" in route and pattern.name and "admin" not in names
    ]


Found = tuple[str, URLPattern, tuple[str, ...]]


def _walk(
    patterns: Iterable[URLPattern | URLResolver], before: str, names: tuple[str, ...]
) -> Iterator[Found]:
    for entry in patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            namespace = (entry.namespace,) if entry.namespace else ()
            yield from _walk(entry.url_patterns, route, (*names, *namespace))
        else:
            yield route, entry, names
