"""The administration saves by the actions."""

import pytest
from django.test import Client
from django.utils import translation

from kenes.accounts.models import User
from kenes.organisations.models import Organisation
from kenes.record.models import Entry

pytestmark = pytest.mark.django_db

ADD = "/admin/organisations/organisation/add/"


@pytest.fixture
def client(client: Client) -> Client:
    client.force_login(
        User.objects.create_superuser("admin@kenes.test"), "django.contrib.auth.backends.ModelBackend"
    )
    return client


def stated(**fields: str) -> dict[str, str]:
    return {"kind": "ngo", "name_ru": "Объединение", **fields}


def test_a_body_added_in_the_administration_is_folded_and_on_record(client: Client) -> None:
    assert client.post(ADD, stated()).status_code == 302
    body = Organisation.objects.get()
    assert body.folded == "|объединение"
    change = f"/admin/organisations/organisation/{body.pk}/change/"
    assert client.post(change, stated(name_kk="Бірлестік")).status_code == 302
    body.refresh_from_db()
    assert body.folded == "|бирлестик|объединение"
    assert [(entry.act, str(entry.by)) for entry in Entry.objects.all()] == [
        ("create_organisation", "admin@kenes.test"),
        ("update_organisation", "admin@kenes.test"),
    ]


def test_what_the_action_refuses_is_said_in_the_form(client: Client) -> None:
    with translation.override("en"):
        response = client.post(ADD, stated(bin="123456789012"), headers={"Accept-Language": "en"})
    assert response.status_code == 200
    assert response.context["adminform"].form.non_field_errors()[0].startswith("This is not a business")
    assert Organisation.objects.count() == 0


def test_no_body_is_removed_in_the_administration(client: Client) -> None:
    client.post(ADD, stated())
    body = Organisation.objects.get()
    assert (
        client.post(f"/admin/organisations/organisation/{body.pk}/delete/", {"post": "yes"}).status_code
        == 403
    )


@pytest.mark.parametrize("path", ["organisations/organisation/?q=об", "territories/place/?q=аккол"])
def test_the_lists_are_searched(client: Client, path: str) -> None:
    assert client.get(f"/admin/{path}").status_code == 200
