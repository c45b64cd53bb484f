"""The desk in a real browser: every act, the keyboard, and two moderators at once."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from browser.room_people import a_browser, ask, in_room
from browser.room_server import RoomServer

pytestmark = pytest.mark.browser

NUMBER = "[data-receipts] li"
# Before the clock's own date, so that a person may set it.
SOONER = timezone.localdate() + timedelta(days=4)


def asked(page: Page, text: str) -> str:
    """Ask in the room and return the question's code."""
    ask(page, text)
    row = page.locator(f'[data-list] .question:has-text("{text}")')
    row.wait_for(state="attached")
    return row.get_attribute("data-code") or ""


def choose(desk: Page, code: str) -> None:
    """Open a question with all its acts, as its link does."""
    address = desk.url.partition("?")[0]
    desk.goto(f"{address}?question={code}")
    desk.wait_for_selector('[data-badge][data-status="live"]')


def act(desk: Page, code: str, verb: str, **typed: str) -> None:
    """Carry out an act of the chosen question with its form, or press its button."""
    part = desk.locator(f'#chosen-{code} [data-key="{verb}"]')
    if part.locator("summary").count():
        part.locator("summary").click()
        for name, words in typed.items():
            field = part.locator(f"[name={name}]")
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(words)
            else:
                field.fill(words)
    part.locator("button[type=submit]").click()


def expect_state(desk: Page, code: str, state: str) -> None:
    expect(desk.locator(f"#chosen-{code} .state").first).to_have_attribute("data-state", state)


def test_a_question_goes_through_every_act_of_the_desk(chromium: Browser, server: RoomServer) -> None:
    steps: list[tuple[str, dict[str, str], str]] = [
        ("hold", {}, "held"),
        ("publish", {}, "open"),
        ("edit", {"text": "Is every act of the desk tried, one by one?", "reason": "clearer"}, "open"),
        ("stage", {}, "staged"),
        ("unstage", {}, "open"),
        ("refuse", {"ground": "off_topic", "reason": "Asked elsewhere."}, "refused"),
        ("overrule", {"reason": "It is on the subject."}, "open"),
        ("answer_aloud", {"answered_by": "Chairman of the Committee", "summary": "In May."}, "answered"),
        ("retract_answer", {"reason": "It was another question."}, "open"),
        ("assign", {"due_on": (SOONER + timedelta(days=2)).isoformat()}, "assigned"),
        ("change_due_date", {"due_on": SOONER.isoformat()}, "assigned"),
    ]
    with (
        a_browser(chromium, server, "?order=new") as room,
        a_browser(chromium, server, "desk/", is_moderator=True) as desk,
    ):
        code = asked(room, "Is every act of the desk tried?")
        choose(desk, code)
        for verb, typed, state in steps:
            act(desk, code, verb, **typed)
            expect_state(desk, code, state)
        row = room.locator(f'[data-list] [data-code="{code}"]')
        expect(row.locator('[data-f="state"]')).to_contain_text(f"{SOONER:%A}, {SOONER.day} {SOONER:%B %Y}")
        told = desk.told  # type: ignore[attr-defined]
    assert told == []


def test_what_was_typed_stays_when_another_moderator_acted_first(
    chromium: Browser, server: RoomServer
) -> None:
    with (
        a_browser(chromium, server, "?order=new") as room,
        a_browser(chromium, server, "desk/", is_moderator=True) as first,
        a_browser(chromium, server, "desk/", is_moderator=True) as second,
    ):
        code = asked(room, "Do two moderators get in each other's way?")
        for desk in (first, second):
            choose(desk, code)
        first.locator(f'#chosen-{code} [data-key="answer_aloud"] summary').click()
        first.fill("#answer_aloud_answered_by", "Chairman of the Committee")
        first.fill("#answer_aloud_summary", "A long answer that took a while to type.")
        act(second, code, "refuse", ground="off_topic")
        expect_state(first, code, "refused")
        first.locator(f'#chosen-{code} [data-key="answer_aloud"] button[type=submit]').click()
        first.wait_for_selector('[data-said][data-tone="error"]:not([hidden])')
        told = first.inner_text("[data-said]")
        first.wait_for_timeout(1500)
        kept = first.input_value("#answer_aloud_summary")
    assert kept == "A long answer that took a while to type."
    assert told == "The question has changed since you saw it: this cannot be done with it now."


def test_what_was_typed_stays_when_the_network_is_away(chromium: Browser, server: RoomServer) -> None:
    with a_browser(chromium, server, "desk/", is_moderator=True) as desk:
        desk.locator("summary", has_text="Announce").click()
        desk.fill("#announce_en", "A break of ten minutes")
        desk.context.set_offline(True)
        desk.click("#desk-announcements details button[type=submit]")
        desk.wait_for_selector('[data-said][data-tone="error"]:not([hidden])')
        kept = desk.input_value("#announce_en")
        desk.context.set_offline(False)
    assert kept == "A break of ten minutes"


def test_an_announcement_goes_up_and_down_in_the_room(chromium: Browser, server: RoomServer) -> None:
    text = "We go on at noon"
    with (
        a_browser(chromium, server) as room,
        a_browser(chromium, server, "desk/", is_moderator=True) as desk,
    ):
        desk.locator("summary", has_text="Announce").click()
        desk.fill("#announce_en", text)
        desk.click("#desk-announcements details button[type=submit]")
        shown = room.locator(f'[data-announcements] [data-f="announcement-text"]:text-is("{text}")')
        shown.wait_for()
        said = room.locator("[data-announcer]", has_text=text).count()
        desk.locator("#desk-announcements form.row", has_text=text).get_by_role("button").click()
        shown.wait_for(state="detached")
    assert said == 1


