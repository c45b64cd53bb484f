"""What the digits of a code say."""

import pytest

from kenes.territories.rules import is_kato, level_of, possible_parents
from kenes.territories.states import PlaceLevel


@pytest.mark.parametrize("code", ["110000000", "113230100", "711110000"])
def test_nine_digits_are_a_code(code: str) -> None:
    assert is_kato(code)


@pytest.mark.parametrize(
    "code", ["", "11", "11000000", "1100000000", "11000000a", "000000000", "١١٠٠٠٠٠٠٠", "110000000\n"]
)
def test_anything_else_is_none(code: str) -> None:
    assert not is_kato(code)


@pytest.mark.parametrize(
    ("code", "level", "parents"),
    [
        ("110000000", PlaceLevel.REGION, ()),
        ("113200000", PlaceLevel.DISTRICT, ("110000000",)),
        ("113230000", PlaceLevel.RURAL_DISTRICT, ("113200000",)),
        ("113230100", PlaceLevel.SETTLEMENT, ("113230000",)),
        ("113820100", PlaceLevel.SETTLEMENT, ("113820000", "113800000")),
        ("711110000", PlaceLevel.RURAL_DISTRICT, ("711100000", "710000000")),
    ],
)
def test_the_digits_show_the_level_and_what_may_stand_above(
    code: str, level: PlaceLevel, parents: tuple[str, ...]
) -> None:
    assert (level_of(code), possible_parents(code)) == (level, parents)
