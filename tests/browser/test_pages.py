"""Every page, at every width, in both schemes and all languages: no axe violation, no horizontal
scroll, nothing in the console. By default a small part of the matrix; whole with `--full-matrix`.
"""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from browser import pages
from browser.site import Site

pytestmark = pytest.mark.browser

WIDTHS = (360, 768, 1280)
SCHEMES = ("light", "dark")
LANGUAGES = ("kk", "ru", "en")
FULL = tuple(product(WIDTHS, SCHEMES, LANGUAGES))
SMALL = ((360, "light", "kk"), (1280, "dark", "ru"))
HEIGHT = 900


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "view" in metafunc.fixturenames:
        views = FULL if metafunc.config.getoption("--full-matrix") else SMALL
        metafunc.parametrize("view", views, ids=["-".join(map(str, view)) for view in views])


@pytest.mark.parametrize("listed", pages.PAGES, ids=lambda page: page.path)
def test_a_page_is_in_order(
    chromium: Browser, site: Site, listed: pages.Page, view: tuple[int, str, str]
) -> None:
    width, scheme, language = view
    context = chromium.new_context(viewport={"width": width, "height": HEIGHT}, color_scheme=scheme)
    page = context.new_page()
    if listed.role:
        _sign_in(page, site, listed.role)
    told: list[str] = []
    page.on("console", lambda message: _note(message, told))
    page.on("pageerror", lambda error: told.append(str(error)))
    response = page.goto(f"{site.url}/{language}{listed.path.format(**site.names)}")
    page.wait_for_load_state("load")
    found = (
        response.status if response else 0,
        page.evaluate("document.documentElement.lang"),
        _overflow(page),
        _violations(page),
        told if listed.status == 200 else [],
    )
    context.close()
    assert found == (listed.status, language, 0, [], [])


def _sign_in(page: Page, site: Site, role: str) -> None:
    """Sign in by the demonstration's own button for a person of the role."""
    page.goto(f"{site.url}/en/accounts/login/")
    page.locator(f"button[value='{site.names[role]}']").click()
    page.wait_for_load_state("load")


def _note(message: ConsoleMessage, told: list[str]) -> None:
    if message.type in ("error", "warning"):
        told.append(message.text)


def _overflow(page: Page) -> int:
    """Pixels by which the page is wider than its window."""
    root = "document.documentElement"
    return int(page.evaluate(f"{root}.scrollWidth - {root}.clientWidth"))


def _violations(page: Page) -> list[tuple[str, list[str]]]:
    found = Axe().run(page).response["violations"]
    return [(each["id"], [str(node["target"]) for node in each["nodes"]]) for each in found]
