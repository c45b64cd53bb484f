"""A question shared by two units, by clicking: a part passed on and answered, the clock of the whole."""

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.room_people import a_browser, ask, overflow, violations
from browser.room_server import RoomServer
from browser.test_answering import KK, RU, assign, at_work, expect_done, press
from servers import kenes

pytestmark = pytest.mark.browser

OWNER, OTHER = "Directorate that shares by clicking", "Department that gets a part"
PART = "The money for the second building."
WHY = "The papers of the project are awaited."
# A head of the one unit and a signer of the other, signed in; prints their sessions.
PEOPLE = f"""
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from kenes.accounts.models import Membership, User
from kenes.organisations.actions import create_organisation
from kenes.organisations.plans import OrganisationPlan
from django.utils import timezone
for kind, name in (("head", "{OWNER}"), ("signer", "{OTHER}")):
    plan = OrganisationPlan(kind="directorate", name={{"kk": name, "ru": name, "en": name}})
    body = create_organisation(plan, by=None, at=timezone.now())
    user = User.objects.create_user(f"parts-{{kind}}@example.org", name=f"A {{kind}}", language="en")
    Membership.objects.create(user=user, organisation=body, kind=kind, position="Director")
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    print(kind, session.session_key)
"""


@pytest.fixture(scope="module")
def sessions(server: RoomServer) -> dict[str, str]:
    told = kenes("shell", "-v0", "-c", PEOPLE, env=server.environment()).splitlines()
    return dict(line.split() for line in told if line.strip())


def act(page: Page, verb: str, **fields: str) -> None:
    """Open an act among the others, fill its form and send it."""
    form = page.locator(f"form[data-keep$='-{verb}']")
    page.locator("details", has=form).locator("summary").click()
    for name, text in fields.items():
        form.locator(f"[name={name}]").fill(text)
    form.locator("button[type=submit]").click()


def told_to_all(chromium: Browser, server: RoomServer, code: str) -> str:
    """Return what anybody reads on the question's page."""
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{server.url}/en/questions/{code}/")
    shown = page.inner_text("main")
    context.close()
    return shown


def test_a_part_is_answered_by_a_second_unit_while_the_clock_of_the_whole_stands_and_runs_again(
    chromium: Browser, server: RoomServer, sessions: dict[str, str]
) -> None:
    with a_browser(chromium, server, "?order=new") as room:
        text = "When is it built, and who pays for the second building?"
        ask(room, text)
        row = room.locator(f'[data-list] .question:has-text("{text}")')
        row.wait_for(state="attached")
        code = row.get_attribute("data-code") or ""
    assign(chromium, server, code, OWNER)

    with at_work(chromium, server, sessions["head"], f"questions/{code}/") as page:
        act(page, "pass_part", organisation=OTHER, subject=PART)
        expect(page.locator("section[aria-labelledby=parts-title]")).to_contain_text(OTHER)
        act(page, "pause", reason=WHY)
        expect(page.locator(".page-head")).to_contain_text("the clock stands")
        told = list(page.told)  # type: ignore[attr-defined]
        found = [overflow(page), *violations(page)]
    shown = told_to_all(chromium, server, code)
    assert [words in shown for words in (PART, OTHER, "The clock of the answer stands", WHY)] == [True] * 4

    with at_work(chromium, server, sessions["signer"], width=360) as page:
        page.get_by_role("link", name=PART).click()
        page.fill("[name=kk]", KK)
        page.fill("[name=ru]", RU)
        page.fill("[name=answered_by]", f"Director, {OTHER}")
        found += [overflow(page), *violations(page)]
        press(page, "Sign and publish")
        press(page, "Yes, do it")
        expect_done(page, "the answer to the part is published")
        expect(page.get_by_role("link", name=PART)).to_have_count(0)
        told += page.told  # type: ignore[attr-defined]
    with at_work(chromium, server, sessions["head"], f"questions/{code}/") as page:
        act(page, "resume")
        expect(page.locator(".page-head")).not_to_contain_text("the clock stands")
        told += page.told  # type: ignore[attr-defined]

    shown = told_to_all(chromium, server, code)
    told_of_both = [
        *(
            PART,
            KK,
            RU,
            f"Director, {OTHER}",
            f"A part was passed on to {OTHER}",
            f"{OTHER} answered its part",
        ),
        *("The clock was stopped", WHY, "The clock was started again", OWNER, "A written answer is due"),
    ]
    assert [words for words in told_of_both if words not in shown] == []
    assert "The clock of the answer stands" not in shown
    assert (told, found) == ([], [0, 0])
