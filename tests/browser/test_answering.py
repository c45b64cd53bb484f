"""From a question to its signed, published answer, by clicking alone: asked in the room, and by phone."""

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.room_people import a_browser, ask, overflow, violations
from browser.room_server import RoomServer
from servers import kenes

pytestmark = pytest.mark.browser

UNIT = "Directorate that answers by clicking"
KK = "Орталық мамыр айында ашылады."
RU = "Центр откроется в мае."
# A unit with a person of each kind, signed in; prints each kind's session.
PEOPLE = """
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from kenes.accounts.models import Membership, User
from kenes.organisations.actions import create_organisation
from kenes.organisations.plans import OrganisationPlan
from django.utils import timezone
name = "Directorate that answers by clicking"
plan = OrganisationPlan(kind="directorate", name={"kk": name, "ru": name, "en": name})
body = create_organisation(plan, by=None, at=timezone.now())
for kind in ("drafter", "clearer", "signer", "head"):
    user = User.objects.create_user(f"{kind}@example.org", name=f"A {kind}", language="en")
    Membership.objects.create(user=user, organisation=body, kind=kind, position="Director")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    print(kind, session.session_key)
"""


# Assigns two open questions of the room to the unit; prints their codes.
OWED = """
from django.utils import timezone
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting
from kenes.questions.actions import assign_question
from kenes.questions.models import Question
at = timezone.now()
room = Meeting.objects.filter(state="open").order_by("pk").first()
unit = Organisation.objects.get(name_en="{unit}")
questions = list(Question.objects.filter(meeting=room, state="open").order_by("id")[:2])
for question in questions:
    assign_question(question, organisation=unit, by=None, at=at)
    print(question.code)
"""
# What the worker does each second.
WORKER = """
from django.utils import timezone
from kenes.following.tasks import tell_what_waits
from kenes.notices.tasks import send_due_messages
at = timezone.now()
while tell_what_waits(at=at):
    pass
while send_due_messages(at=at):
    pass
"""


@pytest.fixture(scope="module")
def sessions(server: RoomServer) -> dict[str, str]:
    told = kenes("shell", "-v0", "-c", PEOPLE, env=server.environment()).splitlines()
    return dict(line.split() for line in told if line.strip())


@contextmanager
def at_work(
    chromium: Browser,
    server: RoomServer,
    session: str,
    path: str = "",
    *,
    width: int = 1280,
    has_script: bool = True,
) -> Iterator[Page]:
    """Open a page of the desk of answers as a person of the unit; its console is kept in `page.told`."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, java_script_enabled=has_script)
    context.add_cookies([{"name": "sessionid", "value": session, "url": server.url}])
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda line: told.append(line.text) if line.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    page.told = told  # type: ignore[attr-defined]
    page.goto(f"{server.url}/en/work/{path}")
    try:
        yield page
    finally:
        context.close()


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label).first.click()


def expect_done(page: Page, words: str) -> None:
    expect(page.locator('.notice[data-tone="success"]')).to_contain_text(words)


def assign(chromium: Browser, server: RoomServer, code: str, unit: str = UNIT) -> None:
    """Assign the question to the unit at the desk."""
    with a_browser(chromium, server, f"desk/?question={code}", is_moderator=True) as desk:
        part = desk.locator(f'#chosen-{code} [data-key="assign"]')
        part.locator("summary").click()
        part.locator("[name=organisation]").fill(unit)
        part.locator("button[type=submit]").click()
        expect(desk.locator(f"#chosen-{code} .state").first).to_have_attribute("data-state", "assigned")


def answer(chromium: Browser, server: RoomServer, sessions: dict[str, str], code: str) -> None:
    """Accept, draft, translate, submit, clear and sign, each as the person whose part it is."""
    with at_work(chromium, server, sessions["drafter"]) as page:
        page.locator("[data-row]", has_text=code).locator("[data-open]").click()
        press(page, "Accept the assignment")
        expect_done(page, "Accepted")
        page.fill("[name=ru]", RU)
        page.select_option("[name=original]", "ru")
        press(page, "Save the draft")
        expect_done(page, "Version 1 is saved.")
        page.fill("[name=kk]", KK)
        press(page, "Save and submit to clearance")
        expect_done(page, "submitted to clearance")
        told = list(page.told)  # type: ignore[attr-defined]
    with at_work(chromium, server, sessions["clearer"], f"questions/{code}/") as page:
        press(page, "Confirm the translation")
        expect_done(page, "the translation is confirmed")
        press(page, "Clear version 2")
        expect_done(page, "Cleared.")
        told += page.told  # type: ignore[attr-defined]
    with at_work(chromium, server, sessions["signer"], f"questions/{code}/") as page:
        sign(page)
        expect(page.locator(".error-summary")).to_contain_text("whether the answer makes a commitment")
        page.check("[name=promise][value=none]")
        sign(page)
        expect_done(page, "Signed: the answer is published.")
        told += [line for line in page.told if "422" not in line]  # type: ignore[attr-defined]
    assert told == []


def sign(page: Page) -> None:
    page.locator("form[action$='/sign/'] button[type=submit]").click()
    page.get_by_role("button", name="Yes, do it").click()


def expect_published(chromium: Browser, server: RoomServer, code: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    for language in ("kk", "ru"):
        page.goto(f"{server.url}/{language}/questions/{code}/")
        shown = page.inner_text("main")
        assert [KK in shown, RU in shown] == [True, True]
        assert UNIT in shown
    context.close()


def letters(server: RoomServer) -> list[EmailMessage]:
    """Do the worker's part once, and return every letter that has left."""
    kenes("shell", "-v0", "-c", WORKER, env=server.environment())
    files = sorted((server.folder / "var/mail").glob("*"))
    # Django's file backend writes all of a connection into one file, with a line between.
    parts = [part for path in files for part in path.read_bytes().split(b"-" * 79 + b"\n") if part.strip()]
    return [BytesParser(policy=default).parsebytes(part) for part in parts]


