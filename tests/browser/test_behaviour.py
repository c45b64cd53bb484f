"""The few behaviours that every page has."""

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.site import Site

pytestmark = pytest.mark.browser


@pytest.fixture
def home(chromium: Browser, site: Site) -> Page:
    page = chromium.new_page(color_scheme="light")
    page.goto(f"{site.url}/en/")
    return page


def ground(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.documentElement).backgroundColor"))


def test_the_choice_of_dark_colours_survives_the_next_page(home: Page, site: Site) -> None:
    light = ground(home)
    home.get_by_role("button", name="Dark colours").click()
    dark = ground(home)
    home.goto(f"{site.url}/en/regions/")
    expect(home.get_by_role("button", name="Dark colours")).to_have_attribute("aria-pressed", "true")
    assert (ground(home) == dark, dark == light) == (True, False)


def test_the_first_tab_stop_leads_past_the_header(home: Page) -> None:
    home.keyboard.press("Tab")
    home.keyboard.press("Enter")
    assert home.evaluate("document.activeElement.id") == "main"


def test_without_javascript_the_page_has_all_its_content(chromium: Browser, site: Site) -> None:
    plain = chromium.new_context(java_script_enabled=False)
    page = plain.new_page()
    page.goto(f"{site.url}/en/")
    expect(page.get_by_role("heading", name="On now")).to_be_visible()
    expect(page.get_by_role("button", name="Dark colours")).to_have_count(0)
    plain.close()


def test_every_target_is_at_least_24_pixels_high(home: Page) -> None:
    small = home.evaluate(
        """() => [...document.querySelectorAll("header a, main a.button, .tile, .languages a, button")]
          .filter((each) => each.offsetParent !== null && each.getBoundingClientRect().height < 24)
          .map((each) => each.outerHTML)"""
    )
    assert small == []


def test_the_font_comes_after_the_text_and_moves_nothing_by_more_than_a_line(home: Page) -> None:
    shift = home.evaluate(
        """() => new Promise((resolve) => {
          let sum = 0;
          new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
          }).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve(sum), 500);
        })"""
    )
    assert shift < 0.05
