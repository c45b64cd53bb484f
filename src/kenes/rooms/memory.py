"""Pages kept in memory by (room, version, language, …): what is shared by all is rendered once."""

import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

MOST_PAGES = 256


@dataclass(frozen=True, slots=True)
class KeptPage:
    """The bytes of a page, plain and compressed, and whom its policy lets in once the reader presses play."""

    body: bytes
    compressed: bytes
    etag: str
    frames: tuple[str, ...] = ()
    media: tuple[str, ...] = ()


class PageMemory:
    """The last pages used. Its keys hold the version, so that a changed room is a new page."""

    def __init__(self, most: int = MOST_PAGES) -> None:
        self._most = most
        self._pages: OrderedDict[Hashable, KeptPage] = OrderedDict()
        self._guard = threading.Lock()

    def find(self, key: Hashable) -> KeptPage | None:
        """Return the page of this key."""
        with self._guard:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def keep(self, key: Hashable, page: KeptPage) -> None:
        """Keep a page; the one used longest ago makes room."""
        with self._guard:
            self._pages[key] = page
            self._pages.move_to_end(key)
            while len(self._pages) > self._most:
                self._pages.popitem(last=False)

    def forget(self) -> None:
        """Forget all pages."""
        with self._guard:
            self._pages.clear()


pages = PageMemory()