def leave_address(page: Page, server: RoomServer, address: str) -> None:
    """Leave an address by the receipt's page and confirm it by the letter's link."""
    page.get_by_role("link", name="Be told by e-mail").click()
    page.fill("[name=address]", address)
    page.check("[name=consent]")
    press(page, "Leave it")
    expect_done(page, "Please confirm it")
    (asked,) = [letter for letter in letters(server) if letter["To"] == address]
    link = re.search(r"https?://\S+/follow/confirm/\S+", asked.get_content())
    assert link is not None
    page.goto(link[0])
    press(page, "Yes, tell me")
    expect(page.locator("h1")).not_to_have_text("Do you wish to be told?")


def test_a_question_of_the_room_gets_a_signed_answer_in_both_languages(
    chromium: Browser, server: RoomServer, sessions: dict[str, str]
) -> None:
    with a_browser(chromium, server, "?order=new") as room:
        text = "When does the centre open, by clicking?"
        ask(room, text)
        row = room.locator(f'[data-list] .question:has-text("{text}")')
        row.wait_for(state="attached")
        code = row.get_attribute("data-code") or ""
        room.goto(f"{server.url}/en/questions/{code}/receipt/")
        leave_address(room, server, "asker@example.org")
    assign(chromium, server, code)
    answer(chromium, server, sessions, code)
    expect_published(chromium, server, code)
    told = [letter.get_content() for letter in letters(server) if letter["To"] == "asker@example.org"]
    assert [code in told[-1], RU in told[-1]] == [True, True]


def test_a_question_taken_by_phone_gets_its_answer_without_any_address(
    chromium: Browser, server: RoomServer, sessions: dict[str, str]
) -> None:
    with a_browser(chromium, server, "desk/?queue=open", is_moderator=True) as desk:
        text = "Is the centre open for those who phone?"
        desk.locator("#desk-enter summary").click()
        desk.select_option("#desk-enter [name=channel]", "phone")
        desk.fill("#desk-enter [name=text]", text)
        desk.locator("#desk-enter button[type=submit]").click()
        row = desk.locator("[data-row]", has_text=text)
        row.wait_for()
        code = (row.get_attribute("data-key") or "").removeprefix("row-")
        row.locator("[data-select]").click()
        desk.get_by_role("link", name="The receipt, to be handed over").click()
        own = desk.get_by_role("link", name="Follow your question").get_attribute("href") or ""
        desk.get_by_role("link", name="Print a slip").click()
        slip = desk.inner_text(".slip")
    assert [code in slip, own.split("/")[-2] in slip] == [True, True]
    assign(chromium, server, code)
    answer(chromium, server, sessions, code)
    expect_published(chromium, server, code)
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{server.url}{own}")
    page.get_by_role("link", name="Print the answer").click()
    sheet = page.inner_text("main")
    context.close()
    assert [code in sheet, RU in sheet or KK in sheet] == [True, True]


