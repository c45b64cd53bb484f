"""Every state × role × act, allowed and forbidden, in one table; and each allowed one is really done."""

from functools import cache

import pytest
from django.db import transaction

from factories import a_body, a_user, grant
from kenes.accounts.models import Membership, User
from kenes.accounts.states import MembershipKind
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting
from kenes.questions.access import question_to_act_on
from kenes.questions.errors import MoveNotAllowed, QuestionUnknown
from kenes.questions.models import Question
from kenes.questions.rules import may
from kenes.questions.states import QuestionState, Verb
from questions.acts import ANOTHER, a_confirmed, a_question, ask, do, prepare

pytestmark = pytest.mark.django_db

# Who a letter stands for. Everybody else, named in NOBODYS, may nothing at all.
LETTERS = {
    "m": "moderator of this meeting",
    "A": "administrator",
    "a": "asker",
    "o": "officer of the assigned unit",
    "h": "head of the assigned unit",
    "d": "drafter of the assigned unit",
    "c": "clearer of the assigned unit",
    "s": "signer of the assigned unit",
}
NOBODYS = [
    "anonymous",
    "somebody signed in",
    "moderator of another meeting",
    "member of the assigned unit",
    "former signer of the assigned unit",
    "officer of another unit",
    *[f"{kind} of another unit" for kind in MembershipKind.values],
    "officer of the host body",
    *[f"{kind} of the host body" for kind in MembershipKind.values],
    "speaker",
    "editor",
    "former administrator",
]

# One row an act, one column a state; a dot: nobody.
TABLE = """
act               held open staged assigned drafted cleared answered merged refused passed_on withdrawn
publish           mA   .    .      .        .       .       .        .      .       .         .
hold              .    mA   .      .        .       .       .        .      .       .         .
refuse            mA   mA   .      mAhs     .       .       .        .      .       .         .
overrule          .    .    .      .        .       .       .        .      mA      .         .
edit              mA   mA   mA     mA       .       .       .        .      .       .         .
stage             .    mA   .      .        .       .       .        .      .       .         .
unstage           .    .    mA     .        .       .       .        .      .       .         .
answer_aloud      .    mA   mA     .        .       .       .        .      .       .         .
retract_answer    .    .    .      .        .       .       mA       .      .       .         .
assign            mA   mA   mA     mAh      .       .       mA       .      mA      .         .
accept            .    .    .      Aohds    .       .       .        .      .       .         .
decline           .    .    .      Aohds    .       .       .        .      .       .         .
change_due_date   .    .    .      mA       mA      mA      .        .      .       .         .
extend            .    .    .      mAhs     mAhs    mAhs    .        .      .       .         .
pause             .    .    .      mAhs     mAhs    mAhs    .        .      .       .         .
resume            .    .    .      mAhs     mAhs    mAhs    .        .      .       .         .
pass_part         .    .    .      mAhs     mAhs    mAhs    .        .      .       .         .
tell_asker        .    .    .      mAhdso   mAhdso  mAhdso  .        .      .       .         .
submit_draft      .    .    .      hdo      .       .       .        .      .       .         .
send_back         .    .    .      .        hcs     hcs     .        .      .       .         .
clear             .    .    .      .        hc      .       .        .      .       .         .
answer_in_writing .    .    .      .        .       s       .        .      .       .         .
merge             mA   mA   .      .        .       .       .        .      .       .         .
unmerge           .    .    .      .        .       .       .        mA     .       .         .
pass_on           mA   mA   .      mAhs     mAhs    mAhs    .        .      .       .         .
withdraw          a    a    .      a        .       .       .        .      .       .         .
reopen            .    .    .      .        .       .       a        .      .       .         .
rate              .    .    .      .        .       .       a        .      .       .         .
"""


@cache
def cells() -> dict[tuple[str, str], str]:
    head, *rows = [line.split() for line in TABLE.strip().splitlines()]
    return {
        (row[0], state): cell.replace(".", "")
        for row in rows
        for state, cell in zip(head[1:], row[1:], strict=True)
    }


def test_the_table_names_every_act_and_every_state() -> None:
    assert {act for act, _state in cells()} == set(Verb.values)
    assert {state for _act, state in cells()} == set(QuestionState.values)
    assert set("".join(cells().values())) == set(LETTERS)


def in_body(name: str, body: Organisation, kind: str, **fields: object) -> User:
    user = a_user(name)
    Membership.objects.create(user=user, organisation=body, kind=kind, **fields)
    return user


def people(meeting: Meeting, asker: User, unit: Organisation) -> dict[str, User | None]:
    """Return one person for each role, by its name."""
    other, host = a_body("Another directorate there"), meeting.host
    found: dict[str, User | None] = {
        "anonymous": None,
        "asker": asker,
        "somebody signed in": a_user("somebody"),
        "moderator of this meeting": grant(a_user("moderator"), "moderator", host),
        "moderator of another meeting": grant(a_user("stranger"), "moderator", other),
        "administrator": grant(a_user("administrator"), "administrator"),
        "former administrator": grant(a_user("former", is_active=False), "administrator"),
        "speaker": grant(a_user("speaker"), "speaker", host),
        "editor": grant(a_user("editor"), "editor", host),
        "former signer of the assigned unit": in_body("left", unit, "signer", until="2020-01-31"),
    }
    bodies = {"assigned unit": unit, "another unit": other, "host body": host}
    for place, (where, body) in enumerate(bodies.items()):
        the = where if where.startswith("another") else f"the {where}"
        found[f"officer of {the}"] = grant(a_user(f"officer-{place}"), "officer", body)
        for kind in MembershipKind.values:
            found[f"{kind} of {the}"] = in_body(f"{kind}-{place}", body, kind)
    assert found.keys() == {*LETTERS.values(), *NOBODYS}
    return found


def is_done(verb: Verb, question: Question, user: User | None) -> bool:
    """Say whether the act is done by somebody who comes with the question's code; it is undone again."""
    with transaction.atomic():
        try:
            prepare(verb, question)
            do(verb, question_to_act_on(user, verb, question.code), by=user)
        except QuestionUnknown:
            return False
        finally:
            transaction.set_rollback(True)
    return True


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("state", QuestionState.values)
def test_everybody_may_what_the_table_says_and_does_it(
    state: str, meeting: Meeting, unit: Organisation
) -> None:
    asker = a_confirmed(meeting, "asker")
    ask(asker, ANOTHER)
    question = a_question(state, asker, unit)
    assert asker.user is not None
    everybody = people(meeting, asker.user, unit)
    wanted, allowed, done = set(), set(), set()
    for verb in Verb:
        wanted |= {(verb.value, LETTERS[letter]) for letter in cells()[verb.value, state]}
        for role, user in everybody.items():
            allowed |= {(verb.value, role)} if may(user, verb, question) else set()
            done |= {(verb.value, role)} if is_done(verb, question, user) else set()
    assert allowed == wanted
    assert done == wanted


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("state", QuestionState.values)
def test_no_action_does_what_the_table_gives_to_nobody(
    state: str, meeting: Meeting, unit: Organisation
) -> None:
    asker = a_confirmed(meeting, "asker")
    ask(asker, ANOTHER)
    question = a_question(state, asker, unit)
    by = grant(a_user("administrator"), "administrator")
    for verb in Verb:
        if not cells()[verb.value, state]:
            with pytest.raises(MoveNotAllowed):
                do(verb, question, by=by)
    assert Question.objects.get(pk=question.pk).state == state
