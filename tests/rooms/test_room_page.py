"""The public page: readable without a script, the same for everybody, kept by version."""

import gzip

import pytest
from django.test import Client

from factories import NOON, a_user, an_agenda_item, grant
from kenes.organisations.models import Organisation
from kenes.programme.actions import add_stream
from kenes.programme.models import Meeting, Participant
from kenes.programme.plans import StreamPlan
from kenes.questions.actions import stage_question
from kenes.rooms.actions import post_announcement
from questions.acts import a_question, ask

ROOM = "/en/rooms/AKM-1/"


def page(client: Client, address: str = ROOM) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_every_public_question_stands_on_the_page(
    client: Client, guest: Participant, unit: Organisation
) -> None:
    for state in ["open", "staged", "assigned", "answered"]:
        a_question(state, guest, unit, text=f"What about {state}?")
    shown = page(client)
    assert [f"What about {state}?" in shown for state in ["open", "staged", "assigned", "answered"]] == [
        True
    ] * 4


def test_what_is_hidden_from_the_public_is_not_on_the_page(
    client: Client, guest: Participant, unit: Organisation
) -> None:
    for state in ["held", "refused", "withdrawn"]:
        a_question(state, guest, unit, text=f"What about {state}?")
    shown = page(client)
    assert [f"What about {state}?" in shown for state in ["held", "refused", "withdrawn"]] == [False] * 3


def test_an_anonymous_askers_name_is_not_on_the_page(client: Client, guest: Participant) -> None:
    ask(guest, is_anonymous=True)
    assert "Guest of the hall" not in page(client)


def test_the_bytes_are_the_same_for_everybody(meeting: Meeting, client: Client) -> None:
    signed_in = Client()
    signed_in.force_login(grant(a_user("boss"), "moderator"))
    assert signed_in.get(ROOM).content == client.get(ROOM).content


def test_the_page_sets_no_cookie_and_holds_no_token(meeting: Meeting, client: Client) -> None:
    response = client.get(ROOM)
    assert (dict(response.cookies), b"csrf" in response.content) == ({}, False)


def test_an_unchanged_page_is_not_sent_again(meeting: Meeting, client: Client) -> None:
    etag = client.get(ROOM)["ETag"]
    assert client.get(ROOM, headers={"if-none-match": etag}).status_code == 304


def test_a_reader_who_takes_gzip_gets_the_same_page_smaller(meeting: Meeting, client: Client) -> None:
    plain = client.get(ROOM)
    packed = client.get(ROOM, headers={"accept-encoding": "br, gzip;q=0.8"})
    refused = client.get(ROOM, headers={"accept-encoding": "gzip;q=0"})
    assert (gzip.decompress(packed.content), refused.content) == (plain.content, plain.content)
    assert (packed["Content-Encoding"], "Accept-Encoding" in packed["Vary"]) == ("gzip", True)


def test_a_changed_room_is_a_new_page(meeting: Meeting, client: Client, guest: Participant) -> None:
    etag = client.get(ROOM)["ETag"]
    ask(guest)
    assert client.get(ROOM, headers={"if-none-match": etag}).status_code == 200


def test_a_kept_page_costs_the_meeting_and_its_version(
    meeting: Meeting, client: Client, django_assert_num_queries: object
) -> None:
    client.get(ROOM)
    with django_assert_num_queries(2):  # type: ignore[operator]
        client.get(ROOM)


@pytest.mark.parametrize("number", [1, 3])
def test_a_page_costs_the_same_for_any_number_of_questions(
    number: int, client: Client, guest: Participant, django_assert_num_queries: object
) -> None:
    for place in range(number):
        ask(guest, text=f"Question number {place}?")
    with django_assert_num_queries(13):  # type: ignore[operator]
        client.get(ROOM)


def test_beyond_fifty_questions_a_link_leads_on(client: Client, guest: Participant) -> None:
    for place in range(52):
        ask(guest, text=f"Question number {place}?")
    first = page(client, f"{ROOM}?order=new")
    link = first.partition(f'href="{ROOM}?order=new&amp;after=')[2].partition('"')[0]
    further = page(client, f"{ROOM}?order=new&after={link}")
    assert (first.count('<li class="question"') - 1, further.count('<li class="question"') - 1) == (50, 2)


def test_an_unknown_place_in_the_list_is_said_in_words(meeting: Meeting, client: Client) -> None:
    assert client.get(f"{ROOM}?after=nonsense").status_code == 422


def test_any_spelling_of_the_code_leads_to_the_one_address(meeting: Meeting, client: Client) -> None:
    assert client.get("/en/rooms/akm-1/")["Location"] == ROOM


def test_the_short_address_leads_to_the_room(meeting: Meeting, client: Client) -> None:
    response = client.get("/r/AKM-1", headers={"accept-language": "ru"})
    assert response["Location"] == "/ru/rooms/AKM-1/"


def test_an_unknown_room_is_not_found(db: None, client: Client) -> None:
    assert client.get("/en/rooms/XYZ-9/").status_code == 404


def test_stage_agenda_and_announcements_are_on_the_page(
    meeting: Meeting, client: Client, guest: Participant
) -> None:
    stage_question(ask(guest, text="Who is on stage?"), by=None, at=NOON)
    an_agenda_item(meeting, "Report of the Committee")
    post_announcement(meeting, text={"en": "A break of ten minutes"}, by=None, at=NOON)
    shown = page(client)
    wanted = ["Who is on stage?", "Report of the Committee", "A break of ten minutes"]
    assert [words in shown for words in wanted] == [True] * 3


def test_a_foreign_stream_is_named_and_let_in_only_here(meeting: Meeting, client: Client) -> None:
    plan = StreamPlan(kind="youtube", url="https://youtu.be/abcdefghijk", language="")
    add_stream(meeting, plan, by=None, at=NOON)
    response = client.get(ROOM)
    policy = response["Content-Security-Policy"]
    frames = policy.partition("frame-src ")[2].partition(";")[0]
    other = client.get("/en/rooms/AKM-1/me/")["Content-Security-Policy"].partition("frame-src ")[2]
    assert (frames, other.partition(";")[0], b"<iframe" in response.content) == (
        "https://www.youtube-nocookie.com",
        "'none'",
        False,
    )
