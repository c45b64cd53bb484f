"""The table of every state × role × act once more, by the addresses that people's forms are sent to."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import reverse

from answering.people import KK, RU, Unit, a_unit, ready, saved, submitted
from factories import NOON
from kenes.accounts.models import User
from kenes.answering.states import WorkVerb
from kenes.programme.models import Meeting
from kenes.questions import actions
from kenes.questions.models import Question
from kenes.questions.receipts import receipt_secret
from kenes.questions.states import ASKERS_OWN, UNITS_OWN, QuestionState, Verb
from kenes.record.models import Entry
from questions.acts import ANOTHER, a_confirmed, a_question, ask, prepare
from questions.test_who_may import LETTERS, cells, people

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

# Besides the people of the table: who comes with a receipt's secret alone.
BY_SECRET, WRONG_SECRET = "asker by the receipt's secret", "whoever has another question's secret"

# One of each sort that may nothing; test_who_may asks them all.
STRANGERS = {
    "anonymous",
    "somebody signed in",
    "moderator of another meeting",
    "member of the assigned unit",
    "former signer of the assigned unit",
    "officer of another unit",
    "head of another unit",
    "signer of another unit",
    "head of the host body",
    "former administrator",
}

WORK_WORDS: Mapping[Verb, WorkVerb] = {
    Verb.ACCEPT: WorkVerb.ACCEPT,
    Verb.DECLINE: WorkVerb.DECLINE,
    Verb.SUBMIT_DRAFT: WorkVerb.SUBMIT,
    Verb.SEND_BACK: WorkVerb.SEND_BACK,
    Verb.CLEAR: WorkVerb.CLEAR,
    Verb.ANSWER_IN_WRITING: WorkVerb.SIGN,
    Verb.ASSIGN: WorkVerb.ASSIGN_ONWARD,
    Verb.EXTEND: WorkVerb.EXTEND,
    Verb.REFUSE: WorkVerb.REFUSE,
    Verb.PAUSE: WorkVerb.PAUSE,
    Verb.RESUME: WorkVerb.RESUME,
    Verb.PASS_PART: WorkVerb.PASS_PART,
    Verb.TELL_ASKER: WorkVerb.TELL_ASKER,
    Verb.PASS_ON: WorkVerb.PASS_ON,
}
OWN_WORDS = {
    Verb.WITHDRAW: "questions:withdraw",
    Verb.RATE: "following:rating",
    Verb.REOPEN: "following:reopening",
}
TYPED: Mapping[Verb, Mapping[str, object]] = {
    Verb.REFUSE: {"ground": "off_topic", "reason": "Asked elsewhere."},
    Verb.OVERRULE: {"reason": "It is on topic."},
    Verb.EDIT: {"text": "In other words?", "reason": "Clearer."},
    Verb.ANSWER_ALOUD: {"answered_by": "Chairman", "summary": "It opens in May.", "language": "en"},
    Verb.RETRACT_ANSWER: {"reason": "The wrong one."},
    Verb.ASSIGN: {"organisation": "Third directorate"},
    Verb.DECLINE: {"reason": "Not our field."},
    Verb.CHANGE_DUE_DATE: {"due_on": "2021-03-01"},
    Verb.EXTEND: {"count": 2, "reason": "An inquiry."},
    Verb.PAUSE: {"reason": "Papers are awaited."},
    Verb.PASS_PART: {"organisation": "Third directorate", "subject": "The second point."},
    Verb.TELL_ASKER: {"way": "phone"},
    Verb.SUBMIT_DRAFT: {"version": 1},
    Verb.SEND_BACK: {"reason": "It answers another."},
    Verb.CLEAR: {"version": 1},
    Verb.ANSWER_IN_WRITING: {"version": 1, "signed_as": "Head of the directorate", "promise": "none"},
    Verb.UNMERGE: {"reason": "It asks more."},
    Verb.PASS_ON: {"number": "ЖТ-7", "on": "2021-02-10"},
    Verb.REOPEN: {"reason": "No date was named."},
    Verb.RATE: {"score": 4, "comment": ""},
}


@dataclass(frozen=True)
class Visitor:
    """Somebody at the site; `secret` where they hold a receipt."""

    client: Client
    secret: str = ""


@pytest.fixture
def work() -> Unit:
    return a_unit("Directorate")


def bring(state: str, question: Question, unit: Unit) -> None:
    """Bring a question to a state of the work on its answer, with a draft."""
    actions.assign_question(question, organisation=unit.body, by=None, at=NOON)
    if state == QuestionState.ASSIGNED:
        saved(question, unit.drafter, kk=KK, ru=RU)
    elif state == QuestionState.DRAFTED:
        submitted(question, unit)
    else:
        ready(question, unit)


def visitors(everybody: Mapping[str, User | None], question: Question, other: Question) -> dict[str, Visitor]:
    found = {}
    for role, user in everybody.items():
        client = Client()
        if user is not None:
            client.force_login(user)
        found[role] = Visitor(client)
    found[BY_SECRET] = Visitor(Client(), receipt_secret(question))
    found[WRONG_SECRET] = Visitor(Client(), receipt_secret(other))
    return found


def addresses(verb: Verb, question: Question, visitor: Visitor) -> Iterator[str]:
    """Yield every address by which the act might be done."""
    if verb in ASKERS_OWN:
        secret = visitor.secret or secret_on_own_page(question, visitor)
        if secret:
            yield reverse(OWN_WORDS[verb], args=[question.code, secret])
        return
    if verb not in UNITS_OWN:
        yield reverse("rooms:desk-act", args=[question.meeting.code, question.code, verb.value])
    if verb in WORK_WORDS:
        yield reverse(f"answering:{WORK_WORDS[verb].value}", args=[question.code])


def secret_on_own_page(question: Question, visitor: Visitor) -> str:
    """Return the secret where the question's own page is shown to the account; else nothing."""
    page = visitor.client.get(reverse("questions:own", args=[question.code]))
    secret = receipt_secret(question)
    return secret if secret in page.content.decode() else ""


