"""A promise made aloud is put on record beside the desk, by moderators only."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from factories import NOON, a_meeting, a_user, an_agenda_item
from kenes.commitments.models import Commitment
from kenes.organisations.models import Organisation
from kenes.programme.actions import close_meeting
from kenes.programme.models import Meeting
from rooms.conftest import a_found_body

PAGE = "/en/rooms/AKM-1/desk/promise/"
SAID = {
    "text": "Жастар орталығын биыл ашамыз",
    "language": "kk",
    "organisation": "Directorate",
    "due_on": "2021-12-01",
    "answered_by": "Head of the Directorate",
}


@pytest.mark.parametrize("method", ["get", "post"])
def test_it_is_not_found_by_others(meeting: Meeting, client: Client, method: str) -> None:
    client.force_login(a_user("passer-by"))
    assert getattr(client, method)(PAGE, SAID).status_code == 404


def test_a_promise_made_aloud_is_a_commitment(at_desk: Client, meeting: Meeting, unit: Organisation) -> None:
    with time_machine.travel(NOON, tick=False):
        response = at_desk.post(PAGE, SAID)
        shown = at_desk.get(PAGE)
    made = Commitment.objects.get()
    assert (response.status_code, response.headers["Location"]) == (303, PAGE)
    assert (made.source, made.meeting, made.made_by, made.due_on.isoformat()) == (
        ("meeting", "AKM-1"),
        meeting,
        "Head of the Directorate",
        "2021-12-01",
    )
    assert (made.texts.get().text, made.language) == ("Жастар орталығын биыл ашамыз", "kk")
    assert [card.commitment for card in shown.context["cards"]] == [made]


def test_the_agendas_speaker_can_be_chosen(at_desk: Client, meeting: Meeting, unit: Organisation) -> None:
    item = an_agenda_item(meeting)
    speaker = item.speakers.create(role="Chairman", role_en="Chairman", organisation=unit)
    with time_machine.travel(NOON, tick=False):
        at_desk.post(PAGE, {**SAID, "answered_by": "", "speaker": str(speaker.pk)})
    assert Commitment.objects.get().made_by == "Chairman, Directorate"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "да"}, 422),
        ({"organisation": "Nobody knows it"}, 422),
        ({"due_on": "2021-02-17"}, 422),
        ({"due_on": "soon"}, 422),
        ({"answered_by": ""}, 422),
        ({"language": "de"}, 422),
    ],
)
def test_what_is_not_right_comes_back_with_what_was_typed(
    at_desk: Client, unit: Organisation, changes: dict[str, str], status: int
) -> None:
    with time_machine.travel(NOON, tick=False):
        response = at_desk.post(PAGE, {**SAID, **changes})
    assert (response.status_code, Commitment.objects.count()) == (status, 0)
    assert "Head of the Directorate" in response.content.decode() or "answered_by" in changes


def test_it_may_be_recorded_after_the_meeting_was_closed(
    at_desk: Client, meeting: Meeting, unit: Organisation
) -> None:
    close_meeting(meeting, by=None, at=NOON)
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        assert at_desk.post(PAGE, SAID).status_code == 303


def test_the_desk_and_the_room_lead_there(at_desk: Client, meeting: Meeting) -> None:
    desk = at_desk.get("/en/rooms/AKM-1/desk/").content.decode()
    room = at_desk.get("/en/rooms/AKM-1/").content.decode()
    assert f'href="{PAGE}"' in desk
    assert 'href="/en/commitments/?meeting=AKM-1"' in room


def test_a_key_task_announced_in_a_report_leads_back_to_it(
    at_desk: Client, meeting: Meeting, unit: Organisation
) -> None:
    report = an_agenda_item(meeting, "Results of 2020 and the tasks of 2021")
    with time_machine.travel(NOON, tick=False):
        assert at_desk.post(PAGE, {**SAID, "item": report.public_id}).status_code == 303
        shown = at_desk.get(PAGE)
    made = Commitment.objects.get()
    assert (made.source, made.meeting) == (("agenda_item", report.public_id), meeting)
    assert [card.commitment for card in shown.context["cards"]] == [made]
    public = at_desk.get(f"/en/commitments/{made.code}/").content.decode()
    assert "Announced in «Results of 2020 and the tasks of 2021», at the meeting «" in public


def test_no_report_of_another_meeting_can_be_named(
    at_desk: Client, meeting: Meeting, unit: Organisation
) -> None:
    elsewhere = an_agenda_item(a_meeting(meeting.session))
    with time_machine.travel(NOON, tick=False):
        assert at_desk.post(PAGE, {**SAID, "item": elsewhere.public_id}).status_code == 422
    assert Commitment.objects.count() == 0


def test_who_takes_part_is_named_at_once(at_desk: Client, meeting: Meeting, unit: Organisation) -> None:
    a_found_body("Youth centre")
    with time_machine.travel(NOON, tick=False):
        twice = at_desk.post(PAGE, {**SAID, "co_executor": "Directorate"})
        at_desk.post(PAGE, {**SAID, "co_executor": "Youth centre"})
    assert twice.status_code == 422
    assert [(row.organisation.name, row.role) for row in Commitment.objects.get().executors.all()] == [
        ("Directorate", "lead"),
        ("Youth centre", "co_executor"),
    ]
