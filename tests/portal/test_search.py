"""Search over everything public."""

import pytest
from django.test import Client

from kenes.organisations.models import Organisation
from kenes.portal.search import search
from portal.conftest import Days, ask


@pytest.mark.parametrize("text", ["интернет ауыл", "ИНТЕРНЕТ АУЫЛДА", "ауылдагы"])
def test_a_question_is_found_without_capitals_and_kazakh_letters(days: Days, text: str) -> None:
    question = ask(days.now, "Ауылдағы интернет қашан келеді?", "kk")
    assert search(text).questions == [question]


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
