"""The desk: for moderators only, every act a resource of its own, closing refused with what is loose."""

import re

import pytest
import time_machine
from django.test import Client
from pytest_django import Settings

from factories import NOON, a_user, an_agenda_item
from kenes.following.models import Subscription
from kenes.notices.sealing import unseal
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting, Participant
from kenes.questions.models import Question
from kenes.rooms.actions import post_announcement
from questions.acts import a_question, ask
from rooms.conftest import a_found_body

DESK = "/en/rooms/AKM-1/desk/"


@pytest.mark.parametrize("path", ["", "?queue=held"])
def test_the_desk_is_not_found_by_others(meeting: Meeting, client: Client, path: str) -> None:
    client.force_login(a_user("passer-by"))
    assert client.get(DESK + path).status_code == 404


def test_an_act_of_somebody_else_is_not_found(client: Client, guest: Participant) -> None:
    client.force_login(a_user("passer-by"))
    question = ask(guest)
    response = client.post(f"{DESK}questions/{question.code}/stage/")
    question.refresh_from_db()
    assert (response.status_code, question.state) == (404, "open")


def test_the_desk_shows_an_announcement_that_can_be_taken_down(at_desk: Client, meeting: Meeting) -> None:
    row = post_announcement(meeting, text={"en": "A break"}, by=None, at=NOON)
    shown = at_desk.get(DESK).status_code
    response = at_desk.post(f"{DESK}announcements/{row.public_id}/take-down/")
    row.refresh_from_db()
    assert (shown, response.status_code, row.taken_down_at is None) == (200, 303, False)


@pytest.mark.parametrize(
    ("before", "verb", "said", "after"),
    [
        ("held", "publish", {}, "open"),
        ("open", "hold", {}, "held"),
        ("open", "stage", {}, "staged"),
        ("staged", "unstage", {}, "open"),
        ("open", "refuse", {"ground": "off_topic", "reason": "Asked elsewhere."}, "refused"),
        ("refused", "overrule", {"reason": "It is on the subject."}, "open"),
        (
            "staged",
            "answer_aloud",
            {"answered_by": "Chairman of the Committee", "summary": "It opens in May.", "language": "en"},
            "answered",
        ),
    ],
)
def test_a_verb_moves_the_question(  # noqa: PLR0917
    at_desk: Client,
    guest: Participant,
    unit: Organisation,
    before: str,
    verb: str,
    said: dict[str, str],
    after: str,
) -> None:
    question = a_question(before, guest, unit)
    response = at_desk.post(f"{DESK}questions/{question.code}/{verb}/", said)
    question.refresh_from_db()
    assert (response.status_code, question.state) == (303, after)


def test_a_question_is_merged_by_the_number_typed_and_parted_again(
    at_desk: Client, guest: Participant
) -> None:
    source, target = ask(guest, "One of two?"), ask(guest, "Two of two?")
    said = {"into": target.code.lower(), "reason": ""}
    responses = [at_desk.post(f"{DESK}questions/{source.code}/merge/", said)]
    source.refresh_from_db()
    assert (source.state, source.merged_into) == ("merged", target)
    assert source.code in at_desk.get(f"{DESK}?queue=refused").content.decode()
    responses.append(at_desk.post(f"{DESK}questions/{source.code}/unmerge/", {"reason": "It asks more."}))
    source.refresh_from_db()
    assert ([response.status_code for response in responses], source.state) == ([303, 303], "open")


def test_a_merge_into_an_unknown_number_comes_back_in_words(at_desk: Client, guest: Participant) -> None:
    question = ask(guest)
    response = at_desk.post(f"{DESK}questions/{question.code}/merge/", {"into": "AKM-1-0999"})
    assert (response.status_code, "AKM-1-0999" in response.content.decode()) == (409, True)


def test_a_question_is_passed_on_and_a_term_set_by_hand_is_not_extended(
    at_desk: Client, guest: Participant, unit: Organisation
) -> None:
    question = a_question("assigned", guest, unit)
    more = {"count": "1", "reason": "An inquiry."}
    refused = at_desk.post(f"{DESK}questions/{question.code}/extend/", more)
    passed = at_desk.post(f"{DESK}questions/{question.code}/pass_on/", {"number": "7", "on": "2021-02-19"})
    question.refresh_from_db()
    assert (refused.status_code, passed.status_code, question.state) == (409, 303, "passed_on")


