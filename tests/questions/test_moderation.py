"""What moderators and askers do with a question: every move, its row, its record, its stamps."""

import pytest

from factories import NOON, a_body, a_meeting, a_user, grant
from kenes.accounts.models import User
from kenes.live.models import Feed
from kenes.organisations.models import Organisation
from kenes.programme.actions import close_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions import actions, errors
from kenes.questions.access import question_to_moderate, question_with_page
from kenes.questions.models import Edit, Move, Question
from kenes.questions.queries import loose_ends
from kenes.questions.states import ACTS, QuestionState, Verb
from kenes.record.models import Entry
from questions.acts import ANOTHER, SPOKEN, a_confirmed, a_question, ask, do, guests, minutes_later, prepare

pytestmark = pytest.mark.django_db

LATER = minutes_later(10)


@pytest.mark.parametrize("state", QuestionState.values)
@pytest.mark.parametrize("verb", list(Verb))
@pytest.mark.usefixtures("clock")
def test_every_verb_in_every_state_does_what_the_table_says(
    verb: Verb, state: str, guest: Participant, unit: Organisation
) -> None:
    ask(guest, ANOTHER)
    question = a_question(state, guest, unit)
    prepare(verb, question)
    moves, entries = Move.objects.count(), Entry.objects.count()
    version = Feed.objects.get(pk=question.feed_id).version
    act = ACTS[verb]
    if state not in act.origins:
        with pytest.raises(errors.MoveNotAllowed):
            do(verb, question)
        assert (Move.objects.count(), Entry.objects.count()) == (moves, entries)
        assert Feed.objects.get(pk=question.feed_id).version == version
        return
    do(verb, question)
    kept = Question.objects.get(pk=question.pk)
    assert (kept.state, kept.version) == (act.goal or state, version + 1)
    assert Move.objects.count() == moves + (act.goal is not None)
    ours = Entry.objects.filter(object_kind="question", object_id=kept.code)
    assert [(entry.act, entry.at) for entry in ours.order_by("-id")[:1]] == [(verb.action, LATER)]


@pytest.mark.parametrize("verb", [verb for verb in Verb if not ACTS[verb].is_late])
def test_after_the_closing_only_late_verbs_are_done(
    verb: Verb, meeting: Meeting, guest: Participant, unit: Organisation
) -> None:
    origin = sorted(ACTS[verb].origins)[0]
    question = a_question(origin, guest, unit)
    close_meeting(meeting, by=None, at=NOON)
    with pytest.raises(errors.MeetingIsClosed):
        do(verb, question)


def roles(host: Organisation, asker: User) -> dict[str, User | None]:
    other = a_body("Another ministry", "ministry")
    return {
        "nobody signed in": None,
        "somebody": a_user("somebody"),
        "the asker": asker,
        "speaker": grant(a_user("speaker"), "speaker"),
        "officer": grant(a_user("officer"), "officer", host),
        "executor": grant(a_user("executor"), "executor", host),
        "project manager": grant(a_user("manager"), "project_manager", host),
        "editor": grant(a_user("editor"), "editor", host),
        "moderator of another body": grant(a_user("stranger"), "moderator", other),
        "moderator of the host": grant(a_user("moderator"), "moderator", host),
        "moderator of all": grant(a_user("central"), "moderator"),
        "administrator": grant(a_user("administrator"), "administrator"),
        "superuser": a_user("superuser", is_superuser=True),
        "former administrator": grant(a_user("former", is_active=False), "administrator"),
    }


MODERATE = {"moderator of the host", "moderator of all", "administrator", "superuser"}


def test_only_moderators_reach_a_question_to_moderate(meeting: Meeting) -> None:
    asker = a_confirmed(meeting, "asker")
    question = ask(asker)
    assert asker.user is not None
    reached = set()
    for role, user in roles(meeting.host, asker.user).items():
        try:
            assert question_to_moderate(user, question.code.lower()) == question
            reached.add(role)
        except errors.QuestionUnknown:
            pass
    assert reached == MODERATE


def test_an_unknown_question_and_a_hidden_one_look_the_same(guest: Participant, unit: Organisation) -> None:
    held = a_question("held", guest, unit)
    told = []
    for code in (held.code, "AKM-1-0999", "nonsense"):
        with pytest.raises(errors.QuestionUnknown) as caught:
            question_with_page(code)
        told.append((caught.value.type, str(caught.value), caught.value.params))
    assert told == [told[0]] * 3


