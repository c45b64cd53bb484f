"""The room for everybody: axe, reflow and zoom, forced colours, still pictures, what is read aloud."""

import pytest
from playwright.sync_api import Browser, Page

from browser.room_people import a_browser, ask, in_room, overflow, violations
from browser.room_server import RoomServer

pytestmark = pytest.mark.browser

PATHS = ["", "desk/", "projector/", "speaker/", "me/"]
VIEWS = [
    (360, "light", "kk"),
    (360, "dark", "ru"),
    (768, "light", "en"),
    (768, "dark", "kk"),
    (1280, "light", "ru"),
    (1280, "dark", "en"),
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("width", "scheme", "language"), VIEWS)
def test_the_rooms_pages_are_in_order(
    chromium: Browser, server: RoomServer, path: str, width: int, scheme: str, language: str
) -> None:
    with a_browser(
        chromium, server, path, is_moderator=True, width=width, scheme=scheme, language=language
    ) as page:
        found = overflow(page), violations(page), page.told  # type: ignore[attr-defined]
    assert found == (0, [], [])


# 640 is what a window of 1280 leaves at 200 %.
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("width", [640, 320])
def test_zoomed_to_twice_the_size_nothing_has_to_be_scrolled_sideways(
    chromium: Browser, server: RoomServer, path: str, width: int
) -> None:
    with a_browser(chromium, server, path, is_moderator=True, width=width, language="kk") as page:
        zoomed = overflow(page)
        page.set_viewport_size({"width": 2 * width, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        enlarged = overflow(page)
    assert (zoomed, enlarged) == (0, 0)


@pytest.mark.parametrize("path", PATHS)
def test_pages_are_in_order_in_forced_colours_without_motion(
    chromium: Browser, server: RoomServer, path: str
) -> None:
    with a_browser(
        chromium, server, path, is_moderator=True, forced_colors="active", motion="reduce"
    ) as page:
        moving = page.evaluate(
            """() => [...document.querySelectorAll("*")].filter((each) => {
              const { animationDuration, transitionDuration } = getComputedStyle(each);
              const longest = [animationDuration, transitionDuration].join().split(",").map(parseFloat);
              return Math.max(...longest) > 0.01;
            }).length"""
        )
        found = violations(page)
    assert (moving, found) == (0, [])


def background(page: Page, selector: str) -> str:
    return str(page.eval_on_selector(selector, "each => getComputedStyle(each).backgroundColor"))


def test_a_vote_that_was_cast_looks_other_in_forced_colours(chromium: Browser, server: RoomServer) -> None:
    with a_browser(chromium, server, forced_colors="active") as page:
        code = page.get_attribute('[data-list] [data-state="open"].question', "data-code")
        button = f'[data-code="{code}"] [data-vote]'
        before = background(page, button)
        page.click(button)
        page.wait_for_selector(f"{button}[aria-pressed=true]:not([data-waiting])")
        after = background(page, button)
        page.click(button)
        page.wait_for_selector(f"{button}[aria-pressed=false]:not([data-waiting])")
    assert before != after


def test_new_questions_are_read_aloud_as_a_sum_and_history_is_not(
    chromium: Browser, server: RoomServer
) -> None:
    with a_browser(chromium, server, "?order=new") as reader, a_browser(chromium, server) as asker:
        at_first = reader.inner_text("[data-announcer]")
        for number in range(3):
            ask(asker, f"Is the announcement number {number} summed up?")
            reader.wait_for_selector(in_room(f"Is the announcement number {number} summed up?"))
        reader.wait_for_selector("[data-announcer] p", state="attached", timeout=9000)
        said = reader.inner_text("[data-announcer]")
    assert (at_first, said) == ("", "3 new questions")


def test_tab_goes_from_the_form_to_the_orders_to_the_questions(chromium: Browser, server: RoomServer) -> None:
    with a_browser(chromium, server) as page:
        page.focus("[data-ask-form] [name=text]")
        places = []
        for _ in range(12):
            page.keyboard.press("Tab")
            places.append(
                page.evaluate(
                    """() => {
                      const { activeElement: at } = document;
                      if (at.closest("[data-ask-form]")) return "form";
                      if (at.closest(".tabs")) return "orders";
                      return at.closest("[data-list]") ? "questions" : "";
                    }"""
                )
            )
        seen = [place for place, before in zip(places, ["", *places[:-1]], strict=True) if place != before]
    assert [place for place in seen if place] == ["form", "orders", "questions"]
