"""The desk: for moderators only, every act a resource of its own, closing refused with what is loose."""

import pytest
from django.test import Client

from factories import NOON, a_user
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting, Participant
from kenes.questions.models import Question
from kenes.rooms.actions import post_announcement
from questions.acts import a_question, ask

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
