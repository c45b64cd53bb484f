"""Nothing of the API names an anonymous asker, an e-mail address, or a question that is not public."""

from collections.abc import Callable

from api.conftest import Get
from factories import NOON
from kenes.programme.models import Meeting
from kenes.questions.actions import (
    hold_question,
    refuse_question,
    withdraw_question,
)
from kenes.questions.models import Question
from kenes.questions.states import RefusalGround

PATHS = ["campaigns", "sessions", "meetings", "places", "organisations", "questions", "commitments"]
SECRETS = [
    "hidden-name",
    "asker0",
    "@example.org",
    "held-text",
    "refused-text",
    "withdrawn-text",
    "the-reason",
]


def test_what_is_not_public_is_in_no_answer(get: Get, meeting: Meeting, ask: Callable[..., Question]) -> None:
    shown = ask("Shown text, asked by nobody?", name="hidden-name", is_anonymous=True, is_signed_in=True)
    held, refused, withdrawn = ask("The held-text?"), ask("The refused-text?"), ask("The withdrawn-text?")
    hold_question(held, by=None, at=NOON, reason="the-reason")
    refuse_question(refused, by=None, at=NOON, ground=RefusalGround.OFF_TOPIC, reason="the-reason")
    withdraw_question(withdrawn, at=NOON)
    singles = [f"questions/{question.code}" for question in (shown, held, refused, withdrawn)]
    answers = [get(path) for path in [*PATHS, *(f"{path}.csv" for path in PATHS), *singles, "meetings/AKM-1"]]
    text = "".join(answer.content.decode() for answer in answers)
    assert [secret for secret in SECRETS if secret in text] == []
    assert text.count("Shown text, asked by nobody?") == 3
    assert [get(path).status_code for path in singles] == [200, 404, 404, 404]


def test_an_anonymous_asker_has_no_name(get: Get, ask: Callable[..., Question]) -> None:
    ask(name="hidden-name", is_anonymous=True)
    ask(name="Shown Name")
    assert [row["by"] for row in get("questions").json()["rows"]] == [None, "Shown Name"]