def test_staging_another_question_takes_the_first_off_the_stage(guest: Participant) -> None:
    first, second = ask(guest), ask(guest)
    by = a_user("moderator")
    actions.stage_question(first, by=by, at=NOON)
    actions.stage_question(second, by=by, at=LATER)
    first.refresh_from_db()
    assert [first.state, second.state] == ["open", "staged"]
    assert first.version == second.version
    assert [(move.old, move.new, move.by, move.at) for move in first.moves.all()] == [
        ("", "open", None, NOON),
        ("open", "staged", by, NOON),
        ("staged", "open", by, LATER),
    ]


def test_each_room_has_a_stage_of_its_own(meeting: Meeting, guest: Participant) -> None:
    here, there = ask(guest), ask(guests(a_meeting(meeting.session, is_open=True), 1)[0])
    for question in (here, there):
        actions.stage_question(question, by=None, at=NOON)
    states = Question.objects.values_list("state", flat=True)
    assert list(states) == ["staged", "staged"]


def test_a_refusal_needs_a_ground_of_the_list(guest: Participant) -> None:
    question = ask(guest)
    with pytest.raises(errors.GroundUnknown):
        actions.refuse_question(question, by=None, at=NOON, ground="because")
    assert Question.objects.get().state == "open"


def test_a_refusal_is_kept_with_who_when_and_why(guest: Participant) -> None:
    question, by = ask(guest), a_user("moderator")
    actions.refuse_question(question, by=by, at=LATER, ground="abuse", reason=" Insults a speaker. ")
    assert Question.objects.get().refusal_ground == "abuse"
    last = Move.objects.latest("id")
    assert (last.old, last.new, last.by, last.at, last.reason) == (
        "open",
        "refused",
        by,
        LATER,
        "Insults a speaker.",
    )
    entry = Entry.objects.latest("id")
    assert (entry.act, entry.by, entry.reason, entry.detail) == (
        "refuse_question",
        by,
        "Insults a speaker.",
        {"from": "open", "to": "refused", "ground": "abuse"},
    )


def test_an_overruled_refusal_loses_its_ground(guest: Participant, unit: Organisation) -> None:
    question = a_question("refused", guest, unit)
    actions.overrule_refusal(question, by=None, at=LATER, reason="It is on topic.")
    kept = Question.objects.get()
    assert (kept.state, kept.refusal_ground, kept.public_until) == ("open", "", None)


def test_an_edit_keeps_the_old_text_and_marks_the_question(guest: Participant) -> None:
    question, by = ask(guest, "Wen open?"), a_user("moderator")
    actions.edit_question(question, text=" When does it  open? ", by=by, at=LATER, reason="Spelling.")
    kept = Question.objects.get()
    assert (kept.text, kept.edited_at, kept.state) == ("When does it open?", LATER, "open")
    assert list(Edit.objects.values_list("old_text", "new_text", "reason", "by", "at")) == [
        ("Wen open?", "When does it open?", "Spelling.", by.pk, LATER)
    ]


def test_an_edit_that_changes_nothing_is_refused(guest: Participant) -> None:
    question = ask(guest)
    with pytest.raises(errors.NothingChanged):
        actions.edit_question(question, text=f" {question.text} ", by=None, at=LATER)
    assert Edit.objects.count() == 0


def test_no_text_of_a_person_enters_the_record(guest: Participant, unit: Organisation) -> None:
    question = ask(guest, "Unmistakable words?")
    actions.edit_question(question, text="Other unmistakable words?", by=None, at=LATER)
    actions.answer_aloud(question, by=None, at=LATER, spoken=SPOKEN)
    kept = repr(list(Entry.objects.filter(object_kind="question").values_list("detail", "reason")))
    assert ["words" in kept, SPOKEN.summary in kept, guest.name in kept] == [False, False, False]


def test_a_stale_page_cannot_move_what_has_moved(guest: Participant) -> None:
    question = ask(guest)
    seen_earlier = Question.objects.get(pk=question.pk)
    actions.withdraw_question(question, at=NOON)
    with pytest.raises(errors.MoveNotAllowed):
        actions.stage_question(seen_earlier, by=None, at=LATER)


def test_loose_ends_are_told_in_the_order_they_were_asked(guest: Participant, unit: Organisation) -> None:
    states = sorted({*QuestionState.values} - {"merged"})
    by_state = {state: a_question(state, guest, unit).code for state in states}
    assert [question.code for question in loose_ends(guest.meeting)] == [
        by_state["held"],
        by_state["open"],
        by_state["staged"],
    ]


def test_what_was_merged_or_passed_on_is_no_loose_end(guest: Participant, unit: Organisation) -> None:
    target = ask(guest)
    merged, passed = ask(guest), a_question("passed_on", guest, unit)
    actions.merge_question(merged, into=target, by=None, at=LATER)
    assert [question.code for question in loose_ends(guest.meeting)] == [target.code]
    assert passed.state == "passed_on"
