"""Acts that come by a form: once for each key, from our own pages only."""

from django.test import Client

from kenes.programme.models import Meeting, Participant
from kenes.questions.models import Question, Vote
from questions.acts import ask
from rooms.conftest import OWN

ASK = "/en/rooms/AKM-1/questions/"
SAID = {"text": "When does the centre open?", "language": "en", "name": "A reader"}


def test_a_newcomer_asks_and_is_led_to_the_own_page(meeting: Meeting, client: Client) -> None:
    response = client.post(ASK, SAID, headers=OWN)
    assert (response.status_code, response["Location"]) == (303, "/en/rooms/AKM-1/me/?asked=AKM-1-0001")


def test_the_same_form_sent_twice_is_one_question(meeting: Meeting, client: Client) -> None:
    for _ in range(2):
        client.post(ASK, SAID, headers=OWN)
    assert Question.objects.filter(meeting=meeting).count() == 1


def test_a_form_of_another_site_is_refused(meeting: Meeting, client: Client) -> None:
    response = client.post(ASK, SAID, headers={**OWN, "origin": "https://example.org"})
    assert (response.status_code, Question.objects.count()) == (403, 0)


def test_a_vote_is_cast_and_taken_back(client: Client, guest: Participant) -> None:
    address = f"/en/rooms/AKM-1/questions/{ask(guest).code}/vote/"
    counts = []
    for said in [{}, {}, {"take_back": "1"}]:
        client.post(address, said, headers=OWN)
        counts.append(Vote.objects.count())
    assert counts == [1, 1, 0]


def test_anothers_secret_is_not_on_the_own_page(client: Client, guest: Participant) -> None:
    ask(guest, text="Somebody else's question?")
    assert client.get("/en/rooms/AKM-1/me/").content.count(b'class="own"') == 0
