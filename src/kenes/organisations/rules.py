"""The form of a business identification number (BIN). Pure.

Source: the rule of the number's check digit as the State Revenue Committee publishes it for IIN and
BIN alike; the fifth digit of a BIN (4, 5 or 6) where an IIN has the tens of a day (0 to 3).
"""

from collections.abc import Sequence

FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
LENGTH = 12
KINDS_OF_BODY = "456"  # a resident body, a non-resident body, a joint entrepreneurship


def has_check_digit(number: str) -> bool:
    """Say whether `number` has twelve digits of which the last is the check digit of the others."""
    if len(number) != LENGTH or not (number.isascii() and number.isdigit()):
        return False
    digits = [int(character) for character in number]
    control = _weighed(digits, FIRST_WEIGHTS)
    if control == 10:
        control = _weighed(digits, SECOND_WEIGHTS)
    # A number for which both give 10 is never issued.
    return control != 10 and control == digits[-1]


def is_bin(number: str) -> bool:
    """Say whether `number` is a body's; a person's number (IIN) is not taken, so it is never kept."""
    return has_check_digit(number) and number[4] in KINDS_OF_BODY


def _weighed(digits: Sequence[int], weights: Sequence[int]) -> int:
    return sum(digit * weight for digit, weight in zip(digits, weights, strict=False)) % 11
