"""The public questions have moved to the register; what pages of the portal show of them."""

import pytest
from django.test import Client

from kenes.questions.actions import hold_question
from portal.conftest import MORNING, Days, ask


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("questions/", "register/"),
        ("questions/?q=центр&state=open&page=2", "register/?q=%D1%86%D0%B5%D0%BD%D1%82%D1%80&state=open"),
        ("questions/list.csv?region=11", "register.csv?region=11"),
    ],
)
def test_the_old_address_leads_to_the_register_with_its_filters(
    client: Client, db: None, old: str, new: str
) -> None:
    answer = client.get(f"/ru/{old}")
    assert (answer.status_code, answer.url) == (301, f"/ru/{new}")


def test_a_held_question_is_nowhere(client: Client, days: Days) -> None:
    question = ask(days.now, "Вопрос, который ещё не виден")
    hold_question(question, by=None, at=MORNING)
    pages = [
        client.get(path).content.decode()
        for path in ("/ru/register/", "/ru/regions/11/", "/ru/search/?q=вопрос")
    ]
    assert [page.count("ещё не виден") for page in pages] == [0, 0, 0]
