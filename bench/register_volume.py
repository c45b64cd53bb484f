"""Fills a register: `python -m bench.register_volume QUESTIONS`. Its sentences are put together by rule.

Words come from a small grammar in Russian and Kazakh; a number of made-up words, the rarer the higher their
number (Zipf), gives the index the breadth of real texts.
"""

import json
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

MEETINGS = 60
AT_ONCE = 2_000
RARE_WORDS = 30_000
TOPICS = {
    "ru": ("молодёжный центр", "детское пособие", "сельская школа", "грант молодым семьям", "спортивный зал"),
    "kk": ("жастар орталығы", "балалар жәрдемақысы", "ауыл мектебі", "жас отбасы гранты", "спорт залы"),
}
FRAMES = {
    "ru": (
        "Когда в районе {a} откроется {t}, о котором говорили {b}?",
        "Почему {t} до сих пор не работает для жителей села {a} и {b}?",
        "Кто отвечает за {t} в округе {a}, и сколько выделено на {b}?",
    ),
    "kk": (
        "{a} ауданында {t} қашан ашылады, {b} туралы не айтасыз?",
        "{t} неге {a} ауылының тұрғындары мен {b} үшін жұмыс істемейді?",
        "{a} округінде {t} үшін кім жауап береді, {b} қаншаға бөлінді?",
    ),
}
ANSWERS = {
    "ru": "По вопросу «{t}» работа начата: {a}, {b}, {c}.",
    "kk": "«{t}» бойынша жұмыс басталды: {a}, {b}, {c}.",
}
STATES = (("answered", 60), ("assigned", 20), ("open", 9), ("refused", 5), ("held", 3), ("merged", 3))
BODIES = 40
SLOWEST_DAYS = 30


def main() -> None:
    """Fill the configured database and read it into the search; tells how long the reading took."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kenes.config.settings")
    import django

    django.setup()
    from django.utils import timezone

    from bench.content import load_campaign
    from kenes.register.tasks import keep_register

    at = timezone.now()
    meetings = load_campaign(meetings=MEETINGS, at=at)
    _fill(meetings, int(sys.argv[1]), at)
    began = time.monotonic()
    read = keep_register()
    seconds = time.monotonic() - began
    _settle()
    print(json.dumps({"read": read, "seconds": seconds}))


def _settle() -> None:
    """Do at once what PostgreSQL's own daemon does within minutes."""
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _fill(meetings: list[Any], number: int, at: datetime) -> None:
    from kenes.live.models import Feed
    from kenes.organisations.models import Organisation

    draw = random.Random(7)
    words = _words(draw)
    Organisation.objects.bulk_create(
        Organisation(kind="department", name_kk=f"Басқарма {number}", name_ru=f"Управление {number}")
        for number in range(BODIES)
    )
    for first in range(0, number, AT_ONCE):
        _insert(meetings, range(first, min(first + AT_ONCE, number)), words, draw, at)
    for meeting in meetings:
        Feed.objects.filter(pk=meeting.feed_id).update(version=number + 1)


def _insert(
    meetings: list[Any], serials: range, words: Iterator[str], draw: random.Random, at: datetime
) -> None:
    from django.db import transaction

    from kenes.deadlines.models import Term
    from kenes.organisations.models import Organisation
    from kenes.questions.models import Answer, AnswerText, Assignment, Question

    bodies = list(Organisation.objects.order_by("pk"))
    with transaction.atomic():
        made = [_question(meetings[serial % MEETINGS], serial, words, draw, at) for serial in serials]
        questions = Question.objects.bulk_create(each for each in made if each.state != "merged")
        Question.objects.bulk_create(_merged(made, draw))
        answers, owed, terms = [], [], []
        for question in questions:
            body = draw.choice(bodies)
            if question.state == "answered":
                answers.append(_answer(question, body, words, draw))
            if question.state == "assigned":
                owed.append(Assignment(question=question, organisation=body, at=question.asked_at))
                due_on = (at + timedelta(days=draw.randrange(-20, 20))).date()
                terms.append(
                    Term(object_kind="question", object_id=question.code, due_on=due_on, opened_at=at)
                )
        Answer.objects.bulk_create(answers)
        written = [answer for answer in answers if answer.form == "written"]
        AnswerText.objects.bulk_create(
            AnswerText(answer=answer, language=language, text=answer.text)
            for answer in written
            for language in ("kk", "ru")
        )
        Assignment.objects.bulk_create(owed)
        Term.objects.bulk_create(terms)


def _merged(made: list[Any], draw: random.Random) -> list[Any]:
    """Let the merged ones live on in a question of their meeting; without one they stay open."""
    targets: dict[int, list[Any]] = {}
    for question in made:
        if question.state in {"open", "answered", "assigned"}:
            targets.setdefault(question.meeting_id, []).append(question)
    merged = [question for question in made if question.state == "merged"]
    for question in merged:
        fit = targets.get(question.meeting_id)
        question.state, question.merged_into = ("merged", draw.choice(fit)) if fit else ("open", None)
    return merged


def _answer(question: Any, body: Any, words: Iterator[str], draw: random.Random) -> Any:
    """Half aloud, half in writing: of those every fifth late."""
    from kenes.questions.models import Answer

    text = ANSWERS[question.language].format(
        t=draw.choice(TOPICS[question.language]), a=next(words), b=next(words), c=next(words)
    )
    is_written = draw.random() < 0.5
    return Answer(
        question=question,
        form="written" if is_written else "aloud",
        answered_by="Chairman",
        organisation=body,
        text=text,
        language=question.language,
        promise="none" if is_written else "",
        is_late=is_written and draw.random() < 0.2,
        working_days=draw.randrange(SLOWEST_DAYS) if is_written else None,
        at=question.asked_at,
    )


def _question(meeting: Any, serial: int, words: Iterator[str], draw: random.Random, at: datetime) -> Any:
    from kenes.questions.models import Question

    language = draw.choice(("ru", "kk"))
    state = draw.choices([name for name, _ in STATES], [share for _, share in STATES])[0]
    frames = draw.choices(FRAMES[language], k=2)
    text = " ".join(
        frame.format(t=draw.choice(TOPICS[language]), a=next(words), b=next(words)) for frame in frames
    )
    is_public = state in {"open", "assigned", "answered"}
    return Question(
        meeting=meeting,
        feed_id=meeting.feed_id,
        version=serial + 1,
        public_since=serial + 1 if is_public else None,
        code=f"{meeting.code}-{serial // MEETINGS + 1:04d}",
        serial=serial // MEETINGS + 1,
        state=state,
        refusal_ground="off_topic" if state == "refused" else "",
        text=text,
        language=language,
        asked_at=at - timedelta(minutes=serial),
    )


def _words(draw: random.Random) -> Iterator[str]:
    """Yield made-up words for ever, the n-th as often as 1/n."""
    onsets, vowels = "бдгжзклмнпрст", "аеиоуы"
    rare = [
        "".join(draw.choice(onsets) + draw.choice(vowels) for _ in range(draw.randrange(2, 5)))
        for _ in range(RARE_WORDS)
    ]
    weights = list(accumulate(1 / place for place in range(1, RARE_WORDS + 1)))
    while True:
        yield from draw.choices(rare, cum_weights=weights, k=5_000)


if __name__ == "__main__":
    main()
