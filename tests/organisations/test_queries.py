"""Bodies by name and with what stands above them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from kenes.organisations.access import visible_to
from kenes.organisations.models import Organisation
from kenes.organisations.queries import organisation_paths, search_organisations
from organisations.test_actions import BIN, a_body

pytestmark = pytest.mark.django_db


def test_a_body_is_found_from_every_keyboard_by_short_name_and_by_number() -> None:
    body = a_body(name={"kk": "Жастар ісі комитеті"}, short_name={"en": "CYFA"}, bin=BIN)
    a_body("Другой")
    for typed in ("жастар исi комитетi".replace("i", "і"), "ЖАСТАР", "комитет исі", "cyfa", BIN):
        assert list(search_organisations(typed)) == [body]
    assert search_organisations("").count() == 2
    assert search_organisations("", kind="ngo").count() == 0
    assert [search_organisations(typed).count() for typed in ("\0", "|", "%")] == [0, 0, 0]


def test_paths_take_a_query_a_level_whatever_the_rows() -> None:
    ministry = a_body("Министерство")
    committee = a_body("Комитет", parent=ministry)
    units = [a_body(f"Управление {number}", parent=committee) for number in range(3)]

    def asked(rows: list[Organisation]) -> tuple[list[str], int]:
        with CaptureQueriesContext(connection) as queries:
            paths = organisation_paths(rows, "ru")
        return list(paths.values()), len(queries)

    fresh = list(Organisation.objects.filter(pk__in=[unit.pk for unit in units]).order_by("pk"))
    assert asked(fresh[:1]) == (["Министерство › Комитет › Управление 0"], 2)
    assert asked(fresh)[1] == 2


def test_everybody_sees_every_body() -> None:
    a_body()
    assert visible_to(None).count() == 1


def test_a_name_missing_in_a_language_falls_back() -> None:
    body = a_body("Комитет")
    with translation.override("en"):
        assert organisation_paths([body]) == {body.pk: "Комитет"}
