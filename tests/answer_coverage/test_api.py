"""The coverage in the read API says the same as the pages."""

import pytest
from django.test import Client
from django.utils import timezone

from answer_coverage.asked import Story, asked
from factories import a_body, a_meeting

pytestmark = pytest.mark.django_db


def test_the_classes_sum_to_what_was_asked(client: Client) -> None:
    meeting = a_meeting()
    asked(meeting, Story("answered", answer="in_time", working_days=4))
    target = asked(meeting, Story("assigned", due_on=timezone.localdate()))
    asked(meeting, Story(), into=target)
    told = client.get("/api/v1/coverage", {"region": "11"}).json()
    classes = {name: number for name, number in told["classes"].items() if number}
    assert (classes, told["asked"], told["merged"]) == ({"answered_in_time": 1, "not_yet_due": 2}, 3, 1)
    assert told["working_days"] == {"answers": 1, "median": 4, "p90": 4}
    assert told["by"]["region"]["11"]["asked"] == told["by"]["sphere"]["youth"]["asked"] == 3


def test_each_part_is_told_by_what_narrows_the_numbers_to_it(client: Client) -> None:
    meeting, unit = a_meeting(), a_body("Directorate", "directorate")
    asked(meeting, Story("assigned", due_on=timezone.localdate(), unit=unit))
    asked(meeting, Story("open"))
    told = client.get("/api/v1/coverage").json()["by"]
    assert sorted(told) == ["body", "region", "session", "sphere"]
    for dimension, parts in told.items():
        for key, part in parts.items():
            narrowed = client.get("/api/v1/coverage", {dimension: key}).json()
            assert {name: narrowed[name] for name in part} == part
    assert told["body"][unit.public_id]["classes"]["not_yet_due"] == 1


def test_a_filter_that_is_unknown_is_refused(client: Client, db: None) -> None:
    assert client.get("/api/v1/coverage", {"regions": "11"}).status_code == 422
