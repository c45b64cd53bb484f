"""People in a room: a browser each, and what they see and do there."""

from collections.abc import Iterator
from contextlib import contextmanager

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from browser.room_server import RoomServer

STILL_MS = 700


@contextmanager
def a_browser(
    chromium: Browser,
    server: RoomServer,
    path: str = "",
    *,
    is_moderator: bool = False,
    has_script: bool = True,
    language: str = "en",
    width: int = 1280,
    scheme: str = "light",
    forced_colors: str | None = None,
    motion: str = "no-preference",
) -> Iterator[Page]:
    """Open a page of the room in a browser of its own; what its console says is kept in `page.told`."""
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        java_script_enabled=has_script,
        color_scheme=scheme,
        forced_colors=forced_colors,
        reduced_motion=motion,
    )
    if is_moderator:
        context.add_cookies([{"name": "sessionid", "value": server.session_key, "url": server.url}])
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda message: _note(message, told))
    page.on("pageerror", lambda error: told.append(str(error)))
    page.told = told  # type: ignore[attr-defined]
    page.goto(f"{server.url}/{language}/rooms/{server.room}/{path}")
    if has_script and path != "me/":
        page.wait_for_selector('[data-badge][data-status="live"]')
    try:
        yield page
    finally:
        context.close()


def ask(page: Page, text: str, name: str = "Guest of the hall") -> None:
    """Type a question and send it."""
    page.fill("[data-ask-form] [name=text], form.form [name=text]", text)
    page.fill("[data-ask-form] [name=name], form.form [name=name]", name)
    page.click("[data-ask-form] [type=submit]")


def in_room(text: str) -> str:
    """Return the selector of a question in the room's list."""
    return f'[data-list] [data-f="text"]:text-is("{text}")'


def violations(page: Page) -> list[str]:
    """Return what axe finds wrong, by rule and first node."""
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {rule['nodes'][0]['html'][:120]}" for rule in found]


def overflow(page: Page) -> int:
    """Return the pixels by which the page is wider than its window."""
    root = "document.documentElement"
    width: int = page.evaluate(f"{root}.scrollWidth - {root}.clientWidth")
    return width


def _note(message: ConsoleMessage, told: list[str]) -> None:
    if message.type in ("error", "warning"):
        told.append(message.text)