def test_what_was_typed_and_not_saved_is_put_back(
    chromium: Browser, server: RoomServer, sessions: dict[str, str]
) -> None:
    with a_browser(chromium, server, "?order=new") as room:
        text = "Is a half-written answer lost?"
        ask(room, text)
        row = room.locator(f'[data-list] .question:has-text("{text}")')
        row.wait_for(state="attached")
        code = row.get_attribute("data-code") or ""
    assign(chromium, server, code)
    with at_work(chromium, server, sessions["drafter"], f"questions/{code}/", width=360) as page:
        page.fill("[name=ru]", "Недописанный ответ")
        page.wait_for_timeout(600)
        page.reload()
        kept = page.input_value("[name=ru]")
        told = page.locator("form[data-keep$='-save'] .notice").inner_text()
        found = (overflow(page), violations(page))
        press(page, "Save the draft")
        expect_done(page, "Version 1 is saved.")
        page.reload()
        again = page.locator("form[data-keep$='-save'] .notice").count()
    assert (kept, "was found in this browser" in told, again) == ("Недописанный ответ", True, 0)
    assert found == (0, [])


@pytest.mark.parametrize("has_script", [True, False])
def test_many_are_answered_cleared_and_signed_by_a_press_each(
    chromium: Browser, server: RoomServer, sessions: dict[str, str], has_script: bool
) -> None:
    told = kenes("shell", "-v0", "-c", OWED.format(unit=UNIT), env=server.environment())
    codes = told.split()[-2:]

    def choose(page: Page) -> None:
        for code in codes:
            page.locator(f'[data-choose][value="{code}"]').check()

    def at(kind: str) -> AbstractContextManager[Page]:
        return at_work(chromium, server, sessions[kind], "?many=on", has_script=has_script)

    with at("drafter") as page:
        choose(page)
        press(page, "Accept")
        expect_done(page, "Done with 2 questions.")
        choose(page)
        page.get_by_text("Answer with one text").click()
        page.fill("#draft_kk", "Сұрақ {code}: сәуірде.")
        page.keyboard.press("Escape")
        press(page, "Save and submit for each")
        expect(page.locator(".error-summary")).to_contain_text("Missing: Русский.")
        assert page.input_value("#draft_kk") == "Сұрақ {code}: сәуірде."
        page.fill("#draft_ru", "На вопрос {code}: в апреле.")
        press(page, "Answer with one text")
        expect_done(page, "Done with 2 questions.")
    with at("clearer") as page:
        page.get_by_text("The answer, to be read here").first.click()
        choose(page)
        press(page, "Confirm the translations")
        expect_done(page, "Done with 2 questions.")
        choose(page)
        press(page, "Clear the answers")
        expect_done(page, "Done with 2 questions.")
    with at("signer") as page:
        choose(page)
        page.locator("summary", has_text="Sign and publish").click()
        page.fill("#sign_signed_as", f"Director, {UNIT}")
        page.keyboard.press("Enter")
        page.check("[name=promise][value=none]")
        press(page, "Sign and publish each")
        if has_script:
            press(page, "Yes, do it")
        expect_done(page, "Done with 2 questions.")
        page.goto(f"{server.url}/en/questions/{codes[1]}/")
        expect(page.locator("main")).to_contain_text(f"На вопрос {codes[1]}: в апреле.")


def test_the_queue_is_worked_by_keyboard(
    chromium: Browser, server: RoomServer, sessions: dict[str, str]
) -> None:
    with a_browser(chromium, server, "?order=new") as room:
        text = "Can the queue be worked by keyboard?"
        ask(room, text)
        row = room.locator(f'[data-list] .question:has-text("{text}")')
        row.wait_for(state="attached")
        code = row.get_attribute("data-code") or ""
    assign(chromium, server, code)
    with at_work(chromium, server, sessions["head"]) as page:
        first = page.locator("[data-row] [data-open]").first.get_attribute("href")
        page.keyboard.press("j")
        page.keyboard.press("x")
        chosen = page.inner_text("[data-chosen]")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{first}")
    assert chosen == "1"
