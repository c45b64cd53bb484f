"""Search over everything public."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from kenes.organisations.models import Organisation
from kenes.portal.search import search
from kenes.programme.actions import change_meeting
from kenes.questions.actions import edit_question, refuse_question
from kenes.register.actions import index_changed_questions
from portal.conftest import MORNING, Days, ask


@pytest.mark.parametrize("text", ["интернет ауыл", "ИНТЕРНЕТ АУЫЛДА", "ауылдагы"])
def test_a_question_is_found_without_capitals_and_kazakh_letters(days: Days, text: str) -> None:
    question = ask(days.now, "Ауылдағы интернет қашан келеді?", "kk")
    assert search(text).questions == [question]


def test_a_question_is_found_by_forms_of_its_words_as_in_the_register(client: Client, days: Days) -> None:
    other = ask(days.now, "Мектептеріміз туралы сөз бар ма?", "kk")
    question = ask(days.now, "Ауылдағы мектеп қашан жөнделеді?", "kk")
    index_changed_questions()
    assert search("мектептеріміз ауыл").questions == [question]
    assert set(search("мектептер").questions) == {question, other}
    page = client.get("/en/search/?q=мектептер").content.decode()
    assert page.count('href="/en/register/?q=%D0%BC%D0%B5%D0%BA%D1%82%D0%B5%D0%BF%D1%82%D0%B5%D1%80"') == 1


def test_what_the_public_may_not_read_is_not_found_by_its_code_either(days: Days) -> None:
    question = ask(days.now, "An insult nobody should read")
    index_changed_questions()
    refuse_question(question, by=None, at=MORNING, ground="abuse", reason="")
    assert search(question.code).questions == []


@pytest.mark.parametrize("text", ["ақкөл", "Аккол", "AKKOL"])
def test_a_place_is_found_in_any_language(days: Days, text: str) -> None:
    assert [found.place.kato for found in search(text).places] == ["113200000"]


def test_a_meeting_is_found_by_its_title_or_code(days: Days) -> None:
    by_title, by_code = search("молодежи"), search(days.now.code.lower())
    assert (len(by_title.meetings), by_code.meetings) == (3, [days.now])


@pytest.mark.parametrize("text", ["", "а", "  ", "\0"])
def test_too_little_finds_nothing(days: Days, text: str) -> None:
    assert search(text).total == 0


@pytest.mark.django_db
def test_an_organisation_is_found_by_its_folded_name() -> None:
    body = Organisation.objects.create(kind="ngo", name_kk="Жастар орталығы", folded="жастар орталыгы")
    assert search("Жастар ОРТАЛЫҒЫ").organisations == [body]


def test_the_page_says_what_to_do_when_nothing_is_found(client: Client, days: Days) -> None:
    page = client.get("/en/search/?q=zzzzzz").content.decode()
    assert page.count("Nothing was found") == 1


def test_an_edited_question_is_found_by_its_new_words_only(days: Days) -> None:
    question = ask(days.now, "Когда откроется музей?")
    edit_question(question, text="Когда откроется театр?", by=None, at=MORNING)
    assert (search("театр").questions, search("музей").questions) == ([question], [])


def test_a_renamed_meeting_is_found_by_its_new_title_only(days: Days) -> None:
    days.now.title_ru = "Беседа о спорте"  # type: ignore[attr-defined]
    change_meeting(days.now, changed=["title_ru"], by=None, at=MORNING)
    assert search("беседа о спорте").meetings == [days.now]


@pytest.mark.parametrize("more", [0, 5])
def test_a_search_asks_the_same_number_of_queries_for_any_number_of_rows(
    days: Days, more: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(more + 1):
        ask(days.now, f"Вопрос о молодежи {number}")
    with django_assert_num_queries(5):
        search("молодежи")
