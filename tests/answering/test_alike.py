"""Alike questions are found by their stems; others are left alone."""

import pytest

from answering.people import Unit, a_unit
from kenes.answering.alike import LEAST_ALIKE, alike_in_queue, likeness
from kenes.answering.stems import stems_of
from kenes.programme.models import Participant
from questions.acts import a_question

ASKED = "Когда откроется молодёжный центр в нашем районе?"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("центра центру центром", "центр центр центр"),
        ("орталықтарды орталығы орталықтан", "орталық орталық орталық"),
        ("жастардың жастарға", "жастар жастар"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert len(set(stems_of(f"{one} {other}"))) == 1


def test_words_that_say_nothing_are_left_out() -> None:
    assert stems_of("Когда и как, қашан?") == []


@pytest.mark.parametrize(
    ("other", "is_alike"),
    [
        ("Скажите, когда в районе откроют молодёжный центр?", True),
        ("Почему в районе ещё не открыт центр для молодёжи?", True),
        ("Сколько грантов получили многодетные семьи в прошлом году?", False),
        ("Жастар орталығы қашан ашылады?", False),
    ],
)
def test_a_question_in_other_words_is_found(other: str, is_alike: bool) -> None:
    rest = ["Будет ли автобус до посёлка?", "Кто отвечает за ремонт школы?", "Мектеп қашан жөнделеді?"]
    score = likeness(ASKED, [other, *rest])[0]
    assert (score >= LEAST_ALIKE) == is_alike, score


@pytest.mark.django_db
def test_only_what_the_unit_owes_is_compared(guest: Participant, unit: Unit) -> None:
    mine = a_question("assigned", guest, unit.body, text=ASKED, language="ru")
    alike = a_question(
        "assigned", guest, unit.body, text="Молодёжный центр района: когда откроется?", language="ru"
    )
    a_question("assigned", guest, unit.body, text="Кто отвечает за ремонт школы?", language="ru")
    a_question("assigned", guest, a_unit("Department").body, text=ASKED, language="ru")
    a_question("open", guest, unit.body, text=ASKED, language="ru")
    assert [found.code for found in alike_in_queue(mine, unit.body)] == [alike.code]