@pytest.mark.parametrize("state", ["open", "assigned", "merged", "answered"])
def test_a_chosen_question_shows_the_forms_of_its_acts(
    state: str, at_desk: Client, guest: Participant, unit: Organisation
) -> None:
    question = a_question(state, guest, unit)
    shown = at_desk.get(f"{DESK}?question={question.code}").content.decode()
    acts = {"open": "merge", "assigned": "extend", "merged": "unmerge", "answered": "assign"}
    assert f"/questions/{question.code}/{acts[state]}/" in shown


def test_a_wrong_form_comes_back_with_what_was_typed(at_desk: Client, guest: Participant) -> None:
    said = {"answered_by": "Chairman of the Committee", "summary": "", "language": "en"}
    response = at_desk.post(f"{DESK}questions/{ask(guest).code}/answer_aloud/", said)
    assert (response.status_code, b'value="Chairman of the Committee"' in response.content) == (422, True)


def test_a_meeting_with_loose_ends_is_not_closed_and_each_is_linked(
    at_desk: Client, meeting: Meeting, guest: Participant
) -> None:
    question = ask(guest)
    response = at_desk.post(f"{DESK}close/")
    meeting.refresh_from_db()
    link = f'href="{DESK}?question={question.code}"'.encode()
    assert (response.status_code, meeting.state, link in response.content) == (409, "open", True)


def test_a_meeting_whose_questions_are_settled_is_closed(
    at_desk: Client, meeting: Meeting, guest: Participant, unit: Organisation
) -> None:
    for state in ["assigned", "answered", "refused"]:
        a_question(state, guest, unit)
    response = at_desk.post(f"{DESK}close/")
    meeting.refresh_from_db()
    assert (response.status_code, meeting.state) == (303, "closed")


def test_an_operator_enters_a_question_taken_by_phone(at_desk: Client, meeting: Meeting) -> None:
    said = {"channel": "phone", "text": "When does the centre open?", "name": "A caller", "language": "en"}
    response = at_desk.post(f"{DESK}questions/", said)
    entered = Question.objects.get(meeting=meeting)
    assert (response.status_code, entered.channel) == (303, "phone")


def test_who_calls_may_leave_where_to_be_told_and_the_desk_never_shows_it(
    at_desk: Client, meeting: Meeting, settings: Settings
) -> None:
    said = {"channel": "phone", "text": "When does the centre open?", "name": "A caller", "language": "en"}
    wrong = [
        at_desk.post(f"{DESK}questions/", {**said, "contact": each}) for each in ("nowhere", "87010000000")
    ]
    assert ([each.status_code for each in wrong], Question.objects.count()) == ([422, 422], 0)
    settings.TEXT_CHANNEL = "kenes.notices.channels.FileTextChannel"
    for contact in ("Caller@example.org", "8 701 000 00 00"):
        assert at_desk.post(f"{DESK}questions/", {**said, "contact": contact}).status_code == 303
    left = Subscription.objects.order_by("id")
    assert [(unseal(each.sealed_address), each.state, each.channel) for each in left] == [
        ("caller@example.org", "asked", "email"),
        ("+77010000000", "running", "text"),
    ]
    page = at_desk.get(DESK).content.decode()
    assert [page.count(word) for word in ("caller@example", "7701")] == [0, 0]


def test_after_an_act_one_goes_only_to_the_desk(at_desk: Client, guest: Participant) -> None:
    said = {"back": "https://example.org/"}
    response = at_desk.post(f"{DESK}questions/{ask(guest).code}/stage/", said)
    assert response["Location"] == DESK


def test_what_is_wrong_is_told_by_field_to_a_desk_with_script(at_desk: Client, guest: Participant) -> None:
    question = ask(guest)
    response = at_desk.post(
        f"{DESK}questions/{question.code}/answer_aloud/",
        {"answered_by": "Chairman", "summary": "Yes.", "language": "en", "second": "-5"},
        headers={"X-Requested-With": "fetch"},
    )
    words = "Ensure this value is greater than or equal to 0."
    assert (response.status_code, response.json()["fields"]) == (422, {"second": [words]})
    assert response.json()["said"] == f"Second of the recording: {words}"


