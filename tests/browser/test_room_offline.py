"""What a person wrote outlives a dead network, a killed server, a lost reply and a second press."""

import signal

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.room_people import a_browser, ask, in_room
from browser.room_server import RoomServer

pytestmark = pytest.mark.browser

LIVE = '[data-badge][data-status="live"]'


def waiting(text: str) -> str:
    return f'[data-waiting-panel]:not([hidden]) li:text-is("{text}")'


def copies_after_reload(page: Page, text: str) -> int:
    page.reload()
    page.wait_for_selector(LIVE)
    return page.locator(in_room(text)).count()


def test_a_question_sent_with_no_network_waits_in_sight_and_is_sent_once_when_it_is_back(
    chromium: Browser, server: RoomServer
) -> None:
    text = "Does this leave the aul without a network?"
    with a_browser(chromium, server, "?order=new") as page:
        page.context.set_offline(True)
        page.wait_for_selector('[data-badge][data-status="offline"]')
        ask(page, text)
        page.wait_for_selector(waiting(text))
        told = page.inner_text("[data-announcer]")
        page.wait_for_timeout(5000)
        page.context.set_offline(False)
        page.wait_for_selector(in_room(text))
        page.wait_for_selector("[data-waiting-panel]", state="hidden")
        copies = copies_after_reload(page, text)
    assert (copies, told) == (1, "Waiting to be sent")


def test_what_was_sent_to_a_dead_server_is_sent_once_by_the_page_loaded_anew(
    chromium: Browser, server: RoomServer
) -> None:
    text = "Does this outlive the server and the page?"
    with a_browser(chromium, server, "?order=new") as page:
        server.stop(signal.SIGKILL)
        ask(page, text)
        page.wait_for_selector(waiting(text))
        server.start()
        page.reload()
        page.wait_for_selector(in_room(text), timeout=40_000)
        page.wait_for_selector("[data-waiting-panel]", state="hidden")
        copies = copies_after_reload(page, text)
    assert copies == 1


def test_votes_pressed_without_a_network_are_counted_once_when_it_is_back(
    chromium: Browser, server: RoomServer
) -> None:
    with a_browser(chromium, server) as page:
        rows = page.locator('[data-list] [data-state="open"].question')
        codes = [rows.nth(place).get_attribute("data-code") for place in range(2)]
        counts = [page.locator(f'[data-code="{code}"] [data-f="votes"]') for code in codes]
        before = [int(count.inner_text()) for count in counts]
        page.context.set_offline(True)
        for code in codes:
            page.click(f'[data-code="{code}"] [data-vote]')
        for code in codes:
            page.wait_for_selector(f'[data-code="{code}"] [data-vote][data-waiting][aria-pressed=true]')
        page.context.set_offline(False)
        for count, number in zip(counts, before, strict=True):
            expect(count).to_have_text(str(number + 1), timeout=20_000)
        pressed = [page.get_attribute(f'[data-code="{code}"] [data-vote]', "aria-pressed") for code in codes]
    assert pressed == ["true", "true"]


def test_the_same_words_sent_again_are_one_question_and_its_number_is_told(
    chromium: Browser, server: RoomServer
) -> None:
    text = "Was this heard the first time?"
    with a_browser(chromium, server, "?order=new") as page:
        ask(page, text)
        page.wait_for_selector("[data-receipts] li")
        code = page.get_attribute("[data-receipts] li", "data-code")
        ask(page, f"  {text.upper()} ")
        told = page.locator("[data-ask-error]").inner_text()
        copies = copies_after_reload(page, text)
    assert (copies, told) == (1, f"You have asked this already: it is registered under the number {code}.")


def test_a_refusal_brings_the_text_back_to_where_it_was_typed(chromium: Browser, server: RoomServer) -> None:
    with a_browser(chromium, server) as page:
        ask(page, "?")
        page.wait_for_selector("[data-ask-error]:not([hidden])")
        kept = page.input_value("[data-ask-form] [name=text]")
    assert kept == "?"