def test_a_double_press_announces_once(chromium: Browser, server: RoomServer) -> None:
    with a_browser(chromium, server, "desk/", is_moderator=True) as desk:
        text = "Pressed twice"
        desk.click("#desk-announcements summary")
        desk.fill("#announce_en", text)
        desk.dblclick("#desk-announcements details button[type=submit]")
        shown = desk.locator("#desk-announcements form.row", has_text=text)
        shown.first.wait_for()
        desk.wait_for_timeout(1000)
        kept = shown.count()
        shown.first.get_by_role("button").click()
        expect(shown).to_have_count(0)
    assert kept == 1


def test_the_agenda_moves_in_the_room_as_the_desk_moves_it(chromium: Browser, server: RoomServer) -> None:
    with (
        a_browser(chromium, server) as room,
        a_browser(chromium, server, "desk/", is_moderator=True) as desk,
    ):
        point = desk.locator("#desk-agenda li", has=desk.get_by_role("button", name="It begins now")).last
        key = point.get_attribute("data-key")
        point = desk.locator(f'#desk-agenda li[data-key="{key}"]')
        point.get_by_role("button", name="It begins now").click()
        expect(room.locator(f'[data-agenda] [data-code="{key}"]')).to_have_attribute("aria-current", "true")
        title = room.locator(f'[data-agenda] [data-code="{key}"] [data-f="item-title"]').inner_text()
        expect(room.locator('[data-now] [data-f="now"]')).to_have_text(title)
        point.get_by_role("button", name="It is done").click()
        expect(room.locator(f'[data-agenda] [data-code="{key}"]')).to_have_attribute("data-state", "done")


def set_rules(desk: Page, *, ask: str, vote: str) -> None:
    details = desk.locator('[data-key="policy"]')
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    desk.select_option("#policy_ask", ask)
    desk.select_option("#policy_vote", vote)
    details.locator("button[type=submit]").click()
    desk.wait_for_selector('[data-said][data-tone="success"]:not([hidden])')


def test_the_room_says_at_once_when_its_rules_change(chromium: Browser, server: RoomServer) -> None:
    with (
        a_browser(chromium, server) as room,
        a_browser(chromium, server, "desk/", is_moderator=True) as desk,
    ):
        button = room.locator('[data-list] [data-state="open"].question [data-vote]').first
        form = room.locator("[data-ask-form]")
        expect(button).to_be_enabled()
        set_rules(desk, ask="nobody", vote="nobody")
        expect(button).to_be_disabled()
        expect(form).to_be_hidden()
        expect(room.get_by_text("This meeting takes no questions from the room.")).to_be_visible()
        expect(room.get_by_text("Votes are not taken in this meeting.")).to_be_visible()
        set_rules(desk, ask="confirmed", vote="confirmed")
        expect(room.get_by_text("In this meeting signed-in people ask.")).to_be_visible()
        expect(room.get_by_text("In this meeting signed-in people vote.")).to_be_visible()
        set_rules(desk, ask="anyone", vote="anyone")
        expect(button).to_be_enabled()
        expect(form).to_be_visible()


def test_a_question_by_phone_is_entered_at_the_desk_and_marked_in_the_room(
    chromium: Browser, server: RoomServer
) -> None:
    text = "Can one ask by telephone from the aul?"
    with (
        a_browser(chromium, server, "?order=new") as room,
        a_browser(chromium, server, "desk/", is_moderator=True) as desk,
    ):
        desk.locator("summary", has_text="Enter a question").click()
        desk.select_option("#enter_channel", "phone")
        desk.fill("#enter_text", text)
        desk.fill("#enter_name", "A caller")
        desk.click("#desk-enter button[type=submit]")
        room.wait_for_selector(in_room(text))
        by = room.locator(f'[data-list] .question:has-text("{text}") [data-f="by"]').inner_text()
    assert by == "A caller · by phone"


def test_the_keyboard_walks_the_queue_and_acts(chromium: Browser, server: RoomServer) -> None:
    with (
        a_browser(chromium, server, "?order=new") as room,
        a_browser(chromium, server, "desk/?queue=open", is_moderator=True) as desk,
    ):
        asked(room, "Is the keyboard enough?")
        desk.keyboard.press("j")
        desk.keyboard.press("j")
        first = desk.evaluate("document.activeElement.dataset.key")
        desk.keyboard.press("k")
        before = desk.evaluate("document.activeElement.dataset.key")
        code = before.removeprefix("row-")
        desk.keyboard.press("h")
        desk.wait_for_selector(f'[data-key="{before}"]', state="detached")
        room.wait_for_selector(f'[data-list] [data-code="{code}"]', state="detached")
        documented = desk.locator('details[data-key="keys"]').count()
    assert (first == before, documented) == (False, 1)


def test_closing_is_refused_with_links_to_what_is_loose(chromium: Browser, server: RoomServer) -> None:
    with a_browser(chromium, server, "desk/", is_moderator=True, has_script=False) as desk:
        desk.get_by_role("button", name="Close the meeting").click()
        loose = desk.locator("#loose-title ~ ul a").count()
        heading = desk.inner_text("h1")
    assert (loose > 0, heading) == (True, "This could not be done yet")
