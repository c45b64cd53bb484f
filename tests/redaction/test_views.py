"""The review's page: what is marked, one press, one by one, and who may."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from factories import NOON, a_user, grant
from kenes.programme.models import Meeting, Participant
from kenes.questions.actions import publish_question
from kenes.questions.models import Question
from kenes.record.models import Entry
from kenes.redaction.forms import seen_of
from kenes.redaction.models import Decision, Review
from kenes.redaction.subjects import ReviewedText
from redaction.conftest import ASKED, IIN, PHONE, REDACTED, ask


def address_of(question: Question, rest: str = "") -> str:
    return f"/en/redaction/question/{question.code}/{rest}"


def seen(question: Question) -> str:
    return seen_of(ReviewedText("text", question.text, question.language, ""))


def test_what_is_found_is_marked_for_the_moderator(at_desk: Client, question: Question) -> None:
    page = at_desk.get(address_of(question)).content.decode()
    assert page.count("<mark>") == 2
    assert f"<mark>{IIN}<span" in page


@pytest.mark.parametrize("rest", ["", "originals/", "text/"])
def test_nobody_else_finds_the_page(client: Client, question: Question, rest: str) -> None:
    client.force_login(grant(a_user("elsewhere"), "speaker"))
    answers = [client.get(address_of(question)), client.post(address_of(question, rest or "text/"))]
    assert [answer.status_code for answer in answers] == [404, 404]


def test_an_unknown_kind_is_not_found(at_desk: Client) -> None:
    assert at_desk.get("/en/redaction/nothing/AKM-1-0001/").status_code == 404


def test_one_press_at_the_desk_takes_all_out(at_desk: Client, question: Question) -> None:
    desk = f"/en/rooms/{question.meeting.code}/desk/?queue=held"
    page = at_desk.get(desk).content.decode()
    assert page.count(f"<mark>{IIN}") == 1
    answer = at_desk.post(address_of(question, "text/"), {"all": seen(question), "back": desk})
    assert (answer.status_code, answer["Location"]) == (303, desk)
    question.refresh_from_db()
    assert question.text == REDACTED
    page = at_desk.get(desk).content.decode()
    assert "[identification number removed], звоните [telephone number removed]" in page
    assert page.count("Looks personal") == 0


def test_one_is_taken_out_and_one_is_left(at_desk: Client, question: Question) -> None:
    iin, phone = (ASKED.index(piece) for piece in (IIN, PHONE))
    said = {
        "text-seen": seen(question),
        f"text-hit-{iin}-{iin + len(IIN)}": "redact",
        f"text-hit-{phone}-{phone + len(PHONE)}": "leave",
        "text-piece": "пособие",
        "text-piece_kind": "other",
        "text-reason": "It is an office's",
    }
    answer = at_desk.post(address_of(question, "text/"), said)
    assert answer.status_code == 303
    question.refresh_from_db()
    assert question.text == f"Почему мне не платят [⋯other]? Мой ИИН [⋯iin], звоните {PHONE}"
    assert Review.objects.get().hits == 2
    assert sorted(Decision.objects.values_list("kind", "outcome")) == [
        ("iin", "redact"),
        ("other", "redact"),
        ("phone", "leave"),
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text-reason": ""}, "Please say why the personal data may stay: it is kept in the record."),
        ({"text-piece": "nowhere"}, "This piece is not in the text."),
        ({"text-seen": "other"}, "The text has changed since you looked at it. Please look again."),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    at_desk: Client, question: Question, changed: dict[str, str], said: str
) -> None:
    iin, phone = (ASKED.index(piece) for piece in (IIN, PHONE))
    body = {
        "text-seen": seen(question),
        f"text-hit-{iin}-{iin + len(IIN)}": "redact",
        f"text-hit-{phone}-{phone + len(PHONE)}": "leave",
        "text-piece": "",
        "text-piece_kind": "other",
        "text-reason": "An office's",
    }
    answer = at_desk.post(address_of(question, "text/"), body | changed)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert Review.objects.count() == 0


def test_a_press_on_a_page_of_an_older_text_takes_nothing_out(at_desk: Client, question: Question) -> None:
    answer = at_desk.post(address_of(question, "text/"), {"all": "older"})
    assert answer.status_code == 422
    question.refresh_from_db()
    assert question.text == ASKED


def test_each_look_at_the_original_is_recorded(at_desk: Client, question: Question) -> None:
    at_desk.post(address_of(question, "text/"), {"all": seen(question)})
    page = at_desk.get(address_of(question)).content.decode()
    assert [IIN in page, "See the text before" in page] == [False, True]
    assert at_desk.get(address_of(question, "originals/")).status_code == 405
    shown = at_desk.post(address_of(question, "originals/"))
    assert IIN in shown.content.decode()
    assert Entry.objects.filter(act="see_originals", object_id=question.code).count() == 1


def test_publishing_at_the_desk_says_what_stands_in_its_way(at_desk: Client, question: Question) -> None:
    act = f"/en/rooms/{question.meeting.code}/desk/questions/{question.code}/publish/"
    answer = at_desk.post(act, headers={"origin": "http://testserver"})
    assert answer.status_code == 409
    assert "Please take it out, or say why it may stay" in answer.content.decode()


def test_readers_see_words_and_machines_a_marker(at_desk: Client, question: Question) -> None:
    at_desk.post(address_of(question, "text/"), {"all": seen(question)})
    publish_question(Question.objects.get(), by=None, at=NOON)
    reader = Client()
    assert "[identification number removed]" in reader.get(f"/en/questions/{question.code}/").content.decode()
    assert reader.get(f"/api/v1/questions/{question.code}").json()["text"] == REDACTED


def test_the_desk_asks_the_same_number_of_queries_for_one_and_for_three(
    at_desk: Client, meeting: Meeting, guest: Participant
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            at_desk.get(f"/en/rooms/{meeting.code}/desk/?queue=held")
        return len(caught)

    ask(meeting, guest)
    one = queries()
    ask(meeting, guest, f"{ASKED} Ответьте")
    ask(meeting, guest, f"{ASKED} Пожалуйста")
    assert queries() == one
    assert Question.objects.filter(state="held").count() == 3
