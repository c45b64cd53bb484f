"""Pages for what went wrong."""

import pytest
from django.test import Client
from django.utils.translation import override

from factories import a_user
from kenes.core.status_pages import PAGES, bad_request, render_status


@pytest.mark.parametrize("status", sorted(PAGES))
def test_every_status_has_a_page_that_asks_the_database_nothing(status: int) -> None:
    with override("en"):
        page, heading = render_status(status), f"<h1>{PAGES[status].title}</h1>"
    assert page.count(heading) == 1


def test_an_unknown_address_answers_404_in_its_language(client: Client) -> None:
    response = client.get("/ru/nothing-here/")
    page = response.content.decode()
    assert (response.status_code, page.count('<html lang="ru"')) == (404, 1)


def test_a_form_without_its_token_gets_a_page() -> None:
    response = Client(enforce_csrf_checks=True).post("/en/accounts/login/")
    assert (response.status_code, response.content.decode().count("<h1>This form has expired</h1>")) == (
        403,
        1,
    )


def test_a_body_over_the_limit_is_413(rf) -> None:  # type: ignore[no-untyped-def]
    from django.core.exceptions import RequestDataTooBig, SuspiciousOperation

    statuses = [
        bad_request(rf.get("/en/"), RequestDataTooBig()).status_code,
        bad_request(rf.get("/en/"), SuspiciousOperation()).status_code,
    ]
    assert statuses == [413, 400]


@pytest.mark.django_db
def test_a_page_without_the_right_to_it_does_not_speak_of_a_form(client: Client) -> None:
    client.force_login(a_user("passer-by"))
    page = client.get("/admin/", headers={"Accept-Language": "en"}, follow=True)
    heading = "<h1>This page is not open to you</h1>"
    assert (page.status_code, page.content.decode().count(heading)) == (403, 1)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/en/", "/en/accounts/2fa/", "/en/me/", "/en/regions/"])
def test_no_cache_keeps_a_page_of_somebody_signed_in(client: Client, path: str) -> None:
    client.force_login(a_user("somebody"))
    assert client.get(path).headers["Cache-Control"].count("no-store") == 1


@pytest.mark.django_db
def test_a_public_page_may_be_kept(client: Client) -> None:
    assert client.get("/en/").headers.get("Cache-Control") is None
