"""The record's page in a real browser: it checks a receipt itself, and says what it could not check."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser.site import Site
from servers import kenes

pytestmark = pytest.mark.browser

RECEIPT = """
import django, json
django.setup()
from kenes.questions.models import Question
from kenes.questions.proofs import signed_receipt
print(json.dumps(signed_receipt(Question.objects.order_by("pk").first())))
"""
ANOTHER_LEAF = """
import django
django.setup()
from django.utils import timezone
from kenes.record.actions import Fact, append_leaves
append_leaves([Fact("noted", "thing", "T-1", timezone.now())])
"""
# A browser from before Ed25519: WebCrypto knows the hashes, and no such key.
WITHOUT_ED25519 = """
const known = crypto.subtle.importKey.bind(crypto.subtle);
crypto.subtle.importKey = async (format, key, algorithm, ...rest) => {
  if (algorithm === "Ed25519") throw new DOMException("Unrecognized name", "NotSupportedError");
  return known(format, key, algorithm, ...rest);
};
"""


@pytest.fixture(scope="module")
def receipt(site: Site) -> dict[str, Any]:
    """A receipt under a head that is not the last any more."""
    kenes("sign-tree-head", env=site.env)
    done = subprocess.run(
        [sys.executable, "-c", RECEIPT], env=dict(site.env), check=True, capture_output=True, timeout=60
    )
    subprocess.run([sys.executable, "-c", ANOTHER_LEAF], env=dict(site.env), check=True, timeout=60)
    kenes("sign-tree-head", env=site.env)
    whole: dict[str, Any] = json.loads(done.stdout)
    assert whole["inclusion"] is not None
    return whole


@contextmanager
def the_page(chromium: Browser, site: Site, script: str = "") -> Iterator[Page]:
    context = chromium.new_context()
    try:
        page = context.new_page()
        page.add_init_script(script)
        page.goto(f"{site.url}/en/record/")
        yield page
    finally:
        context.close()


def verdict_on(page: Page, receipt: dict[str, Any]) -> str:
    """Return what the page says, which must have come without a request for the page anew."""
    page.get_by_label("The receipt's text").fill(json.dumps(receipt))
    page.get_by_role("button", name="Check the receipt").click()
    panel = page.locator("[data-verdict]")
    expect(panel).to_be_visible()
    return panel.inner_text()


def test_the_browser_checks_every_step_by_itself(
    chromium: Browser, site: Site, receipt: dict[str, Any]
) -> None:
    with the_page(chromium, site) as page:
        posts: list[str] = []
        page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
        said = verdict_on(page, receipt)
        assert posts == []
    assert said.startswith("The receipt holds.")
    assert said.count("✓") == 7
    assert "✓ The record of today continues the one under whose tree head the receipt was proved" in said


Change = Callable[[dict[str, Any]], None]


def another_signature(receipt: dict[str, Any]) -> None:
    receipt["receipt"]["signature"] = receipt["inclusion"]["head"]["signature"]


def another_text(receipt: dict[str, Any]) -> None:
    receipt["opening"]["text"] += "!"


def another_place(receipt: dict[str, Any]) -> None:
    receipt["inclusion"]["index"] += 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (another_signature, "✗ The receipt is signed, and nothing in it was changed"),
        (another_text, "✗ The text in it is the one that was registered"),
        (another_place, "✗ The proof leads from the entry to the tree head"),
    ],
)
def test_a_changed_receipt_does_not_hold_in_the_browser(
    chromium: Browser, site: Site, receipt: dict[str, Any], change: Change, words: str
) -> None:
    changed = json.loads(json.dumps(receipt))
    change(changed)
    with the_page(chromium, site) as page:
        said = verdict_on(page, changed)
    assert said.startswith("The receipt does not hold.")
    assert words in said


def test_a_record_that_answers_with_a_false_proof_is_found_out(
    chromium: Browser, site: Site, receipt: dict[str, Any]
) -> None:
    with the_page(chromium, site) as page:
        page.route(
            re.compile(r"/record/leaves/"),
            lambda route: route.fulfill(
                json={"leaf": receipt["leaf"], "index": 0, "inclusion": forged(receipt["inclusion"])}
            ),
        )
        said = verdict_on(page, receipt)
    assert said.startswith("The receipt does not hold.")
    assert "✗ The record's proof of the entry does not hold: it is not the record that was signed." in said


def forged(inclusion: dict[str, Any]) -> dict[str, Any]:
    """Return the proof under a head that nobody signed."""
    head = inclusion["head"]
    statement = head["statement"].replace('"v":1', '"v":2')
    return {**inclusion, "head": {**head, "statement": statement}}


def test_a_browser_without_ed25519_does_not_say_that_the_receipt_holds(
    chromium: Browser, site: Site, receipt: dict[str, Any]
) -> None:
    with the_page(chromium, site, WITHOUT_ED25519) as page:
        said = verdict_on(page, receipt)
    changed = {**receipt, "opening": {**receipt["opening"], "text": "Another"}}
    with the_page(chromium, site, WITHOUT_ED25519) as page:
        changed_said = verdict_on(page, changed)
    assert said.startswith("Nothing in the receipt is wrong, but who signed it was not checked.")
    assert "This browser cannot check Ed25519 signatures" in said
    assert changed_said.startswith("The receipt does not hold.")
