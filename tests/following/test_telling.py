"""Telling: the right words to the right people, once, and nothing to others that is not public."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from factories import NOON, a_user
from following.conftest import LATER, a_follower, asked, confirmed, happens, letters
from kenes.accounts.models import Membership
from kenes.deadlines.models import Term
from kenes.following.actions import (
    Wanted,
    ask_subscription,
    change_pace,
    forget_overdue_contacts,
    leave_contact,
    note_due_terms,
    note_events,
    tell_daily_letters,
    tell_happenings,
)
from kenes.following.models import DigestLine, Happening, Subscription
from kenes.following.rules import CONTACT_KEPT_FOR, HAPPENINGS_KEPT_FOR
from kenes.notices.models import Message
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting
from kenes.questions.actions import (
    SpokenAnswer,
    answer_aloud,
    assign_question,
    publish_question,
    refuse_question,
)
from kenes.questions.events import EventKind, QuestionEvent
from kenes.questions.models import Question
from kenes.questions.receipts import receipt_secret
from kenes.register.actions import index_changed_questions

pytestmark = pytest.mark.django_db


def the_asker(question: Question, language: str = "ru") -> Subscription:
    left = leave_contact(question, channel="email", address="asker@example.org", language=language, at=NOON)
    return confirmed(left)


def assigned(question: Question, unit: Organisation) -> None:
    with translation.override("en"):
        assign_question(question, organisation=unit, due_on=date(2021, 3, 12), by=None, at=LATER)
    Happening.objects.all().delete()


def test_the_asker_is_told_by_whom_and_by_when_it_is_answered(question: Question, unit: Organisation) -> None:
    the_asker(question, "en")
    assigned(question, unit)
    happens(question, "assigned")
    (letter,) = letters()
    assert letter.subject == f"Question {question.code} was given to a unit for a written answer"
    assert [
        letter.body.count(part) for part in ("Directorate", "12 March 2021", receipt_secret(question))
    ] == [
        1,
        1,
        1,
    ]
    assert (letter.to, letter.is_private) == ("asker@example.org", True)


def test_a_letter_can_be_ended_with_one_press(question: Question) -> None:
    the_asker(question)
    happens(question, "published")
    (letter,) = letters()
    assert letter.unsubscribe.startswith("http://127.0.0.1:8000/ru/follow/end/")
    assert letter.unsubscribe in letter.body


def test_the_asker_gets_the_answer_and_a_follower_too(question: Question) -> None:
    the_asker(question, "en")
    a_follower("question", question.code)
    said = SpokenAnswer("Head of the department", "In September.", "en")
    answer_aloud(question, by=None, at=LATER, spoken=said)
    Happening.objects.all().delete()
    happens(question, "answered")
    own, other = letters()
    assert [letter.body.count("In September.") for letter in (own, other)] == [1, 1]
    assert [letter.body.count(receipt_secret(question)) for letter in (own, other)] == [1, 0]
    assert [letter.body.count("reopen") for letter in (own, other)] == [1, 0]


def test_letters_to_others_hold_no_words_of_the_asker(question: Question, meeting: Meeting) -> None:
    a_follower("question", question.code)
    a_follower("meeting", meeting.code, "second@example.org")
    a_follower("session", meeting.session.public_id, "third@example.org")
    tell_happenings(at=LATER)
    happens(question, "answered")
    bodies = [letter.body + letter.subject for letter in letters()]
    assert len(bodies) == 5
    for words in (question.text, "Guest of the hall", receipt_secret(question)):
        assert [body.count(words) for body in bodies] == [0] * 5


def test_the_reason_of_a_refusal_is_told_to_the_asker_alone(question: Question) -> None:
    the_asker(question, "en")
    a_follower("question", question.code)
    refuse_question(question, by=None, at=LATER, ground="off_topic", reason="Please ask the akimat.")
    Happening.objects.all().delete()
    happens(question, "refused")
    own, other = letters()
    assert [letter.body.count("Not on the meeting's subject") for letter in (own, other)] == [1, 1]
    assert [letter.body.count("Please ask the akimat.") for letter in (own, other)] == [1, 0]


def test_who_is_merged_hears_the_answer_of_the_target_in_their_own_view(meeting: Meeting) -> None:
    target, merged = asked(meeting, "Балабақша қашан?"), asked(meeting, "Бақша қашан ашылады?")
    the_asker(merged, "en")
    Question.objects.filter(pk=merged.pk).update(state="merged", merged_into=target)
    happens(target, "answered")
    (letter,) = letters()
    assert f"Your question {merged.code} lives on in another one." in letter.body
    assert [letter.body.count(receipt_secret(each)) for each in (merged, target)] == [1, 0]


def test_the_number_of_an_appeal_is_for_its_own_asker_alone(meeting: Meeting) -> None:
    target, merged = asked(meeting, "Балабақша қашан?"), asked(meeting, "Бақша қашан ашылады?")
    the_asker(target, "en")
    confirmed(leave_contact(merged, channel="email", address="other@example.org", language="en", at=NOON))
    Question.objects.filter(pk=merged.pk).update(state="merged", merged_into=target)
    happens(target, "passed_on", number="ZT-2021-77", on="2021-03-01")
    assert sorted((letter.to, letter.body.count("ZT-2021-77")) for letter in letters()) == [
        ("asker@example.org", 1),
        ("other@example.org", 0),
    ]


def test_each_is_told_once_whatever_is_repeated(question: Question) -> None:
    the_asker(question)
    happens(question, "published")
    Happening.objects.update(taken_at=None, passed=0)
    tell_happenings(at=LATER)
    assert len(letters()) == 1


def test_what_happened_before_the_contact_was_left_is_not_told(question: Question) -> None:
    the_asker(question)
    Subscription.objects.update(asked_at=LATER + timedelta(seconds=1))
    happens(question, "published")
    assert letters() == []


def test_nobody_unconfirmed_is_told(question: Question) -> None:
    leave_contact(question, channel="email", address="asker@example.org", language="kk", at=NOON)
    happens(question, "published")
    assert letters() == []


def test_a_held_question_is_told_to_no_follower_until_it_is_published(meeting: Meeting) -> None:
    a_follower("meeting", meeting.code)
    Meeting.objects.update(publishing="hold")
    meeting.refresh_from_db()
    question = asked(meeting)
    tell_happenings(at=LATER)
    assert letters() == []
    publish_question(question, by=None, at=LATER)
    tell_happenings(at=LATER)
    assert [letter.subject for letter in letters()] == [f"New question {question.code}"]
    happens(question, "assigned")
    assert len(letters()) == 1


def test_a_subscriber_of_the_day_gets_one_letter(question: Question, meeting: Meeting) -> None:
    a_follower("question", question.code, pace="daily")
    happens(question, "due_changed")
    happens(question, "answered")
    assert letters() == []
    day = LATER.date()
    assert tell_daily_letters(on=day, at=LATER) == 1
    (letter,) = letters()
    assert letter.subject == "News of 1 question"
    assert [letter.body.count(word) for word in ("due on another day", "was answered")] == [1, 1]
    happens(question, "reopened")
    assert tell_daily_letters(on=day, at=LATER) == 0
    assert tell_daily_letters(on=day + timedelta(days=1), at=LATER) == 1


def test_who_changes_to_at_once_is_not_told_again_of_the_day(question: Question) -> None:
    follower = a_follower("question", question.code, pace="daily")
    happens(question, "answered")
    change_pace(follower, pace="at_once")
    assert DigestLine.objects.count() == 0


def test_a_contact_is_erased_a_month_after_the_end_unless_it_goes_on(question: Question) -> None:
    the_asker(question)
    happens(question, "answered")
    assert Subscription.objects.get().erase_on == (LATER + CONTACT_KEPT_FOR).date()
    happens(question, "reopened")
    assert Subscription.objects.get().erase_on is None


def test_a_due_date_is_told_once_and_an_overdue_one_to_unit_and_asker(
    question: Question, unit: Organisation
) -> None:
    head, member = a_user("head", language="en"), a_user("member", language="en")
    Membership.objects.create(user=head, organisation=unit, kind="head")
    Membership.objects.create(user=member, organisation=unit, kind="member")
    the_asker(question, "en")
    assigned(question, unit)
    assert note_due_terms(on=date(2021, 3, 10), at=LATER) == 1
    assert note_due_terms(on=date(2021, 3, 11), at=LATER) == 0
    tell_happenings(at=LATER)
    assert [message.to for message in letters("unit:")] == ["head@example.org"]
    assert letters() == []
    assert note_due_terms(on=date(2021, 3, 13), at=LATER) == 1
    tell_happenings(at=LATER)
    assert [message.subject for message in letters("unit:")][1:] == [
        f"The answer to question {question.code} is overdue"
    ]
    assert [letter.to for letter in letters()] == ["asker@example.org"]
    Term.objects.update(due_on=date(2021, 3, 14))
    assert note_due_terms(on=date(2021, 3, 15), at=LATER) == 1


def test_what_is_late_for_months_is_not_told_of_again(question: Question, unit: Organisation) -> None:
    assigned(question, unit)
    late = LATER + timedelta(days=60)
    assert note_due_terms(on=late.date(), at=late) == 1
    tell_happenings(at=late)
    long_after = late + HAPPENINGS_KEPT_FOR + timedelta(days=1)
    forget_overdue_contacts(at=long_after, on=long_after.date())
    assert note_due_terms(on=long_after.date(), at=long_after) == 0


def test_a_batch_of_questions_is_noted_in_one_statement(
    meeting: Meeting,
    django_assert_num_queries,  # type: ignore[no-untyped-def]
) -> None:
    questions = [asked(meeting, f"Сұрақ {number} туралы") for number in range(3)]
    events = [QuestionEvent(EventKind.REGISTERED, each, NOON) for each in questions]
    with django_assert_num_queries(1):
        note_events(events)


def test_a_number_gets_one_line_without_the_secret(question: Question, settings) -> None:  # type: ignore[no-untyped-def]
    settings.TEXT_CHANNEL = "kenes.notices.channels.FileTextChannel"
    leave_contact(
        question, channel="text", address="+77010000000", language="en", at=NOON, by=a_user("operator")
    )
    happens(question, "answered")
    (message,) = letters()
    assert message.body.count(receipt_secret(question)) == 0
    assert (message.channel, message.subject) == ("text", "")
    assert message.body.startswith(f"Question {question.code} was answered")


def test_many_followers_are_told_in_chunks_and_none_twice(
    question: Question, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kenes.following.actions.telling.CHUNK", 2)
    for number in range(5):
        ask_subscription(Wanted("question", question.code, f"f{number}@example.org", "en"), at=NOON)
    for subscription in Subscription.objects.all():
        confirmed(subscription)
    happens(question, "answered")
    assert [message.to for message in letters()] == [f"f{number}@example.org" for number in range(5)]
    assert Message.objects.filter(key__startswith="follow-confirm").count() == 5


def test_who_follows_a_search_is_told_of_what_it_finds_once_it_is_read(meeting: Meeting) -> None:
    a_follower("search", "q=балабақшалар", "found@example.org")
    a_follower("search", "q=волонтер", "not-found@example.org")
    question = asked(meeting)
    assert (tell_happenings(at=NOON), letters()) == (0, [])
    index_changed_questions()
    tell_happenings(at=NOON)
    assert [(letter.to, question.code in letter.subject + letter.body) for letter in letters()] == [
        ("found@example.org", True)
    ]


def test_a_room_whose_votes_never_pause_does_not_keep_everybody_waiting(meeting: Meeting) -> None:
    a_follower("search", "q=балабақшалар")
    asked(meeting)
    assert tell_happenings(at=NOON + timedelta(minutes=2)) == 1
