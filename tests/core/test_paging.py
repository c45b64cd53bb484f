"""Pages by number."""

import pytest

from kenes.core.paging import numbered_page
from kenes.territories.models import Place


@pytest.fixture
def _places(db: None) -> None:
    names = ["Б", "А", "Б", "В", "Б"]
    Place.objects.bulk_create(
        Place(kato=f"{number}10000000"[:9], level="region", name_kk=name, folded=name)
        for number, name in enumerate(names, start=1)
    )


@pytest.mark.usefixtures("_places")
def test_a_numbered_page_has_the_total_and_takes_two_queries(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2):  # type: ignore[operator]
        page = numbered_page(Place.objects.all(), number=2, size=2)
    assert (len(page.rows), page.number, page.total, page.last) == (2, 2, 5, 3)


@pytest.mark.usefixtures("_places")
@pytest.mark.parametrize(("number", "size", "rows"), [(9, 2, 0), (0, 2, 2), (-3, 0, 1), (1, 10**9, 5)])
def test_pages_and_sizes_out_of_bounds_are_brought_within(number: int, size: int, rows: int) -> None:
    assert len(numbered_page(Place.objects.all(), number=number, size=size).rows) == rows


@pytest.mark.django_db
def test_an_empty_list_has_one_page() -> None:
    page = numbered_page(Place.objects.all())
    assert (list(page.rows), page.total, page.last) == ([], 0, 1)
