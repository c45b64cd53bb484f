"""Subscribing: confirmed by the address's owner, bounded, and of no use to who wishes to annoy somebody."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from factories import NOON, a_user
from following.conftest import asked, confirmed, letters
from kenes.following.actions import (
    Wanted,
    ask_subscription,
    confirm_digits,
    end_subscription,
    forget_overdue_contacts,
    leave_contact,
    never_write_again,
    send_mine_link,
)
from kenes.following.errors import (
    AddressWrong,
    CodeWrong,
    LinkTooOld,
    NoTextMessages,
    NumberWrong,
    PaceUnknown,
    TopicUnknown,
)
from kenes.following.models import ConfirmationAsked, Subscription
from kenes.following.pages import contact_of
from kenes.following.personal_data import forget_person, subscriptions_of_person
from kenes.following.queries import has_contact
from kenes.following.rules import CONFIRM_WITHIN, clean_number, hinted
from kenes.notices.models import Message
from kenes.notices.sealing import unseal
from kenes.programme.models import Meeting, Participant
from kenes.questions.errors import QuestionUnknown
from kenes.questions.models import Question

ADDRESS = "follower@example.org"
pytestmark = pytest.mark.django_db


def follow(question: Question, address: str = ADDRESS, **said: str) -> None:
    wanted = {"topic": "question", "key": question.code, "language": "ru", **said}
    ask_subscription(Wanted(address=address, **wanted), at=NOON)


@pytest.fixture
def with_texts(settings: Settings) -> None:
    settings.TEXT_CHANNEL = "kenes.notices.channels.FileTextChannel"


def test_only_the_confirmation_goes_out_before_the_owner_confirmed(question: Question) -> None:
    follow(question)
    subscription = Subscription.objects.get()
    (letter,) = Message.objects.all()
    assert (subscription.state, letter.to, letter.is_private) == ("asked", ADDRESS, True)
    assert letter.key.startswith("follow-confirm:")


def test_the_address_is_sealed(question: Question) -> None:
    follow(question)
    subscription = Subscription.objects.get()
    stored = " ".join(str(value) for value in Subscription.objects.values_list().get())
    assert (unseal(subscription.sealed_address), "example.org" in stored) == (ADDRESS, False)


def test_the_confirmation_repeats_no_words_of_who_asked_for_it(meeting: Meeting) -> None:
    ask_subscription(Wanted("search", "q=Buy+at+http%3A%2F%2Fspam", ADDRESS, "en"), at=NOON)
    assert Message.objects.get().body.count("spam") == 0


def test_nobody_is_sent_more_than_three_confirmations_a_day(meeting: Meeting) -> None:
    for number in range(5):
        follow(asked(meeting, f"Сұрақ {number} туралы"))
    assert Message.objects.count() == 3
    ConfirmationAsked.objects.update(at=NOON - timedelta(days=2))
    follow(asked(meeting, "Тағы бір сұрақ"))
    assert Message.objects.count() == 4


def test_an_address_that_wishes_for_silence_is_never_written_to(question: Question) -> None:
    follow(question)
    never_write_again(Subscription.objects.get().fingerprint, at=NOON)
    follow(question, ADDRESS.upper())
    assert (Subscription.objects.count(), Message.objects.count()) == (0, 0)
    leave_contact(question, channel="email", address=ADDRESS, language="kk", at=NOON)
    assert (Subscription.objects.get().state, Message.objects.count()) == ("asked", 0)


@pytest.mark.usefixtures("with_texts")
def test_not_even_an_operator_makes_a_silent_number_be_written_to(question: Question) -> None:
    operator = a_user("operator")
    left = {"channel": "text", "address": "+77010000000", "language": "kk", "at": NOON, "by": operator}
    never_write_again(leave_contact(question, **left).fingerprint, at=NOON)  # type: ignore[arg-type]
    assert leave_contact(question, **left).state == "asked"  # type: ignore[arg-type]
    assert Message.objects.count() == 0


def test_leaving_a_contact_looks_the_same_whatever_is_known_of_the_address(meeting: Meeting) -> None:
    shown = []
    for number in range(4):
        question = asked(meeting, f"Сұрақ {number} туралы")
        leave_contact(question, channel="email", address=ADDRESS, language="kk", at=NOON)
        shown.append(contact_of(question))
    never_write_again(Subscription.objects.last().fingerprint, at=NOON)  # type: ignore[union-attr]
    silent = asked(meeting, "Тағы бір сұрақ")
    leave_contact(silent, channel="email", address=ADDRESS, language="kk", at=NOON)
    assert [each == shown[0] for each in (*shown, contact_of(silent))] == [True] * 5


def test_who_follows_already_is_not_asked_again(question: Question) -> None:
    follow(question)
    confirmed(Subscription.objects.get())
    follow(question, pace="daily")
    assert (Message.objects.count(), Subscription.objects.get().pace) == (1, "at_once")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"address": "no address"}, AddressWrong),
        ({"address": "a@example.org\nBcc: b@example.org"}, AddressWrong),
        ({"pace": "hourly"}, PaceUnknown),
        ({"topic": "own"}, TopicUnknown),
        ({"topic": "session", "key": "unknown"}, TopicUnknown),
        ({"topic": "question", "key": "AKM-9-0001"}, QuestionUnknown),
    ],
)
def test_what_cannot_be_followed_is_refused(
    said: dict[str, str], error: type[Exception], question: Question
) -> None:
    with pytest.raises(error):
        follow(question, **said)


def test_a_contact_takes_the_place_of_the_one_before(question: Question) -> None:
    leave_contact(question, channel="email", address=ADDRESS, language="kk", at=NOON)
    leave_contact(question, channel="email", address="other@example.org", language="kk", at=NOON)
    assert unseal(Subscription.objects.get().sealed_address) == "other@example.org"
    assert [message.to for message in Message.objects.all()] == ["other@example.org"]
    assert has_contact([question.code, "AKM-1-0002"]) == {question.code}


@pytest.mark.usefixtures("with_texts")
def test_a_number_is_confirmed_by_the_digits_sent_to_it(question: Question) -> None:
    leave_contact(question, channel="text", address="8 (701) 000-00-00", language="ru", at=NOON)
    (message,) = Message.objects.all()
    assert (message.to, message.channel) == ("+77010000000", "text")
    digits = message.body[:6]
    wrong = "000000" if digits != "000000" else "111111"
    with pytest.raises(CodeWrong):
        confirm_digits(question, digits=wrong, at=NOON)
    confirm_digits(question, digits=f" {digits[:3]} {digits[3:]}", at=NOON)
    assert Subscription.objects.get().state == "running"


@pytest.mark.usefixtures("with_texts")
def test_digits_are_tried_five_times_and_hold_for_an_hour(question: Question) -> None:
    leave_contact(question, channel="text", address="+77010000000", language="ru", at=NOON)
    digits = Message.objects.get().body[:6]
    wrong = "000000" if digits != "000000" else "111111"
    with pytest.raises(LinkTooOld):
        confirm_digits(question, digits=digits, at=NOON + timedelta(hours=2))
    for _attempt in range(5):
        with pytest.raises(CodeWrong):
            confirm_digits(question, digits=wrong, at=NOON)
    with pytest.raises(LinkTooOld):
        confirm_digits(question, digits=digits, at=NOON)


@pytest.mark.usefixtures("with_texts")
def test_a_number_taken_down_by_an_operator_is_confirmed_an_address_is_not(question: Question) -> None:
    operator = a_user("operator")
    by_number = leave_contact(
        question, channel="text", address="+77010000000", language="kk", at=NOON, by=operator
    )
    assert by_number is not None
    assert (by_number.state, Message.objects.count()) == ("running", 0)
    by_mail = leave_contact(question, channel="email", address=ADDRESS, language="kk", at=NOON, by=operator)
    assert by_mail is not None
    assert (by_mail.state, Message.objects.count()) == ("asked", 1)


def test_no_number_is_taken_where_no_text_messages_are_sent(question: Question) -> None:
    with pytest.raises(NoTextMessages):
        leave_contact(question, channel="text", address="+77010000000", language="kk", at=NOON)


@pytest.mark.parametrize("number", ["", "701", "77010000000", "+0123456789", "+7701000000000000"])
def test_a_number_must_be_in_full(number: str) -> None:
    with pytest.raises(NumberWrong):
        clean_number(number)


def test_ending_erases_the_address_and_what_was_still_to_be_sent(question: Question) -> None:
    follow(question)
    end_subscription(Subscription.objects.get())
    assert (Subscription.objects.count(), Message.objects.count()) == (0, 0)


def test_what_is_not_confirmed_is_forgotten_in_a_week_and_a_contact_on_its_day(question: Question) -> None:
    follow(question)
    contact = confirmed(
        leave_contact(question, channel="email", address="a@example.org", language="kk", at=NOON)
    )
    today = NOON.date()
    assert forget_overdue_contacts(at=NOON, on=today) == 0
    assert forget_overdue_contacts(at=NOON + CONFIRM_WITHIN + timedelta(seconds=1), on=today) == 1
    Subscription.objects.filter(pk=contact.pk).update(erase_on=today)
    assert forget_overdue_contacts(at=NOON, on=today) == 1
    assert Subscription.objects.count() == 0


def test_the_page_of_ones_own_is_sent_only_to_who_follows_something(question: Question) -> None:
    send_mine_link(address=ADDRESS, language="kk", at=NOON)
    assert Message.objects.count() == 0
    follow(question)
    confirmed(Subscription.objects.get())
    send_mine_link(address=ADDRESS, language="kk", at=NOON)
    assert len(letters("follow-mine:")) == 1


def test_a_persons_export_and_erasure_hold_what_they_follow(question: Question) -> None:
    person = a_user("follower")
    follow(question)
    leave_contact(question, channel="email", address="asker@example.org", language="kk", at=NOON)
    (told,) = subscriptions_of_person(person)
    assert isinstance(told, dict)
    assert (told["topic"], told["about"], told["to"]) == ("question", question.code, ADDRESS)
    forget_person(person, at=NOON)
    assert [each.topic for each in Subscription.objects.all()] == ["own"]
    Participant.objects.update(user=person)
    forget_person(person, at=NOON)
    assert Subscription.objects.count() == 0


def test_a_hint_is_known_again_and_tells_little() -> None:
    assert (hinted("asker@example.org"), hinted("+77010000045")) == ("a…@example.org", "…45")