def is_done(verb: Verb, question: Question, visitor: Visitor) -> bool:
    """Say whether a form sent to one of the addresses does the act; it is undone again."""
    typed = dict(TYPED.get(verb, {}))
    if verb is Verb.MERGE:
        typed = {"into": Question.objects.get(text=ANOTHER).code}
    done = Entry.objects.filter(act=verb.action, object_id=question.code)
    for address in addresses(verb, question, visitor):
        with transaction.atomic():
            prepare(verb, question)
            before = done.count()
            visitor.client.post(address, typed)
            after = done.count()
            transaction.set_rollback(True)
        if after > before:
            return True
    return False


def mightiest(verb: Verb) -> set[str]:
    """Return who may it elsewhere, one by each way: where the state forbids it to them it does to all."""
    if verb in ASKERS_OWN:
        return {BY_SECRET}
    by_desk = set() if verb in UNITS_OWN else {LETTERS["A"]}
    return by_desk | ({LETTERS["h"], LETTERS["s"]} if verb in WORK_WORDS else set())


def tried_by(verb: Verb, state: str) -> set[str]:
    """Return who tries: strangers too in the first state that allows it, those of the table in the others."""
    allowing = [each for each in QuestionState.values if cells()[verb.value, each]]
    if state not in allowing:
        return mightiest(verb)
    everybody = {*LETTERS.values(), BY_SECRET, WRONG_SECRET}
    return everybody | STRANGERS if state == allowing[0] else everybody


@pytest.mark.parametrize("state", QuestionState.values)
@time_machine.travel(NOON + timedelta(minutes=10), tick=False)
def test_by_the_pages_everybody_does_what_the_table_says(state: str, meeting: Meeting, work: Unit) -> None:
    asker = a_confirmed(meeting, "asker")
    other = ask(asker, ANOTHER)
    at_work = {"assigned", "drafted", "cleared"}
    question = ask(asker) if state in at_work else a_question(state, asker, work.body)
    if state in at_work:
        bring(state, question, work)
    a_unit("Third directorate")
    assert asker.user is not None
    everybody = visitors(people(meeting, asker.user, work.body), question, other)
    wanted, done = set(), set()
    for verb in Verb:
        letters = cells()[verb.value, state]
        wanted |= {(verb.value, LETTERS[letter]) for letter in letters}
        wanted |= {(verb.value, BY_SECRET)} if "a" in letters else set()
        for role, visitor in everybody.items():
            if role in tried_by(verb, state):
                done |= {(verb.value, role)} if is_done(verb, question, visitor) else set()
    assert done == wanted
