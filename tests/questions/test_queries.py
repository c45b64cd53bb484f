"""Large rooms: pages by index, small snapshots."""

import gzip
import json
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from factories import NOON
from kenes.live.contracts import Room, Stream
from kenes.programme.actions import close_meeting
from kenes.programme.models import Meeting, Participant
from kenes.questions.actions import ask_questions, cast_votes
from kenes.questions.live import question_page, snapshot_questions
from kenes.questions.models import Question
from kenes.questions.queries import Order, loose_ends, page_of
from questions.acts import ask, ask_act, committed, guests, vote_act

pytestmark = pytest.mark.django_db

LETTERS = "абвгдеёжзийклмнопрстуфхцчшщыэюяәғқңөұүһі"


def fill(meeting: Meeting, number: int) -> None:
    """Ask so many questions of about 150 characters, no two alike, and vote at random."""
    chance = random.Random(2021)
    people = guests(meeting, 20)
    words = ["".join(chance.choices(LETTERS, k=chance.randint(3, 10))) for _ in range(1_500)]
    texts = [" ".join(chance.choices(words, k=21)) + "?" for _ in range(number)]
    committed(ask_questions, [ask_act(meeting, chance.choice(people), text) for text in texts])
    asked = list(Question.objects.filter(meeting=meeting).select_related("meeting"))
    votes = [vote_act(question, person) for question in asked for person in people[: chance.randint(0, 9)]]
    committed(cast_votes, votes)


SORTING = {"sqlite": "TEMP B-TREE", "postgresql": "Sort"}


def plan_of(statement: str) -> str:
    """Return how the database reads; a small table is not read whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{statement}")
        return repr(cursor.fetchall())


def test_the_snapshot_of_a_room_of_2000_questions_is_small(meeting: Meeting) -> None:
    fill(meeting, 2_000)
    room = Room(meeting.code, meeting.feed_id)
    snapshot = snapshot_questions(room, stream=Stream.PUBLIC, using="default")
    raw = json.dumps(snapshot, ensure_ascii=False, separators=(",", ":")).encode()
    assert (snapshot["counts"]["questions"], len(snapshot["rows"]) <= 101) == (2_000, True)
    assert len(raw) < 80 * 1024
    assert len(gzip.compress(raw)) < 30 * 1024


@pytest.mark.parametrize(("order", "index"), [("top", "question_public_top"), ("new", "question_public_new")])
def test_each_page_of_an_order_is_read_by_its_index_and_not_sorted(
    order: str, index: str, meeting: Meeting
) -> None:
    fill(meeting, 60)
    first = page_of(meeting.feed_id, order=Order(order), after="", stream=Stream.PUBLIC, using="default")
    for after in ("", first.after or ""):
        with CaptureQueriesContext(connection) as captured:
            page_of(meeting.feed_id, order=Order(order), after=after, stream=Stream.PUBLIC, using="default")
        plan = plan_of(captured[0]["sql"])
        assert [index in plan, SORTING[connection.vendor] in plan] == [True, False]


def test_a_page_reads_no_more_rows_than_it_shows(meeting: Meeting, guest: Participant) -> None:
    for _ in range(7):
        ask(guest)
    page = question_page(
        Room(meeting.code, meeting.feed_id),
        order="new",
        after="",
        stream=Stream.PUBLIC,
        using="default",
        size=3,
    )
    assert [row["code"] for row in page["rows"]] == ["AKM-1-0007", "AKM-1-0006", "AKM-1-0005"]


def test_a_question_after_the_closing_is_a_loose_end_again(meeting: Meeting, guest: Participant) -> None:
    close_meeting(meeting, by=None, at=NOON)
    late = ask(guest)
    assert list(loose_ends(meeting)) == [late]
