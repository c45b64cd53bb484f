"""What an editor chooses from and is led to in the administration."""

import pytest
from django.test import Client

from factories import a_meeting, a_region, a_session, a_user, grant
from kenes.territories.models import Place

pytestmark = pytest.mark.django_db


def test_a_place_is_found_by_its_name_and_told_apart_by_its_path(client: Client) -> None:
    client.force_login(grant(a_user("editor", is_staff=True), "editor"))
    region = a_region()
    Place.objects.create(
        kato="113220100",
        level="settlement",
        parent=region,
        name_kk="Ақкөл",
        name_ru="Акколь",
        path=f"{region.kato}/113220100",
        folded="|аккол|акколь",
    )
    query = {"app_label": "programme", "model_name": "meeting", "field_name": "place", "term": "ақкөл"}
    found = client.get("/admin/autocomplete/", query, headers={"Accept-Language": "ru"}).json()["results"]
    assert [row["text"] for row in found] == [f"{region.name_ru} › Акколь (113220100)"]  # type: ignore[attr-defined]


def test_the_page_of_a_meeting_leads_to_its_room(client: Client) -> None:
    client.force_login(grant(a_user("editor", is_staff=True), "editor"))
    meeting = a_meeting(a_session())
    page = client.get(f"/admin/programme/meeting/{meeting.pk}/change/", headers={"Accept-Language": "en"})
    assert f'<a href="/en/rooms/{meeting.code}/desk/">Desk</a>' in page.content.decode()
    assert "Django" not in page.content.decode()
