"""What was taken out of a text is in nothing that the engine kept: documents, frames, first results."""

from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone

from factories import a_meeting
from kenes.questions.actions import decide_question_hits
from kenes.questions.models import Question
from kenes.redaction.hits import Hit
from kenes.redaction.states import Certainty, HitKind, Outcome
from kenes.redaction.subjects import Made, Verdict
from live.engine_parts import Stage, keyed, off_loop, on_stage

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "snapshot"])
NAME = "Zeinegulova"
TEXT = f"Why does {NAME} not answer?"
BASE = "/live/rooms/AKM-1"


def take_out() -> None:
    question = Question.objects.get()
    start = TEXT.index(NAME)
    made = [Made(Hit(start, start + len(NAME), HitKind.NAME, Certainty.SURE), Outcome.REDACT)]
    decide_question_hits(question, Verdict("text", question.text, made, None, timezone.now()))


def tables_with(words: str) -> set[str]:
    return {
        model._meta.label
        for model in apps.get_models()
        for row in model.objects.values()
        if words in str(row)
    }


async def told(stage: Stage, reads: list[str]) -> dict[str, str]:
    return {read: (await stage.client.get(f"{BASE}/{read}")).text for read in reads}


def test_no_read_and_no_repeat_brings_back_what_was_taken_out() -> None:
    a_meeting(is_open=True)

    async def scenario(stage: Stage) -> None:
        who = await stage.join("AKM-1")
        start = (await stage.client.get(f"{BASE}/snapshot")).json()["version"]
        body, headers = {"text": TEXT, "language": "en"}, keyed(who)
        first = await stage.client.post(f"{BASE}/questions", json=body, headers=headers)
        asked = (await stage.client.get(f"{BASE}/snapshot")).json()["version"]
        reads = [
            "snapshot",
            "changes",
            f"changes?since={start}",
            "questions?order=new",
            "questions?order=top",
        ]
        before = await told(stage, reads)
        assert [read for read, text in before.items() if NAME not in text] == []
        await off_loop(take_out)
        reads += [f"changes?since={version}" for version in range(start, asked + 2)]
        assert [read for read, text in (await told(stage, reads)).items() if NAME in text] == []
        own = await stage.client.get(f"{BASE}/me", headers=who)
        again = await stage.client.post(f"{BASE}/questions", json=body, headers=headers)
        assert (again.json(), NAME in again.text, NAME in own.text) == (first.json(), False, False)
        assert await off_loop(lambda: tables_with(NAME)) == set()

    on_stage(scenario)


def test_no_page_in_memory_brings_it_back(client: Client) -> None:
    a_meeting(is_open=True)

    async def scenario(stage: Stage) -> None:
        await stage.ask("AKM-1", await stage.join("AKM-1"), TEXT)

    on_stage(scenario)
    pages = ["/en/rooms/AKM-1/", "/en/questions/AKM-1-0001/", "/en/register/", "/en/register.atom"]

    def showing(**headers: Any) -> list[str]:
        return [page for page in pages if NAME in client.get(page, headers=headers).content.decode()]

    etags = {page: client.get(page).headers.get("ETag", "") for page in pages}
    shown = showing()
    take_out()
    assert (shown, showing()) == (pages, [])
    told_unchanged = [
        page
        for page, etag in etags.items()
        if etag and client.get(page, headers={"If-None-Match": etag}).status_code == 304
    ]
    assert told_unchanged == []