def test_the_unit_is_found_by_what_is_typed_and_owes_an_answer_by_the_date(
    at_desk: Client, guest: Participant, unit: Organisation
) -> None:
    question = ask(guest)
    said = {"organisation": "direct", "due_on": "2099-03-12"}
    response = at_desk.post(f"{DESK}questions/{question.code}/assign/", said)
    question.refresh_from_db()
    given = question.assignments.get(ended_at=None).organisation
    assert (response.status_code, question.state, given) == (303, "assigned", unit)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Directorate of nowhere", "No body has this name. Please pick one from the list."),
        ("centre", "Several bodies have such a name: First centre; Second centre. Please type more of it."),
        ("", "This field is required."),
    ],
)
def test_a_unit_that_is_not_the_only_one_is_said_in_words(
    at_desk: Client, guest: Participant, typed: str, told: str
) -> None:
    for name in ("First centre", "Second centre"):
        a_found_body(name)
    said = {"organisation": typed, "due_on": "2099-03-12"}
    response = at_desk.post(f"{DESK}questions/{ask(guest).code}/assign/", said)
    shown = response.content.decode()
    assert (response.status_code, told in shown, 'value="2099-03-12"' in shown) == (422, True, True)


def test_bodies_of_one_name_are_told_apart_by_what_they_stand_under(
    at_desk: Client, guest: Participant
) -> None:
    first, second = a_found_body("Ministry of youth"), a_found_body("Ministry of family")
    rooms = [a_found_body("Office", parent=up) for up in (first, second)]
    question = ask(guest)
    said = {"organisation": "Ministry of family › Office", "due_on": "2099-03-12"}
    at_desk.post(f"{DESK}questions/{question.code}/assign/", said)
    assert question.assignments.get(ended_at=None).organisation == rooms[1]


def test_the_desk_proposes_the_unit_of_the_question_before_and_a_date(
    at_desk: Client, guest: Participant, unit: Organisation
) -> None:
    a_question("assigned", guest, unit)
    with time_machine.travel(NOON, tick=False):
        shown = at_desk.get(DESK, {"question": ask(guest).code}).content.decode()
    assert ('value="Directorate"' in shown, 'value="2021-03-11"' in shown) == (True, True)


def test_an_act_that_another_moderator_did_first_comes_back_with_what_was_typed(
    at_desk: Client, guest: Participant, unit: Organisation
) -> None:
    question = a_question("refused", guest, unit)
    said = {"answered_by": "Chairman of the Committee", "summary": "It opens in May.", "language": "en"}
    response = at_desk.post(f"{DESK}questions/{question.code}/answer_aloud/", said)
    shown = response.content.decode()
    told = "The question has changed since you saw it: this cannot be done with it now."
    assert (response.status_code, told in shown, "It opens in May." in shown) == (409, True, True)


def test_the_agenda_goes_on_and_back(at_desk: Client, meeting: Meeting) -> None:
    item = an_agenda_item(meeting, "Report of the Committee")
    states = []
    for state in ["now", "planned", "now", "done"]:
        at_desk.post(f"{DESK}agenda/{item.public_id}/{state}/")
        item.refresh_from_db()
        states.append(item.state)
    assert states == ["now", "planned", "now", "done"]


def test_the_rules_are_changed_and_an_announcement_is_shown(at_desk: Client, meeting: Meeting) -> None:
    rules = {"publishing": "hold", "ask": "confirmed", "vote": "nobody"}
    codes = [
        at_desk.post(f"{DESK}policy/", rules).status_code,
        at_desk.post(f"{DESK}announcements/", {"kk": "Үзіліс", "ru": "", "en": ""}).status_code,
    ]
    meeting.refresh_from_db()
    policy = (meeting.publishing, meeting.who_may_ask, meeting.who_may_vote)
    assert (codes, policy, meeting.announcements.count()) == ([303, 303], ("hold", "confirmed", "nobody"), 1)


def test_an_announcement_with_no_words_is_refused_in_words(at_desk: Client, meeting: Meeting) -> None:
    response = at_desk.post(f"{DESK}announcements/", {"kk": "", "ru": " ", "en": ""})
    told = b"Please write the announcement in at least one language."
    assert (response.status_code, told in response.content) == (422, True)


@pytest.mark.parametrize("number", [1, 3])
def test_the_desk_costs_the_same_for_any_number_of_questions(
    number: int, at_desk: Client, guest: Participant, django_assert_num_queries: object
) -> None:
    for place in range(number):
        ask(guest, text=f"Question number {place}?")
    with django_assert_num_queries(10):  # type: ignore[operator]
        at_desk.get(DESK)


def test_each_act_on_the_agenda_is_known_by_its_address(at_desk: Client, meeting: Meeting) -> None:
    """The desk renews itself while somebody presses: by its place a form would become another act."""
    an_agenda_item(meeting)
    page = at_desk.get(DESK).content.decode()
    forms = re.findall(
        r'<form method="post" action="([^"]+/agenda/[^"]+)" data-act data-key="([^"]+)">', page
    )
    assert [key for _, key in forms] == [action for action, _ in forms]
    assert len(forms) == 2
