"""What a search finds, what it never finds, and that nothing typed is syntax."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from factories import NOON
from kenes.live.models import Feed
from kenes.organisations.models import Organisation
from kenes.programme.models import Meeting, Participant
from kenes.questions import actions
from kenes.questions.models import Question
from kenes.register.asked import parse_search
from kenes.register.models import ReadFeed
from kenes.register.queries import questions_waiting
from kenes.register.snippets import snippet_of
from kenes.register.states import Sort
from kenes.rooms.actions import post_announcement
from questions.acts import a_question, ask, committed, vote_act
from register.reading import KAZAKH, RUSSIAN, asked, found, read_all

LATER = NOON + timedelta(minutes=5)


@pytest.mark.parametrize(
    "words",
    [
        "центр",
        "МОЛОДЕЖНЫЕ центры",
        "молодёжного",
        "сёла",
        "Ақкөл",
        "аккол",
        "АҚКӨЛДЕ",
        '"молодёжный центр"',
        "«откроется молодежный»",
        "молод*",
        "в центр",
        "АКМ-1-1",
        "akm 1 0001",
        "AKM-1",
    ],
)
def test_a_russian_question_is_found_by_forms_of_its_words(guest: Participant, words: str) -> None:
    asked(guest, RUSSIAN)
    assert found(words) == ["AKM-1-0001"]


@pytest.mark.parametrize(
    "words",
    ["ауылдар", "жастардың орталықтары", "АУЫЛ", "ашылу", "биздин ауылда", '"жастар орталығы"', "орталы*"],
)
def test_a_kazakh_question_is_found_by_forms_of_its_words(guest: Participant, words: str) -> None:
    asked(guest, KAZAKH, language="kk")
    assert found(words) == ["AKM-1-0001"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Мәдениет үйі қашан салынады?", "үйлерімізде"),
        ("Мәдениет үйі қашан салынады?", "мадениет уйи"),
        ("Балабақшаға кезек қалай алынады?", "балабақша"),
        ("Балабақшаға кезек қалай алынады?", "балабакшалар"),
        ("Жәрдемақысын қашан төлейді?", "жардемакы"),
        ("Бiздiң ауылда мектеп жоқ", "біздің"),  # і typed as a Latin letter, as many keyboards do
        ("Біздің ауылда мектеп жоқ", "бiздiң"),
        ("Когда pемонт дороги?", "ремонт"),  # Latin р
        ("Молодёжный центр", "молодёжны*"),
        ("Молодёжный центр", "молодежного*"),
        ("Орталықтарымыз қайда?", "орталықтар*"),
        ("Школы и центры", "центр -клуб"),
        ("Школы и центры", "центр - школа"),
        ("Дом-интернат в районе", "дом-интернат"),
        ("Субсидии по Закону 285-V", "285-V"),
    ],
)
def test_what_people_type_finds_what_people_wrote(guest: Participant, text: str, words: str) -> None:
    asked(guest, text, "Совсем о другом деле?")
    assert found(words) == ["AKM-1-0001"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("центр -школа", ["AKM-1-0003", "AKM-1-0001"]),
        ("центр -школой -клубы", ["AKM-1-0001"]),
        ('центр -"школа рядом"', ["AKM-1-0003", "AKM-1-0001"]),
        ("центр -шко*", ["AKM-1-0003", "AKM-1-0001"]),
        ("центр –клуб", ["AKM-1-0002", "AKM-1-0001"]),
        ("-школа", ["AKM-1-0002"]),  # alone it is no search to leave out of: the word is looked for
        ("центр -в", ["AKM-1-0003", "AKM-1-0002", "AKM-1-0001"]),
    ],
)
def test_a_word_behind_a_minus_is_left_out(guest: Participant, words: str, expected: list[str]) -> None:
    asked(guest, "Центр в селе?", "Центр и школа рядом?", "Центр и клуб?")
    for sort in Sort.values:
        assert sorted(found(words, sort=sort), reverse=True) == expected


def test_a_word_left_out_is_not_marked() -> None:
    pieces = snippet_of("Центр и клуб", parse_search("центр -клуб"))
    assert [piece.text for piece in pieces if piece.is_hit] == ["Центр"]


@pytest.mark.parametrize(
    "words", ["школа", "центр школа", '"центр молодёжный"', "!!!", "центральный*", "AKM-1-0002"]
)
def test_what_is_not_there_is_not_found(guest: Participant, words: str) -> None:
    asked(guest, RUSSIAN)
    assert found(words) == []


def test_a_text_said_to_be_in_another_language_is_found_all_the_same(guest: Participant) -> None:
    asked(guest, RUSSIAN, language="kk")
    assert found("молодёжного центра") == ["AKM-1-0001"]


def test_a_question_is_found_by_its_spoken_code(guest: Participant) -> None:
    from kenes.questions.codes import spoken_code

    asked(guest, RUSSIAN, KAZAKH)
    assert found(spoken_code("11", 1, 2)) == ["AKM-1-0002"]


def test_an_answer_is_found_until_it_is_taken_back(guest: Participant, unit: Organisation) -> None:
    question = a_question("answered", guest, unit)
    read_all()
    assert found("plan points") == [question.code]
    actions.retract_answer(question, by=None, at=LATER, reason="Not said so.")
    read_all()
    assert found("plan points") == []


def test_an_edited_text_is_found_by_its_new_words_and_never_by_its_old(guest: Participant) -> None:
    (question,) = asked(guest, RUSSIAN)
    actions.edit_question(question, text="Когда построят школу?", by=None, at=LATER, reason="A name.")
    assert found("центр") == []
    read_all()
    assert found("центр") == []
    assert found("школа") == [question.code]


def test_an_abusive_text_is_at_once_not_found_by_its_words_but_listed(guest: Participant) -> None:
    (question,) = asked(guest, RUSSIAN)
    actions.refuse_question(question, by=None, at=LATER, ground="abuse", reason="")
    assert found("центр") == []
    assert found() == found(question.code) == [question.code]
    read_all()
    assert found("центр") == []


def test_words_of_what_is_held_or_withdrawn_are_not_kept(guest: Participant, unit: Organisation) -> None:
    (question,) = asked(guest, RUSSIAN)
    assert words_kept() == 1
    actions.hold_question(question, by=None, at=LATER)
    assert found("центр") == []
    read_all()
    assert words_kept() == 0


def words_kept() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM register_words")
        return int(cursor.fetchone()[0])


def test_a_vote_makes_no_words_anew(guest: Participant, meeting: Meeting) -> None:
    (question,) = asked(guest, RUSSIAN)
    committed(actions.cast_votes, [vote_act(question, guest)])
    assert questions_waiting() == 1
    with CaptureQueriesContext(connection) as queries:
        assert read_all() == 1
    assert questions_waiting() == 0
    assert not [query for query in queries if "register_words" in query["sql"]]


def test_all_of_a_large_room_is_read_in_parts(guest: Participant) -> None:
    from kenes.register.actions import index_changed_questions

    for number in range(7):
        ask(guest, f"Вопрос номер {number}", language="ru")
    assert [index_changed_questions(limit=3) for _ in range(4)] == [3, 3, 1, 0]
    assert len(found("вопросы")) == 7


def test_many_questions_changed_at_one_version_are_all_read(guest: Participant) -> None:
    from kenes.register.actions import index_changed_questions

    for number in range(5):
        ask(guest, f"Вопрос номер {number}", language="ru")
    Question.objects.update(version=Feed.objects.get().version)
    read = [(index_changed_questions(limit=2), questions_waiting()) for _ in range(4)]
    assert read == [(2, 3), (2, 1), (1, 0), (0, 0)]
    assert len(found("вопросы")) == 5


def test_what_concerns_no_question_leaves_nothing_to_read(guest: Participant, meeting: Meeting) -> None:
    asked(guest, RUSSIAN)
    read = ReadFeed.objects.get()
    post_announcement(meeting, text={"en": "We begin in five minutes."}, by=None, at=LATER)
    with CaptureQueriesContext(connection) as queries:
        assert read_all() == 0
    assert len(queries) == 1
    assert ReadFeed.objects.get().version == read.version < Feed.objects.get().version


def test_other_rules_of_words_read_every_room_anew(guest: Participant) -> None:
    asked(guest, RUSSIAN)
    ReadFeed.objects.update(rules=0)
    assert read_all() == 1
    assert read_all() == 0


def test_the_best_match_comes_first(guest: Participant) -> None:
    asked(guest, "Центр, центр и ещё раз центр", "Где школа и центр, и почему так далеко от села?")
    assert found("центр") == ["AKM-1-0002", "AKM-1-0001"]
    assert found("центр", sort=Sort.RELEVANCE) == ["AKM-1-0001", "AKM-1-0002"]


def test_a_word_in_the_question_weighs_more_than_in_an_answer(guest: Participant, unit: Organisation) -> None:
    a_question("answered", guest, unit, text="Something short?")
    ask(guest, "How many points has the plan that was adopted in the last year?")
    read_all()
    assert found("points", sort=Sort.RELEVANCE) == ["AKM-1-0002", "AKM-1-0001"]


INJECTIONS = [
    '"',
    "'",
    '"центр',
    "центр\"'",
    "центр OR школа",
    "центр) OR (x",
    "NEAR(центр школа)",
    "question:центр",
    "^центр",
    "-центр",
    '-"',
    "-«центр",
    "центр -*",
    "центр -) OR (x",
    "-- центр",
    "центр NOT школа",
    "центр*школа",
    "*",
    "' | 'a':*",
    "центр & !школа",
    "центр\0школа",
    "; DROP TABLE register_words",
    "%s %(a)s {ids}",
    "ß ﬁ İ ı ǆ",
    "центр" * 60,
    "é̂̃ \ud7ff ﷽ 漢字 عربي",
]


@pytest.mark.parametrize("words", INJECTIONS)
def test_nothing_that_is_typed_is_syntax(guest: Participant, words: str) -> None:
    asked(guest, RUSSIAN)
    for sort in Sort.values:
        assert set(found(words, sort=sort)) <= {"AKM-1-0001"}


def test_an_operator_in_words_is_a_word(guest: Participant) -> None:
    asked(guest, RUSSIAN)
    assert found("центр NEAR") == []


@hypothesis_settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.text(max_size=60))
def test_any_text_can_be_indexed_looked_for_and_shown(guest: Participant, text: str) -> None:
    Question.objects.all().delete()
    search = parse_search(text)
    assert "".join(piece.text for piece in snippet_of(text, search)) == text
    found(text)
    found(text, sort=Sort.RELEVANCE)


def test_the_words_looked_for_are_marked_in_the_original_text() -> None:
    pieces = snippet_of(RUSSIAN, parse_search("центры ақкөлде"))
    assert [piece.text for piece in pieces if piece.is_hit] == ["центр", "Аккөл"]
    assert "".join(piece.text for piece in pieces) == RUSSIAN


def test_a_long_text_is_shown_around_the_first_word_found() -> None:
    text = " ".join(["начало"] * 100 + ["центр"] + ["конец"] * 100)
    pieces = snippet_of(text, parse_search("центра"))
    assert [piece.text for piece in pieces if piece.is_hit] == ["центр"]
    assert pieces[0].text == "…"
    assert pieces[-1].text.endswith("…")
    assert sum(len(piece.text) for piece in pieces) < 300


def test_without_a_search_the_beginning_is_shown() -> None:
    assert [piece.text for piece in snippet_of("Short.", None)] == ["Short."]
