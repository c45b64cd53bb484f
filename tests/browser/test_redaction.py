"""Personal data in a real browser: it waits, one press takes it out, everybody reads words at once."""

import pytest
from playwright.sync_api import Browser, expect

from browser.room_people import a_browser, ask, violations
from browser.room_server import RoomServer

pytestmark = pytest.mark.browser

NUMBER = "+7 701 555 44 33"
SHOWN = "Who answers when I call [telephone number removed] in the evening?"


@pytest.mark.parametrize("has_script", [True, False])
def test_one_press_takes_it_out_and_the_room_reads_words(
    chromium: Browser, server: RoomServer, has_script: bool
) -> None:
    evening = "evening" if has_script else "morning"
    shown = SHOWN.replace("evening", evening)
    with (
        a_browser(chromium, server) as guest,
        a_browser(chromium, server, "desk/?queue=held", is_moderator=True, has_script=has_script) as desk,
    ):
        ask(guest, f"Who answers when I call {NUMBER} in the {evening}?")
        expect(guest.get_by_text("It holds what looks like personal data").first).to_be_attached()
        desk.reload()
        row = desk.locator(f'[data-row]:has-text("{evening}")')
        expect(row.locator("mark")).to_have_text(f"{NUMBER} (telephone number)")
        if has_script:
            assert violations(desk) == []
        row.get_by_role("button", name="Take it out").click()
        row = desk.locator(f'[data-row]:has-text("{evening}")')
        expect(row).to_contain_text(shown)
        row.get_by_role("button", name="Publish").click()
        expect(guest.locator(f'[data-list] [data-f="text"]:text-is("{shown}")')).to_be_attached()
        assert NUMBER not in guest.locator("[data-list]").inner_text()
