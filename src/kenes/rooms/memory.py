"""Pages kept in memory by (kind, room, order, language): what is shared by all is rendered once."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

MOST_PAGES = 256
MOST_FURTHER_PAGES = 32


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The bytes of a page, plain and compressed, and whom its policy lets in once the reader presses play."""

    body: bytes
    compressed: bytes
    etag: str
    frames: tuple[str, ...] = ()
    media: tuple[str, ...] = ()


class PageMemory:
    """The last pages used, each at one version: a changed room takes the place of what it was."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, tuple[int, KeptPage]] = OrderedDict()
        self._guard = threading.Lock()

    def find(self, key: Hashable, *, version: int) -> KeptPage | None:
        """Return the page of this key, if it is kept at this version."""
        with self._guard:
            held, page = self._pages.get(key, (None, None))
            if held != version:
                return None
            self._pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, page: KeptPage, *, version: int) -> None:
        """Keep a page; the one used longest ago makes room."""
        with self._guard:
            self._pages[key] = (version, page)
            self._pages.move_to_end(key)
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)

    def forget(self) -> None:
        """Forget all pages."""
        with self._guard:
            self._pages.clear()

    def __len__(self) -> int:
        with self._guard:
            return len(self._pages)


pages = PageMemory()
# Pages down a list have a memory of their own: a made-up cursor must push out no room's first page.
further_pages = PageMemory(MOST_FURTHER_PAGES)
