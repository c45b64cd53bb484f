"""Fills one room: `python -m bench.people PARTICIPANTS QUESTIONS`; tokens go to `people.json`."""

import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path

FILE = "people.json"


@dataclass(frozen=True, slots=True)
class People:
    """The room's participants' tokens and its questions' codes."""

    room: str
    tokens: list[str]
    questions: list[str]

    @classmethod
    def of(cls, data_dir: Path) -> "People":
        return cls(**json.loads((data_dir / FILE).read_text(encoding="utf-8")))


def main() -> None:
    """Fill the configured database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenes.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from bench.content import QUESTIONS, load_campaign
    from kenes.live.contracts import Claim
    from kenes.live.tokens import sign_claim
    from kenes.programme.actions import join_meeting, open_meeting
    from kenes.questions.actions import ask_question

    participants, questions = map(int, sys.argv[1:3])
    now = timezone.now()
    meeting, *_ = load_campaign(meetings=1, at=now)
    open_meeting(meeting, by=None, at=now)
    with transaction.atomic():
        crowd = [
            join_meeting(meeting, name="", user=None, previous=None, at=now) for _ in range(participants)
        ]
    codes = []
    for number in range(questions):
        language, text = QUESTIONS[number % len(QUESTIONS)]
        said = text.format(number + 1)
        asked = ask_question(
            meeting,
            participant=crowd[number % len(crowd)],
            text=said,
            language=language,
            is_anonymous=False,
            at=now,
        )
        codes.append(asked.code)
    claims = [Claim(one.pk, one.kind, meeting.feed_id) for one in crowd]
    people = {
        "room": meeting.code,
        "tokens": [sign_claim(claim, at=now).text for claim in claims],
        "questions": codes,
    }
    (Path(settings.DATA_DIR) / FILE).write_text(json.dumps(people), encoding="utf-8")


if __name__ == "__main__":
    main()
