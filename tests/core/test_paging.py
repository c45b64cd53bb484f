"""Pages by number and by cursor."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kenes.core.paging import BadCursor, cursor_page, decode_cursor, encode_cursor, numbered_page
from kenes.territories.models import Place


@pytest.fixture
def _places(db: None) -> None:
    names = ["Б", "А", "Б", "В", "Б"]
    Place.objects.bulk_create(
        Place(kato=f"{number}10000000"[:9], level="region", name_kk=name, folded=name)
        for number, name in enumerate(names, start=1)
    )


def walk(order: list[str], size: int) -> list[int]:
    seen: list[int] = []
    after = ""
    while True:
        page = cursor_page(Place.objects.all(), order=order, after=after, size=size)
        seen += [place.pk for place in page.rows]
        if page.after is None:
            return seen
        after = page.after


@pytest.mark.usefixtures("_places")
@pytest.mark.parametrize("size", [1, 2, 3, 5, 9])
@pytest.mark.parametrize("order", [["folded", "id"], ["-folded", "id"], ["folded", "-id"], ["-id"]])
def test_cursors_walk_the_whole_list_once_whatever_the_page(order: list[str], size: int) -> None:
    assert walk(order, size) == list(Place.objects.order_by(*order).values_list("pk", flat=True))


@pytest.mark.usefixtures("_places")
def test_a_row_that_comes_meanwhile_is_neither_doubled_nor_does_it_hide_another() -> None:
    first = cursor_page(Place.objects.all(), order=["folded", "id"], size=2)
    Place.objects.create(kato="010000000", level="region", name_kk="А", folded="А")
    rest = cursor_page(Place.objects.all(), order=["folded", "id"], after=first.after or "", size=9)
    assert len({place.pk for place in (*first.rows, *rest.rows)}) == 5


@pytest.mark.parametrize(
    "cursor", ["x", "é", "W10", "WzFd", encode_cursor([None, 1]), encode_cursor([{}, 1])]
)
def test_a_cursor_not_ours_is_refused(cursor: str) -> None:
    with pytest.raises(BadCursor):
        decode_cursor(cursor, parts=2)


@given(st.text(max_size=60))
def test_any_text_is_a_cursor_or_refused(text: str) -> None:
    try:
        values = decode_cursor(text, parts=1)
    except BadCursor:
        return
    assert len(values) == 1


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
