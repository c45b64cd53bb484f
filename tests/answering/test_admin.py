"""Steps of clearance and templates are set up in the administration, by the actions."""

import pytest
from django.test import Client

from answering.people import Unit
from factories import a_user
from kenes.answering.models import AnswerTemplate, ClearanceStep
from kenes.record.models import Entry

pytestmark = pytest.mark.django_db
STEPS, TEMPLATES = "/admin/answering/clearancestep/", "/admin/answering/answertemplate/"


@pytest.fixture
def administration(client: Client) -> Client:
    client.force_login(a_user("administrator", is_superuser=True, is_staff=True))
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_a_step_is_added_changed_and_retired_and_each_is_on_record(
    administration: Client, unit: Unit
) -> None:
    typed = {"organisation": unit.body.pk, "position": 1, "name_kk": "Заңгер", "name_ru": "Юрист", "kind": ""}
    named = {**typed, "people": [unit.member.pk]}
    added = administration.post(f"{STEPS}add/", named)
    step = ClearanceStep.objects.get()
    changed = administration.post(f"{STEPS}{step.pk}/change/", {**named, "position": 2})
    retired = administration.post(STEPS, {"action": "retire", "_selected_action": [step.pk]})
    step.refresh_from_db()
    assert [response.status_code for response in (added, changed, retired)] == [302, 302, 302]
    assert (step.position, list(step.people.all()), step.retired_at is None) == (2, [unit.member], False)
    acts = Entry.objects.filter(object_id=unit.body.public_id).order_by("id").values_list("act", flat=True)
    assert list(acts) == ["save_clearance_step", "save_clearance_step", "retire_clearance_step"]


def test_a_step_that_nobody_clears_is_told_in_the_form(administration: Client, unit: Unit) -> None:
    typed = {"organisation": unit.body.pk, "position": 1, "name_kk": "Қадам", "name_ru": "Шаг", "kind": ""}
    response = administration.post(f"{STEPS}add/", typed)
    assert (response.status_code, "Please say who clears" in response.content.decode()) == (200, True)
    assert ClearanceStep.objects.count() == 0


def test_a_template_is_saved_only_with_placeholders_that_are_known(
    administration: Client, unit: Unit
) -> None:
    typed = {"organisation": unit.body.pk, "name": "Opening", "text_kk": "{code}", "text_ru": "О {asker}"}
    refused = administration.post(f"{TEMPLATES}add/", typed)
    assert "The placeholder {asker} is not known." in refused.content.decode()
    saved = administration.post(f"{TEMPLATES}add/", {**typed, "text_ru": "О {code}"})
    template = AnswerTemplate.objects.get()
    assert (saved.status_code, template.text_ru, template.organisation) == (302, "О {code}", unit.body)
